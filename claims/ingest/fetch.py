"""The only door to the network."""

import ssl
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from types import MappingProxyType
from urllib.parse import urljoin

import httpcore
import httpx

from . import inflate
from .addresses import Resolver, resolve
from .errors import BadUrl, FetchError, IngestError, TooLarge, UnsupportedContent
from .limits import FetchLimits
from .transport import CheckedTransport
from .urls import normalize

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_PERMANENT = frozenset({301, 308})
_NOT_MODIFIED = 304
_PARTIAL = 206
_CONDITIONS = frozenset({"if-none-match", "if-modified-since"})
_DEFAULT_LIMITS = FetchLimits()

#: What a request over `CheckedTransport` fails with, apart from IngestError.
FAILURES = (
    httpcore.TimeoutException,
    httpcore.NetworkError,
    httpcore.ProtocolError,
    httpcore.ProxyError,
    httpx.InvalidURL,
    ssl.SSLError,
)


@dataclass(frozen=True, slots=True)
class Fetched:
    """One reply: a success, or 304 to a conditional request (then `body` is empty)."""

    #: As asked for.
    url: str
    #: Where the body came from, after redirects, normalised.
    final_url: str
    #: Addresses that redirected, in order, `final_url` not among them.
    redirects: tuple[str, ...]
    status: int
    #: Names in lower case.
    headers: Mapping[str, str]
    #: Content-Encoding undone.
    body: bytes
    #: The Content-Type header as it came, charset included; "" when there was none.
    content_type: str
    fetched_at: datetime
    #: The headers of the last request, names in lower case.
    sent: Mapping[str, str] = field(default_factory=dict)
    #: Where permanent redirects (301, 308) led, up to the first that was not; "" for nowhere.
    moved_to: str = ""


def fetch(
    url: str,
    *,
    limits: FetchLimits = _DEFAULT_LIMITS,
    headers: Mapping[str, str] = MappingProxyType({}),
    resolver: Resolver = resolve,
) -> Fetched:
    """GET a page within the limits, following redirects, each of them checked like the first.

    `headers` go out with every request, to whatever host (If-None-Match and the like, never a
    secret). Nothing is taken from the environment: no proxy, no .netrc. Cookies live as long
    as the call. A refresh within a page (`<meta http-equiv>`) is not followed.

    Raises BadUrl, TooLarge, UnsupportedContent, ForbiddenAddress and FetchError; see the
    latter for its codes.
    """
    current = normalize(url)
    sent = {
        "User-Agent": limits.user_agent,
        "Accept": "text/html,application/xhtml+xml,text/plain;q=0.9,*/*;q=0.5",
        "Accept-Encoding": inflate.ACCEPTED,
        **headers,
    }
    cookies = httpx.Cookies()
    visited: list[str] = []
    moved_to, permanent = "", True
    try:
        with CheckedTransport(limits, resolver=resolver) as transport:
            while True:
                request = _request(current, sent, cookies, limits)
                with closing(transport.handle_request(request)) as response:
                    response.request = request
                    if response.status_code not in _REDIRECTS:
                        fetched = _fetched(url, current, visited, response, headers, limits)
                        return replace(fetched, moved_to=moved_to)
                    cookies.extract_cookies(response)
                    visited.append(current)
                    current = _next(current, response)
                    permanent = permanent and response.status_code in _PERMANENT
                    moved_to = current if permanent else moved_to
                if len(visited) > limits.max_redirects:
                    raise FetchError(
                        f"More than {limits.max_redirects} redirects, the last to {current}",
                        code="too_many_redirects",
                        status=response.status_code,
                    )
    except FAILURES as error:
        raise failure(current, error) from error


def failure(url: str, error: Exception) -> IngestError:
    """What one of FAILURES, on the way to ``url``, is to an editor."""
    if isinstance(error, httpcore.TimeoutException):
        return FetchError(f"The server took too long: {url}", code="timeout")
    if isinstance(error, httpcore.ProxyError):
        return FetchError(f"The proxy refused ({error}): {url}", code="proxy")
    if isinstance(error, httpcore.ConnectError):
        return _connect_error(url, error)
    if isinstance(error, httpx.InvalidURL):
        return BadUrl(f"Not a web address ({error}): {url}")
    return FetchError(
        f"The server broke off or sent no proper reply ({error}): {url}", code="protocol"
    )


def _request(
    url: str, headers: Mapping[str, str], cookies: httpx.Cookies, limits: FetchLimits
) -> httpx.Request:
    timeout = httpx.Timeout(limits.read_timeout, connect=limits.connect_timeout)
    # A transport and not httpx.Client: the client parses every Location before it is checked
    # here, and fails on some that this module can follow.
    request = httpx.Request(
        "GET", url, headers=dict(headers), extensions={"timeout": timeout.as_dict()}
    )
    # A server may set a cookie in any bytes, and is to have it back.
    request.headers.encoding = "utf-8"
    cookies.set_cookie_header(request)
    return request


def _fetched(
    url: str,
    final_url: str,
    visited: list[str],
    response: httpx.Response,
    conditions: Mapping[str, str],
    limits: FetchLimits,
) -> Fetched:
    status = response.status_code
    unchanged = status == _NOT_MODIFIED and any(name.lower() in _CONDITIONS for name in conditions)
    if not unchanged and not response.is_success:
        raise FetchError(
            f"The server answered {status}: {final_url}",
            code="http_status",
            status=status,
            retry_after=retry_after(response),
        )
    if status == _PARTIAL:
        raise FetchError(
            f"The server sent a part that was not asked for: {final_url}", code="protocol"
        )
    body = b"" if unchanged else _body(response, final_url, limits)
    return Fetched(
        url=url,
        final_url=final_url,
        redirects=tuple(visited),
        status=status,
        headers=MappingProxyType(dict(response.headers)),
        body=body,
        content_type=response.headers.get("content-type", ""),
        fetched_at=datetime.now(UTC),
        sent=MappingProxyType(dict(response.request.headers)),
    )


def _body(response: httpx.Response, url: str, limits: FetchLimits) -> bytes:
    media_type = response.headers.get("content-type", "").strip().lower()
    if media_type.startswith(limits.refuse_types):
        raise UnsupportedContent(f"Content of the type {media_type[:80]} cannot be read: {url}")
    length = response.headers.get("content-length", "")
    if not limits.cut and length.isdecimal() and int(length[:20]) > limits.max_bytes:
        raise _too_large(url, limits)
    encoding = response.headers.get("content-encoding", "")
    body = bytearray()
    try:
        # Counted as received too: deflate can be fed for ever without yielding a byte.
        received = inflate.unpacked(response.iter_raw(), "", limit=limits.max_bytes)
        for piece in inflate.unpacked(received, encoding, limit=limits.max_bytes):
            body += piece
    except TooLarge:
        if not limits.cut:
            # The traceback of the error holds this frame.
            body.clear()
            raise _too_large(url, limits) from None
    return bytes(body)


def _too_large(url: str, limits: FetchLimits) -> TooLarge:
    return TooLarge(f"The page is larger than {limits.max_bytes:,} bytes: {url}")


def retry_after(response: httpx.Response) -> float | None:
    """Seconds, from a number or from a date (RFC 9110, 10.2.3); None for anything else."""
    stated = response.headers.get("retry-after", "").strip()
    if stated.isascii() and stated.isdecimal():
        return float(stated[:9])
    moment = _date(stated)
    if moment is None:
        return None
    # By the server's own clock where it shows one.
    now = _date(response.headers.get("date", "")) or datetime.now(UTC)
    return max(0.0, (moment - now).total_seconds())


def _date(stated: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(stated)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _next(current: str, response: httpx.Response) -> str:
    found = {value for name, value in response.headers.raw if name.lower() == b"location"}
    if len(found) > 1:
        raise FetchError(f"A redirect to several places at once: {current}", code="protocol")
    location = _text(found.pop()) if found else ""
    if not location:
        raise FetchError(f"A redirect that leads nowhere: {current}", code="protocol")
    try:
        return normalize(urljoin(current, location))
    except ValueError as error:
        raise BadUrl(f"A redirect to something that is no web address: {current}") from error


def _text(header: bytes) -> str:
    """One header by itself: httpx reads all as Latin-1 as soon as one of them is no UTF-8."""
    try:
        return header.decode()
    except UnicodeDecodeError:
        return header.decode("latin-1")


def _connect_error(url: str, error: httpcore.ConnectError) -> FetchError:
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLError):
            return FetchError(f"No secure connection ({error}): {url}", code="tls")
        cause = cause.__cause__ or cause.__context__
    return FetchError(f"No connection ({error}): {url}", code="connect")
