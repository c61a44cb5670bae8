"""Noun phrases and verb groups around a verb, read off the tags of ``tokens``.

Every walk stops at the edges of one sentence, whose length is bounded, so the work per verb is
bounded too. Ranges are half-open token ranges ``(first, stop)``.
"""

from __future__ import annotations

from claims.extraction import lexicons
from claims.extraction.tokens import Sentence

MAX_PHRASE = 60
"""The longest noun phrase, in tokens, that is followed."""

MAX_NICKNAME_CHARS = 30
"""A longer passage between marks inside a name is no nickname."""

MAX_APPOSITIVES = 4
"""How many appositives in a row may stand between a speaker and the cue."""

Range = tuple[int, int]

_NOMINAL = frozenset("NCM")
_BOUNDARY = frozenset(",;:.?!-QSKTPW(")


def subject(s: Sentence, at: int) -> Range | None:
    """Return the noun phrase or pronoun that ends right before token ``at``, the verb group.

    None where nothing there can be a subject (start of sentence, coordinator, participle).
    """
    if at <= 0:
        return None
    last = at - 1
    tag = s.tags[last]
    if tag == "P":
        return None if s.low[last] == "there" else (last, at)
    if tag == "W":
        return last, at
    if tag == "S" and s.low[last] == "that" and last > 0 and s.tags[last - 1] in _NOMINAL:
        return last, at
    if tag == ",":
        return _with_appositives(s, last)
    if tag == "-":
        return _between_dashes(s, last)
    if tag in _NOMINAL or tag in "D)":
        return noun_phrase_before(s, last)
    return None


def _between_dashes(s: Sentence, dash: int) -> Range | None:
    """Return "Ann Lee — a teacher —" before the dash that precedes a verb."""
    for k in range(dash - 2, max(0, dash - 20), -1):
        if s.tags[k] == "-":
            core = noun_phrase_before(s, k - 1)
            return (core[0], dash + 1) if core is not None else None
    return None


def noun_phrase_before(s: Sentence, last: int) -> Range | None:
    """Return the noun phrase whose last token is ``last``, time phrases stripped off it."""
    stop = _strip_time(s, last + 1)
    stop = _strip_occasion(s, stop)
    if stop <= 0:
        return None
    if s.tags[stop - 1] == "P":
        return stop - 1, stop
    if s.tags[stop - 1] not in "NCMD)":
        return None
    first = _walk_left(s, stop - 1)
    if first > 1 and s.tags[first - 1] == "," and s.tags[first - 2] in "NC":
        first = _list_start(s, first, stop)
    first = _trim_left(s, first, stop)
    return (first, stop) if first < stop else None


def _list_start(s: Sentence, first: int, stop: int) -> int:
    """Return where "voters in Alabama, Georgia and Virginia" starts, given its last comma."""
    if "K" not in s.tags[first:stop] or s.tags[first] not in "CN":
        return first
    earlier = _walk_left(s, first - 2)
    if earlier == 0 or s.tags[earlier - 1] in "SQ,K":
        return earlier if s.tags[earlier] != "I" else first
    return first


def _strip_time(s: Sentence, stop: int) -> int:
    """Drop "last week", "on Monday" from the end of a phrase, if anything stands before it."""
    times = lexicons.words("time_words")
    at = stop
    while at > 0 and (s.low[at - 1] in times or s.tags[at - 1] == "R"):
        at -= 1
        while at > 0 and (
            s.low[at - 1] in lexicons.word_set("before_time") or s.tags[at - 1] == "M"
        ):
            at -= 1
    if at == stop or at == 0 or s.tags[at - 1] not in "NCMP)":
        return stop
    return at


def _strip_occasion(s: Sentence, stop: int) -> int:
    """Drop "in a statement" from the end of "the ministry in a statement"."""
    if stop > 3 and s.low[stop - 1] in lexicons.word_set("occasion"):
        for at in range(stop - 2, max(stop - 6, 0), -1):
            if s.tags[at] == "I" and s.low[at] in {"in", "at", "during"}:
                return at if s.tags[at - 1] in _NOMINAL else stop
    return stop


def _walk_left(s: Sentence, last: int) -> int:
    """Return the first token of the noun phrase that ends with ``last``."""
    i, floor = last, max(-1, last - MAX_PHRASE)
    while i > floor:
        reached = _inside(s, i, last)
        if reached is None:
            break
        i = reached - 1
        if s.tags[reached] == "I" and (reached == 0 or s.tags[i] in ",K"):
            break
        if s.tags[reached] == "D" and i >= 0 and s.tags[i] in "NCM":
            break
    return i + 1


def _inside(s: Sentence, i: int, last: int) -> int | None:
    """Return the token up to which token ``i`` belongs to the phrase, None if it does not."""
    tag = s.tags[i]
    before = s.tags[i - 1] if i else ""
    if tag == ")":
        return _opening(s, i)
    if tag == "T" and i < last and s.tags[i + 1] in "DCM" and before != "" and before in "NC":
        return i
    if tag in "AVTB":
        return _relative(s, i)
    if tag in "NCMDH":
        belongs = tag != "N" or i == last or not _contact_head(s, i)
    elif tag == "I":
        belongs = i < last and (before == "" or before in ",KNCM)E")
    elif tag == "K":
        belongs = _coordinates_nouns(s, i)
    elif tag in "EG":
        belongs = _reduced(s, i, last)
    elif tag == "R":
        belongs = before == "D"
    else:
        belongs = tag == "Q" and _nickname(s, i, last)
    return i if belongs else None


def _contact_head(s: Sentence, i: int) -> bool:
    """Tell "something the mayor denied", "a claim Ukraine denied": two phrases side by side."""
    if s.low[i] in lexicons.word_set("vague"):
        return True
    return s.tags[i + 1] in "CD" and s.low[i] in lexicons.words("cue_nouns")


def _nickname(s: Sentence, i: int, last: int) -> bool:
    if not 0 < i < last or s.ends[i] - s.starts[i] > MAX_NICKNAME_CHARS:
        return False
    return s.tags[i - 1] == "C" == s.tags[i + 1]


def _coordinates_nouns(s: Sentence, i: int) -> bool:
    """Tell "Pakistan and Uzbekistan" from "... won the race and the minister"."""
    if i == 0 or s.low[i] not in {"and", "or"} or s.tags[i - 1] not in "NCM)":
        return False
    k = i - 1
    while k >= 0 and i - k < 15:
        tag = s.tags[k]
        if tag in "VEGABT":
            return False
        if tag in "SPQW;:-":
            return tag in "SQ:-"
        if tag == ",":
            return True
        k -= 1
    return True


def _opening(s: Sentence, i: int) -> int | None:
    for k in range(i - 1, max(-1, i - 14), -1):
        if s.tags[k] == "(":
            return k
    return None


def _reduced(s: Sentence, i: int, last: int) -> bool:
    """Tell whether an -ed or -ing form belongs inside a noun phrase ("people briefed on it")."""
    if i == 0:
        return s.tags[i] == "E" and i < last and s.tags[i + 1] in "NC"
    before = s.tags[i - 1]
    form = lexicons.verb_forms().get(s.low[i])
    cue = form is not None and form.lemma in lexicons.cue_verbs()
    if i < last and s.tags[i + 1] in "NC" and before in "DHI,NC" and not cue:
        return True
    return before in "NC" and not cue


def _relative(s: Sentence, i: int) -> int | None:
    """Return the relative pronoun that opens the clause around the verb ``i``, if one does."""
    for k in range(i - 1, max(-1, i - 15), -1):
        if s.tags[k] == "W":
            return k if k > 0 and s.tags[k - 1] in _NOMINAL else None
        if s.tags[k] in ",;:.SP":
            return None
    return None


def _trim_left(s: Sentence, first: int, stop: int) -> int:
    """Drop what does not belong to the phrase at its left: a first time or place phrase."""
    times = lexicons.words("time_words")
    while first < stop and s.tags[first] in "KRH":
        first += 1
    if first < stop and s.tags[first] == "I":
        first = _behind_preposition(s, first, stop)
    for k in range(stop - 2, first - 1, -1):
        if s.low[k] in times and s.tags[k + 1] in "DCN" and (k - first) < 4:
            if all(
                s.low[x] in lexicons.word_set("before_time") or s.tags[x] == "M"
                for x in range(first, k)
            ):
                first = k + 1
            break
    return first


def _behind_preposition(s: Sentence, first: int, stop: int) -> int:
    """Return where the subject starts in "In an interview the minister"."""
    times = lexicons.words("time_words")
    for k in range(stop - 1, first + 1, -1):
        if s.tags[k] == "D" and s.tags[k - 1] in _NOMINAL:
            return k
    k = stop - 1
    while k > first and s.tags[k] == "C" and s.low[k] not in times:
        k -= 1
    if k + 1 < stop and (s.tags[k] == "N" or s.low[k] in times or s.tags[k] == "M"):
        return k + 1
    return stop


def _with_appositives(s: Sentence, comma: int) -> Range | None:
    """Return "Anna White, a spokeswoman," before the comma that precedes a verb."""
    at = comma
    for round_ in range(MAX_APPOSITIVES):
        opening = _previous_comma(s, at)
        if opening is None or opening == 0:
            return None
        inside = s.tags[opening + 1]
        if s.tags[opening - 1] not in "NCMHP)":
            return None
        core = (
            (opening - 1, opening)
            if s.tags[opening - 1] == "P"
            else noun_phrase_before(s, opening - 1)
        )
        if core is None:
            return None
        if core[0] > 1 and s.tags[core[0] - 1] == "I" and s.tags[core[0] - 2] == ",":
            at = core[0] - 2
            continue
        extra = inside in "IGRSEKT"
        before = _previous_comma(s, opening)
        if before is not None and s.tags[before + 1] == "W":
            at = opening
            continue
        behind = core[0] > 0 and s.tags[core[0] - 1] == ","
        if behind and _appositive_like(s, core) and round_ + 1 < MAX_APPOSITIVES:
            at = opening
            further = _previous_comma(s, at)
            if further is not None and s.tags[further - 1] in "NC)":
                continue
        return core if extra and at == comma else (core[0], comma + 1)
    return None


def _previous_comma(s: Sentence, at: int) -> int | None:
    for k in range(at - 1, max(-1, at - 40), -1):
        if s.tags[k] == ",":
            return k if at - k > 1 else None
        if s.tags[k] in ";:Q":
            return None
    return None


def _appositive_like(s: Sentence, core: Range) -> bool:
    first = s.tags[core[0]]
    if first in "DM":
        return True
    if first == "N":
        return True
    return core[1] - core[0] == 1 and first == "C"


def verb_group(s: Sentence, verb: int) -> int:
    """Return the first token of the verb group that ends with ``verb``."""
    tags = s.tags
    i = verb
    while i > 0 and verb - i < 8:
        if tags[i - 1] in "AR" and not (tags[i - 1] == "R" and s.low[i - 1] == "however"):
            i -= 1
        elif tags[i - 1] == "T" and i > 1 and tags[i - 2] in "VEBG":
            i -= 2
        elif tags[i - 1] == "T" and i > 2 and _phrasal(s, i):
            i -= 3
        else:
            break
    return i


def _phrasal(s: Sentence, i: int) -> bool:
    """Tell whether "went on to" or "was quick to" stands before token ``i``."""
    verb, middle = s.tags[i - 3], s.tags[i - 2]
    return (middle in "IR" and verb in "VEB") or (middle == "N" and verb == "A")


def finite_subject_before(s: Sentence, at: int) -> Range | None:
    """Return the subject of the nearest finite verb before ``at`` that has one."""
    for k in range(at - 1, max(-1, at - MAX_PHRASE), -1):
        if s.tags[k] in "VEA":
            start = verb_group(s, k)
            found = subject(s, start)
            if found is not None and s.tags[found[0]] != "W":
                return found
    return None


def has_finite_verb(s: Sentence, first: int, stop: int) -> bool:
    """Tell whether a clause may stand in the range: a finite verb or auxiliary is in it."""
    return any(s.tags[k] in "VA" or (s.tags[k] == "E" and k > first) for k in range(first, stop))
