"""Webhooks: endpoints with their secret shown once, and the buttons to pause, rotate and test."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http import HttpResponseRedirect as Redirect
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils.cache import add_never_cache_headers
from django.utils.decorators import method_decorator
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.views.decorators.http import require_POST
from unfold.contrib.filters.admin import AutocompleteSelectFilter, ChoicesDropdownFilter
from unfold.widgets import UnfoldAdminCheckboxSelectMultipleWidget

from claims.admin.base import (
    STATUS_COLOURS,
    KeptMixin,
    VersionedAdmin,
    actor_of,
    badge,
    desk_page,
    display,
)
from claims.admin.locking import VersionedForm
from claims.admin.wording import shortened
from claims.choices import WebhookState
from claims.models import WebhookDelivery, WebhookEndpoint
from claims.services import webhooks
from claims.services.actors import Actor
from claims.services.errors import DeskError
from claims.services.outbox import MANAGE

COLOURS = {**STATUS_COLOURS, WebhookState.DISABLED.value: "danger"}
FIELDS = ("name", "url", "event_types", "description")

Act = Callable[[WebhookEndpoint, Actor, HttpRequest], WebhookEndpoint | WebhookDelivery]
# Name, label, service, what is said, from which states; in the order of the buttons.
MOVES: dict[str, tuple[str, Act, str, frozenset[str]]] = {
    "ping": (
        "Send a test event",
        lambda endpoint, actor, request: webhooks.ping(endpoint, actor=actor),
        "A test event is on its way: the log of deliveries shows what comes of it.",
        frozenset({WebhookState.ACTIVE}),
    ),
    "resume": (
        "Resume",
        lambda endpoint, actor, request: webhooks.resume(endpoint, actor=actor),
        "Events are delivered again. What was given up meanwhile can be replayed.",
        frozenset({WebhookState.PAUSED, WebhookState.DISABLED}),
    ),
    "pause": (
        "Pause",
        lambda endpoint, actor, request: webhooks.pause(
            endpoint, actor=actor, reason=request.POST.get("reason", "")
        ),
        "Nothing is delivered until somebody resumes it.",
        frozenset({WebhookState.ACTIVE}),
    ),
}


class EndpointForm(VersionedForm):
    """What its owner says of an endpoint."""

    event_types = forms.MultipleChoiceField(
        label="Events",
        choices=[(kind.value, f"{kind.label} ({kind.value})") for kind in webhooks.OFFERED],
        widget=UnfoldAdminCheckboxSelectMultipleWidget,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "url" in self.fields:
            self.fields["url"].label = "Address"

    def clean_url(self) -> str:
        """In the spelling that is stored; refused where no event may go."""
        return webhooks.checked_address(self.cleaned_data["url"])


@admin.register(WebhookEndpoint)
class WebhookEndpointAdmin(KeptMixin, VersionedAdmin):
    empty_hint = "No receiver yet. Add the address that events are to be sent to."
    form = EndpointForm
    list_display = ["name_and_address", "status", "owner", "wants", "last_success_at", "trouble"]
    list_filter = [("state", ChoicesDropdownFilter), ("owner", AutocompleteSelectFilter)]
    list_filter_submit = True
    list_select_related = ["owner"]
    search_fields = ["name", "url"]
    search_help_text = "Name or address"
    change_form_outer_before_template = "claims/desk/webhook_buttons.html"
    fieldsets = [
        (None, {"fields": FIELDS}),
        (
            "How it does",
            {
                "fields": [
                    *("state", "state_reason", "owner", "last_success_at", "failing_since"),
                    "former_until",
                ]
            },
        ),
    ]
    readonly_fields = [
        *("state", "state_reason", "owner", "last_success_at", "failing_since", "former_until"),
    ]
    text_rows = {"description": 2}

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path(
                "<int:pk>/move/<slug:name>/",
                view(self.move_view),
                name="claims_webhookendpoint_move",
            ),
            path("<int:pk>/rotate/", view(self.rotate_view), name="claims_webhookendpoint_rotate"),
            *super().get_urls(),
        ]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(MANAGE)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Its owner alone: the form says where events go that the owner may know of."""
        if not request.user.has_perm(MANAGE):
            return False
        return obj is None or request.user.is_superuser or obj.owner_id == request.user.pk

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Set up an endpoint; what is answered is the only page that shows its secret."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        made = self.get_form(request, fields=FIELDS)
        form = made(request.POST or None)
        if request.method == "POST" and form.is_valid():
            given = {name: form.cleaned_data[name] for name in FIELDS}
            try:
                return self._secret_page(request, webhooks.create(actor=actor_of(request), **given))
            except DeskError as refusal:
                form.add_error(None, str(refusal))
        return desk_page(self, request, "webhook_add", title="Add a webhook", form=form)

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        shown: dict[str, Any] = {}
        endpoint = WebhookEndpoint.objects.filter(
            pk=object_id if object_id.isdecimal() else -1
        ).first()
        if endpoint is not None:
            shown["endpoint"] = endpoint
            if request.user.has_perm(MANAGE):
                shown["moves"] = [
                    (name, label)
                    for name, (label, _, _, since) in MOVES.items()
                    if endpoint.state in since
                ]
            shown["may_rotate"] = self.has_change_permission(request, endpoint)
        response: HttpResponse = super().change_view(
            request, object_id, form_url, {**shown, **(extra_context or {})}
        )
        return response

    def save_model(
        self, request: HttpRequest, obj: WebhookEndpoint, form: Any, change: bool
    ) -> None:
        changes = {name: form.cleaned_data[name] for name in form.changed_data if name in FIELDS}
        webhooks.change(obj, actor=actor_of(request), changes=changes)

    @method_decorator(require_POST)
    def move_view(self, request: HttpRequest, pk: int, name: str) -> HttpResponse:
        """Test, pause or resume one endpoint."""
        if name not in MOVES:
            raise Http404("There is no such move.")
        if not request.user.has_perm(MANAGE):
            raise PermissionDenied
        _, act, done, _ = MOVES[name]
        endpoint = get_object_or_404(WebhookEndpoint, pk=pk)
        try:
            act(endpoint, actor_of(request), request)
        except DeskError as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, done)
        return Redirect(reverse("admin:claims_webhookendpoint_change", args=[pk]))

    @method_decorator(require_POST)
    def rotate_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """A new secret, shown in the answer and nowhere else."""
        endpoint = get_object_or_404(WebhookEndpoint, pk=pk)
        try:
            rotated = webhooks.rotate(endpoint, actor=actor_of(request))
        except DeskError as refusal:
            raise PermissionDenied from refusal
        return self._secret_page(request, rotated)

    def _secret_page(self, request: HttpRequest, made: webhooks.Secret) -> HttpResponse:
        response = desk_page(
            self,
            request,
            "webhook_secret",
            title="The secret",
            endpoint=made.endpoint,
            secret=made.secret,
        )
        add_never_cache_headers(response)
        return response

    @display(description="Webhook", ordering="name")
    def name_and_address(self, endpoint: WebhookEndpoint) -> SafeString:
        return format_html(
            '<span class="fc-where" title="{}">{}<small>{}</small></span>',
            endpoint.url,
            endpoint.name,
            shortened(endpoint.url, 70),
        )

    @display(description="State", ordering="state", label=COLOURS)
    def status(self, endpoint: WebhookEndpoint) -> tuple[str, str]:
        return badge(endpoint, "state")

    @display(description="Events")
    def wants(self, endpoint: WebhookEndpoint) -> str:
        if len(endpoint.event_types) > 3:
            return f"{len(endpoint.event_types)} kinds"
        return ", ".join(endpoint.event_types)

    @display(description="Trouble")
    def trouble(self, endpoint: WebhookEndpoint) -> SafeString | str:
        if endpoint.failing_since and not endpoint.state_reason:
            return format_html('<span class="fc-words">fails since {}</span>', _at(endpoint))
        return shortened(endpoint.state_reason, 90)


def _at(endpoint: WebhookEndpoint) -> str:
    return date_format(localtime(endpoint.failing_since), "j M, H:i")
