"""HTTP over connections that are checked where they are made.

The check sits below HTTP, at the socket: whatever a URL, a redirect or a name server says, no
connection is opened to an address that was not checked, and the name is resolved only once.
httpcore takes Host and SNI from the URL, so both stay what they were.

Behind a proxy the socket leads to the proxy, whose address the settings vouch for. The target
is checked before the request goes out, but it is the proxy that resolves the name again.
"""

import ssl
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache, partial
from typing import Any
from urllib.parse import unquote, urlsplit

import httpcore
import httpx

from .addresses import Resolver, permitted, resolve, resolve_within
from .errors import TooLarge
from .limits import FetchLimits

#: What may come before a reply's body, and what the frames of chunks may add to it.
OVERHEAD_BYTES = 256 * 1024


class Allowance:
    """The time that one fetch may take over all its connections, and the bytes of each part."""

    def __init__(self, limits: FetchLimits) -> None:
        self._ends_at = time.monotonic() + limits.total_timeout
        self._bytes_left = 0

    def expect(self, size: int) -> None:
        """How many bytes may come next."""
        self._bytes_left = size + OVERHEAD_BYTES

    def cut(self, timeout: float | None, error: type[httpcore.TimeoutException]) -> float:
        """The shorter of a time-out and what is left; raises `error` when nothing is left."""
        left = self._ends_at - time.monotonic()
        if left <= 0:
            raise error("the total time is over")
        return left if timeout is None else min(timeout, left)

    def take(self, received: bytes) -> bytes:
        """The bytes, counted. Raises TooLarge: of headers and frames HTTP sees no end."""
        self._bytes_left -= len(received)
        if self._bytes_left < 0:
            raise TooLarge("The server sends more than any page needs.")
        return received


class _BoundedStream(httpcore.NetworkStream):
    """Without this a server that sends a byte a second would never time out."""

    def __init__(self, inner: httpcore.NetworkStream, allowance: Allowance) -> None:
        self._inner = inner
        self._allowance = allowance

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        left = self._allowance.cut(timeout, httpcore.ReadTimeout)
        return self._allowance.take(self._inner.read(max_bytes, left))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, self._allowance.cut(timeout, httpcore.WriteTimeout))

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        left = self._allowance.cut(timeout, httpcore.ConnectTimeout)
        # Brackets are of the URL; a certificate names the address without.
        name = server_hostname and server_hostname.strip("[]")
        return _BoundedStream(self._inner.start_tls(ssl_context, name, left), self._allowance)

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)


class _Backend(httpcore.NetworkBackend):
    """Connects to the addresses that `addresses_of(host, port, timeout)` gives, in their order."""

    def __init__(
        self, addresses_of: Callable[[str, int, float | None], list[str]], allowance: Allowance
    ) -> None:
        self._addresses_of = addresses_of
        self._allowance = allowance
        self._inner = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        *others, last = self._addresses_of(host, port, timeout)
        connect = partial(
            self._connect,
            port=port,
            timeout=timeout,
            local_address=local_address,
            socket_options=socket_options,
        )
        for address in others:
            try:
                return connect(address)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                continue  # a host with a dead IPv6 route is reached over IPv4
        return connect(last)

    def _connect(
        self,
        address: str,
        *,
        port: int,
        timeout: float | None,
        local_address: str | None,
        socket_options: Iterable[Any] | None,
    ) -> httpcore.NetworkStream:
        left = self._allowance.cut(timeout, httpcore.ConnectTimeout)
        stream = self._inner.connect_tcp(address, port, left, local_address, socket_options)
        return _BoundedStream(stream, self._allowance)


class _Body(httpx.SyncByteStream):
    def __init__(self, stream: httpcore.Response) -> None:
        self._response = stream

    def __iter__(self) -> Iterator[bytes]:
        yield from self._response.iter_stream()

    def close(self) -> None:
        self._response.close()


@dataclass(frozen=True, slots=True)
class _Guard:
    """Which addresses a host may be reached at, within the limits."""

    limits: FetchLimits
    resolver: Resolver
    allowance: Allowance

    def checked(self, host: str, port: int, timeout: float | None) -> list[str]:
        left = self.allowance.cut(timeout, httpcore.ConnectTimeout)
        return permitted(
            host,
            port,
            allow=self.limits.allow_networks,
            refuse=self.limits.refuse_networks,
            resolver=partial(resolve_within, left, resolver=self.resolver),
        )

    def trusted(self, host: str, port: int, timeout: float | None) -> list[str]:
        left = self.allowance.cut(timeout, httpcore.ConnectTimeout)
        return resolve_within(left, host, port, resolver=resolve)


class CheckedTransport(httpx.BaseTransport):
    """httpx's transport with checked connections, or with checked targets behind a proxy.

    Raises httpcore's errors, TooLarge and those of `permitted`.
    """

    def __init__(self, limits: FetchLimits, *, resolver: Resolver) -> None:
        self._guard = _Guard(limits, resolver, Allowance(limits))
        self._behind_proxy = bool(limits.proxy)
        self._pool = self._proxied(limits.proxy) if limits.proxy else self._direct()

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        self._guard.allowance.expect(0)
        response = self._pool.handle_request(
            httpcore.Request(
                method=request.method,
                url=self._address(request),
                headers=request.headers.raw,
                content=request.read(),
                extensions=request.extensions,
            )
        )
        self._guard.allowance.expect(self._guard.limits.max_bytes)
        return httpx.Response(
            response.status,
            headers=response.headers,
            stream=_Body(response),
            extensions=response.extensions,
        )

    def close(self) -> None:
        self._pool.close()

    def _direct(self) -> httpcore.ConnectionPool:
        backend = _Backend(self._guard.checked, self._guard.allowance)
        return httpcore.ConnectionPool(ssl_context=_ssl_context(), network_backend=backend)

    def _proxied(self, proxy: str) -> httpcore.ConnectionPool:
        parts = urlsplit(proxy)
        user, password = unquote(parts.username or ""), unquote(parts.password or "")
        return httpcore.HTTPProxy(
            proxy_url=httpcore.URL(
                scheme=parts.scheme, host=parts.hostname or "", port=parts.port, target="/"
            ),
            proxy_auth=(user.encode(), password.encode()) if user else None,
            ssl_context=_ssl_context(),
            network_backend=_Backend(self._guard.trusted, self._guard.allowance),
        )

    def _address(self, request: httpx.Request) -> httpcore.URL:
        url = request.url
        host = url.raw_host
        if self._behind_proxy:
            port = url.port or (443 if url.scheme == "https" else 80)
            self._guard.checked(url.host, port, request.extensions["timeout"]["connect"])
            # httpcore writes the host as it is into the line that the proxy reads.
            host = b"[%b]" % host if b":" in host else host
        return httpcore.URL(scheme=url.raw_scheme, host=host, port=url.port, target=url.raw_path)


@cache
def _ssl_context() -> ssl.SSLContext:
    # Reading the certificates takes longer than most requests.
    return httpx.create_ssl_context()
