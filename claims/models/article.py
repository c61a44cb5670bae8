"""Articles, and their text as it stood at each fetch."""

from django.db import models
from django.db.models import F, Q

from claims.choices import ArticleKind
from claims.models.base import Editable, append_only, one_of, search_index, tracked
from claims.models.change import announced
from claims.models.source import Source


@tracked()
class Story(models.Model):
    """One text in many outlets: the articles that carry it with small edits."""

    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name_plural = "stories"

    def __str__(self) -> str:
        return f"Story {self.pk}"


@tracked()
@announced("articles")
class Article(Editable):
    """One document at one canonical URL."""

    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="articles")
    kind = models.CharField(max_length=12, choices=ArticleKind.choices, default=ArticleKind.NEWS)
    canonical_url = models.TextField(
        help_text="Trackers and fragments removed; urn:sha256:… for pasted text."
    )
    url_hash = models.CharField(
        max_length=64, editable=False, help_text="SHA-256 of the canonical URL: the identity."
    )
    raw_url = models.TextField(blank=True, help_text="The address as it was first given.")
    title = models.TextField(blank=True)
    byline = models.TextField(blank=True)
    language = models.CharField(max_length=12, blank=True)
    published_at = models.DateTimeField(null=True, blank=True, db_index=True)
    current_version = models.ForeignKey(
        "ArticleVersion",
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="The text as it stood at the last fetch.",
    )
    copy_of = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="copies",
        help_text="The article whose text this address repeats word for word.",
    )
    story = models.ForeignKey(
        Story,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="articles",
        help_text="The articles that carry nearly the same text.",
    )
    gone_at = models.DateTimeField(
        null=True,
        blank=True,
        editable=False,
        help_text="Since when its address answers that there is no such page.",
    )

    class Meta(Editable.Meta):
        ordering = [F("published_at").desc(nulls_last=True), "-pk"]
        indexes = [
            models.Index(fields=["source", "-published_at"], name="article_by_source"),
            models.Index(
                F("published_at").desc(nulls_last=True), F("id").desc(), name="article_newest"
            ),
            search_index("title", config="english", name="article_title_search"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["url_hash"], name="article_url_once"),
            models.CheckConstraint(
                name="article_hash_form", condition=Q(url_hash__regex=r"^[0-9a-f]{64}$")
            ),
            models.CheckConstraint(
                name="article_not_copy_of_itself",
                condition=Q(copy_of__isnull=True) | ~Q(copy_of=F("id")),
            ),
            one_of("kind", ArticleKind, name="article_kind_known"),
        ]

    def __str__(self) -> str:
        if self.title:
            return self.title
        if self.canonical_url.startswith("urn:"):
            return f"Pasted text {self.canonical_url[-8:]}"
        return self.canonical_url


# The text is not repeated in the history: the row can never change, so it is its own history.
@tracked(exclude=["text"])
@announced("article-versions")
class ArticleVersion(models.Model):
    """The text of an article as it stood at one fetch. It never changes."""

    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField(help_text="1 for the first text that was seen.")
    text = models.TextField(help_text="Cleaned once, at ingest; every offset counts in it.")
    sha256 = models.CharField(max_length=64, help_text="SHA-256 of the text as UTF-8.")
    fetched_at = models.DateTimeField()
    snapshot = models.FileField(
        max_length=200, blank=True, help_text="What was received, byte for byte."
    )
    snapshot_sha256 = models.CharField(max_length=64, blank=True)
    content_type = models.CharField(max_length=100, blank=True)

    class Meta:
        ordering = ["article", "number"]
        indexes = [models.Index(fields=["sha256"], name="version_by_hash")]
        constraints = [
            models.UniqueConstraint(fields=["article", "sha256"], name="version_text_once"),
            models.UniqueConstraint(fields=["article", "number"], name="version_number_once"),
            models.CheckConstraint(name="version_number_positive", condition=Q(number__gte=1)),
            models.CheckConstraint(name="version_text_filled", condition=~Q(text="")),
            models.CheckConstraint(
                name="version_hash_form", condition=Q(sha256__regex=r"^[0-9a-f]{64}$")
            ),
        ]
        triggers = [append_only()]

    def __str__(self) -> str:
        return f"{self.article} (version {self.number})"
