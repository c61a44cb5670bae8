"""Posting to an address that somebody gave us, through the same checks as reading."""

from collections.abc import Mapping
from contextlib import closing, suppress
from dataclasses import dataclass

import httpx

from .addresses import Resolver, resolve
from .errors import TooLarge
from .fetch import FAILURES, failure, retry_after
from .limits import FetchLimits
from .transport import CheckedTransport
from .urls import normalize


@dataclass(frozen=True, slots=True)
class Posted:
    """How a server answered; a redirect or an error is an answer too."""

    status: int
    #: The beginning of the body as it came, at most `FetchLimits.max_bytes` long.
    body: bytes
    #: The seconds for which the server asks to be left alone, or None.
    retry_after: float | None


def post(
    url: str,
    body: bytes,
    *,
    headers: Mapping[str, str],
    limits: FetchLimits,
    resolver: Resolver = resolve,
) -> Posted:
    """POST ``body`` once. No redirect is followed, no cookie kept, nothing taken from outside.

    The status is the answer: of the body no more is read than is kept, and one that breaks off
    or never ends is cut, within `total_timeout` over all. Raises BadUrl, TooLarge for endless
    headers, ForbiddenAddress and FetchError as `fetch` does.
    """
    target = normalize(url)
    timeout = httpx.Timeout(limits.read_timeout, connect=limits.connect_timeout)
    try:
        with CheckedTransport(limits, resolver=resolver) as transport:
            request = httpx.Request(
                "POST",
                target,
                content=body,
                headers={
                    "User-Agent": limits.user_agent,
                    "Accept-Encoding": "identity",
                    **headers,
                },
                extensions={"timeout": timeout.as_dict()},
            )
            with closing(transport.handle_request(request)) as response:
                return Posted(
                    status=response.status_code,
                    body=_beginning(response, limits.max_bytes),
                    retry_after=retry_after(response),
                )
    except FAILURES as error:
        raise failure(target, error) from error


def _beginning(response: httpx.Response, size: int) -> bytes:
    received = bytearray()
    with suppress(TooLarge, *FAILURES):
        for piece in response.iter_raw():
            received += piece
            if len(received) >= size:
                break
    return bytes(received[:size])
