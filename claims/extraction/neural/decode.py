"""The best sequence of labels under the rules of BIO, for all stretches of a text at once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from claims.extraction.neural.labels import LABELS, ROLES, follows
from claims.extraction.neural.pieces import Integers
from claims.extraction.neural.windows import Floats

SURELY_OUTSIDE = float(np.log(0.998))
"""Where a piece is outside with at least this log-probability, paths need not be compared."""

FORBIDDEN = -1e4
LONGEST = 2000
"""A stretch longer than this many pieces is decoded in parts."""


@dataclass(frozen=True, slots=True, order=True)
class PieceSpan:
    """Pieces ``[first, stop)`` of ``ROLES[role]``; ``score`` is the mean log-probability."""

    first: int
    stop: int
    role: int
    score: float


def transitions(penalty: float, learned: Floats | None = None, outside: float = 0.0) -> Floats:
    """Return the scores ``[before, after]``.

    BIO's rules, over what the CRF ``learned``; ``penalty`` is taken off for each new span and
    ``outside`` added for each piece outside.
    """
    count = len(LABELS)
    matrix = np.zeros((count, count), np.float32) if learned is None else learned.copy()
    matrix[:, 1::2] -= penalty
    matrix[:, 0] += outside
    for before in range(count):
        for after in range(count):
            if not follows(before, after):
                matrix[before, after] = FORBIDDEN
    return matrix


def best_path(scores: Floats, matrix: Floats) -> Integers:
    """Return the best label of each piece (Viterbi), stretch by stretch."""
    labels = np.zeros(len(scores), dtype=np.int64)
    stretches = _stretches(scores[:, 0] < SURELY_OUTSIDE)
    if not stretches:
        return labels
    longest = max(stop - first for first, stop in stretches)
    rows = len(stretches)
    padded = np.zeros((longest, rows, scores.shape[1]), dtype=np.float32)
    padded[:, :, 1:] = FORBIDDEN
    for row, (first, stop) in enumerate(stretches):
        padded[: stop - first, row] = scores[first:stop]
    best = padded[0] + matrix[0]
    back = np.zeros((longest, rows, scores.shape[1]), dtype=np.int64)
    for at in range(1, longest):
        options = best[:, :, None] + matrix[None]
        back[at] = options.argmax(axis=1)
        best = options.max(axis=1) + padded[at]
    path = best.argmax(axis=1)
    every = np.arange(rows)
    found = np.zeros((longest, rows), dtype=np.int64)
    for at in range(longest - 1, -1, -1):
        found[at] = path
        path = back[at, every, path]
    for row, (first, stop) in enumerate(stretches):
        labels[first:stop] = found[: stop - first, row]
    return labels


def _stretches(
    doubtful: Floats | np.ndarray[tuple[int], np.dtype[np.bool_]],
) -> list[tuple[int, int]]:
    edges = np.flatnonzero(np.diff(np.concatenate([[0], doubtful.astype(np.int8), [0]])))
    return [
        (at, min(at + LONGEST, int(stop)))
        for first, stop in zip(edges[::2], edges[1::2], strict=True)
        for at in range(int(first), int(stop), LONGEST)
    ]


def spans(scores: Floats, labels: Integers) -> list[PieceSpan]:
    """Return the spans that ``labels`` mark, in text order."""
    found: list[PieceSpan] = []
    count = len(labels)
    for first in np.flatnonzero(labels % 2):
        role = (int(labels[first]) - 1) // 2
        stop = int(first) + 1
        while stop < count and labels[stop] == 2 + 2 * role:
            stop += 1
        chosen = scores[np.arange(first, stop), labels[first:stop]]
        found.append(PieceSpan(int(first), stop, role, float(chosen.mean())))
    return found


def role_number(name: str) -> int:
    """Return the number of a role."""
    return ROLES.index(name)
