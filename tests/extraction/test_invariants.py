"""What holds for any string at all."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from claims.extraction import ArticleExtraction, QuoteKind, extract

PIECES = [
    "“", "”", '"', "'", "‘", "’", "''", "«", "»", "„", "said", " said ", "told", "He", " he ",
    "Ann Lee", " the minister ", " that ", ", ", ". ", ": ", "; ", "\n", "\n\n", " - ", " — ",
    "(", ")", "according to", "According to ", "85%", " of ", " and ", "who", "...", "?", "!",
    " was quoted as saying ", "claim that", "Mr.", "\ud800", "\u2028", "\x00", "é", "👍", " calls ",
]  # fmt: skip
prose = st.lists(st.sampled_from(PIECES), max_size=60).map("".join)
anything = st.text(st.characters(exclude_categories=()), max_size=200)


def check(result: ArticleExtraction, text: str) -> None:
    assert result.text == text
    hulls = []
    for quote in result.quotes:
        for spans in (quote.content, quote.cue, quote.source):
            assert all(0 <= span.start < span.end <= len(text) for span in spans)
        assert quote.content
        ends = [offset for span in quote.content for offset in (span.start, span.end)]
        assert ends == sorted(ends)
        assert quote.fragments == tuple(span.text(text) for span in quote.content)
        assert all(fragment.strip() == fragment for fragment in quote.fragments)
        assert 0.0 <= quote.confidence <= 1.0
        assert 0.0 <= quote.check_worthiness <= 1.0
        assert quote.speaker.name is None or quote.speaker.name
        hulls.append((quote.start, quote.end))
    assert hulls == sorted(set(hulls))


@given(prose)
@example("“a” said b, “c”\n“d")
@example('"A," he said. "B." "C," she said, "D."')
@settings(max_examples=400, deadline=None)
def test_any_mixture_of_marks_and_cues_keeps_the_offsets_true(text: str) -> None:
    check(extract(text, engine="rules"), text)


@given(anything)
@example("\ud800 said “\udfff” \x00")
@settings(max_examples=300, deadline=None)
def test_any_unicode_string_gives_a_result(text: str) -> None:
    check(extract(text, engine="rules"), text)


@given(prose)
@settings(max_examples=60, deadline=None)
def test_the_same_text_gives_the_same_quotes(text: str) -> None:
    assert extract(text, engine="rules") == extract(text, engine="rules")


@given(prose)
@settings(max_examples=150, deadline=None)
def test_an_indirect_quotation_has_no_double_mark(text: str) -> None:
    for quote in extract(text, engine="rules").quotes:
        if quote.kind is QuoteKind.DIRECT:
            assert any(mark in quote.text for mark in "“”\"'‘’«»„`")


@pytest.mark.parametrize("text", ["", " ", "\n\n\n", "said", "“", '"', "''", ":", "according to"])
def test_nothing_said_gives_nothing(text: str) -> None:
    assert extract(text, engine="rules").quotes == ()
