"""Debate sentences as windows, to learn check-worthiness beside attributions.

Sentences stand in their context, some alone, as contents do in an article; a block of them is
held out to measure and calibrate by.
"""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn import functional

from claims.extraction.marks import quoted_regions
from claims.extraction.neural.pieces import Integers, Pieces, read_pieces
from claims.extraction.training.data import piece_range, read_rows

FOLDS = 5
BLOCKS = 40
HELD_OUT = 0
"""The fold that no network learns from."""

_FIGURE = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Sentences:
    """Neighbouring sentences as one text: pieces, and for each its range, label and weight.

    ``phrases`` are the ranges of figures with the words around them in positive sentences, by
    sentence: they are worth checking by themselves.
    """

    pieces: Pieces
    ranges: list[tuple[int, int]]
    labels: list[int]
    phrases: dict[int, tuple[int, int]]


def folds(count: int) -> Integers:
    """Return the fold of each of ``count`` sentences: blocks of neighbours stay together."""
    block = np.arange(count) * BLOCKS // count
    order = list(range(BLOCKS))
    random.Random(0).shuffle(order)  # noqa: S311 (no secret)
    chosen: Integers = np.array(order)[block] % FOLDS
    return chosen


def read_debates(path: Path, tokenizer: Tokenizer, held_out: bool) -> list[Sentences]:
    """Return the runs of neighbouring sentences that are held out, or those that are not."""
    rows = list(read_rows(path))
    fold = folds(len(rows))
    chosen = (fold == HELD_OUT) == held_out
    edges = np.flatnonzero(np.diff(np.concatenate([[0], chosen.astype(np.int8), [0]])))
    runs = zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True)
    return [_joined(rows[first:stop], tokenizer) for first, stop in runs]


def _joined(rows: Sequence[dict[str, str]], tokenizer: Tokenizer) -> Sentences:
    text = " ".join(row["text"] for row in rows)
    pieces = read_pieces(tokenizer, text, quoted_regions(text))
    ranges, labels, phrases, at = [], [], {}, 0
    for number, row in enumerate(rows):
        ranges.append(piece_range(pieces, at, at + len(row["text"])))
        labels.append(int(row["label"]))
        if labels[-1] and (phrase := figure_phrase(row["text"])):
            start = row["text"].find(phrase)
            if start >= 0:
                phrases[number] = piece_range(pieces, at + start, at + start + len(phrase))
        at += len(row["text"]) + 1
    return Sentences(pieces, ranges, labels, phrases)


def figure_phrase(text: str) -> str:
    """Return the first figure of a sentence with a word before it and three behind it."""
    words = text.split()
    at = next((i for i, word in enumerate(words) if _FIGURE.search(word)), None)
    return "" if at is None else " ".join(words[max(0, at - 1) : at + 4])


@dataclass(frozen=True, slots=True)
class DebateBatch:
    """Padded arrays as in ``data.Batch``, and the spans to judge.

    Each span is ``(row, first, stop)`` in positions of the window, with label and weight.
    """

    ids: Integers
    surfaces: Integers
    lengths: Integers
    spans: list[tuple[int, int, int]]
    labels: list[float]
    weights: list[float]


def draw(runs: Sequence[Sentences], rng: random.Random, rows: int, size: int) -> list[range]:
    """Return ``rows`` windows as ranges of sentences, numbered through all runs.

    Half of them hold as many sentences as fit into ``size`` pieces, the others up to four.
    """
    offsets = np.cumsum([0, *(len(run.ranges) for run in runs)])
    drawn = []
    for _ in range(rows):
        start = rng.randrange(int(offsets[-1]))
        number = int(np.searchsorted(offsets, start, side="right")) - 1
        run, first = runs[number], start - int(offsets[number])
        most = rng.choice([1, 2, 3, 4, 99, 99, 99, 99])
        stop = first + 1
        while (
            stop < min(len(run.ranges), first + most)
            and run.ranges[stop][1] - run.ranges[first][0] <= size
        ):
            stop += 1
        drawn.append(range(start, start + stop - first))
    return drawn


def collate_debates(
    runs: Sequence[Sentences], drawn: Sequence[range], special: tuple[int, int], size: int
) -> DebateBatch:
    """Pad windows of sentences between the ids of the ``special`` pieces."""
    offsets = np.cumsum([0, *(len(run.ranges) for run in runs)])
    parts = []
    for window in drawn:
        number = int(np.searchsorted(offsets, window.start, side="right")) - 1
        first = window.start - int(offsets[number])
        last = first + len(window) - 1
        run = runs[number]
        start = run.ranges[first][0]
        stop = min(run.ranges[last][1], start + size)
        parts.append((run, range(first, last + 1), start, stop))
    longest = max(stop - start for _, _, start, stop in parts) + 2
    ids = np.zeros((len(parts), longest), np.int64)
    surfaces = np.zeros_like(ids)
    lengths = np.zeros(len(parts), np.int64)
    batch = DebateBatch(ids, surfaces, lengths, [], [], [])
    for row, (run, inside, start, stop) in enumerate(parts):
        count = stop - start
        ids[row, 0], ids[row, count + 1] = special
        ids[row, 1 : count + 1] = run.pieces.ids[start:stop]
        surfaces[row, 1 : count + 1] = run.pieces.surfaces[start:stop]
        lengths[row] = count + 2
        for sentence in inside:
            first, last = run.ranges[sentence]
            _add(batch, row, first - start, min(last, stop) - start, run.labels[sentence], 1.0)
            if sentence in run.phrases:
                first, last = run.phrases[sentence]
                _add(batch, row, first - start, min(last, stop) - start, 1, 0.5)
    return batch


def _add(batch: DebateBatch, row: int, first: int, stop: int, label: int, weight: float) -> None:
    if first < stop:
        batch.spans.append((row, first + 1, stop + 1))
        batch.labels.append(float(label))
        batch.weights.append(weight)


def span_scores(worth: Tensor, spans: Sequence[tuple[int, int, int]]) -> Tensor:
    """Return the score of each span: its pieces' scores, weighted by their softmaxed weights.

    ``worth`` is ``[rows, positions, 2]``, as the network gives it.
    """
    scores = []
    for row, first, stop in spans:
        weight, score = worth[row, first:stop].float().unbind(-1)
        scores.append((torch.softmax(weight, dim=0) * score).sum())
    return torch.stack(scores)


def worth_loss(worth: Tensor, batch: DebateBatch) -> Tensor:
    """Return the mean cross-entropy of the spans of ``batch``."""
    return functional.binary_cross_entropy_with_logits(
        span_scores(worth, batch.spans),
        torch.tensor(batch.labels),
        weight=torch.tensor(batch.weights),
    )
