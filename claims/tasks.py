"""Celery tasks. A primary key comes in, a service is called; the row is the truth.

A lost, late or doubled message changes nothing: ``perform_run`` claims the row first,
and ``ring_due_extractions`` rings again for whatever is due.
"""

from collections.abc import Iterable
from functools import partial

import pghistory
import structlog
from celery import shared_task
from django.conf import settings
from django.db import transaction
from kombu.exceptions import OperationalError

from claims.services import extraction

log = structlog.get_logger(__name__)


@shared_task(
    soft_time_limit=settings.EXTRACTION_TIME_LIMIT_SECONDS,
    time_limit=settings.EXTRACTION_TIME_LIMIT_SECONDS + 5,
)
def extract_article_version(run_id: int) -> None:
    """Perform one extraction run; nothing happens when it is done, gone or another worker's."""
    with pghistory.context(job="extract_article_version", run=run_id):
        extraction.perform_run(run_id)


@shared_task
def ring_due_extractions() -> None:
    """Ring for every run that is due: not yet begun, or begun by a worker that is gone."""
    with pghistory.context(job="ring_due_extractions"):
        ring(extraction.due_runs())


def ring(run_ids: Iterable[int]) -> None:
    """Send a message for each run once the current transaction is committed.

    With the broker away nothing is lost: the runs stay due, and the sweeper rings later.
    """
    transaction.on_commit(partial(_send, list(run_ids)))


def _send(run_ids: list[int]) -> None:
    """Ring for each run; the first failure ends it, so that nobody waits once a run for a retry."""
    for sent, run_id in enumerate(run_ids):
        try:
            extract_article_version.delay(run_id)
        # OSError: the folder of the filesystem broker.
        except (OperationalError, OSError) as error:
            log.warning("broker_unreachable", unsent=len(run_ids) - sent, error=str(error))
            return
