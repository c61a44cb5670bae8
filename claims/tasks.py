"""Celery tasks. A primary key comes in, a service is called; the row is the truth.

A lost, late or doubled message changes nothing: ``perform_run`` claims the row first,
and ``ring_due_extractions`` rings again for whatever is due.
"""

from collections.abc import Iterable
from functools import partial
from typing import Any

import pghistory
import structlog
from amqp.exceptions import NotFound
from celery import Task, shared_task
from django.conf import settings
from django.db import transaction
from django.dispatch import receiver
from kombu.exceptions import ChannelError, OperationalError

from claims.choices import WorkState
from claims.services import (
    changes,
    extraction,
    fetching,
    figures,
    housekeeping,
    mailing,
    outbox,
    polling,
    publishing,
    webhook_delivery,
)

log = structlog.get_logger(__name__)


@shared_task(
    soft_time_limit=settings.EXTRACTION_TIME_LIMIT_SECONDS,
    time_limit=settings.EXTRACTION_TIME_LIMIT_SECONDS + settings.HARD_KILL_SECONDS,
)
def extract_article_version(run_id: int) -> None:
    """Perform one extraction run; nothing happens when it is done, gone or another worker's."""
    with pghistory.context(job="extract_article_version", run=run_id):
        extraction.perform_run(run_id)


@shared_task
def ring_due_extractions() -> None:
    """Ring for every run that is due: not yet begun, or begun by a worker that is gone."""
    if is_crowded(extract_article_version):
        return
    with pghistory.context(job="ring_due_extractions"):
        ring(extraction.due_runs())


@shared_task(
    soft_time_limit=settings.FETCH_TIME_LIMIT_SECONDS,
    time_limit=settings.FETCH_TIME_LIMIT_SECONDS + settings.HARD_KILL_SECONDS,
)
def fetch_page(fetch_id: int) -> None:
    """Perform one fetch, and ring for the extraction of what it brought."""
    with pghistory.context(job="fetch_page", fetch=fetch_id):
        stored = fetching.perform_fetch(fetch_id)
    if stored and stored.run and stored.run.state == WorkState.QUEUED:
        ring([stored.run.pk])


@shared_task
def ring_due_fetches() -> None:
    """Ring for every fetch that is due, a few of each host."""
    if is_crowded(fetch_page):
        return
    with pghistory.context(job="ring_due_fetches"):
        ring_fetches(fetching.due_fetches())


@shared_task(
    soft_time_limit=settings.FEED_TIME_LIMIT_SECONDS,
    time_limit=settings.FEED_TIME_LIMIT_SECONDS + settings.HARD_KILL_SECONDS,
)
def poll_feed(feed_id: int) -> None:
    """Poll one feed, and ring for the first of what it brought."""
    with pghistory.context(job="poll_feed", feed=feed_id):
        polled = polling.perform_poll(feed_id)
    if polled:
        ring_fetches(polled.fetches)


@shared_task
def ring_due_feeds() -> None:
    """Ring for every feed that is due, the hosts in turn."""
    with pghistory.context(job="ring_due_feeds"):
        ring_feeds(polling.due_feeds())


@shared_task(
    soft_time_limit=settings.WEBHOOK_TIME_LIMIT_SECONDS,
    time_limit=settings.WEBHOOK_TIME_LIMIT_SECONDS + settings.HARD_KILL_SECONDS,
)
def deliver_webhook(delivery_id: int) -> None:
    """Post one event to one endpoint; nothing happens when it is not its turn."""
    with pghistory.context(job="deliver_webhook", delivery=delivery_id):
        webhook_delivery.perform_delivery(delivery_id)


@shared_task
def ring_due_deliveries() -> None:
    """Ring for every delivery that is due, a few of each endpoint."""
    if is_crowded(deliver_webhook):
        return
    with pghistory.context(job="ring_due_deliveries"):
        ring_deliveries(webhook_delivery.due_deliveries())


@shared_task
def publish_due_verdicts() -> None:
    """Publish what was approved under an embargo that has ended."""
    with pghistory.context(job="publish_due_verdicts"):
        for claim_id in publishing.due_publications():
            publishing.publish_due(claim_id)


@shared_task
def tell_of_ended_embargoes() -> None:
    """Write claims whose embargo has ended into the change feed, for those who see them now."""
    changes.tell_of_ended_embargoes()


@shared_task
def send_mails() -> None:
    """Mail the news that people want at once."""
    mailing.send_due()


@shared_task
def send_daily_mails() -> None:
    """Mail everybody the summary of their day."""
    mailing.send_daily()


@shared_task
def renew_kept_figures() -> None:
    """Count the usual figures anew where they are kept, so that nobody waits for them."""
    figures.renew_kept()


@shared_task
def check_the_record() -> None:
    """Read the whole record back, and leave what does not hold where the desk sees it."""
    housekeeping.check_and_report()


@shared_task
def tidy_up() -> None:
    """Forget what no longer serves: pace of sites not read any more, old signs of life."""
    housekeeping.tidy_up()


def is_crowded(task: "Task[Any, Any]") -> bool:
    """Whether so many messages wait in the task's queue that another would tell nobody anything.

    Otherwise a queue without workers grows with each sweep until the broker is full, and then
    takes nothing for the others either.
    """
    queue = task.app.amqp.router.route({}, task.name)["queue"].name
    broker: Any
    with task.app.connection_for_write() as broker:
        try:
            # By itself a channel would be waited for as long as the broker is away.
            broker.ensure_connection(max_retries=1, interval_start=0)
            waiting = broker.default_channel.queue_declare(queue, passive=True).message_count
        except (ChannelError, NotFound):  # no message has ever been sent there
            return False
        except (OperationalError, OSError) as error:
            log.warning("broker_unreachable", error=str(error))
            return True
    return bool(waiting >= settings.QUEUE_MAX_MESSAGES)


def ring(run_ids: Iterable[int]) -> None:
    """Send a message for each run once the current transaction is committed.

    With the broker away nothing is lost: the runs stay due, and the sweeper rings later.
    """
    transaction.on_commit(partial(_send, extract_article_version, list(run_ids)))


def ring_fetches(fetch_ids: Iterable[int]) -> None:
    """The same for fetches."""
    transaction.on_commit(partial(_send, fetch_page, list(fetch_ids)))


def ring_feeds(feed_ids: Iterable[int]) -> None:
    """The same for feeds."""
    transaction.on_commit(partial(_send, poll_feed, list(feed_ids)))


def ring_deliveries(delivery_ids: Iterable[int]) -> None:
    """The same for deliveries of webhooks."""
    transaction.on_commit(partial(_send, deliver_webhook, list(delivery_ids)))


@receiver(outbox.queued)
def ring_for_event(deliveries: list[int], **_: Any) -> None:
    """Ring for an event that the current transaction writes."""
    ring_deliveries(deliveries)


def ring_mails() -> None:
    """Have the news mailed that the current transaction writes."""
    transaction.on_commit(_send_mails)


def _send_mails() -> None:
    try:
        send_mails.delay()
    except (OperationalError, OSError) as error:
        log.warning("broker_unreachable", unsent=1, error=str(error))


def _send(task: "Task[Any, Any]", ids: list[int]) -> None:
    """Ring for each row; the first failure ends it, so that nobody waits once a row for a retry."""
    for sent, pk in enumerate(ids):
        try:
            task.delay(pk)
        # OSError: the folder of the filesystem broker.
        except (OperationalError, OSError) as error:
            log.warning("broker_unreachable", unsent=len(ids) - sent, error=str(error))
            return
