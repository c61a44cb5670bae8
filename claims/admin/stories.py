"""Stories: the articles that carry nearly the same text, and how near they are."""

from typing import Any

from django.contrib import admin
from django.db.models import Count, Min, OuterRef, QuerySet, Subquery
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString

from claims.admin.base import ReadOnlyAdmin, display
from claims.admin.wording import shortened
from claims.ingest import similarity
from claims.models import Article, Fingerprint, Story

MOST_SHOWN = 40
"""Articles of a story that are listed; a wire story has more than anybody reads."""


@admin.register(Story)
class StoryAdmin(ReadOnlyAdmin):
    empty_hint = "No two articles tell the same story so far."
    list_display = ["first_title", "articles_in_it", "outlets", "since"]
    search_fields = ["articles__title"]
    search_help_text = "Part of a headline"
    ordering = ["-pk"]
    fields = ["created_at"]
    change_form_outer_before_template = "claims/desk/story.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Story]:
        queryset: QuerySet[Story] = super().get_queryset(request)
        first = Article.objects.filter(story=OuterRef("pk")).order_by("published_at", "pk")
        return queryset.annotate(
            title=Subquery(first.values("title")[:1]),
            articles_count=Count("articles", distinct=True),
            outlets_count=Count("articles__source", distinct=True),
            began=Min("articles__published_at"),
        )

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> Any:
        shown: dict[str, Any] = {}
        if object_id.isdecimal():
            articles = list(_articles(Article.objects.filter(story=int(object_id))))
            shown["mates"] = articles
            shown["title"] = str(articles[0]) if articles else None
        return super().change_view(request, object_id, form_url, {**shown, **(extra_context or {})})

    @display(description="Story")
    def first_title(self, story: Story) -> SafeString:
        title = story.title or str(story)  # type: ignore[attr-defined]
        return format_html('<span class="fc-words">{}</span>', shortened(title, 120))

    @display(description="Articles", ordering="articles_count")
    def articles_in_it(self, story: Story) -> int:
        return int(story.articles_count)  # type: ignore[attr-defined]

    @display(description="Outlets", ordering="outlets_count")
    def outlets(self, story: Story) -> int:
        return int(story.outlets_count)  # type: ignore[attr-defined]

    @display(description="First published", ordering="began")
    def since(self, story: Story) -> Any:
        return story.began  # type: ignore[attr-defined]


def mates_of(article: Article) -> list[Article]:
    """The other articles of the story, each with ``likeness`` in percent or None.

    Those whose text is the same to the word have ``copy_of_id``.
    """
    if article.story_id is None:
        return []
    others = list(_articles(Article.objects.filter(story=article.story_id).exclude(pk=article.pk)))
    wanted = {one.current_version_id for one in others} | {article.current_version_id}
    sketches = {
        row.pk: similarity.from_bytes(bytes(row.minhash), row.shingles)
        for row in Fingerprint.objects.filter(pk__in=wanted - {None}).defer("bands")
    }
    own = sketches.get(article.current_version_id or 0)
    for other in others:
        theirs = sketches.get(other.current_version_id or 0)
        alike = similarity.estimate(own, theirs) if own and theirs else None
        other.likeness = None if alike is None else round(100 * alike)  # type: ignore[attr-defined]
    return others


def _articles(articles: QuerySet[Article]) -> QuerySet[Article]:
    return articles.select_related("source").order_by("published_at", "pk")[:MOST_SHOWN]
