"""A quotation sought in a changed text by its selectors: its words, and what stood around them.

The selectors are those of the W3C Web Annotation Data Model (TextQuoteSelector: exact,
prefix, suffix). What typesetting changes is no change here: quotation marks, dashes, spaces
and line breaks, capitals, and the comma or full stop at the quotation's end. Knows nothing of
Django.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from rapidfuzz import fuzz
from rapidfuzz.distance import Indel

Span = tuple[int, int]

CONTEXT = 24
"""Characters of prefix and suffix that tell one place from another."""
GAP = 200
"""Characters between two fragments of a split quotation, and beyond what its cue had."""
WINDOWS = 4
"""Places in a text that are looked at closely when the words are not there as they were."""
COMMON = 400
"""A word that a text has more often says nothing about where a quotation is."""

_MARKS = "“”„‟«»‹›‘’‚‛\"'`´"
# One character for one, so that offsets stay: all quotation marks and apostrophes, all dashes.
_SAME = str.maketrans(dict.fromkeys(_MARKS, "'") | dict.fromkeys("‐‑‒–—―−", "-") | {"\xa0": " "})
_EDGE = "'.,;:!?-– \n"
_TOKEN = re.compile(r"\w+(?:[.,]\d+)*%?|[€$£%]")


class Standing(StrEnum):
    UNCHANGED = "unchanged"
    MOVED = "moved"
    ALTERED = "altered"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Selector:
    """A quotation as it stood: its fragments within ``exact``, and the text on both sides."""

    exact: str
    prefix: str = ""
    suffix: str = ""
    #: Start and end of each fragment within ``exact``; empty: all of it.
    fragments: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """What became of a quotation: ``span`` in the new text, None when it is gone."""

    standing: Standing
    span: Span | None
    #: 0 to 1, of the old words and the new.
    similarity: float


class Text:
    """A text in which several quotations are sought; what they share is worked out once."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.folded = _fold(text)
        self._words: list[re.Match[str]] | None = None
        self._places: dict[str, list[int]] = {}

    @property
    def words(self) -> list[re.Match[str]]:
        """The words in their order."""
        if self._words is None:
            self._words = list(_TOKEN.finditer(self.folded))
            for number, match in enumerate(self._words):
                self._places.setdefault(match.group(), []).append(number)
        return self._words

    def places(self, word: str) -> list[int]:
        """The numbers of the words that are ``word``; none for one that is everywhere."""
        if self._words is None:
            _ = self.words
        found = self._places.get(word, [])
        return found if len(found) <= COMMON else []


def same_typesetting(one: str, other: str) -> bool:
    """Whether two strings differ in nothing but marks, dashes, spaces and capitals."""
    return _plain(one).strip(_EDGE) == _plain(other).strip(_EDGE)


def seek(selector: Selector, text: Text, *, threshold: float) -> Found:
    """Find a quotation in another text than its own.

    UNCHANGED: the words, with what stood before or behind them; MOVED: the words elsewhere;
    ALTERED: other words that are alike by ``threshold`` or stand in its place; GONE otherwise.
    """
    places = list(_exact(selector, text))
    if places:
        at_home = [place for place in places if _at_home(selector, text, place)]
        if at_home:
            return Found(Standing.UNCHANGED, at_home[0], 1.0)
        return Found(Standing.MOVED, places[0], 1.0)
    best: tuple[float, Span] | None = None
    for span in _windows(selector, text):
        alike = similarity(selector.exact, text.text[slice(*span)])
        if best is None or alike > best[0]:
            best = (alike, span)
    if best is not None and best[0] >= threshold:
        # A hundredth of a likeness rounds to all of it; what is altered is never the same.
        return Found(Standing.ALTERED, best[1], min(best[0], 0.999))
    replaced = _between(selector, text)
    if replaced is not None:
        alike = similarity(selector.exact, text.text[slice(*replaced)])
        return Found(Standing.ALTERED, replaced, min(alike, 0.999))
    return Found(Standing.GONE, None, 0.0)


def similarity(one: str, other: str) -> float:
    """0 to 1: how much of two strings is the same, by characters and by words."""
    old, new = _plain(one), _plain(other)
    by_words: float = Indel.normalized_similarity(_TOKEN.findall(old), _TOKEN.findall(new))
    return (fuzz.ratio(old, new) / 100 + by_words) / 2


def _fold(text: str) -> str:
    """One form for what typesetting and capitals change; every character keeps its place."""
    same = text.translate(_SAME)
    lower = same.lower()
    if len(lower) == len(same):
        return lower
    return "".join(low if len(low := char.lower()) == 1 else char for char in same)


def _plain(text: str) -> str:
    return " ".join(_fold(text).split())


# --- The same words -----------------------------------------------------------------------


def _exact(selector: Selector, text: Text) -> Iterator[Span]:
    """Where the words stand as they were; each fragment of a split quotation behind the last."""
    parts = [selector.exact[start:end] for start, end in selector.fragments] or [selector.exact]
    patterns = [_pattern(part) for part in parts]
    if any(pattern is None for pattern in patterns):
        return
    first, *others = patterns
    reach = GAP + len(selector.exact)
    for match in first.finditer(text.folded):  # type: ignore[union-attr]
        if not _closes(parts[0], text, match.span()):
            continue
        start, end = match.span()
        for part, pattern in zip(parts[1:], others, strict=True):
            following = pattern.search(text.folded, end, end + reach)  # type: ignore[union-attr]
            if following is None or not _closes(part, text, following.span()):
                break
            end = following.end()
        else:
            yield _with_marks(selector.exact, text.text, (start, end))


def _pattern(part: str) -> re.Pattern[str] | None:
    """The words of ``part`` with any spaces between them, without the punctuation at its ends."""
    core = _plain(part).strip(_EDGE)
    if not core:
        return None
    spaced = r"\s+".join(re.escape(word) for word in core.split())
    before, behind = r"(?<!\w)", r"(?!\w)"
    return re.compile(
        (before if core[0].isalnum() else "") + spaced + (behind if core[-1].isalnum() else "")
    )


def _closes(part: str, text: Text, span: Span) -> bool:
    """Whether the quotation begins and ends where it did: one that goes on is another."""
    old = part.translate(_SAME).strip()
    start, end = span
    if old.startswith("'") and not text.folded[max(0, start - 4) : start].rstrip().endswith("'"):
        return False
    if old.endswith("'") or old.rstrip(".,;:!?").endswith("'"):
        behind = text.folded[end : end + 4].lstrip(".,;:!?- ")
        return behind.startswith("'")
    return True


def _at_home(selector: Selector, text: Text, span: Span) -> bool:
    """Whether what stood before or behind the quotation still does."""
    before = _edge(_plain(text.text[max(0, span[0] - 3 * CONTEXT) : span[0]]))
    behind = _edge(_plain(text.text[span[1] : span[1] + 3 * CONTEXT]))
    prefix = _edge(_plain(selector.prefix))[-CONTEXT:]
    suffix = _edge(_plain(selector.suffix))[:CONTEXT]
    if not before and not behind:
        return True  # nothing else is left
    if (not prefix and not before) or (not suffix and not behind):
        return True  # the article begins or ends with it, as it did
    return bool(prefix and before.endswith(prefix)) or bool(suffix and behind.startswith(suffix))


def _edge(text: str) -> str:
    return text.strip(_EDGE)


# --- Other words --------------------------------------------------------------------------


def _windows(selector: Selector, text: Text) -> Iterator[Span]:
    """The places that have most of the words in their order, each cut to the quotation."""
    sought = [match.group() for match in _TOKEN.finditer(_fold(selector.exact))]
    if not sought:
        return
    votes: Counter[int] = Counter()
    for number, word in enumerate(sought):
        for place in text.places(word):
            votes[place - number] += 1
    # Words put in or left out shift what follows: neighbouring shifts count together.
    slack = max(2, len(sought) // 4)
    counted = Counter(
        {
            shift: sum(votes[near] for near in range(shift - slack, shift + slack + 1))
            for shift in [shift for shift, _ in votes.most_common(8 * WINDOWS)]
        }
    )
    looked_at: list[int] = []
    for shift, _ in counted.most_common():
        if all(abs(shift - other) > slack for other in looked_at):
            looked_at.append(shift)
            span = _aligned(sought, text, shift, slack)
            if span is not None:
                yield _with_marks(selector.exact, text.text, span)
        if len(looked_at) == WINDOWS:
            return


def _aligned(sought: Sequence[str], text: Text, shift: int, slack: int) -> Span | None:
    """The words near ``shift`` that the sought ones are aligned with, as characters."""
    begin = max(0, shift - slack)
    window = text.words[begin : shift + len(sought) + slack]
    matcher = SequenceMatcher(None, sought, [match.group() for match in window], autojunk=False)
    blocks = [block for block in matcher.get_matching_blocks() if block.size]
    if not blocks:
        return None
    # Words replaced at the ends belong to the quotation as long as there are as many of them.
    first = max(0, blocks[0].b - blocks[0].a)
    last = blocks[-1].b + blocks[-1].size - 1 + (len(sought) - blocks[-1].a - blocks[-1].size)
    return window[first].start(), window[min(last, len(window) - 1)].end()


def _between(selector: Selector, text: Text) -> Span | None:
    """What stands between the old surroundings, when both are still there and close together."""
    prefix, suffix = _context(selector.prefix[-CONTEXT:]), _context(selector.suffix[:CONTEXT])
    if prefix is None or suffix is None:
        return None
    before = prefix.search(text.folded)
    if before is None:
        return None
    behind = suffix.search(text.folded, before.end(), before.end() + 2 * len(selector.exact) + GAP)
    if behind is None:
        return None
    start, end = before.end(), behind.start()
    inside = text.text[start:end]
    start += len(inside) - len(inside.lstrip())
    end -= len(inside) - len(inside.rstrip())
    return (start, end) if start < end else None


def _context(around: str) -> re.Pattern[str] | None:
    words = _plain(around).split()
    if len(" ".join(words)) < CONTEXT // 2:
        return None
    return re.compile(r"\s+".join(re.escape(word) for word in words))


def _with_marks(old: str, text: str, span: Span) -> Span:
    """``span`` with the marks and the punctuation that the quotation had on its ends."""
    start, end = span
    if old[:1] in _MARKS:
        paragraph = text.rfind("\n", 0, start) + 1
        for index in range(start - 1, max(paragraph, start - 40) - 1, -1):
            if text[index] in _MARKS and not text[index - 1 : index].isalnum():
                start = index
                break
    if old.rstrip(".,;:!?")[-1:] in _MARKS:
        behind = text.find("\n", end)
        limit = min(len(text) if behind < 0 else behind, end + GAP)
        for index in range(end, limit):
            # An apostrophe within a word closes nothing.
            if text[index] in _MARKS and not text[index + 1 : index + 2].isalnum():
                end = index + 1
                break
    return start, end
