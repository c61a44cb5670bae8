"""Events for webhooks, written in the transaction that makes them: both happen, or neither.

An event is delivered at least once to each endpoint that wants it, in no promised order. It is
thin: it says what happened to which row at which version, and whoever wants to know more asks
the API with a key of their own. Where no endpoint wants it nothing is written.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.db.models import Model
from django.dispatch import Signal

from claims.choices import EventType, MatchState, WebhookState
from claims.models import (
    Appearance,
    Article,
    Claim,
    OutboxEntry,
    Quote,
    Speaker,
    Verdict,
    WebhookDelivery,
    WebhookEndpoint,
)
from claims.models.work import OPEN
from claims.selectors.visibility import is_visible
from claims.services import leasing

MANAGE = "claims.manage_webhooks"

# What the API calls such rows, in their addresses.
RESOURCES: dict[type[Model], str] = {
    Appearance: "appearances",
    Article: "articles",
    Claim: "claims",
    Quote: "quotes",
    Speaker: "speakers",
    Verdict: "verdicts",
    WebhookEndpoint: "webhooks",
}

#: Sent in the transaction of an event with ``deliveries``, the keys of those to begin at once.
#: Who sends messages listens to it (`claims.tasks`): services know of no broker.
queued = Signal()


def emit(
    event_type: EventType,
    row: Model,
    *related: Model,
    claim: Claim | None = None,
    facts: Mapping[str, Any] = MappingProxyType({}),
) -> OutboxEntry | None:
    """Tell everybody who wants to hear and may know of ``row``; None when that is nobody.

    ``related`` are further rows that the event names. ``claim`` is the one that it is hidden
    with, where ``row`` is none. ``facts`` are keys and states, never texts. Call it in the
    transaction of what happened, after it.
    """
    listening = _listening(event_type, row)
    if not listening:
        return None
    now = leasing.database_now()
    subject = _reference(row)
    event = OutboxEntry.objects.create(
        type=event_type,
        kind=_kind(row),
        object_id=row.pk,
        row_version=subject["version"],
        claim=row if isinstance(row, Claim) else claim,
        payload=_payload(
            event_type,
            now,
            {_kind(row): subject, **{_kind(each): _reference(each) for each in related}, **facts},
        ),
    )
    fan_out(event, listening, now=now)
    return event


def is_wanted(event_type: EventType) -> bool:
    """Whether anybody wants such events: for whoever would have to read rows to tell of them."""
    return WebhookEndpoint.objects.filter(
        state=WebhookState.ACTIVE, event_types__contains=[event_type]
    ).exists()


def claim_repeated(appearance: Appearance) -> OutboxEntry | None:
    """After a quote was confirmed to voice a claim: tell, unless it is the first that does."""
    claim = appearance.claim
    others = claim.appearances.filter(state=MatchState.CONFIRMED).exclude(pk=appearance.pk)
    if not others.exists():
        return None
    return emit(EventType.CLAIM_REPEATED, claim, appearance, appearance.quote)


def ping(endpoint: WebhookEndpoint) -> WebhookDelivery:
    """Write a test event for one endpoint, whatever it wants."""
    now = leasing.database_now()
    event = OutboxEntry.objects.create(
        type=EventType.PING,
        kind="webhook",
        object_id=endpoint.pk,
        row_version=endpoint.version,
        payload=_payload(EventType.PING, now, {"webhook": _reference(endpoint)}),
    )
    fan_out(event, [endpoint], now=now)
    return WebhookDelivery.objects.get(event=event)


def fan_out(event: OutboxEntry, endpoints: list[WebhookEndpoint], *, now: datetime) -> None:
    """Queue the event for each endpoint. To one that fails it goes with the next sweep."""
    made = WebhookDelivery.objects.bulk_create(
        WebhookDelivery(
            event=event,
            endpoint=endpoint,
            due_at=now,
            rung_at=None if endpoint.failing_since else now,
        )
        for endpoint in endpoints
    )
    at_once = [delivery.pk for delivery in made if delivery.rung_at is not None]
    if at_once:
        queued.send(sender=OutboxEntry, deliveries=at_once)


def may_listen(user: User) -> bool:
    """Whether endpoints of ``user`` are told of anything at all."""
    return user.is_active and user.has_perm(MANAGE)


def forget_old() -> int:
    """Delete events, with their deliveries, of long ago; how many. What still waits is kept."""
    before = leasing.database_now() - timedelta(days=settings.WEBHOOK_KEEP_DAYS)
    waiting = WebhookDelivery.objects.filter(state__in=OPEN).values("event")
    old = OutboxEntry.objects.filter(created_at__lt=before).exclude(pk__in=waiting)
    return old.delete()[1].get(OutboxEntry._meta.label, 0)


def _listening(event_type: EventType, row: Model) -> list[WebhookEndpoint]:
    wanting = (
        WebhookEndpoint.objects.filter(
            state=WebhookState.ACTIVE, event_types__contains=[event_type]
        )
        .select_related("owner")
        .order_by("pk")
    )
    return [
        endpoint
        for endpoint in wanting
        if may_listen(endpoint.owner) and is_visible(row, endpoint.owner)
    ]


def _payload(event_type: EventType, at: datetime, data: Mapping[str, Any]) -> dict[str, Any]:
    return {"type": event_type.value, "timestamp": at.isoformat(), "data": dict(data)}


def _kind(row: Model) -> str:
    return str(row._meta.model_name)


def _reference(row: Model) -> dict[str, Any]:
    """How an event names a row: its key, its version as it is now, where the API shows it."""
    # The trigger counts, so that a copy in memory may be behind.
    rows = type(row)._default_manager.filter(pk=row.pk)
    return {
        "id": row.pk,
        "version": rows.values_list("version", flat=True).get(),
        "href": f"/api/v1/{RESOURCES[type(row)]}/{row.pk}",
    }
