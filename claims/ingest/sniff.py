"""What a run of bytes is: a page, a plain text, a PDF, or something that cannot be read."""

import re
from email.message import Message
from pathlib import PurePath
from typing import Literal

from .errors import UnsupportedContent

Kind = Literal["html", "text", "pdf"]

SNIFF_BYTES = 4096

# Long enough that no sentence begins like it ("ID3", "BZh" and "RIFF" alone could).
_MAGIC = tuple(
    (re.compile(pattern, re.DOTALL), label)
    for pattern, label in (
        (rb"\x89PNG\r\n", "PNG image"),
        (rb"\xff\xd8\xff", "JPEG image"),
        (rb"GIF8[79]a", "GIF image"),
        (rb"RIFF.{4}(?:WEBP|WAVE|AVI )", "RIFF (image, sound or video)"),
        (rb"PK\x03\x04", "ZIP (or Word, Excel, EPUB)"),
        (rb"\xd0\xcf\x11\xe0", "old Microsoft Office"),
        (rb"\{\\rtf\d", "RTF"),
        (rb"\x1f\x8b", "gzip"),
        (rb"BZh\d1AY", "bzip2"),
        (rb"7z\xbc\xaf", "7-Zip"),
        (rb"\xfd7zXZ", "xz"),
        (rb"\x28\xb5\x2f\xfd", "zstd"),
        (rb"ID3[\x02-\x04]", "MP3 sound"),
        (rb"OggS\x00", "Ogg sound or video"),
        (rb".{4}ftyp", "MP4 video"),
        (rb"\x1aE\xdf\xa3", "Matroska video"),
        (rb"SQLite format 3\x00", "SQLite database"),
        (rb"\x7fELF", "program"),
        (rb"WARC/\d\.\d", "WARC"),
    )
)

# Some programs write a line before it; readers look for it in the first kilobyte.
_PDF = re.compile(rb"%PDF-\d")
_PDF_START = 1024

_HTML_TYPES = frozenset({"text/html", "application/xhtml+xml"})
_TEXT_TYPES = frozenset({"text/plain", "text/markdown", "text/x-markdown"})
#: Types that servers and systems give when they do not know; the bytes decide.
_VAGUE_TYPES = frozenset(
    {"", "application/octet-stream", "binary/octet-stream", "text/xml", "application/xml"}
)
_HTML_ENDINGS = frozenset({".html", ".htm", ".xhtml", ".shtml"})
_TEXT_ENDINGS = frozenset({".txt", ".text", ".md", ".markdown"})

_HTML_TAG = re.compile(rb"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_PREAMBLES = ((b"<?xml", b"?>"), (b"<!--", b"-->"))
_FEED_START = re.compile(rb"<(?:rss|feed|rdf:RDF|urlset|sitemapindex)\b", re.IGNORECASE)
_XML_START = re.compile(rb"\s*<\?xml\b", re.IGNORECASE)
_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def split_content_type(header: str) -> tuple[str, str]:
    """(type, charset) of a Content-Type header, in lower case, "" where not given."""
    message = Message()
    message["content-type"] = header.replace("\r", " ").replace("\n", " ")
    if not header.strip():
        return "", ""
    charset = message.get_param("charset")
    return header.partition(";")[0].strip().lower(), charset if isinstance(charset, str) else ""


def kind_of(raw: bytes, *, media_type: str = "", name: str = "") -> Kind:
    """Whether bytes are HTML, plain text or PDF, by signature, media type, ending and look.

    Raises UnsupportedContent for anything else, with what it seems to be.
    """
    start = raw[:SNIFF_BYTES].removeprefix(b"\xef\xbb\xbf")
    shown = f" ({name})" if name else ""
    if _PDF.match(start) or (media_type == "application/pdf" and _PDF.search(start, 0, _PDF_START)):
        return "pdf"
    for magic, label in _MAGIC:
        if magic.match(start):
            raise UnsupportedContent(f"{label} is not supported yet{shown}.")
    wide = start.startswith((b"\xff\xfe", b"\xfe\xff")) or is_wide(start)
    narrow = start.replace(b"\0", b"")[2 * start.startswith((b"\xff\xfe", b"\xfe\xff")) :]
    if not wide:
        narrow = start
        # A stray NUL is dirt in a text; one byte in ten is another kind of file.
        if len(_CONTROLS.findall(start)) * 10 > len(start):
            raise UnsupportedContent(f"This is a binary file, neither HTML, text nor PDF{shown}.")
    if _starts_page(narrow):
        return "html"
    if _FEED_START.search(narrow[:1000]) and not media_type.startswith("text/plain"):
        raise UnsupportedContent(f"This is a feed or sitemap, not an article{shown}.")
    return _by_name(narrow, media_type=media_type, name=name, shown=shown)


def _starts_page(start: bytes) -> bool:
    """Whether a page begins, behind blanks, an XML declaration and comments at the most.

    Steps from one to the next: in Python 3.11.2 a pattern with possessive quantifiers, which
    would be as quick, misses comments.
    """
    at = 0
    while True:
        while start[at : at + 1].isspace():
            at += 1
        closing = next((end for begin, end in _PREAMBLES if start.startswith(begin, at)), None)
        if closing is None:
            return _HTML_TAG.match(start, at) is not None
        found = start.find(closing, at)
        if found < 0:
            return False
        at = found + len(closing)


def is_wide(start: bytes) -> bool:
    """Whether bytes look like UTF-16 without a byte order mark: every other one is NUL."""
    if len(start) < 4:
        return False
    half = len(start) // 2
    zeros = start[0::2].count(0), start[1::2].count(0)
    return max(zeros) > 0.7 * half and min(zeros) < 0.1 * half


def _by_name(start: bytes, *, media_type: str, name: str, shown: str) -> Kind:
    if media_type in _HTML_TYPES:
        return "html"
    if media_type in _TEXT_TYPES:
        return "text"
    if media_type not in _VAGUE_TYPES:
        raise UnsupportedContent(f"Content of the type {media_type[:80]} cannot be read{shown}.")
    ending = PurePath(name).suffix.lower()
    if ending in _HTML_ENDINGS:
        return "html"
    if ending in _TEXT_ENDINGS:
        return "text"
    if _XML_START.match(start) or media_type.endswith("/xml"):
        raise UnsupportedContent(f"XML other than XHTML cannot be read{shown}.")
    return "text"
