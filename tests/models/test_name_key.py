"""The form in which names are compared."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.models import Speaker
from claims.models.speaker import NAME_LENGTH, name_key
from tests import factories


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Minna Aalto", "minna aalto"),
        ("  José\tMUJICA\n", "jose mujica"),
        ("Jose\u0301 Mujica", "jose mujica"),  # the accent as a mark of its own
        ("Recep Tayyip Erdoğan", "recep tayyip erdogan"),
        ("Lech Wałęsa", "lech walesa"),  # a stroke is no accent to Unicode, but to the press
        ("Søren Kierkegaard", "soren kierkegaard"),
        ("Binali Yıldırım", "binali yildirim"),
        ("İstanbul", "istanbul"),
        ("Đặng Hữu", "dang huu"),
        ("Hafþór Björnsson", "hafthor bjornsson"),
        ("Frank-Walter Steinmeier", "frank walter steinmeier"),
        ("F.-W. Steinmeier", "f w steinmeier"),
        ("Groß", "gross"),
        ("GROẞ", "gross"),
        ("O'Brien", "obrien"),
        ("O’Brien", "obrien"),
        ("O‘Brien", "obrien"),
        ("O`Brien", "obrien"),
        ("O´Brien", "obrien"),
        ("Oʼzbekiston", "ozbekiston"),
        ("The “Rock” Johnson", "the rock johnson"),
        ("AT&T", "at t"),
        ("C++", "c++"),
        ("Ｔｏｋｙｏ", "tokyo"),  # full-width letters
        ("ﬁona", "fiona"),
        ("Σίσυφος", "σισυφοσ"),
        ("ΣΊΣΥΦΟΣ", "σισυφοσ"),
        ("Сергей Лавров", "сергеи лавров"),
        ("СЕРГЕЙ ЛАВРОВ", "сергеи лавров"),
        ("习近平", "习近平"),
        ("김정은", "김정은"),
        (
            "\u1100\u1175\u11b7\u110c\u1165\u11bc\u110b\u1173\u11ab",
            "김정은",
        ),  # the same, taken apart
        ("עִבְרִית", "עברית"),
        ("مُحَمَّد", "محمد"),
        ("नरेन्द्र मोदी", "नरेन्द्र मोदी"),
        ("ガンダ", "ガンダ"),
        ("カンタ", "カンタ"),
        ("", ""),
        ("   ", ""),
        ("—…!?“”", ""),
        ("\u200b\ufeff", ""),
        ("\ud800", ""),  # a lone surrogate, which PostgreSQL could not store
        ("x" * 500, "x" * NAME_LENGTH),
    ],
)
def test_names_are_compared_without_case_accents_and_marks(name, key):
    assert name_key(name) == key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ガ", "カ"),  # a voiced kana is another letter
        ("क्त", "कत"),  # and so is a letter with its vowel killed
        ("ไม้", "ไม"),
        ("Imran Khan", "Imran Khanna"),
        ("Anna Maria", "Annamaria"),
    ],
)
def test_different_names_stay_different(one, other):
    assert name_key(one) != name_key(other)


@given(st.text(max_size=80))
def test_a_key_is_its_own_key(name):
    key = name_key(name)
    assert name_key(key) == key
    assert key == " ".join(key.split())


@given(st.text(max_size=40))
def test_blanks_around_a_name_do_not_matter(name):
    assert name_key(f" {name}\n") == name_key(name)


@pytest.mark.django_db
def test_a_name_that_is_changed_alone_takes_its_key_along():
    speaker = factories.SpeakerFactory(name="Old Name")
    speaker.name = "Zoë New"
    speaker.save(update_fields=["name"])
    alias = factories.SpeakerAliasFactory(speaker=speaker, name="Old Alias")
    alias.name = "Zoë N."
    alias.save(update_fields={"name"})
    speaker.refresh_from_db()
    alias.refresh_from_db()
    assert (speaker.key, alias.key) == ("zoe new", "zoe n")


@pytest.mark.django_db
def test_speakers_are_found_by_name_and_alias_but_not_once_merged():
    kept = factories.SpeakerFactory(name="Imran Khan")
    other = factories.SpeakerFactory(name="Sadiq Khan")
    merged = factories.SpeakerFactory(name="I. Khan", merged_into=kept)
    for speaker in (kept, other, merged):
        factories.SpeakerAliasFactory(speaker=speaker, name="Khan")
    assert set(Speaker.objects.named("KHAN")) == {kept, other}
    assert set(Speaker.objects.named("imran khan")) == {kept}
    assert not Speaker.objects.named("I. Khan").exists()
