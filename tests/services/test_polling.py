"""A feed is polled by one worker at a time, as often as it is worth, and loses no entry."""

from datetime import timedelta

import pytest
from django.utils import timezone

from claims.choices import FeedState, WorkState
from claims.models import Feed, Fetch
from claims.services import leasing, polling
from tests import factories
from tests.feedweb import rss, running
from tests.models.test_history import events

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def server():
    with running() as web:
        yield web


@pytest.fixture
def web(server, settings):
    settings.FETCH_ALLOWED_NETWORKS = ["127.0.0.1/32"]
    settings.FETCH_HOST_SECONDS = 0
    settings.FEED_JITTER = 0.0
    server.requests.clear()
    server.replies.clear()
    return server


@pytest.fixture
def feed(web):
    url = web.reply("/feed", rss("a", "b", base=web.url), Etag='"1"')
    return factories.FeedFactory(url=url)


def poll(feed):
    """Make the feed due, poll it, and return what came of it with the feed as it is now."""
    Feed.objects.filter(pk=feed.pk, state=FeedState.ACTIVE).update(next_poll_at=timezone.now())
    polled = polling.perform_poll(feed.pk)
    feed.refresh_from_db()
    return polled


def wait_of(feed):
    return (feed.next_poll_at - feed.last_polled_at).total_seconds()


def test_each_entry_becomes_a_fetch_with_what_the_feed_says_of_it(web, feed):
    polled = poll(feed)
    assert polled.new == 2
    newest, older = Fetch.objects.order_by("pk")
    assert newest.url == web.url + "/a"
    assert newest.hints == {"title": "On a", "published": "2024-06-01T12:00:00+00:00"}
    assert (newest.purpose, newest.state, newest.feed) == ("feed", WorkState.QUEUED, feed)
    assert polled.fetches == (newest.pk, older.pk)
    assert (feed.title, feed.format, feed.etag, feed.failures) == ("The Daily", "rss", '"1"', 0)
    assert (feed.lease_token, feed.leased_until) == (None, None)
    assert wait_of(feed) == feed.interval_seconds == 900


def test_an_unchanged_feed_costs_no_body_and_is_asked_later_and_later(web, feed, settings):
    poll(feed)
    waits = []
    for _ in range(3):
        assert poll(feed).new == 0
        waits.append(round(wait_of(feed)))
    assert waits == [1125, 1406, 1758]
    assert [r[1].get("If-None-Match") for r in web.requests] == [None, '"1"', '"1"', '"1"']
    for _ in range(30):
        poll(feed)
    assert wait_of(feed) == settings.FEED_MAX_INTERVAL_SECONDS


def test_a_feed_that_brings_something_each_time_is_asked_as_often_as_allowed(web, feed, settings):
    waits = []
    for number in range(4):
        web.reply("/feed", rss(f"n{number}", base=web.url))
        assert poll(feed).new == 1
        waits.append(wait_of(feed))
    assert waits == [900, 450, 300, 300]


def test_a_feed_that_asks_for_patience_gets_it(web, feed):
    web.reply("/feed", rss("a", base=web.url, ttl=120))
    poll(feed)
    assert wait_of(feed) == 7200


def test_polls_are_no_events_in_the_history_and_no_new_version_of_the_feed(web, feed):
    poll(feed)
    before = events(Feed).count(), feed.version
    poll(feed)
    poll(feed)
    assert (events(Feed).count(), feed.version) == before


def test_an_article_in_two_feeds_is_fetched_once(web, feed):
    other = factories.FeedFactory(url=web.reply("/other", rss("b", "c", base=web.url)))
    assert poll(feed).new == 2
    assert poll(other).new == 1
    urls = Fetch.objects.filter(feed=other).values_list("url", flat=True)
    assert list(urls) == [web.url + "/c"]


def test_the_first_poll_takes_the_newest_and_later_ones_never_go_back(web, feed, settings):
    settings.FEED_FIRST_POLL_ENTRIES = 2
    web.reply("/feed", rss("a", "b", "c", "d", base=web.url))
    assert poll(feed).new == 2
    feed.refresh_from_db()
    web.reply("/feed", rss("new", "a", "b", "c", "d", base=web.url))
    assert poll(feed).new == 1
    assert not Fetch.objects.filter(url__endswith="/c").exists()
    # Had the feed been there before these entries were written, each would be news.
    Feed.objects.filter(pk=feed.pk).update(created_at=timezone.now() - timedelta(days=9000))
    assert poll(feed).new == 2


def test_entries_without_a_date_are_never_left_out(web, feed, settings):
    settings.FEED_FIRST_POLL_ENTRIES = 1
    web.reply("/feed", rss("a", "b", "c", base=web.url, dated=False))
    assert poll(feed).new == 1
    assert poll(feed).new == 2


def test_only_the_first_of_each_host_are_rung_for_at_once(web, feed, settings):
    settings.FETCHES_PER_HOST_AND_SWEEP = 3
    web.reply("/feed", rss(*(f"s{n}" for n in range(8)), base=web.url))
    polled = poll(feed)
    assert (polled.new, len(polled.fetches)) == (8, 3)
    assert Fetch.objects.filter(rung_at=None).count() == 5


def test_a_poll_takes_as_many_queries_for_two_hundred_entries_as_for_two(
    web, settings, django_assert_num_queries
):
    settings.FEED_FIRST_POLL_ENTRIES = 500
    for count in (2, 200):
        body = rss(*(f"{count}-{n}" for n in range(count)), base=web.url)
        feed = factories.FeedFactory(url=web.reply(f"/{count}", body))
        polling.politeness.admit(feed.url)  # reads robots.txt, once a day
        with django_assert_num_queries(14):
            assert polling.perform_poll(feed.pk).new == count


@pytest.mark.parametrize(
    ("status", "headers", "wait"),
    [
        (404, {}, 900),
        (500, {}, 900),
        (503, {"Retry_After": "7200"}, 7200),
        (429, {"Retry_After": "10"}, 900),
        (503, {"Retry_After": "99999999"}, 86_400),
    ],
)
def test_a_failure_is_kept_with_its_reason_and_tried_again_later(web, feed, status, headers, wait):
    web.reply("/feed", status=status, **headers)
    assert poll(feed) is None
    assert (feed.state, feed.failures) == (FeedState.ACTIVE, 1)
    assert str(status) in feed.last_error
    assert wait_of(feed) == wait
    assert feed.lease_token is None


def test_the_wait_doubles_with_each_failure_until_the_feed_is_stopped(web, feed, settings):
    settings.FEED_MAX_FAILURES = 4
    web.reply("/feed", "<html><body>Sorry</body></html>")
    waits = []
    for _ in range(3):
        poll(feed)
        waits.append(wait_of(feed))
    assert waits == [900, 1800, 3600]
    poll(feed)
    assert (feed.state, feed.next_poll_at) == (FeedState.FAILING, None)
    assert "no feed" in feed.last_error
    assert poll(feed) is None
    assert len(web.requests) == 4


def test_a_success_forgets_the_failures(web, feed):
    good = web.replies["/feed"]
    web.reply("/feed", status=500)
    poll(feed)
    web.replies["/feed"] = good
    poll(feed)
    assert (feed.failures, feed.last_error) == (0, "")


def test_a_feed_that_is_gone_for_good_ends(web, feed):
    web.reply("/feed", status=410)
    poll(feed)
    assert (feed.state, feed.next_poll_at) == (FeedState.GONE, None)
    assert "410" in feed.last_error


def test_a_feed_that_moved_for_good_is_read_at_its_new_address(web, feed):
    web.reply("/new", rss("a", base=web.url))
    web.reply("/feed", status=301, Location="/new")
    poll(feed)
    assert feed.url == web.url + "/new"


def test_a_feed_that_moved_for_now_keeps_its_address(web, feed):
    web.reply("/new", rss("a", base=web.url))
    web.reply("/feed", status=302, Location="/new")
    assert poll(feed).new == 1
    assert feed.url == web.url + "/feed"


def test_a_feed_keeps_its_address_where_another_has_the_new_one(web, feed):
    factories.FeedFactory(url=web.reply("/new", rss("a", base=web.url)))
    web.reply("/feed", status=308, Location="/new")
    assert poll(feed).new == 1
    assert feed.url == web.url + "/feed"


def test_a_page_with_no_feed_in_place_of_one_moves_nothing(web, feed):
    web.reply("/login", "<!doctype html><html><body>Log in</body></html>")
    web.reply("/feed", status=301, Location="/login")
    poll(feed)
    assert (feed.url, feed.failures) == (web.url + "/feed", 1)


def test_a_sitemap_index_is_read_with_its_newest_sitemaps(web, feed, settings):
    settings.FEED_MAX_SITEMAPS = 2
    rows = "".join(
        f"<sitemap><loc>{web.url}/map{n}</loc><lastmod>2026-06-0{n}</lastmod></sitemap>"
        for n in range(1, 5)
    )
    web.reply("/feed", f"<sitemapindex>{rows}</sitemapindex>", Etag='"1"')
    for n in range(1, 5):
        web.reply(f"/map{n}", f"<urlset><url><loc>{web.url}/story{n}</loc></url></urlset>")
    assert poll(feed).new == 2
    assert web.paths() == ["/feed", "/map4", "/map3"]
    assert (feed.format, feed.etag) == ("sitemap", "")  # its sitemaps change behind it


def test_an_index_of_itself_ends(web, feed):
    web.reply("/feed", f"<sitemapindex><sitemap><loc>{web.url}/feed</loc></sitemap></sitemapindex>")
    assert poll(feed).new == 0
    assert len(web.requests) == 2


# --- Leases ------------------------------------------------------------------------------


def test_a_feed_is_polled_once_however_often_its_message_comes(web, feed):
    [pk] = polling.due_feeds()
    assert polling.perform_poll(pk).new == 2
    assert [polling.perform_poll(pk) for _ in range(3)] == [None, None, None]
    assert web.paths() == ["/feed"]


def test_a_message_that_comes_while_another_worker_reads_does_nothing(web, feed):
    assert polling.claim_poll(feed.pk)
    assert polling.perform_poll(feed.pk) is None
    assert web.requests == []


def test_a_worker_that_lost_its_feed_stores_nothing(web, feed, monkeypatch):
    late = polling.claim_poll(feed.pk)
    Feed.objects.filter(pk=feed.pk).update(leased_until=timezone.now() - timedelta(seconds=1))
    winner = polling.claim_poll(feed.pk)
    monkeypatch.setattr(polling, "claim_poll", lambda feed_id: late)
    assert polling.perform_poll(feed.pk) is None
    feed.refresh_from_db()
    assert feed.lease_token == winner.token
    assert not Fetch.objects.exists()


def test_a_feed_that_was_paused_while_it_was_read_stores_nothing(web, feed, monkeypatch):
    lease = polling.claim_poll(feed.pk)
    Feed.objects.filter(pk=feed.pk).update(
        state=FeedState.PAUSED, lease_token=None, leased_until=None
    )
    monkeypatch.setattr(polling, "claim_poll", lambda feed_id: lease)
    assert polling.perform_poll(feed.pk) is None
    assert not Fetch.objects.exists()


def test_a_feed_is_rung_for_once_and_again_when_its_message_is_lost(feed, settings):
    now = leasing.database_now()
    assert polling.due_feeds() == [feed.pk]
    assert polling.due_feeds() == []
    later = now + timedelta(seconds=settings.FEED_LEASE_SECONDS + 1)
    assert polling.due_feeds(now=later) == [feed.pk]
    feed.refresh_from_db()
    assert feed.failures == 0  # a lost message is not the feed's fault


def test_a_feed_that_kills_its_workers_is_stopped(feed, settings):
    settings.FEED_MAX_FAILURES = 2
    later = leasing.database_now()
    for failures, rung in ((1, [feed.pk]), (2, [])):
        polling.claim_poll(feed.pk)
        later += timedelta(days=1)
        Feed.objects.filter(pk=feed.pk).update(leased_until=later)
        assert polling.due_feeds(now=later) == rung
        feed.refresh_from_db()
        assert feed.failures == failures
    assert (feed.state, feed.lease_token, feed.next_poll_at) == (FeedState.FAILING, None, None)
    assert "killed" in feed.last_error


def test_ten_thousand_due_feeds_are_one_query_and_the_hosts_take_turns(
    settings, django_assert_num_queries
):
    settings.FEED_POLL_BATCH = 10_000
    settings.FEED_JITTER = 0.5
    source, now = factories.SourceFactory(), timezone.now()
    # Given, so that the clock is not asked for: what is counted is the sweep itself.
    given = now + timedelta(seconds=1)
    made = Feed.objects.bulk_create(
        Feed(source=source, url=f"https://host{n % 100}.example/{n}", next_poll_at=now)
        for n in range(10_000)
    )
    host_of = {feed.pk: feed.url.split("/")[2] for feed in made}
    with django_assert_num_queries(1):
        rung = polling.due_feeds(now=given)
    assert len(set(rung)) == 10_000
    # Every hundred in a row are of a hundred hosts.
    assert all(
        len({host_of[pk] for pk in rung[start : start + 100]}) == 100
        for start in range(0, 10_000, 100)
    )
    ends = Feed.objects.order_by("leased_until").values_list("leased_until", flat=True)
    assert (ends.last() - ends.first()).total_seconds() > settings.FEED_LEASE_SECONDS * 0.4
    with django_assert_num_queries(1):
        assert polling.due_feeds(now=given) == []


def test_a_batch_begins_with_the_first_of_every_host(settings):
    settings.FEED_POLL_BATCH = 3
    begun = timezone.now() - timedelta(hours=1)
    for n, host in enumerate(["big"] * 5 + ["small", "tiny"]):
        factories.FeedFactory(
            url=f"https://{host}.example/{n}", next_poll_at=begun + timedelta(seconds=n)
        )
    rung = Feed.objects.filter(pk__in=polling.due_feeds())
    assert {feed.url.split("/")[2] for feed in rung} == {
        "big.example",
        "small.example",
        "tiny.example",
    }


@pytest.mark.parametrize("state", [FeedState.PAUSED, FeedState.FAILING, FeedState.GONE])
def test_a_feed_that_is_not_active_is_neither_rung_for_nor_polled(feed, state):
    Feed.objects.filter(pk=feed.pk).update(state=state)
    assert polling.due_feeds() == []
    assert polling.claim_poll(feed.pk) is None
