"""Quotations and their speakers in a news article, by rules or by a trained model.

>>> from claims.extraction import extract
>>> [quote.speaker.name for quote in extract('"It works," Ada Lovelace said.').quotes]
['Ada Lovelace']
"""

from claims.extraction.choice import ENGINES, extract, extractor
from claims.extraction.neural import ModelUnavailable
from claims.extraction.types import (
    ArticleExtraction,
    Mention,
    Quote,
    QuoteKind,
    Span,
    SpeakerGuess,
    SpeakerKind,
)

EXTRACTOR: str
"""Name and version of the engine in use where none is asked for; read from the setting."""

__all__ = [
    "ENGINES",
    "EXTRACTOR",
    "ArticleExtraction",
    "Mention",
    "ModelUnavailable",
    "Quote",
    "QuoteKind",
    "Span",
    "SpeakerGuess",
    "SpeakerKind",
    "extract",
    "extractor",
]


def __getattr__(name: str) -> str:
    if name == "EXTRACTOR":
        return extractor()
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
