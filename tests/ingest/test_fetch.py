"""The door to the network against a server that does everything wrong."""

import time
import tracemalloc
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from claims.ingest.errors import BadUrl, FetchError, ForbiddenAddress, TooLarge
from claims.ingest.fetch import fetch
from claims.ingest.limits import FetchLimits
from tests.ingest.web import STORY, Web, bomb


def test_a_page_comes_with_what_is_known_about_it(web: Web, limits: FetchLimits) -> None:
    fetched = fetch(f"{web.url}/story#top", limits=limits)
    assert fetched.body == STORY
    assert fetched.status == 200
    assert fetched.url == f"{web.url}/story#top"
    assert fetched.final_url == f"{web.url}/story"
    assert fetched.redirects == ()
    assert fetched.content_type == "text/html; charset=utf-8"
    assert fetched.headers["content-length"] == str(len(STORY))
    assert datetime.now(UTC) - fetched.fetched_at < timedelta(minutes=1)


def test_the_request_says_who_asks_and_where(web: Web, limits: FetchLimits) -> None:
    fetch(f"{web.url}/story?b=1&utm_source=2", limits=replace(limits, user_agent="desk/1"))
    path, headers = web.requests[0]
    assert path == "/story?b=1&utm_source=2"
    assert headers["User-Agent"] == "desk/1"
    assert headers["Host"] == f"127.0.0.1:{web.port}"
    assert headers["Accept-Encoding"] == "gzip, deflate, br, zstd"


def test_the_environment_cannot_send_a_request_through_a_proxy(
    web: Web, limits: FetchLimits, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.2:9")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.2:9")
    assert fetch(f"{web.url}/story", limits=limits).body == STORY


@pytest.mark.parametrize(
    "page", ["gzip", "joined", "deflate", "rawdeflate", "brotli", "zstd", "twice", "more"]
)
def test_a_body_is_unpacked_and_cut_at_its_stated_length(
    web: Web, limits: FetchLimits, page: str
) -> None:
    assert fetch(f"{web.url}/{page}", limits=limits).body == STORY


def test_redirects_are_followed_and_noted(web: Web, limits: FetchLimits) -> None:
    fetched = fetch(f"{web.url}/hops/3", limits=limits)
    assert fetched.final_url == f"{web.url}/story"
    assert fetched.redirects == tuple(f"{web.url}/hops/{n}" for n in (3, 2, 1))


def test_a_cookie_set_on_the_way_is_brought_back(web: Web, limits: FetchLimits) -> None:
    assert fetch(f"{web.url}/cookie", limits=limits).body == STORY


def test_an_unchanged_page_has_no_body(web: Web, limits: FetchLimits) -> None:
    fetched = fetch(f"{web.url}/unchanged", limits=limits)
    again = fetch(
        f"{web.url}/unchanged", limits=limits, headers={"If-None-Match": fetched.headers["etag"]}
    )
    assert (fetched.status, again.status, again.body) == (200, 304, b"")


REFUSED = [
    # not found, gone, broken
    ("/missing", "http_status"),
    ("/gone", "http_status"),
    ("/broken", "http_status"),
    # one redirect more than allowed, a loop, one without an address
    ("/hops/4", "too_many_redirects"),
    ("/loop", "too_many_redirects"),
    ("/nowhere", "protocol"),
    # to something that is no web page
    ("/to/file:///etc/passwd", "bad_url"),
    ("/to/gopher://127.0.0.1/x", "bad_url"),
    ("/to/http://[", "bad_url"),
    ("/to/http://u:p@127.0.0.1/", "bad_url"),
    # to addresses that are not on the public internet
    ("/to/http://127.0.0.2/", "forbidden_address"),
    ("/to///127.0.0.2/", "forbidden_address"),
    ("/to/http://169.254.169.254/latest/meta-data/", "forbidden_address"),
    ("/to/http://[::1]/", "forbidden_address"),
    ("/to/http://[::ffff:10.0.0.1]/", "forbidden_address"),
    ("/to/http://[fe80::1]/", "forbidden_address"),
    ("/to/http://0.0.0.0/", "forbidden_address"),
    # to numbers that only a resolver takes for an address
    ("/to/http://2130706434/", "bad_url"),
    ("/to/http://0x7f.2/", "bad_url"),
    ("/to/http://0177.0.0.2/", "bad_url"),
    # more bytes than allowed: announced, sent, packed, or packed to nothing
    ("/long", "too_large"),
    ("/endless", "too_large"),
    ("/bomb", "too_large"),
    ("/hollow", "too_large"),
    # encodings that were not asked for, in too many layers, and broken ones
    ("/compress", "encoding"),
    ("/layers", "encoding"),
    ("/badgzip", "encoding"),
    # cut off
    ("/cutgzip", "protocol"),
    ("/short", "protocol"),
    # no proper HTTP
    ("/garbled", "protocol"),
    ("/nonsense", "protocol"),
    ("/headers", "protocol"),
]


@pytest.mark.parametrize(("path", "code"), REFUSED)
def test_what_a_server_may_do_wrong_has_a_name(
    web: Web, limits: FetchLimits, path: str, code: str
) -> None:
    with pytest.raises((BadUrl, TooLarge, FetchError)) as caught:
        fetch(f"{web.url}{path}", limits=limits)
    assert caught.value.code == code


SLOW = [
    # no reply: the time between bytes
    ("/silent", FetchLimits(read_timeout=0.2)),
    # a body and headers that drip, each byte in time: the time in all
    ("/drip", FetchLimits(total_timeout=0.4)),
    ("/dripheaders", FetchLimits(total_timeout=0.4)),
]


@pytest.mark.parametrize(("path", "short"), SLOW)
def test_a_slow_server_is_left(
    web: Web, limits: FetchLimits, path: str, short: FetchLimits
) -> None:
    started = time.perf_counter()
    with pytest.raises(FetchError) as caught:
        fetch(f"{web.url}{path}", limits=replace(short, allow_networks=limits.allow_networks))
    assert caught.value.code == "timeout"
    assert time.perf_counter() - started < 4


@pytest.mark.parametrize(("page", "status"), [("missing", 404), ("gone", 410), ("broken", 503)])
def test_a_refusal_keeps_its_status(web: Web, limits: FetchLimits, page: str, status: int) -> None:
    with pytest.raises(FetchError) as caught:
        fetch(f"{web.url}/{page}", limits=limits)
    assert caught.value.status == status
    assert str(status) in str(caught.value)


def test_a_forbidden_address_is_never_connected_to(web: Web, limits: FetchLimits) -> None:
    closed = replace(limits, allow_networks=())
    with pytest.raises(ForbiddenAddress):
        fetch(f"{web.url}/story", limits=closed)
    assert web.requests == []


def test_a_bomb_takes_no_memory(web: Web, limits: FetchLimits) -> None:
    bomb()  # packed beforehand: the server lives in this process
    tracemalloc.start()
    try:
        with pytest.raises(TooLarge):
            fetch(f"{web.url}/bomb", limits=limits)
        assert tracemalloc.get_traced_memory()[1] < 4_000_000
    finally:
        tracemalloc.stop()


def test_a_name_is_resolved_once_and_the_checked_address_is_used(
    web: Web, limits: FetchLimits
) -> None:
    answers = [["127.0.0.1"], ["127.0.0.2"]]
    asked: list[tuple[str, int]] = []

    def rebinding(host: str, port: int) -> list[str]:
        asked.append((host, port))
        return answers.pop(0)

    fetched = fetch(f"http://rebind.example:{web.port}/story", limits=limits, resolver=rebinding)
    assert fetched.body == STORY
    assert asked == [("rebind.example", web.port)]
    assert web.requests[0][1]["Host"] == f"rebind.example:{web.port}"


def test_a_name_that_rebinds_between_redirects_is_refused(web: Web, limits: FetchLimits) -> None:
    answers = [["127.0.0.1"], ["127.0.0.2"]]
    with pytest.raises(ForbiddenAddress):
        fetch(
            f"http://rebind.example:{web.port}/once",
            limits=limits,
            resolver=lambda host, port: answers.pop(0),
        )
    assert [path for path, _ in web.requests] == ["/once"]


def test_one_private_address_among_public_ones_refuses_the_name(
    web: Web, limits: FetchLimits
) -> None:
    with pytest.raises(ForbiddenAddress, match=r"10\.0\.0\.1"):
        fetch(
            "http://mixed.example/",
            limits=limits,
            resolver=lambda host, port: ["127.0.0.1", "10.0.0.1"],
        )


def test_the_next_address_is_tried_when_one_is_dead(web: Web, limits: FetchLimits) -> None:
    both = replace(limits, allow_networks=("127.0.0.0/8",))
    fetched = fetch(
        f"http://two.example:{web.port}/story",
        limits=both,
        resolver=lambda host, port: ["127.0.0.9", "127.0.0.1"],
    )
    assert fetched.body == STORY


UNREACHABLE = [
    # a name that cannot exist (RFC 6761)
    ("http://nowhere.invalid/", "dns"),
    # a port that nobody listens on
    ("http://127.0.0.1:2/", "connect"),
]


@pytest.mark.parametrize(("url", "code"), UNREACHABLE)
def test_what_cannot_be_reached_has_a_name(limits: FetchLimits, url: str, code: str) -> None:
    with pytest.raises(FetchError) as caught:
        fetch(url, limits=limits)
    assert caught.value.code == code


def test_a_server_that_speaks_no_tls_is_named_so(web: Web, limits: FetchLimits) -> None:
    with pytest.raises(FetchError) as caught:
        fetch(f"https://127.0.0.1:{web.port}/", limits=limits)
    assert caught.value.code == "tls"
