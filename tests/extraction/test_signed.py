"""Quotations signed with a dash and a name."""

from __future__ import annotations

import pytest

from claims.extraction import ENGINES, extract
from claims.extraction.signed import signed


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("“The bridge is safe.” ― Adriana Castillo\nMore.", "Adriana Castillo"),
        # no-break spaces, the dash without space, a full stop behind the name
        ("“The bridge is safe.”\xa0―\xa0Nell C. Grey\n", "Nell C. Grey"),
        ("“The bridge is safe.”― Ines Ruiz.\n", "Ines Ruiz"),
        ('"The bridge is safe." -- Ann Lee', "Ann Lee"),
        # a signature with a role, a particle, a hyphen and an apostrophe
        ('"The bridge is safe." – Ann Lee, mayor of Harbour', "Ann Lee, mayor of Harbour"),
        ("“The bridge is safe.” — Ursula von der Leyen", "Ursula von der Leyen"),
        ("“The bridge is safe.” — Mary-Jane O’Neil", "Mary-Jane O’Neil"),
        # marks inside the quotation, and a first mark that is turned the wrong way
        ("“What he calls “safe” is not.” ― Ann Lee", "Ann Lee"),
        ("”The bridge is safe.” ― Ann Lee", "Ann Lee"),
        # on the next line, or after an empty one
        ("“The bridge is safe.”\n— Ann Lee\n", "Ann Lee"),
        ('"The bridge is safe."\n\n- Ann Lee.\n\nMore.', "Ann Lee"),
    ],
)
def test_a_signature_names_the_speaker(text: str, name: str) -> None:
    (found,) = signed(text)
    assert text[slice(*found.name)] == name
    assert text[slice(*found.content)].endswith(("safe.”", 'safe."', "not.”"))
    assert found.content[0] == 0


@pytest.mark.parametrize(
    "text",
    [
        "",
        "“The bridge is safe.”",
        # a sentence behind the dash
        "“The bridge is safe” — Ann Lee said so.",
        "“The bridge is safe” – and so is the road",
        # no quotation fills the line
        "The bridge is safe — Ann Lee",
        "He said “safe” — Ann Lee",
        # a list with dashes, of which none signs
        "“The bridge is safe.”\n- Ann Lee\n- Bob Roe\n",
    ],
)
def test_other_dashes_sign_nothing(text: str) -> None:
    assert signed(text) == []


@pytest.mark.parametrize("engine", ENGINES)
def test_a_signed_quotation_is_one_quote_of_its_signer(engine: str) -> None:
    text = (
        "Readers wrote to us.\n"
        "“The bridge is safe. My son says that it is new.” ― Adriana Castillo\n"
        "“I would rather swim.” ― Ines Ruiz\n"
    )
    quotes = extract(text, engine=engine).quotes
    assert [(quote.speaker.name, quote.text) for quote in quotes] == [
        ("Adriana Castillo", "“The bridge is safe. My son says that it is new.”"),
        ("Ines Ruiz", "“I would rather swim.”"),
    ]
