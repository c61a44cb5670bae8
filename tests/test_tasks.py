"""Messages: sent after the commit, lost without harm, done twice without harm."""

import re
import socket
from datetime import timedelta

import pytest
from django.utils import timezone

from claims import tasks
from claims.choices import WorkState
from claims.models import ExtractionRun, Quote
from claims.services import extraction
from tests import factories
from tests.models.test_history import events
from tests.processes import SECRET_KEY, database_url, run_python
from tests.services.documents import TEXT

RING = """
import sys, time
import django
django.setup()
from django.db import transaction
from claims.tasks import ring
began = time.monotonic()
with transaction.atomic():
    ring([11, 12, 13])
    print("in the transaction")
try:
    with transaction.atomic():
        ring([21])
        raise KeyError
except KeyError:
    pass
print(f"done after {time.monotonic() - began:.1f} s")
"""


def ring_elsewhere(**variables):
    return run_python(
        "-c",
        RING,
        SECRET_KEY=SECRET_KEY,
        DATABASE_URL=database_url(),
        LOG_FORMAT="json",
        **variables,
    )


def closed_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.mark.django_db
def test_messages_leave_after_the_commit_and_never_after_a_rollback(tmp_path):
    result = ring_elsewhere(VAR_DIR=str(tmp_path))
    assert result.returncode == 0, result.stderr
    queue = list((tmp_path / "broker" / "queue").iterdir())
    assert len(queue) == 3
    assert "broker_unreachable" not in result.stderr


@pytest.mark.django_db
@pytest.mark.parametrize("broker", ["redis", "folder", "amqp"])
def test_with_the_broker_away_nothing_is_raised_and_nobody_waits_long(broker, tmp_path):
    variables = {
        "redis": {"CELERY_BROKER_URL": f"redis://127.0.0.1:{closed_port()}/0"},
        "amqp": {"CELERY_BROKER_URL": f"amqp://127.0.0.1:{closed_port()}//"},
        # A file stands where the broker's folder should be made.
        "folder": {"VAR_DIR": str(tmp_path / "file" / "var")},
    }
    (tmp_path / "file").write_text("not a folder")
    result = ring_elsewhere(**variables[broker])
    assert result.returncode == 0, result.stderr
    assert "done after" in result.stdout
    # One line for the three, not one each.
    assert result.stderr.count("broker_unreachable") == 1
    assert '"unsent": 3' in result.stderr
    # As the process says itself: how long it took to start says nothing.
    [took] = re.findall(r"done after (\d+\.\d) s", result.stdout)
    assert float(took) < 10


@pytest.mark.django_db
def test_a_run_that_nobody_rang_for_is_found_by_the_sweeper(settings):
    version = factories.ArticleVersionFactory(text=TEXT)
    run = extraction.request_run(version)
    assert extraction.due_runs() == []
    later = timezone.now() + timedelta(seconds=settings.RING_AGAIN_SECONDS + 1)
    assert extraction.due_runs(now=later) == [run.pk]


@pytest.mark.django_db
def test_a_task_for_a_missing_run_does_nothing():
    tasks.extract_article_version(987654321)
    assert not ExtractionRun.objects.exists()
    assert not Quote.objects.exists()


@pytest.mark.django_db
def test_a_task_done_twice_stores_one_set_of_quotes_and_says_who_did_it():
    run = extraction.request_run(factories.ArticleVersionFactory(text=TEXT))
    tasks.extract_article_version(run.pk)
    tasks.extract_article_version(run.pk)
    run.refresh_from_db()
    assert (run.state, run.attempts, Quote.objects.count()) == (WorkState.DONE, 1, 1)
    context = events(Quote).get().pgh_context
    assert context == {"job": "extract_article_version", "run": run.pk}


@pytest.mark.django_db
def test_the_sweep_rings_for_what_is_due(django_capture_on_commit_callbacks, settings):
    settings.RING_AGAIN_SECONDS = 60
    due = factories.ExtractionRunFactory(due_at=timezone.now() - timedelta(seconds=1))
    with django_capture_on_commit_callbacks() as callbacks:
        tasks.ring_due_extractions()
    assert len(callbacks) == 1
    due.refresh_from_db()
    assert due.rung_at > timezone.now() - timedelta(seconds=50)
    with django_capture_on_commit_callbacks(execute=True):
        assert extraction.due_runs() == []


def test_a_message_carries_a_primary_key_and_nothing_more():
    signature = tasks.extract_article_version.s(7)
    assert signature.args == (7,)
    assert tasks.extract_article_version.app.conf.task_serializer == "json"
    assert tasks.extract_article_version.app.conf.accept_content == ["json"]
