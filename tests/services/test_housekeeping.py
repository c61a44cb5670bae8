"""Signs of life, the weekly check and tidying up: any number of schedulers, one result."""

from datetime import timedelta

import pytest
from django.db import OperationalError, connection
from django.utils import timezone

from claims import tasks
from claims.models import Heartbeat, Host, ImportDraft
from claims.services import heartbeats, housekeeping
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _silent_before(monkeypatch):
    monkeypatch.setattr(heartbeats, "_left", {})


def test_a_sign_of_life_is_one_row_with_its_last_time():
    factories.HeartbeatFactory(name="beat:one", seen_at=timezone.now() - timedelta(days=1))
    heartbeats.leave("beat:one", {"note": "again"})
    row = Heartbeat.objects.get()
    assert timezone.now() - row.seen_at < timedelta(minutes=1)
    assert row.report == {"note": "again"}


def test_signs_are_left_now_and_then_and_not_with_every_message(settings):
    settings.HEARTBEAT_SECONDS = 3600
    for _ in range(3):
        heartbeats.leave_now_and_then(heartbeats.WORKER)
    first = Heartbeat.objects.get().seen_at
    settings.HEARTBEAT_SECONDS = 0
    heartbeats.leave_now_and_then(heartbeats.WORKER)
    assert Heartbeat.objects.get().seen_at > first


def test_a_sign_that_cannot_be_written_stops_nothing():
    def away(*_):
        raise OperationalError("The server is away.")

    with connection.execute_wrapper(away):
        heartbeats.leave_now_and_then(heartbeats.BEAT)
    assert not Heartbeat.objects.exists()


def test_the_weekly_check_leaves_its_result(settings):
    tasks.check_the_record()
    assert Heartbeat.objects.get().report == {"findings": 0, "first": []}
    article = factories.ArticleFactory()
    tasks.check_the_record()
    [row] = Heartbeat.objects.all()
    assert row.name == housekeeping.RECORD_CHECK
    assert row.report == {
        "findings": 1,
        "first": [f"articles: article {article.pk}: it has no text and is no copy"],
    }


def test_what_no_longer_serves_is_forgotten_and_the_rest_stays(settings):
    settings.HOST_KEEP_DAYS, settings.HEARTBEAT_KEEP_DAYS = 90, 7
    now = timezone.now()
    long_ago = now - timedelta(days=91)
    factories.HostFactory(name="forgotten.example", refilled_at=long_ago)
    factories.HostFactory(name="read.example", refilled_at=long_ago, robots_fetched_at=now)
    factories.HostFactory(name="awaited.example", refilled_at=long_ago)
    factories.HostFactory(name="held.example", refilled_at=long_ago, held_until=now)
    factories.FetchFactory(host="awaited.example", due_at=now + timedelta(days=30))
    factories.HeartbeatFactory(name="worker:gone", seen_at=now - timedelta(days=8))
    factories.HeartbeatFactory(name="worker:here", seen_at=now)
    factories.HeartbeatFactory(name="task:check_record", seen_at=now - timedelta(days=8))
    for _ in range(2):  # twice is as good as once
        tasks.tidy_up()
        assert set(Host.objects.values_list("name", flat=True)) == {
            "awaited.example",
            "held.example",
            "read.example",
        }
        assert set(Heartbeat.objects.values_list("name", flat=True)) == {
            "task:check_record",
            "task:tidy_up",
            "worker:here",
        }


def test_files_that_nobody_said_yes_to_are_forgotten(settings):
    settings.IMPORT_DRAFT_HOURS = 2
    waiting, old = factories.ImportDraftFactory.create_batch(2)
    ImportDraft.objects.filter(pk=old.pk).update(created_at=timezone.now() - timedelta(hours=3))
    housekeeping.tidy_up()
    assert list(ImportDraft.objects.all()) == [waiting]
