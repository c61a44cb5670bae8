"""Whether words stand between quotation marks: all of them, a part, or none."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from claims.extraction.marks import Region
from claims.extraction.types import QuoteKind


def kind_of(content: Sequence[tuple[int, int]], regions: Sequence[Region]) -> QuoteKind:
    """Return the kind of a content, given the quoted passages of the text in order."""
    quoted = parts = 0
    for start, end in content:
        first = bisect_right(regions, start, key=lambda r: r.end)
        for region in regions[first:]:
            if region.start >= end:
                break
            quoted += min(region.end, end) - max(region.start, start)
            parts += 1
    if not parts:
        return QuoteKind.INDIRECT
    loose = sum(end - start for start, end in content) - quoted
    return QuoteKind.DIRECT if loose <= 2 * parts else QuoteKind.MIXED
