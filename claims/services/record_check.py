"""Does the record still hold what it says? Every rule read back from the rows themselves.

Constraints and triggers keep most of this from ever going wrong. This looks all the same:
at a restored backup, at a snapshot store that lost a file, at what somebody did with the
triggers off.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.core.files.storage import default_storage
from django.db import connection
from django.utils import timezone

from claims.choices import ClaimStage, MatchState, QuoteStatus, RunState, VerdictStatus
from claims.models import (
    Article,
    ArticleVersion,
    Claim,
    ExtractionRun,
    Quote,
    Speaker,
    SpeakerAlias,
)
from claims.models.speaker import name_key

CHUNK = 1000
HASH_CHUNK_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that does not hold: the rule, the row, and what is wrong with it."""

    rule: str
    row: str
    problem: str


def check_record() -> Iterator[Finding]:
    """Yield what does not hold, rule by rule; nothing is changed and memory stays flat."""
    for rule in (offsets, text_hashes, snapshots, runs, quotes, articles, claims, name_keys):
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
    """Every snapshot is in the storage, byte for byte."""
    kept = ArticleVersion.objects.exclude(snapshot="").order_by("pk")
    for pk, name, digest in kept.values_list("pk", "snapshot", "snapshot_sha256").iterator(CHUNK):
        if not default_storage.exists(name):
            yield f"article version {pk}", f"its snapshot {name} is gone"
        elif _hash_of(name) != digest:
            yield f"article version {pk}", f"its snapshot {name} is not what was received"


def runs() -> Problems:
    """No lease has ended without anybody noticing."""
    overdue = ExtractionRun.objects.filter(state=RunState.RUNNING, due_at__lt=timezone.now())
    for pk, due_at in overdue.order_by("pk").values_list("pk", "due_at").iterator(CHUNK):
        yield (
            f"extraction run {pk}",
            f"its lease ended at {due_at:%d %b %H:%M}: is beat running?",
        )


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


def _rows(sql: str) -> Iterator[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        while rows := cursor.fetchmany(CHUNK):
            yield from rows


def _hash_of(name: str) -> str:
    digest = sha256()
    with default_storage.open(name) as file:
        for part in file.chunks(HASH_CHUNK_BYTES):
            digest.update(part)
    return digest.hexdigest()
