"""A whole article, written for this test, with the quotations an editor would mark."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from claims.extraction import Quote, extract

HERE = Path(__file__).parent / "articles"
TEXT = (HERE / "harbour.txt").read_text(encoding="utf-8")
GOLD = json.loads((HERE / "harbour.json").read_text(encoding="utf-8"))
QUOTES = {quote.fragments: quote for quote in extract(TEXT).quotes}


def expected() -> list[Any]:
    return [pytest.param(gold, id=gold["content"][0][:40]) for gold in GOLD["quotes"]]


def found(gold: dict[str, Any]) -> Quote:
    assert tuple(gold["content"]) in QUOTES, list(QUOTES)
    return QUOTES[tuple(gold["content"])]


@pytest.mark.parametrize("gold", expected())
def test_each_quotation_is_found_with_its_kind(gold: dict[str, Any]) -> None:
    assert str(found(gold).kind) == gold["kind"]


@pytest.mark.parametrize("gold", expected())
def test_each_speaker_is_the_one_in_the_article(gold: dict[str, Any]) -> None:
    speaker = found(gold).speaker
    assert speaker.name == gold["speaker"]
    if gold["speaker"] is None:
        assert sorted(speaker.candidates) == gold["candidates"]


@pytest.mark.parametrize("words", GOLD["not_quotes"])
def test_scare_quotes_and_titles_are_no_quotations(words: str) -> None:
    assert [q.text for q in extract(TEXT).quotes if words in q.text] == []


def test_numbers_lead_the_list_of_what_to_check() -> None:
    ranked = sorted(extract(TEXT).quotes, key=lambda quote: -quote.check_worthiness)
    assert "48 million crowns" in " ".join(quote.text for quote in ranked[:3])
    assert "60 million crowns" in " ".join(quote.text for quote in ranked[:3])


def test_there_are_few_candidates_beside_them() -> None:
    gold = {tuple(gold["content"]) for gold in GOLD["quotes"]}
    assert len(set(QUOTES) - gold) <= 4
