"""The one place where text is cleaned. Offsets are counted in what comes out of here."""

import hashlib
import re
import unicodedata

# Python counts \x1c-\x1e as line ends too; a joined word would be worse than a spare break.
_LINE_ENDS = "\r\x0b\x0c\x1c\x1d\x1e\u2028\u2029"

# Spaces that look like a space but that neither a search nor a tokenizer takes for one. The
# ideographic space (U+3000) is seen and typed by readers of CJK, and stays.
_SPACES = "\t\xa0\u1680\u2000-\u200a\u202f\u205f"

# Invisible, and able to hide a word from a search or a reader: soft hyphen, Arabic letter mark,
# zero-width space, direction marks, bidi embeddings and isolates, word joiner and invisible
# operators, BOM, interlinear annotation, object replacement, tags.
# U+200C and U+200D stay: Persian, Indic scripts and emoji mean something by them.
_INVISIBLE = (
    "\xad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffc\U000e0000-\U000e007f"
)

_BLANKS = " \u3000"

# UAX #15 (stream-safe text) calls 30 marks on one letter more than any language needs.
MAX_MARKS = 30


def _characters(ranges: str) -> list[int]:
    """Code points of a string such as `ab-d`, where `-` stands between the ends of a range."""
    found: list[int] = []
    index = 0
    while index < len(ranges):
        first = last = ord(ranges[index])
        if ranges[index + 1 : index + 2] == "-":
            last = ord(ranges[index + 2])
            index += 2
        found.extend(range(first, last + 1))
        index += 1
    return found


def _table() -> dict[int, str]:
    table = dict.fromkeys(range(0x20), "")
    table[0x7F] = ""
    # C1 controls in running text are Windows-1252 read as Latin-1, quotation marks above all:
    # HTML maps them in the same way. Five bytes mean nothing in either.
    table |= {code: bytes([code]).decode("cp1252", errors="ignore") for code in range(0x80, 0xA0)}
    table |= dict.fromkeys(range(0xFDD0, 0xFDF0), "")
    table |= {plane | low: "" for plane in range(0, 0x110000, 0x10000) for low in (0xFFFE, 0xFFFF)}
    table |= dict.fromkeys(_characters(_INVISIBLE), "")
    table |= dict.fromkeys(_characters(_SPACES), " ")
    table |= dict.fromkeys(_characters(_LINE_ENDS), "\n")
    table[0x0A] = "\n"
    return table


def _mark_class() -> str:
    # Planes above the second hold ideographs, and scanning them would slow every start. Three
    # Tibetan vowel signs have no combining class themselves but fall apart into marks.
    marks = [c for c in range(0x300, 0x20000) if unicodedata.combining(chr(c))]
    # As ranges: the pattern matcher walks through what lies beyond the first plane one by one.
    ranges: list[list[int]] = []
    for code in sorted({*marks, 0x0F73, 0x0F75, 0x0F81}):
        if ranges and ranges[-1][1] == code - 1:
            ranges[-1][1] = code
        else:
            ranges.append([code, code])
    return "[" + "".join(f"{chr(first)}-{chr(last)}" for first, last in ranges) + "]"


_TABLE = _table()
_MARK = _mark_class()
# Quick to look for, and in most texts not there: what could be a long run of marks.
_SUSPECT = re.compile(f"[\u0300-\U0001ffff]{{{MAX_MARKS}}}")
_SURROGATE = re.compile("[\ud800-\udfff]")
_MANY_MARKS = re.compile(f"({_MARK}{{{2 * MAX_MARKS}}}){_MARK}+")
_TOO_MANY_MARKS = re.compile(f"({_MARK}{{{MAX_MARKS}}}){_MARK}+")
_MANY_BREAKS = re.compile(r"\n{3,}")


def clean_text(text: str) -> str:
    r"""Text as it is stored: NFC, `\n` as the only line end, nothing invisible, no outer blanks.

    Takes any string; the result is always UTF-8 that PostgreSQL stores, and cleaning it again
    changes nothing. Runs in time linear in the length.

    The order makes it so: characters are replaced first, since normalising yields none that
    would be replaced; what follows NFC only cuts next to a line break or behind a run of
    marks, where nothing can compose anew.
    """
    text = text.replace("\r\n", "\n")
    if _SURROGATE.search(text):
        # Two halves of a pair, as JSON escapes leave them, are one character; others U+FFFD.
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    text = text.translate(_TABLE)
    if not text.isascii():
        # Sorting the marks of one letter is quadratic in CPython: bounded before, exact after.
        if _SUSPECT.search(text):
            text = _MANY_MARKS.sub(r"\1", text)
        text = unicodedata.normalize("NFC", text)
        # Again: normalising takes some marks apart.
        if _SUSPECT.search(text):
            text = _TOO_MANY_MARKS.sub(r"\1", text)
    text = "\n".join(line.rstrip(_BLANKS) for line in text.split("\n"))
    return _MANY_BREAKS.sub("\n\n", text).strip(_BLANKS + "\n")


def clean_line(text: str, *, limit: int) -> str:
    """A title, byline or name: cleaned, on one line, at most `limit` characters."""
    return " ".join(clean_text(text).split())[:limit].rstrip()


def text_hash(text: str) -> str:
    """SHA-256 (hex) of the UTF-8 of the cleaned text: what tells two versions apart."""
    return hashlib.sha256(clean_text(text).encode()).hexdigest()
