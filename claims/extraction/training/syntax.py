"""What a parser says of each word, as a second thing to learn while learning attributions.

Tags, entities, relations and heads (CoreNLP's, not checked by people) tell a small encoder where
clauses begin and end. The heads that learn them are thrown away behind training.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from claims.extraction.neural.pieces import Integers
from claims.extraction.training.data import (
    IGNORED,
    NOBODY,
    Article,
    Window,
    local,
    piece_range,
    read_rows,
)

TAG, ENTITY, RELATION, HEAD = range(4)
COLUMNS = (2, 3, 5)
"""Where tag, entity and relation stand in a token of the file."""

LAYER = 3
"""The layer that learns them, from 0: those above are left to attributions."""

LINK_SIZE = 64
RAREST = 20
"""A tag or relation seen less often counts as "other"."""


@dataclass(frozen=True, slots=True)
class Parses:
    """Arrays ``[4, pieces]`` by article: TAG, ENTITY, RELATION as numbers, HEAD as a piece.

    They stand at the first piece of each word, IGNORED elsewhere; the root's head is NOBODY.
    """

    by_article: dict[str, Integers]
    sizes: tuple[int, int, int]


def read_parses(path: Path, articles: Sequence[Article]) -> Parses:
    """Return the parses of ``articles``; those without one have nothing to learn."""
    known = {article.identifier: article for article in articles}
    rows = [row for row in read_rows(path) if row["id"] in known]
    names = [_frequent(rows, column) for column in COLUMNS]
    found = {row["id"]: _aligned(row, known[row["id"]], names) for row in rows}
    first, second, third = (len(n) + 1 for n in names)
    return Parses(found, (first, second, third))


def _frequent(rows: Sequence[dict[str, Any]], column: int) -> dict[str, int]:
    counts = Counter(token[column] for row in rows for words in row["sentences"] for token in words)
    kept = sorted(name for name, count in counts.items() if count >= RAREST)
    return {name: number for number, name in enumerate(kept, 1)}


def _aligned(row: dict[str, Any], article: Article, names: Sequence[dict[str, int]]) -> Integers:
    aligned = np.full((4, len(article.pieces)), IGNORED, dtype=np.int64)
    for words in row["sentences"]:
        ranges = [piece_range(article.pieces, token[0], token[1]) for token in words]
        for token, (first, stop) in zip(words, ranges, strict=True):
            if first >= stop:
                continue
            for kind, column in enumerate(COLUMNS):
                aligned[kind, first] = names[kind].get(token[column], 0)
            aligned[HEAD, first] = ranges[token[4] - 1][0] if token[4] else NOBODY
    return aligned


def collate_parses(group: Sequence[Window], parses: Parses, longest: int) -> Integers:
    """Return ``[4, windows, longest]``; position 0 is the classifier token, the root's head."""
    padded = np.full((4, len(group), longest), IGNORED, dtype=np.int64)
    for row, window in enumerate(group):
        known = parses.by_article.get(window.article.identifier)
        if known is None:
            continue
        part = known[:, window.start : window.stop].copy()
        part[HEAD] = local(part[HEAD], window)
        padded[:, row, 1 : part.shape[1] + 1] = part
    return padded


class ParseHeads(nn.Module):
    """Heads for tag, entity, relation and the head of a word."""

    def __init__(self, hidden: int, sizes: tuple[int, int, int]) -> None:
        """Make untrained heads."""
        super().__init__()
        self.kinds = nn.ModuleList(nn.Linear(hidden, size) for size in sizes)
        self.links = nn.Linear(hidden, 2 * LINK_SIZE)

    def forward(self, states: Tensor, gold: Tensor, lengths: Tensor) -> Tensor:
        """Return the mean loss over ``gold`` ``[4, rows, positions]``."""
        rows, at = torch.nonzero(gold[TAG] != IGNORED, as_tuple=True)
        if not len(rows):
            return states.sum() * 0.0
        words = states[rows, at]
        total = states.new_zeros(())
        for kind, head in enumerate(self.kinds):
            total = total + functional.cross_entropy(head(words).float(), gold[kind][rows, at])
        linked = self.links(states)
        pointed = linked[..., :LINK_SIZE] @ linked[..., LINK_SIZE:].transpose(1, 2)
        scores = pointed[rows, at].float() * LINK_SIZE**-0.5
        outside = torch.arange(scores.shape[1])[None, :] >= (lengths - 1)[rows][:, None]
        arcs = functional.cross_entropy(
            scores.masked_fill(outside, -1e4), gold[HEAD][rows, at], ignore_index=IGNORED
        )
        return total + arcs
