"""Webhooks: endpoints, and the log of what was delivered to them."""

from rest_framework import serializers

from claims.api.fields import Key, Path, StrictChar, StrictChoice, Username
from claims.api.serializers.base import Input, Row
from claims.choices import EventType
from claims.models import WebhookDelivery, WebhookEndpoint
from claims.services.webhooks import OFFERED


class WebhookSerializer(Row):
    href = Path("webhooks")
    owner = Username(read_only=True)
    event_types = serializers.ListField(
        child=StrictChoice(choices=[(kind.value, kind.label) for kind in OFFERED]),
        allow_empty=False,
        min_length=1,
        max_length=len(OFFERED),
        help_text="The events that it wants: see webhooks/event-types.",
    )
    former_secret_until = serializers.DateTimeField(
        source="former_until",
        read_only=True,
        allow_null=True,
        help_text="Until then deliveries are signed with the secret before the last rotation too.",
    )

    class Meta:
        model = WebhookEndpoint
        fields = [
            "id",
            "href",
            "name",
            "description",
            "url",
            "event_types",
            "owner",
            "state",
            "state_reason",
            "last_success_at",
            "failing_since",
            "former_secret_until",
            "version",
            "created_at",
            "updated_at",
        ]
        read_only_fields = [
            *("state", "state_reason", "last_success_at", "failing_since"),
            *("version", "created_at", "updated_at"),
        ]


class WebhookWithSecret(WebhookSerializer):
    """The secret is shown in this answer alone, and not when the request is sent again."""

    secret = serializers.CharField(read_only=True, required=False)

    class Meta(WebhookSerializer.Meta):
        fields = [*WebhookSerializer.Meta.fields, "secret"]


class PauseWebhook(Input):
    reason = StrictChar(
        required=False, allow_blank=True, max_length=300, help_text="For colleagues."
    )


class EventTypeShape(serializers.Serializer[EventType]):
    type = serializers.CharField(source="value", help_text="As it stands in events.")
    label = serializers.CharField(help_text="For people.")


class WebhookDeliverySerializer(Row):
    href = Path("webhook-deliveries")
    webhook = Key(source="endpoint", read_only=True)
    message_id = serializers.CharField(
        read_only=True, help_text="The webhook-id: the same at every attempt."
    )
    type = serializers.CharField(source="event.type", read_only=True)
    payload = serializers.DictField(
        source="event.payload", read_only=True, help_text="What is posted."
    )

    class Meta:
        model = WebhookDelivery
        fields = [
            "id",
            "href",
            "webhook",
            "message_id",
            "type",
            "payload",
            "state",
            "attempts",
            "due_at",
            "last_status",
            "response",
            "duration_ms",
            "error",
            "version",
            "created_at",
            "finished_at",
        ]
        read_only_fields = fields
