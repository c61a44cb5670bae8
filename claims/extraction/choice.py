"""Which engine reads an article: the trained model with the rules beside it, or the rules alone."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator

from claims.extraction import desk
from claims.extraction import engine as rules
from claims.extraction.checkworthiness import check_worthiness
from claims.extraction.neural import EXTRACTOR as MODEL_EXTRACTOR
from claims.extraction.types import ArticleExtraction

SETTING = "EXTRACTION_ENGINE"
"""The environment variable that names the engine to use where none is asked for."""

ENGINES = {"rules": rules.EXTRACTOR, "model": MODEL_EXTRACTOR}
"""Each engine by its name, with the version that its extractions carry."""

DEFAULT = "model"


def chosen(engine: str | None = None) -> str:
    """Return the engine asked for, else the setting's, else the default (ValueError)."""
    name = engine if engine is not None else os.environ.get(SETTING, "").strip() or DEFAULT
    if name not in ENGINES:
        where = "engine" if engine is not None else SETTING
        raise ValueError(f"{where}={name!r} is none of: {', '.join(ENGINES)}.")
    return name


def extractor(engine: str | None = None) -> str:
    """Return name and version of an engine, as ``ArticleExtraction.extractor`` carries them."""
    return ENGINES[chosen(engine)]


def engine_of(extractor: str) -> str:
    """Return the engine that carries this name and version, such as "rules" for "rules-1".

    Raises ValueError where this code has none: work that was asked for by one version is never
    done by another under its name.
    """
    for name, carried in ENGINES.items():
        if carried == extractor:
            return name
    known = ", ".join(sorted(ENGINES.values()))
    raise ValueError(f"There is no engine {extractor!r} here, only {known}.")


def extract(text: str, *, engine: str | None = None) -> ArticleExtraction:
    """Return the quotations of an article.

    Any string gives a result, in time linear in its length; offsets are code points of ``text``
    as given. Quotes come in text order, no two with the same hull.

    ``engine`` is "rules" or "model"; without it the setting EXTRACTION_ENGINE decides. Raises
    ValueError for another name, and ModelUnavailable when the model's files are missing or
    damaged: one engine never stands in for the other unasked.
    """
    return _ENGINES[chosen(engine)](text)


def extract_many(texts: Iterable[str], *, engine: str | None = None) -> Iterator[ArticleExtraction]:
    """Yield the extraction of each text, in order, as they come; holds one text at a time.

    The network reads each article by itself: windows of several articles in one batch saved no
    time on a CPU, and in eight bits each would colour how the others are read (measured in
    ``benchmarks/extraction_batching.py``). Raises like ``extract``, for the name at once.
    """
    read = _ENGINES[chosen(engine)]
    return map(read, texts)


def offer(
    extraction: ArticleExtraction, *, least_confidence: float = desk.LEAST_CONFIDENCE
) -> desk.Offer:
    """Return what a desk is offered of an extraction, scored as its own engine scores.

    Raises ModelUnavailable like ``extract`` where the trained model read it.
    """
    worth = check_worthiness
    if extraction.extractor == MODEL_EXTRACTOR:
        from claims.extraction.neural.model import load

        # The parts of a cut attribution are scored by their words: the network read the whole.
        worth = load().worth.of_words
    return desk.offer(extraction, worth, least_confidence=least_confidence)


def _by_model(text: str) -> ArticleExtraction:
    # Imported here: the rules need neither numpy nor onnxruntime, and start faster without.
    from claims.extraction.neural.engine import extract as read

    return read(text)


_ENGINES: dict[str, Callable[[str], ArticleExtraction]] = {
    "rules": rules.extract,
    "model": _by_model,
}
