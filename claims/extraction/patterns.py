"""Attributions without a cue verb: "according to X", transcripts, "his claim that"."""

from __future__ import annotations

from claims.extraction import lexicons, likely
from claims.extraction.clauses import clause_end, end_of_quotation, trim
from claims.extraction.drafts import MIN_INDIRECT_TOKENS, Draft
from claims.extraction.grammar import Range, noun_phrase_before
from claims.extraction.phrases import noun_phrase_after
from claims.extraction.tokens import Sentence

MAX_SCRIPT_NAME = 10
"""How many tokens may name the speaker before the colon of a transcript."""


def script_line(s: Sentence) -> list[Draft]:
    """Read ``Sen. Ann Lee (D-Tex.): "..."`` as a transcript or an interview prints it."""
    if ":" not in s.tags:
        return []
    colon = s.tags.index(":")
    if colon == 0 or colon + 1 >= len(s) or s.tags[colon + 1] != "Q":
        return []
    dashes = [k for k in range(colon) if s.tags[k] == "-"]
    first = dashes[-1] + 1 if dashes else 0
    if not 0 < colon - first <= MAX_SCRIPT_NAME or s.tags[first] not in "CDN":
        return []
    if any(tag not in "CDNMHI,()." for tag in s.tags[first:colon]):
        return []
    content = (colon + 1, end_of_quotation(s, colon + 1))
    return [Draft((colon, colon + 1), (first, colon), [content], likely.TRANSCRIPT)]


def cue_nouns(s: Sentence) -> list[Draft]:
    """Read "his claim that ..." and "the minister's warning that ..."."""
    drafts = []
    nouns = lexicons.words("cue_nouns")
    for i in range(1, len(s) - 2):
        if s.low[i] not in nouns or s.low[i + 1] != "that":
            continue
        owner = i - 1 if s.tags[i - 1] in "DH" else i - 2
        if owner < 0:
            continue
        source: Range | None = None
        first = i
        if s.tags[owner] == "H" and owner > 0:
            source, first = noun_phrase_before(s, owner - 1), owner
        elif s.low[owner] in lexicons.word_set("possessive"):
            source, first = (owner, owner + 1), owner + 1
        content = trim(s, (i + 1, clause_end(s, i + 1)))
        if source is not None and content is not None:
            drafts.append(Draft((first, i + 1), source, [content], likely.STANCE))
    return drafts


def according_to(s: Sentence) -> list[Draft]:
    """Read ``According to X, ...`` and ``..., according to X.``"""
    drafts = []
    for i, low in enumerate(s.low):
        if low != "according" or s.low[i + 1 : i + 2] != ["to"] or i + 2 >= len(s):
            continue
        stop = noun_phrase_after(s, i + 2)
        if i < 2 and "," in s.tags[i + 2 : stop + 1]:
            stop = s.tags.index(",", i + 2)
            if s.tags[stop + 1 : stop + 2] == ["W"] and "," in s.tags[stop + 1 :]:
                stop = s.tags.index(",", stop + 1)
        if stop == i + 2:
            continue
        if i > 1:
            content = trim(s, (0, i))
            if content is None:
                continue
            first = _start_of_clause(s, i)
            content = trim(s, (first, i))
        else:
            content = trim(s, (stop, clause_end(s, min(stop + 1, len(s) - 1))))
        quoted = content is not None and "Q" in s.tags[slice(*content)]
        if content is not None and (quoted or content[1] - content[0] >= MIN_INDIRECT_TOKENS):
            drafts.append(
                Draft((i, i + 2), (i + 2, stop), [content], likely.ACCORDING, trailing=i > 1)
            )
    return drafts


def _start_of_clause(s: Sentence, at: int) -> int:
    """Return where the content before "according to" starts: behind the last semicolon."""
    for k in range(at - 1, -1, -1):
        if s.tags[k] == ";":
            return k + 1
    return 0
