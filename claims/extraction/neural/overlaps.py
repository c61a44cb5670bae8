"""Which of many contents overlap a given one, and by how much."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import accumulate

CharSpan = tuple[int, int]


class Overlaps:
    """Contents of a text by place; a look-up costs as much as there are neighbours."""

    def __init__(self, contents: Sequence[Sequence[CharSpan]]) -> None:
        """Index ``contents``, each a list of spans; their positions are what ``at`` returns."""
        self._spans = sorted((span, k) for k, content in enumerate(contents) for span in content)
        self._starts = [span[0] for span, _ in self._spans]
        # The furthest end so far tells when no earlier span can reach a place any more.
        self._reach = list(accumulate((span[1] for span, _ in self._spans), max))

    def at(self, content: Sequence[CharSpan]) -> list[int]:
        """Return the positions of the contents that share a character with ``content``."""
        found: dict[int, None] = {}
        for start, end in content:
            k = bisect_left(self._starts, end) - 1
            while k >= 0 and self._reach[k] > start:
                span, position = self._spans[k]
                if span[1] > start:
                    found[position] = None
                k -= 1
        return sorted(found)


def shared(one: Sequence[CharSpan], other: Sequence[CharSpan]) -> int:
    """Return how many characters two sorted contents have in common."""
    common = i = k = 0
    while i < len(one) and k < len(other):
        common += max(0, min(one[i][1], other[k][1]) - max(one[i][0], other[k][0]))
        if one[i][1] < other[k][1]:
            i += 1
        else:
            k += 1
    return common


def length(content: Sequence[CharSpan]) -> int:
    """Return the number of characters of a content."""
    return sum(end - start for start, end in content)


def agreement(one: Sequence[CharSpan], other: Sequence[CharSpan]) -> float:
    """Return intersection over union, 0 to 1, of two sorted contents; two empty ones agree."""
    common = shared(one, other)
    whole = length(one) + length(other) - common
    return common / whole if whole else 1.0
