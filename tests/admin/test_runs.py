"""Runs that were given up are queued again, by those who may."""

import pytest
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.utils import timezone

from claims import tasks
from claims.choices import WorkState
from claims.models import ExtractionRun
from tests import factories
from tests.admin.pages import messages_of, url

pytestmark = pytest.mark.django_db


@pytest.fixture
def rung(monkeypatch):
    """The runs that a worker was rung for."""
    runs: list[int] = []
    monkeypatch.setattr(tasks.extract_article_version, "delay", runs.append)
    return runs


@pytest.fixture
def dead(db):
    return factories.ExtractionRunFactory(
        state=WorkState.DEAD,
        attempts=5,
        error="Traceback …\nValueError: no",
        due_at=None,
        finished_at=timezone.now(),
    )


def queue_again(client, *runs):
    return client.post(
        url(ExtractionRun, "changelist"),
        {"action": "queue_again", ACTION_CHECKBOX_NAME: [run.pk for run in runs]},
        follow=True,
    )


def test_a_run_given_up_is_queued_and_rung_for(
    as_editor, dead, rung, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        response = queue_again(as_editor, dead)
    dead.refresh_from_db()
    assert (dead.state, dead.attempts) == (WorkState.QUEUED, 0)
    assert rung == [dead.pk]
    assert messages_of(response) == ["Queued again: 1."]


def test_other_runs_are_left_alone_and_counted(as_editor, dead, rung):
    done = factories.ExtractionRunFactory(
        state=WorkState.DONE, quotes_found=3, finished_at=timezone.now(), due_at=None
    )
    response = queue_again(as_editor, dead, done)
    done.refresh_from_db()
    assert done.state == WorkState.DONE
    assert any("Left alone: 1" in told for told in messages_of(response))


@pytest.mark.parametrize("role", ["reporter", "checker"])
def test_only_editors_may(request, sign_in, role, dead, rung):
    client = sign_in(request.getfixturevalue(role))
    assert "queue_again" not in client.get(url(ExtractionRun, "changelist")).content.decode()
    queue_again(client, dead)
    dead.refresh_from_db()
    assert dead.state == WorkState.DEAD


def test_the_list_shows_the_last_line_of_the_error(as_editor, dead):
    assert "ValueError: no" in as_editor.get(url(ExtractionRun, "changelist")).content.decode()
