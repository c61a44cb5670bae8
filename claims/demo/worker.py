"""A Celery worker of one's own, as a process, for as long as it is needed."""

import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

STOP_SECONDS = 20


class WorkerEnded(RuntimeError):
    """The worker ended by itself; the message carries the end of its log."""


@contextmanager
def celery_worker(
    log: Path, *, concurrency: int = 2, environment: Mapping[str, str] | None = None
) -> Iterator[subprocess.Popen[bytes]]:
    """Run a worker with the scheduler in it; stop it, and only it, at the end.

    ``environment`` is the whole of it; this process's own where it is not given.
    """
    log.parent.mkdir(parents=True, exist_ok=True)
    command = [
        *(sys.executable, "-m", "celery", "-A", "factcheck", "worker", "--beat"),
        *("--concurrency", str(concurrency), "--loglevel", "INFO", "--without-gossip"),
    ]
    with log.open("wb") as output:
        # A session of its own: Ctrl-C reaches the desk, which then stops the worker in order.
        worker = subprocess.Popen(  # noqa: S603  our own command, no shell
            command,
            env=environment,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        yield worker
    finally:
        worker.terminate()
        try:
            worker.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            worker.kill()
            worker.wait()


def check_alive(worker: subprocess.Popen[bytes], log: Path) -> None:
    """Raise WorkerEnded, with the end of its log, if the worker is gone."""
    if worker.poll() is not None:
        tail = log.read_text(encoding="utf-8", errors="replace")[-2000:]
        raise WorkerEnded(f"The worker ended with status {worker.returncode}:\n{tail}")
