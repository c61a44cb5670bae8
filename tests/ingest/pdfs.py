"""A small writer of PDFs: text at places, a password, a picture, a bomb."""

import hashlib
import textwrap
import zlib
from collections.abc import Sequence

#: (x, y, size of the letters, text), lengths in points from the lower left corner.
Place = tuple[float, float, float, str]

WIDTH, HEIGHT = 595, 842
_PADDING = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")
_ID = b"0123456789abcdef"


def pdf(
    pages: Sequence[Sequence[Place]], *, title: str = "", password: str = "", picture: bool = False
) -> bytes:
    """A file with the given texts on its pages, in Helvetica and Windows-1252."""
    streams = []
    for places in pages:
        parts = [b"q 300 0 0 400 100 200 cm /Im0 Do Q"] if picture else []
        for x, y, size, text in places:
            shown = text.encode("cp1252").replace(b"\\", b"\\\\")
            shown = shown.replace(b"(", b"\\(").replace(b")", b"\\)")
            parts.append(b"BT /F1 %.1f Tf 1 0 0 1 %.1f %.1f Tm (%s) Tj ET" % (size, x, y, shown))
        streams.append(b"\n".join(parts))
    return assembled(streams, title=title, password=password)


def assembled(streams: Sequence[bytes], *, title: str = "", password: str = "") -> bytes:
    """The file around the content of its pages."""
    key = _key(password) if password else b""
    count = len(streams)
    kids = b" ".join(b"%d 0 R" % (5 + 2 * n) for n in range(count))
    objects = {
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        2: b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, count),
        3: b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        4: b"<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /BitsPerComponent 8"
        b" /ColorSpace /DeviceGray /Length 1 >>\nstream\n%s\nendstream"
        % (_rc4(_object_key(key, 4), b"\x80") if key else b"\x80"),
    }
    for n, stream in enumerate(streams):
        page, content = 5 + 2 * n, 6 + 2 * n
        objects[page] = (
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %d %d] /Contents %d 0 R"
            b" /Resources << /Font << /F1 3 0 R >> /XObject << /Im0 4 0 R >> >> >>"
        ) % (WIDTH, HEIGHT, content)
        packed = zlib.compress(stream, 1)
        if key:
            packed = _rc4(_object_key(key, content), packed)
        head = b"<< /Length %d /Filter /FlateDecode >>" % len(packed)
        objects[content] = head + b"\nstream\n" + packed + b"\nendstream"
    last = 5 + 2 * count
    objects[last] = b"<< /Title (%s) >>" % title.encode("cp1252")
    trailer = b"/Root 1 0 R" + (b" /Info %d 0 R" % last if title and not key else b"")
    if key:
        objects[last] = b"<< /Filter /Standard /V 1 /R 2 /O <%s> /U <%s> /P -4 >>" % (
            _owner(password).hex().encode(),
            _rc4(key, _PADDING).hex().encode(),
        )
        trailer += b" /Encrypt %d 0 R /ID [<%s> <%s>]" % (last, *(_ID.hex().encode(),) * 2)
    return _written(objects, trailer)


def typeset(
    paragraphs: Sequence[str],
    *,
    columns: int = 76,
    per_page: int = 40,
    head: str = "",
    foot: str = "",
    gap: float = 8,
    indent: float = 0,
    title: str = "",
) -> bytes:
    """Paragraphs as a word processor sets them: lines of some letters, on as many pages as needed.

    `head` and `foot` stand on each page, with `{page}` for its number. Paragraphs are parted by
    a `gap`, or begin with an `indent`.
    """
    pages: list[list[Place]] = [[]]
    y = HEIGHT - 150.0
    for paragraph in paragraphs:
        for number, line in enumerate(_lines(paragraph, columns)):
            if len(pages[-1]) >= per_page:
                pages.append([])
                y = HEIGHT - 150.0
            pages[-1].append((72 + (indent if number == 0 else 0), y, 11, line))
            y -= 14
        y -= gap
    for number, page in enumerate(pages, start=1):
        if head:
            page.insert(0, (72, HEIGHT - 50, 9, head.format(page=number)))
        if foot:
            page.append((280, 40, 9, foot.format(page=number)))
    return pdf(pages, title=title)


def _lines(paragraph: str, columns: int) -> list[str]:
    """Wrapped; where the paragraph itself has line ends, there."""
    if "\n" in paragraph:
        return paragraph.split("\n")
    return textwrap.wrap(paragraph, columns, break_on_hyphens=False)


def _written(objects: dict[int, bytes], trailer: bytes) -> bytes:
    out = bytearray(b"%PDF-1.4\n")
    places = {}
    for number in sorted(objects):
        places[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, objects[number])
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % places[number] for number in sorted(objects))
    out += b"trailer\n<< /Size %d %s >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1,
        trailer,
        start,
    )
    return bytes(out)


# --- The standard security handler, revision 2 (RC4 of 40 bits): ISO 32000-1, 7.6.3 ---


def _padded(password: str) -> bytes:
    return (password.encode("latin-1") + _PADDING)[:32]


def _owner(password: str) -> bytes:
    return _rc4(hashlib.md5(_padded(password)).digest()[:5], _padded(password))


def _key(password: str) -> bytes:
    permissions = (-4).to_bytes(4, "little", signed=True)
    seed = _padded(password) + _owner(password) + permissions + _ID
    return hashlib.md5(seed).digest()[:5]


def _object_key(key: bytes, number: int) -> bytes:
    seed = key + number.to_bytes(3, "little") + b"\0\0"
    return hashlib.md5(seed).digest()[: len(key) + 5]


def _rc4(key: bytes, data: bytes) -> bytes:
    state = list(range(256))
    j = 0
    for i in range(256):
        j = (j + state[i] + key[i % len(key)]) % 256
        state[i], state[j] = state[j], state[i]
    out = bytearray()
    i = j = 0
    for byte in data:
        i = (i + 1) % 256
        j = (j + state[i]) % 256
        state[i], state[j] = state[j], state[i]
        out.append(byte ^ state[(state[i] + state[j]) % 256])
    return bytes(out)
