"""Check-worthiness of a content: a logistic model over hashed words, pairs of words and figures.

After ClaimBuster (Hassan et al. 2017), whose debate sentences it learned from. It has no feature
for length, so that a short figure ("85% of the country") is not pushed down for being short.
"""

from __future__ import annotations

import math
import re
import zlib
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from claims.extraction import lexicons

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
        found = features(content)
        if not found:
            return 0.0
        score = self.bias + float(self.weights[found].sum())
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
