"""The log of deliveries: what was sent where, how it was answered, and to send it again."""

import json
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http import HttpResponseRedirect as Redirect
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.http import require_POST
from unfold.contrib.filters.admin import (
    AutocompleteSelectFilter,
    ChoicesDropdownFilter,
    RangeDateTimeFilter,
)

from claims import tasks
from claims.admin.base import STATUS_COLOURS, ReadOnlyAdmin, action, actor_of, badge, display
from claims.admin.wording import shortened
from claims.models import WebhookDelivery
from claims.models.work import ENDED
from claims.services import webhooks
from claims.services.errors import DeskError
from claims.services.outbox import MANAGE
from claims.services.pipeline import last_line


@admin.register(WebhookDelivery)
class WebhookDeliveryAdmin(ReadOnlyAdmin):
    empty_hint = "Nothing has been sent yet."
    list_display = ["what", "status", "answer", "attempts", "when", "trouble"]
    list_filter = [
        ("state", ChoicesDropdownFilter),
        ("endpoint", AutocompleteSelectFilter),
        ("event__type", ChoicesDropdownFilter),
        ("created_at", RangeDateTimeFilter),
    ]
    list_filter_submit = True
    list_select_related = ["event", "endpoint"]
    actions = ["replay_each"]
    change_form_outer_before_template = "claims/desk/webhook_replay.html"
    fieldsets = [
        (None, {"fields": ["endpoint_link", "state", "message_id", "posted"]}),
        ("The last answer", {"fields": ["last_status", "response", "duration_ms", "error"]}),
        (
            "The work",
            {"fields": ["attempts", "due_at", "rung_at", "created_at", "finished_at"]},
        ),
    ]
    readonly_fields = ["endpoint_link", "message_id", "posted"]

    def get_urls(self) -> list[URLPattern]:
        replay = path(
            "<int:pk>/replay/",
            self.admin_site.admin_view(self.replay_view),
            name="claims_webhookdelivery_replay",
        )
        return [replay, *super().get_urls()]

    def get_queryset(self, request: HttpRequest) -> QuerySet[WebhookDelivery]:
        queryset: QuerySet[WebhookDelivery] = super().get_queryset(request)
        return queryset.select_related("event", "endpoint")

    def has_replay_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(MANAGE)

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        row = WebhookDelivery.objects.filter(
            pk=object_id if object_id.isdecimal() else -1, state__in=ENDED
        ).first()
        shown = {"replayable": row if self.has_replay_permission(request) else None}
        response: HttpResponse = super().change_view(
            request, object_id, form_url, {**shown, **(extra_context or {})}
        )
        return response

    @method_decorator(require_POST)
    def replay_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The button on the page of one delivery."""
        if not self.has_replay_permission(request):
            raise PermissionDenied
        self._replay(request, [get_object_or_404(self.get_queryset(request), pk=pk)])
        return Redirect(reverse("admin:claims_webhookdelivery_change", args=[pk]))

    @action(description="Send again", permissions=["replay"])
    def replay_each(self, request: HttpRequest, queryset: QuerySet[WebhookDelivery]) -> None:
        self._replay(request, list(queryset))

    def _replay(self, request: HttpRequest, rows: list[WebhookDelivery]) -> None:
        """Queue each again, and tell how many and why others not."""
        queued, refusals = [], set()
        for row in rows:
            try:
                queued.append(webhooks.replay(row, actor=actor_of(request)).pk)
            except DeskError as refusal:
                refusals.add(str(refusal))
        tasks.ring_deliveries(queued)
        if queued:
            self.message_user(request, f"Queued again: {len(queued)}.", messages.SUCCESS)
        for words in sorted(refusals)[:5]:
            self.message_user(request, words, messages.WARNING)

    @display(description="Event", ordering="event__type")
    def what(self, row: WebhookDelivery) -> SafeString:
        return format_html(
            '<span class="fc-where">{}<small>{}</small></span>', row.event, row.endpoint
        )

    @display(description="State", ordering="state", label=STATUS_COLOURS)
    def status(self, row: WebhookDelivery) -> tuple[str, str]:
        return badge(row, "state")

    @display(description="Answer", ordering="last_status")
    def answer(self, row: WebhookDelivery) -> str:
        return f"{row.last_status} in {row.duration_ms} ms" if row.last_status else ""

    @display(description="Ended, or due", ordering="due_at")
    def when(self, row: WebhookDelivery) -> Any:
        return row.finished_at or row.due_at

    @display(description="Reason")
    def trouble(self, row: WebhookDelivery) -> SafeString:
        return format_html('<span class="fc-where">{}</span>', shortened(last_line(row.error), 120))

    @display(description="Webhook")
    def endpoint_link(self, row: WebhookDelivery) -> SafeString:
        address = reverse("admin:claims_webhookendpoint_change", args=[row.endpoint_id])
        return format_html('<a class="fc-link" href="{}">{}</a>', address, row.endpoint)

    @display(description="webhook-id")
    def message_id(self, row: WebhookDelivery) -> str:
        return row.message_id

    @display(description="What is posted")
    def posted(self, row: WebhookDelivery) -> SafeString:
        return format_html("<pre>{}</pre>", json.dumps(row.event.payload, indent=2))
