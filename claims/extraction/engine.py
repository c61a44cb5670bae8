"""The rules engine: marks, sentences, attributions, speakers and scores, put together."""

from __future__ import annotations

from claims.extraction.assembly import Attribution, assemble, with_signed
from claims.extraction.checkworthiness import check_worthiness
from claims.extraction.marks import quoted_regions
from claims.extraction.names import Names, collect
from claims.extraction.resolve import Resolver
from claims.extraction.tokens import Sentence, sentences
from claims.extraction.types import ArticleExtraction, Quote, QuoteKind, Span, SpeakerGuess

EXTRACTOR = "rules-3"
"""Name and version of the engine; a run that stored its quotes keeps it."""


def extract(text: str) -> ArticleExtraction:
    """Return the quotations of an article.

    Any string gives a result, in time linear in its length; offsets are code points of ``text``
    as given. Quotes come in text order, no two with the same hull.
    """
    read, attributions = assemble(sentences(text, quoted_regions(text)))
    attributions = with_signed(text, read, attributions)
    attributions.sort(key=lambda a: (a.sentence, a.content))
    names = collect(read)
    best: dict[tuple[int, int], tuple[Attribution, SpeakerGuess]] = {}
    for attribution, speaker in zip(
        attributions, _speakers(read, names, attributions), strict=True
    ):
        hull = attribution.content[0][0], attribution.content[-1][1]
        known = best.get(hull)
        if known is None or attribution.confidence > known[0].confidence:
            best[hull] = (attribution, speaker)
    quotes = [_quote(text, attribution, speaker) for attribution, speaker in best.values()]
    quotes.sort(key=lambda q: (q.start, q.end))
    return ArticleExtraction(text, tuple(quotes), EXTRACTOR)


def _speakers(
    read: list[Sentence], names: Names, attributions: list[Attribution]
) -> list[SpeakerGuess]:
    """Resolve all speakers, twice: a pronoun tells that its name is a person's from the start."""
    for resolver in (Resolver(read, names), Resolver(read, names)):
        guesses = [resolver.resolve(a.mention, a.sentence) for a in attributions]
    return guesses


def _quote(text: str, attribution: Attribution, speaker: SpeakerGuess) -> Quote:
    content = tuple(Span(start, end) for start, end in attribution.content)
    fragments = tuple(span.text(text) for span in content)
    return Quote(
        content=content,
        cue=tuple(Span(start, end) for start, end in attribution.cue),
        source=tuple(Span(start, end) for start, end in attribution.source),
        kind=_kind(attribution),
        speaker=speaker,
        confidence=attribution.confidence,
        check_worthiness=check_worthiness(" ".join(fragments)),
        fragments=fragments,
    )


def _kind(attribution: Attribution) -> QuoteKind:
    if not attribution.marks:
        return QuoteKind.INDIRECT
    quoted = sum(end - start for start, end in attribution.marks)
    whole = sum(end - start for start, end in attribution.content)
    loose = whole - quoted
    return QuoteKind.DIRECT if loose <= 2 * len(attribution.marks) else QuoteKind.MIXED
