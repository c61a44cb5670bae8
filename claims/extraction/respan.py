"""A quotation that a person lets begin and end elsewhere: which parts of it are its content."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from claims.extraction.kinds import kind_of
from claims.extraction.marks import quoted_regions
from claims.extraction.types import QuoteKind, Span


@dataclass(frozen=True, slots=True)
class Respanned:
    """The content of a quotation with new ends, and its kind by the marks around it."""

    content: tuple[Span, ...]
    kind: QuoteKind


def trimmed(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Return the span without blanks at its ends; None when nothing is left or it is no span."""
    if not 0 <= start < end <= len(text):
        return None
    words = text[start:end]
    start += len(words) - len(words.lstrip())
    end = start + len(words.strip())
    return (start, end) if start < end else None


def respanned(
    text: str,
    span: tuple[int, int],
    *,
    former: Sequence[tuple[int, int]],
    aside: Sequence[tuple[int, int]],
) -> Respanned:
    """Return the content of ``span``, which is one of ``text`` (see `trimmed`).

    ``former`` are the parts that the quotation had: what lay between them stays out. ``aside``
    are cue and mention: where the span now takes them in, between passages in quotation marks,
    only those passages are content.
    """
    start, end = span
    regions = quoted_regions(text)
    gaps = [(a[1], b[0]) for a, b in pairwise(former) if start < a[1] and b[0] < end]
    inside = [
        (max(start, region.start), min(end, region.end))
        for region in regions
        if region.start < end and start < region.end
    ]
    between = [(a[1], b[0]) for a, b in pairwise(inside)]
    for gap in between:
        known = any(gap[0] < other[1] and other[0] < gap[1] for other in gaps)
        if not known and any(gap[0] <= a[0] and a[1] <= gap[1] for a in aside):
            gaps.append(gap)
    content, reached = [], start
    for first, last in sorted(gaps):
        content.append(trimmed(text, reached, first))
        reached = last
    content.append(trimmed(text, reached, end))
    spans = [part for part in content if part is not None]
    return Respanned(tuple(Span(*part) for part in spans), kind_of(spans, regions))
