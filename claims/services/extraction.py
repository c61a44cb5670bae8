"""Extraction of article versions as leased work (`services.leasing`)."""

import time
from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime, timedelta
from functools import partial

import structlog
from django.conf import settings
from django.db import transaction

from claims.choices import WorkState
from claims.extraction import (
    ArticleExtraction,
    Offer,
    TextTooLong,
    engine_of,
    extract,
    extractor,
    offer,
)
from claims.extraction.options import TextLimits
from claims.models import ArticleVersion, ExtractionRun
from claims.services import leasing
from claims.services.errors import LeaseLost, Superseded
from claims.services.leasing import Lease, Terms
from claims.services.merging import Merged, check_offsets, merge_quotes

log = structlog.get_logger(__name__)


def terms() -> Terms:
    """How long a run may take and how often it is tried, from the settings."""
    return Terms(
        lease=timedelta(seconds=settings.EXTRACTION_LEASE_SECONDS),
        max_attempts=settings.EXTRACTION_MAX_ATTEMPTS,
        retry=timedelta(seconds=settings.EXTRACTION_RETRY_SECONDS),
    )


def request_run(version: ArticleVersion, *, by: str = "") -> ExtractionRun:
    """The run of an extractor over ``version``; queued now if there was none.

    ``by`` is its name and version, such as rules-1; the one in use where it is not given.
    """
    run, _ = ExtractionRun.objects.get_or_create(
        article_version=version,
        extractor=by or extractor(),
        defaults=leasing.rung_now(),
    )
    return run


def claim_run(run_id: int) -> Lease | None:
    """Take the run for this worker, or None when it is done, dead, gone or another's."""
    return leasing.claim(ExtractionRun, run_id, terms())


def perform_run(
    run_id: int, *, engine: Callable[[str], ArticleExtraction] | None = None
) -> Merged | None:
    """Extract one article version and store its quotes; None when there was nothing to do.

    The engine is the one that the run asks for, whatever this worker would choose itself.
    An engine that fails puts the run back in the queue with its reason, and after
    EXTRACTION_MAX_ATTEMPTS gives it up; nothing is stored then. A text that is too long, and a
    version that a newer run has read since, are given up at once.

    The desk is offered utterances that state something, above EXTRACTION_MIN_CONFIDENCE; the run
    says how many were held back.
    """
    lease = claim_run(run_id)
    if lease is None:
        return None
    run = ExtractionRun.objects.select_related("article_version").get(pk=run_id)
    version = run.article_version
    began = time.monotonic()
    try:
        _limits().check(version.text)
        _refuse_if_superseded(run)
        if engine is None:
            engine = partial(extract, engine=engine_of(run.extractor))
        extraction = engine(version.text)
        check_offsets(version.text, extraction)
        offered = offer(extraction, least_confidence=settings.EXTRACTION_MIN_CONFIDENCE)
        duration = round((time.monotonic() - began) * 1000)
        merged = _complete(lease, version, offered, duration_ms=duration)
    # Trying again would end the same way.
    except (TextTooLong, Superseded) as error:
        leasing.give_up(ExtractionRun, lease, str(error))
        return None
    except LeaseLost:
        log.warning("lease_lost", run=run_id, attempt=lease.attempt)
        return None
    # Whatever an article does to the engine must end on the run's row, where people see it.
    except Exception as error:
        log.error("extraction_failed", run=run_id, attempt=lease.attempt, exc_info=error)
        leasing.fail(ExtractionRun, lease, leasing.report(error), terms())
        return None
    log.info("extraction_done", run=run_id, milliseconds=duration, **asdict(merged))
    return merged


def _limits() -> TextLimits:
    return TextLimits(settings.EXTRACTION_MAX_CHARACTERS, settings.EXTRACTION_MAX_WORDS)


@transaction.atomic
def _complete(lease: Lease, version: ArticleVersion, offered: Offer, *, duration_ms: int) -> Merged:
    run = leasing.own(ExtractionRun, lease)
    # Locked before the look: of two runs that end together, the later asked for has the last word.
    ArticleVersion.objects.select_for_update(no_key=True).values("pk").get(pk=version.pk)
    _refuse_if_superseded(run)
    merged = merge_quotes(version, run, offered.extraction)
    leasing.complete(
        run,
        quotes_found=len(offered.extraction.quotes),
        quotes_held_back=offered.held_back,
        quotes_added=merged.added,
        quotes_withdrawn=merged.withdrawn,
        duration_ms=duration_ms,
    )
    return merged


def _refuse_if_superseded(run: ExtractionRun) -> None:
    """Raise Superseded when a run that was asked for later has written this version's quotes.

    A run that was given up and is queued again would else put an older reading over a newer one.
    """
    newer = ExtractionRun.objects.filter(
        article_version=run.article_version_id, state=WorkState.DONE, pk__gt=run.pk
    ).last()
    if newer is not None:
        raise Superseded(
            f"{newer.extractor} has read this version since (run {newer.pk}); nothing was written."
        )


def due_runs(*, now: datetime | None = None) -> list[int]:
    """The runs to ring for now, as `leasing.due` says."""
    return leasing.due(ExtractionRun, terms(), now=now)
