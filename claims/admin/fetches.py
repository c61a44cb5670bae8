"""Readings of addresses: what was asked for, what came of it, and to ask again."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.http import require_POST
from unfold.contrib.filters.admin import (
    AutocompleteSelectFilter,
    ChoicesDropdownFilter,
    FieldTextFilter,
    RangeDateTimeFilter,
)

from claims import tasks
from claims.admin.archived import ArchivedMixin
from claims.admin.base import STATUS_COLOURS, ReadOnlyAdmin, action, badge, display
from claims.admin.pipeline import PipelineMixin
from claims.admin.replaying import replay_chosen
from claims.admin.wording import shortened
from claims.choices import FetchOutcome, FetchPurpose
from claims.ingest import BadUrl
from claims.models import Fetch
from claims.services import fetching
from claims.services.pipeline import last_line

REPLAY = "claims.replay_fetch"

OUTCOME_COLOURS = {
    FetchOutcome.NEW.label: "success",
    FetchOutcome.CHANGED.label: "success",
    FetchOutcome.UNCHANGED.label: "default",
    FetchOutcome.COPY.label: "default",
    FetchOutcome.PAYWALL.label: "warning",
    FetchOutcome.EMPTY.label: "warning",
    FetchOutcome.UNSUPPORTED.label: "warning",
    FetchOutcome.REFUSED.label: "warning",
    FetchOutcome.FORBIDDEN.label: "danger",
    FetchOutcome.GONE.label: "danger",
}


@admin.register(Fetch)
class FetchAdmin(ArchivedMixin, PipelineMixin, ReadOnlyAdmin):
    empty_hint = "Nothing has been fetched yet. Pages are, once a feed or a person names them."
    list_display = ["address", "status", "came_of_it", "attempts", "when", "trouble"]
    list_filter = [
        ("state", ChoicesDropdownFilter),
        ("outcome", ChoicesDropdownFilter),
        ("purpose", ChoicesDropdownFilter),
        ("host", FieldTextFilter),
        ("feed", AutocompleteSelectFilter),
        ("created_at", RangeDateTimeFilter),
    ]
    list_filter_submit = True
    list_select_related = ["article"]
    search_fields = ["url"]
    search_help_text = "Part of the address"
    actions = ["queue_again", "read_again"]
    change_form_outer_before_template = "claims/desk/read_again.html"
    fieldsets = [
        (
            None,
            {"fields": ["address_link", "purpose", "state", "outcome", "error", "feed_link"]},
        ),
        ("What came of it", {"fields": ["article_link", "step", "hints"]}),
        (
            "The answer",
            {"fields": ["final_url", "http_status", "etag", "last_modified", "received"]},
        ),
        (
            "The work",
            {"fields": ["attempts", "due_at", "rung_at", "created_at", "finished_at", "host"]},
        ),
    ]
    readonly_fields = [
        "address_link",
        "feed_link",
        "article_link",
        "received",
    ]

    def get_urls(self) -> list[URLPattern]:
        again = path(
            "<int:pk>/read-again/",
            self.admin_site.admin_view(self.read_again_view),
            name="claims_fetch_read_again",
        )
        return [*self.pipeline_urls(), again, *super().get_urls()]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Fetch]:
        queryset: QuerySet[Fetch] = super().get_queryset(request)
        return queryset.select_related("article", "feed__source")

    def has_replay_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(REPLAY)

    @display(description="Address", ordering="url")
    def address(self, fetch: Fetch) -> SafeString:
        return format_html(
            '<span class="fc-words" title="{}">{} <small class="fc-sub">{}</small></span>',
            fetch.url,
            shortened(str(fetch.article) if fetch.article else fetch.url, 100),
            f"{fetch.host} · {fetch.get_purpose_display().lower()}",
        )

    @display(description="State", ordering="state", label=STATUS_COLOURS)
    def status(self, fetch: Fetch) -> tuple[str, str]:
        return badge(fetch, "state")

    @display(description="Outcome", ordering="outcome", label=OUTCOME_COLOURS)
    def came_of_it(self, fetch: Fetch) -> str | None:
        return fetch.get_outcome_display() or None

    @display(description="Ended, or due", ordering="due_at")
    def when(self, fetch: Fetch) -> Any:
        return fetch.finished_at or fetch.due_at

    @display(description="Reason")
    def trouble(self, fetch: Fetch) -> SafeString:
        reason = shortened(last_line(fetch.error), 120)
        return format_html('<span class="fc-where">{}</span>', reason)

    @display(description="Address")
    def address_link(self, fetch: Fetch) -> SafeString | str:
        # Only what a browser opens as a page: an address is anybody's text.
        if not fetch.url.startswith(("http://", "https://")):
            return fetch.url
        return format_html(
            '<a class="fc-link" href="{}" rel="noreferrer noopener nofollow">{}</a>',
            fetch.url,
            fetch.url,
        )

    @display(description="Feed", empty_value="-")
    def feed_link(self, fetch: Fetch) -> SafeString | None:
        return _link("feed", fetch.feed) if fetch.feed else None

    @display(description="Article", empty_value="-")
    def article_link(self, fetch: Fetch) -> SafeString | None:
        return _link("article", fetch.article) if fetch.article else None

    @action(description="Queue again (readings given up)", permissions=["replay"])
    def queue_again(self, request: HttpRequest, queryset: QuerySet[Fetch]) -> None:
        replay_chosen(self, request, queryset)

    @action(description="Read again now", permissions=["replay"])
    def read_again(self, request: HttpRequest, queryset: QuerySet[Fetch]) -> None:
        self._ask(request, list(queryset))

    @method_decorator(require_POST)
    def read_again_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The button on the page of one reading."""
        if not self.has_replay_permission(request):
            raise PermissionDenied
        self._ask(request, [get_object_or_404(self.get_queryset(request), pk=pk)])
        return HttpResponseRedirect(reverse("admin:claims_fetch_change", args=[pk]))

    def _ask(self, request: HttpRequest, rows: list[Fetch]) -> None:
        """Ask for the addresses anew; what is asked for already is counted, not doubled."""
        asked = []
        for row in rows:
            try:
                made = fetching.request_fetch(
                    row.url, purpose=FetchPurpose.REQUEST, article=row.article
                )
            except BadUrl as error:
                self.message_user(request, f"{row.url}: {error}", messages.ERROR)
                continue
            asked += [made.pk] if made else []
        tasks.ring_fetches(asked)
        if asked:
            told = "It will be read" if len(asked) == 1 else f"{len(asked)} will be read"
            self.message_user(
                request, f"{told} as soon as its site's turn comes.", messages.SUCCESS
            )
        elif rows:
            self.message_user(request, "Already asked for.", messages.WARNING)


def _link(model: str, row: Any) -> SafeString:
    address = reverse(f"admin:claims_{model}_change", args=[row.pk])
    return format_html('<a class="fc-link" href="{}">{}</a>', address, row)
