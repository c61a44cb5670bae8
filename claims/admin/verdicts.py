"""Verdicts, the scales they are given on, and the evidence they rest on."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from unfold.contrib.filters.admin import (
    AutocompleteSelectFilter,
    BooleanRadioFilter,
    ChoicesDropdownFilter,
    RangeDateTimeFilter,
)
from unfold.widgets import UnfoldAdminColorInputWidget

from claims import tasks
from claims.admin.archived import ArchivedMixin
from claims.admin.base import (
    STATUS_COLOURS,
    DeskAdmin,
    KeptMixin,
    SmallInline,
    VersionedAdmin,
    actor_of,
    badge,
    display,
)
from claims.admin.exchange import ExchangeMixin
from claims.admin.searching import words_of
from claims.admin.wording import shortened
from claims.choices import ClaimStage, VerdictStatus
from claims.models import Claim, Evidence, Rating, RatingScale, Verdict
from claims.services import drafts
from claims.services import evidence as evidence_service
from claims.services.drafts import WRITTEN
from claims.services.errors import DeskError


def _to_the_claim(pk: int) -> HttpResponse:
    return HttpResponseRedirect(reverse("admin:claims_claim_change", args=[pk]))


def swatch(rating: Rating) -> SafeString:
    """The label with its colour beside it; the database holds the colour to #rrggbb."""
    return format_html(
        '<span class="fc-swatch" style="--fc-rating:{}">{}</span>', rating.colour, rating.label
    )


class RatingInline(SmallInline):
    model = Rating
    fields = ["value", "label", "colour"]

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "colour":
            kwargs["widget"] = UnfoldAdminColorInputWidget(attrs={"type": "color"})
        return super().formfield_for_dbfield(db_field, request, **kwargs)


@admin.register(RatingScale)
class RatingScaleAdmin(DeskAdmin):
    empty_hint = "No scale yet. Verdicts need one, with its ratings."
    list_display = ["name", "labels"]
    search_fields = ["name"]
    inlines = [RatingInline]

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).prefetch_related("ratings")

    @display(description="Labels, the worst first")
    def labels(self, scale: RatingScale) -> str:
        return " · ".join(rating.label for rating in scale.ratings.all())


@admin.register(Rating)
class RatingAdmin(DeskAdmin):
    empty_hint = "No rating yet. Verdicts choose among them."
    list_display = ["coloured", "scale", "value"]
    list_filter = [("scale", AutocompleteSelectFilter)]
    list_select_related = ["scale"]
    autocomplete_fields = ["scale"]
    search_fields = ["label", "scale__name"]

    @display(description="Label", ordering="label")
    def coloured(self, rating: Rating) -> SafeString:
        return swatch(rating)


@admin.register(Verdict)
class VerdictAdmin(ExchangeMixin, KeptMixin, VersionedAdmin):
    """A draft is written while its claim is researched; what was published stays as it was."""

    empty_hint = "No verdict yet. It is written on a claim's page, once there is evidence."
    text_rows = {"explanation": 12}
    list_display = ["about", "number", "rated", "state", "author", "approver", "published_at"]
    list_filter = [
        ("status", ChoicesDropdownFilter),
        ("rating", AutocompleteSelectFilter),
        ("author", AutocompleteSelectFilter),
        ("published_at", RangeDateTimeFilter),
    ]
    list_filter_submit = True
    search_fields = ["claim__text"]
    search_help_text = "Words of the claim"
    ordering = ["-pk"]
    autocomplete_fields = ["rating"]
    fieldsets = [
        (None, {"fields": ["claim_link", "number", "status"]}),
        ("Answer", {"fields": ["rating", "summary", "explanation", "valid_as_of"]}),
        ("Correction", {"fields": ["correction_note"]}),
        ("Who and when", {"fields": ["author", "approver", "published_at"]}),
    ]
    readonly_fields = ["claim_link", "number", "status", "author", "approver", "published_at"]

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Verdict], search_term: str
    ) -> tuple[QuerySet[Verdict], bool]:
        """By the words of the claim, which have an index."""
        if not search_term.strip():
            return queryset, False
        found = words_of(Claim.objects.all(), "text", search_term)
        return queryset.filter(claim__in=found), False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False  # begun on the claim's page, while the claim is researched

    def has_change_permission(self, request: HttpRequest, obj: Verdict | None = None) -> bool:
        allowed: bool = super().has_change_permission(request, obj)
        if obj is None or not allowed:
            return allowed
        return obj.status == VerdictStatus.DRAFT and obj.claim.stage == ClaimStage.RESEARCHING

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("claim", "rating", "author", "approver")

    def save_model(self, request: HttpRequest, obj: Verdict, form: Any, change: bool) -> None:
        saved = drafts.save_draft(
            obj,
            actor=actor_of(request),
            changes={
                name: form.cleaned_data[name] for name in form.changed_data if name in WRITTEN
            },
        )
        obj.version = saved.version

    def response_post_save_change(self, request: HttpRequest, obj: Verdict) -> HttpResponse:
        return _to_the_claim(obj.claim_id)

    @display(description="Claim")
    def claim_link(self, verdict: Verdict) -> SafeString:
        return format_html(
            '<a href="{}" class="fc-link">{}</a>',
            reverse("admin:claims_claim_change", args=[verdict.claim_id]),
            verdict.claim.text,
        )

    @display(description="Claim", ordering="claim__text")
    def about(self, verdict: Verdict) -> SafeString:
        return format_html('<span class="fc-words">{}</span>', shortened(verdict.claim.text, 120))

    @display(description="Rating", ordering="rating__value")
    def rated(self, verdict: Verdict) -> SafeString | str:
        return swatch(verdict.rating) if verdict.rating else "—"

    @display(description="Status", ordering="status", label=STATUS_COLOURS)
    def state(self, verdict: Verdict) -> tuple[str, str]:
        return badge(verdict, "status")


@admin.register(Evidence)
class EvidenceAdmin(ExchangeMixin, ArchivedMixin, VersionedAdmin):
    """A document that bears on a claim; a copy of it is fetched as soon as its address is known."""

    empty_hint = "No evidence yet. It is added on a claim's page."
    digest_field = "sha256"
    list_display = ["title", "claim", "stance", "kind", "is_confidential", "accessed_at"]
    list_filter = [
        ("stance", ChoicesDropdownFilter),
        ("kind", ChoicesDropdownFilter),
        ("is_confidential", BooleanRadioFilter),
    ]
    list_select_related = ["claim"]
    autocomplete_fields = ["claim"]
    search_fields = ["title", "url", "excerpt"]
    fieldsets = [
        (None, {"fields": ["claim", "title", ("stance", "kind")]}),
        ("Document", {"fields": ["url", "excerpt", "accessed_at", "is_confidential"]}),
        ("Provenance", {"classes": ["collapse"], "fields": ["added_by", "received", "sha256"]}),
    ]
    readonly_fields = ["added_by", "received", "sha256"]

    def save_model(self, request: HttpRequest, obj: Evidence, form: Any, change: bool) -> None:
        if not change:
            obj.added_by = request.user  # type: ignore[assignment]
        super().save_model(request, obj, form, change)
        if obj.url and "url" in form.changed_data and not obj.is_confidential:
            self._fetch_copy(request, obj)

    def _fetch_copy(self, request: HttpRequest, obj: Evidence) -> None:
        try:
            fetch = evidence_service.request_copy(obj, actor=actor_of(request))
        except DeskError as refusal:
            messages.warning(request, f"No copy is archived. {refusal}")
        else:
            tasks.ring_fetches([fetch.pk])

    def response_post_save_add(self, request: HttpRequest, obj: Evidence) -> HttpResponse:
        return _to_the_claim(obj.claim_id)

    def response_post_save_change(self, request: HttpRequest, obj: Evidence) -> HttpResponse:
        return _to_the_claim(obj.claim_id)
