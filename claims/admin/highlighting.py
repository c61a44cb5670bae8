"""An article's text cut where quotations, cues and mentions begin and end. No HTML here."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Marked:
    """One quotation as it is marked in a text. Spans are half-open and may lie anywhere."""

    key: int
    fragments: tuple[Span, ...]
    cue: Span | None = None
    mention: Span | None = None


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of the text in which nothing changes.

    ``quotes``, ``cues`` and ``mentions`` hold the keys of the quotations whose content,
    cue or mention it belongs to, the shortest first: the innermost of nested quotations
    leads. ``opens`` are those whose content begins here.
    """

    text: str
    start: int
    quotes: tuple[int, ...] = ()
    cues: tuple[int, ...] = ()
    mentions: tuple[int, ...] = ()
    opens: tuple[int, ...] = ()


CONTENT, CUE, MENTION = range(3)


def highlight(text: str, quotes: Iterable[Marked]) -> list[Segment]:
    """Cut ``text`` into segments that joined together are ``text`` again.

    Spans may overlap, nest, be split or reach beyond the text; what lies outside is
    ignored. Takes O(n log n) for n spans, and the space of what covers each segment.
    """
    layers = [layer for quote in quotes for layer in _layers(quote, len(text))]
    events: dict[int, tuple[list[int], list[int]]] = {0: ([], []), len(text): ([], [])}
    for index, (_, _, (start, end), _) in enumerate(layers):
        events.setdefault(start, ([], []))[0].append(index)
        events.setdefault(end, ([], []))[1].append(index)
    marks = sorted(events)
    segments: list[Segment] = []
    active: set[int] = set()
    opened: set[int] = set()
    for start, end in pairwise(marks):
        begin, finish = events[start]
        active.difference_update(finish)
        active.update(begin)
        keys: tuple[list[int], list[int], list[int]] = ([], [], [])
        for index in sorted(active, key=lambda i: (layers[i][3], layers[i][0], i)):
            kind, key = layers[index][1], layers[index][0]
            if key not in keys[kind]:
                keys[kind].append(key)
        opens = tuple(key for key in keys[CONTENT] if key not in opened)
        opened.update(opens)
        segments.append(
            Segment(
                text=text[start:end],
                start=start,
                quotes=tuple(keys[CONTENT]),
                cues=tuple(keys[CUE]),
                mentions=tuple(keys[MENTION]),
                opens=opens,
            )
        )
    return segments


def _layers(quote: Marked, length: int) -> Iterator[tuple[int, int, Span, int]]:
    """Key, kind, span within the text and length of the whole, for each part of ``quote``."""
    parts = [(CONTENT, span) for span in quote.fragments]
    if quote.cue:
        parts.append((CUE, quote.cue))
    if quote.mention:
        parts.append((MENTION, quote.mention))
    reach = sum(max(0, end - start) for start, end in quote.fragments)
    for kind, (start, end) in parts:
        start, end = max(0, start), min(end, length)
        if start < end:
            yield quote.key, kind, (start, end), reach
