"""Attributions of one sentence: each cue with its source and the content it governs."""

from __future__ import annotations

from dataclasses import replace

from claims.extraction import lexicons, likely
from claims.extraction.clauses import clause_end, end_of_quotation, is_clause, trim
from claims.extraction.cues import Cue, find_cues
from claims.extraction.drafts import MIN_INDIRECT_TOKENS, Draft, offered_once
from claims.extraction.grammar import Range
from claims.extraction.patterns import according_to, cue_nouns, script_line
from claims.extraction.phrases import addressee, noun_phrase_after, skip_phrase
from claims.extraction.tokens import Sentence

_STARTS_NOUN_PHRASE = frozenset("DNCMP")


def attribute(s: Sentence) -> list[Draft]:
    """Return the attributions of a sentence, in the order of their cues."""
    drafts: list[Draft] = []
    behind = 0
    waiting: Cue | None = None
    for found in find_cues(s):
        cue = _with_source(s, found, drafts)
        draft = _attribution(s, cue, behind)
        if draft is not None:
            drafts.append(draft)
            if draft.trailing:
                behind = max(behind, cue.stop, draft.content[-1][1])
        elif _promises(s, cue):
            waiting = cue
    drafts.extend(according_to(s))
    drafts.extend(script_line(s))
    drafts.extend(cue_nouns(s))
    drafts = offered_once(s, drafts)
    if waiting is not None:
        cue_range = (waiting.first, waiting.stop)
        drafts.append(Draft(cue_range, waiting.source, [], likely.QUOTED_BEHIND))
    return drafts


def _with_source(s: Sentence, cue: Cue, drafts: list[Draft]) -> Cue:
    """Give "said Ann Lee, adding: ..." the speaker that stands behind its first cue."""
    if cue.source is not None or not cue.inherited or cue.first == 0 or not drafts:
        return cue
    before = s.tags[cue.first - 1]
    if before == "K" or (before == "," and cue.tag == "G"):
        return replace(cue, source=drafts[-1].source)
    return cue


def _promises(s: Sentence, cue: Cue) -> bool:
    """Tell whether the sentence ends behind a cue whose words are still to come."""
    if cue.source is None or cue.passive or "q" not in cue.entry.frames or not cue.entry.lemma:
        return False
    after = _behind_cue(s, cue)
    return after >= len(s) - 1 or s.tags[-1] == ":"


def _attribution(s: Sentence, cue: Cue, behind: int) -> Draft | None:
    if cue.passive or ("p" in cue.entry.frames and cue.stop == cue.verb + 1):
        return None
    inverted = _inverted(s, cue, behind)
    if inverted is not None:
        return inverted
    if cue.source is None:
        return None
    if not cue.entry.lemma:
        return None if cue.inherited else _trailing(s, cue, cue.source, behind)
    if not cue.inherited:
        trailing = _trailing(s, cue, cue.source, behind)
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
    content = trim(s, (behind, first))
    if content is None or not is_clause(s, *content) or not _plain_name(s, at, stop):
        return None
    return Draft((cue.first, at), (at, stop), [content], likely.CLAUSE, trailing=True)


def _plain_name(s: Sentence, first: int, stop: int) -> bool:
    """Tell a bare mention ("said Ann Lee, a nurse") from the start of a clause."""
    tags = s.tags[first:stop]
    until = min([tags.index(t) for t in ",W" if t in tags], default=len(tags))
    return all(tag in "NCMDHIKP" for tag in tags[:until])


def _quotation_before(s: Sentence, at: int) -> int | None:
    """Return the Q token right before ``at``, a comma or dash between them allowed."""
    k = at - 1
    if k > 0 and s.tags[k] in ",-" and s.tags[k - 1] == "Q":
        return k - 1
    return k if k >= 0 and s.tags[k] == "Q" else None


def _trailing(s: Sentence, cue: Cue, source: Range, behind: int) -> Draft | None:
    """Read ``"...," he said`` and ``The plan, he said, works.``"""
    frames, start = cue.entry.frames, source[0]
    if not frames & {"i", "q"} or start == 0:
        return None
    if any(s.tags[k] in "QS" for k in range(source[1], cue.first)):
        return None
    after = _behind_cue(s, cue)
    quoted = _quotation_before(s, start)
    tag = s.tags[after] if after < len(s) else "."
    if quoted is not None and (_ends_like_speech(s, quoted) or s.tags[start - 1] == ","):
        if s.low[after : after + 1] == ["that"]:
            return None
        return _behind_content(s, cue, source, quoted, after, behind)
    if "i" not in frames or s.tags[start - 1] not in ",-" or tag not in ",.;-":
        return None
    if cue.stop != cue.verb + 1:
        return None
    left = trim(s, (behind, start - 1))
    quoted_next = s.tags[after : after + 2] == [",", "Q"]
    if quoted_next and not _goes_on(s, after + 1):
        return None
    if left is not None and s.tags[left[0]] in "EG":
        return None
    content = [left] if left is not None else []
    if tag in ",-" and after + 1 < len(s):
        right = _right_part(s, after + 1)
        if right is not None:
            content.append(right)
    if left is None or (len(content) == 1 and not is_clause(s, *left)):
        return None
    return Draft((cue.first, cue.stop), source, content, likely.CLAUSE, trailing=True)


def _right_part(s: Sentence, start: int) -> Range | None:
    """Return the rest of a sentence that a cue in the middle interrupts."""
    if s.tags[start] == "Q":
        return start, end_of_quotation(s, start)
    if s.tags[start] == "G" or s.low[start] in {"while", "when", "as", "who", "which"}:
        return None
    if s.tags[start] == "K" and start + 1 < len(s) and s.tags[start + 1] in "VE":
        return None
    stop = clause_end(s, start)
    content = trim(s, (start, stop))
    return content if content is not None and is_clause(s, *content) else None


def _goes_on(s: Sentence, q: int) -> bool:
    """Tell whether a quotation starts in the middle of a sentence: with a small letter."""
    region = s.regions[q]
    return s.words[q][region.inner_start - region.start :].lstrip()[:1].islower()


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
    begin = behind
    confidence = likely.QUOTED
    if begin < start and _joins(s, begin, start):
        start, confidence = begin, likely.QUOTED_ENDING
    content = [(start, quoted + 1)]
    k = after
    while k < len(s) and s.tags[k] in ",:-":
        k += 1
    if k < len(s) and s.tags[k] == "Q" and k > after:
        content.append((k, end_of_quotation(s, k)))
    else:
        late = _resumed(s, after)
        if late is not None:
            content.append((late, end_of_quotation(s, late)))
    return Draft((cue.first, cue.stop), source, content, confidence, trailing=True)


def _resumed(s: Sentence, after: int) -> int | None:
    """Return the Q token with which the speech goes on: ``said Ann Lee, smiling, "and ..."``."""
    for k in range(after, len(s)):
        if s.tags[k] == "Q":
            return k if s.tags[k - 1] == "," and _goes_on(s, k) else None
        if s.tags[k] in "V;":
            return None
    return None


def _joins(s: Sentence, begin: int, start: int) -> bool:
    """Tell whether the writer's words before a quotation belong to the content."""
    if s.tags[start - 1] in ",:":
        return False
    return all(s.tags[k] not in ":;" for k in range(begin, start))


def _behind_cue(s: Sentence, cue: Cue) -> int:
    """Return the token behind the cue, its addressee and phrases of time and place."""
    k = cue.stop
    if "t" in cue.entry.frames:
        k = addressee(s, k)
    return skip_phrase(s, k)


def _leading(s: Sentence, cue: Cue) -> Draft | None:
    """Read the cues that stand before their content."""
    frames = cue.entry.frames
    if {"t", "o"} <= frames:
        addressed = addressee(s, cue.stop)
        if cue.stop < addressed < len(s) and s.tags[addressed] == "T":
            stop = clause_end(s, addressed, subordinate=_subordinate(s, cue))
            return _draft(s, (cue.first, cue.stop), cue.source, (cue.stop, stop), likely.STANCE)
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
        addressed = addressee(s, at)
        starts += [addressed, skip_phrase(s, addressed)]
        if cue.entry.lemma == "tell":
            starts.append(_later_that(s, addressed) if addressed < len(s) else addressed)
            starts = [k for k in starts if at < k < len(s)]
            return sorted(starts, key=lambda k: not _certain_start(s, k))
    starts.append(at)
    manner = at
    while manner < len(s) and s.tags[manner] == "R":
        manner += 1
    starts += [manner, skip_phrase(s, at), _later_that(s, at)]
    starts = [k for k in dict.fromkeys(starts) if k < len(s)]
    return sorted(starts, key=lambda k: not _certain_start(s, k))


def _later_that(s: Sentence, at: int) -> int:
    """Return the "that" behind "said on NBC's Meet the Press on Sunday that"."""
    adjunct = s.low[at] in lexicons.words("time_words") or s.low[at] in {"after", "before"}
    if s.tags[at] not in "IRT" and not adjunct:
        return at
    for k in range(at + 1, min(at + 16, len(s))):
        if s.low[k] == "that" and s.tags[k - 1] in "NCMR,OQ":
            return k
        if s.tags[k] in "VAPW;:":
            break
    return at


def _certain_start(s: Sentence, k: int) -> bool:
    """Tell whether content surely starts at ``k``: "that", or quotation marks."""
    if s.low[k] == "that" or s.tags[k] == "Q":
        return True
    return s.tags[k] in ",:" and s.tags[k + 1 : k + 2] == ["Q"]


def _content_at(s: Sentence, cue: Cue, k: int, frames: frozenset[str]) -> Draft | None:
    """Return the attribution whose content starts at ``k``, if the cue can take it."""
    if s.tags[k] in ",:-Q":
        return _marked_content(s, cue, k, frames)
    subordinate = _subordinate(s, cue)
    frame = _frame(s, cue, k, frames, subordinate)
    if frame is None:
        return None
    confidence, noun_phrase = frame
    stop = clause_end(s, k, noun_phrase=noun_phrase, subordinate=subordinate)
    return _draft(s, (cue.first, cue.stop), cue.source, (k, stop), confidence)


def _marked_content(s: Sentence, cue: Cue, k: int, frames: frozenset[str]) -> Draft | None:
    """Read content behind a colon or comma, or between quotation marks."""
    mark = (cue.first, cue.stop)
    if s.tags[k] == "Q":
        if not frames & {"q", "n", "l", "c"} or (cue.tag == "E" and _title(s, cue, k)):
            return None
        return _draft(s, mark, cue.source, (k, end_of_quotation(s, k)), likely.QUOTED_OPENING)
    if k + 1 >= len(s):
        return None
    if s.tags[k + 1] == "Q" and frames & {"q", "c"}:
        return _draft(
            s, mark, cue.source, (k + 1, end_of_quotation(s, k + 1)), likely.QUOTED_BEHIND
        )
    if s.tags[k] == ":" and "c" in frames:
        stop = clause_end(s, k + 1, subordinate=_subordinate(s, cue))
        return _draft(s, mark, cue.source, (k + 1, stop), likely.STANCE)
    return None


def _frame(
    s: Sentence, cue: Cue, k: int, frames: frozenset[str], subordinate: bool
) -> tuple[float, bool] | None:
    """Return (confidence, whether a noun phrase is enough) for content at ``k``, if any fits."""
    tag, low = s.tags[k], s.low[k]
    if low == "that" and frames & {"c", "b", "t", "d"}:
        return likely.THAT, False
    if cue.stop > cue.verb + 1:
        return (likely.STANCE, True) if tag in "DNCMPHEGOS" else None
    if tag == "M" and "o" in frames and not frames & {"c", "b"}:
        return likely.STANCE, True
    if tag == "T":
        return (likely.STANCE, False) if "o" in frames else None
    if tag == "W" and k != cue.stop:
        return None
    if tag in "SW" and low in lexicons.word_set("question"):
        asks = "w" in frames or ("c" in frames and low not in {"where", "when"})
        return (likely.STANCE, False) if asks else None
    if tag in "PDNCMEGRSI" and frames & {"c", "b"}:
        stop = clause_end(s, k, subordinate=subordinate)
        clausal = tag in "PM" or is_clause(s, k, stop) or "Q" in s.tags[k:stop]
        if clausal and not (tag in "IS" and "b" in frames):
            return (likely.CLAUSE if "c" in frames else likely.STANCE), False
    if low == "as" and frames & {"n", "l"} and "Q" in s.tags[k : k + 5]:
        return likely.STANCE, True
    if tag in "DNCMOHEGP" and frames & {"n", "l"}:
        return likely.STANCE, True
    return None


def _subordinate(s: Sentence, cue: Cue) -> bool:
    """Tell whether the cue stands in a relative clause or in one before the main clause."""
    if cue.source is None or cue.inherited:
        return False
    first = cue.source[0]
    if s.tags[first] == "W":
        return first > 0 and s.tags[first - 1] == ","
    opened = first == 1 or (first > 1 and s.tags[first - 2] == ",")
    return opened and s.low[first - 1] in lexicons.word_set("concession") and first < 4


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
