"""Speakers, their names and roles, and the merges of speakers."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from unfold.contrib.filters.admin import BooleanRadioFilter, ChoicesDropdownFilter, DropdownFilter

from claims.admin.base import DeskAdmin, ReadOnlyAdmin, SmallInline, VersionedAdmin, display
from claims.admin.exchange import ExchangeMixin
from claims.admin.searching import words_of
from claims.admin.speaker_pages import SpeakerPagesMixin
from claims.admin.unresolved import UnresolvedPagesMixin
from claims.models import Affiliation, Speaker, SpeakerAlias, SpeakerMerge


class AliasInline(SmallInline):
    model = SpeakerAlias
    fields = ["name"]


class AffiliationInline(SmallInline):
    model = Affiliation
    fields = ["title", "organisation", "since", "until"]


class MergedFilter(DropdownFilter):  # type: ignore[misc]
    """Whether a speaker was merged into another."""

    title = "merged"
    parameter_name = "merged"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("no", "Speakers in use"), ("yes", "Merged into another")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Speaker]) -> QuerySet[Speaker]:
        if self.value() in {"yes", "no"}:
            return queryset.filter(merged_into__isnull=self.value() == "no")
        return queryset


@admin.register(Speaker)
class SpeakerAdmin(ExchangeMixin, UnresolvedPagesMixin, SpeakerPagesMixin, VersionedAdmin):
    empty_hint = "No speaker yet. Names become speakers in Triage, or among the open names."
    list_display = ["name", "kind", "standing", "description", "wikidata_id", "merged_into"]
    list_filter = [
        ("kind", ChoicesDropdownFilter),
        ("is_confirmed", BooleanRadioFilter),
        MergedFilter,
    ]
    list_select_related = ["merged_into"]
    search_fields = ["name"]
    search_help_text = "A name; aliases count"
    ordering = ["name", "pk"]
    inlines = [AliasInline, AffiliationInline]
    fieldsets = [
        (
            None,
            {"fields": ["name", "kind", "description", "wikidata_id", "is_confirmed"]},
        ),
    ]

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Speaker], search_term: str
    ) -> tuple[QuerySet[Speaker], bool]:
        by_name = words_of(Speaker.objects.all(), "name", search_term, config="simple")
        by_alias = words_of(SpeakerAlias.objects.all(), "name", search_term, config="simple")
        if not search_term.strip():
            return queryset, False
        found = by_name.values("pk").union(by_alias.values("speaker_id"))
        if request.path.endswith("/autocomplete/"):
            queryset = queryset.filter(merged_into__isnull=True)
        return queryset.filter(pk__in=found), False

    @display(
        description="Standing",
        ordering="is_confirmed",
        label={"Confirmed": "success", "Named by the extractor": "info"},
    )
    def standing(self, speaker: Speaker) -> str:
        return "Confirmed" if speaker.is_confirmed else "Named by the extractor"


@admin.register(SpeakerAlias)
class SpeakerAliasAdmin(DeskAdmin):
    empty_hint = "No other name yet. They come with merges, or are added on a speaker's page."
    list_display = ["name", "speaker"]
    list_select_related = ["speaker"]
    autocomplete_fields = ["speaker"]
    search_fields = ["name", "speaker__name"]

    def save_model(self, request: HttpRequest, obj: SpeakerAlias, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        _count_up(obj.speaker_id)

    def delete_model(self, request: HttpRequest, obj: SpeakerAlias) -> None:
        super().delete_model(request, obj)
        _count_up(obj.speaker_id)


@admin.register(Affiliation)
class AffiliationAdmin(DeskAdmin):
    empty_hint = "No affiliation yet. They are added on a speaker's page."
    list_display = ["speaker", "title", "organisation", "since", "until"]
    list_select_related = ["speaker"]
    autocomplete_fields = ["speaker"]
    search_fields = ["title", "organisation", "speaker__name"]


@admin.register(SpeakerMerge)
class SpeakerMergeAdmin(ReadOnlyAdmin):
    empty_hint = "No speakers have been merged. That begins on a speaker's page."
    list_display = ["absorbed", "kept", "merged_by", "merged_at", "undone_at"]
    list_select_related = ["absorbed", "kept", "merged_by"]
    search_fields = ["absorbed__name", "kept__name"]
    date_hierarchy = "merged_at"
    # Not the keys of what moved: they may be a hundred thousand.
    fields = ["absorbed", "kept", "merged_by", "merged_at", "undone_at"]


def _count_up(speaker: int) -> None:
    """A speaker's version counts changes of its names too: a table made before is stale."""
    Speaker.objects.filter(pk=speaker).update(updated_at=timezone.now())
