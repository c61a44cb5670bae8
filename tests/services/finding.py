"""Engines made to order: what they find in a text is said in the test."""

from claims.extraction import ArticleExtraction, Quote, QuoteKind, Span, SpeakerGuess, SpeakerKind


def span_of(text, words, *, nth=0):
    start = -1
    for _ in range(nth + 1):
        start = text.index(words, start + 1)
    return Span(start, start + len(words))


def found(text, *words, name=None, kind=QuoteKind.DIRECT, cue="", nth=0, **values):
    """A quotation of the fragments ``words`` of ``text``, said by ``name``."""
    spans = tuple(span_of(text, part, nth=nth) for part in words)
    guess = SpeakerGuess(
        name=name,
        kind=values.pop("speaker_kind", SpeakerKind.PERSON),
        role=values.pop("role", ""),
        candidates=values.pop("candidates", ()),
    )
    return Quote(
        content=spans,
        cue=(span_of(text, cue),) if cue else (),
        source=(span_of(text, name),) if name and name in text else (),
        kind=kind,
        speaker=guess,
        confidence=values.pop("confidence", 0.9),
        check_worthiness=values.pop("check_worthiness", 0.5),
        fragments=values.pop("fragments", words),
    )


def engine(*quotes):
    """An engine that finds exactly ``quotes``, whatever it reads."""
    return lambda text: ArticleExtraction(text=text, quotes=quotes, extractor="made-to-order")
