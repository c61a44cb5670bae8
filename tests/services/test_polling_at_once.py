"""Sweeps and polls that begin at the same moment share the work."""

from datetime import timedelta

import pytest
from django.utils import timezone

from claims.models import Feed, Fetch
from claims.services import politeness, polling
from tests import factories
from tests.feedweb import rss, running


@pytest.fixture
def web(settings):
    settings.FETCH_ALLOWED_NETWORKS = ["127.0.0.1/32"]
    # So many may ask at the same moment: a clock read before another's turn brings no new one.
    settings.FETCH_HOST_SECONDS, settings.FETCH_HOST_BURST = 0, 100
    with running() as web:
        yield web


def test_sweeps_at_the_same_moment_share_the_feeds(committed, at_once, web):
    feeds = factories.FeedFactory.create_batch(40)
    rung = at_once(4, lambda number: polling.due_feeds())
    assert sorted(pk for part in rung for pk in part) == sorted(feed.pk for feed in feeds)


def test_polls_of_one_feed_at_the_same_moment_store_each_entry_once(committed, at_once, web):
    feed = factories.FeedFactory(url=web.reply("/feed", rss("a", "b", base=web.url)))
    polled = at_once(4, lambda number: polling.perform_poll(feed.pk))
    assert [each.new for each in polled if each] == [2]
    assert Fetch.objects.count() == 2


def test_feeds_that_name_the_same_articles_at_the_same_moment_share_them(committed, at_once, web):
    feeds = [
        factories.FeedFactory(url=web.reply(f"/{n}", rss("a", "b", "c", base=web.url)))
        for n in range(4)
    ]
    Feed.objects.update(next_poll_at=timezone.now() - timedelta(seconds=1))
    politeness.admit(web.url)  # one reads robots.txt while the others wait
    polled = at_once(4, lambda number: polling.perform_poll(feeds[number].pk))
    assert sum(each.new for each in polled) == 3
    assert Fetch.objects.count() == 3
