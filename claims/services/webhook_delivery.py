"""Deliveries as leased work (`services.leasing`): each ends with an answer, or given up.

At least once: a worker that dies between the receiver's answer and the commit leaves a row
that is delivered again, under the same id. No order: a later event may arrive before an
earlier one that had to be tried again; events carry their time and the row's version.
"""

import json
import random
import time
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import structlog
from django.conf import settings
from django.db import transaction
from django.db.models import F, Window
from django.db.models.functions import RowNumber
from django.utils import timezone

from claims.choices import WebhookState, WorkState
from claims.ingest import FetchLimits, IngestError
from claims.ingest.posting import post
from claims.models import WebhookDelivery, WebhookEndpoint
from claims.models.work import OPEN
from claims.selectors.visibility import is_visible
from claims.services import leasing, outbox, webhooks
from claims.services.errors import LeaseLost
from claims.services.intake import read_limits
from claims.services.leasing import Lease, Terms
from claims.services.webhook_signing import signed_headers

log = structlog.get_logger(__name__)

GONE = 410
BUSY = frozenset({429, 503})


@dataclass(frozen=True, slots=True)
class Attempt:
    """What one attempt came to; ``error`` is empty for a success."""

    error: str = ""
    status: int | None = None
    response: str = ""
    duration_ms: int = 0
    retry_after: float | None = None


def terms() -> Terms:
    """How long a delivery may take and how often it is tried, from the settings."""
    return Terms(
        lease=timedelta(seconds=settings.WEBHOOK_LEASE_SECONDS),
        max_attempts=1 + len(settings.WEBHOOK_RETRY_AFTER),
        retry=timedelta(0),
    )


def perform_delivery(delivery_id: int) -> None:
    """Post one event to one endpoint; nothing happens when it is not its turn.

    2xx is a success and all else a failure, redirects included. 410 disables the endpoint.
    """
    lease = leasing.claim(WebhookDelivery, delivery_id, terms())
    if lease is None:
        return
    row = WebhookDelivery.objects.select_related("event", "endpoint__owner").get(pk=delivery_id)
    if _is_held_back(row, lease):
        return
    attempt = _attempt(row)
    try:
        with transaction.atomic():
            _conclude(leasing.own(WebhookDelivery, lease), lease, attempt)
    except LeaseLost:
        log.warning("lease_lost", delivery=delivery_id, attempt=lease.attempt)


def due_deliveries(*, now: datetime | None = None) -> list[int]:
    """The deliveries to ring for now, a few of each endpoint; otherwise as `leasing.due` says."""
    now = now or leasing.database_now()
    turn = Window(RowNumber(), partition_by=F("endpoint"), order_by=[F("due_at"), F("pk")])
    first = list(
        WebhookDelivery.objects.filter(state__in=OPEN, due_at__lte=now)
        .annotate(turn=turn)
        .filter(turn__lte=settings.WEBHOOK_DELIVERIES_PER_SWEEP)
        .order_by("due_at", "pk")
        .values_list("pk", flat=True)[: settings.SWEEP_BATCH]
    )
    chosen = WebhookDelivery.objects.filter(pk__in=first)
    with transaction.atomic():
        ringing = leasing.due(WebhookDelivery, terms(), among=chosen, now=now)
        # Those whose worker was killed at the last attempt end here.
        for row in chosen.filter(state=WorkState.DEAD).select_related("endpoint__owner"):
            _given_up(row)
    return ringing


def body_of(row: WebhookDelivery) -> bytes:
    """The event as it is posted and signed."""
    return json.dumps(row.event.payload, separators=(",", ":")).encode()


def wait_after(attempt: int) -> timedelta:
    """From the end of one attempt, counted from 1, to the next; longer by a random share.

    Without that share, everything that failed together would come back together.
    """
    times = [timedelta(0), *settings.WEBHOOK_RETRY_AFTER]
    wait: timedelta = times[attempt] - times[attempt - 1]
    return wait * (1 + settings.WEBHOOK_JITTER * random.random())  # noqa: S311  no secret


def _is_held_back(row: WebhookDelivery, lease: Lease) -> bool:
    """Whether this is not to be posted (any more); then the row says why."""
    endpoint = row.endpoint
    if endpoint.state == WebhookState.PAUSED:
        leasing.put_back(WebhookDelivery, lease, at=None)
    elif endpoint.state == WebhookState.DISABLED:
        reason = f"disabled: {endpoint.state_reason}"
        leasing.give_up(WebhookDelivery, lease, reason)
    elif not outbox.may_listen(endpoint.owner):
        reason = "Its owner may no longer manage webhooks."
        with transaction.atomic():
            leasing.give_up(WebhookDelivery, lease, f"disabled: {reason}")
            webhooks.disable(endpoint, reason=reason)
    elif not is_visible(row.event, endpoint.owner):
        # An embargo was put on the claim since.
        reason = "withheld: The owner of the webhook may not know of it any more."
        leasing.give_up(WebhookDelivery, lease, reason)
    else:
        return False
    return True


def _attempt(row: WebhookDelivery) -> Attempt:
    body = body_of(row)
    signed = signed_headers(row.endpoint, message_id=row.message_id, body=body, at=timezone.now())
    began = time.monotonic()
    try:
        posted = post(
            row.endpoint.url,
            body,
            headers={"Content-Type": "application/json", **signed},
            limits=_limits(),
        )
    except IngestError as error:
        # The code first: it is what failures are counted by (`services.pipeline`).
        return Attempt(error=f"{error.code}: {error}", duration_ms=_since(began))
    # Whatever happens on the way must end on the row, where people see it.
    except Exception as error:
        log.error("delivery_failed", delivery=row.pk, exc_info=error)
        return Attempt(error=leasing.report(error), duration_ms=_since(began))
    succeeded = 200 <= posted.status < 300
    said = "A redirect is not followed." if 300 <= posted.status < 400 else "This is no success."
    return Attempt(
        error="" if succeeded else f"http_{posted.status}: The receiver answered so. {said}",
        status=posted.status,
        response=leasing.storable(posted.body.decode(errors="replace")),
        duration_ms=_since(began),
        retry_after=posted.retry_after if posted.status in BUSY else None,
    )


def _limits() -> FetchLimits:
    seconds = settings.WEBHOOK_TIMEOUT_SECONDS
    return replace(
        read_limits().fetch,
        connect_timeout=seconds,
        read_timeout=seconds,
        total_timeout=seconds,
        max_bytes=settings.WEBHOOK_RESPONSE_BYTES,
    )


def _since(began: float) -> int:
    return round((time.monotonic() - began) * 1000)


def _conclude(row: WebhookDelivery, lease: Lease, attempt: Attempt) -> None:
    """Write down what the attempt came to, in the transaction that owns the row."""
    answer = {
        "last_status": attempt.status,
        "response": attempt.response,
        "duration_ms": attempt.duration_ms,
    }
    if not attempt.error:
        leasing.complete(row, **answer)
        WebhookEndpoint.objects.filter(pk=row.endpoint_id).update(
            last_success_at=row.finished_at, failing_since=None
        )
        return
    WebhookDelivery.objects.filter(pk=row.pk).update(**answer)
    WebhookEndpoint.objects.filter(pk=row.endpoint_id, failing_since=None).update(
        failing_since=leasing.database_now()
    )
    if attempt.status == GONE:
        leasing.give_up(WebhookDelivery, lease, attempt.error)
        webhooks.disable(row.endpoint, reason="It answered 410 Gone.")
    elif lease.attempt >= terms().max_attempts:
        leasing.give_up(WebhookDelivery, lease, attempt.error)
        _given_up(row)
    else:
        # A receiver may ask for patience (Retry-After), but not for ever.
        asked = min(attempt.retry_after or 0, settings.FETCH_HOLD_MAX_SECONDS)
        wait = max(wait_after(lease.attempt), timedelta(seconds=asked))
        leasing.fail(WebhookDelivery, lease, attempt.error, terms(), wait=wait)


def _given_up(row: WebhookDelivery) -> None:
    """After the last attempt: disable an endpoint that has taken nothing since the event.

    One that takes other events refuses this one: it goes on, and its owner is told.
    """
    endpoint = WebhookEndpoint.objects.select_related("owner").get(pk=row.endpoint_id)
    if endpoint.last_success_at is not None and endpoint.last_success_at > row.created_at:
        webhooks.tell_of_loss(row)
    else:
        webhooks.disable(endpoint, reason="Every attempt to deliver an event failed.")
