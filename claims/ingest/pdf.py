"""The text layer of a PDF, put together again: lines to paragraphs, divided words to whole ones."""

import json
import re
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from math import ceil
from pathlib import Path
from statistics import median
from typing import Any

from .clean import clean_line, clean_text
from .document import Content
from .errors import EmptyDocument, TooLarge, UnsupportedContent
from .limits import ReadLimits

_READER = Path(__file__).with_name("pdf_lines.py")

_SENTENCE_END = re.compile(r"[.!?…:;。][\"'”’»)\]]*$")
_DIVIDED = re.compile(r"(\w+)[-\xad‐]$")
_FIRST_WORD = re.compile(r"[a-zß-öø-ÿœšžāăąćčďęěğīłńňőřśšťūůűźž]\w*")
_WORD = re.compile(r"\w+(?:[-‐]\w+)*")
_NUMBER = re.compile(r"\d+|\b[ivxlc]+\b")
# What programs write for want of a title.
_NO_TITLE = re.compile(
    r"microsoft \w+ - |untitled|unbenannt|sans titre|\w+\.(?:docx?|odt|pdf|indd|qxd|rtf|tex)$",
    re.IGNORECASE,
)

# In units of the distance between two lines, of the size of the letters, and of the width.
_NEW_PARAGRAPH_GAP = 1.35
_INDENT = 0.7
_FULL_LINE = 0.85
_OTHER_SIZE = 0.1
_NEIGHBOURS = 6
# How much of a page's height, at its top and at its bottom, running heads stand in.
_MARGIN = 0.15
_BULLET = re.compile(r"[•‣▪●◦–—*-]\s|\(?\d{1,2}[.)]\s")


@dataclass(frozen=True, slots=True)
class Line:
    """One line as it stands on its page; lengths in points, from the lower left corner."""

    text: str
    left: float
    right: float
    baseline: float
    size: float
    page: int


def read_pdf(raw: bytes, *, limits: ReadLimits) -> Content:
    """The text layer of a PDF, without running heads and page numbers.

    Raises UnsupportedContent (code `pdf_encrypted` or `pdf_broken`), EmptyDocument where only
    pictures are in it (`pdf_scanned`), and TooLarge for more pages, text, memory or time than
    the limits allow.
    """
    found = _answer(raw, limits)
    pages = [
        [
            Line(words, left, right, baseline, size, number)
            for words, left, right, baseline, size in page["lines"]
        ]
        for number, page in enumerate(found["pages"])
    ]
    lines = _without_running_heads(pages, [float(page["height"]) for page in found["pages"]])
    text = clean_text("\n\n".join(_paragraphs(lines)))
    if len(text) < limits.min_prose_chars:
        raise EmptyDocument(
            "The PDF has pictures in it and no text, so it was scanned: have its text "
            "recognised first.",
            code="pdf_scanned",
        )
    return Content(
        title=_title(str(found.get("title") or ""), lines, limits),
        byline="",
        published_at=None,
        language="",
        site_name="",
        canonical="",
        text=text,
    )


def _answer(raw: bytes, limits: ReadLimits) -> dict[str, Any]:
    """What the reading process says; it lives for this one file."""
    slow = TooLarge(f"The PDF takes longer than {limits.pdf_seconds:g} seconds to read.")
    # Processor time comes in whole seconds; the clock below is exact.
    seconds = ceil(limits.pdf_seconds)
    bounds = (seconds, limits.pdf_memory, limits.pdf_max_pages, limits.max_chars)
    try:
        process = subprocess.run(  # noqa: S603  its own program, with numbers for arguments
            [sys.executable, "-I", str(_READER), *map(str, bounds)],
            input=raw,
            capture_output=True,
            timeout=limits.pdf_seconds,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise slow from None
    if process.returncode == -signal.SIGXCPU:
        raise slow
    broken = UnsupportedContent("The PDF is broken and cannot be read.", code="pdf_broken")
    try:
        found: dict[str, Any] = json.loads(process.stdout)
    except ValueError:
        if b"MemoryError" in process.stderr or process.returncode < 0:
            raise TooLarge("The PDF takes more memory than a document needs.") from None
        raise broken from None
    match found.get("refused"):
        case None:
            return found
        case "encrypted":
            raise UnsupportedContent(
                "The PDF is encrypted: save it without its password first.", code="pdf_encrypted"
            )
        case "pages":
            raise TooLarge(f"The PDF has {found['pages']:,} pages, over {limits.pdf_max_pages:,}.")
        case "text":
            raise TooLarge(f"The PDF has more than {limits.max_chars:,} characters of text.")
    raise broken


def _without_running_heads(pages: list[list[Line]], heights: list[float]) -> list[Line]:
    """The lines of all pages, less those at the edges that come again on other pages.

    Numbers count as alike, so that page numbers and dates of printing go as well.
    """
    edges: list[set[str]] = []
    for lines, height in zip(pages, heights, strict=True):
        edges.append({_shape(line) for line in lines if _at_edge(line, height)})
    counts = Counter(shape for page in edges for shape in page)
    # On facing pages the heads differ: every other page is enough.
    often = max(2, round(0.4 * len(pages)))
    return [
        line
        for lines, height in zip(pages, heights, strict=True)
        for line in lines
        if not (_at_edge(line, height) and counts[_shape(line)] >= often)
    ]


def _shape(line: Line) -> str:
    return _NUMBER.sub("#", " ".join(line.text.casefold().split()))


def _at_edge(line: Line, height: float) -> bool:
    return not _MARGIN * height < line.baseline < (1 - _MARGIN) * height


def _paragraphs(lines: list[Line]) -> Iterator[str]:
    words = Counter(word.casefold() for line in lines for word in _WORD.findall(line.text))
    steps = [
        before.baseline - after.baseline
        for before, after in pairwise(lines)
        if before.page == after.page and 0 < before.baseline - after.baseline < 3 * after.size
    ]
    step = median(steps) if steps else 0.0
    paragraph = ""
    for index, line in enumerate(lines):
        if index and _parts(lines, index, step):
            yield paragraph
            paragraph = ""
        paragraph = _joined(paragraph, " ".join(line.text.split()), words)
    if paragraph:
        yield paragraph


def _parts(lines: list[Line], index: int, step: float) -> bool:
    """Whether a paragraph begins with the line at `index`."""
    before, line = lines[index - 1], lines[index]
    ended = _SENTENCE_END.search(before.text.rstrip()) is not None
    if abs(before.size - line.size) > _OTHER_SIZE * max(before.size, line.size):
        return True
    down = before.baseline - line.baseline
    if before.page != line.page or down < -line.size:
        # Over to the next page or column: a sentence goes on.
        return ended or _BULLET.match(line.text) is not None
    if down > _NEW_PARAGRAPH_GAP * step or _BULLET.match(line.text):
        return True
    near = [
        other
        for other in lines[max(0, index - _NEIGHBOURS) : index + _NEIGHBOURS]
        if other.page == line.page
    ]
    left, right = min(one.left for one in near), max(one.right for one in near)
    short = before.right < left + _FULL_LINE * (right - left)
    indented = line.left > left + _INDENT * line.size and line.left > before.left + 1
    return ended and (short or indented)


def _joined(paragraph: str, line: str, words: Counter[str]) -> str:
    """A line added to its paragraph; a word that was divided between them is made whole.

    A hyphen stays in a word that has one elsewhere in the text ("long-term").
    """
    divided, follows = _DIVIDED.search(paragraph), _FIRST_WORD.match(line)
    if divided is None:
        return f"{paragraph} {line}" if paragraph else line
    if follows is None:
        # A name or a number goes on behind its hyphen: "Rhine-\nMeuse", "mid-\n1990".
        return f"{paragraph[:-1]}-{line}" if line[:1].isalnum() else f"{paragraph[:-1]}- {line}"
    whole, hyphened = divided[1] + follows[0], f"{divided[1]}-{follows[0]}"
    if words[hyphened.casefold()] > words[whole.casefold()]:
        return f"{paragraph[:-1]}-{line}"
    return paragraph[:-1] + line


def _title(stated: str, lines: list[Line], limits: ReadLimits) -> str:
    """The title that the file gives itself, else what is set largest on its first page."""
    title = clean_line(stated, limit=limits.max_field_chars)
    if title and not _NO_TITLE.search(title):
        return title
    first = [line for line in lines if line.page == 0]
    largest = max((line.size for line in first), default=0.0)
    if not first or largest <= median(line.size for line in lines) * (1 + _OTHER_SIZE):
        return ""
    found = " ".join(line.text for line in first if line.size >= largest * (1 - _OTHER_SIZE / 2))
    found = clean_line(found, limit=limits.max_field_chars)
    return found if len(found) <= limits.max_title_line_chars else ""
