"""Check-worthiness of a content: what the network says of its pieces, and what its words say.

The words' part is a logistic model over hashed words, pairs of words and figures, after
ClaimBuster (Hassan et al. 2017), whose debate sentences both parts learned from. Neither has a
feature for length, so that a short figure ("85% of the country") is not pushed down for being
short.
"""

from __future__ import annotations

import math
import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from claims.extraction import lexicons
from claims.extraction.neural.windows import Floats

BITS = 16
MAX_WORDS = 400
"""Words read of one content; what stands behind them no longer moves the score."""

_WORD = re.compile(
    r"[$£€¥]?\d[\d,.]*\d(?:%|[^\W\d_]+)?|[$£€¥]?\d(?:%|[^\W\d_]+)?"
    r"|[^\W\d_]+(?:['’][^\W\d_]+)?|[?!]"
)
_CAPITAL = re.compile(r"[a-z,] [A-Z][a-z]")


@dataclass(frozen=True, slots=True)
class WorthModel:
    """Weights by hashed feature, and the bias."""

    weights: NDArray[np.float32]
    bias: float

    def __call__(self, content: str) -> float:
        """Return the probability that a content states something worth checking."""
        score = self.score(content)
        return 0.0 if score is None else _probability(score)

    def score(self, content: str) -> float | None:
        """Return the log-odds, or None for a content without words."""
        found = features(content)
        return self.bias + float(self.weights[found].sum()) if found else None


@dataclass(frozen=True, slots=True)
class JointWorth:
    """The words' log-odds and the network's, added up by two weights and a bias."""

    words: WorthModel
    by_words: float
    by_network: float
    bias: float

    def of_words(self, content: str) -> float:
        """Return the probability by the words alone."""
        return self(content, None)

    def __call__(self, content: str, network: float | None) -> float:
        """Return the probability that a content states something worth checking.

        ``network`` are the network's log-odds, None where it has not read the content: then
        the words decide alone.
        """
        words = self.words.score(content)
        if words is None:
            return 0.0
        if network is None:
            return _probability(words)
        return _probability(self.bias + self.by_words * words + self.by_network * network)


def pooled(worth: Floats, ranges: Sequence[tuple[int, int]]) -> float | None:
    """Return the log-odds of a content that fills half-open ``ranges`` of pieces.

    ``worth`` is ``[pieces, 2]``: the softmax of the first column weighs the second. None where
    the ranges are empty.
    """
    rows = np.concatenate([worth[first:stop] for first, stop in ranges]) if ranges else worth[:0]
    if not len(rows):
        return None
    weights = np.exp(rows[:, 0] - rows[:, 0].max())
    return float(weights @ rows[:, 1] / weights.sum())


def _probability(score: float) -> float:
    return round(1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, score)))), 3)


def features(content: str) -> list[int]:
    """Return the hashed features of a content, sorted, each once."""
    words = [_shape(w) for w in _WORD.findall(content[: MAX_WORDS * 12].lower())][:MAX_WORDS]
    while words and words[0] in {"that", "and", "but"}:
        words = words[1:]
    if not words:
        return []
    names = {f"1 {word}" for word in words}
    names |= {f"2 {a} {b}" for a, b in pairwise(words)}
    names |= {f"3 {a} {b}" for a, b in zip(words, words[2:], strict=False)}
    names.add(f"first {words[0]}")
    figures = {word for word in words if word[0] == "<"}
    if figures:
        names.add("figure")
    if not lexicons.word_set("numeral").isdisjoint(words):
        names.add("numeral")
    if _CAPITAL.search(content):
        names.add("name")
    if len(figures) > 1:
        names.add("figures")
    return sorted({zlib.crc32(name.encode("utf-8", "replace")) >> (32 - BITS) for name in names})


def _shape(word: str) -> str:
    """Return the kind of a figure in place of its digits."""
    if word in lexicons.word_set("quantity"):
        return "<quantity>"
    if not any("0" <= c <= "9" for c in word):
        return word.replace("’", "'")
    if word[0] in "$£€¥":
        return "<money>"
    if word.endswith("%"):
        return "<percent>"
    if len(word) == 4 and word[:2] in {"18", "19", "20"}:
        return "<year>"
    return "<number>"
