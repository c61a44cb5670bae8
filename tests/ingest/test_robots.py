"""robots.txt: what it says to us, and what its absence means."""

import pytest

from claims.ingest import robots
from claims.ingest.errors import FetchError, ForbiddenAddress
from claims.ingest.limits import FetchLimits
from tests.ingest.web import Web

OURS = "factcheck"
RULES = [
    # no file, an empty one, a page instead of one
    ("", "/a", True),
    ("<html><body>Disallow: /</body></html>", "/a", True),
    # everybody, and somebody else
    ("User-agent: *\nDisallow: /", "/a", False),
    ("User-agent: otherbot\nDisallow: /", "/a", True),
    # our own group stands above everybody's, in any case, with or without a version
    ("User-agent: *\nDisallow: /\n\nUser-agent: FactCheck\nDisallow: /b", "/a", True),
    ("User-agent: factcheck/2.0\nDisallow: /b", "/b", False),
    # a name that ours merely begins with, or that begins with ours, is another's
    ("User-agent: fact\nDisallow: /", "/a", True),
    ("User-agent: factcheckers\nDisallow: /", "/a", True),
    ("User-agent: check\nDisallow: /", "/a", True),
    # two names over one group; two groups of one name
    ("User-agent: otherbot\nUser-agent: factcheck\nDisallow: /a", "/a", False),
    ("User-agent: factcheck\nDisallow: /a\nUser-agent: factcheck\nDisallow: /b", "/a", False),
    # the longest rule wins, and of two alike the one that allows
    ("User-agent: *\nDisallow: /a\nAllow: /a/public", "/a/public/1", True),
    ("User-agent: *\nAllow: /a\nDisallow: /a", "/a", True),
    # wildcards, an end, a query
    ("User-agent: *\nDisallow: /*.pdf$", "/x/y.pdf", False),
    ("User-agent: *\nDisallow: /*.pdf$", "/x/y.pdf?v=1", True),
    ("User-agent: *\nDisallow: /*?print=", "/a?print=1", False),
    # one spelling of an address against another
    ("User-agent: *\nDisallow: /Größe", "/Gr%C3%B6%C3%9Fe/1", False),
    # comments, blanks, a byte order mark's remains, line ends of all kinds
    ("# hello\r\nuser-agent : * # all\r\ndisallow : /a # not this\r\n", "/a", False),
    ("User-agent: *\rDisallow: /a", "/a", False),
    ("User-agent: *\nDisallow:", "/a", True),
]


@pytest.mark.parametrize(("text", "path", "allowed"), RULES)
def test_a_file_says_what_may_be_read(text: str, path: str, allowed: bool) -> None:
    assert robots.allows(text, f"https://daily.example{path}", agent=OURS) is allowed


DELAYS = [
    ("User-agent: *\nCrawl-delay: 7", 7.0),
    ("User-agent: *\nCrawl-delay: 7\nUser-agent: factcheck\nCrawl-delay: 1.5", 1.5),
    ("User-agent: otherbot\nCrawl-delay: 7", None),
    ("User-agent: *\nCrawl-delay: soon", None),
    ("User-agent: *\nCrawl-delay: -1", None),
    ("User-agent: *\nCrawl-delay: inf", None),
    ("", None),
]


@pytest.mark.parametrize(("text", "seconds"), DELAYS)
def test_a_file_says_how_fast(text: str, seconds: float | None) -> None:
    assert robots.crawl_delay(text, agent=OURS) == seconds


def test_ten_thousand_agents_over_ten_thousand_rules_are_read_once() -> None:
    """A rule kept once for each agent of its group would be a hundred million."""
    agents = "\n".join(f"User-agent: bot{n}" for n in range(10_000))
    rules = "\n".join(f"Disallow: /{n}" for n in range(10_000))
    text = f"{agents}\nUser-agent: factcheck\n{rules}"
    assert not robots.allows(text, "https://daily.example/77", agent=OURS)
    assert robots.allows(text, "https://daily.example/x", agent=OURS)


@pytest.mark.parametrize(
    ("user_agent", "token"),
    [("factcheck/0.1", "factcheck"), ("Desk-Bot/2 (x)", "Desk-Bot"), ("desk", "desk")],
)
def test_the_name_is_the_beginning_of_the_user_agent(user_agent: str, token: str) -> None:
    assert robots.product_token(user_agent) == token


def read(web: Web, limits: FetchLimits, body: bytes, status: int = 200) -> robots.RobotsFile:
    web.robots = (status, body)
    return robots.read_robots(f"{web.url}/story?a=1", limits=limits)


def test_the_file_is_asked_for_at_the_root_by_name(web: Web, limits: FetchLimits) -> None:
    found = read(web, limits, b"\xef\xbb\xbfUser-agent: *\nDis\0allow: /\xff")
    assert found == robots.RobotsFile(200, "User-agent: *\nDisallow: /\ufffd")
    path, headers = web.for_robots[-1]
    assert path == "/robots.txt"
    assert headers["User-Agent"] == limits.user_agent


@pytest.mark.parametrize("status", [401, 403, 404, 410])
def test_a_host_without_a_file_allows_everything(
    web: Web, limits: FetchLimits, status: int
) -> None:
    found = read(web, limits, b"User-agent: *\nDisallow: /", status)
    assert (found, found.unreachable) == (robots.RobotsFile(status, ""), False)


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_host_out_of_order_allows_nothing_for_now(
    web: Web, limits: FetchLimits, status: int
) -> None:
    assert read(web, limits, b"", status).unreachable


def test_a_long_file_is_cut_between_lines(web: Web, limits: FetchLimits) -> None:
    rule = b"Disallow: /private\n"
    body = b"User-agent: *\n" + rule * (2 * robots.MAX_BYTES // len(rule))
    found = read(web, limits, body)
    assert robots.MAX_BYTES - len(rule) < len(found.text) <= robots.MAX_BYTES
    assert found.text.endswith("Disallow: /private\n")


def test_redirects_are_followed_and_a_loop_is_no_file(web: Web, limits: FetchLimits) -> None:
    assert read(web, limits, b"/hops/2", 301).text.startswith("<!doctype html>")
    assert read(web, limits, b"/loop", 302) == robots.RobotsFile(302, "")


def test_a_redirect_within_is_refused(web: Web, limits: FetchLimits) -> None:
    with pytest.raises(ForbiddenAddress):
        read(web, limits, b"http://10.0.0.1/robots.txt", 302)


def test_a_host_that_does_not_answer_is_an_error(limits: FetchLimits) -> None:
    with pytest.raises(FetchError) as caught:
        robots.read_robots("http://127.0.0.1:2/story", limits=limits)
    assert caught.value.code == "connect"
