"""What changed between two texts, word by word, readable without colours."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from rapidfuzz import fuzz

_TOKEN = re.compile(r"\s+|\w+(?:[.,]\d+\w*)*%?|[^\w\s]")
MOST_TOKENS = 4000
"""Two paragraphs longer than this are shown one after the other, not word by word."""
ALIKE = 40
"""Percent: paragraphs less alike than this are taken out and put in, not changed."""
AROUND = 1
"""Paragraphs shown before and behind a change."""


@dataclass(frozen=True, slots=True)
class Part:
    """A paragraph of the comparison, or ``skipped`` ones that are the same in both texts."""

    html: str = ""
    skipped: int = 0


def word_diff(old: str, new: str) -> SafeString:
    """``new`` with what it lacks of ``old`` as <del> and what it has beyond it as <ins>."""
    pieces = ((_piece(kind, text),) for kind, text in _changes(old, new))
    return format_html_join("", "{}", pieces)


def _piece(kind: str, text: str) -> SafeString:
    # The words that a screen reader needs, since it says neither colour nor line.
    if kind == "delete":
        return format_html('<del><span class="fc-heard">deleted: </span>{}</del>', text)
    if kind == "insert":
        return format_html('<ins><span class="fc-heard">inserted: </span>{}</ins>', text)
    return format_html("{}", text)


def _changes(old: str, new: str) -> Iterator[tuple[str, str]]:
    before, behind = _TOKEN.findall(old), _TOKEN.findall(new)
    steps: list[Step]
    if max(len(before), len(behind)) > MOST_TOKENS:
        steps = [("replace", 0, len(before), 0, len(behind))]
    else:
        matcher = SequenceMatcher(None, before, behind, autojunk=False)
        steps = _joined(matcher.get_opcodes(), before)
    for kind, i1, i2, j1, j2 in steps:
        if kind == "equal":
            yield "equal", "".join(behind[j1:j2])
            continue
        if i1 < i2:
            yield "delete", "".join(before[i1:i2])
        if j1 < j2:
            yield "insert", "".join(behind[j1:j2])


Step = tuple[str, int, int, int, int]


def _joined(steps: Sequence[Step], before: list[str]) -> list[Step]:
    """Changes with nothing but a space between them are one: word by word would be a riddle."""
    joined: list[Step] = []
    for step in steps:
        kind, _, i2, _, j2 = step
        blank = kind == "equal" and not "".join(before[step[1] : i2]).strip()
        inside = bool(joined) and joined[-1][0] != "equal" and step is not steps[-1]
        if joined and joined[-1][0] != "equal" and (kind != "equal" or (blank and inside)):
            last = joined[-1]
            joined[-1] = ("replace", last[1], i2, last[3], j2)
        else:
            joined.append(step)
    return joined


def text_diff(old: str, new: str) -> list[Part]:
    """The changed paragraphs of two texts with a little around them."""
    before, behind = _paragraphs(old), _paragraphs(new)
    parts: list[Part] = []
    matcher = SequenceMatcher(None, before, behind, autojunk=False)
    steps = matcher.get_opcodes()
    for number, (kind, i1, i2, j1, j2) in enumerate(steps):
        if kind == "equal":
            parts += _context(behind[j1:j2], first=number == 0, last=number == len(steps) - 1)
        else:
            parts += [Part(word_diff(*pair)) for pair in _paired(before[i1:i2], behind[j1:j2])]
    return parts


def _paragraphs(text: str) -> list[str]:
    return [part for part in re.split(r"\n+", text) if part.strip()]


def _context(same: list[str], *, first: bool, last: bool) -> Iterator[Part]:
    head = [] if first else same[:AROUND]
    tail = [] if last else same[max(AROUND if not first else 0, len(same) - AROUND) :]
    yield from (Part(format_html("{}", text)) for text in head)
    skipped = len(same) - len(head) - len(tail)
    if skipped > 0:
        yield Part(skipped=skipped)
    yield from (Part(format_html("{}", text)) for text in tail)


def _paired(before: list[str], behind: list[str]) -> Iterator[tuple[str, str]]:
    """Old and new paragraphs side by side: those that are alike together, in their order."""
    waiting = 0
    for new in behind:
        ranked = [
            (fuzz.ratio(old, new), -index)
            for index, old in enumerate(before[waiting:], start=waiting)
        ]
        best, at = max(ranked, default=(0, 0))
        if best < ALIKE:
            yield "", new
            continue
        yield from ((old, "") for old in before[waiting:-at])
        yield before[-at], new
        waiting = 1 - at
    yield from zip_longest(before[waiting:], (), fillvalue="")
