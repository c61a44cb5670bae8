"""Where the content of a quotation ends and starts in the writer's sentence.

The edges follow the conventions of PolNeAR (Newell et al. 2018): a complementiser belongs to
the content, the full stop and the comma before the cue do not.
"""

from __future__ import annotations

from claims.extraction import lexicons
from claims.extraction.grammar import Range, has_finite_verb
from claims.extraction.phrases import noun_phrase_after
from claims.extraction.tokens import Sentence

_SPEECH_FRAMES = frozenset("cqto")


def clause_end(
    s: Sentence, start: int, *, noun_phrase: bool = False, subordinate: bool = False
) -> int:
    """Return the stop of the content that starts at ``start`` and runs to the right.

    ``noun_phrase`` content ends more readily; ``subordinate`` tells that the cue itself stands in
    a clause before the main one ("While he said X, they ..."), which a comma ends.
    """
    i = start
    depth = 0
    while i < len(s):
        if s.tags[i] == "(":
            depth += 1
        elif s.tags[i] == ")":
            depth = max(0, depth - 1)
        elif depth == 0 and i > start and _ends_at(s, i, noun_phrase, subordinate):
            break
        i += 1
    while i > start + 1 and s.tags[i - 1] in ",;:.?!-K":
        i -= 1
    return i


def _ends_at(s: Sentence, i: int, noun_phrase: bool, subordinate: bool) -> bool:
    """Tell whether content that runs to the right ends before token ``i``."""
    tag = s.tags[i]
    if tag == ",":
        return _ends_at_comma(s, i, noun_phrase) or (subordinate and _main_starts(s, i + 1))
    if tag == "-":
        return _remark_follows(s, i)
    if tag in ".?!":
        return i == len(s) - 1
    if tag == ";" or s.low[i] == "according":
        return True
    quoted = s.tags[i - 1] == "Q"
    if tag == "K":
        return _verb_starts(s, i + 1) or (quoted and _attribution_starts(s, i + 1))
    return (
        quoted and tag in "GS" and _comma_inside(s, i - 1) and _ends_at_comma(s, i - 1, noun_phrase)
    )


def _ends_at_comma(s: Sentence, i: int, noun_phrase: bool) -> bool:
    if i + 1 >= len(s):
        return True
    tag, low = s.tags[i + 1], s.low[i + 1]
    if low == "according" or low in lexicons.word_set("aside"):
        return True
    if tag == "G" and _is_cue(s, i + 1):
        return True
    if low in {"while", "something"}:
        return True
    if low in {"as", "when"} and noun_phrase:
        return True
    if tag == "W" and _attribution_starts(s, i + 2):
        return True
    if noun_phrase and tag in "GWSP":
        return True
    if low in {"a", "an"} and "," not in s.tags[i + 2 :]:
        return True
    if tag == "K":
        return _verb_starts(s, i + 2) or _attribution_starts(s, i + 2)
    if tag == "S" and low in lexicons.word_set("concession"):
        return _attribution_starts(s, i + 2)
    if tag == "V" or (tag == "R" and i + 2 < len(s) and s.tags[i + 2] == "V"):
        return False
    return _closing_attribution(s, i + 1)


def _remark_follows(s: Sentence, dash: int) -> bool:
    """Tell whether a spaced dash opens the writer's own remark, up to the end."""
    spaced = s.starts[dash] > s.ends[dash - 1]
    return spaced and "-" not in s.tags[dash + 1 :]


def _comma_inside(s: Sentence, q: int) -> bool:
    """Tell whether a quoted passage ends with a comma inside its marks."""
    region = s.regions[q]
    return s.words[q][: region.inner_end - region.start].rstrip()[-1:] == ","


def _main_starts(s: Sentence, i: int) -> bool:
    return i < len(s) and s.tags[i] in "PDCNVAR"


def _verb_starts(s: Sentence, i: int) -> bool:
    """Tell whether a cue verb without a subject of its own stands at ``i``: "and said"."""
    n = len(s)
    while i < n and s.tags[i] in "RA" and s.low[i] != "not":
        i += 1
    return i < n and s.tags[i] in "VE" and _is_cue(s, i)


def _attribution_starts(s: Sentence, i: int) -> bool:
    """Tell whether a short subject and a speech verb stand at ``i``: "but he said"."""
    n = len(s)
    for k in range(i, min(i + 5, n)):
        if s.tags[k] in "VE":
            return k > i and _is_cue(s, k) and k + 1 < n and s.tags[k + 1] not in ",."
        if s.tags[k] not in "PDNCAR":
            return False
    return False


def _closing_attribution(s: Sentence, i: int) -> bool:
    """Tell whether ", X said." closes the sentence from ``i`` on."""
    n = len(s)
    if i < n and s.tags[i] in "VE" and _is_cue(s, i):
        return noun_phrase_after(s, i + 1) >= n - 1
    for k in range(i, min(i + 12, n)):
        if s.tags[k] in "VE" and _is_cue(s, k):
            return k > i and (k + 1 >= n or s.tags[k + 1] in ".,")
        if s.tags[k] in ",;:SQWK":
            return False
    return False


def _is_cue(s: Sentence, i: int) -> bool:
    form = lexicons.verb_forms().get(s.low[i])
    entry = lexicons.cue_verbs().get(form.lemma) if form is not None else None
    return entry is not None and bool(entry.frames & _SPEECH_FRAMES)


def is_clause(s: Sentence, start: int, stop: int) -> bool:
    """Tell whether a bare clause stands there: a subject, then a finite verb."""
    return stop - start >= 2 and has_finite_verb(s, start, stop)


def trim(s: Sentence, content: Range) -> Range | None:
    """Drop punctuation and coordinators' leftovers at the edges of a content range."""
    first, stop = content
    while first < stop and s.tags[first] in ",;:.?!-)":
        first += 1
    while stop > first and s.tags[stop - 1] in ",;:.?!-(":
        stop -= 1
    return (first, stop) if first < stop else None


def end_of_quotation(s: Sentence, k: int) -> int:
    """Return the stop of a content that starts with the Q token ``k``."""
    n = len(s)
    stop = k + 1
    while stop < n and s.tags[stop] == "Q":
        stop += 1
    region = s.regions[stop - 1]
    closed = s.words[stop - 1][: region.inner_end - region.start].rstrip()[-1:] in ",.?!"
    if stop < n and s.tags[stop] not in ",.;:!?-KSGW" and not closed:
        return clause_end(s, k)
    if stop + 1 < n and s.tags[stop] == "K" and "Q" in s.tags[stop : stop + 6]:
        return clause_end(s, k)
    return stop
