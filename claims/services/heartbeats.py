"""Signs of life of schedulers, workers and housekeeping."""

import socket
import time
from collections.abc import Mapping
from typing import Any

import structlog
from django.conf import settings
from django.db import Error

from claims.models import Heartbeat
from claims.models.heartbeat import NAME_LENGTH
from claims.services import leasing

log = structlog.get_logger(__name__)

BEAT, WORKER, TASK = "beat:", "worker:", "task:"

# When this process last left each of its signs, on its own steady clock.
_left: dict[str, float] = {}


def leave(name: str, report: Mapping[str, Any] | None = None) -> None:
    """Write that ``name`` is at work now, with what it reports."""
    row = Heartbeat(
        name=name[:NAME_LENGTH], seen_at=leasing.database_now(), report=dict(report or {})
    )
    Heartbeat.objects.bulk_create(
        [row], update_conflicts=True, unique_fields=["name"], update_fields=["seen_at", "report"]
    )


def leave_now_and_then(kind: str) -> None:
    """The same for this machine's scheduler or worker, every HEARTBEAT_SECONDS; never raises.

    A sign of life must not stop the life it is a sign of.
    """
    now, name = time.monotonic(), f"{kind}{socket.gethostname()}"
    if now - _left.get(name, -settings.HEARTBEAT_SECONDS) < settings.HEARTBEAT_SECONDS:
        return
    _left[name] = now
    try:
        leave(name)
    except Error as error:
        log.warning("heartbeat_not_written", name=name, error=str(error))
