"""From a target to a document: which door, which identity, which complaint."""

import errno
import hashlib
import io
import os
import sys
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.ingest import (
    BadUrl,
    EmptyDocument,
    FetchError,
    FetchLimits,
    IngestError,
    ReadLimits,
    TooLarge,
    UnreadableFile,
    UnsupportedContent,
    clean_text,
    read,
    read_bytes,
    read_file,
    read_stream,
    read_text,
    read_url,
    text_hash,
)
from claims.ingest.document import Document
from tests.ingest.web import STORY, Web

PARAGRAPHS = (
    "“We hold 85% of the country,” a spokesman said on Friday, a claim that Kabul denied.\n\n"
    "The ministry added that it had retaken three districts."
)


@pytest.fixture
def read_limits(limits: FetchLimits) -> ReadLimits:
    """Loopback open, small sizes."""
    return ReadLimits(fetch=limits, max_bytes=100_000)


def test_a_page_on_the_web_becomes_a_document(web: Web, read_limits: ReadLimits) -> None:
    url = f"{web.url}/story?utm_source=mail#top"
    assert read(url, limits=read_limits) == Document(
        url=url,
        canonical_url=f"{web.url}/story",
        title="Kabul balks at claim",
        byline="",
        published_at=None,
        language="en",
        site_name=f"127.0.0.1:{web.port}",
        text=PARAGRAPHS,
        raw=STORY,
        content_type="text/html",
    )


def test_a_redirected_page_is_known_by_where_it_ended(web: Web, read_limits: ReadLimits) -> None:
    document = read_url(f"{web.url}/once", limits=read_limits)
    assert document.url == f"{web.url}/once"
    assert document.canonical_url == f"{web.url}/story"


def test_the_charset_of_the_header_counts(web: Web, read_limits: ReadLimits) -> None:
    document = read_url(f"{web.url}/latin", limits=read_limits)
    assert document.text == "Le ministre a déclaré que la réforme était prête."
    # No canonical in the page: the address it came from.
    assert document.canonical_url == f"{web.url}/latin"


REFUSED_ON_THE_WEB = [
    ("/png", UnsupportedContent),
    ("/empty", EmptyDocument),
    ("/missing", FetchError),
    ("/endless", TooLarge),
    ("/to/file:///etc/passwd", BadUrl),
]


@pytest.mark.parametrize(("path", "error"), REFUSED_ON_THE_WEB)
def test_a_page_that_is_no_article_is_refused(
    web: Web, read_limits: ReadLimits, path: str, error: type[IngestError]
) -> None:
    with pytest.raises(error):
        read(web.url + path, limits=read_limits)


def test_a_text_file_is_taken_as_it_is(tmp_path: Path) -> None:
    file = tmp_path / "a story.txt"
    raw = b"\xef\xbb\xbfKabul balks\r\n\r\nby Jane Roe\r\nIt said \xe2\x80\x9cno\xe2\x80\x9d.\r\n"
    file.write_bytes(raw)
    assert read(str(file)) == Document(
        url="",
        canonical_url=file.resolve().as_uri(),
        title="Kabul balks",
        byline="",
        published_at=None,
        language="",
        site_name="",
        text="Kabul balks\n\nby Jane Roe\nIt said “no”.",
        raw=raw,
        content_type="text/plain",
    )
    # The identity can be given back as a target.
    assert read(file.resolve().as_uri()) == read(str(file))


def test_two_ways_to_a_file_are_one_identity(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.txt").write_text("He said no.")
    (tmp_path / "link.txt").symlink_to("a.txt")
    monkeypatch.chdir(tmp_path)
    assert read("a.txt").canonical_url == read("./link.txt").canonical_url


def test_a_saved_page_is_known_by_its_canonical_address(tmp_path: Path) -> None:
    file = tmp_path / "saved.html"
    file.write_bytes(STORY.replace(b'"/story"', b'"https://example.org/story?utm_id=1"'))
    assert read_file(file).canonical_url == "https://example.org/story"
    # A relative one says nothing without the page's address.
    file.write_bytes(STORY)
    assert read_file(file).canonical_url == file.resolve().as_uri()


TITLES = [
    # a first line that stands alone
    ("Kabul balks\n\nHe said no.", "Kabul balks"),
    # one that is a sentence, goes on, is the whole text, or is too long
    ("He said no.\n\nShe said yes.", ""),
    ("He said\nno.\n\nShe said yes.", ""),
    ("Kabul balks", ""),
    ("Kabul " * 50 + "\n\nHe said no.", ""),
]


@pytest.mark.parametrize(("text", "title"), TITLES)
def test_a_first_line_that_stands_alone_is_the_title(text: str, title: str) -> None:
    document = read_text(text)
    assert document.title == title
    assert document.text == text.replace(" \n", "\n")


def test_standard_input_is_known_by_its_text(monkeypatch: pytest.MonkeyPatch) -> None:
    stdin = io.TextIOWrapper(io.BytesIO(b"He said\r\nno.\n"))
    monkeypatch.setattr(sys, "stdin", stdin)
    document = read("-")
    digest = hashlib.sha256(b"He said\nno.").hexdigest()
    assert document.text == "He said\nno."
    assert document.canonical_url == f"urn:sha256:{digest}"
    assert text_hash(document.text) == digest


def test_bytes_with_an_address_belong_to_it() -> None:
    url = "https://www.example.org/a/story?utm_source=x"
    document = read_bytes(STORY, url=url, content_type="text/html")
    assert document.url == url
    assert document.canonical_url == "https://www.example.org/story"
    evil = STORY.replace(b'"/story"', b'"https://evil.example.net/"')
    assert read_bytes(evil, url=url).canonical_url == "https://www.example.org/a/story"
    assert read_stream(io.BytesIO(STORY), url=url) == read_bytes(STORY, url=url)


def test_pasted_markup_stays_text() -> None:
    assert read_text("<p>He said “no”.</p>").text == "<p>He said “no”.</p>"
    assert read_text("a\ud800b", url="https://example.org/x#y").canonical_url == (
        "https://example.org/x"
    )


def test_the_caller_knows_better() -> None:
    document = read_bytes(
        STORY,
        title=" A\nbetter title ",
        byline="Jane Roe",
        published_at=datetime(2021, 7, 10, 8, tzinfo=timezone(timedelta(hours=2))),
        language="fr",
        site_name="The Post",
        canonical_url="https://Example.org/x?fbclid=1",
    )
    assert document.title == "A better title"
    assert document.byline == "Jane Roe"
    assert document.published_at == datetime(2021, 7, 10, 6, tzinfo=UTC)
    assert document.language == "fr"
    assert document.site_name == "The Post"
    assert document.canonical_url == "https://example.org/x"


def test_empty_values_of_the_caller_count_as_not_given() -> None:
    assert read_bytes(STORY, title="", published_at=None, canonical_url="") == read_bytes(STORY)


def test_a_document_holds_no_local_time() -> None:
    with pytest.raises(ValueError, match="UTC"):
        Document("", "", "", "", datetime(2021, 7, 10), "", "", "x", b"x", "text/plain")  # noqa: DTZ001


BYTES = [
    # nothing, blanks, and what is nothing after cleaning
    (b"", EmptyDocument),
    (b" \n\t ", EmptyDocument),
    (b"\xef\xbb\xbf", EmptyDocument),
    ("\u200b\ufeff".encode(), EmptyDocument),
    # a page without an article
    (b"<html><body><nav>Home</nav></body></html>", EmptyDocument),
    # pictures and office files
    (b"\x89PNG\r\n\x1a\n", UnsupportedContent),
    (b"%PDF-1.4\n", UnsupportedContent),
    # more than the limit
    (b"a" * 100_001, TooLarge),
]


@pytest.mark.parametrize(("raw", "error"), BYTES)
def test_bad_bytes_are_refused_through_every_door(
    tmp_path: Path, read_limits: ReadLimits, raw: bytes, error: type[IngestError]
) -> None:
    file = tmp_path / "input"
    file.write_bytes(raw)
    for attempt in (
        lambda: read_bytes(raw, limits=read_limits),
        lambda: read_stream(io.BytesIO(raw), limits=read_limits),
        lambda: read(str(file), limits=read_limits),
    ):
        with pytest.raises(error):
            attempt()


def test_a_huge_file_is_refused_without_reading_it(tmp_path: Path) -> None:
    file = tmp_path / "huge.txt"
    with file.open("wb") as stream:
        stream.truncate(50_000_000)
    with pytest.raises(TooLarge, match="20,000,000"):
        read_file(file)


def test_pasted_text_has_the_same_limit(read_limits: ReadLimits) -> None:
    with pytest.raises(TooLarge):
        read_text("ä" * 50_001, limits=read_limits)
    with pytest.raises(EmptyDocument):
        read_text(" \n")


TARGETS = [
    # no such file, and what people type for an address
    ("", UnreadableFile),
    ("no/such/file.txt", UnreadableFile),
    ("www.example.org/story", UnreadableFile),
    ("file:///no/such/file", UnreadableFile),
    ("a" * 5000, UnreadableFile),
    ("a\0b", UnreadableFile),
    ("\ud800", UnreadableFile),
    # folders and devices
    (".", UnreadableFile),
    ("/dev/null", UnreadableFile),
    # schemes that are not the web, and addresses that are none
    ("ftp://example.org/a", BadUrl),
    ("javascript:alert(1)", BadUrl),
    ("data:text/html,<p>x", BadUrl),
    ("file://server/share", BadUrl),
    ("http:", BadUrl),
    ("https://", BadUrl),
    ("HTTP:///path", BadUrl),
]


@pytest.mark.parametrize(("target", "error"), TARGETS)
def test_a_target_that_leads_nowhere_is_named(target: str, error: type[IngestError]) -> None:
    with pytest.raises(error) as caught:
        read(target)
    assert len(str(caught.value)) < 500


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(UnreadableFile, match="not a regular file"):
        read_file(tmp_path / "pipe")


def test_a_loop_of_links_is_no_file(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to("b")
    (tmp_path / "b").symlink_to("a")
    with pytest.raises(UnreadableFile):
        read_file(tmp_path / "a")


def test_a_forbidden_file_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "secret.txt"
    file.write_text("He said no.")

    # The tests may run as root, whom no permission stops.
    def refuse(*args: object) -> None:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(UnreadableFile, match="denied"):
        read_file(file)


def test_a_closed_input_is_named() -> None:
    stream = io.BytesIO(b"x")
    stream.close()
    with pytest.raises(UnreadableFile):
        read_stream(stream)


def test_the_default_limits_keep_the_own_machine_closed(web: Web) -> None:
    with pytest.raises(FetchError) as caught:
        read(f"{web.url}/story")
    assert caught.value.code == "forbidden_address"
    assert web.requests == []


@given(
    st.one_of(
        st.binary(max_size=300),
        st.binary(max_size=200).map(b"<!doctype html><html><body><p>".__add__),
        st.text(max_size=200).map(lambda text: f"<html><p>{text}".encode("utf-8", "replace")),
    )
)
def test_any_bytes_become_a_clean_document_or_an_error_with_a_name(raw: bytes) -> None:
    try:
        document = read_bytes(raw, url="https://example.org/a")
    except IngestError:
        return
    assert document.text
    assert document.text == clean_text(document.text)
    assert document.raw == raw
