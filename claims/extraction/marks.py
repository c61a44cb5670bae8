"""Quotation marks: which of them open, which close, and what they enclose.

A single pass over the marks of each paragraph, so the work is linear. Unbalanced marks cost
their own paragraph only. The multi-paragraph convention (an opening mark at each paragraph, a
closing one at the last) is followed as in O'Keefe et al. 2012, "A sequence labelling approach to
quote attribution".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from claims.extraction import lexicons

LOOKAHEAD_MARKS = 24
"""How many marks ahead a doubtful closing mark may be checked against."""

MAX_SINGLE_CHARS = 1500
"""A passage between single marks longer than this is an apostrophe gone astray."""

_MARK = re.compile(r"([\"“”„‟«»‹›‘’‚‛'])\1{3,}|''|``|[\"“”„‟«»‹›‘’‚‛']")
_PARAGRAPH = re.compile(r"[^\n\r\u2028\u2029]+")
_LEADING_WORD = re.compile(r"[^\W\d_]{1,7}|\d0s|\d\d")
_CLOSERS = {
    '"': frozenset('"”'),
    "“": frozenset('”"“'),
    "”": frozenset('”"'),
    "„": frozenset('“”"'),
    "‟": frozenset('”"'),
    "«": frozenset("»"),
    "»": frozenset("«»"),
    "‹": frozenset("›"),
    "›": frozenset("‹"),
    "''": frozenset(["''"]),
    "``": frozenset(["''"]),
    "‘": frozenset("’'"),
    "‚": frozenset("‘’'"),
    "‛": frozenset("’"),
    "’": frozenset("’"),
    "'": frozenset("'’"),
}
_SINGLE = frozenset("'‘’‚‛")
_ALWAYS_OPEN = frozenset(["“", "„", "‟", "«", "‹", "``"])
_BEFORE_OPENING = frozenset(" \t\xa0\u2002\u2003\u2009\u202f([{-–—:,;/…“\"‘'«")


@dataclass(frozen=True, slots=True)
class Region:
    """Text between quotation marks; ``[start, end)`` includes the marks that are there.

    ``closed`` is False where the closing mark is missing; ``continues`` is True where it is
    missing because the quotation goes on in the next paragraph.
    """

    start: int
    end: int
    inner_start: int
    inner_end: int
    single: bool
    closed: bool = True
    continues: bool = False
    continued: bool = False


@dataclass(frozen=True, slots=True)
class _Mark:
    at: int
    end: int
    text: str
    opens: bool
    closes: bool
    sure_close: bool


def paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Yield ``(start, end)`` of each line that holds anything, in order."""
    for match in _PARAGRAPH.finditer(text):
        yield match.start(), match.end()


def quoted_regions(text: str) -> list[Region]:
    """Return the outermost quoted passages of ``text``, sorted and without overlap."""
    regions: list[Region] = []
    carried = ""
    for start, end in paragraphs(text):
        marks = _marks(text, start, end)
        carried = _paragraph(text, start, end, marks, carried, regions)
    return _settle_continuations(regions, text)


def _marks(text: str, start: int, end: int) -> list[_Mark]:
    marks = []
    for match in _MARK.finditer(text, start, end):
        if match.group(1):
            continue  # a row of one mark is decoration, not punctuation
        at, stop, mark = match.start(), match.end(), match.group()
        before = text[at - 1] if at > start else " "
        after = text[stop] if stop < end else " "
        marks.append(_classify(text, at, stop, mark, before, after))
    return marks


def _classify(text: str, at: int, stop: int, mark: str, before: str, after: str) -> _Mark:
    space_before, space_after = before.isspace(), after.isspace()
    may_open = before in _BEFORE_OPENING or space_before
    sure = False
    if mark in _ALWAYS_OPEN:
        closes = mark in "“«‹" and not space_before and not after.isalnum()
        opens = not closes or mark != "“"
    elif mark in ("”", "»", "›"):
        opens, closes = space_before and not space_after, True
        sure = not space_before
    elif mark in _SINGLE:
        opens = may_open and not space_after and mark != "’" and not _elided(text, stop)
        if mark == "’":
            opens = False
        closes = not space_before and not after.isalnum() and mark not in "‘‛"
        sure = closes and before in ',.?!…”"'
    else:
        opens = may_open and not space_after
        closes = not (after.isalnum() and may_open)
        if space_before:
            closes = space_after or after in ",.;:)"
        sure = closes and (before in ",.?!…" or space_after)
        if before.isdigit() and mark == '"':
            opens = False
    return _Mark(at, stop, mark, opens, closes, sure)


def _elided(text: str, stop: int) -> bool:
    """Tell whether the word behind a single mark is one that loses its first letters."""
    match = _LEADING_WORD.match(text, stop)
    if match is None:
        return False
    word = match.group()
    if word[0].isdigit():
        return word.endswith("s") or not text[match.end() : match.end() + 1].isalnum()
    if text[match.end() : match.end() + 1].isalpha():
        return False
    return word.lower() in lexicons.word_set("elided")


def _paragraph(
    text: str, start: int, end: int, marks: list[_Mark], carried: str, regions: list[Region]
) -> str:
    """Append the regions of one paragraph; return the mark that it leaves open, or ""."""
    opened: _Mark | None = None
    continued = False
    first = True
    for i, mark in enumerate(marks):
        if opened is None:
            if carried and first and mark.closes and not mark.opens:
                carried = ""
            first = False
            if mark.opens and _worth_opening(marks, i):
                continued = bool(carried) and not text[start : mark.at].strip()
                opened = mark
            continue
        if mark.text in _CLOSERS[opened.text] and mark.closes:
            if opened.text in _SINGLE and not _closes_single(text, marks, i, opened):
                continue
            if _inch(text, marks, i, opened):
                continue
            regions.append(_region(opened, mark, continued))
            opened, carried = None, ""
        elif _reopens(text, mark, opened):
            opened, continued = mark, False
    if opened is None or opened.text in _SINGLE or opened.end >= end:
        return ""
    stop = len(text[start:end].rstrip()) + start
    if stop <= opened.end:
        return ""
    regions.append(
        Region(opened.at, stop, opened.end, stop, False, closed=False, continued=continued)
    )
    return opened.text


def _worth_opening(marks: list[_Mark], i: int) -> bool:
    mark = marks[i]
    if mark.text not in _SINGLE:
        return True
    closers = _CLOSERS[mark.text]
    for later in marks[i + 1 : i + 1 + LOOKAHEAD_MARKS]:
        if later.text in closers and later.closes:
            return later.at - mark.at <= MAX_SINGLE_CHARS
    return False


def _closes_single(text: str, marks: list[_Mark], i: int, opened: _Mark) -> bool:
    """Decide between a closing single mark and a possessive ("the dogs' owners")."""
    mark = marks[i]
    if mark.sure_close or mark.at == opened.end:
        return mark.at > opened.end
    if text[mark.at - 1] not in "sSzZ":
        return True
    after = text[mark.end : mark.end + 2]
    if not (after[:1].isspace() and after[1:2].isalnum()):
        return True
    closers = _CLOSERS[opened.text]
    for later in marks[i + 1 : i + 1 + LOOKAHEAD_MARKS]:
        if later.text == opened.text and later.opens:
            return True
        if later.text in closers and later.closes:
            return False
    return True


def _inch(text: str, marks: list[_Mark], i: int, opened: _Mark) -> bool:
    """Tell whether a mark behind a digit measures inches inside an open quotation."""
    mark = marks[i]
    if mark.text != '"' or not text[mark.at - 1].isdigit():
        return False
    after = text[mark.end : mark.end + 2]
    if not (after[:1] == " " and after[1:2].islower()):
        return False
    for later in marks[i + 1 : i + 1 + LOOKAHEAD_MARKS]:
        if later.text in _CLOSERS[opened.text]:
            return later.sure_close
    return False


def _reopens(text: str, mark: _Mark, opened: _Mark) -> bool:
    """Tell whether a second opening mark shows that the first one was never closed."""
    if mark.text != opened.text or not mark.opens or mark.closes:
        return False
    return mark.text not in _SINGLE and opened.text != "«" and text[mark.at - 1].isspace()


def _region(opened: _Mark, mark: _Mark, continued: bool) -> Region:
    return Region(
        opened.at, mark.end, opened.end, mark.at, opened.text in _SINGLE, continued=continued
    )


def _settle_continuations(regions: list[Region], text: str) -> list[Region]:
    """Mark the regions that a repeated opening mark carries on; drop empty ones."""
    settled: list[Region] = []
    for i, region in enumerate(regions):
        if not any(c.isalnum() for c in text[region.inner_start : region.inner_end]):
            continue
        if not region.closed and i + 1 < len(regions) and regions[i + 1].continued:
            region = Region(
                region.start,
                region.end,
                region.inner_start,
                region.inner_end,
                region.single,
                closed=False,
                continues=True,
                continued=region.continued,
            )
        settled.append(region)
    return settled
