"""Reading of addresses as leased work (`services.leasing`): an article, or the reason why not."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import structlog
from django.conf import settings
from django.db import transaction
from django.db.models import F, Window
from django.db.models.functions import RowNumber
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from claims import ingest
from claims.choices import FetchOutcome, FetchPurpose
from claims.ingest.fetch import Fetched, fetch
from claims.ingest.urls import host_of
from claims.models import Article, Evidence, Feed, Fetch
from claims.models.work import OPEN
from claims.services import archive, integrity, leasing, politeness
from claims.services.articles import Stored, store_document
from claims.services.errors import ArchiveUnavailable, LeaseLost
from claims.services.intake import read_limits
from claims.services.leasing import Lease, Terms

log = structlog.get_logger(__name__)

# What a person asked for, and waits for.
ASKED_FOR = frozenset({FetchPurpose.REQUEST, FetchPurpose.EVIDENCE})

# What a server says once and for all, and what it may say otherwise the next time.
GONE_STATUSES = frozenset({404, 410})
REFUSING_STATUSES = frozenset({401, 402, 403, 405, 406, 451})
BUSY_STATUSES = frozenset({429, 503})
NOT_MODIFIED = 304

# What reading a page can end with other than an article. The order counts: subclasses first.
ENDINGS: list[tuple[type[ingest.IngestError], FetchOutcome]] = [
    (ingest.ForbiddenAddress, FetchOutcome.FORBIDDEN),
    (ingest.BadUrl, FetchOutcome.FORBIDDEN),
    (ingest.Paywalled, FetchOutcome.PAYWALL),
    (ingest.EmptyDocument, FetchOutcome.EMPTY),
    (ingest.UnsupportedContent, FetchOutcome.UNSUPPORTED),
    (ingest.TooLarge, FetchOutcome.UNSUPPORTED),
]


def terms() -> Terms:
    """How long a fetch may take and how often it is tried, from the settings."""
    return Terms(
        lease=timedelta(seconds=settings.FETCH_LEASE_SECONDS),
        max_attempts=settings.FETCH_MAX_ATTEMPTS,
        retry=timedelta(seconds=settings.FETCH_RETRY_SECONDS),
    )


def request_fetch(
    url: str,
    *,
    purpose: FetchPurpose = FetchPurpose.REQUEST,
    feed: Feed | None = None,
    article: Article | None = None,
    hints: Mapping[str, str] | None = None,
    due_at: datetime | None = None,
    step: int | None = None,
) -> Fetch | None:
    """Ask for an address to be read, now or at ``due_at``; raises ingest.BadUrl.

    None when it is asked for already, or was found in a feed before. ``hints`` are what the
    feed says of the page, or who asked: title, byline, published (ISO 8601), source (name).
    A feed's count where the page says nothing, a person's in any case. The maker rings for a
    fetch that is due now (``tasks.ring_fetches``); the sweeper does it otherwise.
    """
    row = new_fetch(
        url, purpose=purpose, feed=feed, article=article, hints=hints, due_at=due_at, step=step
    )
    # One statement, so that of two that ask at once one makes the row.
    Fetch.objects.bulk_create([row], ignore_conflicts=True)
    made = Fetch.objects.filter(
        url_hash=row.url_hash, purpose=purpose, state__in=OPEN, due_at=row.due_at, url=row.url
    )
    return made.first()


def open_fetch(url: str) -> Fetch | None:
    """The reading that somebody asked for and that has not ended yet."""
    digest = ingest.url_hash(ingest.canonicalize(url))
    return Fetch.objects.filter(
        url_hash=digest, purpose=FetchPurpose.REQUEST, state__in=OPEN
    ).first()


def new_fetch(
    url: str,
    *,
    purpose: FetchPurpose,
    feed: Feed | None = None,
    article: Article | None = None,
    hints: Mapping[str, str] | None = None,
    due_at: datetime | None = None,
    step: int | None = None,
) -> Fetch:
    """An unsaved fetch, for a caller that inserts many; raises ingest.BadUrl."""
    canonical = ingest.canonicalize(url)
    clock = leasing.rung_now() if due_at is None else {"due_at": due_at}
    return Fetch(
        purpose=purpose,
        url=url,
        url_hash=ingest.url_hash(canonical),
        host=host_of(canonical),
        feed=feed,
        article=article,
        hints=dict(hints or {}),
        step=step,
        **clock,
    )


def perform_fetch(fetch_id: int) -> Stored | None:
    """Read one address and store what it says; None when that is no article, or not its turn.

    The row tells what came of it: an outcome when the address answered, the reason and
    another attempt when it did not, and DEAD after FETCH_MAX_ATTEMPTS.
    """
    lease = leasing.claim(Fetch, fetch_id, terms())
    if lease is None:
        return None
    row = Fetch.objects.select_related("article", "feed__source").get(pk=fetch_id)
    try:
        return _read(row, lease)
    except LeaseLost:
        log.warning("lease_lost", fetch=fetch_id, attempt=lease.attempt)
    except ingest.IngestError as error:
        _conclude(row, lease, error)
    except ArchiveUnavailable as error:
        log.error("archive_unavailable", fetch=fetch_id, attempt=lease.attempt, error=str(error))
        leasing.fail(Fetch, lease, f"archive_unavailable: {error}", terms())
    # Whatever a page does to its reader must end on the row, where people see it.
    except Exception as error:
        log.error("fetch_failed", fetch=fetch_id, attempt=lease.attempt, exc_info=error)
        leasing.fail(Fetch, lease, leasing.report(error), terms())
    return None


def _read(row: Fetch, lease: Lease) -> Stored | None:
    admission = politeness.admit(row.url, requested=row.purpose in ASKED_FOR)
    if admission.refused:
        _finish(lease, FetchOutcome.REFUSED, error="robots.txt does not allow it.")
        return None
    if admission.wait:
        leasing.put_back(Fetch, lease, at=leasing.database_now() + admission.wait)
        return None
    limits = read_limits()
    fetched = fetch(row.url, limits=limits.fetch, headers=_conditions(row))
    answer = _answer(fetched)
    if fetched.status == NOT_MODIFIED:
        _finish(lease, FetchOutcome.UNCHANGED, **answer)
        return None
    # Before it is read, so that an article is never without its evidence.
    kept = archive.keep(fetched)
    answer |= {"snapshot": kept.name, "snapshot_sha256": kept.sha256}
    if row.purpose == FetchPurpose.EVIDENCE:
        # Kept as it came: what bears on a claim need not be an article.
        _finish(lease, FetchOutcome.ARCHIVED, **answer)
        return None
    # An article that is read again stays itself, whatever its page calls itself by now.
    known: ingest.Overrides = {"canonical_url": row.article.canonical_url} if row.article else {}
    if row.purpose == FetchPurpose.REQUEST:
        known |= _overrides(row.hints)
    try:
        document = _with_hints(ingest.read_fetched(fetched, limits=limits, **known), row.hints)
    except ingest.IngestError as error:
        _conclude(row, lease, error, **answer)
        return None
    source_name = row.feed.source.name if row.feed else row.hints.get("source", "")
    with transaction.atomic():
        owned = leasing.own(Fetch, lease)
        stored = store_document(document, source_name=source_name)
        leasing.complete(
            owned,
            outcome=FetchOutcome(stored.outcome.value),
            article=stored.article,
            article_version=stored.version,
            **answer,
        )
        integrity.after_fetch(owned)
    log.info("fetch_done", fetch=row.pk, outcome=stored.outcome.value)
    return stored


def _conditions(row: Fetch) -> dict[str, str]:
    """The headers that ask for a page only if it changed."""
    headers = {"If-None-Match": row.etag, "If-Modified-Since": row.last_modified}
    return {name: value for name, value in headers.items() if value}


def _answer(fetched: Fetched) -> dict[str, Any]:
    return {
        "final_url": fetched.final_url,
        "http_status": fetched.status,
        "etag": fetched.headers.get("etag", "")[:500],
        "last_modified": fetched.headers.get("last-modified", "")[:100],
    }


def _overrides(hints: Mapping[str, str]) -> ingest.Overrides:
    """What a person knows better than the page."""
    return {
        "title": hints.get("title", ""),
        "byline": hints.get("byline", ""),
        "published_at": parse_datetime(hints.get("published", "")),
    }


def _with_hints(document: ingest.Document, hints: Mapping[str, str]) -> ingest.Document:
    """What the feed says of a page counts where the page says nothing."""
    published = parse_datetime(hints.get("published", ""))
    if published is not None and published.tzinfo is None:
        published = None
    return replace(
        document,
        title=document.title or hints.get("title", ""),
        byline=document.byline or hints.get("byline", ""),
        published_at=document.published_at or published,
    )


def _conclude(row: Fetch, lease: Lease, error: ingest.IngestError, **answer: Any) -> None:
    """End a fetch that gave no article, or have it tried again; ``answer`` is what it gave."""
    status = error.status if isinstance(error, ingest.FetchError) else 0
    for kind, outcome in ENDINGS:
        if isinstance(error, kind):
            _finish(lease, outcome, error=str(error), **answer)
            return
    if status in GONE_STATUSES:
        _finish(lease, FetchOutcome.GONE, error=str(error), http_status=status)
    elif status in REFUSING_STATUSES:
        _finish(lease, FetchOutcome.REFUSED, error=str(error), http_status=status)
    else:
        if status in BUSY_STATUSES:
            politeness.hold(row.url, getattr(error, "retry_after", None) or 0)
        # The code first: it is what failures are counted by (`services.pipeline`).
        code = f"http_{status}" if status else error.code
        leasing.fail(Fetch, lease, f"{code}: {error}", terms())


@transaction.atomic
def _finish(lease: Lease, outcome: FetchOutcome, *, error: str = "", **results: Any) -> None:
    """Complete a fetch that stored no article; ``error`` is why, for people."""
    try:
        row = leasing.own(Fetch, lease)
    except LeaseLost:
        log.warning("lease_lost", fetch=lease.pk, attempt=lease.attempt)
        return
    leasing.complete(row, outcome=outcome, **results)
    integrity.after_fetch(row)
    if outcome == FetchOutcome.ARCHIVED:
        _give_copy(row)
    if error:
        Fetch.objects.filter(pk=row.pk).update(error=leasing.storable(error))


def _give_copy(row: Fetch) -> None:
    """Let every piece of evidence that waits for this fetch have its archived copy."""
    Evidence.objects.filter(fetch=row).update(
        snapshot=row.snapshot.name,
        sha256=row.snapshot_sha256,
        accessed_at=row.finished_at,
        updated_at=timezone.now(),
    )


def due_fetches(*, now: datetime | None = None) -> list[int]:
    """The fetches to ring for now, a few of each host; otherwise as `leasing.due` says.

    A host with a thousand new pages neither fills the queue nor keeps others waiting.
    """
    turn = Window(RowNumber(), partition_by=F("host"), order_by=[F("due_at"), F("pk")])
    first = (
        Fetch.objects.filter(state__in=OPEN, due_at__lte=now or leasing.database_now())
        .annotate(turn=turn)
        .filter(turn__lte=settings.FETCHES_PER_HOST_AND_SWEEP)
        .order_by("due_at", "pk")
        .values_list("pk", flat=True)[: settings.SWEEP_BATCH]
    )
    return leasing.due(Fetch, terms(), among=Fetch.objects.filter(pk__in=list(first)), now=now)
