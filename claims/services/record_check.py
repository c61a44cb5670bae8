"""Does the record still hold what it says? Every rule read back from the rows themselves.

Constraints and triggers keep most of this from ever going wrong. This looks all the same:
at a restored backup, at a snapshot store that lost a file, at what somebody did with the
triggers off.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.db import connection, models

from claims.choices import (
    ClaimStage,
    FetchOutcome,
    MatchState,
    QuoteStatus,
    VerdictStatus,
    WorkState,
)
from claims.models import (
    Article,
    ArticleVersion,
    Claim,
    Evidence,
    ExtractionRun,
    Feed,
    Fetch,
    Quote,
    Speaker,
    SpeakerAlias,
)
from claims.models.speaker import name_key
from claims.services import archive, extraction, fetching, leasing
from claims.services.errors import ArchiveBroken, ArchiveUnavailable

CHUNK = 1000
# What points into the archive, and where it says what it should find there.
KEPT_SNAPSHOTS: tuple[tuple[type[models.Model], str], ...] = (
    (ArticleVersion, "snapshot_sha256"),
    (Fetch, "snapshot_sha256"),
    (Evidence, "sha256"),
)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that does not hold: the rule, the row, and what is wrong with it."""

    rule: str
    row: str
    problem: str


def check_record() -> Iterator[Finding]:
    """Yield what does not hold, rule by rule; nothing is changed and memory stays flat."""
    for rule in RULES:
        for row, problem in rule():
            yield Finding(rule.__name__, row, problem)


Problems = Iterator[tuple[str, str]]


def offsets() -> Problems:
    """Every quote is its text, and its selectors stand beside it."""
    wrong = """
        SELECT q.id FROM claims_quote q JOIN claims_articleversion v ON v.id = q.article_version_id
        WHERE substr(v.text, q.start + 1, q."end" - q.start) IS DISTINCT FROM q.text
           OR q."end" > length(v.text)
           OR right(substr(v.text, 1, q.start), length(q.prefix)) IS DISTINCT FROM q.prefix
           OR substr(v.text, q."end" + 1, length(q.suffix)) IS DISTINCT FROM q.suffix
        ORDER BY q.id"""
    for (pk,) in _rows(wrong):
        yield f"quote {pk}", "its offsets do not give its text"


def text_hashes() -> Problems:
    """Every text has its own hash, and every article that of its address."""
    texts = """
        SELECT id FROM claims_articleversion
        WHERE encode(sha256(convert_to(text, 'UTF8')), 'hex') <> sha256 ORDER BY id"""
    for (pk,) in _rows(texts):
        yield f"article version {pk}", "its hash is not that of its text"
    addresses = """
        SELECT id FROM claims_article
        WHERE encode(sha256(convert_to(canonical_url, 'UTF8')), 'hex') <> url_hash ORDER BY id"""
    for (pk,) in _rows(addresses):
        yield f"article {pk}", "its hash is not that of its address"


def snapshots() -> Problems:
    """Every snapshot is in the archive, and its payload is what was received."""
    for model, digest_field in KEPT_SNAPSHOTS:
        kept = model._default_manager.exclude(snapshot="").order_by("pk")
        rows = kept.values_list("pk", "snapshot", digest_field)
        for pk, name, digest in rows.iterator(CHUNK):
            if problem := _trouble_with(name, digest):
                yield f"{model._meta.verbose_name} {pk}", problem


def _trouble_with(name: str, digest: str) -> str:
    try:
        received = archive.open_archived(name).payload
    except (ArchiveUnavailable, ArchiveBroken) as error:
        return f"its snapshot {error}"
    if sha256(received).hexdigest() != digest:
        return f"its snapshot {name} is not what was received"
    return ""


def leases() -> Problems:
    """No lease has ended without anybody noticing, and none lasts longer than it may."""
    now = leasing.database_now()
    # The sweeper comes by every SWEEP_INTERVAL_SECONDS and may miss a turn.
    noticed = now - 4 * timedelta(seconds=settings.SWEEP_INTERVAL_SECONDS)
    for model, terms in ((ExtractionRun, extraction.terms()), (Fetch, fetching.terms())):
        running = model._default_manager.filter(state=WorkState.RUNNING).order_by("pk")
        # A constraint sees to it that a running row has an end of its lease.
        rows: Iterator[tuple[int, Any]] = running.values_list("pk", "due_at").iterator(CHUNK)
        for pk, due_at in rows:
            if due_at < noticed:
                yield f"{model._meta.verbose_name} {pk}", f"{_ended(due_at)}: is beat running?"
            elif due_at > now + terms.lease:
                yield f"{model._meta.verbose_name} {pk}", "its lease lasts longer than it may"
    polled = Feed.objects.filter(leased_until__lt=noticed).order_by("pk")
    held: Iterator[tuple[int, Any]] = polled.values_list("pk", "leased_until").iterator(CHUNK)
    for pk, leased_until in held:
        yield f"feed {pk}", f"{_ended(leased_until)}: is beat running?"


def _ended(at: datetime) -> str:
    return f"its lease ended at {at:%d %b %H:%M}"


def fetches() -> Problems:
    """Every reading that brought a text leads to it, and to the article that has it."""
    lost = Fetch.objects.filter(
        outcome__in=[FetchOutcome.NEW, FetchOutcome.CHANGED], article_version=None
    )
    for pk in lost.order_by("pk").values_list("pk", flat=True).iterator(CHUNK):
        yield f"fetch {pk}", "the text that it brought is gone"
    strange = """
        SELECT f.id FROM claims_fetch f JOIN claims_articleversion v ON v.id = f.article_version_id
        WHERE v.article_id IS DISTINCT FROM f.article_id ORDER BY f.id"""
    for (pk,) in _rows(strange):
        yield f"fetch {pk}", "it brought the text of another article"


def quotes() -> Problems:
    """Every quote has a run of its own text or a person behind it; an accepted one, a claim."""
    orphans = Quote.objects.filter(run=None, touched_at=None).order_by("pk")
    for pk in orphans.values_list("pk", flat=True).iterator(CHUNK):
        yield f"quote {pk}", "it has neither a run nor a person behind it"
    strange = """
        SELECT q.id FROM claims_quote q JOIN claims_extractionrun r ON r.id = q.run_id
        WHERE r.article_version_id <> q.article_version_id ORDER BY q.id"""
    for (pk,) in _rows(strange):
        yield f"quote {pk}", "its run read another text"
    unclaimed = (
        Quote.objects.filter(status=QuoteStatus.ACCEPTED)
        .exclude(appearances__state=MatchState.CONFIRMED)
        .order_by("pk")
    )
    for pk in unclaimed.values_list("pk", flat=True).iterator(CHUNK):
        yield f"quote {pk}", "it is accepted and appears in no claim"


def articles() -> Problems:
    """Every article shows a text of its own, or is a copy of one that does."""
    empty = Article.objects.filter(current_version=None, copy_of=None).order_by("pk")
    for pk in empty.values_list("pk", flat=True).iterator(CHUNK):
        yield f"article {pk}", "it has no text and is no copy"
    borrowed = """
        SELECT a.id FROM claims_article a
        JOIN claims_articleversion v ON v.id = a.current_version_id
        WHERE v.article_id <> a.id ORDER BY a.id"""
    for (pk,) in _rows(borrowed):
        yield f"article {pk}", "it shows the text of another article"


def claims() -> Problems:
    """A published claim has its verdict."""
    mute = (
        Claim.objects.filter(stage=ClaimStage.PUBLISHED)
        .exclude(verdicts__status=VerdictStatus.PUBLISHED)
        .order_by("pk")
    )
    for pk in mute.values_list("pk", flat=True).iterator(CHUNK):
        yield f"claim {pk}", "it is published without a published verdict"


def name_keys() -> Problems:
    """Every name is found under the key that it has now."""
    for model in (Speaker, SpeakerAlias):
        rows = model.objects.order_by("pk").values_list("pk", "name", "key")
        for pk, name, key in rows.iterator(CHUNK):
            if name_key(name) != key:
                yield f"{model._meta.verbose_name} {pk}", f"it is not found as {name!r}"


def feed_of_changes() -> Problems:
    """No line is of a transaction yet to come, as after a dump that was put back by hand."""
    ahead = """
        SELECT count(*) FROM claims_change
        WHERE xid >= pg_snapshot_xmax(pg_current_snapshot())::text::bigint
          AND xid IS DISTINCT FROM pg_current_xact_id_if_assigned()::text::bigint"""
    for (number,) in _rows(ahead):
        if number:
            problem = "of transactions that this database has yet to count: nobody is told of them"
            yield f"{number} changes", problem


RULES = (
    offsets,
    text_hashes,
    snapshots,
    leases,
    fetches,
    quotes,
    articles,
    claims,
    name_keys,
    feed_of_changes,
)


def _rows(sql: str) -> Iterator[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        while rows := cursor.fetchmany(CHUNK):
            yield from rows
