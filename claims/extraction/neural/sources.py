"""Sources that are none: a time, a number, an adverbial, a remark on what somebody else said."""

from __future__ import annotations

import re

from claims.extraction import lexicons

_WORD = re.compile(r"[^\W_]+(?:[-’'.][^\W_]+)*")
_NAMES = frozenset(["may", "april", "june", "august"])
_COMMENT = re.compile(
    r"\b(?:something|anything|everything|nothing|a (?:charge|claim|suggestion|statement"
    r"|allegation|figure|view|idea|notion|assertion))\s*$",
    re.IGNORECASE,
)
_BEFORE = 24


def names_nobody(words: str) -> bool:
    """Tell whether the words of a source cannot mean a speaker.

    >>> [names_nobody(words) for words in ("In recent days", "last week", "May", "20")]
    [True, True, False, True]
    """
    found = _WORD.findall(words)
    if not found:
        return True
    low = [word.lower() for word in found]
    if low[0] in lexicons.word_set("adverbial"):
        return True
    if len(low) == 1 and low[0] in _NAMES:
        return False
    times, around = lexicons.words("time_words"), lexicons.word_set("around_time")
    tells = [word in times or word[0].isdigit() for word in low]
    return any(tells) and all(t or word in around for t, word in zip(tells, low, strict=True))


def comments_on(text: str, source_start: int) -> bool:
    """Tell whether a source stands in a remark on words said by another.

    "..., something Kabul authorities balked at": what the writer has said already, and a relative
    clause on it, whose verb is no cue of those words.
    """
    return _COMMENT.search(text, max(0, source_start - _BEFORE), source_start) is not None
