"""From annotated articles to labelled windows of word pieces."""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from tokenizers import Tokenizer

from claims.extraction.marks import quoted_regions
from claims.extraction.neural.labels import ROLES, begin, inside
from claims.extraction.neural.pieces import Integers, Pieces, read_pieces

IGNORED = -100
NOBODY = -1
"""The link of a cue without a source; it points at the window's first position."""


@dataclass(frozen=True, slots=True)
class Article:
    """An article in pieces with its gold.

    ``labels`` is one label a piece. ``cue_of`` holds, for a piece of content, the first piece of
    its cue; ``source_of``, for a piece of a cue, the first piece of its source or NOBODY;
    IGNORED elsewhere.
    """

    identifier: str
    text: str
    pieces: Pieces
    labels: Integers
    cue_of: Integers
    source_of: Integers


def read_rows(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the objects of a JSON-lines file, gzipped or not."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8", newline="\n") as lines:
        for line in lines:
            if line.strip():
                yield json.loads(line)


def read_articles(path: Path, tokenizer: Tokenizer) -> list[Article]:
    """Return the annotated articles of ``path``, labelled."""
    return [label(row, tokenizer) for row in read_rows(path)]


def label(row: dict[str, Any], tokenizer: Tokenizer) -> Article:
    """Label the pieces of one article.

    Fragments stay apart: each begins with its own B. Where two overlap (0.01% of the
    characters), the longer one is kept whole and the other keeps what is left of it, if it is
    left at its beginning.
    """
    text = row["text"]
    pieces = read_pieces(tokenizer, text, quoted_regions(text))
    labels = np.zeros(len(pieces), dtype=np.int64)
    cue_of = np.full(len(pieces), IGNORED, dtype=np.int64)
    source_of = np.full(len(pieces), IGNORED, dtype=np.int64)
    spans = sorted(
        {
            (start, end, role)
            for attribution in row["attributions"]
            for role, name in enumerate(ROLES)
            for start, end in attribution[name]
        },
        key=lambda span: span[0] - span[1],
    )
    for start, end, role in spans:
        first, stop = piece_range(pieces, start, end)
        if first < stop and not labels[first:stop].any():
            labels[first] = begin(role)
            labels[first + 1 : stop] = inside(role)
    for attribution in row["attributions"]:
        cue = _first_piece(pieces, attribution["cue"])
        source = _first_piece(pieces, attribution["source"])
        if cue is None:
            continue
        for start, end in attribution["content"]:
            cue_of[slice(*piece_range(pieces, start, end))] = cue
        for start, end in attribution["cue"]:
            source_of[slice(*piece_range(pieces, start, end))] = (
                NOBODY if source is None else source
            )
    return Article(row["id"], text, pieces, labels, cue_of, source_of)


def piece_range(pieces: Pieces, start: int, end: int) -> tuple[int, int]:
    """Return the half-open range of the pieces that overlap ``[start, end)``."""
    first = int(np.searchsorted(pieces.ends, start, side="right"))
    stop = int(np.searchsorted(pieces.starts, end, side="left"))
    return first, stop


def _first_piece(pieces: Pieces, spans: Sequence[Sequence[int]]) -> int | None:
    if not spans:
        return None
    first, stop = piece_range(pieces, *min(spans, key=lambda span: span[0]))
    return first if first < stop else None


@dataclass(frozen=True, slots=True)
class Window:
    """The pieces ``[start, stop)`` of an article."""

    article: Article
    start: int
    stop: int


def windows(
    articles: Sequence[Article], rng: random.Random, size: int, overlap: int
) -> list[Window]:
    """Cut the articles into windows of at most ``size`` pieces, at other places each time."""
    cut = []
    for article in articles:
        count = len(article.pieces)
        start = 0
        stop = min(count, size - rng.randrange(size // 2)) if count > size else count
        while True:
            cut.append(Window(article, start, stop))
            if stop >= count:
                break
            start = max(0, stop - overlap)
            stop = min(count, start + size)
    return cut


def batches(
    cut: Sequence[Window], rng: random.Random, size: int, pool: int = 32
) -> list[list[Window]]:
    """Group windows of like length; the order of the batches is random."""
    shuffled = list(cut)
    rng.shuffle(shuffled)
    grouped = []
    for at in range(0, len(shuffled), size * pool):
        chunk = sorted(shuffled[at : at + size * pool], key=lambda w: w.stop - w.start)
        grouped += [chunk[i : i + size] for i in range(0, len(chunk), size)]
    rng.shuffle(grouped)
    return grouped


@dataclass(frozen=True, slots=True)
class Batch:
    """Padded arrays of a batch, ``[windows, positions]``; position 0 is the classifier token.

    Links are positions in the window, 0 for nobody, IGNORED where there is nothing to learn
    (no link, or its target lies outside the window).
    """

    ids: Integers
    surfaces: Integers
    lengths: Integers
    labels: Integers
    cue_of: Integers
    source_of: Integers


def collate(group: Sequence[Window], first: int, last: int) -> Batch:
    """Pad a group of windows between the ids of the ``first`` and ``last`` special pieces."""
    longest = max(w.stop - w.start for w in group) + 2
    shape = (len(group), longest)
    ids, surfaces = np.zeros(shape, np.int64), np.zeros(shape, np.int64)
    labels, cue_of, source_of = (np.full(shape, IGNORED, np.int64) for _ in range(3))
    lengths = np.zeros(len(group), np.int64)
    for row, window in enumerate(group):
        article, part = window.article, slice(window.start, window.stop)
        count = window.stop - window.start
        lengths[row] = count + 2
        ids[row, 0], ids[row, count + 1] = first, last
        ids[row, 1 : count + 1] = article.pieces.ids[part]
        surfaces[row, 1 : count + 1] = article.pieces.surfaces[part]
        labels[row, 1 : count + 1] = article.labels[part]
        cue_of[row, 1 : count + 1] = local(article.cue_of[part], window)
        source_of[row, 1 : count + 1] = local(article.source_of[part], window)
    return Batch(ids, surfaces, lengths, labels, cue_of, source_of)


def local(links: Integers, window: Window) -> Integers:
    """Return pieces of the article as positions in ``window``.

    NOBODY is position 0; pieces outside are IGNORED.
    """
    inside_window = (links >= window.start) & (links < window.stop)
    positions = np.where(inside_window, links - window.start + 1, IGNORED)
    return np.where(links == NOBODY, 0, positions)
