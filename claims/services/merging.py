"""What an extractor found, merged with what the desk already has.

Human work is never overwritten: a quote that a person touched stays as it is, and a
machine quote over the same words is not offered again beside it, nor in a later text of
the article or in another outlet's copy of it (`services.copies`).
"""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils import timezone

from claims.choices import QuoteStatus
from claims.extraction import ArticleExtraction
from claims.extraction import Quote as Found
from claims.models import ArticleVersion, ExtractionRun, Quote, Speaker
from claims.models.speaker import NAME_LENGTH
from claims.services import copies
from claims.services import quotes as quote_service
from claims.services.actors import job
from claims.services.speakers import link_names
from claims.services.transitions import move

# What a machine may write, on new rows and on those nobody touched.
MACHINE_FIELDS = (
    "run",
    "fragments",
    "text",
    "prefix",
    "suffix",
    "kind",
    "cue_start",
    "cue_end",
    "mention_start",
    "mention_end",
    "speaker",
    "suggested_name",
    "candidate_names",
    "role",
    "confidence",
    "check_worthiness",
)


class WrongOffsets(ValueError):
    """The extractor's spans do not give its text. Nothing of it is stored."""


@dataclass(frozen=True, slots=True)
class Merged:
    """How many quotes of one version were added, updated, withdrawn and left to people."""

    added: int = 0
    updated: int = 0
    withdrawn: int = 0
    kept: int = 0


def merge_quotes(
    version: ArticleVersion, run: ExtractionRun, extraction: ArticleExtraction
) -> Merged:
    """Write ``extraction`` into the record of ``version``. Call inside a transaction.

    Raises WrongOffsets when a span does not give its text.
    """
    check_offsets(version.text, extraction)
    copies.take_turn_on_quotes(version.article_id)
    # Two extractors that come to one version together: the second sees what the first wrote.
    ArticleVersion.objects.select_for_update(no_key=True).values("pk").get(pk=version.pk)
    existing = {
        (quote.start, quote.end): quote
        for quote in version.quotes.select_for_update(of=("self",))
        .select_related("run", "speaker")
        .order_by("start", "end")
    }
    reviewed = [
        words
        for span, quote in existing.items()
        if quote.touched_at is not None
        for words in (span, *(tuple(fragment) for fragment in quote.fragments))
    ]
    speakers = link_names(
        {
            found.speaker.name: found.speaker.kind.value
            for found in extraction.quotes
            if found.speaker.name
        }
    )
    added: list[Quote] = []
    changed: list[Quote] = []
    seen: set[tuple[int, int]] = set()
    kept = 0
    for found in extraction.quotes:
        span = (found.start, found.end)
        if any(_is_same(span, other) for other in reviewed):
            kept += 1
            continue
        seen.add(span)
        values = _machine_values(version.text, found, run, speakers)
        quote = existing.get(span)
        if quote is None:
            added.append(Quote(article_version=version, start=span[0], end=span[1], **values))
            continue
        if quote.status == QuoteStatus.WITHDRAWN:
            quote = move(
                quote,
                QuoteStatus.CANDIDATE.value,
                table=quote_service.TABLE,
                actor=job(run.extractor),
            )
        if _write(quote, values):
            changed.append(quote)
    Quote.objects.bulk_create(added)
    if changed:
        now = timezone.now()
        for quote in changed:
            quote.updated_at = now
        Quote.objects.bulk_update(changed, [*MACHINE_FIELDS, "updated_at"])
    withdrawn = 0
    for span, quote in existing.items():
        if span in seen or quote.touched_at or quote.status != QuoteStatus.CANDIDATE:
            continue
        move(
            quote,
            QuoteStatus.WITHDRAWN.value,
            table=quote_service.TABLE,
            actor=job(run.extractor),
        )
        withdrawn += 1
    copies.link_quotes(version.article_id)
    return Merged(added=len(added), updated=len(changed), withdrawn=withdrawn, kept=kept)


def check_offsets(text: str, extraction: ArticleExtraction) -> None:
    """Raise WrongOffsets unless every span lies in ``text`` and gives what it says."""
    spans = set()
    for found in extraction.quotes:
        reached = 0
        for fragment, words in zip(found.content, found.fragments, strict=True):
            if fragment.start < reached or text[fragment.start : fragment.end] != words:
                raise WrongOffsets(f"{fragment} is not {words[:40]!r}")
            reached = fragment.end
        for span in (*found.content, *found.cue, *found.source):
            if span.end > len(text):
                raise WrongOffsets(f"{span} ends behind the text ({len(text)} characters)")
        spans.add((found.start, found.end))
    if len(spans) != len(extraction.quotes):
        raise WrongOffsets("two quotes have the same start and end")


def overlap(one: tuple[int, int], other: tuple[int, int]) -> float:
    """Intersection over union of two spans, 0 to 1."""
    common = min(one[1], other[1]) - max(one[0], other[0])
    if common <= 0:
        return 0.0
    return common / (max(one[1], other[1]) - min(one[0], other[0]))


def _is_same(span: tuple[int, int], reviewed: tuple[int, int]) -> bool:
    """Whether a machine's span is words that a person has already judged.

    A quote's fragments count each by itself too: where one engine takes two utterances for one
    quote, and a person judged it, another engine's two are not offered again.
    """
    common = overlap(span, reviewed)
    return common > 0 and common >= settings.REVIEWED_OVERLAP


def _machine_values(
    text: str, found: Found, run: ExtractionRun, speakers: dict[str, Speaker | None]
) -> dict[str, Any]:
    around = settings.QUOTE_CONTEXT_CHARACTERS
    name = found.speaker.name or ""
    return {
        "run": run,
        "fragments": [[span.start, span.end] for span in found.content],
        "text": text[found.start : found.end],
        "prefix": text[max(0, found.start - around) : found.start],
        "suffix": text[found.end : found.end + around],
        "kind": found.kind.value,
        "cue_start": min((span.start for span in found.cue), default=None),
        "cue_end": max((span.end for span in found.cue), default=None),
        "mention_start": min((span.start for span in found.source), default=None),
        "mention_end": max((span.end for span in found.source), default=None),
        "speaker": speakers.get(name),
        "suggested_name": name[:NAME_LENGTH],
        "candidate_names": [candidate[:NAME_LENGTH] for candidate in found.speaker.candidates],
        "role": found.speaker.role[:300],
        "confidence": found.confidence,
        "check_worthiness": found.check_worthiness,
    }


def _write(quote: Quote, values: dict[str, Any]) -> bool:
    """Set the machine's fields and say whether any of them was different."""
    differs = any(getattr(quote, field) != value for field, value in values.items())
    for field, value in values.items():
        setattr(quote, field, value)
    return differs
