"""Work that may be lost at any moment and is done once: leases on rows.

A row is QUEUED until a worker's conditional UPDATE makes it RUNNING with a token and an end
of the lease. The worker works outside any transaction and stores its results together with
the completion, only while the token is still its own (`own`). Whatever is lost on the way
(a message, a worker, a machine) leaves a row that `due` finds; a message that comes twice, or
before the row is due, finds nothing to claim. Time is the database's, so that workers whose
clocks differ agree on whose lease has ended.
"""

import traceback
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVar

import structlog
from django.conf import settings
from django.db import connection, models, transaction
from django.db.models import F, Q

from claims.choices import WorkState
from claims.models.work import OPEN, Work
from claims.services.errors import LeaseLost

log = structlog.get_logger(__name__)

# How much of a failure's report is kept: the end says what happened.
ERROR_CHARACTERS = 10_000

WorkModel = TypeVar("WorkModel", bound=Work)


@dataclass(frozen=True, slots=True)
class Terms:
    """How long a worker may hold a row, how often it is tried, and how soon again.

    The wait doubles with every attempt: ``retry``, twice that, four times that, …
    """

    lease: timedelta
    max_attempts: int
    retry: timedelta


@dataclass(frozen=True, slots=True)
class Lease:
    """The right to complete a row, until it ends or another worker takes the row over."""

    pk: int
    token: uuid.UUID
    attempt: int


def database_now() -> datetime:
    """The clock of the database, which all workers share."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        moment: datetime = cursor.fetchone()[0]
    return moment


def rung_now() -> dict[str, datetime]:
    """The clock of a row that is queued now and whose message is sent by its maker."""
    now = database_now()
    return {"due_at": now, "rung_at": now}


def claim(model: type[Work], pk: int, terms: Terms) -> Lease | None:
    """Take the row for this worker, or None when it is not due, done, dead, gone or another's."""
    now, token = database_now(), uuid.uuid4()
    taken = model._default_manager.filter(
        pk=pk, state__in=OPEN, due_at__lte=now, attempts__lt=terms.max_attempts
    ).update(
        state=WorkState.RUNNING,
        attempts=F("attempts") + 1,
        lease_token=token,
        due_at=now + terms.lease,
    )
    if not taken:
        return None
    attempt = model._default_manager.values_list("attempts", flat=True).get(pk=pk)
    return Lease(pk=pk, token=token, attempt=attempt)


def own(model: type[WorkModel], lease: Lease) -> WorkModel:
    """The row, locked; LeaseLost when the token is no longer this worker's.

    Called first in the transaction that stores the results.
    """
    row = (
        model._default_manager.select_for_update(of=("self",))
        .filter(pk=lease.pk, state=WorkState.RUNNING, lease_token=lease.token)
        .first()
    )
    if row is None:
        raise LeaseLost(f"{model._meta.model_name} {lease.pk}")
    return row


def complete(row: Work, **results: Any) -> None:
    """Mark an owned row done, with its results, in the transaction of `own`."""
    for name, value in results.items():
        setattr(row, name, value)
    row.state = WorkState.DONE
    row.lease_token = None
    row.due_at = None
    row.error = ""
    row.finished_at = database_now()
    row.save()


def put_back(model: type[Work], lease: Lease, *, at: datetime | None) -> None:
    """Queue a row again as if it had not been claimed: it was not its turn.

    Without a time it waits until somebody gives it one.
    """
    _release(model, lease).update(
        state=WorkState.QUEUED,
        lease_token=None,
        due_at=at,
        rung_at=None,
        attempts=F("attempts") - 1,
    )


def fail(
    model: type[Work], lease: Lease, reason: str, terms: Terms, *, wait: timedelta | None = None
) -> None:
    """Queue a row again with the reason, or give it up after its last attempt.

    ``wait`` is until the next attempt, where not the terms but the caller says it.
    """
    if lease.attempt >= terms.max_attempts:
        give_up(model, lease, reason)
        return
    if wait is None:
        wait = terms.retry * 2 ** (lease.attempt - 1)
    _release(model, lease).update(
        state=WorkState.QUEUED,
        lease_token=None,
        due_at=database_now() + wait,
        rung_at=None,
        error=storable(reason),
    )


def give_up(model: type[Work], lease: Lease, reason: str) -> None:
    """Make a row dead: people see it, and may replay it."""
    log.error("work_given_up", work=model._meta.model_name, pk=lease.pk, attempt=lease.attempt)
    _release(model, lease).update(
        state=WorkState.DEAD,
        lease_token=None,
        due_at=None,
        error=storable(reason),
        finished_at=database_now(),
    )


def _release(model: type[Work], lease: Lease) -> Any:
    """The row as long as this worker has it."""
    return model._default_manager.filter(
        pk=lease.pk, state=WorkState.RUNNING, lease_token=lease.token
    )


@transaction.atomic
def due(
    model: type[WorkModel],
    terms: Terms,
    *,
    among: models.QuerySet[WorkModel] | None = None,
    now: datetime | None = None,
) -> list[int]:
    """The rows to ring for now, oldest first and at most SWEEP_BATCH.

    A row that was rung for is left alone for RING_AGAIN_SECONDS. Rows whose lease has ended
    go back to the queue, which fences off the worker that held them; rows out of attempts are
    given up. Rows that another sweeper holds are left to it. ``among`` narrows the choice.
    """
    now = now or database_now()
    rows = model._default_manager
    unheard = now - timedelta(seconds=settings.RING_AGAIN_SECONDS)
    locked = list(
        (rows.all() if among is None else among)
        .filter(
            Q(state=WorkState.RUNNING) | Q(rung_at__isnull=True) | Q(rung_at__lte=unheard),
            state__in=OPEN,
            due_at__lte=now,
        )
        .select_for_update(of=("self",), skip_locked=True)
        .order_by("due_at")
        .values_list("pk", "attempts")[: settings.SWEEP_BATCH]
    )
    spent = [pk for pk, attempts in locked if attempts >= terms.max_attempts]
    ringing = [pk for pk, attempts in locked if attempts < terms.max_attempts]
    rows.filter(pk__in=spent).update(
        state=WorkState.DEAD, lease_token=None, due_at=None, finished_at=now
    )
    rows.filter(pk__in=spent, error="").update(
        error="killed: Every attempt ended without a word, killed or out of memory."
    )
    chosen = rows.filter(pk__in=ringing)
    chosen.filter(state=WorkState.RUNNING).update(
        state=WorkState.QUEUED, lease_token=None, due_at=now
    )
    chosen.update(rung_at=now)
    return ringing


@transaction.atomic
def replay(row: WorkModel) -> WorkModel:
    """Queue a given-up row again with its attempts forgotten; others are left as they are."""
    type(row)._default_manager.filter(pk=row.pk, state=WorkState.DEAD).update(
        state=WorkState.QUEUED,
        attempts=0,
        finished_at=None,
        due_at=database_now(),
        rung_at=database_now(),
    )
    row.refresh_from_db()
    return row


@transaction.atomic
def free_all(model: type[Work]) -> int:
    """Queue every running row again: its worker is known to be gone, as after a restore."""
    rows = model._default_manager.select_for_update().filter(state=WorkState.RUNNING)
    held = list(rows.values_list("pk", flat=True))
    return model._default_manager.filter(pk__in=held).update(
        state=WorkState.QUEUED, lease_token=None, due_at=database_now(), rung_at=None
    )


def report(error: BaseException) -> str:
    """An exception with its traceback, as it is kept on a row."""
    return "".join(traceback.format_exception(error))


def storable(reason: str) -> str:
    """The end of a report, without what PostgreSQL cannot store; it may quote any text."""
    shown = reason[-ERROR_CHARACTERS:].replace("\0", "\ufffd")
    return shown.encode(errors="replace").decode()
