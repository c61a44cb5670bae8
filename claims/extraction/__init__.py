"""Quotations and their speakers in a news article, in pure Python.

>>> from claims.extraction import extract
>>> [quote.speaker.name for quote in extract('"It works," Ada Lovelace said.').quotes]
['Ada Lovelace']
"""

from claims.extraction.engine import EXTRACTOR, extract
from claims.extraction.types import (
    ArticleExtraction,
    Mention,
    Quote,
    QuoteKind,
    Span,
    SpeakerGuess,
    SpeakerKind,
)

__all__ = [
    "EXTRACTOR",
    "ArticleExtraction",
    "Mention",
    "Quote",
    "QuoteKind",
    "Span",
    "SpeakerGuess",
    "SpeakerKind",
    "extract",
]
