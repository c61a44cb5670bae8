"""Cleaning: what stays, what goes, and what must hold for any string at all."""

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.ingest.clean import MAX_MARKS, clean_line, clean_text, text_hash

CASES = [
    # PostgreSQL stores no NUL
    ("a\0b", "ab"),
    # other C0 controls, and DEL
    ("a\x01\x08\x1b\x7fb", "ab"),
    # C1 controls are Windows quotation marks read as Latin-1
    ("\x93No,\x94 he said\x85", "“No,” he said…"),
    # the five bytes that mean nothing in Windows-1252 either
    ("a\x81\x8d\x8f\x90\x9db", "ab"),
    # line ends of Windows and of old Macs
    ("a\r\nb\rc", "a\nb\nc"),
    # line and paragraph separators, form feed, vertical tab, file separators
    ("a\u2028b\u2029c\fd\ve\x1cf", "a\nb\nc\nd\ne\nf"),
    # a tab is a space
    ("a\tb", "a b"),
    # spaces that a search does not take for one: no-break, thin, narrow no-break, figure
    ("85\xa0%, 20\u2009000, «\u202foui\u202f», 1\u2007000", "85 %, 20 000, « oui », 1 000"),
    # the ideographic space is an ordinary character of Japanese
    ("山田\u3000太郎", "山田\u3000太郎"),
    # soft hyphen, zero-width space, word joiner, BOM
    ("Ab\xadsprache\u200b un\u2060ter\ufeff", "Absprache unter"),
    # bidi embeddings, overrides, isolates and marks
    ("\u202eevil\u202c \u2066x\u2069\u200e\u200f\u061c", "evil x"),
    # ZWNJ and ZWJ mean something in Persian, in Devanagari and in emoji
    ("می\u200cخواهم क\u094d\u200dष 👩\u200d🚀", "می\u200cخواهم क\u094d\u200dष 👩\u200d🚀"),
    # variation selectors pick the form of a character
    ("❤\ufe0f", "❤\ufe0f"),
    # invisible tag letters could carry a text that no editor sees
    ("a\U000e0041\U000e0042b", "ab"),
    # a lone surrogate is marked as unreadable, not dropped
    ("a\ud800b\udc00", "a\ufffdb\ufffd"),
    ("\udc00\ud800\ud800\udc00\ud800", "\ufffd\ufffd𐀀\ufffd"),
    # the two halves of a pair, from JSON escapes, are one character
    ("\ud83d\ude00", "😀"),
    # noncharacters
    ("a\ufffe\uffff\ufdd0\U0001ffffb", "ab"),
    # NFC: one spelling of é
    ("cafe\u0301", "caf\u00e9"),
    # NFC also where an invisible character stood between letter and accent
    ("cafe\u200b\u0301", "caf\u00e9"),
    # no compatibility forms: a ligature and a superscript are what the paper printed
    ("ﬁn m²", "ﬁn m²"),
    # trailing blanks of lines, also those that come of other spaces
    ("a \t\nb\xa0\n", "a\nb"),
    # three and more line ends are one empty line, blanks between them or not
    ("a\n\n\n\nb\n \n \nc", "a\n\nb\n\nc"),
    # one line end stays one
    ("a\nb\n\nc", "a\nb\n\nc"),
    # leading blanks of inner lines are layout, outer ones are not
    ("\n  a\n  b\n ", "a\n  b"),
    # nothing but dirt
    (" \n\0\ufeff\u200b ", ""),
    ("", ""),
]


@pytest.mark.parametrize(("dirty", "clean"), CASES)
def test_a_text_is_cleaned_as_the_table_says(dirty: str, clean: str) -> None:
    assert clean_text(dirty) == clean
    assert clean_text(clean) == clean


# Any code point with surrogates, and the awkward ones far more often than by chance.
AWKWARD = st.sampled_from(
    "ae\u0301\u0316\u0323\u0308\u0304\u0327\u0344\u0345\u0f71\u0f73\u0f75\u0f81\u212b\u2000"
    "\u1100\u1161\u11a8\u09c7\u09be\u05b0\u0653 \t\n\r\x0b\xa0\u2028\u200b\u200c\u200d\ufeff"
    "\xad\0\x85\x93\ud83d\ude00\ud800\u3000\u1680\ufdd0"
)
ANY_TEXT = st.lists(st.one_of(AWKWARD, st.characters()), max_size=60).map("".join)


@given(ANY_TEXT)
def test_any_string_becomes_storable_text(text: str) -> None:
    cleaned = clean_text(text)
    assert clean_text(cleaned) == cleaned
    assert cleaned.encode("utf-8").decode("utf-8") == cleaned
    assert unicodedata.is_normalized("NFC", cleaned)
    assert not any(unicodedata.category(c) in {"Cc", "Cs"} and c != "\n" for c in cleaned)
    assert "\n\n\n" not in cleaned
    assert cleaned == cleaned.strip(" \n")


@given(st.text(alphabet="abc xyz.,“”é\n", max_size=80))
def test_no_letter_is_lost(text: str) -> None:
    assert clean_text(text).split() == text.split()


@given(st.text(alphabet="a\u0301\u0308\u0304\u0323\u0344\u0f73", min_size=25, max_size=120))
def test_long_runs_of_marks_are_cut_and_stay_stable(text: str) -> None:
    cleaned = clean_text(text)
    assert clean_text(cleaned) == cleaned
    assert unicodedata.is_normalized("NFC", cleaned)


def test_a_letter_carries_no_more_marks_than_any_language_needs() -> None:
    assert len(clean_text("b" + "\u0316" * 1000 + "c")) == MAX_MARKS + 2


@pytest.mark.parametrize(
    "unit",
    [
        " ",  # blanks without a line end behind them
        "\n",  # line ends
        " \n",  # blanks before each
        "a\u0301\u0316",  # marks on each letter
        "\u0301\u0316",  # marks on one letter: quadratic in CPython's normalisation
        "\u0f73",  # no mark itself, but falls apart into two
        "\ud83d\ude00",  # surrogate pairs
        "\u200b",  # nothing at all
        "word “x” \r\n",  # text
    ],
)
def test_half_a_million_characters_take_no_time(unit: str) -> None:
    text = unit * (500_000 // len(unit))
    started = time.perf_counter()
    clean_text(text)
    assert time.perf_counter() - started < 3


def test_a_title_is_one_line_of_bounded_length() -> None:
    assert clean_line(" A\u200b\n  title\t here ", limit=7) == "A title"
    assert clean_line("abc def", limit=4) == "abc"


def test_the_hash_of_a_text_is_that_of_its_cleaned_form() -> None:
    assert text_hash("cafe\u0301\r\n") == text_hash("café")
    assert text_hash("a") != text_hash("b")
    # sha256 of "abc", from FIPS 180-2
    assert text_hash("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert len(text_hash("\ud800")) == 64
