"""Dirty text comes out clean or is refused with a reason, whatever door it came through."""

import pytest

from claims.ingest import IngestError, ReadLimits, TooLarge, clean_text, read_bytes, read_text
from claims.services.articles import store_document
from claims.services.extraction import perform_run
from claims.services.intake import read_limits
from tests.ingest.pages import outlet

pytestmark = pytest.mark.django_db

SAID = "“We hold 85% of the country,” a spokesman said on Friday, a claim that Kabul denied."

DIRTY = {
    "nul": SAID.replace("85%", "85%\0").replace("”", "”\0"),
    "lone-surrogate": SAID + "\ud800",
    "surrogate-pair": SAID + "\ud83d\ude00",
    "bidi": "\u202e" + SAID.replace("85%", "\u206685%\u2069") + "\u202c",
    "zero-width": SAID.replace("country", "coun\u200btry").replace("claim", "cla\u2060im\ufeff"),
    "soft-hyphen": SAID.replace("spokesman", "spokes\xadman"),
    "tags": SAID + "\U000e0041\U000e0042",
    "controls": SAID.replace(" a ", "\x07 a\x1b ").replace("Friday", "Fri\x9fday"),
    "noncharacters": SAID + "\ufffe\uffff\U0010ffff",
    "decomposed": SAID.replace("denied", "de\u0301nie\u0301d"),
    "many-marks": SAID + " Ok" + "\u0301" * 5000,
    "line-separators": SAID.replace(" on ", "\u2028on\u2029"),
}


def through_a_page(text: str):
    raw = outlet(f"<p>{text}</p>").encode("utf-8", "surrogatepass")
    return read_bytes(raw, url="https://daily.example/1", content_type="text/html; charset=utf-8")


def through_a_file(text: str):
    return read_bytes(text.encode("utf-8", "surrogatepass"), content_type="text/plain")


DOORS = {"page": through_a_page, "file": through_a_file, "paste": read_text}


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("name", DIRTY)
def test_dirty_text_is_stored_clean_and_its_quotes_hold(name, door):
    stored = store_document(DOORS[door](DIRTY[name]))
    version = stored.version
    version.refresh_from_db()
    assert version.text == clean_text(version.text)
    assert not set("\0\u200b\u202e\u2060\xad\ufeff\ud800\ufffe\x07") & set(version.text)
    assert "85%" in version.text
    # The trigger in the database holds every offset to the text.
    merged = perform_run(stored.run.pk)
    assert merged.added >= 1


INVALID = [
    # broken UTF-8, also where the header insists
    (SAID.encode() + b" \xff\xfe\xc3\x28 \xe2\x80", "text/plain; charset=utf-8"),
    (SAID.encode()[:-40] + b"\xed\xa0\x80" + SAID.encode()[-40:], "text/plain"),
    # Windows-1252 that calls itself UTF-8, and the other way round
    (SAID.encode("cp1252"), "text/plain; charset=utf-8"),
    (SAID.encode(), "text/plain; charset=windows-1252"),
    # a charset that does not exist
    (SAID.encode(), "text/plain; charset=klingon"),
]


@pytest.mark.parametrize(("raw", "content_type"), INVALID, ids=range(len(INVALID)))
def test_invalid_bytes_are_stored_as_text(raw, content_type):
    version = store_document(read_bytes(raw, content_type=content_type)).version
    version.refresh_from_db()
    assert version.text == clean_text(version.text)
    assert "85% of the country" in version.text


def test_a_word_of_a_megabyte_is_stored_and_extracted(settings):
    settings.EXTRACTION_MAX_CHARACTERS = 2_000_000
    word = "a" * 1_000_000
    stored = store_document(read_text(f"{SAID}\n\n{word}"))
    assert stored.version.text.endswith(word)
    assert perform_run(stored.run.pk).added == 1


def test_a_text_beyond_the_limit_is_stored_and_its_extraction_refused(settings):
    settings.EXTRACTION_MAX_CHARACTERS = 1_000
    stored = store_document(read_text(f"{SAID}\n\n{'a' * 1_000}"))
    assert perform_run(stored.run.pk) is None
    stored.run.refresh_from_db()
    assert stored.run.state == "dead"
    assert "1,0" in stored.run.error


def test_more_text_than_any_article_has_is_refused_with_its_reason(settings):
    settings.INGEST_MAX_CHARACTERS = 1_000
    limits = read_limits()
    longest = "He said no. " * 83  # 995 characters once cleaned
    assert store_document(read_text(longest, limits=limits)).version.text == longest.strip()
    for read in (read_text, lambda text, limits: read_bytes(text.encode(), limits=limits)):
        with pytest.raises(TooLarge, match="More than 1,000 characters of text"):
            read(longest * 2, limits=limits)


def test_a_page_of_fifty_megabytes_is_refused_with_its_reason():
    page = b"<html><body><p>" + b"He said no. " * (50_000_000 // 12)
    with pytest.raises(TooLarge, match="20,000,000 bytes"):
        read_bytes(page, content_type="text/html")


def test_a_page_of_one_endless_tag_or_word_is_bounded():
    for html in ("<p " + "x" * 1_000_000, f"<p>{'x' * 1_000_000}</p>", "<" * 200_000):
        with pytest.raises(IngestError):
            read_bytes(f"<html><body>{html}".encode(), limits=ReadLimits())
