"""From documents to the record: one article a URL, one row a text, nothing twice."""

from datetime import UTC, datetime
from hashlib import sha256

import pytest
from django.core.files.storage import default_storage

from claims.choices import WorkState
from claims.models import Article, ArticleVersion, ExtractionRun, Source
from claims.services.archive import open_archived
from claims.services.articles import UNKNOWN_SOURCE, Outcome, store_document
from tests import factories
from tests.services.documents import TEXT, document

pytestmark = pytest.mark.django_db


def test_a_new_document_becomes_an_article_a_version_and_a_queued_run():
    stored = store_document(document())
    article, version = Article.objects.get(), ArticleVersion.objects.get()
    assert (stored.outcome, stored.article, stored.version) == (Outcome.NEW, article, version)
    assert (version.number, version.text) == (1, TEXT)
    assert version.sha256 == sha256(TEXT.encode()).hexdigest()
    assert article.current_version == version
    assert (article.title, article.byline, article.language) == (
        "Council votes on dykes",
        "Ida Berg",
        "en",
    )
    assert stored.run == ExtractionRun.objects.get()
    assert stored.run.state == WorkState.QUEUED
    assert stored.run.due_at is not None


def test_what_was_received_is_kept_byte_for_byte():
    raw = b"<p>\xff\x00 broken but kept</p>"
    version = store_document(document(raw=raw)).version
    assert open_archived(version.snapshot.name).payload == raw
    assert version.snapshot_sha256 == sha256(raw).hexdigest()
    same = store_document(document("https://daily.example/2", text="Another.", raw=raw)).version
    assert same.snapshot.name == version.snapshot.name
    assert len(default_storage.listdir(f"archive/{version.snapshot_sha256[:2]}")[1]) == 1


@pytest.mark.parametrize(
    "url",
    [
        "https://daily.example/dykes",
        "https://daily.example/dykes?utm_source=feed&fbclid=1",
        "HTTPS://Daily.Example:443/dykes#top",
    ],
)
def test_the_same_article_is_not_stored_twice(url):
    first = store_document(document())
    again = store_document(document(url))
    assert again.outcome == Outcome.UNCHANGED
    assert (again.article, again.version, again.run) == (first.article, first.version, first.run)
    assert (Article.objects.count(), ArticleVersion.objects.count()) == (1, 1)


def test_a_changed_text_is_a_second_version_and_a_run_of_its_own():
    first = store_document(document())
    second = store_document(document(text=TEXT.replace("85", "58"), title="Correction: dykes"))
    assert (second.outcome, second.version.number) == (Outcome.CHANGED, 2)
    article = Article.objects.get()
    assert (article.current_version, article.title) == (second.version, "Correction: dykes")
    assert first.version.text == TEXT
    assert second.run not in {first.run, None}


def test_a_text_that_returns_is_the_earlier_version_again():
    first = store_document(document())
    store_document(document(text="Withdrawn."))
    again = store_document(document())
    assert (again.version, again.run) == (first.version, first.run)
    assert Article.objects.get().current_version == first.version
    assert ArticleVersion.objects.count() == 2
    third = store_document(document(text="Third."))
    assert third.version.number == 3


def test_what_a_later_reading_does_not_know_is_not_forgotten():
    when = datetime(2026, 3, 12, tzinfo=UTC)
    store_document(document(published_at=when))
    store_document(document(text="Shorter.", title="", byline="", published_at=None))
    article = Article.objects.get()
    assert (article.title, article.byline, article.published_at) == (
        "Council votes on dykes",
        "Ida Berg",
        when,
    )


def test_the_same_text_at_another_address_is_a_copy_without_a_text_of_its_own():
    first = store_document(document())
    copy = store_document(document("https://other.example/wire"))
    assert (copy.outcome, copy.version, copy.run) == (Outcome.COPY, None, None)
    assert copy.article.copy_of == first.article
    assert copy.article.current_version is None
    assert ArticleVersion.objects.get() == first.version
    assert store_document(document("https://other.example/wire")).outcome == Outcome.COPY
    assert Article.objects.count() == 2


def test_a_copy_that_is_rewritten_stands_on_its_own():
    store_document(document())
    store_document(document("https://other.example/wire"))
    own = store_document(document("https://other.example/wire", text="Rewritten."))
    own.article.refresh_from_db()
    assert (own.outcome, own.version.number) == (Outcome.NEW, 1)
    assert (own.article.copy_of, own.article.current_version) == (None, own.version)


def test_a_text_of_two_languages_scripts_and_planes_survives_the_way():
    text = "🌊 “Śmigus-dyngus,” said 习近平 — “עִבְרִית” 👨‍👩‍👧."
    version = store_document(document(text=text)).version
    version.refresh_from_db()
    assert version.text == text


# --- Whose article it is ----------------------------------------------------------------


def test_the_outlet_is_the_one_on_that_host():
    known = factories.SourceFactory(name="Daily Haverness", domain="daily.example")
    stored = store_document(document("https://www.daily.example/dykes", site_name="The Daily"))
    assert stored.article.source == known


def test_an_unknown_host_is_a_new_outlet_under_the_pages_own_name():
    source = store_document(document()).article.source
    assert (source.name, source.domain, source.language) == ("The Daily", "daily.example", "en")


def test_a_page_without_a_name_gives_its_host():
    source = store_document(document(site_name="")).article.source
    assert (source.name, source.domain) == ("daily.example", "daily.example")


def test_the_name_that_was_given_wins_over_the_host():
    factories.SourceFactory(name="Host", domain="daily.example")
    given = factories.SourceFactory(name="Given", domain=None)
    assert store_document(document(), source_name=" Given ").article.source == given
    new = store_document(
        document("https://daily.example/2", text="Two."), source_name="New"
    ).article
    assert (new.source.name, new.source.domain) == ("New", None)


def test_pasted_text_is_of_an_unknown_outlet_and_found_again():
    pasted = {"url": "", "canonical_url": f"urn:sha256:{'0' * 64}", "site_name": ""}
    source = store_document(document(**pasted)).article.source
    assert (source.name, source.domain) == (UNKNOWN_SOURCE, None)
    other = {**pasted, "canonical_url": f"urn:sha256:{'1' * 64}"}
    assert store_document(document(text="Two.", **other)).article.source == source


def test_a_page_does_not_pass_for_a_known_outlet_by_its_name():
    agency = factories.SourceFactory(name="Reuters", domain="reuters.com")
    forged = store_document(document("https://forged.example/1", site_name="Reuters")).article
    assert forged.source != agency
    assert (forged.source.name, forged.source.domain) == ("forged.example", "forged.example")


def test_an_outlet_entered_by_hand_without_a_host_is_found_by_name():
    entered = factories.SourceFactory(name="The Daily", domain=None)
    assert store_document(document()).article.source == entered


def test_a_name_that_is_too_long_is_cut():
    assert store_document(document(site_name="x" * 300)).article.source.name == "x" * 200
    source = store_document(document("https://b.example/", text="B."), source_name="y" * 300)
    assert source.article.source.name == "y" * 200
    assert Source.objects.count() == 2
