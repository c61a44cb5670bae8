"""Which engine reads an article: the rules, or the trained model with the rules beside it."""

from __future__ import annotations

import os
from collections.abc import Callable

from claims.extraction import engine as rules
from claims.extraction.neural import EXTRACTOR as MODEL_EXTRACTOR
from claims.extraction.types import ArticleExtraction

SETTING = "EXTRACTION_ENGINE"
"""The environment variable that names the engine to use where none is asked for."""

ENGINES = {"rules": rules.EXTRACTOR, "model": MODEL_EXTRACTOR}
"""Each engine by its name, with the version that its extractions carry."""

DEFAULT = "rules"


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


def _by_model(text: str) -> ArticleExtraction:
    # Imported here: the rules need neither numpy nor onnxruntime, and start faster without.
    from claims.extraction.neural.engine import extract as read

    return read(text)


_ENGINES: dict[str, Callable[[str], ArticleExtraction]] = {
    "rules": rules.extract,
    "model": _by_model,
}
