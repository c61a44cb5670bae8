"""Cutting a text at its quotations: nothing is lost, and each piece says whose it is."""

from hypothesis import given
from hypothesis import strategies as st

from claims.admin.highlighting import Marked, Segment, highlight

offsets = st.integers(min_value=-3, max_value=60)
spans = st.tuples(offsets, offsets)
quotations = st.builds(
    Marked,
    key=st.integers(1, 9),
    fragments=st.lists(spans, max_size=4).map(tuple),
    cue=st.none() | spans,
    mention=st.none() | spans,
)


def keys_of(segments: list[Segment]) -> list[tuple[str, tuple[int, ...]]]:
    return [(segment.text, segment.quotes) for segment in segments]


@given(text=st.text(max_size=50), quotes=st.lists(quotations, max_size=8))
def test_segments_joined_are_the_text(text, quotes):
    segments = highlight(text, quotes)
    assert "".join(segment.text for segment in segments) == text
    assert all(segment.text for segment in segments)
    reached = 0
    for segment in segments:
        assert segment.start == reached
        reached += len(segment.text)


@given(
    text=st.text(max_size=50), quotes=st.lists(quotations, max_size=8, unique_by=lambda q: q.key)
)
def test_each_character_carries_exactly_the_quotations_over_it(text, quotes):
    for segment in highlight(text, quotes):
        for offset in range(segment.start, segment.start + len(segment.text)):
            covering = {q.key for q in quotes if any(s <= offset < e for s, e in q.fragments)}
            assert set(segment.quotes) == covering
            assert set(segment.cues) == {
                q.key for q in quotes if q.cue and q.cue[0] <= offset < q.cue[1]
            }
            assert set(segment.mentions) == {
                q.key for q in quotes if q.mention and q.mention[0] <= offset < q.mention[1]
            }


@given(text=st.text(max_size=50), quotes=st.lists(quotations, max_size=8))
def test_a_quotation_opens_once_at_most(text, quotes):
    opened = [key for segment in highlight(text, quotes) for key in segment.opens]
    assert len(opened) == len(set(opened))


def test_a_text_without_quotations_is_one_segment():
    assert highlight("Nobody spoke.", []) == [Segment("Nobody spoke.", 0)]
    assert highlight("", [Marked(1, ((0, 3),))]) == []


def test_the_innermost_of_nested_quotations_leads():
    text = "a “b ‘c’ d” e"
    segments = highlight(text, [Marked(1, ((2, 11),)), Marked(2, ((5, 8),))])
    assert keys_of(segments) == [
        ("a ", ()),
        ("“b ", (1,)),
        ("‘c’", (2, 1)),
        (" d”", (1,)),
        (" e", ()),
    ]


def test_a_split_quotation_leaves_its_cue_and_speaker_between_the_fragments():
    text = "“One,” said Ann, “two.”"
    segments = highlight(text, [Marked(7, ((0, 6), (17, 23)), cue=(7, 11), mention=(12, 15))])
    assert keys_of(segments) == [
        ("“One,”", (7,)),
        (" ", ()),
        ("said", ()),
        (" ", ()),
        ("Ann", ()),
        (", ", ()),
        ("“two.”", (7,)),
    ]
    assert [segment.cues for segment in segments] == [(), (), (7,), (), (), (), ()]
    assert [segment.mentions for segment in segments] == [(), (), (), (), (7,), (), ()]
    assert [segment.opens for segment in segments if segment.quotes] == [(7,), ()]


def test_overlapping_quotations_share_the_piece_in_common():
    segments = highlight("abcdef", [Marked(1, ((0, 4),)), Marked(2, ((2, 6),))])
    assert [(text, set(keys)) for text, keys in keys_of(segments)] == [
        ("ab", {1}),
        ("cd", {1, 2}),
        ("ef", {2}),
    ]
