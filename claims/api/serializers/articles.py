"""Outlets, feeds, articles and their texts; the work of reading them."""

from typing import Any

from django.db.models import Prefetch
from rest_framework import serializers

from claims.api.fields import Path, StrictChar, StrictDateTime, StrictURL
from claims.api.serializers.base import Expansion, Input, Row
from claims.models import Article, ArticleVersion, ExtractionRun, Feed, Fetch, Source
from claims.models.source import URL_LENGTH


class SourceSerializer(Row):
    href = Path("sources")

    class Meta:
        model = Source
        fields = [
            "id",
            "href",
            "name",
            "kind",
            "domain",
            "language",
            "version",
            "created_at",
            "updated_at",
        ]
        read_only_fields = ["version", "created_at", "updated_at"]


class FeedSerializer(Row):
    href = Path("feeds")

    class Meta:
        model = Feed
        fields = [
            "id",
            "href",
            "source",
            "url",
            "title",
            "format",
            "state",
            "interval_seconds",
            "next_poll_at",
            "last_polled_at",
            "last_changed_at",
            "failures",
            "last_error",
            "version",
            "created_at",
            "updated_at",
        ]
        read_only_fields = [name for name in fields if name not in ("title", "source")]


class NewFeed(Input):
    url = StrictURL(max_length=URL_LENGTH, help_text="A feed, or a page that names one.")
    source = StrictChar(
        max_length=200,
        required=False,
        allow_blank=True,
        default="",
        help_text="The outlet's name. Left out: the one of the host, or one made for it.",
    )


class VersionInBrief(Row):
    href = Path("article-versions")

    class Meta:
        model = ArticleVersion
        fields = ["id", "href", "article", "number", "sha256", "fetched_at", "content_type"]
        read_only_fields = fields


class ArticleVersionSerializer(VersionInBrief):
    class Meta(VersionInBrief.Meta):
        fields = [*VersionInBrief.Meta.fields, "text"]
        read_only_fields = fields


def _versions(user: Any) -> list[Any]:
    return [Prefetch("versions", ArticleVersion.objects.defer("text").order_by("number"))]


class ArticleSerializer(Row):
    href = Path("articles")
    url = serializers.CharField(source="canonical_url", read_only=True)
    expansions = {
        "source": Expansion(lambda: SourceSerializer, lambda user: ["source"]),
        "versions": Expansion(lambda: VersionInBrief, _versions, many=True),
    }

    class Meta:
        model = Article
        fields = [
            "id",
            "href",
            "url",
            "source",
            "kind",
            "title",
            "byline",
            "language",
            "published_at",
            "current_version",
            "copy_of",
            "story",
            "gone_at",
            "version",
            "created_at",
            "updated_at",
        ]
        read_only_fields = fields


class NewArticle(Input):
    """An address alone is read by a worker. With a text or a page it says where that stood."""

    rules = {
        "anyOf": [{"required": [name]} for name in ("url", "text", "html")],
        "not": {"required": ["text", "html"]},
    }

    url = StrictURL(max_length=8192, required=False)
    text = StrictChar(
        required=False, trim_whitespace=False, help_text="Paragraphs parted by empty lines."
    )
    html = StrictChar(required=False, trim_whitespace=False, help_text="A whole page.")
    title = StrictChar(required=False, allow_blank=True, max_length=1000)
    byline = StrictChar(required=False, allow_blank=True, max_length=1000)
    source = StrictChar(
        required=False, allow_blank=True, max_length=200, help_text="The outlet's name."
    )
    language = StrictChar(required=False, allow_blank=True, max_length=12)
    published_at = StrictDateTime(required=False, allow_null=True)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Something to read, once."""
        if "text" in attrs and "html" in attrs:
            raise serializers.ValidationError("Give a text or a page, not both.", code="one_of")
        if not {"url", "text", "html"} & set(attrs):
            raise serializers.ValidationError("Give url, text or html.", code="required")
        return attrs


class RunSerializer(Row):
    href = Path("runs")
    article = serializers.IntegerField(source="article_version.article_id", read_only=True)

    class Meta:
        model = ExtractionRun
        fields = [
            "id",
            "href",
            "state",
            "attempts",
            "due_at",
            "error",
            "created_at",
            "finished_at",
            "article",
            "article_version",
            "extractor",
            "quotes_found",
            "quotes_held_back",
            "quotes_added",
            "quotes_withdrawn",
            "duration_ms",
        ]
        read_only_fields = fields


class FetchSerializer(Row):
    href = Path("fetches")
    run = serializers.SerializerMethodField(
        help_text="The extraction of what was read, once there is one."
    )

    class Meta:
        model = Fetch
        fields = [
            "id",
            "href",
            "url",
            "purpose",
            "state",
            "outcome",
            "attempts",
            "due_at",
            "error",
            "http_status",
            "final_url",
            "article",
            "article_version",
            "run",
            "created_at",
            "finished_at",
        ]
        read_only_fields = fields

    def get_run(self, fetch: Fetch) -> str | None:
        runs = fetch.article_version.runs.all() if fetch.article_version else []
        newest = max((run.pk for run in runs), default=None)
        return f"/api/v1/runs/{newest}" if newest else None
