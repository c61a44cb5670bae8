"""robots.txt as RFC 9309 has it: how it is read, and what it says to us."""

import re
from dataclasses import dataclass, replace
from urllib.parse import urljoin

from protego import Protego

from .addresses import Resolver, resolve
from .errors import FetchError
from .fetch import fetch
from .limits import FetchLimits
from .urls import normalize

#: RFC 9309, 2.5: a crawler reads at least this much.
MAX_BYTES = 500 * 1024

_TOO_MANY_REQUESTS = 429
_AGENT_LINE = re.compile(r"[ \t]*user[ -]?agent[ \t]*:?[ \t]*([^#\r\n]*)", re.IGNORECASE)
_PRODUCT = re.compile(r"[a-z_-]+", re.IGNORECASE)
# A slash is in no product token, so that no other crawler's rules can be taken for ours.
_SOMEBODY_ELSE = "somebody/else"


@dataclass(frozen=True, slots=True)
class RobotsFile:
    """What came of asking a host for its robots.txt."""

    status: int
    #: "" unless the status is a success: then everything is allowed, or nothing for now.
    text: str

    @property
    def unreachable(self) -> bool:
        """Whether nothing may be read until the file can be had (RFC 9309, 2.3.1.4)."""
        return is_unreachable(self.status)


def is_unreachable(status: int) -> bool:
    """Whether a status says "not now". Others of 400 and above say "there is none"."""
    return status >= 500 or status == _TOO_MANY_REQUESTS


def read_robots(url: str, *, limits: FetchLimits, resolver: Resolver = resolve) -> RobotsFile:
    """The robots.txt of the host of `url`, its first MAX_BYTES.

    A redirect that never ends counts as no file. Raises FetchError where the host did not
    answer, BadUrl, and ForbiddenAddress.
    """
    bounds = replace(limits, max_bytes=MAX_BYTES, cut=True, refuse_types=())
    address = urljoin(normalize(url), "/robots.txt")
    try:
        fetched = fetch(address, limits=bounds, headers={"Accept": "text/plain,*/*;q=0.1"})
    except FetchError as error:
        if not error.status:
            raise
        return RobotsFile(status=error.status, text="")
    return RobotsFile(status=fetched.status, text=_decoded(fetched.body))


def product_token(user_agent: str) -> str:
    """What robots.txt calls us: the name at the start of the User-Agent header.

    Raises ValueError where it does not begin with one.
    """
    found = _PRODUCT.match(user_agent)
    if not found:
        raise ValueError("A User-Agent begins with a name of letters, such as factcheck/0.1")
    return found[0]


def allows(text: str, url: str, *, agent: str) -> bool:
    """Whether `text`, a robots.txt, lets the product token `agent` read `url`."""
    return bool(_rules(text, agent).can_fetch(normalize(url), agent))


def crawl_delay(text: str, *, agent: str) -> float | None:
    """The seconds between requests that `text` asks of `agent`."""
    return _rules(text, agent).crawl_delay(agent)


def _rules(text: str, agent: str) -> Protego:
    """The rules for `agent` and for everybody.

    Protego keeps rules by the agent, each rule once for each agent of its group: ten thousand
    agents over ten thousand rules would take all memory. And it takes "fact" for a name of
    "factcheck", where the RFC wants the whole token.
    """
    lines = text.splitlines()
    for number, line in enumerate(lines):
        found = _AGENT_LINE.match(line)
        if found:
            lines[number] = f"User-agent: {_named(found[1], agent)}"
    return Protego.parse("\n".join(lines))


def _named(value: str, agent: str) -> str:
    if value.strip() == "*":
        return "*"
    found = _PRODUCT.match(value.strip())
    return agent if found and found[0].lower() == agent.lower() else _SOMEBODY_ELSE


def _decoded(body: bytes) -> str:
    if len(body) >= MAX_BYTES:
        # Half a line may say the contrary of the whole one.
        body = body[: body.rfind(b"\n") + 1]
    return body.decode("utf-8-sig", "replace").replace("\0", "")
