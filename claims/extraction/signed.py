"""Quotations signed with a dash and a name, as pull quotes, letters and readers' voices are.

A line that begins and ends with a quotation mark, then a dash, a name, and the end of the line:
print has no other meaning for it, and news has too few for a network to learn it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

CharSpan = tuple[int, int]

_SPACE = r"[ \t\xa0]*"
_WORD = r"[^\W\d_a-z][\w’'.-]{0,40}"
_PARTICLE = r"(?:de|da|del|della|der|den|di|du|dos|la|le|van|von|bin|ibn|al|el|of|the|and|y|e)"
_SIGNATURE = re.compile(
    rf"{_SPACE}(?P<dash>--|[―—–-]){_SPACE}"
    rf"(?P<name>{_WORD}(?:[ \xa0](?:{_PARTICLE}[ \xa0])*{_WORD}){{0,5}})"
    rf"(?P<role>,[^.!?:;“”\"]{{2,80}})?{_SPACE}\.?{_SPACE}"
)
_OPENING, _CLOSING = '"“”„«', '"”“»'
_LINE = re.compile(r"[^\n]*[^\s][^\n]*")


@dataclass(frozen=True, slots=True)
class Signed:
    """The offsets of a signed quotation; the dash is its cue."""

    content: CharSpan
    dash: CharSpan
    name: CharSpan


def signed(text: str) -> list[Signed]:
    """Return the signed quotations of ``text``, in text order.

    The signature stands behind the closing mark, or alone on the next line that holds anything.
    """
    found = []
    lines = [match.span() for match in _LINE.finditer(text)]
    for number, (start, end) in enumerate(lines):
        start += len(text[start:end]) - len(text[start:end].lstrip())
        if text[start] not in _OPENING:
            continue
        closing = max(text.rfind(mark, start + 2, end) for mark in _CLOSING)
        if closing < 0:
            continue
        behind, stop = closing + 1, end
        if not text[behind:end].strip():
            # A dash on the next line signs; dashes on the next lines are a list.
            if number + 1 == len(lines) or _begins_with_dash(text, lines[number + 2 : number + 3]):
                continue
            behind, stop = lines[number + 1]
        match = _SIGNATURE.fullmatch(text, behind, stop)
        if match is None:
            continue
        name = match["name"].rstrip(".")
        last = match.end("role") if match["role"] else match.start("name") + len(name)
        found.append(Signed((start, closing + 1), match.span("dash"), (match.start("name"), last)))
    return found


def _begins_with_dash(text: str, lines: Sequence[CharSpan]) -> bool:
    return any(text[start:end].lstrip()[:1] in "―—–-" for start, end in lines)
