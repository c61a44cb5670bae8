"""deploy/healthcheck.py beside the running web, which is in test_web.py."""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone
from django_celery_beat.models import IntervalSchedule, PeriodicTask, PeriodicTasks

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


def apart(action):
    """Do it in a thread of its own: on a connection outside the test's transaction, committed."""

    def connected():
        try:
            return action()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as thread:
        return thread.submit(connected).result()


@pytest.fixture
def last_run_at(db):
    """Schedule something that ran then, for other processes to see; taken away afterwards.

    Not ``transactional_db``, which would sweep away the roles that a migration made.
    """

    def schedule(moment):
        every = IntervalSchedule.objects.create(every=15, period="seconds")
        PeriodicTask.objects.create(
            name="sweep", task="claims.sweep", interval=every, last_run_at=moment
        )

    def sweep():
        IntervalSchedule.objects.all().delete()  # and the task with it
        PeriodicTasks.objects.all().delete()  # the note that the schedule has changed

    yield lambda moment: apart(lambda: schedule(moment))
    apart(sweep)


def test_beat_is_healthy_when_something_ran_lately(last_run_at):
    last_run_at(timezone.now())
    check = healthcheck("beat", DATABASE_URL=database_url())
    assert (check.returncode, check.stdout) == (0, "")


@pytest.mark.parametrize("age", [None, timedelta(hours=1)])
def test_beat_is_unhealthy_when_nothing_ran_lately(last_run_at, age):
    last_run_at(age and timezone.now() - age)
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
