"""The Pipeline page and the list of fetches: what they show, to whom, and at what cost."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from claims import tasks
from claims.choices import FetchPurpose, WorkState
from claims.models import Fetch
from claims.services import heartbeats, housekeeping
from tests import factories
from tests.admin.pages import messages_of, url

pytestmark = pytest.mark.django_db
PAGE = reverse("admin:claims_pipeline")


@pytest.fixture
def rung(monkeypatch):
    """The rows that a worker was rung for."""
    rows: list[int] = []
    monkeypatch.setattr(tasks.fetch_page, "delay", rows.append)
    monkeypatch.setattr(tasks.extract_article_version, "delay", rows.append)
    return rows


def dead_fetch(**fields):
    return factories.FetchFactory(
        state=WorkState.DEAD,
        attempts=6,
        due_at=None,
        finished_at=timezone.now(),
        error="fetch_timeout: The site did not answer within 60 s.",
        **fields,
    )


def dead_run():
    return factories.ExtractionRunFactory(
        state=WorkState.DEAD,
        due_at=None,
        finished_at=timezone.now(),
        error="Traceback …\nValueError: no",
    )


def replay_address(kind, row):
    return reverse("admin:claims_pipeline_replay", args=[kind, row.pk])


def test_an_empty_desk_says_what_is_missing_and_how_to_start_it(as_reporter):
    html = as_reporter.get(PAGE).content.decode()
    assert "No worker has been heard of" in html
    assert "celery -A factcheck beat" in html
    assert "Nothing was given up" in html
    assert "Not checked yet" in html


def test_what_is_alive_is_not_called_missing(as_reporter):
    heartbeats.leave("beat:one")
    factories.HeartbeatFactory(name="worker:one", seen_at=timezone.now() - timedelta(hours=1))
    page = as_reporter.get(PAGE)
    assert page.context["missing"] == ["worker"]
    assert {sign.name: sign.late for sign in page.context["signs"] if sign.kind == "beat"} == {
        "one": False
    }


def test_work_is_counted_by_kind_and_state(as_reporter):
    long_ago = timezone.now() - timedelta(minutes=90)
    factories.FetchFactory(due_at=long_ago)
    factories.FetchFactory(due_at=timezone.now() + timedelta(days=7))
    dead_run()
    rows = {row.kind.name: row for row in as_reporter.get(PAGE).context["rows"]}
    assert (rows["fetch"].kind.due, rows["fetch"].kind.later) == (1, 1)
    assert rows["fetch"].oldest == "1 h 30 min"
    assert rows["extract"].kind.dead == 1
    for row in rows.values():
        assert as_reporter.get(row.link).status_code == 200
    assert len(as_reporter.get(rows["extract"].dead_link).context["cl"].result_list) == 1


def test_what_was_given_up_is_shown_with_its_reason_and_an_editors_button(as_editor, as_reporter):
    fetch, run = dead_fetch(), dead_run()
    html = as_editor.get(PAGE).content.decode()
    assert "did not answer within 60 s" in html
    assert "ValueError: no" in html
    assert replay_address("fetch", fetch) in html
    assert replay_address("extract", run) in html
    assert "Queue again" not in as_reporter.get(PAGE).content.decode()


@pytest.mark.parametrize(("kind", "make"), [("fetch", dead_fetch), ("extract", dead_run)])
def test_the_button_queues_it_again_and_rings(
    as_editor, rung, kind, make, django_capture_on_commit_callbacks
):
    row = make()
    with django_capture_on_commit_callbacks(execute=True):
        page = as_editor.post(replay_address(kind, row), follow=True)
    row.refresh_from_db()
    assert (row.state, row.attempts) == (WorkState.QUEUED, 0)
    assert rung == [row.pk]
    assert messages_of(page) == ["Queued again."]
    assert messages_of(as_editor.post(replay_address(kind, row), follow=True)) == [
        "Left alone: it is no longer given up."
    ]


def test_only_a_post_of_somebody_who_may_queues_again(as_editor, as_checker, rung):
    fetch = dead_fetch()
    assert as_editor.get(replay_address("fetch", fetch)).status_code == 405
    assert as_checker.post(replay_address("fetch", fetch)).status_code == 403
    assert (
        as_editor.post(reverse("admin:claims_pipeline_replay", args=["poll", 1])).status_code == 404
    )
    fetch.refresh_from_db()
    assert fetch.state == WorkState.DEAD


def test_the_page_is_for_those_who_see_runs(sign_in, client):
    assert sign_in(factories.UserFactory()).get(PAGE).status_code == 403
    assert client.get(PAGE).status_code == 302


def test_the_result_of_the_weekly_check_is_shown(as_reporter):
    factories.ArticleFactory()  # without a text
    housekeeping.check_and_report()
    html = as_reporter.get(PAGE).content.decode()
    assert "1 finding" in html
    assert "it has no text and is no copy" in html


def test_feeds_in_trouble_are_shown_with_the_reason(as_reporter):
    factories.FeedFactory(failures=4, last_error="The server answered 500.", title="Valley Post")
    html = as_reporter.get(PAGE).content.decode()
    assert "failed 4 times in a row" in html
    assert "The server answered 500." in html


def fill(number):
    for _ in range(number):
        dead_fetch()
        dead_run()
        factories.FetchFactory()
        factories.FeedFactory(failures=1)
        factories.HeartbeatFactory()
        factories.ExtractionRunFactory(
            state=WorkState.DONE, quotes_found=1, finished_at=timezone.now(), duration_ms=5
        )


def queries(client, path):
    client.get(path)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return len(captured)


@pytest.mark.parametrize("path", [PAGE, url(Fetch, "changelist")])
def test_more_work_costs_no_more_queries(as_editor, path):
    fill(2)
    before = queries(as_editor, path)
    fill(6)
    assert queries(as_editor, path) == before
    assert before < 40


def test_an_address_is_read_again_at_the_press_of_a_button(
    as_editor, rung, django_capture_on_commit_callbacks
):
    done = factories.FetchFactory(
        state=WorkState.DONE, outcome="empty", due_at=None, finished_at=timezone.now()
    )
    page = url(Fetch, "change", done.pk)
    again = reverse("admin:claims_fetch_read_again", args=[done.pk])
    assert again in as_editor.get(page).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        told = as_editor.post(again, follow=True)
    made = Fetch.objects.exclude(pk=done.pk).get()
    assert (made.purpose, made.url) == (FetchPurpose.REQUEST, done.url)
    assert rung == [made.pk]
    assert messages_of(told) == ["It will be read as soon as its site's turn comes."]
    assert messages_of(as_editor.post(again, follow=True)) == ["Already asked for."]
    assert Fetch.objects.count() == 2


def test_only_editors_have_that_button(as_checker):
    done = dead_fetch()
    again = reverse("admin:claims_fetch_read_again", args=[done.pk])
    assert again not in as_checker.get(url(Fetch, "change", done.pk)).content.decode()
    assert as_checker.post(again).status_code == 403
    assert Fetch.objects.count() == 1


def test_fetches_are_filtered_by_state_outcome_host_and_feed(as_reporter):
    feed = factories.FeedFactory()
    wanted = dead_fetch(feed=feed, purpose=FetchPurpose.FEED, host="valley.example")
    factories.FetchFactory()
    path = url(Fetch, "changelist")
    for query in (
        {"state__exact": "dead"},
        {"host__icontains": "valley"},
        {"feed__id__exact": feed.pk},
        {"purpose__exact": "feed"},
    ):
        assert list(as_reporter.get(path, query).context["cl"].result_list) == [wanted], query


def test_an_address_that_no_browser_should_open_is_no_link(as_reporter):
    odd = factories.FetchFactory(url="javascript:alert(1)")
    assert 'href="javascript' not in as_reporter.get(url(Fetch, "change", odd.pk)).content.decode()
