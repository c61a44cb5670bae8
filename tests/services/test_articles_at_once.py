"""Several workers that store documents at the same moment."""

import pytest

from claims.models import Article, ArticleVersion, ExtractionRun, Source
from claims.services.articles import Outcome, store_document
from tests.services.documents import TEXT, document


@pytest.mark.parametrize("attempt", range(3))
def test_one_document_stored_at_once_is_one_article_and_one_version(committed, at_once, attempt):
    outcomes = at_once(6, lambda _: store_document(document()).outcome)
    assert sorted(outcomes) == [Outcome.NEW, *[Outcome.UNCHANGED] * 5]
    assert Article.objects.get().current_version == ArticleVersion.objects.get()
    assert ExtractionRun.objects.count() == 1


@pytest.mark.parametrize("attempt", range(3))
def test_one_text_at_many_addresses_is_one_row_of_text(committed, at_once, attempt):
    urls = [f"https://outlet{number}.example/wire" for number in range(6)]
    outcomes = at_once(
        6, lambda n: store_document(document(urls[n], site_name=f"Outlet {n}")).outcome
    )
    assert sorted(outcomes) == [*[Outcome.COPY] * 5, Outcome.NEW]
    original = ArticleVersion.objects.get().article
    assert set(original.copies.values_list("canonical_url", flat=True)) == {*urls} - {
        original.canonical_url
    }


def test_many_texts_of_one_address_are_numbered_without_a_gap(committed, at_once):
    outcomes = at_once(6, lambda n: store_document(document(text=f"{TEXT} {n}")).outcome)
    assert sorted(outcomes) == [*[Outcome.CHANGED] * 5, Outcome.NEW]
    article = Article.objects.get()
    assert sorted(article.versions.values_list("number", flat=True)) == [1, 2, 3, 4, 5, 6]
    assert article.current_version is not None


@pytest.mark.parametrize("attempt", range(3))
def test_the_first_pages_of_a_host_under_several_names_are_one_outlet(committed, at_once, attempt):
    def store(number):
        url = f"https://daily.example/{number}"
        return store_document(document(url, text=f"Number {number}.", site_name=f"Daily {number}"))

    at_once(6, store)
    assert Source.objects.get().articles.count() == 6


def test_the_first_pages_of_many_hosts_under_one_name_are_all_stored(committed, at_once):
    def store(number):
        url = f"https://daily{number}.example/"
        return store_document(document(url, text=f"Number {number}."))

    at_once(6, store)
    assert Article.objects.count() == 6
