"""Altered quotes: what an outlet made of words that the desk had accepted, and to settle it."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Case, QuerySet, Value, When
from django.http import Http404, HttpRequest, HttpResponse
from django.http import HttpResponseRedirect as Redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from unfold.contrib.filters.admin import (
    AutocompleteSelectFilter,
    ChoicesDropdownFilter,
    DropdownFilter,
    RangeDateTimeFilter,
)
from unfold.widgets import UnfoldAdminTextareaWidget

from claims.admin.base import STATUS_COLOURS, ReadOnlyAdmin, actor_of, badge, display
from claims.admin.diffing import word_diff
from claims.admin.locking import as_posted
from claims.admin.wording import shortened
from claims.choices import AlertState, QuoteStanding
from claims.models import QuoteCheck
from claims.selectors import text_between, visible
from claims.services import integrity
from claims.services.errors import DeskError

AROUND = 160
"""Characters of each text shown before and behind the words."""
BROKEN = [QuoteStanding.ALTERED, QuoteStanding.GONE]
OPEN_FIRST = Case(When(alert=AlertState.OPEN, then=Value(0)), default=Value(1))


class WhatBecame(DropdownFilter):  # type: ignore[misc]
    """Every check is kept; most say that nothing happened, and are not shown unasked."""

    title = "what became of it"
    parameter_name = "became"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("broken", "Altered or gone"), ("all", "Everything"), *QuoteStanding.choices]

    def queryset(
        self, request: HttpRequest, queryset: QuerySet[QuoteCheck]
    ) -> QuerySet[QuoteCheck]:
        wanted = self.value() or "broken"
        if wanted == "broken":
            return queryset.filter(standing__in=BROKEN)
        return queryset if wanted == "all" else queryset.filter(standing=wanted)


class SettleForm(forms.Form):
    """What the desk makes of an alert, decided on the version that was on the screen."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    note = forms.CharField(
        label="What does the desk make of it?",
        help_text="Such as: the outlet corrected a slip; our claim stands; verdict reopened.",
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 3}),
    )


@admin.register(QuoteCheck)
class QuoteCheckAdmin(ReadOnlyAdmin):
    empty_hint = "No quote has changed at its outlet so far. Articles are read again by themselves."
    list_display = ["change", "outlet", "became", "seen_at", "alerted"]
    list_display_links = ["change"]
    list_filter = [
        ("alert", ChoicesDropdownFilter),
        WhatBecame,
        ("article_version__article__source", AutocompleteSelectFilter),
        ("article_version__fetched_at", RangeDateTimeFilter),
    ]
    list_filter_submit = True
    list_select_related = ["quote", "article_version__article__source"]
    search_fields = ["quote__text", "found"]
    search_help_text = "Part of the old or the new words"
    ordering = [OPEN_FIRST, "-pk"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[QuoteCheck]:
        queryset: QuerySet[QuoteCheck] = super().get_queryset(request)
        return queryset.defer("article_version__text", "quote__prefix", "quote__suffix")

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        response: HttpResponse = super().changelist_view(
            request, {"title": "Altered quotes", **(extra_context or {})}
        )
        return response

    def get_urls(self) -> list[URLPattern]:
        settle = path(
            "<int:pk>/settle/",
            self.admin_site.admin_view(self.settle_view),
            name="claims_quotecheck_settle",
        )
        return [settle, *super().get_urls()]

    @display(description="What changed", ordering="quote__text")
    def change(self, check: QuoteCheck) -> SafeString:
        if check.standing not in BROKEN:
            words = shortened(check.found, 220)
            return format_html('<span class="fc-words">{}</span>', words)
        return format_html(
            '<span class="fc-words fc-diff">{}</span>', word_diff(check.quote.text, check.found)
        )

    @display(description="Article", ordering="article_version__article__source__name")
    def outlet(self, check: QuoteCheck) -> SafeString:
        article = check.article_version.article
        return format_html(
            '<span class="fc-where">{}<small>{} · version {}</small></span>',
            shortened(str(article), 70),
            article.source.name,
            check.article_version.number,
        )

    @display(description="Now", ordering="standing", label=STATUS_COLOURS)
    def became(self, check: QuoteCheck) -> tuple[str, str]:
        return badge(check, "standing")

    @display(description="Seen", ordering="article_version__fetched_at")
    def seen_at(self, check: QuoteCheck) -> Any:
        return check.article_version.fetched_at

    @display(description="Alert", ordering="alert", label=STATUS_COLOURS)
    def alerted(self, check: QuoteCheck) -> tuple[str, str]:
        return badge(check, "alert")

    # --- The page of one ------------------------------------------------------------------

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        check = self._check(request, object_id)
        if request.method == "POST":
            raise PermissionDenied
        return self._page(request, check, SettleForm(initial={"version": check.version}))

    def settle_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Close the alert with a note."""
        check = self._check(request, str(pk))
        if request.method != "POST":
            return Redirect(_page_of(check))
        if not request.user.has_perm(integrity.SETTLE):
            raise PermissionDenied
        form = SettleForm(request.POST)
        if not form.is_valid():
            return self._page(request, check, form, status=400)
        try:
            integrity.settle_alert(
                check,
                actor=actor_of(request),
                note=form.cleaned_data["note"],
                expected_version=form.cleaned_data["version"],
            )
        except DeskError as refusal:
            check = self._check(request, str(pk))
            form.add_error(None, str(refusal))
            form.data = data = as_posted(form.data)
            data["version"] = str(check.version)
            return self._page(request, check, form, status=409)
        messages.success(request, "The alert is settled.")
        return Redirect(_page_of(check))

    def _check(self, request: HttpRequest, object_id: str) -> QuoteCheck:
        found = (
            QuoteCheck.objects.select_related(
                "settled_by",
                "quote__speaker",
                "quote__article_version",
                "article_version__article__source",
            )
            .defer("article_version__text", "quote__article_version__text")
            .filter(pk=object_id if object_id.isdecimal() else -1)
            .first()
        )
        if found is None:
            raise Http404("There is no such check.")
        if not self.has_view_or_change_permission(request, found):
            raise PermissionDenied
        return found

    def _page(
        self, request: HttpRequest, check: QuoteCheck, form: SettleForm, *, status: int = 200
    ) -> HttpResponse:
        quote, version = check.quote, check.article_version
        user: Any = request.user
        context = {
            **self.admin_site.each_context(request),
            "title": str(check),
            "opts": self.opts,
            "original": check,
            "check": check,
            "quote": quote,
            "article": version.article,
            "standing_colour": STATUS_COLOURS[check.standing],
            "alert_colour": STATUS_COLOURS[check.alert],
            "diff": word_diff(quote.text, check.found),
            "before": _around(quote.article_version_id, quote.start, quote.end),
            "now": _around(version.pk, check.start, check.end) if check.end is not None else None,
            "appearances": visible(quote.appearances.select_related("claim"), request.user),
            "others": quote.checks.select_related("article_version")
            .defer("article_version__text")
            .order_by("article_version__number"),
            "form": form,
            "may_settle": check.alert == AlertState.OPEN and user.has_perm(integrity.SETTLE),
            "history_link": reverse("admin:claims_quotecheck_history", args=[check.pk]),
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, "claims/desk/altered.html", context, status=status)


def _around(version_id: int, start: int | None, end: int | None) -> tuple[str, str, str]:
    """The words at these characters, with what stands before and behind them."""
    start, end = start or 0, end or 0
    begin = max(0, start - AROUND)
    text = text_between(version_id, begin, end + AROUND)
    before, behind = text[: start - begin], text[end - begin :]
    if begin > 0:
        before = "… " + before.partition(" ")[2]
    if len(behind) == AROUND:
        behind = behind.rpartition(" ")[0] + " …"
    return before, text[start - begin : end - begin], behind


def _page_of(check: QuoteCheck) -> str:
    return reverse("admin:claims_quotecheck_change", args=[check.pk])
