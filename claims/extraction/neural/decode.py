"""The best sequence of labels under the rules of BIO, for all stretches of a text at once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from claims.extraction.neural.labels import LABELS, OUTSIDE, ROLES, follows
from claims.extraction.neural.pieces import Integers
from claims.extraction.neural.windows import Floats

FORBIDDEN = -1e4


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
    """Return the best label of each piece (Viterbi), in blocks side by side.

    For each block and each label before it, the best score of each label at its end; then the
    best way from block to block; then the way inside each. Numpy runs all blocks at once, so
    a text of n pieces takes some 3 * sqrt(n) steps instead of n.
    """
    count, size = scores.shape
    length = int(np.ceil(np.sqrt(count)))
    if not length:
        return np.zeros(0, dtype=np.int64)
    blocks = -(-count // length)
    padded = np.full((blocks * length, size), FORBIDDEN, dtype=np.float32)
    padded[:, 0] = 0.0
    padded[:count] = scores
    # Axes: position in the block, label, block. What is maximised over never comes last, where
    # numpy would be slow.
    steps = np.ascontiguousarray(padded.reshape(blocks, length, size).transpose(1, 2, 0))
    moves = np.ascontiguousarray(matrix.T)[:, :, None]
    through = matrix.T[:, :, None] + steps[0][:, None, :]
    for at in range(1, length):
        flat = through.reshape(size, size * blocks)
        through = (flat[None] + moves).max(axis=1).reshape(size, size, blocks)
        through += steps[at][:, None, :]
    before, last = _from_block_to_block(through.transpose(2, 1, 0))
    best = matrix[before].T + steps[0]
    back = np.zeros((length, size, blocks), dtype=np.int64)
    for at in range(1, length):
        options = best[None] + moves
        back[at] = options.argmax(axis=1)
        best = options.max(axis=1) + steps[at]
    found = np.zeros((blocks, length), dtype=np.int64)
    every = np.arange(blocks)
    path = last
    for at in range(length - 1, -1, -1):
        found[:, at] = path
        path = back[at, path, every]
    return found.reshape(-1)[:count]


def _from_block_to_block(through: Floats) -> tuple[Integers, Integers]:
    """Return the label before each block and the label at its end, on the best path.

    ``through`` is ``[blocks, before, last]``; before the text stands a piece outside.
    """
    blocks, size, _ = through.shape
    back = np.zeros((blocks, size), dtype=np.int64)
    best = through[0, 0]
    for k in range(1, blocks):
        options = best[:, None] + through[k]
        back[k] = options.argmax(axis=0)
        best = options.max(axis=0)
    last = np.zeros(blocks, dtype=np.int64)
    last[-1] = int(best.argmax())
    for k in range(blocks - 1, 0, -1):
        last[k - 1] = back[k, last[k]]
    return np.concatenate([[OUTSIDE], last[:-1]]), last


def spans(scores: Floats, labels: Integers) -> list[PieceSpan]:
    """Return the spans that ``labels`` mark, in text order."""
    count = len(labels)
    firsts = np.flatnonzero(labels % 2)
    if not len(firsts):
        return []
    inside = np.zeros(count + 1, dtype=bool)
    inside[:count] = (labels > 0) & (labels % 2 == 0)
    ends = np.flatnonzero(~inside)
    stops = ends[np.searchsorted(ends, firsts + 1)]
    chosen = np.concatenate([[0.0], np.cumsum(scores[np.arange(count), labels], dtype=np.float64)])
    means = (chosen[stops] - chosen[firsts]) / (stops - firsts)
    roles = (labels[firsts] - 1) // 2
    rows = zip(firsts.tolist(), stops.tolist(), roles.tolist(), means.tolist(), strict=True)
    return [PieceSpan(*row) for row in rows]


def role_number(name: str) -> int:
    """Return the number of a role."""
    return ROLES.index(name)
