"""Webhooks with real processes: a worker that dies, two at one delivery, a Celery worker."""

import os
import signal
import subprocess
import sys
import time

import pytest
from django.utils import timezone

from claims.choices import WorkState
from claims.demo.worker import celery_worker, check_alive
from claims.models import WebhookDelivery
from claims.services import claims, webhook_delivery, webhooks
from claims.services.actors import person
from tests.processes import ROOT, SECRET_KEY, database_url
from tests.receiver import answering, receiving

PERFORM = """
import sys, django
django.setup()
from claims.services.webhook_delivery import perform_delivery
perform_delivery(int(sys.argv[1]))
"""
WAIT_SECONDS = 60


def environment(tmp_path, **more) -> dict[str, str]:
    return {
        "PATH": os.environ["PATH"],
        "LANG": "C.UTF-8",
        "DJANGO_SETTINGS_MODULE": "factcheck.settings",
        "ENV_FILE": "",
        "SECRET_KEY": SECRET_KEY,
        "DATABASE_URL": database_url(),
        "VAR_DIR": str(tmp_path),
        "FETCH_ALLOWED_NETWORKS": "127.0.0.1/32",
        "WEBHOOK_ALLOW_HTTP": "1",
        **more,
    }


@pytest.fixture
def receiver(settings):
    settings.FETCH_ALLOWED_NETWORKS = ["127.0.0.1/32"]
    settings.WEBHOOK_ALLOW_HTTP = True
    settings.SECRET_KEY = SECRET_KEY
    with receiving() as server:
        yield server


@pytest.fixture
def editor_with_endpoint(member, receiver):
    editor = member("Editor")
    made = webhooks.create(
        actor=person(editor), name="Us", url=receiver.url, event_types=["claim.created"]
    )
    return editor, made


@pytest.fixture
def unrung(monkeypatch):
    """No message is sent: what happens to the row is what the test is about."""
    monkeypatch.setattr("claims.tasks._send", lambda task, ids: None)


def waited_for(condition) -> bool:
    end = time.monotonic() + WAIT_SECONDS
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.1)
    return False


def test_a_worker_killed_after_the_post_delivers_again_under_the_same_id(
    editor_with_endpoint, receiver, unrung, tmp_path
):
    editor, made = editor_with_endpoint
    claims.create_claim(text="A sentence.", actor=person(editor))
    delivery = WebhookDelivery.objects.get()
    killed: list[int] = []

    def kill_then_answer(request):
        os.kill(worker.pid, signal.SIGKILL)
        killed.append(worker.wait())
        request.answer(200)

    receiver.behave = kill_then_answer
    worker = subprocess.Popen(
        [sys.executable, "-c", PERFORM, str(delivery.pk)], cwd=ROOT, env=environment(tmp_path)
    )
    assert waited_for(lambda: killed)
    delivery.refresh_from_db()
    assert delivery.state == WorkState.RUNNING
    webhook_delivery.perform_delivery(delivery.pk)
    assert len(receiver.received) == 1, "the lease holds as long as it has not ended"

    receiver.behave = answering(200)
    WebhookDelivery.objects.update(due_at=timezone.now())
    assert webhook_delivery.due_deliveries() == [delivery.pk]
    webhook_delivery.perform_delivery(delivery.pk)
    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts) == (WorkState.DONE, 2)
    first, second = receiver.received
    assert first.headers["webhook-id"] == second.headers["webhook-id"] == delivery.message_id
    assert first.verified(made.secret) == second.verified(made.secret)


def test_of_several_workers_at_one_delivery_one_delivers(
    editor_with_endpoint, receiver, unrung, at_once
):
    editor, _ = editor_with_endpoint
    for _ in range(5):
        claims.create_claim(text="A sentence.", actor=person(editor))
    keys = list(WebhookDelivery.objects.values_list("pk", flat=True))

    def perform_all(number):
        for pk in keys:
            webhook_delivery.perform_delivery(pk)

    at_once(4, perform_all)
    assert len(receiver.received) == len(keys)
    assert set(WebhookDelivery.objects.values_list("state", "attempts")) == {("done", 1)}


def test_through_a_worker_every_event_arrives_although_the_receiver_stumbles(
    editor_with_endpoint, receiver, tmp_path, unrung
):
    editor, made = editor_with_endpoint
    answers = iter([500, 503, 302])
    receiver.behave = lambda request: request.answer(next(answers, 200))
    for _ in range(4):
        claims.create_claim(text="A sentence.", actor=person(editor))
    quick = environment(
        tmp_path,
        SWEEP_INTERVAL_SECONDS="1",
        RING_AGAIN_SECONDS="1",
        WEBHOOK_RETRY_AFTER="1s,2s,3s,4s,5s",
        EXTRACTION_ENGINE="rules",
    )
    log = tmp_path / "worker.log"
    with celery_worker(log, concurrency=2, environment=quick) as worker:
        done = WebhookDelivery.objects.filter(state=WorkState.DONE)
        arrived = waited_for(lambda: done.count() == 4 or worker.poll() is not None)
        check_alive(worker, log)
    assert arrived, log.read_text()[-2000:]
    assert len(receiver.received) == 7
    assert len({got.headers["webhook-id"] for got in receiver.received}) == 4
    assert all(got.verified(made.secret)["type"] == "claim.created" for got in receiver.received)
