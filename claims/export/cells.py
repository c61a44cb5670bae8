"""Text in the cells of a table, in forms that lose nothing and run nothing.

A spreadsheet runs what begins like a formula. `guarded` puts an apostrophe before such text,
and before text that begins with an apostrophe itself, so that `bare` can take exactly that one
away again: ``bare(guarded(text)) == text`` for every text.
"""

import re

# What spreadsheets take for the beginning of a formula, also in the wide forms of Asian input.
FORMULA_MARKS = frozenset("=+-@＝＋－＠\t\r\n")
GUARD = "'"
# XML 1.0 has no place for these, and reads a carriage return as a line feed. Office writes
# them as _x000D_, and so do we.
_NOT_IN_XML = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]")
_LOOKS_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4})")
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")


def is_risky(text: str) -> bool:
    """Whether a spreadsheet might run ``text``, or take its apostrophe for our guard."""
    return text[:1] == GUARD or text[:1] in FORMULA_MARKS or text.lstrip()[:1] in FORMULA_MARKS


def guarded(text: str) -> str:
    """``text`` as it stands in a cell."""
    return GUARD + text if text and is_risky(text) else text


def bare(cell: str) -> str:
    """What a cell says, without the guard."""
    return cell[1:] if cell[:1] == GUARD and is_risky(cell[1:]) else cell


def xml_safe(text: str) -> str:
    """``text`` with what XML cannot hold as Office writes it."""
    text = _LOOKS_ESCAPED.sub("_x005F_", text)
    return _NOT_IN_XML.sub(lambda found: f"_x{ord(found[0]):04X}_", text)


def from_xml(text: str) -> str:
    """The way back from `xml_safe`."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
