"""Phrases to the right of a verb: a speaker behind an inverted cue, addressees, time and place."""

from __future__ import annotations

from claims.extraction import lexicons
from claims.extraction.grammar import MAX_PHRASE
from claims.extraction.tokens import Sentence


def noun_phrase_after(s: Sentence, at: int) -> int:
    """Return the stop of the noun phrase that starts at ``at`` (``at`` if there is none).

    Follows appositives and relative clauses to their end, as the full mention of a speaker
    behind an inverted cue is annotated: "said Ann Lee, who runs the clinic".
    """
    i, limit = at, min(len(s), at + MAX_PHRASE)
    if i < limit and s.tags[i] in "PO":
        return i + 1
    relative = False
    while i < limit:
        tag = s.tags[i]
        if tag == ",":
            if not _appositive_follows(s, i, limit, relative):
                break
            relative = relative or s.tags[i + 1] == "W"
        elif tag == "(":
            closing = next((k for k in range(i, min(i + 8, limit)) if s.tags[k] == ")"), None)
            if closing is None:
                break
            i = closing
        elif tag == "W":
            relative = True
        elif not _belongs(s, i, at, limit, relative):
            break
        i += 1
    while i > at and s.tags[i - 1] in "IKDR,":
        i -= 1
    return i


def _appositive_follows(s: Sentence, comma: int, limit: int, relative: bool) -> bool:
    """Tell whether the phrase goes on behind a comma: an appositive or a relative clause."""
    if comma + 1 >= limit:
        return False
    if s.tags[comma + 1] == "W":
        return True
    if s.tags[comma + 1] not in "DNMC" or s.low[comma + 1] in lexicons.words("time_words"):
        return False
    return not relative or relative_goes_on(s, comma)


def _belongs(s: Sentence, i: int, at: int, limit: int, relative: bool) -> bool:
    """Tell whether token ``i`` carries on the phrase that started at ``at``."""
    tag = s.tags[i]
    following = s.tags[i + 1] if i + 1 < limit else ""
    if tag in ".;:?!Q-":
        return False
    if tag == "T":
        return relative or (i > at and following != "" and following in "CDNM")
    if tag in "VABTERGPO":
        return relative or (tag in "EGR" and i > at and s.tags[i - 1] != ",")
    if tag == "S":
        return relative
    if tag == "I":
        return relative or following == "" or not _occasion(s, i, limit)
    if s.low[i] in lexicons.words("time_words"):
        return relative or tag == "N"
    return tag != "K" or following == "" or following in "NCDM"


def relative_goes_on(s: Sentence, comma: int) -> bool:
    """Tell whether a relative clause goes on behind a comma: only if nothing else starts."""
    return s.tags[comma + 1] in "DN" and "V" not in s.tags[comma + 1 : comma + 6]


def _occasion(s: Sentence, i: int, limit: int) -> bool:
    """Tell whether the preposition at ``i`` opens a phrase of time or occasion."""
    times = lexicons.words("time_words")
    for k in range(i + 1, min(i + 5, limit)):
        if s.tags[k] in ",.IVA":
            return False
        if s.low[k] in times or s.low[k] in lexicons.word_set("occasion"):
            return True
    return False


def skip_phrase(s: Sentence, at: int) -> int:
    """Return the token behind a prepositional, time or manner phrase that starts at ``at``."""
    tags, low, n = s.tags, s.low, len(s.tags)
    times = lexicons.words("time_words")
    i = at
    while i < n:
        if (
            (tags[i] == "R" and low[i] not in {"not", "never"})
            or low[i] in times
            or (low[i] in {"last", "this", "earlier", "late", "early", "next"} and _time_near(s, i))
        ):
            i += 1
        elif tags[i] == "I" or (tags[i] == "T" and i + 1 < n and tags[i + 1] in "DNCO"):
            stop = _simple_phrase(s, i + 1)
            if stop == i + 1:
                break
            i = stop
        else:
            break
    return i


def _time_near(s: Sentence, i: int) -> bool:
    times = lexicons.words("time_words")
    return any(word in times for word in s.low[i + 1 : i + 3])


def _simple_phrase(s: Sentence, at: int) -> int:
    """Return the stop of a short noun phrase at ``at``: one determiner, then nouns."""
    i = at
    while i < len(s.tags) and s.tags[i] in "DO" and i - at < 2:
        i += 1
    while i < len(s.tags) and s.tags[i] in "NCMHE" and i - at < 8:
        i += 1
    return i


def addressee(s: Sentence, k: int) -> int:
    n = len(s)
    if k < n and s.tags[k] in "OP":
        return k + 1
    start = k
    while k < n and s.tags[k] == "D" and k - start < 2:
        k += 1
    while k < n and s.tags[k] in "NCMHE" and k - start < 12:
        k += 1
        if k + 1 < n and s.low[k] in {"and", "of"} and s.tags[k + 1] in "NCD":
            k += 2 if s.tags[k + 1] != "D" else 3
    return min(k, n)
