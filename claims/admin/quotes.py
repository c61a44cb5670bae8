"""Quotes: the queue of candidates, and decisions by the dozen."""

from collections import Counter
from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern
from django.utils.html import format_html
from django.utils.safestring import SafeString
from unfold.contrib.filters.admin import (
    AutocompleteSelectFilter,
    ChoicesDropdownFilter,
    DropdownFilter,
    RangeDateTimeFilter,
    RangeNumericFilter,
)
from unfold.widgets import UnfoldAdminRadioSelectWidget, UnfoldAdminTextareaWidget

from claims.admin.base import STATUS_COLOURS, DeskAdmin, action, actor_of, badge, display
from claims.admin.labels import LabelsMixin
from claims.admin.marking import speaker_of
from claims.admin.quote_page import QuotePageMixin
from claims.admin.searching import words_of
from claims.admin.triage import TriageMixin
from claims.admin.wording import meter, shortened
from claims.choices import QuoteStatus, RejectReason
from claims.models import Quote
from claims.models.quote import queue_rank
from claims.selectors import other_outlets
from claims.services import quotes as quote_service
from claims.services.errors import DeskError
from claims.services.prefilling import prefilled_claim

SHOWN_REFUSALS = 10
MOST_AT_ONCE = 500
"""Of quotes decided on together: the form that asks for the reason carries each of them."""


def _beside(quote: Quote) -> str:
    """That it is a copy, or in how many outlets its words stand besides."""
    if quote.copy_of_id is not None:
        return format_html("<small>{}</small>", "copy")
    outlets: int = getattr(quote, "also_in", 0)
    if not outlets:
        return ""
    told = f"also in {outlets} other outlet{'' if outlets == 1 else 's'}"
    return format_html("<small>{}</small>", told)


def _is_queue(request: HttpRequest) -> bool:
    return request.GET.get("status__exact") == QuoteStatus.CANDIDATE


class SpeakerKnown(DropdownFilter):  # type: ignore[misc]
    """Whether it is settled who said it."""

    title = "speaker known"
    parameter_name = "speaker_known"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("yes", "Known"), ("no", "Still open")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Quote]) -> QuerySet[Quote]:
        if self.value() in {"yes", "no"}:
            return queryset.filter(speaker__isnull=self.value() == "no")
        return queryset


class Copies(DropdownFilter):  # type: ignore[misc]
    """Whether the words are shown once or in every outlet; the queue shows them once."""

    title = "copies"
    parameter_name = "copies"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("with", "Shown too"), ("without", "Originals only"), ("only", "Copies only")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Quote]) -> QuerySet[Quote]:
        wanted = self.value() or ("without" if _is_queue(request) else "with")
        if wanted in {"without", "only"}:
            return queryset.filter(copy_of__isnull=wanted == "without")
        return queryset


class ManyRejectedForm(forms.Form):
    """One reason for all the quotes that were ticked."""

    reason_code = forms.ChoiceField(
        label="Reason", choices=RejectReason.choices, widget=UnfoldAdminRadioSelectWidget
    )
    comment = forms.CharField(required=False, widget=UnfoldAdminTextareaWidget(attrs={"rows": 2}))


@admin.register(Quote)
class QuoteAdmin(TriageMixin, LabelsMixin, QuotePageMixin, DeskAdmin):
    empty_hint = "No quote yet. Quotes are found in articles, and wait in Triage."
    list_display = ["words", "said_by", "found_in", "worth", "kind", "state"]
    list_display_links = ["words"]
    list_filter = [
        ("status", ChoicesDropdownFilter),
        ("kind", ChoicesDropdownFilter),
        Copies,
        SpeakerKnown,
        ("speaker", AutocompleteSelectFilter),
        ("article_version__article__source", AutocompleteSelectFilter),
        ("article_version__article__published_at", RangeDateTimeFilter),
        ("check_worthiness", RangeNumericFilter),
        ("run__extractor", admin.AllValuesFieldListFilter),
    ]
    list_filter_submit = True
    list_select_related = ["speaker", "article_version__article__source"]
    search_fields = ["text"]
    search_help_text = "Words of the quote"
    actions = ["accept_each", "reject_all"]
    ordering = ["-pk"]

    def get_urls(self) -> list[URLPattern]:
        # Before the pages of single quotes, whose addresses take any words for a key.
        return [*self.triage_urls(), *super().get_urls()]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Quote]:
        queryset: QuerySet[Quote] = super().get_queryset(request)
        return queryset.defer("article_version__text", "prefix", "suffix")

    def get_ordering(self, request: HttpRequest) -> list[Any]:
        """The queue begins with what is most worth checking; other lists with the newest."""
        if _is_queue(request):
            return [queue_rank().desc(), "-pk"]  # type: ignore[attr-defined]
        return list(self.ordering)

    def get_list_display(self, request: HttpRequest) -> list[str]:
        columns = [*super().get_list_display(request)]
        if _is_queue(request):
            columns.remove("state")
        return columns

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        named = {"title": "Candidates"} if _is_queue(request) else {}
        response: HttpResponse = super().changelist_view(
            request, {**named, **(extra_context or {})}
        )
        return response

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Quote], search_term: str
    ) -> tuple[QuerySet[Quote], bool]:
        return words_of(queryset, "text", search_term), False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_changelist_instance(self, request: HttpRequest) -> Any:
        """The list, with each quote told in which other outlets it stands."""
        changelist = super().get_changelist_instance(request)
        outlets = other_outlets(changelist.result_list)
        for quote in changelist.result_list:
            quote.also_in = len(outlets[quote.pk])
        return changelist

    @display(description="Quote", ordering="text")
    def words(self, quote: Quote) -> SafeString:
        return format_html(
            '<span class="fc-words">{}{}</span>', shortened(quote.content, 220), _beside(quote)
        )

    @display(description="Speaker", ordering="speaker__name")
    def said_by(self, quote: Quote) -> str:
        return speaker_of(quote)

    @display(description="Article", ordering="article_version__article__published_at")
    def found_in(self, quote: Quote) -> SafeString:
        article = quote.article_version.article
        return format_html(
            '<span class="fc-where">{}<small>{}</small></span>',
            shortened(str(article), 70),
            article.source.name,
        )

    @display(description="Check-worthiness", ordering="check_worthiness")
    def worth(self, quote: Quote) -> SafeString:
        return meter(quote.check_worthiness)

    @display(description="Status", ordering="status", label=STATUS_COLOURS)
    def state(self, quote: Quote) -> tuple[str, str]:
        return badge(quote, "status")

    @action(description="Accept each as a new claim", permissions=["review"])
    def accept_each(self, request: HttpRequest, queryset: QuerySet[Quote]) -> None:
        """One claim a quote, in its own words; editors make a sentence of it on its page."""
        if self._too_many(request, queryset):
            return
        actor = actor_of(request)
        self._each(
            request,
            queryset,
            lambda quote: quote_service.accept_as_new_claim(
                quote, actor=actor, text=prefilled_claim(quote)
            ),
            done="accepted as new claims",
        )

    @action(description="Reject with a reason …", permissions=["review"])
    def reject_all(self, request: HttpRequest, queryset: QuerySet[Quote]) -> HttpResponse | None:
        """Ask once for the reason, then reject one by one."""
        if self._too_many(request, queryset):
            return None
        form = ManyRejectedForm(request.POST if "decided" in request.POST else None)
        if form.is_valid():
            actor = actor_of(request)
            self._each(
                request,
                queryset,
                lambda quote: quote_service.reject(quote, actor=actor, **form.cleaned_data),
                done="rejected",
            )
            return None
        context = {
            **self.admin_site.each_context(request),
            "title": "Reject quotes",
            "opts": self.opts,
            "form": form,
            "quotes": queryset,
            "checkbox": ACTION_CHECKBOX_NAME,
        }
        return TemplateResponse(request, "claims/desk/reject_many.html", context)

    def _too_many(self, request: HttpRequest, queryset: QuerySet[Quote]) -> bool:
        chosen = queryset.order_by()[: MOST_AT_ONCE + 1].count()
        if chosen > MOST_AT_ONCE:
            told = f"Nothing was changed: choose at most {MOST_AT_ONCE} quotes at a time."
            self.message_user(request, told, messages.ERROR)
        return chosen > MOST_AT_ONCE

    def _each(
        self,
        request: HttpRequest,
        queryset: QuerySet[Quote],
        decide: Callable[[Quote], object],
        *,
        done: str,
    ) -> None:
        succeeded = 0
        refusals: Counter[str] = Counter()
        for quote in queryset:
            try:
                decide(quote)
            except DeskError as refusal:
                refusals[f"“{shortened(quote.content, 60)}” — {refusal}"] += 1
            else:
                succeeded += 1
        level = messages.WARNING if refusals else messages.SUCCESS
        told = [f"{succeeded} {done}."]
        if refusals:
            told.append(f"{refusals.total()} refused:")
            told.extend(list(refusals)[:SHOWN_REFUSALS])
            if len(refusals) > SHOWN_REFUSALS:
                told.append(f"and {len(refusals) - SHOWN_REFUSALS} more.")
        self.message_user(request, " ".join(told), level)
