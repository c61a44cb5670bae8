"""/readyz: could this process do its work now? The answer says why not, and no secret."""

from datetime import timedelta

import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
from django.utils import timezone

from factcheck import health
from tests import factories
from tests.processes import SECRET_KEY, run_python
from tests.test_tasks import closed_port

pytestmark = pytest.mark.django_db
WELL = {"database": "ok", "broker": "ok", "migrations": "ok", "queues": "ok"}

ASK = """
import django
django.setup()
from django.test import Client
response = Client().get("/readyz")
print(response.status_code, response.content.decode())
"""


@pytest.fixture(autouse=True)
def _anew(monkeypatch):
    monkeypatch.setattr(health, "_migrated", False)


def ask():
    response = Client().get("/readyz")
    return response.status_code, response.json()


def test_a_desk_that_lacks_nothing_is_ready(client):
    response = client.get("/readyz")
    assert response.status_code == 200
    assert response.json() == {"ready": True, "checks": WELL}
    assert "no-store" in response["Cache-Control"]


def test_work_that_waits_too_long_is_named_by_its_kind(settings):
    settings.READY_MAX_QUEUE_AGE_SECONDS = 600
    factories.FetchFactory(due_at=timezone.now() - timedelta(seconds=500))
    assert ask()[0] == 200
    factories.ExtractionRunFactory(due_at=timezone.now() - timedelta(seconds=700))
    factories.FeedFactory(next_poll_at=timezone.now() - timedelta(days=1))
    status, answer = ask()
    assert (status, answer["ready"]) == (503, False)
    assert answer["checks"]["queues"].startswith("work has waited longer than 600 s: extract 70")
    assert "poll 86400 s" in answer["checks"]["queues"]
    assert "fetch" not in answer["checks"]["queues"]


def test_a_reading_for_next_week_is_not_late():
    factories.FetchFactory(due_at=timezone.now() + timedelta(days=7))
    assert ask() == (200, {"ready": True, "checks": WELL})


def test_a_migration_that_is_missing_is_counted():
    # With those that the first one replaces, or it would be known by them.
    MigrationRecorder(connection).migration_qs.filter(app="claims").delete()
    status, answer = ask()
    assert status == 503
    assert answer["checks"]["migrations"] == "1 not applied: run manage.py migrate"


def test_without_its_broker_and_database_it_says_so_and_tells_nothing(tmp_path):
    result = run_python(
        *("-c", ASK),
        SECRET_KEY=SECRET_KEY,
        ALLOWED_HOSTS="testserver",
        HTTPS_ONLY="0",
        LOG_LEVEL="ERROR",
        VAR_DIR=str(tmp_path),
        CELERY_BROKER_URL=f"redis://:hunter2@127.0.0.1:{closed_port()}/0",
        DATABASE_URL=f"postgres://desk:hunter2@127.0.0.1:{closed_port()}/none",
    )
    assert result.stdout.startswith("503 "), result.stderr
    assert '{"ready": false' in result.stdout
    assert result.stdout.count("unreachable") == 2
    assert "hunter2" not in result.stdout
    assert "127.0.0.1" not in result.stdout


def test_it_is_not_redirected_to_https_and_takes_no_post(settings):
    settings.SECURE_SSL_REDIRECT = True
    assert Client().get("/readyz").status_code == 200
    assert Client().post("/readyz").status_code == 405
