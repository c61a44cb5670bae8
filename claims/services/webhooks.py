"""What people do with webhooks: set up, change, pause, resume, rotate the secret, test, replay.

Deliveries themselves are in `services.webhook_delivery`, events in `services.outbox`.

An endpoint hears what its owner may know of. So nobody but the owner says where that goes:
address, events and secret are theirs; to stop and to start it is everybody's who may manage
webhooks.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from claims.choices import EventType, NotificationKind, WebhookState, WorkState
from claims.ingest import BadUrl
from claims.ingest.urls import normalize
from claims.models import Notification, WebhookDelivery, WebhookEndpoint
from claims.models.work import ENDED
from claims.services import leasing, notifications, outbox
from claims.services.actors import Actor
from claims.services.errors import InvalidTransition, NotAllowed, NotReady, StaleRow
from claims.services.locking import lock, take_turns
from claims.services.outbox import MANAGE
from claims.services.webhook_signing import new_seed, secret_of

CHANGEABLE = frozenset({"name", "description", "url", "event_types"})
# What can be asked for; a test event comes without.
OFFERED = [kind for kind in EventType if kind != EventType.PING]

ACTIVE, PAUSED, DISABLED = WebhookState.ACTIVE, WebhookState.PAUSED, WebhookState.DISABLED


@dataclass(frozen=True, slots=True)
class Secret:
    """An endpoint with its secret, to be shown this once."""

    endpoint: WebhookEndpoint
    secret: str


@transaction.atomic
def create(
    *, actor: Actor, name: str, url: str, event_types: Collection[str], description: str = ""
) -> Secret:
    """Set up an endpoint of the actor's. Raises NotAllowed, NotReady, ValidationError."""
    owner = actor.require(MANAGE)
    take_turns("webhook endpoints")
    if WebhookEndpoint.objects.count() >= settings.WEBHOOK_ENDPOINTS_MAX:
        raise NotReady([f"there are {settings.WEBHOOK_ENDPOINTS_MAX} webhooks already"])
    endpoint = WebhookEndpoint(owner=owner, secret_seed=new_seed())
    _write(
        endpoint,
        {"name": name, "url": url, "event_types": event_types, "description": description},
    )
    return Secret(endpoint, secret_of(endpoint.secret_seed))


@transaction.atomic
def change(
    endpoint: WebhookEndpoint,
    *,
    actor: Actor,
    changes: Mapping[str, Any],
    expected_version: int | None = None,
) -> WebhookEndpoint:
    """Write ``changes`` of CHANGEABLE. What is on its way goes to the new address.

    Raises NotAllowed, StaleRow, ValidationError.
    """
    endpoint = _own(endpoint, actor, expected_version=expected_version)
    if unknown := set(changes) - CHANGEABLE:
        raise ValidationError(dict.fromkeys(unknown, "This is not to be changed."))
    _write(endpoint, changes)
    return endpoint


@transaction.atomic
def rotate(
    endpoint: WebhookEndpoint, *, actor: Actor, expected_version: int | None = None
) -> Secret:
    """Give it a new secret; the one before signs beside it for WEBHOOK_ROTATION_HOURS."""
    endpoint = _own(endpoint, actor, expected_version=expected_version)
    endpoint.former_seed = endpoint.secret_seed
    endpoint.former_until = timezone.now() + timedelta(hours=settings.WEBHOOK_ROTATION_HOURS)
    endpoint.secret_seed = new_seed()
    _save(endpoint, "former_seed", "former_until", "secret_seed")
    return Secret(endpoint, secret_of(endpoint.secret_seed))


@transaction.atomic
def remove(endpoint: WebhookEndpoint, *, actor: Actor, expected_version: int | None = None) -> None:
    """Remove it with the log of its deliveries; its history stays."""
    actor.require(MANAGE)
    lock(endpoint, expected_version=expected_version).delete()


@transaction.atomic
def pause(
    endpoint: WebhookEndpoint,
    *,
    actor: Actor,
    reason: str = "",
    expected_version: int | None = None,
) -> WebhookEndpoint:
    """Deliver nothing until somebody resumes it. What waits goes on waiting.

    What happens meanwhile is not kept for it. The owner is told when somebody else does it.
    """
    user = actor.require(MANAGE)
    endpoint = lock(endpoint, expected_version=expected_version)
    told = " ".join(reason.split()) or f"Paused by {notifications.name_of(actor)}."
    _move(endpoint, since={ACTIVE}, to=PAUSED, reason=told)
    _queued(endpoint).update(due_at=None, rung_at=None)
    if endpoint.owner_id != user.pk:
        _tell_owner(endpoint, f"Your webhook “{endpoint}” was paused: {told}")
    return endpoint


@transaction.atomic
def resume(
    endpoint: WebhookEndpoint, *, actor: Actor, expected_version: int | None = None
) -> WebhookEndpoint:
    """Deliver again, beginning with what waits; what was given up stays so until replayed."""
    actor.require(MANAGE)
    endpoint = lock(endpoint, expected_version=expected_version)
    _move(endpoint, since={PAUSED, DISABLED}, to=ACTIVE, reason="")
    WebhookEndpoint.objects.filter(pk=endpoint.pk).update(failing_since=None)
    endpoint.failing_since = None
    _queued(endpoint).update(due_at=leasing.database_now(), rung_at=None)
    return endpoint


@transaction.atomic
def disable(endpoint: WebhookEndpoint, *, reason: str) -> None:
    """Stop an endpoint that cannot be delivered to: the machine's move. Its owner is told.

    What waits for it is given up and can be replayed. Nothing happens to a disabled one.
    """
    endpoint = lock(endpoint)
    if endpoint.state == DISABLED:
        return
    _move(endpoint, since={ACTIVE, PAUSED}, to=DISABLED, reason=reason)
    _queued(endpoint).update(
        state=WorkState.DEAD,
        due_at=None,
        finished_at=leasing.database_now(),
        error=f"disabled: {reason}",
    )
    _tell_owner(endpoint, f"Your webhook “{endpoint}” was disabled: {reason}")


def tell_of_loss(delivery: WebhookDelivery) -> None:
    """Tell the owner that one event was given up although others arrive."""
    endpoint = delivery.endpoint
    _tell_owner(
        endpoint, f"Your webhook “{endpoint}” takes other events, but refused one at every attempt."
    )


@transaction.atomic
def ping(endpoint: WebhookEndpoint, *, actor: Actor) -> WebhookDelivery:
    """Send a test event; its delivery tells what came of it. InvalidTransition when stopped."""
    actor.require(MANAGE)
    _check_active(endpoint)
    return outbox.ping(endpoint)


@transaction.atomic
def replay(
    delivery: WebhookDelivery, *, actor: Actor, expected_version: int | None = None
) -> WebhookDelivery:
    """Deliver an ended one again, under the same id; whoever calls rings for it.

    Raises StaleRow, and InvalidTransition for one that still waits or whose endpoint is stopped.
    """
    actor.require(MANAGE)
    _check_active(delivery.endpoint)
    row = WebhookDelivery.objects.select_for_update(of=("self",)).get(pk=delivery.pk)
    if expected_version is not None and row.version != expected_version:
        raise StaleRow("Another attempt was made since. Look at it again.")
    if row.state not in ENDED:
        raise InvalidTransition("It is on its way already.")
    now = leasing.database_now()
    WebhookDelivery.objects.filter(pk=row.pk).update(
        state=WorkState.QUEUED, attempts=0, finished_at=None, due_at=now, rung_at=now
    )
    delivery.refresh_from_db()
    return delivery


def checked_address(url: str) -> str:
    """An address in the spelling that is stored; ValidationError where no event may go.

    Whether it is a private one is asked when it is connected to: names change.
    """
    try:
        normal = normalize(url.strip())
    except BadUrl as error:
        raise ValidationError(str(error)) from error
    if urlsplit(normal).scheme != "https" and not settings.WEBHOOK_ALLOW_HTTP:
        raise ValidationError("Events are sent to https addresses only.")
    return normal


def _own(
    endpoint: WebhookEndpoint, actor: Actor, *, expected_version: int | None
) -> WebhookEndpoint:
    user = actor.require(MANAGE)
    if endpoint.owner_id != user.pk and not user.is_superuser:
        raise NotAllowed(
            "Only its owner may change where events go, which, and how they are signed."
        )
    return lock(endpoint, expected_version=expected_version)


def _check_active(endpoint: WebhookEndpoint) -> None:
    state = WebhookEndpoint.objects.values_list("state", flat=True).get(pk=endpoint.pk)
    if state != ACTIVE:
        label = WebhookState(state).label.lower()
        raise InvalidTransition(f"“{endpoint}” is {label}: resume it first.")


def _move(
    endpoint: WebhookEndpoint, *, since: set[WebhookState], to: WebhookState, reason: str
) -> None:
    """The one place where the state of a (locked) endpoint changes."""
    if endpoint.state not in since:
        label = endpoint.get_state_display().lower()
        raise InvalidTransition(f"“{endpoint}” is {label} already.")
    length = WebhookEndpoint._meta.get_field("state_reason").max_length
    endpoint.state, endpoint.state_reason = to, reason[:length]
    _save(endpoint, "state", "state_reason")


def _write(endpoint: WebhookEndpoint, changes: Mapping[str, Any]) -> None:
    for name, value in changes.items():
        setattr(endpoint, name, value)
    endpoint.name = " ".join(endpoint.name.split())
    endpoint.event_types = sorted(set(endpoint.event_types))
    if unknown := set(endpoint.event_types) - set(OFFERED):
        raise ValidationError({"event_types": f"Not known: {', '.join(sorted(unknown))}."})
    if "url" in changes:
        try:
            endpoint.url = checked_address(endpoint.url)
        except ValidationError as refused:
            raise ValidationError({"url": refused.messages}) from refused
    endpoint.full_clean()
    endpoint.save()
    endpoint.refresh_from_db(fields=["version"])


def _save(endpoint: WebhookEndpoint, *fields: str) -> None:
    endpoint.save(update_fields=[*fields, "updated_at"])
    endpoint.refresh_from_db(fields=["version"])


def _queued(endpoint: WebhookEndpoint) -> Any:
    return WebhookDelivery.objects.filter(endpoint=endpoint, state=WorkState.QUEUED)


def _tell_owner(endpoint: WebhookEndpoint, text: str) -> None:
    """One piece of news at a time: until it is read, a further one says nothing more."""
    unread = Notification.objects.filter(
        user=endpoint.owner_id, endpoint=endpoint, read_at=None, kind=NotificationKind.WEBHOOK
    )
    if not unread.exists():
        notifications.notify(
            [endpoint.owner], kind=NotificationKind.WEBHOOK, text=text, endpoint=endpoint
        )
