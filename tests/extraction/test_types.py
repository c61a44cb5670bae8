from __future__ import annotations

from dataclasses import FrozenInstanceError

import pytest

from claims.extraction import (
    Quote,
    QuoteKind,
    Span,
    SpeakerGuess,
    SpeakerKind,
    extract,
    extractor,
)


def quote(*fragments: str) -> Quote:
    return Quote(
        content=tuple(Span(10 * i, 10 * i + len(f)) for i, f in enumerate(fragments)),
        cue=(),
        source=(),
        kind=QuoteKind.DIRECT,
        speaker=SpeakerGuess(None, SpeakerKind.UNKNOWN),
        confidence=0.5,
        check_worthiness=0.5,
        fragments=fragments,
    )


@pytest.mark.parametrize(("start", "end"), [(3, 3), (4, 3), (-1, 2)])
def test_a_span_is_never_empty_or_negative(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="not a span"):
        Span(start, end)


def test_a_span_reads_its_text() -> None:
    assert Span(4, 7).text("who said it") == "sai"


@pytest.mark.parametrize(
    ("fragment", "bare"),
    [
        ("“It works,”", "It works,"),  # curly marks
        ('"It works."', "It works."),  # straight marks
        ("‘It works,’", "It works,"),  # British marks
        ("«It works»", "It works"),  # guillemets
        ("„It works“", "It works"),  # low marks
        ("''It works.''", "It works."),  # two apostrophes for a mark
        ("“It works.", "It works."),  # an open paragraph of a longer quotation
        ("that it works", "that it works"),  # no marks at all
        ("that it “works”", "that it “works”"),  # marks inside stay
    ],
)
def test_bare_text_drops_the_enclosing_marks_only(fragment: str, bare: str) -> None:
    assert quote(fragment).bare_text == bare


def test_fragments_are_joined_by_one_space() -> None:
    split = quote("“It works,”", "“I know.”")
    assert split.text == "“It works,” “I know.”"
    assert split.bare_text == "It works, I know."
    assert (split.start, split.end) == (0, 19)
    assert split.span == Span(0, 19)


def test_results_cannot_be_changed() -> None:
    result = extract("“It works,” she said.")
    with pytest.raises(FrozenInstanceError):
        result.text = ""  # type: ignore[misc]
    with pytest.raises(FrozenInstanceError):
        result.quotes[0].confidence = 1.0  # type: ignore[misc]


def test_the_engine_names_itself_and_its_version() -> None:
    assert extract("").extractor == extractor()
    name, _, version = extractor().partition("-")
    assert name == "model"
    assert version.isdigit()
