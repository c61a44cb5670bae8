"""What was received, kept so that it can be shown years later.

One gzipped WARC (ISO 28500) for each payload, under a name from the payload's SHA-256: the
same bytes are kept once, however often they come, and whoever has a name can tell whether
the content is still what was received.
"""

import gzip
import zlib
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from http import HTTPStatus
from io import BytesIO
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from warcio.archiveiterator import WARCIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from claims.ingest import Document
from claims.ingest.fetch import Fetched
from claims.services.errors import ArchiveBroken, ArchiveUnavailable

ENDING = ".warc.gz"
MEDIA_TYPE = "application/warc"

# The body is kept as it was read, with its encodings undone: what the headers said of the
# wire is kept under the names that other archives use for it.
_ORIGINAL = "x-orig-"
_OF_THE_WIRE = frozenset({"content-encoding", "transfer-encoding", "content-length"})


class Archived(NamedTuple):
    """Where a payload is kept: its name in the storage, and its own SHA-256 (hex)."""

    name: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One payload out of the archive, with what is known of how it came."""

    #: Where the payload came from: an address, `file://` or `urn:sha256:`.
    url: str
    payload: bytes
    content_type: str
    #: None when unknown, in snapshots from before there was an archive.
    received_at: datetime | None
    #: Of the response; None for a file, an upload or a paste.
    status: int | None
    #: Of the response, in their order.
    headers: tuple[tuple[str, str], ...]
    #: The addresses that redirected here, in order.
    redirects: tuple[str, ...]


def keep(received: Document | Fetched) -> Archived:
    """Keep what was received, once, and say where.

    A fetched page is kept as response and request, its redirects beside it; a file, an upload
    or a paste as a resource. Raises ArchiveUnavailable when the storage takes nothing (a full
    disk, a bucket that is away): then nothing is kept, and doing it again does no harm.
    """
    payload = received.raw if isinstance(received, Document) else received.body
    digest = sha256(payload).hexdigest()
    archived = Archived(f"archive/{digest[:2]}/{digest}{ENDING}", digest)
    try:
        if default_storage.exists(archived.name):
            return archived
        saved = default_storage.save(archived.name, ContentFile(_warc_of(received, digest)))
        if saved != archived.name:
            # Another worker kept the same payload in the same moment: one is enough.
            default_storage.delete(saved)
    except OSError as error:
        raise ArchiveUnavailable(f"What was received cannot be kept: {error}") from error
    return archived


def open_archived(name: str) -> Snapshot:
    """The payload that was kept under ``name``, with its headers.

    Raises ArchiveUnavailable when the storage does not give it, and ArchiveBroken when what it
    gives is no WARC with a payload. Whether the payload is the right one, its hash tells.
    """
    content = archived_bytes(name)
    if not name.endswith(ENDING):
        # From before there was an archive: the payload alone.
        return Snapshot("", content, "", None, None, (), ())
    try:
        # Here and not by warcio, which passes over a cut or changed stream without a word.
        found = _read(gzip.decompress(content))
    except (ArchiveLoadFailed, ValueError, EOFError, OSError, zlib.error) as error:
        raise ArchiveBroken(f"{name} cannot be read: {error}") from error
    if found is None:
        raise ArchiveBroken(f"{name} holds no payload.")
    return found


def archived_bytes(name: str) -> bytes:
    """The file itself, as it is handed to somebody who wants the evidence."""
    try:
        with default_storage.open(name) as file:
            return bytes(file.read())
    except FileNotFoundError as error:
        raise ArchiveUnavailable(f"{name} is gone.") from error
    except OSError as error:
        raise ArchiveUnavailable(f"{name} cannot be read: {error}") from error


def _warc_of(received: Document | Fetched, digest: str) -> bytes:
    if isinstance(received, Fetched):
        return _exchange_warc(received, digest)
    if received.exchange is not None:
        return _exchange_warc(received.exchange, digest)
    return _resource_warc(received, digest)


def _exchange_warc(exchange: Fetched, digest: str) -> bytes:
    """Response, request, and how the redirects led here."""
    warc = _Warc(exchange.fetched_at)
    lines = [
        (f"{_ORIGINAL}{name}" if name in _OF_THE_WIRE else name, value)
        for name, value in exchange.headers.items()
    ]
    response = warc.record(
        "response",
        exchange.final_url,
        exchange.body,
        http=StatusAndHeaders(
            _status_line(exchange.status),
            [*lines, ("content-length", str(len(exchange.body)))],
            protocol="HTTP/1.1",
        ),
        headers={"WARC-Payload-Digest": f"sha256:{digest}"},
    )
    beside = {"WARC-Concurrent-To": response}
    parts = urlsplit(exchange.final_url)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    warc.record(
        "request",
        exchange.final_url,
        b"",
        http=StatusAndHeaders(
            f"GET {path} HTTP/1.1",
            list(exchange.sent.items()) or [("host", parts.netloc)],
            is_http_request=True,
        ),
        headers=beside,
    )
    if exchange.redirects:
        via = "".join(f"via: {address}\r\n" for address in exchange.redirects)
        warc.record("metadata", exchange.final_url, via.encode(), headers=beside)
    return warc.content()


def _resource_warc(document: Document, digest: str) -> bytes:
    """Bytes that came without a conversation: a file, an upload, a paste."""
    warc = _Warc(datetime.now(UTC))
    warc.record(
        "resource",
        document.canonical_url,
        document.raw,
        media_type=document.content_type,
        headers={"WARC-Payload-Digest": f"sha256:{digest}"},
    )
    return warc.content()


class _Warc:
    """A WARC file in the making; every record says the same moment."""

    def __init__(self, moment: datetime) -> None:
        self._file = BytesIO()
        self._writer = WARCWriter(self._file, gzip=True, warc_version="1.1")
        self._date = moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
        info = {"software": "factcheck", "format": "WARC File Format 1.1"}
        self._writer.write_record(self._writer.create_warcinfo_record("", info))

    def record(
        self,
        kind: str,
        url: str,
        payload: bytes,
        *,
        http: StatusAndHeaders | None = None,
        media_type: str = "",
        headers: dict[str, str],
    ) -> str:
        """Write one record and return its id."""
        record = self._writer.create_warc_record(
            url,
            kind,
            payload=BytesIO(payload),
            length=len(payload),
            warc_content_type=media_type,
            http_headers=http,
            warc_headers_dict={"WARC-Date": self._date, **headers},
        )
        self._writer.write_record(record)
        return str(record.rec_headers.get_header("WARC-Record-ID"))

    def content(self) -> bytes:
        return self._file.getvalue()


def _status_line(status: int) -> str:
    try:
        return f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        return str(status)


def _read(content: bytes) -> Snapshot | None:
    found: dict[str, Any] = {}
    redirects: list[str] = []
    for record in WARCIterator(BytesIO(content)):
        if record.rec_type in {"response", "resource"} and not found:
            http = record.http_headers if record.rec_type == "response" else None
            found = {
                "url": record.rec_headers.get_header("WARC-Target-URI"),
                "payload": record.raw_stream.read(),
                "content_type": http.get_header("content-type", "")
                if http
                else record.content_type,
                "received_at": datetime.fromisoformat(record.rec_headers.get_header("WARC-Date")),
                "status": int(http.get_statuscode()) if http else None,
                "headers": tuple(http.headers) if http else (),
            }
        elif record.rec_type == "metadata":
            lines = record.raw_stream.read().decode().splitlines()
            redirects += [line.removeprefix("via: ") for line in lines if line.startswith("via: ")]
    return Snapshot(**found, redirects=tuple(redirects)) if found else None
