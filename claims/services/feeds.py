"""What people do with feeds: add, pause, resume, poll now, test, exchange lists."""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q

from claims.choices import FeedState, FetchPurpose
from claims.ingest.feeds import FeedDocument, FeedEntry, FoundFeed
from claims.ingest.opml import OutlineFeed, read_opml, write_opml
from claims.ingest.urls import canonicalize, url_hash
from claims.models import Feed, Fetch, Source
from claims.models.source import URL_LENGTH
from claims.services import feed_reading, leasing
from claims.services.actors import Actor
from claims.services.articles import NAME_LENGTH, UNKNOWN_SOURCE
from claims.services.errors import DeskError, InvalidTransition
from claims.services.polling import RUNG

PERMISSION = "claims.poll_feed"
ADD_PERMISSION = "claims.add_feed"


@dataclass(frozen=True, slots=True)
class Added:
    """A feed on the record; ``created`` is False where it was there already."""

    feed: Feed
    created: bool
    others: tuple[FoundFeed, ...] = ()
    """Further feeds that the page names."""


@dataclass(frozen=True, slots=True)
class Preview:
    """What a poll would find now: the entries with whether each is new."""

    url: str
    document: FeedDocument
    entries: tuple[tuple[FeedEntry, bool], ...]
    others: tuple[FoundFeed, ...] = ()

    @property
    def new(self) -> int:
        """How many of the entries no feed has named before."""
        return sum(is_new for _, is_new in self.entries)


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of a list of feeds."""

    added: int
    known: int
    skipped: int
    """Without an address that can be read."""


def add_feed(
    url: str, *, actor: Actor, source_name: str = "", seconds: float | None = None
) -> Added:
    """Add the feed at ``url``, or the one that the page there names; raises IngestError.

    It is read once before, so that only a feed that works is added; its first poll is due at
    once. ``source_name`` is its outlet; otherwise the host's, or one made for it.
    """
    _require(actor, ADD_PERMISSION)
    found = feed_reading.discover(url, seconds=seconds)
    if len(found.url) > URL_LENGTH:
        raise DeskError(f"The address is longer than {URL_LENGTH} characters.")
    feed, created = _register(
        found.url,
        title=found.document.title,
        site=found.document.site,
        source_name=source_name.strip(),
        language=found.document.language,
        feed_format=found.document.format,
    )
    return Added(feed, created, found.others)


def preview(url: str, *, actor: Actor, seconds: float | None = None) -> Preview:
    """Read the feed at ``url``, or the one that the page there names, and store nothing."""
    _require(actor, PERMISSION)
    found = feed_reading.discover(url, seconds=seconds)
    hashes = {entry.url: url_hash(canonicalize(entry.url)) for entry in found.document.entries}
    known = set(
        Fetch.objects.filter(
            purpose=FetchPurpose.FEED, url_hash__in=list(hashes.values())
        ).values_list("url_hash", flat=True)
    )
    entries = tuple((entry, hashes[entry.url] not in known) for entry in found.document.entries)
    return Preview(found.url, found.document, entries, found.others)


@transaction.atomic
def pause(feed: Feed, *, actor: Actor) -> Feed:
    """Poll it no more until somebody resumes it; a poll under way stores nothing."""
    _require(actor, PERMISSION)
    return _move(feed, {FeedState.ACTIVE, FeedState.FAILING}, FeedState.PAUSED, next_poll_at=None)


@transaction.atomic
def resume(feed: Feed, *, actor: Actor) -> Feed:
    """Poll it again, beginning now, with its failures forgotten."""
    _require(actor, PERMISSION)
    since = {FeedState.PAUSED, FeedState.FAILING, FeedState.GONE}
    now = leasing.database_now()
    return _move(feed, since, FeedState.ACTIVE, next_poll_at=now, failures=0, last_error="")


@transaction.atomic
def poll_now(feed: Feed, *, actor: Actor) -> Feed:
    """Make it due now; whoever calls rings for it (``tasks.ring_feeds``).

    A poll under way goes on. InvalidTransition for a feed that is not active.
    """
    _require(actor, PERMISSION)
    now = leasing.database_now()
    free = Q(leased_until=None) | Q(leased_until__lte=now) | Q(lease_token=RUNG)
    active = Feed.objects.filter(pk=feed.pk, state=FeedState.ACTIVE)
    if not active.exists():
        raise InvalidTransition(f"“{feed}” is not polled now: resume it first.")
    active.filter(free).update(next_poll_at=now, lease_token=None, leased_until=None)
    feed.refresh_from_db()
    return feed


@transaction.atomic
def import_opml(data: bytes, *, actor: Actor, source_name: str = "") -> Imported:
    """Add the feeds of a list without reading them: their first polls tell; raises IngestError.

    First polls are spread over FEED_INTERVAL_SECONDS by the sweep's batches and turns.
    """
    _require(actor, ADD_PERMISSION)
    outlines, skipped = read_opml(
        data, max_bytes=settings.FEED_MAX_BYTES, max_feeds=settings.OPML_MAX_FEEDS
    )
    known = set(
        Feed.objects.filter(url__in=[outline.url for outline in outlines]).values_list(
            "url", flat=True
        )
    )
    added = 0
    for outline in outlines:
        if outline.url in known:
            continue
        if len(outline.url) > URL_LENGTH:
            skipped += 1
            continue
        _, created = _register(
            outline.url,
            title=outline.title,
            site=outline.site,
            source_name=source_name.strip() or outline.outlet,
        )
        added += created
    return Imported(added, len(known), skipped)


def export_opml(feeds: Iterable[Feed] | None = None) -> bytes:
    """All feeds, or these, as OPML 2.0 with an outline for each outlet."""
    if feeds is None:
        feeds = Feed.objects.select_related("source").order_by(F("source__name"), "pk")
    outlines = (
        OutlineFeed(
            url=feed.url,
            title=feed.title,
            site=f"https://{feed.source.domain}/" if feed.source.domain else "",
            outlet=feed.source.name,
        )
        for feed in feeds
    )
    return write_opml(outlines, title="Feeds of the fact-check desk")


def _require(actor: Actor, permission: str) -> None:
    """A person needs the permission; a job is what an operator runs."""
    if actor.user is not None:
        actor.require(permission)


def _move(feed: Feed, since: set[FeedState], to: FeedState, **values: object) -> Feed:
    row = Feed.objects.select_for_update(of=("self",)).get(pk=feed.pk)
    if row.state not in since:
        raise InvalidTransition(f"“{row}” is {row.get_state_display().lower()} already.")
    row.state = to
    row.lease_token = row.leased_until = None
    for name, value in values.items():
        setattr(row, name, value)
    row.save(update_fields=["state", "lease_token", "leased_until", "updated_at", *sorted(values)])
    return row


@transaction.atomic
def _register(
    url: str,
    *,
    title: str,
    site: str,
    source_name: str,
    language: str = "",
    feed_format: str = "",
) -> tuple[Feed, bool]:
    """The feed at exactly this address, with its outlet; made now if there was none."""
    known = Feed.objects.select_related("source").filter(url=url).first()
    if known is not None:
        return known, False
    source = _source_for(source_name, site or url, title, language)
    return Feed.objects.get_or_create(
        url=url,
        defaults={
            "source": source,
            "title": title[:300],
            "format": feed_format,
            "interval_seconds": settings.FEED_INTERVAL_SECONDS,
            "next_poll_at": leasing.database_now(),
        },
    )


def _source_for(name: str, site: str, title: str, language: str) -> Source:
    """The outlet by the name given, else by the host of its home page.

    A feed may call itself as it likes: it is believed only where no outlet has that name.
    """
    domain = (urlsplit(site).hostname or "").removeprefix("www.") or None
    known = Source.objects.filter(domain=domain).first() if domain else None
    if known is not None and not name:
        return known
    free = None if known is not None else domain
    if not name:
        taken = not title or Source.objects.filter(name=title[:NAME_LENGTH]).exists()
        name = (domain or UNKNOWN_SOURCE) if taken else title
    source, _ = Source.objects.get_or_create(
        name=name[:NAME_LENGTH], defaults={"domain": free, "language": language}
    )
    return source
