"""Content-Encoding undone within a bound.

httpx decodes each chunk as a whole, and encodings in layers: 64 KiB can become gigabytes
before the first byte could be counted. Here zlib stops at the limit.
"""

import zlib
from typing import Protocol

from .errors import FetchError, TooLarge

#: What a request may ask for; anything else in a reply is refused.
ACCEPTED = "gzip, deflate"


class Decoder(Protocol):
    """Takes bytes as received, gives bytes of content."""

    def feed(self, chunk: bytes) -> bytes:
        """Raises TooLarge, or FetchError(code="encoding")."""

    def finish(self) -> None:
        """Raises FetchError when the content is cut off."""


class _Identity:
    def __init__(self, limit: int) -> None:
        self._left = limit

    def feed(self, chunk: bytes) -> bytes:
        self._left -= len(chunk)
        if self._left < 0:
            raise TooLarge("The page is larger than the limit.")
        return chunk

    def finish(self) -> None:
        """Lengths are checked by HTTP itself."""


class _Zlib:
    def __init__(self, limit: int, *, gzip: bool) -> None:
        self._left = limit
        self._gzip = gzip
        self._decoder = zlib.decompressobj(31 if gzip else 15)
        self._started = False

    def feed(self, chunk: bytes) -> bytes:
        found: list[bytes] = []
        while chunk:
            if self._decoder.eof:
                # Gzip files may be joined; whatever else follows the end is ignored.
                if not self._gzip or not chunk.startswith(b"\x1f\x8b"):
                    break
                self._decoder = zlib.decompressobj(31)
            part = self._inflate(chunk)
            self._left -= len(part)
            if self._left < 0:
                raise TooLarge("The page is larger than the limit when unpacked.")
            found.append(part)
            chunk = self._decoder.unconsumed_tail or self._decoder.unused_data
        return b"".join(found)

    def _inflate(self, chunk: bytes) -> bytes:
        try:
            part = self._decoder.decompress(chunk, self._left + 1)
        except zlib.error as error:
            if self._gzip or self._started:
                raise FetchError("The page's compression is broken.", code="encoding") from error
            # "deflate" means zlib in the standard, and raw deflate with some servers.
            self._decoder = zlib.decompressobj(-15)
            self._started = True
            return self._inflate(chunk)
        self._started = True
        return part

    def finish(self) -> None:
        if self._started and not self._decoder.eof:
            raise FetchError("The page ended too early.", code="protocol")


def decoder(content_encoding: str, *, limit: int) -> Decoder:
    """The decoder for a Content-Encoding header, stopping at `limit` decoded bytes.

    Raises FetchError(code="encoding") for one that was not asked for, layers included.
    """
    match content_encoding.strip().lower():
        case "" | "identity":
            return _Identity(limit)
        case "gzip" | "x-gzip":
            return _Zlib(limit, gzip=True)
        case "deflate":
            return _Zlib(limit, gzip=False)
        case other:
            raise FetchError(f"The page is encoded as {other[:80]!r}.", code="encoding")
