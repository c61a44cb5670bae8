"""What was received is kept as WARC: once, whole, and given back as it came."""

import errno
import gzip
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from warcio.archiveiterator import ArchiveIterator

from claims.ingest.fetch import Fetched
from claims.services import archive
from claims.services.errors import ArchiveBroken, ArchiveUnavailable
from tests.services.documents import document

BODY = b"<p>\xff\x00 broken but kept</p>"
AT = datetime(2026, 3, 12, 9, 30, 0, 250_000, tzinfo=UTC)


def fetched(body: bytes = BODY, **values) -> Fetched:
    """A reply as the fetcher gives it."""
    return Fetched(
        **{
            "url": "http://daily.example/a",
            "final_url": "https://daily.example/b?x=1",
            "redirects": ("http://daily.example/a", "https://daily.example/a"),
            "status": 200,
            "headers": {
                "content-type": "text/html; charset=latin-1",
                "content-encoding": "br",
                "content-length": "9",
                "etag": '"é"',
            },
            "body": body,
            "content_type": "text/html; charset=latin-1",
            "fetched_at": AT,
            "sent": {"host": "daily.example", "user-agent": "desk/1"},
            **values,
        }
    )


def files() -> list[Path]:
    """Everything in the archive, unfinished files too."""
    return [path for path in Path(default_storage.location).rglob("*") if path.is_file()]


def test_a_fetched_page_comes_back_as_it_was_received():
    kept = archive.keep(document(raw=BODY, exchange=fetched()))
    assert kept.sha256 == sha256(BODY).hexdigest()
    assert kept.name == f"archive/{kept.sha256[:2]}/{kept.sha256}.warc.gz"
    snapshot = archive.open_archived(kept.name)
    assert snapshot.payload == BODY
    assert (snapshot.url, snapshot.status) == ("https://daily.example/b?x=1", 200)
    assert snapshot.received_at == AT
    assert snapshot.content_type == "text/html; charset=latin-1"
    assert snapshot.redirects == ("http://daily.example/a", "https://daily.example/a")
    headers = dict(snapshot.headers)
    assert headers["x-orig-content-encoding"] == "br"
    assert headers["content-length"] == str(len(BODY))


def test_others_read_the_file_as_warc():
    kept = archive.keep(fetched())
    with default_storage.open(kept.name) as file:
        found = {}
        for record in ArchiveIterator(file, check_digests="raise"):
            found[record.rec_type] = (record, record.content_stream().read())
    assert list(found) == ["warcinfo", "response", "request", "metadata"]
    response, body = found["response"]
    assert body == BODY
    assert response.rec_headers.get_header("WARC-Payload-Digest") == f"sha256:{kept.sha256}"
    request = found["request"][0]
    assert request.http_headers.get_header("user-agent") == "desk/1"
    assert request.rec_headers.get_header("WARC-Concurrent-To") == response.rec_headers.get_header(
        "WARC-Record-ID"
    )


def test_a_file_is_kept_as_a_resource():
    text = document("", canonical_url=f"urn:sha256:{'0' * 64}", content_type="text/plain")
    snapshot = archive.open_archived(archive.keep(text).name)
    assert snapshot.payload == text.raw
    assert (snapshot.url, snapshot.status, snapshot.headers) == (text.canonical_url, None, ())
    assert snapshot.content_type == "text/plain"


def test_the_same_bytes_are_kept_once():
    first = archive.keep(fetched())
    written = files()[0].stat()
    again = archive.keep(document(raw=BODY))
    assert again == first
    assert files()[0].stat().st_mtime_ns == written.st_mtime_ns
    assert len(files()) == 1


def test_many_that_keep_the_same_bytes_at_once_leave_one_file_each_time():
    start = threading.Barrier(8)

    def one(number: int) -> set[str]:
        names = set()
        for turn in range(5):
            start.wait(30)
            names.add(archive.keep(fetched(b"%d" % turn)).name)
        return names

    with ThreadPoolExecutor(8) as pool:
        names = list(pool.map(one, range(8)))
    assert all(found == names[0] for found in names)
    assert {str(path.relative_to(default_storage.location)) for path in files()} == names[0]


def test_a_full_disk_leaves_nothing_and_says_so(monkeypatch):
    import factcheck.storages

    def full(descriptor):
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patched:
        # What the kernel answers when the last block is gone; a real one is in the fault rounds.
        patched.setattr(factcheck.storages.os, "fsync", full)
        with pytest.raises(ArchiveUnavailable, match="No space left"):
            archive.keep(fetched())
    assert files() == []
    assert archive.open_archived(archive.keep(fetched()).name).payload == BODY


def test_a_snapshot_from_before_the_archive_is_its_payload():
    name = default_storage.save("snapshots/ab/abcd", ContentFile(BODY))
    assert archive.open_archived(name).payload == BODY


@pytest.mark.parametrize(
    "content",
    [b"", b"not gzip", gzip.compress(b"not WARC"), gzip.compress(b"WARC/1.1\r\n"), None],
    ids=["empty", "bytes", "text", "header", "cut"],
)
def test_what_is_no_archive_is_named(content):
    name = archive.keep(fetched()).name
    path = Path(default_storage.path(name))
    path.write_bytes(path.read_bytes()[:-30] if content is None else content)
    with pytest.raises(ArchiveBroken, match=name):
        archive.open_archived(name)


def test_what_is_gone_is_named():
    with pytest.raises(ArchiveUnavailable, match="is gone"):
        archive.open_archived("archive/00/nothing.warc.gz")
