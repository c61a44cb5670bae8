"""Quotations and their speakers in a news article, by rules or by a trained model.

>>> from claims.extraction import extract
>>> [quote.speaker.name for quote in extract('"It works," Ada Lovelace said.').quotes]
['Ada Lovelace']
"""

from claims.extraction.choice import ENGINES, engine_of, extract, extract_many, extractor, offer
from claims.extraction.desk import Offer
from claims.extraction.neural import ModelUnavailable
from claims.extraction.options import TextTooLong
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
    "ENGINES",
    "ArticleExtraction",
    "Mention",
    "ModelUnavailable",
    "Offer",
    "Quote",
    "QuoteKind",
    "Span",
    "SpeakerGuess",
    "SpeakerKind",
    "TextTooLong",
    "engine_of",
    "extract",
    "extract_many",
    "extractor",
    "offer",
]
