"""Whose turn it is at a host: robots.txt, and one pace for all workers together.

The row of a `Host` is a bucket of tokens that fills with time. Taking one is a single
conditional UPDATE, so that any number of workers on any number of machines keep the pace
without talking to each other. Time is the database's.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from django.conf import settings
from django.db import connection
from django.db.models import DateTimeField, F, Value
from django.db.models.functions import Greatest

from claims.ingest import robots
from claims.ingest.errors import FetchError
from claims.ingest.urls import host_of
from claims.models import Host
from claims.services.intake import read_limits
from claims.services.leasing import database_now

log = structlog.get_logger(__name__)

# How soon to ask again while another worker reads the robots.txt.
_BEING_READ = timedelta(seconds=2)

# Named values: pace (seconds between requests), burst, name. A bucket that was filled in the
# future was filled by a clock that has been set right since: it counts as one token's time.
_PACE = "GREATEST(%(pace)s, COALESCE(crawl_delay, 0), 1e-6)"
_FILLED = f"""
LEAST(
    CASE WHEN crawl_delay > %(pace)s THEN 1 ELSE %(burst)s END,
    tokens + CASE
        WHEN refilled_at > clock.now + interval '1 minute' THEN 1
        ELSE GREATEST(0, EXTRACT(epoch FROM clock.now - COALESCE(refilled_at, clock.now)))
             / {_PACE}
    END
)"""
# The clock is read before the row is locked; whoever waited for the lock must not set it back.
# The text is put together from the constants above alone.
_TAKE = f"""
UPDATE claims_host SET
    tokens = {_FILLED} - 1,
    refilled_at = CASE
        WHEN refilled_at > clock.now + interval '1 minute' THEN clock.now
        ELSE GREATEST(refilled_at, clock.now)
    END
FROM (SELECT clock_timestamp() AS now) AS clock
WHERE name = %(name)s
    AND (held_until IS NULL OR held_until <= clock.now)
    AND {_FILLED} >= 0.999999
RETURNING tokens
"""  # noqa: S608
_WAIT = f"""
SELECT GREATEST(
    EXTRACT(epoch FROM held_until - clock.now),
    (1 - {_FILLED}) * {_PACE},
    0.01
)
FROM claims_host, (SELECT clock_timestamp() AS now) AS clock
WHERE name = %(name)s
"""  # noqa: S608


@dataclass(frozen=True, slots=True)
class Admission:
    """Whether an address may be read, and how long to wait before (zero: now)."""

    refused: bool = False
    wait: timedelta = timedelta(0)


def admit(url: str, *, requested: bool = False) -> Admission:
    """Ask for the right to read `url` now: a token of its host, if its robots.txt lets us.

    `requested` says that a person asked for this very page; FETCH_ROBOTS_FOR_REQUESTS tells
    whether robots.txt counts for them. Reads robots.txt over the network where it is not known
    or too old. Raises ingest.IngestError where that cannot be had: then nothing of the host
    may be read for now.
    """
    host, _ = Host.objects.get_or_create(
        name=host_of(url), defaults={"tokens": float(settings.FETCH_HOST_BURST)}
    )
    if requested and not settings.FETCH_ROBOTS_FOR_REQUESTS:
        return _turn(host)
    if not _is_known(host):
        if _is_being_read(host):
            return Admission(wait=_BEING_READ)
        turn = _turn(host)
        if turn.wait:
            return turn
        if not _read_robots(host, url):
            return Admission(wait=_BEING_READ)
    _check_reachable(host)
    agent = robots.product_token(settings.FETCH_USER_AGENT)
    if not robots.allows(host.robots, url, agent=agent):
        return Admission(refused=True)
    return _turn(host)


def hold(url: str, seconds: float) -> None:
    """Leave the host of `url` alone for `seconds`: it said so. Zero: FETCH_HOLD_SECONDS.

    A longer hold stays; none is longer than FETCH_HOLD_MAX_SECONDS.
    """
    host, _ = Host.objects.get_or_create(name=host_of(url))
    wait = timedelta(
        seconds=min(seconds or settings.FETCH_HOLD_SECONDS, settings.FETCH_HOLD_MAX_SECONDS)
    )
    until = Value(database_now() + wait, output_field=DateTimeField())
    Host.objects.filter(pk=host.pk).update(held_until=Greatest(F("held_until"), until))
    log.info("host_held", host=host.name, seconds=wait.total_seconds())


def release(host: Host) -> None:
    """Ask the host again at once, in spite of what it said."""
    Host.objects.filter(pk=host.pk).update(held_until=None)


def forget_robots(host: Host) -> None:
    """Read the host's robots.txt anew before the next page."""
    Host.objects.filter(pk=host.pk).update(robots_fetched_at=None)


def is_out_of_order(host: Host) -> bool:
    """Whether its robots.txt could not be had when it was last asked for."""
    return host.robots_status is not None and robots.is_unreachable(host.robots_status)


def _turn(host: Host) -> Admission:
    """A token of the host, or how long until there is one."""
    values: dict[str, str | float] = {
        "name": host.name,
        "pace": float(settings.FETCH_HOST_SECONDS),
        "burst": float(settings.FETCH_HOST_BURST),
    }
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, values)
        if cursor.fetchone():
            return Admission()
        cursor.execute(_WAIT, values)
        row = cursor.fetchone()
    # A row that somebody removed in between is made anew the next time.
    return Admission(wait=timedelta(seconds=float(row[0]) if row else 0.01))


def _is_known(host: Host) -> bool:
    """Whether the row tells what robots.txt says, or that it cannot be had for now."""
    if host.robots_status is None or host.robots_fetched_at is None:
        return False
    return database_now() < _known_until(host.robots_status, host.robots_fetched_at)


def _known_until(status: int, fetched_at: datetime) -> datetime:
    kept = (
        settings.FETCH_ROBOTS_RETRY_SECONDS
        if robots.is_unreachable(status)
        else settings.FETCH_ROBOTS_SECONDS
    )
    return fetched_at + timedelta(seconds=kept)


def _is_being_read(host: Host) -> bool:
    """Whether another worker is at it. One that was killed has its time, and no more."""
    if host.robots_status is not None or host.robots_fetched_at is None:
        return False
    patience = timedelta(seconds=settings.FETCH_TOTAL_SECONDS + 5)
    return database_now() < host.robots_fetched_at + patience


def _read_robots(host: Host, url: str) -> bool:
    """Read the host's robots.txt and keep it; False when another worker was quicker.

    Raises ingest.IngestError where the host does not answer, and leaves the row as it was.
    """
    rows = Host.objects.filter(pk=host.pk)
    before = {"robots_fetched_at": host.robots_fetched_at, "robots_status": host.robots_status}
    if not rows.filter(**before).update(robots_fetched_at=database_now(), robots_status=None):
        return False
    try:
        found = robots.read_robots(url, limits=read_limits().fetch)
    except BaseException:
        rows.update(**before)
        raise
    host.robots_status = found.status
    host.robots_fetched_at = database_now()
    # While a host is out of order, what it said before stands (RFC 9309, 2.4).
    if not found.unreachable:
        host.robots = found.text
        host.crawl_delay = _crawl_delay(found.text)
    host.save(update_fields=["robots", "robots_status", "robots_fetched_at", "crawl_delay"])
    return True


def _crawl_delay(text: str) -> float | None:
    agent = robots.product_token(settings.FETCH_USER_AGENT)
    asked = robots.crawl_delay(text, agent=agent)
    return None if asked is None else min(asked, float(settings.FETCH_CRAWL_DELAY_MAX_SECONDS))


def _check_reachable(host: Host) -> None:
    status, fetched_at = host.robots_status, host.robots_fetched_at
    if status is None or fetched_at is None or host.robots or not robots.is_unreachable(status):
        return
    left = _known_until(status, fetched_at) - database_now()
    raise FetchError(
        f"The robots.txt of {host.name} cannot be had ({status}): nothing is read until it can.",
        code="robots",
        status=status,
        retry_after=max(0.0, left.total_seconds()),
    )
