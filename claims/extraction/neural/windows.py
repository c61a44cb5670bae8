"""From the pieces of a text to label scores and link vectors, window by window."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from claims.extraction.neural.labels import LABELS
from claims.extraction.neural.pieces import Integers, Pieces

SIZE = 254
"""Pieces in a window; with the two special ones, 256 positions."""

OVERLAP = 56
"""Pieces that two neighbouring windows share."""

Floats = NDArray[np.float32]


class Encoder(Protocol):
    """The network: padded windows in; labels, links and check-worthiness out."""

    first: int
    last: int

    def __call__(
        self, ids: Integers, surfaces: Integers, lengths: Integers
    ) -> tuple[Floats, Floats, Floats]:
        """Return log-probabilities, link vectors and worth, each ``[rows, positions, ...]``."""


@dataclass(frozen=True, slots=True)
class View:
    """What one window says of the pieces ``[start, stop)``.

    ``links`` has a row a piece, and the row of the classifier token (nobody) before them.
    """

    start: int
    stop: int
    links: Floats


@dataclass(frozen=True, slots=True)
class Reading:
    """Log-probabilities ``[pieces, labels]``, averaged over windows, and the windows' links.

    ``worth`` ``[pieces, 2]``, averaged too, tells how much a piece weighs in the
    check-worthiness of its span, and the score that it brings.
    """

    scores: Floats
    views: tuple[View, ...]
    worth: Floats

    def view_of(self, piece: int) -> View:
        """Return the window in which ``piece`` has the most context on its poorer side."""
        count = len(self.scores)
        return max(self.views_over(piece, piece + 1), key=lambda v: _room(v, piece, count))

    def views_over(self, first: int, stop: int) -> list[View]:
        """Return the windows that see any of the pieces ``[first, stop)``."""
        lowest = bisect_right(self.views, first, key=lambda v: v.stop)
        highest = bisect_left(self.views, stop, key=lambda v: v.start)
        return list(self.views[lowest:highest])


def _room(view: View, piece: int, count: int) -> int:
    before = piece - view.start if view.start else SIZE
    behind = view.stop - piece if view.stop < count else SIZE
    return min(before, behind)


def read(encoder: Encoder, texts: Sequence[Pieces], batch: int = 8) -> list[Reading]:
    """Run ``encoder`` over every window of ``texts``, windows of like length together."""
    cut = [(k, start, stop) for k, pieces in enumerate(texts) for start, stop in spans(len(pieces))]
    order = sorted(range(len(cut)), key=lambda i: cut[i][1] - cut[i][2])
    labels: dict[int, Floats] = {}
    links: dict[int, Floats] = {}
    for at in range(0, len(order), batch):
        chosen = order[at : at + batch]
        scores, vectors, worth = _run(encoder, texts, [cut[i] for i in chosen])
        scores = np.concatenate([scores, worth], axis=2)
        for row, i in enumerate(chosen):
            count = cut[i][2] - cut[i][1]
            labels[i] = scores[row, 1 : count + 1]
            links[i] = vectors[row, : count + 1]
    readings = []
    for k, pieces in enumerate(texts):
        own = [i for i, window in enumerate(cut) if window[0] == k] if len(texts) > 1 else order
        own = sorted(own, key=lambda i: cut[i][1])
        views = tuple(View(cut[i][1], cut[i][2], links[i]) for i in own)
        averaged = _average(len(pieces), [(v, labels[i]) for v, i in zip(views, own, strict=True)])
        readings.append(Reading(averaged[:, :-2], views, averaged[:, -2:]))
    return readings


def spans(count: int) -> list[tuple[int, int]]:
    """Return the windows over ``count`` pieces: as few as will do, all of like length."""
    if count <= SIZE:
        return [(0, count)] if count else []
    number = -(-(count - OVERLAP) // (SIZE - OVERLAP))
    size = -(-(count + (number - 1) * OVERLAP) // number)
    last = count - size
    starts = [round(last * k / (number - 1)) for k in range(number)]
    return [(start, start + size) for start in starts]


def _run(
    encoder: Encoder, texts: Sequence[Pieces], group: list[tuple[int, int, int]]
) -> tuple[Floats, Floats, Floats]:
    longest = max(stop - start for _, start, stop in group) + 2
    ids = np.zeros((len(group), longest), dtype=np.int64)
    surfaces = np.zeros_like(ids)
    lengths = np.zeros(len(group), dtype=np.int64)
    for row, (k, start, stop) in enumerate(group):
        count = stop - start
        ids[row, 0], ids[row, count + 1] = encoder.first, encoder.last
        ids[row, 1 : count + 1] = texts[k].ids[start:stop]
        surfaces[row, 1 : count + 1] = texts[k].surfaces[start:stop]
        lengths[row] = count + 2
    return encoder(ids, surfaces, lengths)


def _average(count: int, parts: list[tuple[View, Floats]]) -> Floats:
    """Average overlapping windows; a piece near a window's edge weighs less there."""
    total = np.zeros((count, parts[0][1].shape[1] if parts else len(LABELS) + 2), dtype=np.float32)
    weights = np.zeros((count, 1), dtype=np.float32)
    for view, scores in parts:
        size = view.stop - view.start
        at = np.arange(size, dtype=np.float32)
        before = at if view.start else np.full(size, np.inf, dtype=np.float32)
        behind = size - 1 - at if view.stop < count else np.full(size, np.inf, dtype=np.float32)
        weight = np.clip((np.minimum(before, behind) + 1) / 32, 1 / 32, 1)[:, None]
        total[view.start : view.stop] += weight * scores
        weights[view.start : view.stop] += weight
    return np.asarray(total / np.maximum(weights, 1e-6), dtype=np.float32)
