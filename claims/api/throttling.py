"""How much one key, or one address without a key, may ask for.

Counted by the `limits` package in a store that all web processes share (CACHE_URL). With the
store away nobody is held back: a desk that cannot count still has to work.
"""

import math
import time
from dataclasses import dataclass
from functools import cache

import structlog
from django.conf import settings
from limits import RateLimitItem, parse
from limits.errors import StorageError
from limits.storage import Storage, storage_from_string
from limits.strategies import SlidingWindowCounterRateLimiter
from rest_framework.exceptions import Throttled
from rest_framework.request import Request

from claims.models import ApiKey
from factcheck.clients import address

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Allowance:
    """What is left of a rate, as the headers of an answer say it."""

    limit: int
    remaining: int
    reset: int
    """Seconds until the whole of it is there again."""

    def headers(self) -> dict[str, str]:
        """``RateLimit-*``."""
        return {
            "RateLimit-Limit": str(self.limit),
            "RateLimit-Remaining": str(self.remaining),
            "RateLimit-Reset": str(self.reset),
        }


def take(request: Request) -> Allowance | None:
    """Count a request of somebody known by now; raises Throttled when there were too many."""
    if isinstance(request.auth, ApiKey):
        return _take(settings.API_KEY_RATE, "key", request.auth.prefix)
    if request.user and request.user.is_authenticated:
        return _take(settings.API_KEY_RATE, "user", str(request.user.pk))
    return _take(settings.API_ADDRESS_RATE, "address", _address(request))


def take_failed(request: Request) -> None:
    """Count a wrong key against the address that it came from."""
    _take(settings.API_ADDRESS_RATE, "address", _address(request))


def refuse_guessers(request: Request) -> None:
    """Raise Throttled for an address that has used up what it may ask without a key."""
    rate = parse(settings.API_ADDRESS_RATE)
    identity = ("address", _address(request))
    try:
        if not _limiter(settings.CACHE_URL).test(rate, *identity):
            raise Throttled(wait=_left(rate, identity).reset)
    except StorageError as error:
        log.warning("throttle_store_away", error=str(error))


def _take(rate_text: str, *identity: str) -> Allowance | None:
    rate = parse(rate_text)
    try:
        taken = _limiter(settings.CACHE_URL).hit(rate, *identity)
        left = _left(rate, identity)
    except StorageError as error:
        log.warning("throttle_store_away", error=str(error))
        return None
    if not taken:
        raise Throttled(wait=max(1, left.reset))
    return left


def _left(rate: RateLimitItem, identity: tuple[str, ...]) -> Allowance:
    reset_at, remaining = _limiter(settings.CACHE_URL).get_window_stats(rate, *identity)
    # A window that begins this moment is told as one that ends: none lasts no time at all.
    seconds = math.ceil(reset_at - time.time())
    return Allowance(rate.amount, max(0, remaining), seconds if seconds > 0 else rate.get_expiry())


def _address(request: Request) -> str:
    return address(request._request) or "unknown"


@cache
def _limiter(url: str) -> SlidingWindowCounterRateLimiter:
    return SlidingWindowCounterRateLimiter(_store(url))


def _store(url: str) -> Storage:
    if url.startswith(("redis:", "rediss:")):
        # A store that hangs is as bad as none.
        store = storage_from_string(
            url, wrap_exceptions=True, socket_timeout=1, socket_connect_timeout=1
        )
    else:
        store = storage_from_string(url, wrap_exceptions=True)
    if not isinstance(store, Storage):
        raise TypeError(f"no synchronous store at {url}")
    return store
