"""From a document to the record: one article a URL, one row a text, nothing twice."""

from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from claims.choices import EventType
from claims.ingest import Document, text_hash, url_hash
from claims.models import Article, ArticleVersion, ExtractionRun, Source
from claims.services import archive, copies, integrity, outbox
from claims.services.extraction import request_run
from claims.services.locking import take_turns

UNKNOWN_SOURCE = "Unknown outlet"
NAME_LENGTH = 200


class Outcome(StrEnum):
    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    COPY = "copy"


@dataclass(frozen=True, slots=True)
class Stored:
    """What became of a document. ``version`` and ``run`` are None for a copy of another."""

    outcome: Outcome
    article: Article
    version: ArticleVersion | None = None
    run: ExtractionRun | None = None


@transaction.atomic
def store_document(document: Document, *, source_name: str = "") -> Stored:
    """Store an article, or a changed text of it, and ask for its extraction.

    The canonical URL is the identity of the article and the hash of the text that of the
    version. A text that another article already has is recorded as its copy, without a
    second row of text. What was received is kept in the archive first; ArchiveUnavailable
    means that nothing is stored. The returned run still has to be rung for (``tasks.ring``);
    the sweeper does it otherwise.
    """
    digest = text_hash(document.text)
    # Two addresses of one text that arrive together: the second waits, and becomes the copy.
    take_turns(digest)
    identity = url_hash(document.canonical_url)
    known = ArticleVersion.objects.filter(article__url_hash=identity, sha256=digest).exists()
    sketch = None if known else copies.begin(document.text)
    source = _source_for(document, source_name.strip())
    article, _ = Article.objects.select_for_update(of=("self",)).get_or_create(
        url_hash=identity,
        defaults={
            "source": source,
            "canonical_url": document.canonical_url,
            "raw_url": document.url,
            "title": document.title,
            "byline": document.byline,
            "language": document.language,
            "published_at": document.published_at,
        },
    )
    seen = article.versions.filter(sha256=digest).first()
    if seen is not None:
        if article.current_version_id != seen.pk:
            _point_to(article, seen, document)
            integrity.update_alerts(article.pk)
        return Stored(Outcome.UNCHANGED, article, seen, request_run(seen))
    newest = article.versions.aggregate(newest=Max("number"))["newest"]
    if newest is None:
        original = (
            ArticleVersion.objects.filter(sha256=digest)
            .select_related("article")
            .order_by("pk")
            .first()
        )
        if original is not None:
            if article.copy_of_id != original.article_id:
                article.copy_of = original.article
                article.save(update_fields=["copy_of", "updated_at"])
            copies.record_copy(article, original.article)
            return Stored(Outcome.COPY, article)
    kept = archive.keep(document)
    version = ArticleVersion.objects.create(
        article=article,
        number=(newest or 0) + 1,
        text=document.text,
        sha256=digest,
        fetched_at=document.exchange.fetched_at if document.exchange else timezone.now(),
        snapshot=kept.name,
        snapshot_sha256=kept.sha256,
        content_type=document.content_type,
    )
    _point_to(article, version, document)
    copies.record_version(version, sketch)
    if newest:
        integrity.check_version(version)
        outbox.emit(EventType.ARTICLE_CHANGED, article, facts={"number": version.number})
    outcome = Outcome.CHANGED if newest else Outcome.NEW
    return Stored(outcome, article, version, request_run(version))


def _point_to(article: Article, version: ArticleVersion, document: Document) -> None:
    """Make ``version`` the current text; the headline may have changed with it."""
    article.current_version = version
    article.copy_of = None
    article.title = document.title or article.title
    article.byline = document.byline or article.byline
    article.published_at = article.published_at or document.published_at
    article.save(
        update_fields=[
            "current_version",
            "copy_of",
            "title",
            "byline",
            "published_at",
            "updated_at",
        ]
    )


def _source_for(document: Document, name: str) -> Source:
    """The outlet by the name given, else by the host of the page, else by the page's own name.

    Any page can call itself by the name of a known outlet: it is believed only where that
    outlet has no host of its own.
    """
    parts = urlsplit(document.canonical_url)
    domain = (parts.hostname or "").removeprefix("www.") if parts.scheme.startswith("http") else ""
    known = Source.objects.filter(domain=domain).first() if domain else None
    if domain and known is None:
        # The first two pages of one host, under two names: the second finds the first's outlet.
        take_turns(domain)
        known = Source.objects.filter(domain=domain).first()
    if known is not None and not name:
        return known
    if not name:
        name = _own_name(document, domain)
    source, _ = Source.objects.get_or_create(
        name=name[:NAME_LENGTH],
        defaults={
            "domain": None if known is not None else domain or None,
            "language": document.language,
        },
    )
    return source


def _own_name(document: Document, domain: str) -> str:
    """What a page calls its outlet, unless that is the name of an outlet on another host."""
    name = document.site_name.strip()[:NAME_LENGTH]
    if domain and Source.objects.filter(name=name, domain__isnull=False).exists():
        return domain
    return name or domain or UNKNOWN_SOURCE
