"""Quoted passages are exact: where the network cuts one, its marks say where it ends."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from claims.extraction.marks import Region

CharSpan = tuple[int, int]

MIN_COVERED = 0.5
"""A content that holds this part of a quoted passage holds all of it."""

MAX_OVERHANG = 3
"""So many words at most behind a passage that ends like speech belong to the writer."""

_LOOSE = " \t\r\n,;:"
"""Behind the writer's words these belong to the sentence around them."""

_ENDS_SPEECH = frozenset(",.?!…")


def chains(regions: Sequence[Region]) -> Iterator[list[CharSpan]]:
    """Yield the spans of each passage that runs over several paragraphs, in order."""
    chain: list[CharSpan] = []
    for region in regions:
        if not region.continued:
            chain = []
        chain.append((region.start, region.end))
        if not region.continues:
            if len(chain) > 1:
                yield chain
            chain = []


def overlapped(span: CharSpan, regions: Sequence[Region]) -> list[Region]:
    """Return the regions that share a character with ``span``; they do not overlap each other."""
    first = bisect_right(regions, span[0], key=lambda region: region.end)
    stop = bisect_left(regions, span[1], key=lambda region: region.start)
    return list(regions[first:stop])


def snapped(
    text: str, content: Sequence[CharSpan], cue: Sequence[CharSpan], regions: Sequence[Region]
) -> list[CharSpan]:
    """Move the ends of a content to the marks of the passages that it cuts.

    Speech reported inside a passage, whose cue stands there too, stays as it is.
    """
    found: list[CharSpan] = []
    for start, end in content:
        inside = overlapped((start, end), regions)
        if inside and not any(_holds(region, cue) for region in inside):
            start, end = _to_marks(text, start, end, inside)
        if not inside or end > inside[-1].end:
            end = start + len(text[start:end].rstrip(_LOOSE))
        # A passage without its closing mark may end in white space of any sort.
        end = start + len(text[start:end].rstrip())
        if found and start < found[-1][1]:
            start = found[-1][1]
        if start < end:
            found.append((start, end))
    return found


def _holds(region: Region, spans: Sequence[CharSpan]) -> bool:
    return any(region.start < start and end < region.end for start, end in spans)


def _to_marks(text: str, start: int, end: int, inside: Sequence[Region]) -> CharSpan:
    first, last = inside[0], inside[-1]
    if first.start < start and _covers(start, end, first):
        start = first.start
    if last.closed and end < last.end and _covers(start, end, last):
        end = last.end
    if start >= last.start and last.end < end and _ends_speech(text, last):
        overhang = text[last.end : end].split()
        if len(overhang) <= MAX_OVERHANG:
            end = last.end
    return start, end


def _covers(start: int, end: int, region: Region) -> bool:
    common = min(end, region.end) - max(start, region.start)
    return common >= MIN_COVERED * (region.end - region.start)


def _ends_speech(text: str, region: Region) -> bool:
    return region.closed and text[region.inner_end - 1] in _ENDS_SPEECH
