"""The health checks of the containers: ``healthcheck.py web|worker|beat``.

Exit status 0 for healthy; 1 with one line for not. Django is never loaded, so that a
check costs little beside the process it watches.
"""

# ruff: noqa: INP001  scripts, not a package

import os
import socket
import sys
import urllib.request
from pathlib import Path

import psycopg2
from celery import Celery

# Beat writes the times of its last runs to the database every three minutes.
BEAT_SILENCE_SECONDS = 300


def read(name: str) -> str:
    """A variable's value, or the content of the file that NAME_FILE names."""
    if file := os.environ.get(f"{name}_FILE"):
        return Path(file).read_text(encoding="utf-8").strip()
    return os.environ[name]


def web() -> None:
    """The desk answers at /healthz, which asks the database.

    The Host is the first name of ALLOWED_HOSTS: no name has to be allowed for the check.
    """
    host = read("ALLOWED_HOSTS").split(",")[0].strip().lstrip(".")
    port = os.environ.get("WEB_LISTEN", "0.0.0.0:8000").rpartition(":")[2]
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}/healthz", headers={"Host": host, "Accept": "text/plain"}
    )
    with urllib.request.urlopen(request, timeout=8):  # noqa: S310
        pass


def worker() -> None:
    """This container's worker answers a ping that travels through the broker."""
    name = f"celery@{socket.gethostname()}"
    with Celery(broker=read("CELERY_BROKER_URL")) as app:
        # One look at a broker that is gone, instead of Celery's patient waiting for it.
        app.conf.broker_transport_options = {"max_retries": 1, "interval_start": 0}
        if not app.control.ping(destination=[name], timeout=8):
            raise RuntimeError(f"{name} does not answer")


def beat() -> None:
    """Something was scheduled lately, going by the database."""
    connection = psycopg2.connect(read("DATABASE_URL"), connect_timeout=8)
    try:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT extract(epoch FROM now() - max(last_run_at))"
                " FROM django_celery_beat_periodictask WHERE enabled"
            )
            (age,) = cursor.fetchone()
    finally:
        connection.close()
    if age is None or age > BEAT_SILENCE_SECONDS:
        raise RuntimeError(f"the last scheduled run is {age} seconds ago")


CHECKS = {"web": web, "worker": worker, "beat": beat}


def main() -> int:
    if len(sys.argv) != 2 or sys.argv[1] not in CHECKS:
        print(__doc__)
        return 2
    try:
        CHECKS[sys.argv[1]]()
    except Exception as error:  # noqa: BLE001  whatever it is: not healthy, and why
        print(f"{type(error).__name__}: {error}")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
