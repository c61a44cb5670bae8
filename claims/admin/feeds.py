"""Feeds: how they do, and the buttons to poll, pause and resume them."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.contrib import admin, messages
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from unfold.contrib.filters.admin import AutocompleteSelectFilter, ChoicesDropdownFilter

from claims import tasks
from claims.admin.base import (
    STATUS_COLOURS,
    KeptMixin,
    VersionedAdmin,
    action,
    actor_of,
    badge,
    display,
)
from claims.admin.feed_pages import FeedPagesMixin
from claims.admin.wording import shortened
from claims.choices import FeedState, FetchOutcome
from claims.models import Feed, Fetch
from claims.services import feeds as feed_service
from claims.services.actors import Actor
from claims.services.errors import DeskError
from claims.services.pipeline import last_line

DAY = timedelta(days=1)
COLOURS = {**STATUS_COLOURS, FeedState.FAILING.value: "danger", FeedState.GONE.value: "default"}


@admin.register(Feed)
class FeedAdmin(FeedPagesMixin, KeptMixin, VersionedAdmin):
    empty_hint = "No feed yet. Add one by the address of its page, or import a list (OPML)."
    list_display = ["name", "status", "new_today", "polled", "next_poll_at", "every", "trouble"]
    list_display_links = ["name"]
    list_filter = [
        ("state", ChoicesDropdownFilter),
        ("format", ChoicesDropdownFilter),
        ("source", AutocompleteSelectFilter),
    ]
    list_filter_submit = True
    list_select_related = ["source"]
    list_before_template = "claims/desk/feed_list_links.html"
    change_form_outer_before_template = "claims/desk/feed_buttons.html"
    autocomplete_fields = ["source"]
    search_fields = ["url", "title", "source__name"]
    search_help_text = "Outlet, title or address"
    actions = ["poll_each_now", "pause_each", "resume_each"]
    fieldsets = [
        (None, {"fields": ["source", "url", "title"]}),
        (
            "Polling",
            {
                "fields": [
                    *("state", "format", "every", "next_poll_at", "last_polled_at"),
                    *("last_changed_at", "failures", "last_error"),
                ]
            },
        ),
    ]
    readonly_fields = [
        *("state", "format", "every", "next_poll_at", "last_polled_at", "last_changed_at"),
        *("failures", "last_error"),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Feed]:
        queryset: QuerySet[Feed] = super().get_queryset(request)
        brought = (
            Fetch.objects.filter(
                feed=OuterRef("pk"),
                outcome=FetchOutcome.NEW,
                finished_at__gt=timezone.now() - DAY,
            )
            .order_by()
            .values("feed")
            .annotate(n=Count("pk"))
            .values("n")
        )
        return queryset.annotate(brought_today=Subquery(brought))

    def has_poll_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(feed_service.PERMISSION)

    def save_model(self, request: HttpRequest, obj: Feed, form: Any, change: bool) -> None:
        if "url" in form.changed_data:
            # What the old address said of its state is nothing to the new one.
            obj.etag = obj.last_modified = ""
        super().save_model(request, obj, form, change)

    @display(description="Feed", ordering="title")
    def name(self, feed: Feed) -> SafeString:
        return format_html(
            '<span class="fc-where" title="{}">{}<small>{}</small></span>',
            feed.url,
            shortened(str(feed), 70),
            feed.source.name,
        )

    @display(description="State", ordering="state", label=COLOURS)
    def status(self, feed: Feed) -> tuple[str, str]:
        return badge(feed, "state")

    @display(description="New in 24 h", ordering="brought_today")
    def new_today(self, feed: Feed) -> int | str:
        return feed.brought_today or "—"  # type: ignore[attr-defined]

    @display(description="Last polled", ordering="last_polled_at")
    def polled(self, feed: Feed) -> Any:
        return feed.last_polled_at

    @display(description="Interval", ordering="interval_seconds")
    def every(self, feed: Feed) -> str:
        minutes = round(feed.interval_seconds / 60)
        return f"{minutes} min" if minutes < 120 else f"{minutes / 60:.0f} h"

    @display(description="Last error")
    def trouble(self, feed: Feed) -> SafeString | str:
        if not feed.last_error:
            return ""
        return format_html(
            '<span class="fc-words">{} <small class="fc-sub">failed {}×</small></span>',
            shortened(last_line(feed.last_error), 90),
            feed.failures,
        )

    @action(description="Poll now", permissions=["poll"])
    def poll_each_now(self, request: HttpRequest, queryset: QuerySet[Feed]) -> None:
        polled = self._each(request, queryset, feed_service.poll_now, "will be polled now")
        tasks.ring_feeds([feed.pk for feed in polled])

    @action(description="Pause", permissions=["poll"])
    def pause_each(self, request: HttpRequest, queryset: QuerySet[Feed]) -> None:
        self._each(request, queryset, feed_service.pause, "paused")

    @action(description="Resume", permissions=["poll"])
    def resume_each(self, request: HttpRequest, queryset: QuerySet[Feed]) -> None:
        resumed = self._each(request, queryset, feed_service.resume, "resumed")
        tasks.ring_feeds([feed.pk for feed in resumed])

    def _each(
        self,
        request: HttpRequest,
        queryset: QuerySet[Feed],
        move: Callable[..., Feed],
        done: str,
    ) -> list[Feed]:
        """Move each feed, and tell how many moved and why others did not."""
        actor: Actor = actor_of(request)
        moved, refusals = [], []
        for feed in queryset:
            try:
                moved.append(move(feed, actor=actor))
            except DeskError as refusal:
                refusals.append(str(refusal))
        if moved:
            self.message_user(request, f"{len(moved)} {done}.", messages.SUCCESS)
        for words in refusals[:5]:
            self.message_user(request, words, messages.WARNING)
        if len(refusals) > 5:
            self.message_user(request, f"And {len(refusals) - 5} more.", messages.WARNING)
        return moved
