"""Claims, where they were voiced, how they relate, and the topics they are filed under."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from unfold.contrib.filters.admin import (
    AutocompleteSelectFilter,
    ChoicesDropdownFilter,
    DropdownFilter,
    RangeDateFilter,
)

from claims import tasks
from claims.admin.base import (
    STATUS_COLOURS,
    DeskAdmin,
    KeptMixin,
    ReadOnlyAdmin,
    VersionedAdmin,
    actor_of,
    badge,
    display,
)
from claims.admin.claim_forms import ClaimForm
from claims.admin.claim_page import ClaimPageMixin
from claims.admin.exchange import ExchangeMixin
from claims.admin.figures import FiguresMixin
from claims.admin.log import REASONS, STATES, state_in_words
from claims.admin.news import NewsMixin
from claims.admin.searching import words_of
from claims.admin.verdict_compare import VerdictCompareMixin
from claims.admin.wording import shortened
from claims.choices import ClaimStage
from claims.models import Appearance, Claim, ClaimLink, Decision, Topic
from claims.services import claim_rules, links
from claims.services import claims as claim_service
from claims.services.editing import SENTENCE_IS_SET


@admin.register(Claim)
class ClaimAdmin(
    ExchangeMixin, NewsMixin, VerdictCompareMixin, ClaimPageMixin, KeptMixin, VersionedAdmin
):
    empty_hint = "No claim yet. Accept a candidate in Triage, or add a claim by hand."
    form = ClaimForm
    list_display = ["sentence", "state", "priority", "assignee", "filed_under", "updated_at"]
    list_display_links = ["sentence"]
    list_filter = [
        ("stage", ChoicesDropdownFilter),
        ("priority", ChoicesDropdownFilter),
        ("assignee", AutocompleteSelectFilter),
        ("topics", AutocompleteSelectFilter),
        ("recheck_by", RangeDateFilter),
    ]
    list_filter_submit = True
    list_select_related = ["assignee"]
    autocomplete_fields = ["topics"]
    search_fields = ["text"]
    search_help_text = "Words of the claim"
    ordering = ["-pk"]
    fieldsets = [
        ("Claim", {"fields": ["text", "topics"]}),
        (
            "Planning",
            {"fields": [("priority", "recheck_by"), "embargo_until"]},
        ),
        ("Quantities", {"classes": ["collapse"], "fields": ["quantities"]}),
    ]
    add_fieldsets = [(None, {"fields": ["text", "topics", "priority", "assignee"]})]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Claim]:
        queryset: QuerySet[Claim] = super().get_queryset(request)
        return queryset.prefetch_related("topics")

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Claim], search_term: str
    ) -> tuple[QuerySet[Claim], bool]:
        return words_of(queryset, "text", search_term), False

    def get_readonly_fields(self, request: HttpRequest, obj: Claim | None = None) -> list[str]:
        fixed = []
        if obj is not None and obj.stage in SENTENCE_IS_SET:
            fixed += ["text", "quantities"]
        if obj is not None and not _may_move_embargo(request, obj):
            fixed.append("embargo_until")
        return fixed

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "assignee":
            kwargs["queryset"] = claim_service.researchers()
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_manytomany(db_field, request, **kwargs)
        if field is not None:
            # The cross that takes all topics off stands where a list may have no such thing.
            getattr(field.widget, "widget", field.widget).is_required = True
        return field

    def save_model(self, request: HttpRequest, obj: Claim, form: Any, change: bool) -> None:
        if change:
            super().save_model(request, obj, form, change)
            return
        made = claim_service.create_claim(
            text=obj.text, actor=actor_of(request), assignee=form.cleaned_data.get("assignee")
        )
        obj.pk, obj.created_by, obj.version = made.pk, made.created_by, made.version
        obj.created_at = made.created_at
        obj._state.adding = False
        obj.text = made.text
        obj.save(update_fields=["priority", "updated_at"])
        tasks.ring_mails()

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        # Its topics and numbers say which claims may stand against it.
        if {"topics", "quantities", "text"} & set(form.changed_data):
            links.suggest_links(form.instance)

    @display(description="Claim", ordering="text")
    def sentence(self, claim: Claim) -> SafeString:
        return format_html('<span class="fc-words">{}</span>', shortened(claim.text, 180))

    @display(description="Stage", ordering="stage", label=STATUS_COLOURS)
    def state(self, claim: Claim) -> tuple[str, str]:
        return badge(claim, "stage")

    @display(description="Topics")
    def filed_under(self, claim: Claim) -> str:
        return ", ".join(topic.name for topic in claim.topics.all()) or "—"


def _may_move_embargo(request: HttpRequest, claim: Claim) -> bool:
    """Once a claim is in review, moving its embargo may publish it."""
    return claim.stage != ClaimStage.IN_REVIEW or request.user.has_perm(claim_rules.APPROVE)


@admin.register(Topic)
class TopicAdmin(DeskAdmin):
    empty_hint = "No topic yet. Topics gather claims and narrow down the queue."
    list_display = ["name", "slug"]
    search_fields = ["name"]
    prepopulated_fields = {"slug": ["name"]}


@admin.register(Appearance)
class AppearanceAdmin(KeptMixin, VersionedAdmin):
    """Made by accepting a quote; here its stance can be mended."""

    empty_hint = "No quote voices a claim yet. Accept one in Triage."
    list_display = ["claim", "stance", "words", "said_by", "status"]
    list_filter = [("stance", ChoicesDropdownFilter), ("state", ChoicesDropdownFilter)]
    list_select_related = ["claim", "quote__speaker"]
    search_fields = ["claim__text", "quote__text"]
    fields = ["claim", "quote", "stance", "state", "score", "method"]
    readonly_fields = ["claim", "quote", "state", "score", "method"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    @display(description="Quote", ordering="quote__text")
    def words(self, appearance: Appearance) -> str:
        return shortened(appearance.quote.content, 120)

    @display(description="Speaker", ordering="quote__speaker__name")
    def said_by(self, appearance: Appearance) -> str:
        return str(appearance.quote.speaker or "—")

    @display(description="State", ordering="state", label=STATUS_COLOURS)
    def status(self, appearance: Appearance) -> tuple[str, str]:
        return badge(appearance, "state")


@admin.register(ClaimLink)
class ClaimLinkAdmin(DeskAdmin):
    empty_hint = "No claims are linked yet. A claim's page links them, and suggests opposing ones."
    list_display = ["from_claim", "relation", "to_claim", "status", "confirmed_by", "created_at"]
    list_filter = [("state", ChoicesDropdownFilter), ("relation", ChoicesDropdownFilter)]
    list_select_related = ["from_claim", "to_claim", "confirmed_by"]
    autocomplete_fields = ["from_claim", "to_claim"]
    search_fields = ["from_claim__text", "to_claim__text"]

    @display(description="State", ordering="state", label=STATUS_COLOURS)
    def status(self, link: ClaimLink) -> tuple[str, str]:
        return badge(link, "state")

    def save_model(self, request: HttpRequest, obj: ClaimLink, form: Any, change: bool) -> None:
        """Whoever files the relation by hand confirms it."""
        if change:
            super().save_model(request, obj, form, change)
            return
        made = links.link(
            obj.from_claim, obj.to_claim, relation=obj.relation, actor=actor_of(request)
        )
        obj.pk = made.pk
        obj._state.adding = False
        obj.refresh_from_db()


class StateReached(DropdownFilter):  # type: ignore[misc]
    """Decisions by where they led. The states are known: asking the rows would read them all."""

    title = "what came of it"
    parameter_name = "to_state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        known = {state: label for states in STATES.values() for state, label in states.items()}
        return sorted(known.items(), key=lambda each: each[1])

    def queryset(self, request: HttpRequest, queryset: QuerySet[Decision]) -> QuerySet[Decision]:
        return queryset.filter(to_state=self.value()) if self.value() else queryset


@admin.register(Decision)
class DecisionAdmin(FiguresMixin, ReadOnlyAdmin):
    empty_hint = "Nobody has decided on anything yet. Whatever is decided is logged here."
    list_display = ["at", "on", "step", "by", "reason", "remark"]
    list_filter = [StateReached, ("actor", AutocompleteSelectFilter), ("at", RangeDateFilter)]
    list_filter_submit = True
    list_select_related = ["actor", "quote", "claim", "verdict__rating"]
    search_fields = ["comment"]
    search_help_text = "Part of a comment"

    @display(description="On")
    def on(self, decision: Decision) -> str:
        for kind in ("quote", "claim", "verdict"):
            row = getattr(decision, kind)
            if row is not None:
                return f"{kind.capitalize()}: {shortened(str(row), 80)}"
        return "—"

    @display(description="Step")
    def step(self, decision: Decision) -> str:
        after = state_in_words(decision, decision.to_state)
        if not decision.from_state:
            return f"Created: {after.lower()}"
        return f"{state_in_words(decision, decision.from_state)} → {after.lower()}"

    @display(description="Reason")
    def reason(self, decision: Decision) -> str:
        return REASONS.get(decision.reason_code, decision.reason_code) or "—"

    @display(description="By", ordering="actor__username")
    def by(self, decision: Decision) -> str:
        return str(decision.actor or decision.job)

    @display(description="Comment")
    def remark(self, decision: Decision) -> str:
        return shortened(decision.comment, 80)
