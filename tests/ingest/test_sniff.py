"""Page, plain text, or neither."""

import codecs
import time
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.ingest.errors import UnsupportedContent
from claims.ingest.sniff import kind_of, split_content_type

CASES = [
    # the look of it
    (b"<!DOCTYPE html><p>x", "", "", "html"),
    (b"\n <html lang=en>", "", "", "html"),
    (b"<!-- saved from -->\n<html>", "", "", "html"),
    (b'<?xml version="1.0"?>\n<!DOCTYPE html>', "application/xml", "", "html"),
    (codecs.BOM_UTF8 + b"<html>", "", "", "html"),
    (codecs.BOM_UTF16_LE + "<html><p>né".encode("utf-16-le"), "", "", "html"),
    ("<html><p>né".encode("utf-16-be"), "", "", "html"),
    # a page is a page, also when the server or the file ending says text
    (b"<!doctype html>", "text/plain", "a.txt", "html"),
    # the header
    (b"<p>x</p>", "text/html", "", "html"),
    (b"<p>x</p>", "text/plain", "", "text"),
    (b"x", "text/markdown", "a.html", "text"),
    # the file ending, when the header is missing or vague
    (b"<p>x</p>", "", "a.HTML", "html"),
    (b"<p>x</p>", "application/octet-stream", "/b/a.htm", "html"),
    (b"<p>x</p>", "", "a.txt", "text"),
    # nothing known: text
    (b"He said no.", "", "", "text"),
    (b"He said no.", "", "notes", "text"),
    # words that files of other kinds begin with
    (b"RIFF raff, he said", "", "", "text"),
    (b"ID3 is a format", "", "", "text"),
    # a stray NUL is dirt
    (b"He said no." + b"\0" + b" And so on.", "", "", "text"),
    # a PDF, whatever it is called, and behind a line of another program
    (b"%PDF-1.7\n", "text/html", "a.html", "pdf"),
    (b"\n@PJL\n%PDF-1.4\n", "application/pdf", "", "pdf"),
    (b"It begins with %PDF-1.4, he said.", "", "", "text"),
    # text in UTF-16
    (codecs.BOM_UTF16_LE + "He said".encode("utf-16-le"), "", "", "text"),
]


@pytest.mark.parametrize(("raw", "media_type", "name", "kind"), CASES)
def test_a_kind_is_found(raw: bytes, media_type: str, name: str, kind: str) -> None:
    assert kind_of(raw, media_type=media_type, name=name) == kind


REFUSED = [
    # signatures win over header and ending
    (b"\x89PNG\r\n\x1a\n", "", "a.png", "PNG image"),
    (b"\xff\xd8\xff\xe0", "", "", "JPEG"),
    (b"PK\x03\x04rest", "", "a.docx", "Word"),
    (b"{\\rtf1\\ansi", "", "a.rtf", "RTF"),
    (b"\0\0\0\x20ftypisom", "", "", "MP4"),
    # other binaries
    (bytes(range(256)) * 4, "", "", "binary"),
    (b"\0" * 100, "", "a.txt", "binary"),
    # a type that is neither
    (b"body { color: red }", "text/css", "", "text/css"),
    (b"{}", "application/json", "", "application/json"),
    # feeds and sitemaps, by their root
    (b'<?xml version="1.0"?><rss version="2.0">', "application/xml", "", "feed"),
    (b'<feed xmlns="http://www.w3.org/2005/Atom">', "application/atom+xml", "", "feed"),
    # other XML
    (b'<?xml version="1.0"?><invoice/>', "", "", "XML"),
]


@pytest.mark.parametrize(("raw", "media_type", "name", "words"), REFUSED)
def test_the_rest_is_refused_by_name(raw: bytes, media_type: str, name: str, words: str) -> None:
    with pytest.raises(UnsupportedContent, match=words):
        kind_of(raw, media_type=media_type, name=name)


def test_many_comments_without_a_page_cost_nothing() -> None:
    started = time.perf_counter()
    assert kind_of(b"<!-- -->" * 1000 + b"x") == "text"
    assert time.perf_counter() - started < 1


@given(st.binary(max_size=60), st.text(max_size=20), st.text(max_size=20))
def test_any_bytes_are_of_some_kind_or_refused(raw: bytes, media_type: str, name: str) -> None:
    with suppress(UnsupportedContent):
        assert kind_of(raw, media_type=media_type, name=name) in {"html", "text", "pdf"}


HEADERS = [
    ("text/html", ("text/html", "")),
    ("Text/HTML; Charset=UTF-8", ("text/html", "UTF-8")),
    ('text/html;charset="koi8-r"; x=y', ("text/html", "koi8-r")),
    # broken in the ways that servers break it
    ("", ("", "")),
    (";", ("", "")),
    ("text/html; charset", ("text/html", "")),
    ("text/html;charset=", ("text/html", "")),
    ("text/html; charset*=utf-8''x\r\nX: y", ("text/html", "")),
]


@pytest.mark.parametrize(("header", "parts"), HEADERS)
def test_a_content_type_is_split(header: str, parts: tuple[str, str]) -> None:
    assert split_content_type(header) == parts


@given(st.text(max_size=40))
def test_any_content_type_header_is_split(header: str) -> None:
    assert len(split_content_type("text/html; charset=" + header)) == 2
