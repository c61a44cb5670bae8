"""What the desk is offered of an extraction: utterances that state something, sure enough."""

from __future__ import annotations

import pytest

from claims.extraction import (
    Quote,
    QuoteKind,
    Span,
    SpeakerGuess,
    SpeakerKind,
    extract,
    offer,
)
from claims.extraction.desk import states
from tests.extraction.helpers import one

TWO = "“We tested it,” Ann Lee said. “It is clean, all 85% of it.”"


def offered(text: str, least: float = 0.0) -> list[str]:
    found = extract(text, engine="rules")
    return [quote.text for quote in offer(found, least_confidence=least).extraction.quotes]


def test_two_sentences_of_one_attribution_are_two_quotes() -> None:
    (whole,) = extract(TWO, engine="rules").quotes
    first, second = offer(extract(TWO, engine="rules")).extraction.quotes
    assert (first.fragments, second.fragments) == (whole.fragments[:1], whole.fragments[1:])
    assert first.speaker == second.speaker == whole.speaker
    assert (first.cue, second.cue) == (whole.cue, ())
    assert second.check_worthiness > first.check_worthiness


@pytest.mark.parametrize(
    "text",
    [
        # the writer's sentence goes on behind the speaker
        "“They came,” said Marit Oskarsson, who bakes, “but I saw no digger.”",
        # a title with a full stop is no end of a sentence
        "“They came,” said Sen. Ann Lee, “but I saw no digger.”",
        # nothing but a paragraph stands between
        "Ann Lee said: “They came.\n“They left.”",
    ],
)
def test_what_the_writer_does_not_end_is_one_quote(text: str) -> None:
    assert len(offered(text)) == 1
    assert len(one(text).content) == 2


def said(source: str, cue: str, content: str, kind: QuoteKind = QuoteKind.INDIRECT) -> bool:
    """Tell whether a quote of these words, in a sentence of its own, states something."""
    text = f"{source} {cue} {content}."
    at = len(source) + len(cue) + 2 if source else len(cue) + 2
    spans = (Span(at, at + len(content)),)
    cues = (Span(at - 1 - len(cue), at - 1),)
    sources = (Span(0, len(source)),) if source else ()
    nobody = SpeakerGuess(None, SpeakerKind.UNKNOWN)
    quote = Quote(spans, cues, sources, kind, nobody, 0.9, 0.5, (content,))
    return states(quote, text)


@pytest.mark.parametrize(
    ("cue", "content"),
    [
        ("said", "that the bank was weak"),
        ("said", "the bank was weak"),
        ("said", "the wall held"),
        ("denied", "having met the colonel"),  # a participle clause
        ("ruled out", "sending soldiers to the harbour"),
        ("accused", "the mayor of lying"),
        ("expect", "the price to fall further"),  # a forecast
        ("claimed", "to be the winner"),
        ("demanded", "€5m"),  # a number
        ("wanted to know", "why the siren had failed"),  # a question that takes a fact for granted
    ],
)
def test_a_statement_is_offered(cue: str, content: str) -> None:
    assert said("The union", cue, content)


@pytest.mark.parametrize(
    ("cue", "content"),
    [
        ("has asked", "both sides to return to the table"),
        ("has asked for", "the plan to be published with its annexes"),
        ("refused", "to publish the letter"),
        ("praised", "the nurses and the porters"),
        ("did not mention", "the letter"),
        ("would not say", "whether the bank was weak"),
    ],
)
def test_a_request_a_plan_a_thing_or_a_question_is_held_back(cue: str, content: str) -> None:
    assert not said("The union", cue, content)
    assert said("The union", cue, f"“{content}”", QuoteKind.MIXED)


def test_what_nobody_in_particular_asked_is_held_back() -> None:
    assert not said("", "Asked", "how it had been done")
    assert said("She", "asked", "how it had been done")


def test_the_offer_counts_what_it_holds_back() -> None:
    found = extract("She refused to publish the letter.", engine="rules")
    result = offer(found, least_confidence=0.0)
    assert (len(found.quotes), result.extraction.quotes, result.held_back) == (1, (), 1)


def test_what_is_less_sure_than_the_threshold_is_held_back() -> None:
    confidence = one("She said that the bank was weak.").confidence
    assert offered("She said that the bank was weak.", least=confidence)
    assert not offered("She said that the bank was weak.", least=confidence + 0.01)
