"""Feeds on the desk: added by page or feed, tested, moved by buttons, exchanged as lists."""

from datetime import timedelta

import pytest
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from claims import tasks
from claims.choices import FeedState
from claims.models import Feed, Fetch
from claims.services.polling import RUNG
from tests import factories
from tests.admin.pages import messages_of, url
from tests.feedweb import rss, running

pytestmark = pytest.mark.django_db
HOSTILE = "<script>alert(1)</script>"


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


@pytest.fixture
def rung(monkeypatch, django_capture_on_commit_callbacks):
    """The feeds that a worker was rung for."""
    feeds: list[int] = []
    monkeypatch.setattr(tasks.poll_feed, "delay", feeds.append)
    with django_capture_on_commit_callbacks(execute=True):
        yield feeds


def page_of(name, *args):
    return reverse(f"admin:claims_feed_{name}", args=args)


def test_an_editor_adds_a_feed_by_the_page_that_names_it(as_editor, web):
    link = "<link rel='alternate' type='application/rss+xml' href='/feed'>"
    web.reply("/", f"<!doctype html><html><head>{link}</head></html>")
    response = as_editor.post(page_of("add"), {"address": web.url, "outlet": ""}, follow=True)
    feed = Feed.objects.get()
    assert feed.url == web.url + "/feed"
    assert messages_of(response) == ["“The Daily” is polled from now on."]
    assert response.redirect_chain[-1][0] == url(Feed, "change", feed.pk)


def test_what_is_no_feed_is_refused_on_the_form_with_what_was_typed(as_editor, web):
    web.reply("/page", "<!doctype html><html><body>News</body></html>")
    response = as_editor.post(page_of("add"), {"address": web.url + "/page", "outlet": "Post"})
    html = response.content.decode()
    assert "the page names none" in html
    assert 'value="Post"' in html
    assert not Feed.objects.exists()


def test_a_test_shows_the_entries_and_stores_nothing(as_editor, web):
    web.reply("/feed", rss(HOSTILE.replace("<", "&lt;"), base=web.url))
    html = as_editor.post(page_of("test"), {"address": web.url + "/feed"}).content.decode()
    assert "1 entries, 1 new" in html
    assert HOSTILE not in html
    assert not Feed.objects.exists()
    assert not Fetch.objects.exists()


@pytest.mark.parametrize(
    ("name", "state", "after"),
    [
        ("poll", FeedState.ACTIVE, FeedState.ACTIVE),
        ("pause", FeedState.ACTIVE, FeedState.PAUSED),
        ("resume", FeedState.PAUSED, FeedState.ACTIVE),
        ("resume", FeedState.FAILING, FeedState.ACTIVE),
    ],
)
def test_the_buttons_of_a_feed(as_editor, rung, name, state, after):
    feed = factories.FeedFactory(state=state, next_poll_at=None)
    html = as_editor.get(url(Feed, "change", feed.pk)).content.decode()
    assert page_of("move", feed.pk, name) in html
    as_editor.post(page_of("move", feed.pk, name))
    feed.refresh_from_db()
    assert feed.state == after
    assert (feed.next_poll_at is not None) == (after == FeedState.ACTIVE)


def test_a_button_that_no_longer_fits_says_so(as_editor):
    feed = factories.FeedFactory(state=FeedState.PAUSED, next_poll_at=None)
    response = as_editor.post(page_of("move", feed.pk, "poll"), follow=True)
    assert "resume it first" in messages_of(response)[0]
    assert as_editor.get(page_of("move", feed.pk, "poll")).status_code == 405
    assert as_editor.post(page_of("move", feed.pk, "explode")).status_code == 404


def test_actions_move_many_and_tell_why_others_did_not(
    as_editor, monkeypatch, django_capture_on_commit_callbacks
):
    sent: list[int] = []
    monkeypatch.setattr(tasks.poll_feed, "delay", sent.append)
    active = factories.FeedFactory.create_batch(2)
    paused = factories.FeedFactory(state=FeedState.PAUSED, next_poll_at=None)
    chosen = {ACTION_CHECKBOX_NAME: [feed.pk for feed in [*active, paused]]}
    with django_capture_on_commit_callbacks(execute=True):
        response = as_editor.post(
            url(Feed, "changelist"), {"action": "poll_each_now", **chosen}, follow=True
        )
    told = messages_of(response)
    assert told[0] == "2 will be polled now."
    assert "resume it first" in told[1]
    assert sorted(sent) == sorted(feed.pk for feed in active)
    as_editor.post(url(Feed, "changelist"), {"action": "pause_each", **chosen})
    assert set(Feed.objects.values_list("state", flat=True)) == {"paused"}
    as_editor.post(url(Feed, "changelist"), {"action": "resume_each", **chosen})
    assert set(Feed.objects.values_list("state", flat=True)) == {"active"}


@pytest.mark.parametrize("role", ["reporter", "checker"])
def test_others_look_and_cannot_touch(request, sign_in, role, web):
    client = sign_in(request.getfixturevalue(role))
    feed = factories.FeedFactory(title="The Daily")
    html = client.get(url(Feed, "changelist")).content.decode()
    assert "The Daily" in html
    assert "poll_each_now" not in html
    assert page_of("add") not in html
    for path in (page_of("add"), page_of("test"), page_of("import")):
        assert client.get(path).status_code == 403
    client.post(page_of("move", feed.pk, "pause"))
    feed.refresh_from_db()
    assert feed.state == FeedState.ACTIVE
    assert client.get(page_of("export")).status_code == 200
    assert web.requests == []


def test_the_list_shows_how_a_feed_does(as_reporter):
    feed = factories.FeedFactory(
        title="The Daily",
        interval_seconds=3 * 3600,
        failures=4,
        last_error="Traceback …\nValueError: no",
    )
    now = timezone.now()
    for ago in (1, 2, 30):
        factories.FetchFactory(
            feed=feed,
            purpose="feed",
            state="done",
            outcome="new",
            due_at=None,
            finished_at=now - timedelta(hours=ago),
        )
    html = as_reporter.get(url(Feed, "changelist")).content.decode()
    assert "3 h" in html
    assert "ValueError: no" in html
    assert "failed 4×" in html
    [row] = as_reporter.get(url(Feed, "changelist")).context["cl"].result_list
    assert row.brought_today == 2


def test_stopped_feeds_raise_an_alarm_on_the_home_page(as_reporter):
    factories.FeedFactory(state=FeedState.FAILING, next_poll_at=None)
    tiles = {t.label: t for t in as_reporter.get(reverse("admin:index")).context["tiles"]}
    tile = tiles["Feeds stopped after failures"]
    assert (tile.count, tile.alarm) == (1, True)
    assert len(as_reporter.get(tile.link).context["cl"].result_list) == 1


def test_a_new_address_forgets_what_the_old_server_said(as_editor):
    feed = factories.FeedFactory(
        etag='"1"', last_modified="yesterday", lease_token=RUNG, leased_until=timezone.now()
    )
    posted = {"source": feed.source_id, "title": "T", "version": feed.version}
    as_editor.post(url(Feed, "change", feed.pk), {**posted, "url": "https://new.example/rss"})
    feed.refresh_from_db()
    assert (feed.url, feed.etag, feed.last_modified) == ("https://new.example/rss", "", "")


def test_lists_come_in_and_go_out(as_editor):
    factories.FeedFactory(url="https://a.example/rss", source__name="The A & B")
    listed = as_editor.get(page_of("export"))
    assert listed["Content-Disposition"] == 'attachment; filename="feeds.opml"'
    outline = b'<outline text="C" xmlUrl="https://c.example/rss"/></body>'
    file = SimpleUploadedFile("feeds.opml", listed.content.replace(b"</body>", outline))
    response = as_editor.post(page_of("import"), {"file": file}, follow=True)
    assert messages_of(response) == ["1 feeds added, 1 known already."]
    assert Feed.objects.count() == 2
    broken = SimpleUploadedFile("feeds.opml", b"<!DOCTYPE x [<!ENTITY y 'z'>]><opml/>")
    html = as_editor.post(page_of("import"), {"file": broken}).content.decode()
    assert "declares entities" in html
