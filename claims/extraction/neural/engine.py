"""The trained engine: the network finds attributions, the rules do marks, speakers and floats."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from claims.extraction import assembly, lexicons
from claims.extraction.kinds import kind_of
from claims.extraction.marks import Region, quoted_regions
from claims.extraction.names import collect
from claims.extraction.neural import EXTRACTOR
from claims.extraction.neural.attributions import Attribution, CharSpan, attributions
from claims.extraction.neural.model import Model, load
from claims.extraction.neural.pieces import read_pieces
from claims.extraction.neural.union import Article, combined
from claims.extraction.neural.windows import read
from claims.extraction.resolve import Place, Resolver
from claims.extraction.tokens import Sentence, sentences
from claims.extraction.types import ArticleExtraction, Quote, Span, SpeakerGuess

CHUNK = 40_000
"""Characters read at once, so that memory stays flat; texts are cut between paragraphs."""


def extract(text: str) -> ArticleExtraction:
    """Return the quotations of an article as the trained model reads them.

    Any string gives a result, in time linear in its length. Raises ModelUnavailable when the
    model's files are missing or damaged.
    """
    model = load()
    regions = quoted_regions(text)
    found: list[Attribution] = []
    for start, end in chunks(text):
        found += _read_chunk(model, text, start, end, regions)
    read_sentences, by_rules = assembly.assemble(sentences(text, regions))
    by_rules = assembly.with_signed(text, read_sentences, by_rules)
    for attribution in found:
        attribution.confidence = model.sure(attribution)
    starts = [sentence.starts[0] for sentence in read_sentences]
    whole = combined(Article(text, regions, starts), found, by_rules)
    speakers = _speakers(whole, read_sentences)
    best: dict[CharSpan, Quote] = {}
    for attribution, speaker in zip(whole, speakers, strict=True):
        quote = _quote(text, attribution, speaker, regions, model)
        if quote.confidence < model.least_confidence:
            continue
        hull = quote.start, quote.end
        if hull not in best or best[hull].confidence < quote.confidence:
            best[hull] = quote
    return ArticleExtraction(text, tuple(best[hull] for hull in sorted(best)), EXTRACTOR)


def chunks(text: str) -> Iterator[CharSpan]:
    """Yield ranges of at most CHUNK characters, cut at line breaks where there are any."""
    start = 0
    while start < len(text):
        end = min(len(text), start + CHUNK)
        if end < len(text):
            for mark in ("\n", " "):
                cut = text.rfind(mark, start + CHUNK // 2, end)
                if cut > 0:
                    end = cut + 1
                    break
        yield start, end
        start = end


def _read_chunk(
    model: Model, text: str, start: int, end: int, regions: Sequence[Region]
) -> list[Attribution]:
    part = text[start:end]
    inside = _within(regions, start, end) if (start, end) != (0, len(text)) else regions
    pieces = read_pieces(model.tokenizer, part, inside)
    if not len(pieces):
        return []
    (reading,) = read(model.encoder, [pieces])
    found = attributions(part, pieces, reading, inside, model.options)
    if start:
        for attribution in found:
            for spans in (attribution.content, attribution.cue, attribution.source):
                spans[:] = [(s + start, e + start) for s, e in spans]
    return found


def _within(regions: Sequence[Region], start: int, end: int) -> list[Region]:
    """Return the regions inside ``[start, end)``, moved; what sticks out is cut."""
    moved = []
    for region in regions[bisect_left(regions, start, key=lambda r: r.end) :]:
        if region.start >= end:
            break
        edges = (region.start, region.end, region.inner_start, region.inner_end)
        first, stop, inner_first, inner_stop = (min(max(at, start), end) - start for at in edges)
        if first < stop:
            moved.append(Region(first, stop, inner_first, inner_stop, region.single, region.closed))
    return moved


def _speakers(found: Sequence[Attribution], read: list[Sentence]) -> list[SpeakerGuess]:
    """Return whom each attribution means, resolved in text order."""
    names = collect(read)
    starts = [sentence.starts[0] for sentence in read]
    order = sorted(range(len(found)), key=lambda k: found[k].content[0])
    places = [_place(attribution.source, read, starts) for attribution in found]
    sentence = [max(0, bisect_right(starts, a.content[0][0]) - 1) for a in found]
    guesses: dict[int, SpeakerGuess] = {}
    # Twice, as the rules do: a pronoun tells that its name is a person's from the start.
    for resolver in (Resolver(read, names), Resolver(read, names)):
        guesses = {k: resolver.resolve(places[k], sentence[k]) for k in order}
    return [guesses[k] for k in range(len(found))]


def _place(source: Sequence[CharSpan], read: list[Sentence], starts: list[int]) -> Place | None:
    """Return the tokens of a source, None where it stands inside a quotation."""
    if not source:
        return None
    start, end = source[0]
    # By its end: it may begin in a dateline ("CARROW - The minister"), which no sentence holds.
    at = bisect_right(starts, end - 1) - 1
    if at < 0:
        return None
    sentence = read[at]
    first = bisect_right(sentence.ends, start)
    stop = bisect_left(sentence.starts, end)
    while first < stop and sentence.tags[first] == "Q":
        first += 1
    bare = stop
    while bare - first > 1 and _tells_when(sentence, bare - 1):
        bare -= 1
    stop = stop if sentence.tags[bare - 1] in "DI" else bare
    return (at, first, stop) if first < stop else None


def _tells_when(sentence: Sentence, k: int) -> bool:
    """Tell whether a token at the end of a source is part of "last week" or "on Monday"."""
    low = sentence.low[k].rstrip(".")
    if sentence.words[k] != sentence.low[k]:
        return low in _DAYS
    return low in lexicons.words("time_words") or low in {"last", "next", "this", "on", "earlier"}


_DAYS = frozenset(["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"])


def _quote(
    text: str,
    attribution: Attribution,
    speaker: SpeakerGuess,
    regions: Sequence[Region],
    model: Model,
) -> Quote:
    content = tuple(Span(start, end) for start, end in attribution.content)
    fragments = tuple(span.text(text) for span in content)
    return Quote(
        content=content,
        cue=tuple(Span(start, end) for start, end in attribution.cue),
        source=tuple(Span(start, end) for start, end in attribution.source),
        kind=kind_of(attribution.content, regions),
        speaker=speaker,
        confidence=model.sure(attribution),
        check_worthiness=model.worth(" ".join(fragments), attribution.worth),
        fragments=fragments,
    )
