"""Webhooks: where other systems want to hear of what happens, what happened, and what arrived."""

import uuid

from django.contrib.auth.models import User
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from pgtrigger import Protect, Update

from claims.choices import EventType, WebhookState, WorkState
from claims.models.base import Editable, count_version, one_of, tracked
from claims.models.claim import Claim
from claims.models.work import Work, due_index, ended_index, leased_while_running

URL_LENGTH = 2000
SEED_LENGTH = 64

# What every delivery writes: no change of the endpoint that an editor of it must hear of.
CLOCK = ["last_success_at", "failing_since"]
SEEDS = ["secret_seed", "former_seed", "former_until"]


@tracked(exclude=[*CLOCK, *SEEDS])
class WebhookEndpoint(Editable):
    """An address that is told of events, as far as its owner may know of them.

    The secret that deliveries are signed with is not stored: it is derived from the seed and
    SECRET_KEY (services.webhook_signing), so that a copy of the database signs nothing. The
    history leaves the seeds out.
    """

    owner = models.ForeignKey(
        User,
        on_delete=models.PROTECT,
        related_name="webhook_endpoints",
        help_text="Is told when it fails; what they may not know of is not delivered.",
    )
    name = models.CharField(max_length=120)
    description = models.TextField(blank=True)
    url = models.CharField(max_length=URL_LENGTH, help_text="Where events are posted to.")
    event_types = ArrayField(
        models.CharField(max_length=30, choices=EventType.choices),
        help_text="The events that it wants.",
    )
    state = models.CharField(
        max_length=10, choices=WebhookState.choices, default=WebhookState.ACTIVE
    )
    state_reason = models.CharField(max_length=300, blank=True, help_text="Why it is stopped.")
    secret_seed = models.CharField(max_length=SEED_LENGTH, editable=False)
    former_seed = models.CharField(max_length=SEED_LENGTH, blank=True, editable=False)
    former_until = models.DateTimeField(
        null=True,
        blank=True,
        editable=False,
        help_text="Until then deliveries carry a signature by the former secret too.",
    )
    last_success_at = models.DateTimeField(null=True, blank=True)
    failing_since = models.DateTimeField(
        null=True, blank=True, help_text="The first failed attempt since the last success."
    )

    class Meta:
        ordering = ["name", "pk"]
        # Adding and changing have rules of their own: services.webhooks asks for the permission.
        default_permissions = ("view",)
        permissions = [("manage_webhooks", "Can set up webhooks and send events again")]
        triggers = [count_version(exclude=CLOCK)]
        constraints = [
            one_of("state", WebhookState, name="webhook_state_known"),
            models.CheckConstraint(name="webhook_named", condition=~Q(name="")),
            models.CheckConstraint(name="webhook_wants_something", condition=~Q(event_types=[])),
            models.CheckConstraint(
                name="webhook_types_known",
                condition=Q(event_types__contained_by=sorted(EventType.values)),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class OutboxEntry(models.Model):
    """Something that happened, as it is told to others; written in its own transaction.

    Thin: keys, row versions and addresses of the API, never a text of the record. Kept for
    WEBHOOK_KEEP_DAYS; what happened is on record elsewhere.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    type = models.CharField(max_length=30, choices=EventType.choices)
    kind = models.CharField(max_length=30, help_text="Of the resource, such as claim.")
    object_id = models.BigIntegerField(null=True, blank=True, help_text="The resource's key.")
    row_version = models.PositiveIntegerField(
        null=True, blank=True, help_text="The resource's version when it happened."
    )
    claim = models.ForeignKey(
        Claim,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
        help_text="With which the event is hidden from those who may not know of it.",
    )
    payload = models.JSONField(help_text="What is posted: type, timestamp, data.")
    created_at = models.DateTimeField(auto_now_add=True, db_index=True)

    class Meta:
        ordering = ["-pk"]
        default_permissions = ()
        triggers = [Protect(name="never_changed", operation=Update)]
        constraints = [one_of("type", EventType, name="outbox_type_known")]

    def __str__(self) -> str:
        return f"{self.type} {self.kind} {self.object_id or ''}".strip()


class WebhookDelivery(Work):
    """One event on its way to one endpoint, and what the last attempt came to.

    DONE was answered with 2xx; DEAD is given up, and can be replayed under the same id.
    """

    event = models.ForeignKey(OutboxEntry, on_delete=models.CASCADE, related_name="deliveries")
    endpoint = models.ForeignKey(
        WebhookEndpoint, on_delete=models.CASCADE, related_name="deliveries"
    )
    last_status = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="The HTTP status of the last answer; empty: none came."
    )
    response = models.TextField(blank=True, help_text="The beginning of the last answer.")
    duration_ms = models.PositiveIntegerField(
        null=True, blank=True, help_text="How long the last attempt took."
    )
    version = models.PositiveIntegerField(
        default=1, editable=False, help_text="Rises by one with every change of the row."
    )

    class Meta(Work.Meta):
        verbose_name_plural = "webhook deliveries"
        default_permissions = ("view",)
        triggers = [count_version()]
        indexes = [
            due_index("webhook_due"),
            ended_index("webhook_ended"),
            models.Index(fields=["endpoint", "-id"], name="webhook_log"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["event", "endpoint"], name="webhook_delivered_once"),
            one_of("state", WorkState, name="webhook_delivery_state_known"),
            leased_while_running("webhook_leased_while_running"),
        ]

    def __str__(self) -> str:
        return f"{self.event} → {self.endpoint}"

    @property
    def message_id(self) -> str:
        """The ``webhook-id``: the same at every attempt, so that a receiver can tell."""
        return f"msg_{self.event.uid.hex}_{self.endpoint_id}"
