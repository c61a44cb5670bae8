"""Attributions of one sentence: each cue with its source and the content it governs."""

from __future__ import annotations

from dataclasses import dataclass

from claims.extraction import lexicons
from claims.extraction.clauses import clause_end, is_clause, trim
from claims.extraction.cues import Cue, find_cues
from claims.extraction.grammar import Range, noun_phrase_after, skip_phrase
from claims.extraction.tokens import Sentence

MIN_INDIRECT_TOKENS = 2
"""A shorter indirect content ("he said so") says nothing that can be checked."""

_STARTS_NOUN_PHRASE = frozenset("DNCMP")
_SAYING = frozenset("cqi")


@dataclass(slots=True)
class Draft:
    """An attribution in token ranges of its sentence; ``content`` is sorted.

    ``trailing`` tells that the content stands before its cue.
    """

    cue: Range | None
    source: Range | None
    content: list[Range]
    confidence: float
    trailing: bool = False


def attribute(s: Sentence) -> list[Draft]:
    """Return the attributions of a sentence, in the order of their cues."""
    drafts: list[Draft] = []
    behind = 0
    for cue in find_cues(s):
        draft = _attribution(s, cue, behind)
        if draft is not None:
            drafts.append(draft)
            behind = max(behind, cue.stop if draft.trailing else draft.content[-1][0])
    drafts.extend(_according_to(s))
    return drafts


def _attribution(s: Sentence, cue: Cue, behind: int) -> Draft | None:
    if cue.passive:
        return None
    inverted = _inverted(s, cue, behind)
    if inverted is not None:
        return inverted
    if cue.source is None:
        return None
    if not cue.inherited:
        trailing = _trailing(s, cue, behind)
        if trailing is not None:
            return trailing
    return _leading(s, cue)


def _inverted(s: Sentence, cue: Cue, behind: int) -> Draft | None:
    """Read ``"...," said the minister`` and ``The plan works, said the minister.``"""
    frames, first, at = cue.entry.frames, cue.first, cue.stop
    if not frames & {"i", "q"} or first == 0 or cue.tag not in "VE":
        return None
    quoted = _quotation_before(s, first)
    if at >= len(s) or s.tags[at] not in _STARTS_NOUN_PHRASE:
        return None
    stop = noun_phrase_after(s, at)
    if stop == at:
        return None
    if quoted is not None:
        return _behind_content(s, cue, (at, stop), quoted, stop, behind)
    if s.tags[first - 1] != "," or "i" not in frames or cue.first != cue.verb:
        return None
    if skip_phrase(s, stop) < len(s) and s.tags[skip_phrase(s, stop)] not in ".,":
        return None
    content = trim(s, (_content_start(s, behind), first))
    if content is None or not is_clause(s, *content):
        return None
    return Draft((cue.first, at), (at, stop), [content], 0.75, trailing=True)


def _quotation_before(s: Sentence, at: int) -> int | None:
    """Return the Q token right before ``at``, a comma or dash between them allowed."""
    k = at - 1
    if k > 0 and s.tags[k] in ",-" and s.tags[k - 1] == "Q":
        return k - 1
    return k if k >= 0 and s.tags[k] == "Q" else None


def _trailing(s: Sentence, cue: Cue, behind: int) -> Draft | None:
    """Read ``"...," he said`` and ``The plan, he said, works.``"""
    assert cue.source is not None
    frames, start = cue.entry.frames, cue.source[0]
    if not frames & {"i", "q"} or start == 0:
        return None
    if any(s.tags[k] in "QS" for k in range(cue.source[1], cue.first)):
        return None
    after = _behind_cue(s, cue)
    quoted = _quotation_before(s, start)
    tag = s.tags[after] if after < len(s) else "."
    if quoted is not None and (_ends_like_speech(s, quoted) or s.tags[start - 1] == ","):
        if s.low[after : after + 1] == ["that"]:
            return None
        return _behind_content(s, cue, cue.source, quoted, after, behind)
    if "i" not in frames or s.tags[start - 1] not in ",-" or tag not in ",.;-":
        return None
    if cue.stop != cue.verb + 1:
        return None
    left = trim(s, (_content_start(s, behind), start - 1))
    content = [left] if left is not None else []
    if tag in ",-" and after + 1 < len(s):
        right = _right_part(s, after + 1)
        if right is not None:
            content.append(right)
    if left is None or (len(content) == 1 and not is_clause(s, *left)):
        return None
    return Draft((cue.first, cue.stop), cue.source, content, 0.75, trailing=True)


def _right_part(s: Sentence, start: int) -> Range | None:
    """Return the rest of a sentence that a cue in the middle interrupts."""
    if s.tags[start] in "GQ" or s.low[start] in {"while", "when", "as", "who", "which"}:
        return None
    if s.tags[start] == "K" and start + 1 < len(s) and s.tags[start + 1] in "VE":
        return None
    stop = clause_end(s, start)
    content = trim(s, (start, stop))
    return content if content is not None and is_clause(s, *content) else None


def _ends_like_speech(s: Sentence, q: int) -> bool:
    region = s.regions[q]
    word = s.words[q]
    inner = word[: region.inner_end - region.start]
    return inner[-1:] in ",.?!…-–—" or q == 0 or not inner[-1:].isalnum()


def _behind_content(
    s: Sentence, cue: Cue, source: Range, quoted: int, after: int, behind: int
) -> Draft:
    """Build the attribution of a quotation that stands before its cue."""
    start = quoted
    while start > behind and s.tags[start - 1] == "Q":
        start -= 1
    begin = _content_start(s, behind)
    if begin < start and _joins(s, begin, start):
        start = begin
    content = [(start, quoted + 1)]
    k = after
    while k < len(s) and s.tags[k] in ",:-":
        k += 1
    if k < len(s) and s.tags[k] == "Q" and k > after:
        content.append((k, _end_of_quotation(s, k)))
    return Draft((cue.first, cue.stop), source, content, 0.95, trailing=True)


def _joins(s: Sentence, begin: int, start: int) -> bool:
    """Tell whether the writer's words before a quotation belong to the content."""
    if s.tags[start - 1] in ",:":
        return False
    return all(s.tags[k] not in ":;" for k in range(begin, start))


def _content_start(s: Sentence, behind: int) -> int:
    return behind


def _end_of_quotation(s: Sentence, k: int) -> int:
    """Return the stop of a content that starts with the Q token ``k``."""
    n = len(s)
    stop = k + 1
    while stop < n and s.tags[stop] == "Q":
        stop += 1
    if stop < n and s.tags[stop] not in ",.;:!?-KSGW":
        return clause_end(s, k)
    if stop + 1 < n and s.tags[stop] == "K" and "Q" in s.tags[stop : stop + 6]:
        return clause_end(s, k)
    return stop


def _behind_cue(s: Sentence, cue: Cue) -> int:
    """Return the token behind the cue, its addressee and phrases of time and place."""
    k = cue.stop
    if "t" in cue.entry.frames:
        k = _addressee(s, k)
    return skip_phrase(s, k)


def _addressee(s: Sentence, k: int) -> int:
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


def _leading(s: Sentence, cue: Cue) -> Draft | None:
    """Read the cues that stand before their content."""
    frames = cue.entry.frames
    for k in _content_starts(s, cue):
        draft = _content_at(s, cue, k, frames)
        if draft is not None:
            return draft
    return None


def _content_starts(s: Sentence, cue: Cue) -> list[int]:
    """Return the places where the content may begin, the likeliest first."""
    frames, at = cue.entry.frames, cue.stop
    if at >= len(s):
        return []
    if cue.stop > cue.verb + 1:
        return [at]
    starts = []
    if "t" in frames:
        addressed = _addressee(s, at)
        starts += [addressed, skip_phrase(s, addressed)]
        if cue.entry.lemma == "tell":
            return [k for k in starts if at < k < len(s)]
    starts.append(at)
    manner = at
    while manner < len(s) and s.tags[manner] == "R":
        manner += 1
    starts += [manner, skip_phrase(s, at)]
    return [k for k in dict.fromkeys(starts) if k < len(s)]


def _content_at(s: Sentence, cue: Cue, k: int, frames: frozenset[str]) -> Draft | None:
    tag, low, n = s.tags[k], s.low[k], len(s)
    source, mark = cue.source, (cue.first, cue.stop)
    if tag in ",:-" and k + 1 < n and s.tags[k + 1] == "Q" and frames & {"q", "c"}:
        return _draft(s, mark, source, (k + 1, _end_of_quotation(s, k + 1)), 0.9)
    if tag == ":" and k + 1 < n and "c" in frames:
        return _draft(s, mark, source, (k + 1, clause_end(s, k + 1)), 0.6)
    if tag == "Q":
        return _opening_quotation(s, cue, k, frames)
    if low == "that" and frames & {"c", "b", "t"}:
        return _draft(s, mark, source, (k, clause_end(s, k)), 0.85)
    if cue.stop > cue.verb + 1:
        stop = clause_end(s, k, noun_phrase=True)
        return _draft(s, mark, source, (k, stop), 0.5) if tag in "DNCMPHEGQOS" else None
    if tag == "T" and frames & {"o"}:
        return _draft(s, mark, source, (k, clause_end(s, k)), 0.6)
    if tag in "SW" and low in {"whether", "how", "why", "what", "if", "where", "when", "who"}:
        if frames & {"w", "c"} and low not in {"where", "when"} or "w" in frames:
            return _draft(s, mark, source, (k, clause_end(s, k)), 0.6)
        return None
    if tag in "PDNCMEGRSI" and frames & {"c", "b"}:
        stop = clause_end(s, k)
        clausal = tag == "P" or is_clause(s, k, stop)
        if clausal and not (tag in "IS" and "b" in frames):
            return _draft(s, mark, source, (k, stop), 0.75 if "c" in frames else 0.5)
    if tag in "DNCMOHEGP" and frames & {"n", "l"}:
        stop = clause_end(s, k, noun_phrase=True)
        return _draft(s, mark, source, (k, stop), 0.5)
    return None


def _opening_quotation(s: Sentence, cue: Cue, k: int, frames: frozenset[str]) -> Draft | None:
    if not frames & {"q", "n", "l", "c"} or (cue.tag == "E" and _title(s, cue, k)):
        return None
    return _draft(s, (cue.first, cue.stop), cue.source, (k, _end_of_quotation(s, k)), 0.85)


def _title(s: Sentence, cue: Cue, k: int) -> bool:
    """Tell a title of a work from speech: ``a film called "The Long Road"``."""
    if "l" not in cue.entry.frames or cue.source is None:
        return False
    return s.low[cue.source[0]] in {"a", "an", "another", "one"}


def _draft(
    s: Sentence, cue: Range, source: Range | None, content: Range, confidence: float
) -> Draft | None:
    trimmed = trim(s, content)
    if trimmed is None:
        return None
    first, stop = trimmed
    if "Q" not in s.tags[first:stop] and stop - first < MIN_INDIRECT_TOKENS:
        return None
    return Draft(cue, source, [trimmed], confidence)


def _according_to(s: Sentence) -> list[Draft]:
    """Read ``According to X, ...`` and ``..., according to X.``"""
    drafts = []
    for i, low in enumerate(s.low):
        if low != "according" or s.low[i + 1 : i + 2] != ["to"] or i + 2 >= len(s):
            continue
        stop = noun_phrase_after(s, i + 2)
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
        if content is not None and content[1] - content[0] >= MIN_INDIRECT_TOKENS:
            drafts.append(Draft((i, i + 2), (i + 2, stop), [content], 0.8, trailing=i > 1))
    return drafts


def _start_of_clause(s: Sentence, at: int) -> int:
    """Return where the content before "according to" starts: behind the last semicolon."""
    for k in range(at - 1, -1, -1):
        if s.tags[k] == ";":
            return k + 1
    return 0
