"""A stub before a wall is told from an article on a page that sells subscriptions."""

import pytest

from claims.ingest import Document, Paywalled, read_bytes
from tests.ingest.pages import FREE, PARAGRAPHS, WALLED, outlet, paragraphs

URL = "https://www.harbour-post.example/2026/03/harbour"
OFFERS = ("subscri", "sign in", "register", "abo", "free articles", "€1", "you")


def read(html: str) -> Document:
    """The page, as it comes from the web."""
    return read_bytes(html.encode(), url=URL, content_type="text/html; charset=utf-8")


@pytest.mark.parametrize("name", WALLED)
def test_the_beginning_of_an_article_is_no_article(name: str) -> None:
    with pytest.raises(Paywalled) as caught:
        read(WALLED[name])
    assert caught.value.code == "paywall"
    # What was read goes with it: the beginning, without the offer.
    document = caught.value.document
    assert document.canonical_url == URL
    assert document.text.startswith(("The harbour", "Der Hafen", "Le port"))
    last = document.text.split("\n\n")[-1].casefold()
    assert not any(last.startswith(offer) for offer in OFFERS)


@pytest.mark.parametrize("name", FREE)
def test_an_article_beside_offers_is_whole(name: str) -> None:
    document = read(FREE[name])
    assert document.text
    assert "newsletter" not in document.text
    assert "All rights reserved" not in document.text


def test_the_text_of_a_whole_article_is_what_its_paragraphs_say() -> None:
    assert read(FREE["newsletter"]).text.split("\n\n") == [*PARAGRAPHS[:2], *PARAGRAPHS]
    assert read(FREE["frame"]).text.split("\n\n") == PARAGRAPHS
    assert read(FREE["sloppy"]).text.split("\n\n") == PARAGRAPHS[:5]


def test_a_wall_without_a_word_before_it_is_still_a_wall() -> None:
    walled = outlet(
        '<p class="teaser">Ferries stay in port.</p>'
        '<div class="paywall"><p>Subscribe to continue reading</p></div>'
    )
    with pytest.raises(Paywalled, match="Subscribe to continue reading"):
        read(walled)


def test_the_error_names_its_reason() -> None:
    with pytest.raises(Paywalled, match="own data says"):
        read(WALLED["data-alone"])
    with pytest.raises(Paywalled, match="This article is for subscribers only"):
        read(WALLED["words-alone"])


SELECTORS = [
    # what cannot be followed is as if it was not named
    ("div > .locked ~ p", False),
    ("][", False),
    # one of several, and the last step of a path
    ("#nothing, .body .rest", True),
    ("section.rest", False),
    ("div.rest.more", True),
]


@pytest.mark.parametrize(("selector", "whole"), SELECTORS)
def test_the_locked_part_is_found_by_its_selector(selector: str, whole: bool) -> None:
    from tests.ingest.pages import locked

    page = outlet(
        paragraphs(1) + f'<div class="more rest">{paragraphs(3)}</div>', head=locked(selector)
    )
    if whole:
        assert read(page).text
    else:
        with pytest.raises(Paywalled):
            read(page)
