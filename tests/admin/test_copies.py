"""The queue shows the words of a wire story once, and where else they stand."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from claims.models import Article, Quote, Story
from claims.selectors import other_outlets
from tests import factories
from tests.admin.pages import url

pytestmark = pytest.mark.django_db

QUEUE = {"status__exact": "candidate"}


@pytest.fixture
def wire():
    """A quote with two copies, in a story of four articles, one of them to the word."""
    return wire_story()


def wire_story():
    story = factories.StoryFactory()
    original = factories.QuoteFactory(article_version__article__story=story)
    for _ in range(2):
        factories.QuoteFactory(article_version__article__story=story, copy_of=original)
    factories.ArticleFactory(story=story, copy_of=original.article_version.article)
    return original


def test_the_queue_shows_originals_and_in_how_many_outlets_they_are(as_reporter, wire):
    path = url(Quote, "changelist")
    page = as_reporter.get(path, QUEUE)
    assert list(page.context["cl"].result_list) == [wire]
    assert "also in 3 other outlets" in page.content.decode()
    both = as_reporter.get(path, {**QUEUE, "copies": "with"})
    assert both.context["cl"].result_list.count() == 3
    copies = as_reporter.get(path, {**QUEUE, "copies": "only"})
    assert set(copies.context["cl"].result_list) == set(wire.copies.all())
    assert "<small>copy</small>" in copies.content.decode()
    assert as_reporter.get(path).context["cl"].result_list.count() == 3


def test_the_home_page_and_the_sidebar_count_originals(as_reporter, wire):
    page = as_reporter.get(reverse("admin:index"))
    [tile] = [tile for tile in page.context["tiles"] if tile.label.startswith("Candidates")]
    assert tile.count == 1
    [entry] = [
        item
        for group in page.context["sidebar_navigation"]
        for item in group["items"]
        if item["title"] == "Candidates"
    ]
    assert entry["badge"] == "1"


def test_the_next_candidate_is_never_a_copy(as_reporter, wire):
    other = factories.QuoteFactory(check_worthiness=0.1)
    page = as_reporter.get(url(Quote, "change", wire.pk))
    assert page.context["following"] == other


def test_original_and_copy_lead_to_each_other(as_reporter, wire):
    copy = wire.copies.first()
    html = as_reporter.get(url(Quote, "change", wire.pk)).content.decode()
    assert "The same words in 3 other outlets" in html
    assert url(Quote, "change", copy.pk) in html
    back = as_reporter.get(url(Quote, "change", copy.pk)).content.decode()
    assert "The same words as in" in back
    assert url(Quote, "change", wire.pk) in back


def test_the_article_shows_the_other_articles_of_its_story(as_reporter, wire):
    html = as_reporter.get(url(Article, "change", wire.article_version.article_id)).content.decode()
    assert "3 other articles" in html
    assert "word for word" in html
    for copy in wire.copies.all():
        pair = [wire.article_version_id, copy.article_version_id]
        assert reverse("admin:claims_articleversion_compare", args=pair) in html


def test_the_story_lists_its_articles(as_reporter, wire):
    story = Story.objects.get()
    html = as_reporter.get(url(Story, "change", story.pk)).content.decode()
    assert "4 articles with nearly the same text" in html
    listed = as_reporter.get(url(Story, "changelist")).context["cl"].result_list
    assert [(row.articles_count, row.outlets_count) for row in listed] == [(4, 4)]


def test_an_outlets_own_later_text_is_no_other_outlet(wire):
    version = factories.ArticleVersionFactory(article=wire.article_version.article, text="“Again.”")
    factories.QuoteFactory(article_version=version, copy_of=wire)
    [names] = other_outlets([wire]).values()
    assert len(names) == 3
    assert wire.article_version.article.source.name not in names


def test_withdrawn_copies_are_not_counted(wire):
    wire.copies.update(status="withdrawn")
    assert len(other_outlets([wire])[wire.pk]) == 1


def test_the_pages_cost_the_same_for_one_story_and_ten(as_reporter):
    def cost(path, **parameters):
        as_reporter.get(path, parameters)
        with CaptureQueriesContext(connection) as captured:
            as_reporter.get(path, parameters)
        return len(captured)

    original = wire_story()
    paths = [
        (url(Quote, "changelist"), QUEUE),
        (url(Story, "changelist"), {}),
        (url(Article, "change", original.article_version.article_id), {}),
        (url(Quote, "change", original.pk), {}),
    ]
    few = [cost(path, **parameters) for path, parameters in paths]
    for _ in range(4):
        wire_story()
    for _ in range(4):
        factories.QuoteFactory(
            article_version__article__story=original.article_version.article.story, copy_of=original
        )
    assert [cost(path, **parameters) for path, parameters in paths] == few
