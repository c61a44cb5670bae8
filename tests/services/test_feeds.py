"""People add, stop, start and test feeds; lists come in and go out."""

from datetime import timedelta

import pytest
from django.utils import timezone

from claims.choices import FeedState, FetchPurpose
from claims.ingest import FetchError, IngestError
from claims.models import Feed, Fetch, Source
from claims.services import feeds, polling
from claims.services.actors import job, person
from claims.services.errors import InvalidTransition, NotAllowed
from claims.services.feed_reading import NoFeedFound
from tests import factories
from tests.feedweb import rss, running

pytestmark = pytest.mark.django_db
OPERATOR = job("test")


@pytest.fixture(scope="module")
def server():
    with running() as web:
        yield web


@pytest.fixture
def web(server, settings):
    settings.FETCH_ALLOWED_NETWORKS = ["127.0.0.1/32"]
    settings.FETCH_HOST_SECONDS = 0
    server.requests.clear()
    server.replies.clear()
    server.reply("/feed", rss("a", "b", base=server.url))
    return server


def page(*links):
    heads = "".join(
        f"<link rel='alternate' type='application/rss+xml' title='{n}' href='{link}'>"
        for n, link in enumerate(links)
    )
    return f"<!doctype html><html><head>{heads}</head><body>News</body></html>"


def test_a_feed_is_added_by_its_address_and_due_at_once(web):
    added = feeds.add_feed(web.url + "/feed", actor=OPERATOR)
    feed = added.feed
    assert (added.created, feed.title, feed.format) == (True, "The Daily", "rss")
    assert (feed.source.name, feed.source.domain) == ("The Daily", "127.0.0.1")
    assert polling.due_feeds() == [feed.pk]
    assert not Fetch.objects.exists()


def test_a_feed_is_added_once(web):
    first = feeds.add_feed(web.url + "/feed", actor=OPERATOR)
    again = feeds.add_feed(web.url + "/feed#top", actor=OPERATOR)
    assert (again.created, again.feed) == (False, first.feed)


def test_the_first_feed_of_a_page_that_can_be_read_is_added(web):
    web.reply("/", page("/broken", "/feed", "/comments.xml"))
    added = feeds.add_feed(web.url + "/", actor=OPERATOR)
    assert added.feed.url == web.url + "/feed"
    assert [other.url.removeprefix(web.url) for other in added.others] == [
        "/broken",
        "/comments.xml",
    ]


def test_a_feed_that_moved_for_good_is_added_where_it_is_now(web):
    web.reply("/old", status=301, Location="/feed")
    assert feeds.add_feed(web.url + "/old", actor=OPERATOR).feed.url == web.url + "/feed"


@pytest.mark.parametrize("path", ["/page", "/nothing", "/png"])
def test_where_there_is_no_feed_none_is_added(web, path):
    web.reply("/page", page())
    web.reply("/png", b"\x89PNG\r\n\x1a\n", Content_Type="image/png")
    with pytest.raises(IngestError):
        feeds.add_feed(web.url + path, actor=OPERATOR)
    assert not Feed.objects.exists()
    assert not Source.objects.exists()


def test_a_page_that_names_none_says_so(web):
    web.reply("/page", page())
    with pytest.raises(NoFeedFound, match="names none"):
        feeds.add_feed(web.url + "/page", actor=OPERATOR)


def test_robots_txt_is_kept_to(web):
    web.reply("/robots.txt", "User-agent: *\nDisallow: /feed", Content_Type="text/plain")
    with pytest.raises(FetchError, match=r"robots\.txt"):
        feeds.add_feed(web.url + "/feed", actor=OPERATOR)


def test_the_outlet_is_the_one_named_or_the_one_known_for_the_site(web):
    known = factories.SourceFactory(domain="127.0.0.1")
    assert feeds.add_feed(web.url + "/feed", actor=OPERATOR).feed.source == known
    web.reply("/other", rss("c", base=web.url))
    named = feeds.add_feed(web.url + "/other", actor=OPERATOR, source_name=" The Post ").feed
    assert (named.source.name, named.source.domain) == ("The Post", None)


def test_a_feed_cannot_take_the_name_of_an_outlet_elsewhere(web):
    factories.SourceFactory(name="The Daily", domain="daily.example")
    assert feeds.add_feed(web.url + "/feed", actor=OPERATOR).feed.source.name == "127.0.0.1"


def test_a_test_shows_what_is_new_and_stores_nothing(web):
    feed = feeds.add_feed(web.url + "/feed", actor=OPERATOR).feed
    polling.perform_poll(feed.pk)
    web.reply("/feed", rss("new", "a", "b", base=web.url))
    before = list(Feed.objects.values()), Fetch.objects.count()
    seen = feeds.preview(web.url + "/feed", actor=OPERATOR)
    assert [(entry.title, is_new) for entry, is_new in seen.entries] == [
        ("On new", True),
        ("On a", False),
        ("On b", False),
    ]
    assert seen.new == 1
    assert (list(Feed.objects.values()), Fetch.objects.count()) == before


def test_pause_and_resume(web):
    feed = factories.FeedFactory(failures=3, last_error="no")
    paused = feeds.pause(feed, actor=OPERATOR)
    assert (paused.state, paused.next_poll_at) == (FeedState.PAUSED, None)
    with pytest.raises(InvalidTransition):
        feeds.pause(feed, actor=OPERATOR)
    resumed = feeds.resume(feed, actor=OPERATOR)
    assert (resumed.state, resumed.failures, resumed.last_error) == (FeedState.ACTIVE, 0, "")
    assert polling.due_feeds() == [feed.pk]
    with pytest.raises(InvalidTransition):
        feeds.resume(feed, actor=OPERATOR)


@pytest.mark.parametrize("state", [FeedState.FAILING, FeedState.GONE])
def test_a_feed_that_stopped_can_be_resumed(state):
    feed = factories.FeedFactory(state=state, next_poll_at=None)
    assert feeds.resume(feed, actor=OPERATOR).state == FeedState.ACTIVE


def test_poll_now_makes_a_feed_due_unless_a_worker_has_it():
    later = timezone.now() + timedelta(hours=5)
    feed = factories.FeedFactory(next_poll_at=later)
    feeds.poll_now(feed, actor=OPERATOR)
    lease = polling.claim_poll(feed.pk)
    assert lease
    feeds.poll_now(feed, actor=OPERATOR)
    feed.refresh_from_db()
    assert feed.lease_token == lease.token
    feeds.pause(feed, actor=OPERATOR)
    with pytest.raises(InvalidTransition, match="resume it first"):
        feeds.poll_now(feed, actor=OPERATOR)


@pytest.mark.parametrize("role", ["reporter", "checker", "editor"])
@pytest.mark.parametrize("move", [feeds.pause, feeds.resume, feeds.poll_now])
def test_only_who_may_poll_feeds_moves_them(request, role, move):
    user = request.getfixturevalue(role)
    feed = factories.FeedFactory(state="paused" if move is feeds.resume else "active")
    if role == "editor":
        assert move(feed, actor=person(user)).pk == feed.pk
        return
    with pytest.raises(NotAllowed):
        move(feed, actor=person(user))


def test_only_who_may_add_feeds_adds_them(web, checker):
    for work in (
        lambda: feeds.add_feed(web.url + "/feed", actor=person(checker)),
        lambda: feeds.preview(web.url + "/feed", actor=person(checker)),
        lambda: feeds.import_opml(b"<opml/>", actor=person(checker)),
    ):
        with pytest.raises(NotAllowed):
            work()
    assert web.requests == []


def test_a_list_goes_out_and_comes_back(web):
    source = factories.SourceFactory(name="The “Post”", domain="post.example")
    for n in range(3):
        factories.FeedFactory(source=source, url=f"https://post.example/{n}", title=f"Feed {n}")
    factories.FeedFactory(source__domain=None, source__name="Bare", url="https://x.example/rss")
    listed = feeds.export_opml()
    assert feeds.import_opml(listed, actor=OPERATOR) == feeds.Imported(0, 4, 0)
    shown = sorted(Feed.objects.values_list("url", "title", "source__name", "source__domain"))
    Feed.objects.all().delete()
    Source.objects.all().delete()
    assert feeds.import_opml(listed, actor=OPERATOR) == feeds.Imported(4, 0, 0)
    again = Feed.objects.values_list("url", "title", "source__name", "source__domain")
    bare = [row for row in shown if row[2] == "Bare"]
    assert sorted(set(again) & set(shown)) == sorted(set(shown) - set(bare))
    assert Feed.objects.get(source__name="Bare").url == "https://x.example/rss"
    assert web.requests == []  # nothing is read: first polls tell


def test_what_a_feed_brought_survives_it():
    feed = factories.FeedFactory()
    row = factories.FetchFactory(purpose=FetchPurpose.FEED, feed=feed)
    feed.delete()
    row.refresh_from_db()
    assert row.feed is None
