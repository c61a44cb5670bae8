from __future__ import annotations

from importlib.resources import files

import pytest

from claims.extraction import lexicons

NAMES = sorted(
    path.name.removesuffix(".txt")
    for path in (files("claims.extraction") / "lexicon").iterdir()
    if path.name.endswith(".txt")
)


@pytest.mark.parametrize("name", NAMES)
def test_each_list_says_how_it_was_made(name: str) -> None:
    text = (files("claims.extraction") / "lexicon" / f"{name}.txt").read_text(encoding="utf-8")
    assert text.startswith("# Written by hand")
    assert list(lexicons.lines(name))


@pytest.mark.parametrize(
    ("form", "lemma", "tag"),
    [
        ("said", "say", "V"),  # irregular
        ("denies", "deny", "V"),  # y to ies
        ("denied", "deny", "E"),
        ("admitted", "admit", "E"),  # doubled consonant
        ("admitting", "admit", "G"),
        ("declaring", "declare", "G"),  # silent e
        ("telling", "tell", "G"),
        ("told", "tell", "E"),
        ("argues", "argue", "V"),
        ("agreeing", "agree", "G"),
        ("lying", "lie", "G"),
        ("visited", "visit", "E"),  # no doubling in a long verb
    ],
)
def test_verbs_are_inflected(form: str, lemma: str, tag: str) -> None:
    assert lexicons.verb_forms()[form] == lexicons.Form(lemma, tag)


def test_every_frame_of_a_cue_is_a_known_one() -> None:
    for verb in lexicons.cue_verbs().values():
        assert verb.frames <= set("cqitnowlbdp"), verb
        assert verb.frames or verb.particles, verb


def test_an_unknown_set_is_an_error() -> None:
    with pytest.raises(KeyError):
        lexicons.word_set("no such set")
