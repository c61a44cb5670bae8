"""The lines of a PDF's text layer: a program of its own, which may crash, hang or swell.

Run by `pdf.py` with the file on standard input; writes JSON to standard output. The library
that reads PDFs is written in C++ and is no match for every file that the web holds, so it
works in a process with bounds: of memory and of time, both the kernel's.
"""

import ctypes
import json
import resource
import sys
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

# What PDFium writes for a hyphen together with the line end behind it.
_DIVIDED = frozenset({0x02, 0xFFFE})
_LINE_ENDS = frozenset({0x0A, 0x0D}) | _DIVIDED
_BLANKS = frozenset({0x20, 0xA0, 0x09, 0x3000})


def lines_of(page: Any) -> list[tuple[str, float, float, float, float]]:
    """(text, left, right, baseline, size of the letters) of each line, in points.

    In the order in which the file has them; the origin is the lower left corner.
    """
    text = page.get_textpage()
    found = []
    chars: list[int] = []
    seen: list[int] = []
    count = text.count_chars()
    for index in range(count + 1):
        code = pdfium.FPDFText_GetUnicode(text, index) if index < count else 0x0A
        if code not in _LINE_ENDS:
            if code not in _BLANKS and code:
                seen.append(index)
            chars.append(code)
            continue
        if seen:
            words = "".join(map(chr, chars)) + ("\xad" if code in _DIVIDED else "")
            left, right = text.get_charbox(seen[0])[0], text.get_charbox(seen[-1])[2]
            size = pdfium.FPDFText_GetFontSize(text, seen[len(seen) // 2])
            found.append((words, left, right, _baseline(text, seen[0]), size))
        chars, seen = [], []
    text.close()
    return found


def _baseline(text: Any, index: int) -> float:
    across, up = ctypes.c_double(), ctypes.c_double()
    pdfium.FPDFText_GetCharOrigin(text, index, across, up)
    return up.value


def answer(raw: bytes, *, max_pages: int, max_chars: int) -> dict[str, Any]:
    """What the caller is told: pages of lines, or why there are none."""
    try:
        document = pypdfium2.PdfDocument(raw)
    except pypdfium2.PdfiumError as error:
        return {"refused": "encrypted" if "password" in str(error).lower() else "broken"}
    if len(document) > max_pages:
        return {"refused": "pages", "pages": len(document)}
    pages = []
    chars = 0
    for number in range(len(document)):
        try:
            page = document[number]
            lines = lines_of(page)
        except pypdfium2.PdfiumError:
            return {"refused": "broken"}
        chars += sum(len(line[0]) for line in lines)
        if chars > max_chars:
            return {"refused": "text"}
        pages.append({"height": page.get_height(), "lines": lines})
        page.close()
    return {"title": document.get_metadata_value("Title"), "pages": pages}


def main() -> None:
    """Arguments: seconds of processor time, bytes of memory, pages, characters."""
    seconds, memory, max_pages, max_chars = (int(argument) for argument in sys.argv[1:])
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    found = answer(sys.stdin.buffer.read(), max_pages=max_pages, max_chars=max_chars)
    # A lone half of a character pair is put together, or marked, where text is cleaned.
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    main()
