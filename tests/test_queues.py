"""Each kind of work travels in its own queue, and a worker that is told nothing takes all."""

import pytest
from celery import current_app
from django.conf import settings

from factcheck.celery import app
from tests.processes import SECRET_KEY, database_url, run_python

OURS = sorted(name for name in app.tasks if name.startswith("claims."))
QUEUES = {"fetch", "extract", "poll", "webhook", "housekeeping"}

SEND_TWICE = """
import django
django.setup()
from claims import tasks
from factcheck.celery import app
tasks.fetch_page.delay(1)
tasks.extract_article_version.delay(2)
tasks.deliver_webhook.delay(3)
tasks.ring_due_fetches.delay()
with app.connection_for_read() as connection:
    for queue in app.amqp.queues.values():
        bound = queue(connection.default_channel)
        bound.declare()
        found = []
        while message := bound.get(no_ack=True):
            found.append(message.headers["task"].rpartition(".")[2])
        print(queue.name, found)
"""


def queue_of(task: str) -> str:
    return app.amqp.router.route({}, task)["queue"].name


def test_every_kind_of_work_has_its_queue():
    assert queue_of("claims.tasks.fetch_page") == "fetch"
    assert queue_of("claims.tasks.extract_article_version") == "extract"
    assert queue_of("claims.tasks.poll_feed") == "poll"
    assert queue_of("claims.tasks.deliver_webhook") == "webhook"
    assert queue_of("claims.tasks.ring_due_extractions") == "housekeeping"
    assert queue_of("claims.tasks.check_the_record") == "housekeeping"


def test_every_task_goes_to_a_queue_that_a_worker_takes_from():
    assert set(app.amqp.queues) == QUEUES
    assert {queue_of(name) for name in OURS} <= QUEUES


@pytest.mark.django_db
def test_a_message_lies_in_one_queue_alone(tmp_path):
    result = run_python(
        *("-c", SEND_TWICE),
        SECRET_KEY=SECRET_KEY,
        DATABASE_URL=database_url(),
        VAR_DIR=str(tmp_path),
    )
    assert result.returncode == 0, result.stderr
    assert set(result.stdout.splitlines()) == {
        "fetch ['fetch_page']",
        "extract ['extract_article_version']",
        "housekeeping ['ring_due_fetches']",
        "poll []",
        "webhook ['deliver_webhook']",
    }


def test_what_beat_sends_exists():
    assert {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()} <= set(app.tasks)


def test_a_worker_takes_one_at_a_time_answers_for_it_at_the_end_and_renews_itself():
    conf = current_app.conf
    assert conf.worker_prefetch_multiplier == 1
    assert conf.task_acks_late
    assert conf.worker_max_tasks_per_child
    assert conf.worker_max_memory_per_child


@pytest.mark.parametrize(
    "name", [name for name in OURS if queue_of(name) in {"fetch", "extract", "poll", "webhook"}]
)
def test_leased_work_is_killed_before_its_lease_ends(name):
    task = app.tasks[name]
    assert task.soft_time_limit
    assert task.time_limit == task.soft_time_limit + settings.HARD_KILL_SECONDS


CROWD = """
import django
django.setup()
from claims import tasks
print(tasks.is_crowded(tasks.fetch_page))
for pk in range(3):
    tasks.fetch_page.delay(pk)
print(tasks.is_crowded(tasks.fetch_page), tasks.is_crowded(tasks.extract_article_version))
"""


def test_a_sweep_adds_nothing_to_a_queue_that_nobody_empties(tmp_path):
    result = run_python(
        *("-c", CROWD), SECRET_KEY=SECRET_KEY, VAR_DIR=str(tmp_path), QUEUE_MAX_MESSAGES="3"
    )
    assert result.stdout.splitlines() == ["False", "True False"], result.stderr
