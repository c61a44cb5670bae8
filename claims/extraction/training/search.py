"""Measure ways of decoding on kept readings: ``evaluate`` is the real scorer on attributions."""

from __future__ import annotations

import importlib.util
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

from claims.extraction.marks import Region, quoted_regions
from claims.extraction.neural.attributions import Attribution, Options, attributions
from claims.extraction.neural.windows import Reading
from claims.extraction.training.data import Article


def load_scorer(path: Path) -> ModuleType:
    """Return the scorer, which lies outside the repository, as a module."""
    spec = importlib.util.spec_from_file_location("score_quotes", path)
    if spec is None or spec.loader is None:
        raise ImportError(f"{path} is no Python module")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    # The same numbers without a set of all characters: a search scores dev some thirty times.
    module.__dict__["iou"] = shared
    return module


def shared(a: Sequence[Sequence[int]], b: Sequence[Sequence[int]]) -> float:
    """Return the characters in both lists of spans over those in either; 1 if both are empty."""
    if not a and not b:
        return 1.0
    if all(x[0] >= y[1] or y[0] >= x[1] for x in a for y in b):
        return 0.0
    left = {i for start, end in a for i in range(start, end)}
    right = {i for start, end in b for i in range(start, end)}
    return len(left & right) / len(left | right)


def as_row(found: Sequence[Attribution]) -> list[dict[str, Any]]:
    """Return attributions as the scorer reads them."""
    return [{"content": a.content, "cue": a.cue, "source": a.source} for a in found]


def predict(
    articles: Sequence[Article], readings: Sequence[Reading], options: Options
) -> list[list[Attribution]]:
    """Return the attributions of each article."""
    return [
        attributions(article.text, article.pieces, reading, regions(article), options)
        for article, reading in zip(articles, readings, strict=True)
    ]


_REGIONS: dict[str, list[Region]] = {}


def regions(article: Article) -> list[Region]:
    """Return the quoted passages of an article, found once."""
    if article.identifier not in _REGIONS:
        _REGIONS[article.identifier] = quoted_regions(article.text)
    return _REGIONS[article.identifier]


def score(
    scorer: ModuleType, gold: Sequence[dict[str, Any]], found: Sequence[Sequence[Attribution]]
) -> dict[str, float]:
    """Return F1, in percent, of each measure."""
    total: Counter[str] = Counter()
    for row, quotes in zip(gold, found, strict=True):
        total += scorer.count(row, {"quotes": as_row(quotes)})
    return {name: round(100 * scorer.scores(total, name)[2], 2) for name in scorer.MEASURES}


def objective(scores: dict[str, float]) -> float:
    """Return what is tuned for: the sum of the measures that issue 3 sets targets for."""
    return sum(scores[name] for name in MEASURES)


MEASURES = (
    "source exact",
    "cue exact",
    "content exact",
    "content chars",
    "relation",
    "quoted relation",
)
