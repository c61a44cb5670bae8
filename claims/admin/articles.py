"""Articles, shown with their quotations marked, and their versions."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from unfold.contrib.filters.admin import (
    AutocompleteSelectFilter,
    ChoicesDropdownFilter,
    RangeDateTimeFilter,
)

from claims import tasks
from claims.admin.archived import ArchivedMixin
from claims.admin.article_forms import AddArticleForm
from claims.admin.base import KeptMixin, ReadOnlyAdmin, VersionedAdmin, display
from claims.admin.comparing import ComparePageMixin
from claims.admin.marking import marked_text, speaker_of
from claims.admin.searching import words_of
from claims.admin.stories import mates_of
from claims.admin.wording import shortened
from claims.choices import QuoteStatus
from claims.models import Article, ArticleVersion, Quote, QuoteCheck
from claims.services import fetching
from claims.services.articles import Outcome, store_document

OUTCOMES = {
    Outcome.NEW: "The article is on the record; its quotations are being extracted.",
    Outcome.CHANGED: "The article was known: its new text is kept as another version.",
    Outcome.UNCHANGED: "The article was on the record already, with this text.",
    Outcome.COPY: "Another article has this text: it is kept as a copy of that one.",
}


@admin.register(Article)
class ArticleAdmin(KeptMixin, VersionedAdmin):
    empty_hint = (
        "No article yet. Add one by its address, as a file or as text, or let feeds bring them."
    )
    text_rows = {"title": 1, "byline": 1}
    list_display = ["headline", "source", "kind", "published_at", "waiting"]
    list_display_links = ["headline"]
    list_filter = [
        ("source", AutocompleteSelectFilter),
        ("kind", ChoicesDropdownFilter),
        ("published_at", RangeDateTimeFilter),
    ]
    list_filter_submit = True
    list_select_related = ["source"]
    search_fields = ["title", "canonical_url"]
    search_help_text = "Words of the title, or the address"
    autocomplete_fields = ["source"]
    change_form_outer_before_template = "claims/desk/article_text.html"
    fieldsets = [
        (
            "About this article",
            {"fields": ["title", "byline", "source", "kind", "language", "published_at"]},
        ),
        (
            "Provenance",
            {"classes": ["collapse"], "fields": ["canonical_url", "raw_url", "copy_of"]},
        ),
    ]
    add_fieldsets = [
        (
            None,
            {
                "description": "Give an address, a file or a text.",
                "fields": ["address", "file", "pasted"],
            },
        ),
        (
            "What you know better",
            {"fields": ["source", "title", "byline", "published_at"]},
        ),
    ]
    readonly_fields = ["canonical_url", "raw_url", "copy_of"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Article]:
        queryset: QuerySet[Article] = super().get_queryset(request)
        waiting = (
            Quote.objects.filter(
                article_version=OuterRef("current_version"), status=QuoteStatus.CANDIDATE
            )
            .order_by()
            .values("article_version")
            .annotate(n=Count("pk"))
            .values("n")
        )
        return queryset.annotate(waiting_quotes=Subquery(waiting))

    def get_form(
        self, request: HttpRequest, obj: Article | None = None, change: bool = False, **kwargs: Any
    ) -> Any:
        if obj is None:
            kwargs["form"] = AddArticleForm
        return super().get_form(request, obj, change=change, **kwargs)

    def get_readonly_fields(self, request: HttpRequest, obj: Article | None = None) -> list[str]:
        return self.readonly_fields if obj else []

    def save_model(self, request: HttpRequest, obj: Article, form: Any, change: bool) -> None:
        if change:
            super().save_model(request, obj, form, change)
            return
        source = form.cleaned_data["source"]
        stored = store_document(form.document, source_name=source.name if source else "")
        if stored.run is not None:
            tasks.ring([stored.run.pk])
        obj.pk = stored.article.pk
        obj.refresh_from_db()
        self.message_user(request, OUTCOMES[stored.outcome], messages.INFO)

    def add_view(
        self,
        request: HttpRequest,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        if request.method == "POST" and self.has_add_permission(request):
            form = self.get_form(request)(request.POST, request.FILES)
            if form.is_valid() and form.document is None:
                return self._queue(request, form)
            # It was read to be checked, and is read again to be stored.
            if form.files.get("file"):
                form.files["file"].seek(0)
        response: HttpResponse = super().add_view(request, form_url, extra_context)
        return response

    def _queue(self, request: HttpRequest, form: AddArticleForm) -> HttpResponse:
        """An address alone is read by a worker, in its host's turn."""
        address = form.cleaned_data["address"]
        asked = fetching.request_fetch(address, hints=form.hints())
        if asked is not None:
            tasks.ring_fetches([asked.pk])
            told = "The page is being read; what comes of it is shown here."
        else:
            told = "This page is being read already."
            asked = fetching.open_fetch(address)
        self.message_user(request, told, messages.INFO)
        if asked is None or not request.user.has_perm("claims.view_fetch"):
            return HttpResponseRedirect(reverse("admin:claims_article_changelist"))
        return HttpResponseRedirect(reverse("admin:claims_fetch_change", args=[asked.pk]))

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        shown = _text_panel(request, object_id) if object_id.isdigit() else {}
        response: HttpResponse = super().change_view(
            request, object_id, form_url, {**shown, **(extra_context or {})}
        )
        return response

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Article], search_term: str
    ) -> tuple[QuerySet[Article], bool]:
        """By the words of the title; what looks like an address is sought in addresses."""
        term = search_term.strip()
        if " " not in term and ("/" in term or "." in term):
            return queryset.filter(canonical_url__icontains=term), False
        return words_of(queryset, "title", term), False

    @display(description="Article", ordering="title")
    def headline(self, article: Article) -> SafeString:
        return format_html('<span class="fc-words">{}</span>', shortened(str(article), 120))

    @display(description="Candidates", ordering="waiting_quotes")
    def waiting(self, article: Article) -> int | str:
        return article.waiting_quotes or "—"  # type: ignore[attr-defined]


def _text_panel(request: HttpRequest, object_id: str) -> dict[str, Any]:
    """The chosen version's text with its quotes marked; the current one unless asked otherwise."""
    versions = list(
        ArticleVersion.objects.filter(article_id=object_id).defer("text").order_by("-number")
    )
    if not versions:
        return {}
    asked = request.GET.get("version", "")
    current = Article.objects.values_list("current_version_id", flat=True).get(pk=object_id)
    chosen = next(
        (v for v in versions if str(v.number) == asked),
        next((v for v in versions if v.pk == current), versions[0]),
    )
    quotes = list(
        Quote.objects.filter(article_version=chosen)
        .select_related("speaker")
        .defer("prefix", "suffix")
        .order_by("start", "end")
    )
    for quote in quotes:
        quote.said_by = speaker_of(quote)  # type: ignore[attr-defined]
    text = ArticleVersion.objects.values_list("text", flat=True).get(pk=chosen.pk)
    before = next((v for v in versions if v.number < chosen.number), None)
    return {
        "mates": mates_of(Article.objects.get(pk=object_id)),
        "checks_here": QuoteCheck.objects.filter(article_version=chosen)
        .select_related("quote")
        .defer("quote__prefix", "quote__suffix")
        .order_by("quote__start"),
        "version_before": before,
        "shown_version": chosen,
        "current_version_id": current,
        "versions": versions,
        "article_quotes": quotes,
        "marked_text": marked_text(text, quotes),
    }


@admin.register(ArticleVersion)
class ArticleVersionAdmin(ArchivedMixin, ComparePageMixin, ReadOnlyAdmin):
    empty_hint = "No text has been stored yet: texts come with articles."
    list_display = ["article", "number", "fetched_at", "content_type"]
    list_filter = [("fetched_at", RangeDateTimeFilter)]
    list_filter_submit = True
    list_select_related = ["article"]
    search_fields = ["article__title"]
    date_hierarchy = "fetched_at"
    fields = [
        "article_with_text",
        "number",
        "fetched_at",
        "sha256",
        "content_type",
        "snapshot_sha256",
        "received",
    ]
    readonly_fields = ["article_with_text", "received"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[ArticleVersion]:
        queryset: QuerySet[ArticleVersion] = super().get_queryset(request)
        return queryset.select_related("article").defer("text")

    @display(description="Text")
    def article_with_text(self, version: ArticleVersion) -> SafeString:
        return format_html(
            '<a href="{}?version={}" class="fc-link">{}, version {}</a>',
            reverse("admin:claims_article_change", args=[version.article_id]),
            version.number,
            str(version.article),
            version.number,
        )
