"""How the machinery is doing, read from the database, so that it is right across processes.

What it costs is bounded: open work is read from partial indexes and counted up to COUNTED
rows, ended work by the index on how it ended, and feeds, some ten thousand at most, whole.
"""

import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import Count, Min, Q, QuerySet

from claims.choices import AlertState, FeedState, WorkState
from claims.models import ExtractionRun, Feed, Fetch, Heartbeat, QuoteCheck, WebhookDelivery
from claims.models.work import OPEN, Work
from claims.selectors import visible
from claims.services import heartbeats, leasing
from claims.services.housekeeping import RECORD_CHECK
from claims.services.polling import RUNG

# Counts go no further: nobody reads more digits, and counting is not free.
COUNTED = 100_000
FAILURES_READ = 500
LAG_READ = 500
HOUR, DAY = timedelta(hours=1), timedelta(days=1)

# The kinds of leased work by the queue that they travel in.
WORK: dict[str, type[Work]] = {
    "fetch": Fetch,
    "extract": ExtractionRun,
    "webhook": WebhookDelivery,
}
POLL = "poll"
KINDS = (*WORK, POLL)


@dataclass(frozen=True, slots=True)
class Kind:
    """The state of one kind of work. Ages are in seconds; counts end at COUNTED."""

    name: str
    due: int
    """Queued, and its time has come."""
    later: int
    """Queued for a time to come: a pause before another attempt, a reading again."""
    running: int
    overdue: int
    """Begun by a worker that is gone: the lease is over, and no sweeper has been by."""
    dead: int
    oldest: float
    """How long the first of what is due has waited."""
    done_hour: int
    done_day: int
    dead_day: int


@dataclass(frozen=True, slots=True)
class Sign:
    """A sign of life of a scheduler or a worker."""

    kind: str
    name: str
    seen_at: datetime
    late: bool


@dataclass(frozen=True, slots=True)
class Figures:
    """Everything that /metrics and the Pipeline page count."""

    at: datetime
    kinds: list[Kind]
    outcomes_day: dict[str, int]
    """How the addresses of the last 24 hours answered."""
    failures_day: dict[tuple[str, str], int]
    """Work given up in the last 24 hours, by kind and code."""
    lag: dict[str, float]
    """Seconds from publication to candidates, of the newest articles out of feeds: p50, p95."""
    feeds: dict[str, int]
    feeds_in_trouble: int
    """Still polled, and the last poll failed."""
    open_alerts: int
    signs: list[Sign] = field(default_factory=list)
    record_check: Heartbeat | None = None


def figures() -> Figures:
    """The whole of it, in some fifteen queries."""
    now = leasing.database_now()
    by_state, troubled, poll = _feeds(now)
    signs = list(Heartbeat.objects.all())
    return Figures(
        at=now,
        kinds=[*(_work(name, model, now) for name, model in WORK.items()), poll],
        outcomes_day=_outcomes(now),
        failures_day=_failures(now),
        lag=_lag(),
        feeds=by_state,
        feeds_in_trouble=troubled,
        open_alerts=QuoteCheck.objects.filter(alert=AlertState.OPEN).order_by().count(),
        signs=[_sign(row, now) for row in signs if not row.name.startswith(heartbeats.TASK)],
        record_check=next((row for row in signs if row.name == RECORD_CHECK), None),
    )


def oldest_waiting() -> dict[str, float]:
    """How many seconds the first due row of each kind has waited: one probe of an index each."""
    now = leasing.database_now()
    first = {
        name: model._default_manager.filter(state__in=OPEN, due_at__lte=now)
        .order_by("due_at")
        .values_list("due_at", flat=True)
        .first()
        for name, model in WORK.items()
    }
    first[POLL] = _active(now).aggregate(first=Min("next_poll_at"))["first"]
    return {name: _age(at, now) for name, at in first.items()}


def newest_dead(model: type[Work], number: int, *, viewer: Any) -> QuerySet[Any]:
    """The work given up last, as far as ``viewer`` may know of it."""
    dead = visible(model._default_manager.filter(state=WorkState.DEAD), viewer)
    return dead.order_by("-finished_at")[:number]


def slowest_runs(number: int) -> QuerySet[ExtractionRun]:
    """The extractions of the last 24 hours that took longest."""
    since = leasing.database_now() - DAY
    return ExtractionRun.objects.filter(state=WorkState.DONE, finished_at__gt=since).order_by(
        "-duration_ms"
    )[:number]


def failing_feeds(number: int) -> QuerySet[Feed]:
    """Feeds whose last poll failed, those that failed most often first."""
    return (
        Feed.objects.filter(failures__gt=0)
        .exclude(state=FeedState.GONE)
        .order_by("-failures", "pk")[:number]
    )


def last_line(report: str) -> str:
    """What went wrong: of a traceback, its last line says it."""
    return report.strip().rpartition("\n")[2]


def code_of(report: str) -> str:
    """What kind of failure a report tells of: an error's code, or an exception's name."""
    named = re.match(r"([A-Za-z_][\w.]*)(?=:|$)", last_line(report))
    return named.group(1).rpartition(".")[2] if named else "other"


def _work(name: str, model: type[Work], now: datetime) -> Kind:
    rows = model._default_manager.all()
    opened = (
        rows.filter(state__in=OPEN)
        .order_by("due_at")[:COUNTED]
        .aggregate(
            due=Count("pk", filter=Q(state=WorkState.QUEUED, due_at__lte=now)),
            later=Count("pk", filter=Q(state=WorkState.QUEUED, due_at__gt=now)),
            running=Count("pk", filter=Q(state=WorkState.RUNNING)),
            overdue=Count("pk", filter=Q(state=WorkState.RUNNING, due_at__lte=now)),
            first=Min("due_at", filter=Q(due_at__lte=now)),
        )
    )
    done = (
        rows.filter(state=WorkState.DONE, finished_at__gt=now - DAY)
        .order_by("-finished_at")[:COUNTED]
        .aggregate(hour=Count("pk", filter=Q(finished_at__gt=now - HOUR)), day=Count("pk"))
    )
    dead = (
        rows.filter(state=WorkState.DEAD)
        .order_by("-finished_at")[:COUNTED]
        .aggregate(all=Count("pk"), day=Count("pk", filter=Q(finished_at__gt=now - DAY)))
    )
    return Kind(
        name=name,
        due=opened["due"],
        later=opened["later"],
        running=opened["running"],
        overdue=opened["overdue"],
        dead=dead["all"],
        oldest=_age(opened["first"], now),
        done_hour=done["hour"],
        done_day=done["day"],
        dead_day=dead["day"],
    )


def _active(now: datetime) -> QuerySet[Feed]:
    """Feeds that should be polled now, and those that are."""
    return Feed.objects.filter(state=FeedState.ACTIVE, next_poll_at__lte=now)


def _feeds(now: datetime) -> tuple[dict[str, int], int, Kind]:
    active = Q(state=FeedState.ACTIVE)
    # A feed whose message is on its way is nobody's yet.
    free = Q(lease_token=None) | Q(lease_token=RUNG)
    found = Feed.objects.aggregate(
        **{f"state_{state.value}": Count("pk", filter=Q(state=state)) for state in FeedState},
        troubled=Count("pk", filter=active & Q(failures__gt=0)),
        due=Count("pk", filter=active & free & Q(next_poll_at__lte=now)),
        later=Count("pk", filter=active & free & Q(next_poll_at__gt=now)),
        running=Count("pk", filter=~free),
        overdue=Count("pk", filter=~free & Q(leased_until__lte=now)),
        first=Min("next_poll_at", filter=active & Q(next_poll_at__lte=now)),
        hour=Count("pk", filter=Q(last_polled_at__gt=now - HOUR)),
        day=Count("pk", filter=Q(last_polled_at__gt=now - DAY)),
    )
    by_state = {state.value: found[f"state_{state.value}"] for state in FeedState}
    kind = Kind(
        name=POLL,
        due=found["due"],
        later=found["later"],
        running=found["running"],
        overdue=found["overdue"],
        dead=by_state[FeedState.FAILING],
        oldest=_age(found["first"], now),
        done_hour=found["hour"],
        done_day=found["day"],
        dead_day=0,
    )
    return by_state, found["troubled"], kind


def _outcomes(now: datetime) -> dict[str, int]:
    ended = Fetch.objects.filter(state=WorkState.DONE, finished_at__gt=now - DAY)
    newest = ended.order_by("-finished_at").values_list("outcome", flat=True)[:COUNTED]
    return dict(Counter(newest).most_common())


def _failures(now: datetime) -> dict[tuple[str, str], int]:
    found: Counter[tuple[str, str]] = Counter()
    for name, model in WORK.items():
        given_up = model._default_manager.filter(
            state=WorkState.DEAD, finished_at__gt=now - DAY
        ).order_by("-finished_at")
        for error in given_up.values_list("error", flat=True)[:FAILURES_READ]:
            found[name, code_of(error)] += 1
    return dict(found.most_common())


def _lag() -> dict[str, float]:
    """How long the newest articles out of feeds took from publication to candidates.

    The date is the outlet's word: one that lies in the future or long past says nothing.
    """
    sql = """
        SELECT percentile_cont(ARRAY[0.5, 0.95]) WITHIN GROUP (
            ORDER BY extract(epoch FROM run.finished_at - article.published_at))
        FROM (
            SELECT article_version_id, finished_at FROM claims_extractionrun
            WHERE state = 'done' ORDER BY finished_at DESC LIMIT %s
        ) run
        JOIN claims_articleversion version ON version.id = run.article_version_id
        JOIN claims_article article ON article.id = version.article_id
        WHERE version.number = 1
          AND article.published_at BETWEEN run.finished_at - interval '7 days' AND run.finished_at
          AND EXISTS (SELECT FROM claims_fetch reading
                      WHERE reading.article_version_id = version.id AND reading.purpose = 'feed')"""
    with connection.cursor() as cursor:
        cursor.execute(sql, [LAG_READ])
        (found,) = cursor.fetchone()
    return dict(zip(("0.5", "0.95"), found, strict=True)) if found else {}


def _sign(row: Heartbeat, now: datetime) -> Sign:
    kind, _, name = row.name.partition(":")
    late = now - row.seen_at > timedelta(seconds=settings.HEARTBEAT_LATE_SECONDS)
    return Sign(kind=kind, name=name, seen_at=row.seen_at, late=late)


def _age(since: datetime | None, now: datetime) -> float:
    return max(0.0, (now - since).total_seconds()) if since else 0.0
