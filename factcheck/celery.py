"""The Celery application. What it may rely on is in docs/decisions/0003."""

import os
from pathlib import Path
from typing import Any

from celery import Celery, signals
from django_structlog.celery.steps import DjangoStructLogInitStep

from factcheck import broker

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
