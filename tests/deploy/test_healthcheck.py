"""deploy/healthcheck.py beside the running web, which is in test_web.py."""

import os
import subprocess
import sys
from datetime import timedelta

import pytest
from django.utils import timezone
from django_celery_beat.models import IntervalSchedule, PeriodicTask

from tests.deploy.files import ROOT
from tests.deploy.test_web import database_url


def healthcheck(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "deploy/healthcheck.py", *arguments],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], **variables},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def scheduled(transactional_db):
    """A periodic task, in the database for other processes to see."""
    every = IntervalSchedule.objects.create(every=15, period="seconds")
    return PeriodicTask.objects.create(name="sweep", task="claims.tasks.sweep", interval=every)


def test_beat_is_healthy_when_something_ran_lately(scheduled):
    PeriodicTask.objects.update(last_run_at=timezone.now())
    check = healthcheck("beat", DATABASE_URL=database_url())
    assert (check.returncode, check.stdout) == (0, "")


@pytest.mark.parametrize("last", [None, timedelta(hours=1)])
def test_beat_is_unhealthy_when_nothing_ran_lately(scheduled, last):
    PeriodicTask.objects.update(last_run_at=last and timezone.now() - last)
    check = healthcheck("beat", DATABASE_URL=database_url())
    assert check.returncode == 1
    assert check.stdout.startswith("RuntimeError: the last scheduled run is")


def test_a_worker_whose_broker_is_gone_is_unhealthy_with_one_line():
    check = healthcheck("worker", CELERY_BROKER_URL="redis://127.0.0.1:1/0")
    assert check.returncode == 1
    assert check.stdout.count("\n") == 1


@pytest.mark.parametrize("arguments", [(), ("nothing",), ("web", "worker")])
def test_a_wrong_call_explains_itself(arguments):
    check = healthcheck(*arguments)
    assert check.returncode == 2
    assert "web|worker|beat" in check.stdout
