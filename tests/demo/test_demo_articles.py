"""The demo articles hold what `expected_quotes.json` says they hold.

No Django here: the articles are read as files, through the extractor that ingest uses, so that a
change in either the pages or the extractor shows up as a missing sentence or as leaked furniture.
"""

from __future__ import annotations

import json
from collections import Counter
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import trafilatura
from lxml import html as lxml_html

ROOT = Path(__file__).resolve().parents[2]
ARTICLES = sorted((ROOT / "claims" / "demo" / "articles").glob("*.html"))
EXPECTED = json.loads((Path(__file__).parent / "expected_quotes.json").read_text(encoding="utf-8"))

# Everything a reader would not call the article: none of it may reach the text.
FURNITURE = (
    "//nav//a | //header//*[contains(@class, 'masthead') or contains(@class, 'brand')]"
    " | //figcaption | //aside//* | //footer//*"
    " | //*[contains(@class, 'comment')]//* | //*[contains(@class, 'related')]//*"
    " | //*[contains(@class, 'ticker')]//a | //*[contains(@class, 'share')]//a"
    " | //*[contains(@class, 'cookie')] | //*[contains(@class, 'banner')]"
    " | //*[contains(@class, 'newsletter')]"
)
# Words such as "News" or "City" are in every article: only longer furniture proves a leak.
LEAK_LENGTH = 16


@cache
def extracted(name: str) -> str:
    page = (ROOT / "claims" / "demo" / "articles" / name).read_text(encoding="utf-8")
    text = trafilatura.extract(page, include_comments=False, include_tables=False)
    assert text, f"{name}: nothing extracted"
    return text


def quotes_of(name: str) -> list[dict[str, Any]]:
    return [quote for quote in EXPECTED["quotes"] if quote["article"] == name]


def one_of_them(path: Path) -> str:
    return path.name


every_article = pytest.mark.parametrize("path", ARTICLES, ids=one_of_them)


def test_the_set_is_complete() -> None:
    names = [path.name for path in ARTICLES]
    assert len(names) >= 10
    assert sorted(EXPECTED["not_quotes"]) == names
    assert sorted({quote["article"] for quote in EXPECTED["quotes"]}) == names
    assert len(EXPECTED["quotes"]) >= 120
    kinds = Counter(quote["kind"] for quote in EXPECTED["quotes"])
    assert set(kinds) == {"direct", "mixed", "indirect"}
    assert min(kinds.values()) >= 25


@every_article
def test_metadata(path: Path) -> None:
    tree = lxml_html.fromstring(path.read_bytes())

    def meta(key: str) -> str:
        found = tree.xpath("//meta[@name=$key or @property=$key]/@content", key=key)
        assert len(found) == 1, f"{key}: {found}"
        return str(found[0])

    (canonical,) = tree.xpath("//link[@rel='canonical']/@href")
    assert canonical == meta("og:url")
    assert urlsplit(canonical).scheme == "https"
    assert (urlsplit(canonical).hostname or "").endswith(".example")
    (heading,) = tree.xpath("//h1/text()")
    assert heading == meta("og:title")
    (title,) = tree.xpath("//title/text()")
    assert title == f"{heading} | {meta('og:site_name')}"
    assert meta("author")
    published = datetime.fromisoformat(meta("article:published_time"))
    assert published.tzinfo is not None
    assert (published.year, published.month in (3, 4, 5)) == (2026, True)


def test_canonical_urls_differ() -> None:
    urls = [
        lxml_html.fromstring(path.read_bytes()).xpath("string(//link[@rel='canonical']/@href)")
        for path in ARTICLES
    ]
    assert len(set(urls)) == len(urls)


@every_article
def test_length(path: Path) -> None:
    assert 350 <= len(extracted(path.name).split()) <= 720


@every_article
def test_every_paragraph_survives(path: Path) -> None:
    tree = lxml_html.fromstring(path.read_bytes())
    paragraphs = [
        p.text_content() for p in tree.xpath("//article//p[not(@class)]") if p.text_content()
    ]
    assert len(paragraphs) >= 8
    lines = extracted(path.name).split("\n")
    assert [p for p in paragraphs if p not in lines] == []


@every_article
def test_no_furniture(path: Path) -> None:
    tree = lxml_html.fromstring(path.read_bytes())
    pieces = {" ".join(node.text_content().split()) for node in tree.xpath(FURNITURE)}
    pieces = {piece for piece in pieces if len(piece) >= LEAK_LENGTH}
    pieces -= {" ".join(h1.text_content().split()) for h1 in tree.xpath("//h1")}
    assert len(pieces) >= 6
    text = extracted(path.name)
    assert [piece for piece in sorted(pieces) if piece in text] == []


@every_article
def test_expected_quotes_stand_in_the_text(path: Path) -> None:
    text = extracted(path.name)
    quotes = quotes_of(path.name)
    assert len(quotes) >= 8
    for quote in quotes:
        assert quote["content"], quote
        for fragment in quote["content"]:
            # Without an "occurrence" the text must hold the fragment once and no more.
            count = text.count(fragment)
            assert count >= quote.get("occurrence", 1), fragment
            if "occurrence" not in quote:
                assert count == 1, fragment
        for name in [quote["speaker"], *quote.get("candidates", [])]:
            assert name is None or name in text, name
        assert quote["cue"] is None or quote["cue"] in text, quote


@every_article
def test_marks_match_the_kind(path: Path) -> None:
    opening, closing = "“‘\"'", "”’\"'"
    for quote in quotes_of(path.name):
        if quote["kind"] == "direct":
            assert quote["content"][0][0] in opening, quote
            assert quote["content"][-1][-1] in closing, quote
        joined = " ".join(quote["content"])
        marked = any(mark in joined for mark in '“‘"')
        assert marked is (quote["kind"] != "indirect"), quote
        if quote["kind"] != "direct":
            assert not joined.endswith("."), quote


@every_article
def test_not_quotes_stand_outside_the_quotes(path: Path) -> None:
    text = extracted(path.name)
    for piece in EXPECTED["not_quotes"][path.name]:
        assert text.count(piece) == 1, piece
        assert not any(piece in part for q in quotes_of(path.name) for part in q["content"]), piece
