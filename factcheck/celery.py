"""The Celery application. What it may rely on is in docs/decisions/0003."""

import ctypes
import os
import signal
import sys
from pathlib import Path
from typing import Any

from celery import Celery, signals
from django_structlog.celery.steps import DjangoStructLogInitStep

from factcheck import broker

# Of prctl(2): the signal that this process gets when its parent ends.
PR_SET_PDEATHSIG = 1

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "factcheck.settings")

broker.install()
app = Celery("factcheck")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.steps["worker"].add(DjangoStructLogInitStep)


@signals.setup_logging.connect
def use_django_logging(**_: Any) -> None:
    """Let workers log as the web does, through the LOGGING setting."""
    from logging.config import dictConfig

    from django.conf import settings

    dictConfig(settings.LOGGING)


@app.on_after_configure.connect
def make_broker_folders(sender: Celery, **_: Any) -> None:
    """kombu's filesystem transport wants its folders to exist; made at first use, not at import."""
    options = sender.conf.broker_transport_options or {}
    for key in ("data_folder_in", "control_folder"):
        if key in options:
            Path(options[key]).mkdir(parents=True, exist_ok=True)


@signals.beat_init.connect
@signals.beat_embedded_init.connect
def this_is_a_scheduler(**_: Any) -> None:
    """From here on what this process sends is a sign of its life."""
    signals.before_task_publish.connect(_scheduler_is_alive)


def _scheduler_is_alive(**_: Any) -> None:
    from django.db import close_old_connections

    from claims.services import heartbeats

    # A scheduler lives for months, through many a restart of the database.
    close_old_connections()
    heartbeats.leave_now_and_then(heartbeats.BEAT)


@signals.worker_process_init.connect
def end_with_the_worker(**_: Any) -> None:
    """A process of a worker that was killed would wait for ever, and hold its memory."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


@signals.task_postrun.connect
def worker_is_alive(**_: Any) -> None:
    """A process of a worker has done something."""
    from claims.services import heartbeats

    heartbeats.leave_now_and_then(heartbeats.WORKER)
