"""How much a statement is worth checking: numbers and facts above opinion and promises.

A hand-weighted logistic score over a few signs, after the features that ClaimBuster found to
matter (Hassan et al. 2017): figures, past and present facts, comparisons; against them opinion,
first-person wishes, questions and pleasantries.
"""

from __future__ import annotations

import math
import re

from claims.extraction import lexicons

MAX_WORDS = 400
"""Words read of one content; what stands behind them no longer moves the score."""

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?|\d+(?:[.,]\d+)*")
_NUMBER = re.compile(r"\d")
_MEASURE = re.compile(
    r"(?:[$£€¥]\s?\d|\d\s?%|\d[\d.,]*\s(?:per\s?cent|percent|million|billion|trillion|years?|"
    r"thousand|people|jobs|troops|days|months|times|dollars|euros|pounds|km|miles)\b)"
)


def check_worthiness(content: str) -> float:
    """Return a score in 0..1 for the words of one quotation."""
    words = [w.lower() for w in _WORD.findall(content[: MAX_WORDS * 12])][:MAX_WORDS]
    if not words:
        return 0.0
    facts, opinions = lexicons.words("fact_words"), lexicons.words("opinion_words")
    score = -1.3
    if _NUMBER.search(content):
        score += 1.4
    if _MEASURE.search(content):
        score += 1.1
    score += 0.5 if any(w in lexicons.word_set("numeral") for w in words) else 0.0
    score += 0.55 * min(4, sum(w in facts for w in words))
    score -= 0.45 * min(4, sum(w in opinions for w in words))
    score -= (
        0.35 if words[0] in lexicons.word_set("first_person") or words[:2] == ["that", "i"] else 0.0
    )
    score += 0.5 if _names_inside(content) else 0.0
    score -= 1.2 if content.rstrip(" \"'”’»").endswith("?") else 0.0
    score -= 0.8 if words[0] in {"to", "whether", "if", "let's", "let’s"} else 0.0
    score -= 0.6 if len(words) < 4 and not _NUMBER.search(content) else 0.0
    score += 0.3 if len(words) > 12 else 0.0
    return round(1.0 / (1.0 + math.exp(-score)), 3)


def _names_inside(content: str) -> bool:
    """Tell whether a capital stands inside, not just at the start of a sentence."""
    return re.search(r"[a-z,] [A-Z][a-z]", content) is not None
