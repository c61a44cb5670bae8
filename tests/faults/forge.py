"""Starts Celery's processes within moments: it has read all the code already, and forks.

Orders come on standard input, an object a line: {"argv": […], "log": …, "ahead": 86400} is
answered by the pid of a new process in a group of its own, whose clock is so many seconds
ahead; {"status": pid} by its exit status, or null while it lives.
"""

import json
import os
import sys
from datetime import UTC, datetime, timedelta


def main() -> None:
    import django

    django.setup()
    import django_celery_beat.schedulers  # noqa: F401  read here, once for all

    from factcheck.celery import app

    app.loader.import_default_modules()
    ended: dict[int, int] = {}
    for line in sys.stdin:
        order = json.loads(line)
        if "argv" in order:
            pid = os.fork()
            if pid == 0:
                become(order)
            answer: int | None = pid
        else:
            answer = status_of(order["status"], ended)
        print(json.dumps(answer), flush=True)


def status_of(pid: int, ended: dict[int, int]) -> int | None:
    if pid not in ended:
        found, status = os.waitpid(pid, os.WNOHANG)
        if not found:
            return None
        ended[pid] = os.waitstatus_to_exitcode(status)
    return ended[pid]


def become(order: dict) -> None:
    """Be a Celery process from here on."""
    os.setsid()
    log = os.open(order["log"], os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
    nothing = os.open(os.devnull, os.O_RDONLY)
    for number, end in enumerate((nothing, log, log)):
        os.dup2(end, number)
    if order["ahead"]:
        import time_machine

        moment = datetime.now(UTC) + timedelta(seconds=order["ahead"])
        time_machine.travel(moment, tick=True).start()
    from celery.__main__ import main as celery_main

    sys.argv = ["celery", "-A", "factcheck", *order["argv"]]
    status = 1
    try:
        celery_main()
        status = 0
    except SystemExit as end:
        status = end.code if isinstance(end.code, int) else int(end.code is not None)
    finally:
        sys.stderr.flush()
        os._exit(status)


if __name__ == "__main__":
    main()
