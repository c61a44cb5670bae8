"""From a reading to attributions in characters, their edges set by the quotation marks."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from claims.extraction import likely
from claims.extraction.marks import Region
from claims.extraction.neural.decode import PieceSpan
from claims.extraction.neural.linking import Linked, LinkOptions, link, linked_spans
from claims.extraction.neural.pieces import Pieces
from claims.extraction.neural.windows import Floats, Reading
from claims.extraction.neural.worth import pooled
from claims.extraction.signed import signed

CharSpan = tuple[int, int]


@dataclass(slots=True)
class Attribution:
    """An attribution in character offsets; ``evidence`` is what its confidence is judged by.

    ``confidence`` is set where the rules found it, which know their own.
    """

    content: list[CharSpan]
    cue: list[CharSpan]
    source: list[CharSpan]
    evidence: list[float] = field(default_factory=list)
    confidence: float | None = None
    worth: float | None = None
    """The network's log-odds that the content is worth checking, where it has read it."""


@dataclass(frozen=True, slots=True)
class Options:
    """How scores become attributions; the values that training found best on dev."""

    matrix: Floats
    links: LinkOptions
    snap: int = 3
    """How many characters inside its mark a content may begin or end to be moved to the mark."""
    join: int = 2
    """Two fragments of one cue with at most so many characters between them become one."""


def attributions(
    text: str, pieces: Pieces, reading: Reading, regions: Sequence[Region], options: Options
) -> list[Attribution]:
    """Return the attributions of one text, in text order."""
    linked = link(reading, linked_spans(reading, options.matrix, options.links), options.links)
    found = []
    starts = [region.start for region in regions]
    for item in linked:
        content = [_chars(pieces, span) for span in item.contents]
        content = [_snapped(span, regions, starts, options.snap) for span in content]
        content = _joined(text, sorted(content), options.join)
        found.append(
            Attribution(
                content,
                [_chars(pieces, item.cue)] if item.cue else [],
                [_one_line(text, _chars(pieces, item.source))] if item.source else [],
                evidence(item),
            )
        )
    found = _with_signed(text, found)
    for attribution in found:
        ranges = [_range(pieces, span) for span in attribution.content]
        attribution.worth = pooled(reading.worth, ranges)
    return found


def _with_signed(text: str, found: list[Attribution]) -> list[Attribution]:
    """Return ``found`` with the signed quotations in place of what touches them."""
    by_name = [
        Attribution([item.content], [item.dash], [item.name], confidence=likely.SIGNED)
        for item in signed(text)
    ]
    kept = []
    for attribution in found:
        attribution.content[:] = [
            (start, end)
            for start, end in attribution.content
            if not any(s.content[0][0] < end and start < s.source[0][1] for s in by_name)
        ]
        if attribution.content:
            kept.append(attribution)
    return sorted([*kept, *by_name], key=lambda attribution: attribution.content[0])


def evidence(item: Linked) -> list[float]:
    """Return the numbers that tell a sound attribution from a doubtful one."""
    contents = [span.score for span in item.contents]
    return [
        min(contents),
        sum(contents) / len(contents),
        item.cue.score if item.cue else -3.0,
        item.source.score if item.source else -0.5,
        min(item.certainty),
        item.source_certainty,
        0.0 if item.source else 1.0,
        0.0 if item.cue else 1.0,
        float(len(contents) > 1),
    ]


def _chars(pieces: Pieces, span: PieceSpan) -> CharSpan:
    return int(pieces.starts[span.first]), int(pieces.ends[span.stop - 1])


def _range(pieces: Pieces, span: CharSpan) -> tuple[int, int]:
    """Return the half-open range of the pieces that overlap a span of characters."""
    first = int(np.searchsorted(pieces.ends, span[0], side="right"))
    return first, int(np.searchsorted(pieces.starts, span[1], side="left"))


def _one_line(text: str, span: CharSpan) -> CharSpan:
    """Return the last line of a source: what stands above it is a caption or a headline."""
    start, end = span
    cut = text.rfind("\n", start, end)
    if cut < 0:
        return span
    line = text[cut + 1 : end]
    return end - len(line.lstrip()), end


def _snapped(
    span: CharSpan, regions: Sequence[Region], starts: Sequence[int], reach: int
) -> CharSpan:
    """Move edges that lie just inside a quotation mark to the outside of the mark."""
    start, end = span
    at = max(0, bisect_left(starts, start + 1) - 1)
    for region in regions[at : at + 1]:
        if region.start < start <= region.inner_start + reach and start < region.inner_end:
            start = region.start
    at = max(0, bisect_left(starts, end) - 1)
    for region in regions[at : at + 1]:
        if region.inner_end - reach <= end < region.end and region.inner_start < end:
            end = region.end
    return start, end


def _joined(text: str, content: Sequence[CharSpan], reach: int) -> list[CharSpan]:
    """Join fragments that nothing but white space or so parts; drop overlaps."""
    joined: list[CharSpan] = []
    for start, end in content:
        if joined and start - joined[-1][1] <= reach:
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        else:
            joined.append((start, end))
    return joined
