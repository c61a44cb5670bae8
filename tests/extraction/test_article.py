"""A whole article, written for this test, with the quotations an editor would mark."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from claims.extraction import ENGINES, Quote, extract

HERE = Path(__file__).parent / "articles"
TEXT = (HERE / "harbour.txt").read_text(encoding="utf-8")
GOLD = json.loads((HERE / "harbour.json").read_text(encoding="utf-8"))
QUOTES = {
    engine: {quote.fragments: quote for quote in extract(TEXT, engine=engine).quotes}
    for engine in ENGINES
}


def expected() -> list[Any]:
    return [pytest.param(gold, id=gold["content"][0][:40]) for gold in GOLD["quotes"]]


def found(engine: str, gold: dict[str, Any]) -> Quote:
    quotes = QUOTES[engine]
    assert tuple(gold["content"]) in quotes, list(quotes)
    return quotes[tuple(gold["content"])]


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("gold", expected())
def test_each_quotation_is_found_with_its_kind(engine: str, gold: dict[str, Any]) -> None:
    assert str(found(engine, gold).kind) == gold["kind"]


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("gold", expected())
def test_each_speaker_is_the_one_in_the_article(engine: str, gold: dict[str, Any]) -> None:
    speaker = found(engine, gold).speaker
    assert speaker.name == gold["speaker"]
    if gold["speaker"] is None:
        assert sorted(speaker.candidates) == gold["candidates"]


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("words", GOLD["not_quotes"])
def test_scare_quotes_and_titles_are_no_quotations(engine: str, words: str) -> None:
    assert [q.text for q in QUOTES[engine].values() if words in q.text] == []


@pytest.mark.parametrize("engine", ENGINES)
def test_numbers_lead_the_list_of_what_to_check(engine: str) -> None:
    ranked = sorted(QUOTES[engine].values(), key=lambda quote: -quote.check_worthiness)
    assert "48 million crowns" in " ".join(quote.text for quote in ranked[:3])
    assert "60 million crowns" in " ".join(quote.text for quote in ranked[:3])


@pytest.mark.parametrize("engine", ENGINES)
def test_there_are_few_candidates_beside_them(engine: str) -> None:
    gold = {tuple(gold["content"]) for gold in GOLD["quotes"]}
    assert len(set(QUOTES[engine]) - gold) <= 4
