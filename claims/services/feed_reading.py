"""What a feed says right now: fetched politely, within the limits of the settings."""

import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

import structlog
from django.conf import settings

from claims.ingest.errors import FetchError, IngestError
from claims.ingest.feeds import FeedDocument, FeedLimits, FoundFeed, NotAFeed, find_feeds, read_feed
from claims.ingest.fetch import Fetched, fetch
from claims.ingest.limits import FetchLimits
from claims.ingest.urls import normalize
from claims.services import politeness
from claims.services.intake import read_limits

log = structlog.get_logger(__name__)

NOT_MODIFIED = 304
ACCEPT = (
    "application/atom+xml,application/rss+xml,application/feed+json,application/rdf+xml,"
    "application/xml;q=0.9,text/xml;q=0.9,text/html;q=0.7,*/*;q=0.5"
)
# A page may name a feed for every section; that many are tried until one can be read.
TRIED_FEEDS = 3


class NoFeedFound(IngestError):
    """The page names no feed that can be read."""

    code = "no_feed"


@dataclass(frozen=True, slots=True)
class Answer:
    """One reply of a feed's server. ``document`` is None when nothing has changed (304)."""

    fetched: Fetched
    document: FeedDocument | None


@dataclass(frozen=True, slots=True)
class Discovery:
    """A feed found at an address: its own, or the page's that names it."""

    url: str
    document: FeedDocument
    others: tuple[FoundFeed, ...] = ()
    """What else the page names."""


def feed_limits() -> FeedLimits:
    """The bounds of reading one feed, from the settings."""
    return FeedLimits(
        max_bytes=settings.FEED_MAX_BYTES,
        max_entries=settings.FEED_MAX_ENTRIES,
        max_parts=settings.FEED_MAX_SITEMAPS,
    )


def read_at(
    url: str, *, conditions: Mapping[str, str] = MappingProxyType({}), seconds: float | None = None
) -> Answer:
    """Read the feed at ``url``, sitemaps of an index included; raises IngestError.

    Whoever calls has asked ``politeness`` for this address; for the parts of an index it is
    asked here. ``seconds`` is for somebody who waits, instead of FETCH_TOTAL_SECONDS.
    """
    fetched = fetch(url, limits=_limits(seconds), headers={"Accept": ACCEPT, **conditions})
    if fetched.status == NOT_MODIFIED:
        return Answer(fetched, None)
    return Answer(fetched, _whole(_document(fetched), seconds))


def discover(url: str, *, seconds: float | None = None) -> Discovery:
    """The feed at ``url``, or the likeliest one that the page there names; raises IngestError."""
    take_turn(url, requested=True)
    fetched = fetch(url, limits=_limits(seconds), headers={"Accept": ACCEPT})
    try:
        document = _document(fetched)
    except NotAFeed:
        return _named_by(fetched, seconds)
    return Discovery(fetched.moved_to or normalize(url), _whole(document, seconds))


def take_turn(url: str, *, requested: bool = False) -> None:
    """Wait for the host's turn, FEED_TURN_SECONDS at most; FetchError when it may not be read.

    ``requested``: a person asked for this address.
    """
    give_up_at = time.monotonic() + settings.FEED_TURN_SECONDS
    while True:
        admission = politeness.admit(url, requested=requested)
        if admission.refused:
            raise FetchError(f"robots.txt does not allow it: {url}", code="robots")
        wait = admission.wait.total_seconds()
        if not wait:
            return
        if time.monotonic() + wait > give_up_at:
            raise FetchError(
                f"The site was read a moment ago. Try again in {wait:.0f} s: {url}",
                code="busy",
                retry_after=wait,
            )
        time.sleep(wait)


def _named_by(page: Fetched, seconds: float | None) -> Discovery:
    found = find_feeds(page.body, page.final_url)
    problem: IngestError = NoFeedFound(
        f"There is no feed here, and the page names none: {page.final_url}"
    )
    for feed in found[:TRIED_FEEDS]:
        try:
            take_turn(feed.url, requested=True)
            answer = read_at(feed.url, seconds=seconds)
        except IngestError as error:
            problem = error
            continue
        if answer.document is not None:
            others = tuple(other for other in found if other != feed)
            return Discovery(answer.fetched.moved_to or feed.url, answer.document, others)
    raise problem


def _whole(document: FeedDocument, seconds: float | None) -> FeedDocument:
    """A sitemap index with the entries of its newest sitemaps; any other feed as it is.

    One broken part is passed over; when none can be read the last error is raised.
    """
    limits = feed_limits()
    waiting, seen = list(document.parts), set[str]()
    entries = list(document.entries)
    problem: IngestError | None = None
    while waiting and len(seen) < limits.max_parts:
        part = waiting.pop(0)
        if part in seen:
            continue
        seen.add(part)
        try:
            take_turn(part)
            found = _document(fetch(part, limits=_limits(seconds), headers={"Accept": ACCEPT}))
        except IngestError as error:
            log.warning("sitemap_unread", url=part, code=error.code)
            problem = error
            continue
        # An index within an index is read in its place.
        waiting[:0] = found.parts
        entries += found.entries
        document = replace(document, title=document.title or found.title)
    if problem is not None and not entries:
        raise problem
    return replace(document, entries=tuple(entries[: limits.max_entries]))


def _document(fetched: Fetched) -> FeedDocument:
    return read_feed(fetched.body, fetched.content_type, fetched.final_url, limits=feed_limits())


def _limits(seconds: float | None) -> FetchLimits:
    limits = replace(read_limits().fetch, max_bytes=settings.FEED_MAX_BYTES)
    if seconds is None:
        return limits
    return replace(limits, total_timeout=min(seconds, limits.total_timeout))
