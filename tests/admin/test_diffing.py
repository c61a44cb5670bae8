"""Word diffs that are read without colours, and give both texts back."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.admin.diffing import text_diff, word_diff

HIDDEN = re.compile(r'<span class="fc-heard">[^<]*</span>')


def shown(old, new):
    return HIDDEN.sub("", word_diff(old, new))


@pytest.mark.parametrize(
    ("old", "new", "diff"),
    [
        ("85% of it", "58% of it", "<del>85%</del><ins>58%</ins> of it"),
        ("We do know", "We do not know", "We do <ins>not </ins>know"),
        ("the same", "the same", "the same"),
        # neighbouring changes are one, not word by word
        (
            "all of the dykes",
            "most of our dykes",
            "<del>all</del><ins>most</ins> of <del>the</del>",
        ),
        ("one two three", "eins zwei three", "<del>one two</del><ins>eins zwei</ins> three"),
        ("gone", "", "<del>gone</del>"),
        ("€1.2m", "€1.3m", "€<del>1.2m</del><ins>1.3m</ins>"),
        ("<b>", "<i>", "&lt;<del>b</del><ins>i</ins>&gt;"),
    ],
)
def test_what_changed_is_marked(old, new, diff):
    assert shown(old, new).startswith(diff)


def test_a_screen_reader_is_told():
    assert '<del><span class="fc-heard">deleted: </span>85%</del>' in word_diff("85%", "58%")


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=60), st.text(max_size=60))
def test_both_texts_are_in_the_diff(old, new):
    from html import unescape

    html = shown(old, new)
    without_new = re.sub(r"<ins>.*?</ins>", "", html, flags=re.DOTALL)
    without_old = re.sub(r"<del>.*?</del>", "", html, flags=re.DOTALL)
    assert unescape(re.sub(r"</?(ins|del)>", "", without_old)) == new
    assert "".join(unescape(re.sub(r"</?(ins|del)>", "", without_new)).split()) == "".join(
        old.split()
    )


def test_paragraphs_far_from_a_change_are_counted():
    old = [f"Paragraph number {n} says what it says." for n in range(12)]
    new = [*old[:6], "A new one is put in here, about something else.", *old[6:]]
    parts = text_diff("\n\n".join(old), "\n\n".join(new))
    assert [part.skipped for part in parts] == [5, 0, 0, 0, 5]
    assert HIDDEN.sub("", parts[2].html).startswith("<ins>A new one")


def test_a_changed_paragraph_is_paired_with_its_old_form_and_others_come_and_go():
    old = "The river rose on Monday and again on Tuesday.\n\nNobody was hurt at all."
    new = "Quite another beginning.\n\nThe river rose on Sunday and again on Tuesday."
    diffs = [HIDDEN.sub("", part.html) for part in text_diff(old, new)]
    assert diffs == [
        "<ins>Quite another beginning.</ins>",
        "The river rose on <del>Monday</del><ins>Sunday</ins> and again on Tuesday.",
        "<del>Nobody was hurt at all.</del>",
    ]


def test_paragraphs_without_end_are_not_compared_word_by_word():
    old = "word " * 9000
    assert shown(old, old + "more").startswith("<del>word")
    assert text_diff(old, old) == [text_diff(old, old)[0]]
