"""The only door to the network."""

import ssl
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from types import MappingProxyType
from urllib.parse import urljoin

import httpcore
import httpx

from . import inflate
from .addresses import Resolver, resolve
from .errors import BadUrl, FetchError, TooLarge
from .limits import FetchLimits
from .transport import CheckedBackend, CheckedTransport, Deadline
from .urls import normalize

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_NOT_MODIFIED = 304
_DEFAULT_LIMITS = FetchLimits()


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


def fetch(
    url: str,
    *,
    limits: FetchLimits = _DEFAULT_LIMITS,
    headers: Mapping[str, str] = MappingProxyType({}),
    resolver: Resolver = resolve,
) -> Fetched:
    """GET a page within the limits, following redirects, each of them checked like the first.

    `headers` go out with every request (If-None-Match and the like). Nothing is taken from the
    environment: no proxy, no .netrc. Cookies live as long as the call.

    Raises BadUrl, TooLarge, ForbiddenAddress and FetchError; see the latter for its codes.
    """
    current = normalize(url)
    backend = CheckedBackend(
        allow=limits.allow_networks,
        resolver=resolver,
        deadline=Deadline(limits.total_timeout),
    )
    sent = {
        "User-Agent": limits.user_agent,
        "Accept": "text/html,application/xhtml+xml,text/plain;q=0.9,*/*;q=0.5",
        "Accept-Encoding": inflate.ACCEPTED,
        **headers,
    }
    cookies = httpx.Cookies()
    visited: list[str] = []
    try:
        with CheckedTransport(backend) as transport:
            while True:
                request = _request(current, sent, cookies, limits)
                with closing(transport.handle_request(request)) as response:
                    if response.status_code not in _REDIRECTS:
                        return _fetched(url, current, visited, response, limits)
                    response.request = request
                    cookies.extract_cookies(response)
                    visited.append(current)
                    current = _next(current, response)
                if len(visited) > limits.max_redirects:
                    raise FetchError(
                        f"More than {limits.max_redirects} redirects, the last to {current}",
                        code="too_many_redirects",
                    )
    except httpcore.TimeoutException as error:
        raise FetchError(f"The server took too long: {current}", code="timeout") from error
    except httpcore.ConnectError as error:
        raise _connect_error(current, error) from error
    except httpx.InvalidURL as error:
        raise BadUrl(f"Not a web address ({error}): {current}") from error
    except (httpcore.NetworkError, httpcore.ProtocolError) as error:
        raise FetchError(
            f"The server broke off or sent no proper reply ({error}): {current}", code="protocol"
        ) from error


def _request(
    url: str, headers: Mapping[str, str], cookies: httpx.Cookies, limits: FetchLimits
) -> httpx.Request:
    timeout = httpx.Timeout(limits.read_timeout, connect=limits.connect_timeout)
    # A transport and not httpx.Client: the client parses every Location before it is checked
    # here, and fails on some that this module can follow.
    request = httpx.Request(
        "GET", url, headers=dict(headers), extensions={"timeout": timeout.as_dict()}
    )
    cookies.set_cookie_header(request)
    return request


def _fetched(
    url: str,
    final_url: str,
    visited: list[str],
    response: httpx.Response,
    limits: FetchLimits,
) -> Fetched:
    status = response.status_code
    if status != _NOT_MODIFIED and not response.is_success:
        raise FetchError(
            f"The server answered {status}: {final_url}", code="http_status", status=status
        )
    body = b"" if status == _NOT_MODIFIED else _body(response, final_url, limits)
    return Fetched(
        url=url,
        final_url=final_url,
        redirects=tuple(visited),
        status=status,
        headers=MappingProxyType(dict(response.headers)),
        body=body,
        content_type=response.headers.get("content-type", ""),
        fetched_at=datetime.now(UTC),
    )


def _body(response: httpx.Response, url: str, limits: FetchLimits) -> bytes:
    too_large = TooLarge(f"The page is larger than {limits.max_bytes:,} bytes: {url}")
    length = response.headers.get("content-length", "")
    if length.isdecimal() and int(length[:20]) > limits.max_bytes:
        raise too_large
    decoder = inflate.decoder(response.headers.get("content-encoding", ""), limit=limits.max_bytes)
    received = 0
    body = bytearray()
    for chunk in response.iter_raw():
        # Deflate can be fed for ever without yielding a byte.
        received += len(chunk)
        if received > limits.max_bytes:
            raise too_large
        try:
            body += decoder.feed(chunk)
        except TooLarge:
            raise too_large from None
    decoder.finish()
    return bytes(body)


def _next(current: str, response: httpx.Response) -> str:
    location = response.headers.get("location", "")
    if not location:
        raise FetchError(f"A redirect that leads nowhere: {current}", code="protocol")
    try:
        return normalize(urljoin(current, location))
    except ValueError as error:
        raise BadUrl(f"A redirect to something that is no web address: {current}") from error


def _connect_error(url: str, error: httpcore.ConnectError) -> FetchError:
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLError):
            return FetchError(f"No secure connection ({error}): {url}", code="tls")
        cause = cause.__cause__ or cause.__context__
    return FetchError(f"No connection ({error}): {url}", code="connect")
