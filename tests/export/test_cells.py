"""Cells: what a spreadsheet would run is guarded, and nothing is lost on the way."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.export.cells import FORMULA_MARKS, bare, from_xml, guarded, xml_safe

# Whatever PostgreSQL stores as text: no NUL, no half of a surrogate pair.
STORED = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"))
TRICKY = st.text(st.sampled_from("'=+-@\t\r\n _x0059DAabc"), max_size=12)


@given(STORED | TRICKY)
def test_the_guard_comes_off_as_it_went_on(text):
    assert bare(guarded(text)) == text


@given(STORED | TRICKY)
def test_no_guarded_text_begins_like_a_formula(text):
    assert guarded(text)[:1] not in FORMULA_MARKS
    assert guarded(text).lstrip()[:1] not in FORMULA_MARKS


@given(STORED | TRICKY)
def test_what_xml_cannot_hold_comes_back(text):
    assert from_xml(xml_safe(text)) == text


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("+49 30 123", "'+49 30 123"),
        ("-5 %", "'-5 %"),
        ("@minister", "'@minister"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        ("  =HYPERLINK(1)", "'  =HYPERLINK(1)"),
        ("＝1", "'＝1"),
        ("'quoted'", "''quoted'"),
        ("'", "''"),
        ("85 % = most", "85 % = most"),
        ("", ""),
    ],
)
def test_what_is_guarded_and_what_is_left_alone(text, cell):
    assert guarded(text) == cell
    assert bare(cell) == text


@pytest.mark.parametrize("cell", ["'tis so", "it's", "'90s"])
def test_an_apostrophe_that_somebody_typed_stays(cell):
    assert bare(cell) == cell


def test_escapes_are_those_of_office():
    assert xml_safe("a\rb") == "a_x000D_b"
    assert xml_safe("_x000D_") == "_x005F_x000D_"
    assert from_xml("line_x000D_") == "line\r"
