"""Extraction as leased work: claimed by an UPDATE, stored in one transaction, fenced.

A run is QUEUED until a worker's conditional UPDATE makes it RUNNING with a token and an
end of the lease. The worker computes outside any transaction and stores quotes and
completion together, only while the token is still its own. Whatever is lost on the way
(a message, a worker, a machine) leaves a row that ``due_runs`` finds.
"""

import time
import traceback
import uuid
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from functools import partial

import structlog
from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from claims.choices import RunState
from claims.extraction import ArticleExtraction, engine_of, extract, extractor
from claims.models import ArticleVersion, ExtractionRun
from claims.services.errors import LeaseLost
from claims.services.merging import Merged, merge_quotes

log = structlog.get_logger(__name__)

# How much of a failure's report is kept: the end says what happened.
ERROR_CHARACTERS = 10_000


@dataclass(frozen=True, slots=True)
class Lease:
    """The right to complete a run, until it ends or another worker takes the run over."""

    run_id: int
    token: uuid.UUID
    attempt: int


def request_run(version: ArticleVersion, *, by: str = "") -> ExtractionRun:
    """The run of an extractor over ``version``; queued now if there was none.

    ``by`` is its name and version, such as rules-1; the one in use where it is not given.
    """
    run, _ = ExtractionRun.objects.get_or_create(
        article_version=version,
        extractor=by or extractor(),
        defaults={"due_at": timezone.now() + timedelta(seconds=settings.RING_AGAIN_SECONDS)},
    )
    return run


def claim_run(run_id: int) -> Lease | None:
    """Take the run for this worker, or None when it is done, dead, gone or another's."""
    now, token = timezone.now(), uuid.uuid4()
    taken = ExtractionRun.objects.filter(
        Q(state=RunState.QUEUED) | Q(state=RunState.RUNNING, due_at__lte=now),
        pk=run_id,
        attempts__lt=settings.EXTRACTION_MAX_ATTEMPTS,
    ).update(
        state=RunState.RUNNING,
        attempts=F("attempts") + 1,
        lease_token=token,
        due_at=now + timedelta(seconds=settings.EXTRACTION_LEASE_SECONDS),
    )
    if not taken:
        return None
    attempt = ExtractionRun.objects.values_list("attempts", flat=True).get(pk=run_id)
    return Lease(run_id=run_id, token=token, attempt=attempt)


def perform_run(
    run_id: int, *, engine: Callable[[str], ArticleExtraction] | None = None
) -> Merged | None:
    """Extract one article version and store its quotes; None when there was nothing to do.

    The engine is the one that the run asks for, whatever this worker would choose itself.
    An engine that fails puts the run back in the queue with its reason, and after
    EXTRACTION_MAX_ATTEMPTS gives it up; nothing is stored then.
    """
    lease = claim_run(run_id)
    if lease is None:
        return None
    run = ExtractionRun.objects.select_related("article_version").get(pk=run_id)
    version = run.article_version
    if len(version.text) > settings.EXTRACTION_MAX_CHARACTERS:
        _give_up(
            lease,
            f"The text has {len(version.text):,} characters; EXTRACTION_MAX_CHARACTERS allows "
            f"{settings.EXTRACTION_MAX_CHARACTERS:,}.",
        )
        return None
    began = time.monotonic()
    try:
        if engine is None:
            engine = partial(extract, engine=engine_of(run.extractor))
        extraction = engine(version.text)
        duration = round((time.monotonic() - began) * 1000)
        merged = _complete(lease, version, extraction, duration_ms=duration)
    except LeaseLost:
        log.warning("lease_lost", run=run_id, attempt=lease.attempt)
        return None
    # Whatever an article does to the engine must end on the run's row, where people see it.
    except Exception as error:  # noqa: BLE001
        _fail(lease, error)
        return None
    log.info("extraction_done", run=run_id, milliseconds=duration, **asdict(merged))
    return merged


@transaction.atomic
def _complete(
    lease: Lease, version: ArticleVersion, extraction: ArticleExtraction, *, duration_ms: int
) -> Merged:
    run = _own(lease)
    merged = merge_quotes(version, run, extraction)
    run.state = RunState.DONE
    run.lease_token = None
    run.due_at = None
    run.error = ""
    run.quotes_found = len(extraction.quotes)
    run.quotes_added = merged.added
    run.quotes_withdrawn = merged.withdrawn
    run.duration_ms = duration_ms
    run.finished_at = timezone.now()
    run.save()
    return merged


def _own(lease: Lease) -> ExtractionRun:
    """The run, locked; LeaseLost when the token is no longer this worker's."""
    run = (
        ExtractionRun.objects.select_for_update(of=("self",))
        .filter(pk=lease.run_id, state=RunState.RUNNING, lease_token=lease.token)
        .first()
    )
    if run is None:
        raise LeaseLost(f"run {lease.run_id}")
    return run


def _fail(lease: Lease, error: Exception) -> None:
    log.error("extraction_failed", run=lease.run_id, attempt=lease.attempt, exc_info=error)
    reason = _storable("".join(traceback.format_exception(error)))
    if lease.attempt >= settings.EXTRACTION_MAX_ATTEMPTS:
        _give_up(lease, reason)
        return
    wait = timedelta(seconds=settings.EXTRACTION_RETRY_SECONDS * 2 ** (lease.attempt - 1))
    ExtractionRun.objects.filter(pk=lease.run_id, lease_token=lease.token).update(
        state=RunState.QUEUED, lease_token=None, due_at=timezone.now() + wait, error=reason
    )


def _storable(report: str) -> str:
    """The end of a report, without what PostgreSQL cannot store; it may quote any text."""
    shown = report[-ERROR_CHARACTERS:].replace("\0", "\ufffd")
    return shown.encode(errors="replace").decode()


def _give_up(lease: Lease, reason: str) -> None:
    log.error("extraction_given_up", run=lease.run_id, attempt=lease.attempt)
    ExtractionRun.objects.filter(pk=lease.run_id, lease_token=lease.token).update(
        state=RunState.DEAD,
        lease_token=None,
        due_at=None,
        error=reason,
        finished_at=timezone.now(),
    )


@transaction.atomic
def due_runs(*, now: datetime | None = None) -> list[int]:
    """The runs to ring for now, at most SWEEP_BATCH; each is due again later.

    Runs whose lease has ended go back to the queue, which fences off the worker that held
    them; runs out of attempts are given up. Rows that another sweeper holds are left to it.
    """
    now = now or timezone.now()
    due = ExtractionRun.objects.filter(
        state__in=[RunState.QUEUED, RunState.RUNNING], due_at__lte=now
    )
    locked = list(
        due.select_for_update(skip_locked=True)
        .order_by("due_at")
        .values_list("pk", "attempts", "state")[: settings.SWEEP_BATCH]
    )
    spent = [pk for pk, attempts, _ in locked if attempts >= settings.EXTRACTION_MAX_ATTEMPTS]
    ringing = [pk for pk, attempts, _ in locked if attempts < settings.EXTRACTION_MAX_ATTEMPTS]
    ExtractionRun.objects.filter(pk__in=spent).update(
        state=RunState.DEAD, lease_token=None, due_at=None, finished_at=now
    )
    ExtractionRun.objects.filter(pk__in=spent, error="").update(
        error="Every attempt ended without a word: the worker was killed or ran out of memory."
    )
    ExtractionRun.objects.filter(pk__in=ringing).update(
        state=RunState.QUEUED,
        lease_token=None,
        due_at=now + timedelta(seconds=settings.RING_AGAIN_SECONDS),
    )
    return ringing


@transaction.atomic
def replay(run: ExtractionRun) -> ExtractionRun:
    """Queue a given-up run again with its attempts forgotten; other runs are left as they are."""
    ExtractionRun.objects.filter(pk=run.pk, state=RunState.DEAD).update(
        state=RunState.QUEUED,
        attempts=0,
        finished_at=None,
        due_at=timezone.now() + timedelta(seconds=settings.RING_AGAIN_SECONDS),
    )
    run.refresh_from_db()
    return run
