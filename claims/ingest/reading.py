"""A URL, a file, a stream or pasted text becomes a Document."""

import re
import sys
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, TypedDict, Unpack
from urllib.parse import urlsplit
from urllib.request import url2pathname

from . import dates, urls
from .charset import decode
from .clean import clean_text, text_hash
from .document import Content, Document
from .errors import BadUrl, EmptyDocument, IngestError, Paywalled, TooLarge, UnreadableFile
from .limits import ReadLimits
from .plain import read_plain
from .sniff import kind_of, split_content_type

if TYPE_CHECKING:
    from .fetch import Fetched

_DEFAULT_LIMITS = ReadLimits()
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]+:", re.IGNORECASE)


class Overrides(TypedDict, total=False):
    """What the caller knows better than the document. Empty values count as not given."""

    title: str
    byline: str
    #: A naive one is taken for UTC.
    published_at: datetime | None
    language: str
    site_name: str
    #: An http(s), file:// or urn:sha256: identity; canonicalised.
    canonical_url: str


@dataclass(frozen=True, slots=True)
class _Origin:
    """Where bytes came from, as far as it is known."""

    #: As given.
    url: str = ""
    #: Normalised, after redirects.
    base: str = ""
    #: What the document is known by when nothing else names it.
    identity: str = ""
    #: A path; its ending says what the content may be.
    name: str = ""
    exchange: "Fetched | None" = None


def read(
    target: str, *, limits: ReadLimits = _DEFAULT_LIMITS, **overrides: Unpack[Overrides]
) -> Document:
    """A document from an http(s) URL, a path, a `file://` URI, or `-` for standard input.

    For people at a terminal: it opens any file that the process may read. Targets that come
    over the network belong to `read_url`.

    Raises IngestError and nothing else.
    """
    if target == "-":
        return read_stream(sys.stdin.buffer, limits=limits, **overrides)
    if target.lower().startswith(("http:", "https:")):
        return read_url(target, limits=limits, **overrides)
    if target.startswith("file:///"):
        return read_file(url2pathname(urlsplit(target).path), limits=limits, **overrides)
    if _SCHEME.match(target) and not Path(target).exists():
        raise BadUrl(f"Only http:// and https:// addresses can be read: {target[:200]}")
    return read_file(target, limits=limits, **overrides)


def read_url(
    url: str, *, limits: ReadLimits = _DEFAULT_LIMITS, **overrides: Unpack[Overrides]
) -> Document:
    """Fetch a page and read it: `Document.exchange` is what came.

    Raises FetchError and BadUrl besides those of `read_bytes`.
    """
    # Imported here: files and pasted text need no HTTP client.
    from .fetch import fetch

    return read_fetched(fetch(url, limits=limits.fetch), limits=limits, **overrides)


def read_fetched(
    fetched: "Fetched", *, limits: ReadLimits = _DEFAULT_LIMITS, **overrides: Unpack[Overrides]
) -> Document:
    """Read what was fetched; the exchange goes with the document, and with every error."""
    origin = _Origin(
        url=fetched.url,
        base=fetched.final_url,
        name=urlsplit(fetched.final_url).path,
        exchange=fetched,
    )
    try:
        return _document(
            fetched.body,
            origin,
            content_type=fetched.content_type,
            limits=limits,
            overrides=overrides,
        )
    except IngestError as error:
        error.exchange = fetched
        raise


def read_file(
    path: str | Path, *, limits: ReadLimits = _DEFAULT_LIMITS, **overrides: Unpack[Overrides]
) -> Document:
    """Read a file. Its identity is what its HTML names as canonical, else its `file://` URI.

    Raises UnreadableFile besides the errors of `read_bytes`.
    """
    file = Path(path)
    try:
        absolute = file.resolve()
        if absolute.is_dir():
            raise UnreadableFile(f"This is a folder, not a file: {file}")
        if not absolute.exists():
            raise UnreadableFile(f"There is no such file: {file}")
        if not absolute.is_file():
            # A pipe without a writer would block for ever.
            raise UnreadableFile(f"This is not a regular file: {file}")
        with absolute.open("rb") as stream:
            raw = _read_bounded(stream, limits, str(file))
        identity = absolute.as_uri()
    except (OSError, ValueError, RuntimeError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise UnreadableFile(f"The file cannot be read ({reason}): {str(path)[:200]}") from error
    origin = _Origin(identity=identity, name=str(file))
    return _document(raw, origin, limits=limits, overrides=overrides)


def read_stream(
    stream: BinaryIO,
    *,
    url: str = "",
    content_type: str = "",
    limits: ReadLimits = _DEFAULT_LIMITS,
    **overrides: Unpack[Overrides],
) -> Document:
    """Read a binary stream to its end. Arguments and errors as `read_bytes`."""
    try:
        raw = _read_bounded(stream, limits, "the input")
    except (OSError, ValueError) as error:
        raise UnreadableFile(f"The input cannot be read ({error}).") from error
    return read_bytes(raw, url=url, content_type=content_type, limits=limits, **overrides)


def read_bytes(
    raw: bytes,
    *,
    url: str = "",
    content_type: str = "",
    limits: ReadLimits = _DEFAULT_LIMITS,
    **overrides: Unpack[Overrides],
) -> Document:
    """Read bytes that came from anywhere: an upload, an archive, standard input.

    `url` is the http(s) address that they came from, if any; `content_type` a Content-Type
    header, charset included. Without a URL and a canonical one in the HTML the identity is
    `urn:sha256:` of the text.

    Raises EmptyDocument, TooLarge, UnsupportedContent, and BadUrl for `url`.
    """
    base = urls.normalize(url) if url else ""
    return _document(
        raw,
        _Origin(url=url, base=base, name=urlsplit(base).path),
        content_type=content_type,
        limits=limits,
        overrides=overrides,
    )


def read_text(
    text: str,
    *,
    url: str = "",
    limits: ReadLimits = _DEFAULT_LIMITS,
    **overrides: Unpack[Overrides],
) -> Document:
    """Read pasted plain text; markup in it is text like the rest. As `read_bytes` otherwise."""
    base = urls.normalize(url) if url else ""
    raw = text.encode("utf-8", "replace")
    _check_size(len(raw), limits, "the text")
    content = read_plain(text, limits=limits)
    return _assemble(raw, content, "text/plain", _Origin(url=url, base=base), overrides, limits)


def _document(
    raw: bytes,
    origin: _Origin,
    *,
    content_type: str = "",
    limits: ReadLimits,
    overrides: Overrides,
) -> Document:
    shown = origin.url or origin.name or "the input"
    _check_size(len(raw), limits, shown)
    if not raw.strip():
        raise EmptyDocument(f"There is nothing in {shown}.")
    media_type, charset = split_content_type(content_type)
    kind = kind_of(raw, media_type=media_type, name=origin.name)
    if kind == "pdf":
        from .pdf import read_pdf

        content = read_pdf(raw, limits=limits)
        return _assemble(raw, content, "application/pdf", origin, overrides, limits)
    text = decode(raw, charset=charset, html=kind == "html")
    if kind == "text":
        return _assemble(
            raw, read_plain(text, limits=limits), "text/plain", origin, overrides, limits
        )
    # Imported here: models import the cleaning, and should not wait for an HTML parser.
    from .page import read_page

    content = read_page(text, url=origin.base, limits=limits)
    document = _assemble(raw, content, "text/html", origin, overrides, limits)
    if content.wall:
        raise Paywalled(f"Only the beginning is free ({content.wall}): {shown}", document=document)
    return document


def _assemble(
    raw: bytes,
    content: Content,
    media_type: str,
    origin: _Origin,
    overrides: Overrides,
    limits: ReadLimits,
) -> Document:
    if len(content.text) > limits.max_chars:
        shown = origin.url or origin.name or "the input"
        raise TooLarge(f"More than {limits.max_chars:,} characters of text: {shown}")

    def field(given: str, found: str) -> str:
        return " ".join(clean_text(given).split()) or found

    stated = overrides.get("canonical_url", "")
    canonical = (
        (urls.canonicalize(stated) if stated else "")
        or urls.declared_canonical(content.canonical, base=origin.base)
        or (urls.canonicalize(origin.base) if origin.base else "")
        or origin.identity
        or urls.text_urn(text_hash(content.text))
    )
    published = overrides.get("published_at")
    return Document(
        url=origin.url,
        canonical_url=canonical,
        title=field(overrides.get("title", ""), content.title),
        byline=field(overrides.get("byline", ""), content.byline),
        published_at=dates.to_utc(published) if published else content.published_at,
        language=field(overrides.get("language", ""), content.language),
        site_name=field(overrides.get("site_name", ""), content.site_name),
        text=content.text,
        raw=raw,
        content_type=media_type,
        exchange=origin.exchange,
    )


def _read_bounded(stream: BinaryIO, limits: ReadLimits, shown: str) -> bytes:
    """At most one byte more than allowed is read, so that the size of a stream needs no trust."""
    raw = stream.read(limits.max_bytes + 1)
    _check_size(len(raw), limits, shown)
    return raw


def _check_size(size: int, limits: ReadLimits, shown: str) -> None:
    if size > limits.max_bytes:
        raise TooLarge(f"More than {limits.max_bytes:,} bytes: {shown}")
