"""Outlets and their feeds."""

from django.contrib import admin
from unfold.contrib.filters.admin import AutocompleteSelectFilter, ChoicesDropdownFilter

from claims.admin.base import STATUS_COLOURS, VersionedAdmin, badge, display
from claims.admin.wording import shortened
from claims.models import Feed, Source


@admin.register(Source)
class SourceAdmin(VersionedAdmin):
    list_display = ["name", "kind", "domain", "language"]
    list_filter = [("kind", ChoicesDropdownFilter)]
    search_fields = ["name", "domain"]
    fields = ["name", "kind", "domain", "language"]


@admin.register(Feed)
class FeedAdmin(VersionedAdmin):
    list_display = ["url", "source", "status", "failures", "next_poll_at", "trouble"]
    list_filter = [("state", ChoicesDropdownFilter), ("source", AutocompleteSelectFilter)]
    list_select_related = ["source"]
    autocomplete_fields = ["source"]
    search_fields = ["url", "source__name"]
    fieldsets = [
        (None, {"fields": ["source", "url", "state", "interval_seconds", "next_poll_at"]}),
        ("Polling", {"fields": ["failures", "last_error", "etag", "last_modified"]}),
    ]
    readonly_fields = ["failures", "last_error", "etag", "last_modified"]

    @display(description="State", ordering="state", label=STATUS_COLOURS)
    def status(self, feed: Feed) -> tuple[str, str]:
        return badge(feed, "state")

    @display(description="Last error")
    def trouble(self, feed: Feed) -> str:
        return shortened(feed.last_error, 80)
