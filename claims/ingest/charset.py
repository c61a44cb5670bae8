"""Bytes to text: by byte order mark, declaration, and detection; never an error."""

import codecs
import re

import charset_normalizer

from .sniff import SNIFF_BYTES, is_wide

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

# What pages mean by these names (WHATWG Encoding): the label of a standard stands for the
# larger set that Windows uses.
_MEANT = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "ks_c-5601-1987": "cp949",
    "big5": "big5hkscs",
    "utf-16": "utf-16-le",
    "utf-32": "utf-32-le",
}

# Python knows codecs that are no charset of a page (idna, punycode, unicode_escape, utf-7),
# some of which raise in spite of errors="replace".
_CHARSET = re.compile(
    r"utf-(?:8|16|32)(?:-[lb]e)?|cp(?:8|9|12)\d\d|iso8859-\d+|koi8-[rut]|mac-\w+|gb18030|hz"
    r"|euc_\w+|big5hkscs|shift_\w+|iso2022_\w+|johab"
)
# Seven-bit or wide bytes that also pass as valid UTF-8.
_NOT_ASCII_BASED = re.compile(r"utf-(?:16|32)|iso2022|hz")

_META = re.compile(rb"<meta[^>]{0,500}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
_XML = re.compile(rb"<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([\w.:-]{2,40})", re.IGNORECASE)

# What undeclared pages are in; among all of Python's codecs the rare ones win too often.
_CANDIDATES = [
    *(f"cp{number}" for number in range(1250, 1257)),
    *("koi8_r", "cp932", "euc_jp", "gb18030", "big5", "cp949"),
]

_HIGH = re.compile(rb"[\x80-\xff]+")
_DETECT_BYTES = 65_536


def decode(raw: bytes, *, charset: str = "", html: bool = False) -> str:
    """The text of bytes; `charset` is the header's. Undecodable bytes become U+FFFD.

    A byte order mark wins. Then UTF-8, when the bytes are valid as such, whatever the header
    says: text in another charset hardly ever is, and old servers announce Latin-1 for
    everything. Then the header, the page's own declaration, and detection.
    """
    for mark, name in _BOMS:
        if raw.startswith(mark):
            return raw[len(mark) :].decode(name, "replace")
    declared = [name for name in (_known(charset), _declared(raw) if html else "") if name]
    if declared and _NOT_ASCII_BASED.match(declared[0]):
        return raw.decode(declared[0], "replace")
    start = raw[:SNIFF_BYTES]
    if is_wide(start):
        return raw.decode("utf-16-be" if start[:1] == b"\0" else "utf-16-le", "replace")
    for name in ("utf-8", *declared):
        try:
            return raw.decode(name)
        except UnicodeError:
            continue
    if declared:
        return raw.decode(declared[0], "replace")
    return raw.decode(_detected(raw), "replace")


def _known(name: str) -> str:
    """Python's name of a charset that a page may be in, or ""."""
    try:
        found = codecs.lookup(name.strip().strip("\"'")).name
    except (LookupError, ValueError):
        return ""
    found = _MEANT.get(found, found)
    return found if _CHARSET.fullmatch(found) else ""


def _declared(raw: bytes) -> str:
    start = raw[:SNIFF_BYTES]
    match = _XML.match(start.lstrip()) or _META.search(start)
    if match is None:
        return ""
    name = _known(match[1].decode("ascii"))
    # A declaration that can be read byte by byte is not in a wide charset (WHATWG says UTF-8).
    return "utf-8" if name.startswith(("utf-16", "utf-32")) else name


def _detected(raw: bytes) -> str:
    first = _HIGH.search(raw)
    begin = max(0, first.start() - 1024) if first else 0
    sample = raw[begin : begin + _DETECT_BYTES]
    # UTF-8 with a few broken bytes: most runs of high bytes still decode.
    runs = _HIGH.findall(sample)
    broken = sum(1 for run in runs if "\ufffd" in run.decode("utf-8", "replace"))
    if broken * 2 < len(runs):
        return "utf-8"
    high = sum(map(len, runs))
    # A text with this few accents is English or the like, and statistics know nothing of it.
    if high * 100 < len(sample) * 3 or len(sample) < 40:
        return "cp1252"
    best = charset_normalizer.from_bytes(sample, cp_isolation=_CANDIDATES).best()
    return (best and _known(best.encoding)) or "cp1252"
