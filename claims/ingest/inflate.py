"""Content-Encoding undone within a bound.

httpx decodes each chunk as a whole, and encodings in layers: 64 KiB can become gigabytes
before the first byte could be counted. Here content comes in small pieces, and every layer
stops at the limit.
"""

import zlib
from collections.abc import Iterable, Iterator

import brotli
import zstandard

from .errors import FetchError, TooLarge

#: What a request may ask for; anything else in a reply is refused.
ACCEPTED = "gzip, deflate, br, zstd"

#: Encodings on top of each other. Two are a server and the program behind it that both pack.
MAX_LAYERS = 2

_PIECE = 128 * 1024
# A block of zstd takes four bytes and gives up to 128 KiB, whatever is asked for.
_ZSTD_SLICE = 256
# RFC 9659: what a server may ask a client to remember.
_ZSTD_WINDOW = 8 * 1024 * 1024


def unpacked(chunks: Iterable[bytes], content_encoding: str, *, limit: int) -> Iterator[bytes]:
    """The content of chunks as received, in pieces of at most 8 MB and `limit` bytes in all.

    What fits is given before TooLarge is raised. Raises FetchError too: with the code
    `encoding` for an encoding that was not asked for, more than MAX_LAYERS of them, or broken
    content, and with `protocol` for content that is cut off.
    """
    named = [name.strip().lower() for name in content_encoding.split(",")]
    layers = [name for name in named if name not in ("", "identity")]
    if len(layers) > MAX_LAYERS:
        raise FetchError(f"The page is packed {len(layers)} times over.", code="encoding")
    # The header lists encodings in the order in which they were applied.
    for name in reversed(layers):
        chunks = _bounded(_layer(name, chunks), limit)
    return _bounded(chunks, limit)


def _layer(name: str, chunks: Iterable[bytes]) -> Iterator[bytes]:
    match name:
        case "gzip" | "x-gzip":
            return _gunzip(chunks)
        case "deflate":
            return _inflate(chunks)
        case "br":
            return _unbrotli(chunks)
        case "zstd":
            return _unzstd(chunks)
    raise FetchError(f"The page is encoded as {name[:80]!r}.", code="encoding")


def _bounded(pieces: Iterable[bytes], limit: int) -> Iterator[bytes]:
    left = limit
    for piece in pieces:
        yield piece[:left]
        left -= len(piece)
        if left < 0:
            raise TooLarge("The page is larger than the limit when unpacked.")


def _gunzip(chunks: Iterable[bytes]) -> Iterator[bytes]:
    decoder = zlib.decompressobj(31)
    begun = False
    for chunk in chunks:
        begun = begun or bool(chunk)
        while chunk:
            if decoder.eof:
                # Gzip files may be joined; whatever else follows the end is ignored.
                if not chunk.startswith(b"\x1f\x8b"):
                    return
                decoder = zlib.decompressobj(31)
            yield _decompressed(decoder, chunk)
            chunk = decoder.unconsumed_tail or decoder.unused_data
    _check_end(begun=begun, ended=decoder.eof)


def _inflate(chunks: Iterable[bytes]) -> Iterator[bytes]:
    decoder = zlib.decompressobj(15)
    begun = False
    for chunk in chunks:
        if chunk and not begun:
            begun = True
            decoder, first = _first_of_deflate(chunk)
            yield first
            chunk = decoder.unconsumed_tail
        while chunk and not decoder.eof:
            yield _decompressed(decoder, chunk)
            chunk = decoder.unconsumed_tail
    _check_end(begun=begun, ended=decoder.eof)


def _first_of_deflate(chunk: bytes) -> tuple["zlib._Decompress", bytes]:
    """ "deflate" means zlib in the standard, and raw deflate with some servers."""
    decoder = zlib.decompressobj(15)
    try:
        return decoder, decoder.decompress(chunk, _PIECE)
    except zlib.error:
        raw = zlib.decompressobj(-15)
        return raw, _decompressed(raw, chunk)


def _decompressed(decoder: "zlib._Decompress", chunk: bytes) -> bytes:
    try:
        return decoder.decompress(chunk, _PIECE)
    except zlib.error as error:
        raise _broken() from error


def _unbrotli(chunks: Iterable[bytes]) -> Iterator[bytes]:
    decoder = brotli.Decompressor()
    begun = False
    for chunk in chunks:
        begun = begun or bool(chunk)
        while not decoder.is_finished():
            try:
                piece: bytes = decoder.process(chunk, output_buffer_limit=_PIECE)
            except brotli.error as error:
                raise _broken() from error
            yield piece
            if decoder.can_accept_more_data():
                break
            chunk = b""
    _check_end(begun=begun, ended=decoder.is_finished())


def _unzstd(chunks: Iterable[bytes]) -> Iterator[bytes]:
    context = zstandard.ZstdDecompressor(max_window_size=_ZSTD_WINDOW)
    decoder = context.decompressobj()
    begun = False
    for chunk in chunks:
        for start in range(0, len(chunk), _ZSTD_SLICE):
            packed = chunk[start : start + _ZSTD_SLICE]
            while packed:
                begun = True
                if decoder.eof:
                    decoder = context.decompressobj()
                try:
                    yield decoder.decompress(packed)
                except zstandard.ZstdError as error:
                    raise _broken() from error
                packed = decoder.unused_data
    _check_end(begun=begun, ended=decoder.eof)


def _check_end(*, begun: bool, ended: bool) -> None:
    if begun and not ended:
        raise FetchError("The page ended too early.", code="protocol")


def _broken() -> FetchError:
    return FetchError("The page's compression is broken.", code="encoding")
