"""/readyz: whether this process could do its work now, and if not, why."""

import structlog
from celery import current_app
from django.conf import settings
from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from kombu.exceptions import OperationalError

from claims.services import pipeline

log = structlog.get_logger(__name__)

OK = "ok"
BROKER_SECONDS = 3

# Migrations are applied by a start of the new code: once they are, they stay so.
_migrated = False


@require_safe
@never_cache
def ready(request: HttpRequest) -> JsonResponse:
    """200 when database, broker and queues are well, else 503; JSON with a word for each.

    Anybody may ask, so that the answer names no host and quotes no error: those are in the log.
    """
    found = {"database": _database(), "broker": _broker()}
    if found["database"] == OK:
        found |= {"migrations": _migrations(), "queues": _queues()}
    well = all(word == OK for word in found.values())
    return JsonResponse({"ready": well, "checks": found}, status=200 if well else 503)


def _database() -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error as error:
        log.warning("not_ready", part="database", error=str(error))
        return "unreachable"
    return OK


def _migrations() -> str:
    global _migrated
    if not _migrated:
        executor = MigrationExecutor(connection)
        missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
        if missing:
            return f"{len(missing)} not applied: run manage.py migrate"
        _migrated = True
    return OK


def _broker() -> str:
    """Whether the broker answers within seconds; a request must not hang on it."""
    try:
        with current_app.connection_for_write(connect_timeout=BROKER_SECONDS) as broker:
            # It logs in or, to Redis, sends a PING.
            broker.ensure_connection(max_retries=1, timeout=BROKER_SECONDS, interval_start=0)
    # OSError: the folder of the filesystem broker, or a socket.
    except (OperationalError, OSError) as error:
        log.warning("not_ready", part="broker", error=str(error))
        return "unreachable"
    return OK


def _queues() -> str:
    limit = settings.READY_MAX_QUEUE_AGE_SECONDS
    late = {kind: age for kind, age in pipeline.oldest_waiting().items() if age > limit}
    if not late:
        return OK
    waits = ", ".join(f"{kind} {age:.0f} s" for kind, age in late.items())
    return f"work has waited longer than {limit} s: {waits}"
