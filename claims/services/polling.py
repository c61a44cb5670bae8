"""Polling of feeds: leased in the database, conditional, as often as each of them is worth it.

``next_poll_at`` says since when or from when a feed is due. The lease says who has it: the
queue (`RUNG`, a message is on its way) or a worker, with a token of its own. A message that
comes twice finds the worker's token, one that comes late finds a feed that is not due; a
worker that comes back after its lease stores nothing.
"""

import random
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import zip_longest
from typing import Any

import structlog
from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.db.models import Q

from claims.choices import FeedState, FetchPurpose
from claims.ingest.errors import FetchError, IngestError
from claims.ingest.feeds import FeedEntry
from claims.models import Feed, Fetch
from claims.models.source import URL_LENGTH
from claims.services import feed_reading, leasing, politeness
from claims.services.errors import LeaseLost
from claims.services.feed_reading import Answer
from claims.services.fetching import BUSY_STATUSES, new_fetch

log = structlog.get_logger(__name__)

RUNG = uuid.UUID(int=0)
"""The token of a feed whose message is on its way: no worker has it yet."""

GONE = 410
# A poll that found something halves the wait, one that did not makes it a quarter longer: it
# settles where about one poll in four finds something (docs/decisions/0015).
SOONER, LATER = 0.5, 1.25
KILLED = "The poll ended without a word: the worker was killed or ran out of memory."

_HOST = "lower(substring(url from '://([^/?#]+)'))"
_FREE = "state = 'active' AND (leased_until IS NULL OR leased_until <= %(now)s)"
_KILLED = "lease_token <> %(rung)s"
_STOPPED = f"{_KILLED} AND failures + 1 >= %(max_failures)s"
# One statement, however many are due. Numbered by host, so that the first of every host come
# before the second of any; rows that another scheduler holds are left to it. Arrays and no
# joins: a planner without figures about the table would compare every feed with every other.
RING = f"""
WITH due AS (
    SELECT id, next_poll_at,
           row_number() OVER (PARTITION BY {_HOST} ORDER BY next_poll_at, id) AS turn
    FROM claims_feed WHERE next_poll_at <= %(now)s AND {_FREE}
), chosen AS (
    SELECT id FROM due ORDER BY turn, next_poll_at, id LIMIT %(batch)s
), held AS (
    SELECT id FROM claims_feed
    WHERE id = ANY(ARRAY(SELECT id FROM chosen)) AND {_FREE}
    FOR UPDATE SKIP LOCKED
)
UPDATE claims_feed SET
    failures = failures + CASE WHEN {_KILLED} THEN 1 ELSE 0 END,
    last_error = CASE WHEN {_KILLED} THEN %(reason)s ELSE last_error END,
    state = CASE WHEN {_STOPPED} THEN 'failing' ELSE state END,
    next_poll_at = CASE WHEN {_STOPPED} THEN NULL ELSE next_poll_at END,
    lease_token = CASE WHEN {_STOPPED} THEN NULL ELSE %(rung)s END,
    leased_until = CASE WHEN {_STOPPED} THEN NULL
                        ELSE %(now)s + %(lease)s * (1 + random() * %(jitter)s) END
WHERE id = ANY(ARRAY(SELECT id FROM held))
RETURNING id, {_HOST}, state
"""  # noqa: S608  put together from the constants above alone


@dataclass(frozen=True, slots=True)
class PollLease:
    """The right to store what a feed says, until it ends or somebody takes the feed over."""

    pk: int
    token: uuid.UUID


@dataclass(frozen=True, slots=True)
class Polled:
    """What a poll brought: how many entries are new, and the fetches to ring for now."""

    new: int
    fetches: tuple[int, ...] = ()


def due_feeds(*, now: datetime | None = None) -> list[int]:
    """The feeds to ring for now, at most FEED_POLL_BATCH, in one query; hosts take turns.

    Each is the queue's until its message is heard or FEED_LEASE_SECONDS are over. A worker's
    lease that has ended counts as a failed poll, so that a feed that kills workers is stopped.
    """
    parameters: dict[str, Any] = {
        "now": now or leasing.database_now(),
        "rung": RUNG,
        "batch": settings.FEED_POLL_BATCH,
        "lease": timedelta(seconds=settings.FEED_LEASE_SECONDS),
        "jitter": settings.FEED_JITTER,
        "max_failures": settings.FEED_MAX_FAILURES,
        "reason": KILLED,
    }
    with connection.cursor() as cursor:
        cursor.execute(RING, parameters)
        rung = [(pk, host) for pk, host, state in cursor.fetchall() if state == FeedState.ACTIVE]
    return _in_turns(rung)


def _in_turns(rung: list[tuple[int, str]]) -> list[int]:
    """The first of every host, then the second of every host, and so on."""
    hosts: dict[str, list[int]] = {}
    for pk, host in sorted(rung):
        hosts.setdefault(host, []).append(pk)
    rounds = zip_longest(*hosts.values())
    return [pk for turn in rounds for pk in turn if pk is not None]


def claim_poll(feed_id: int) -> PollLease | None:
    """Take the feed for this worker, or None when it is not due, not active or another's."""
    now, token = leasing.database_now(), uuid.uuid4()
    free = Q(lease_token=None, next_poll_at__lte=now) | Q(leased_until__lte=now)
    taken = Feed.objects.filter(
        free | Q(lease_token=RUNG), pk=feed_id, state=FeedState.ACTIVE
    ).update(lease_token=token, leased_until=now + timedelta(seconds=settings.FEED_LEASE_SECONDS))
    return PollLease(feed_id, token) if taken else None


def perform_poll(feed_id: int) -> Polled | None:
    """Read one feed and ask for its new articles; None when it was not its turn, or failed.

    Whatever goes wrong ends on the feed's row as a failure with its reason.
    """
    lease = claim_poll(feed_id)
    if lease is None:
        return None
    try:
        return _poll(lease)
    except LeaseLost:
        log.warning("lease_lost", feed=feed_id)
    except IngestError as error:
        _fail(lease, str(error), error)
    # Whatever a feed does to its reader must end on the row, where people see it.
    except Exception as error:
        log.error("poll_failed", feed=feed_id, exc_info=error)
        _fail(lease, leasing.report(error))
    return None


def _poll(lease: PollLease) -> Polled | None:
    feed = Feed.objects.get(pk=lease.pk)
    admission = politeness.admit(feed.url)
    if admission.refused:
        raise FetchError(f"robots.txt does not allow it: {feed.url}", code="robots")
    if admission.wait:
        _put_back(lease, admission.wait)
        return None
    conditions = {"If-None-Match": feed.etag, "If-Modified-Since": feed.last_modified}
    answer = feed_reading.read_at(
        feed.url, conditions={name: value for name, value in conditions.items() if value}
    )
    polled = _store(lease, answer)
    log.info("poll_done", feed=feed.pk, new=polled.new, changed=answer.document is not None)
    return polled


@transaction.atomic
def _store(lease: PollLease, answer: Answer) -> Polled:
    """The new entries and the feed's next poll, together or not at all."""
    feed = _own(lease)
    now = leasing.database_now()
    entries = answer.document.entries if answer.document else ()
    is_first = feed.last_changed_at is None
    new, ringing = _take_up(feed, entries, now=now, is_first=is_first)
    factor = 1.0 if is_first and new else SOONER if new else LATER
    document = answer.document
    floor = timedelta(0)
    if document is not None:
        floor = document.ttl or floor
        feed.title = document.title[:300] or feed.title
        feed.format = document.format
        # An index may stand still while its sitemaps change: it is asked for whole.
        headers = {} if document.parts else answer.fetched.headers
        feed.etag = headers.get("etag", "")[:500]
        feed.last_modified = headers.get("last-modified", "")[:100]
    feed.interval_seconds = _bounded(feed.interval_seconds * factor)
    if new:
        feed.last_changed_at = now
    feed.failures, feed.last_error, feed.last_polled_at = 0, "", now
    longest = timedelta(seconds=settings.FEED_MAX_INTERVAL_SECONDS)
    wait = min(max(timedelta(seconds=feed.interval_seconds), floor), longest)
    _release(feed, next_poll_at=now + _jittered(wait))
    _follow(feed, answer.fetched.moved_to)
    return Polled(new, ringing)


def _take_up(
    feed: Feed, entries: tuple[FeedEntry, ...], *, now: datetime, is_first: bool
) -> tuple[int, tuple[int, ...]]:
    """Insert a fetch for each entry that no feed has named before, in one statement.

    Returns how many, and those to ring for at once; the sweeper rings for the others, a few
    of each host at a time.
    """
    rows: dict[str, Fetch] = {}
    for entry in entries:
        hints = {"title": entry.title, "byline": entry.byline}
        hints["published"] = entry.published.isoformat() if entry.published else ""
        row = new_fetch(
            entry.url,
            purpose=FetchPurpose.FEED,
            feed=feed,
            hints={name: value for name, value in hints.items() if value},
            due_at=now,
        )
        rows.setdefault(row.url_hash, row)
    named = Fetch.objects.filter(purpose=FetchPurpose.FEED)
    known = set(named.filter(url_hash__in=rows).values_list("url_hash", flat=True)) if rows else ()
    fresh = [row for digest, row in rows.items() if digest not in known]
    fresh = fresh[: settings.FEED_FIRST_POLL_ENTRIES] if is_first else _since_first(feed, fresh)
    if not fresh:
        return 0, ()
    for row in _first_of_each_host(fresh):
        row.rung_at = now
    # Another feed may name the same article at this moment: one of the two inserts it.
    Fetch.objects.bulk_create(fresh, ignore_conflicts=True)
    made = named.filter(url_hash__in=[row.url_hash for row in fresh], feed=feed, due_at=now)
    found = list(made.order_by("pk").values_list("pk", "rung_at"))
    return len(found), tuple(pk for pk, rung_at in found if rung_at)


def _since_first(feed: Feed, fresh: list[Fetch]) -> list[Fetch]:
    """Without what was old already when the first poll took the newest only.

    An entry without a date is never left out: better an old article than a lost one.
    """
    begun = feed.created_at.isoformat()
    if not any(row.hints.get("published", begun) < begun for row in fresh):
        return fresh
    first = (
        Fetch.objects.filter(feed=feed).order_by("pk").values_list("hints__published", flat=True)
    )
    dated = [moment for moment in first[: settings.FEED_FIRST_POLL_ENTRIES] if moment]
    oldest = min(dated, default="")
    return [row for row in fresh if row.hints.get("published", begun) >= min(oldest, begun)]


def _first_of_each_host(rows: list[Fetch]) -> list[Fetch]:
    turns: dict[str, int] = {}
    chosen = []
    for row in rows:
        turns[row.host] = turns.get(row.host, 0) + 1
        if turns[row.host] <= settings.FETCHES_PER_HOST_AND_SWEEP:
            chosen.append(row)
    return chosen


def _follow(feed: Feed, moved_to: str) -> None:
    """Take the address that the server named for good, unless another feed has it."""
    if not moved_to or moved_to == feed.url or len(moved_to) > URL_LENGTH:
        return
    try:
        with transaction.atomic():
            Feed.objects.filter(pk=feed.pk).update(url=moved_to)
    except IntegrityError:
        log.warning("feed_moved_to_another", feed=feed.pk, url=moved_to)


@transaction.atomic
def _fail(lease: PollLease, reason: str, error: IngestError | None = None) -> None:
    """Count the failure, and poll again later each time; gone feeds and hopeless ones stop."""
    try:
        feed = _own(lease)
    except LeaseLost:
        log.warning("lease_lost", feed=lease.pk)
        return
    status = getattr(error, "status", 0)
    asked = getattr(error, "retry_after", None) or 0.0
    if status in BUSY_STATUSES:
        politeness.hold(feed.url, asked)
    feed.failures += 1
    feed.last_error = leasing.storable(reason)
    feed.last_polled_at = now = leasing.database_now()
    if status == GONE:
        feed.state = FeedState.GONE
    elif feed.failures >= settings.FEED_MAX_FAILURES:
        feed.state = FeedState.FAILING
    if feed.state != FeedState.ACTIVE:
        log.error("feed_stopped", feed=feed.pk, state=feed.state, reason=feed.last_error[:200])
        _release(feed, next_poll_at=None)
        return
    longest = settings.FEED_MAX_INTERVAL_SECONDS
    backoff = min(feed.interval_seconds * 2 ** min(feed.failures - 1, 20), longest)
    wait = timedelta(seconds=min(max(backoff, asked), longest))
    _release(feed, next_poll_at=now + _jittered(wait))


def _own(lease: PollLease) -> Feed:
    """The feed, locked; LeaseLost when it is no longer this worker's, or no longer polled."""
    feed = (
        Feed.objects.select_for_update(of=("self",))
        .filter(pk=lease.pk, state=FeedState.ACTIVE, lease_token=lease.token)
        .first()
    )
    if feed is None:
        raise LeaseLost(f"feed {lease.pk}")
    return feed


def _release(feed: Feed, *, next_poll_at: datetime | None) -> None:
    feed.lease_token = feed.leased_until = None
    feed.next_poll_at = next_poll_at
    # Not updated_at: a poll that brought nothing new is no event in the feed's history.
    feed.save(
        update_fields=[
            *("title", "format", "state", "etag", "last_modified", "interval_seconds"),
            *("next_poll_at", "leased_until", "lease_token", "last_polled_at", "last_changed_at"),
            *("failures", "last_error"),
        ]
    )


def _put_back(lease: PollLease, wait: timedelta) -> None:
    """It is another's turn at this host: look again when the host is free."""
    Feed.objects.filter(pk=lease.pk, lease_token=lease.token).update(
        lease_token=None,
        leased_until=None,
        next_poll_at=leasing.database_now() + wait * (1 + random.random()),  # noqa: S311
    )


def _bounded(seconds: float) -> int:
    longest = settings.FEED_MAX_INTERVAL_SECONDS
    return round(min(max(seconds, settings.FEED_MIN_INTERVAL_SECONDS), longest))


def _jittered(wait: timedelta) -> timedelta:
    return wait * random.uniform(1 - settings.FEED_JITTER, 1 + settings.FEED_JITTER)  # noqa: S311
