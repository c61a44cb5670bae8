"""Pages a second, from an address to stored candidates, through real workers.

    python -m benchmarks.pipeline [--pages 300] [--repeats 3] [--articles 10000] [--schema DUMP]

Pages are written and served by this machine, each with six paragraphs and a quotation in
each; the engine is the rules. First, in one process, trafilatura alone on the pages against
reading, cleaning and extracting them, and against storing the candidates as well. Then the
whole way (message, politeness, HTTP, WARC, article, message, quotes) through a worker of one
process and through one of two. With --articles, so many go in at the end, and the memory of
the worker's processes is watched. PostgreSQL and Redis (or the folder) are its own.
"""

import argparse
import os
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.faults import machinery
from tests.faults.intake import put_schema
from tests.faults.machinery import Celery, FolderBroker, Forge, RedisBroker

PATIENCE_SECONDS = 3600
SAMPLE_SECONDS = 2.0
BATCH = 200
STEPS = 10


def settings_of(folder: Path, broker: str) -> dict[str, str]:
    return {
        "DATABASE_URL": "",
        "DEBUG": "0",
        "SECRET_KEY": "benchmark-" * 6,
        "ENV_FILE": "",
        "VAR_DIR": str(folder),
        "MEDIA_ROOT": str(folder / "media"),
        "CELERY_BROKER_URL": broker,
        "EXTRACTION_ENGINE": "rules",
        "FETCH_ALLOWED_NETWORKS": "127.0.0.0/8",
        "FETCH_HOST_SECONDS": "0",
        "FETCH_HOST_BURST": "1000",
        "RECHECK_AFTER": "30d",
        "SWEEP_INTERVAL_SECONDS": "5",
        "LOG_LEVEL": "WARNING",
        "DJANGO_SETTINGS_MODULE": "factcheck.settings",
    }


def rate(pages: list[Any], do: Callable[[Any], object]) -> float:
    """Pages a second of ``do``."""
    began = time.perf_counter()
    for page in pages:
        do(page)
    return len(pages) / (time.perf_counter() - began)


def in_process(outlet: Any, number: int, repeats: int) -> dict[str, list[float]]:
    """Pages a second of each way, once a repeat, in turn."""
    import trafilatura

    from claims import ingest
    from claims.extraction import extract
    from claims.ingest.fetch import fetch
    from claims.services.articles import store_document
    from claims.services.extraction import perform_run
    from claims.services.intake import read_limits

    limits = read_limits()
    rates: dict[str, list[float]] = {"trafilatura": [], "read": [], "stored": []}
    for _ in range(repeats):
        pages = [fetch(url, limits=limits.fetch) for url in outlet.publish(number)]

        def read(page: Any) -> Any:
            return ingest.read_fetched(page, limits=limits)

        def store(page: Any) -> None:
            run = store_document(read(page), source_name="Benchmark").run
            assert run is not None
            perform_run(run.pk)

        texts = [page.body.decode() for page in pages]
        rates["trafilatura"].append(rate(texts, trafilatura.bare_extraction))
        rates["read"].append(rate(pages, lambda page: extract(read(page).text)))
        rates["stored"].append(rate(pages, store))
    return rates


class Queue:
    """Pages that are asked for, and how many of them are candidates by now."""

    def __init__(self, outlet: Any) -> None:
        self._outlet = outlet
        self._before = self._ended()

    def ask_for(self, number: int) -> None:
        from claims.models import Fetch
        from claims.services.fetching import new_fetch
        from claims.tasks import ring_fetches

        for first in range(0, number, BATCH):
            urls = self._outlet.publish(min(BATCH, number - first))
            rows = [new_fetch(url, purpose="request") for url in urls]
            Fetch.objects.bulk_create(rows)
            ring_fetches([row.pk for row in rows])

    @property
    def done(self) -> int:
        return self._ended() - self._before

    def _ended(self) -> int:
        from claims.models import ExtractionRun

        return ExtractionRun.objects.filter(state="done").count()


def through_workers(forge: Forge, folder: Path, outlet: Any, number: int, processes: int) -> float:
    """Pages a second through one worker of so many processes, its start left out."""
    queue = Queue(outlet)
    worker = start(forge, folder, processes)
    try:
        queue.ask_for(1)
        machinery.wait_until(lambda: queue.done == 1, "the first page", PATIENCE_SECONDS)
        began = time.perf_counter()
        queue.ask_for(number)
        ended = lambda: queue.done == number + 1  # noqa: E731
        machinery.wait_until(ended, "all pages", PATIENCE_SECONDS, pause=0.1)
        return number / (time.perf_counter() - began)
    finally:
        worker.kill_group()


def start(forge: Forge, folder: Path, processes: int, *options: str) -> Celery:
    command = ("worker", "--concurrency", str(processes), "--loglevel", "WARNING", *options)
    return Celery(forge, folder / "worker.log", *command, "--without-gossip", "--without-mingle")


def memory(forge: Forge, folder: Path, outlet: Any, number: int) -> list[tuple[int, int]]:
    """How many pages were done, and the MiB of the largest process of the worker by then.

    The processes are never renewed meanwhile: what leaked would show.
    """
    queue, found = Queue(outlet), []
    forever = ("--max-tasks-per-child", "100000000", "--beat")
    worker = start(forge, folder, 2, *forever, "--schedule", str(folder / "schedule"))
    try:
        queue.ask_for(number)
        peak, step = 0, max(1, number // STEPS)
        give_up_at = time.monotonic() + PATIENCE_SECONDS
        while (done := queue.done) < number and time.monotonic() < give_up_at:
            peak = max([peak, *map(resident, worker.children())])
            if done >= (len(found) + 1) * step:
                found.append((done, peak >> 20))
                print(f"{done:>10,} articles{peak >> 20:>10} MiB", flush=True)
                peak = 0
            time.sleep(SAMPLE_SECONDS)
        return [*found, (queue.done, peak >> 20)]
    finally:
        worker.kill_group()


def resident(pid: int) -> int:
    """Bytes of a process in memory; 0 when it is gone."""
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except (FileNotFoundError, ProcessLookupError):
        return 0


def median(name: str, values: list[float]) -> float:
    middle = statistics.median(values)
    print(f"{name:<58}{middle:>10.1f}")
    return middle


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--pages", type=int, default=300)
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--articles", type=int, default=0, help="to watch the memory over")
    parser.add_argument("--schema", help="pg_dump of an empty, migrated database: quicker to have")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="fc-bench-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        found = shutil.which("redis-server")
        broker: Any = RedisBroker(folder) if found else FolderBroker(folder)
        os.environ.update(settings_of(folder, broker.url))
        import django

        django.setup()
        from django.core.management import call_command

        from tests.faults.outlet import serve

        if options.schema:
            put_schema(options.schema)
        else:
            call_command("migrate", verbosity=0)
        broker.start()
        forge = Forge()
        try:
            with serve() as outlet:
                report(forge, folder, outlet, options)
        finally:
            forge.close()
            broker.stop()


def report(forge: Forge, folder: Path, outlet: Any, options: argparse.Namespace) -> None:
    print(f"{'way, median of ' + str(options.repeats):<58}{'pages/s':>10}")
    rates = in_process(outlet, options.pages, options.repeats)
    alone = median("trafilatura alone, one process", rates["trafilatura"])
    read = median("read, cleaned and extracted, one process", rates["read"])
    median("the same and stored, one process", rates["stored"])
    ways: dict[int, list[float]] = {1: [], 2: []}
    for _ in range(options.repeats):
        for processes, found in ways.items():
            found.append(through_workers(forge, folder, outlet, options.pages, processes))
    one = median("address to candidates, worker of one process", ways[1])
    two = median("address to candidates, worker of two processes", ways[2])
    print(f"{'read and extracted / trafilatura alone':<58}{read / alone:>10.2f}")
    print(f"{'two processes / one':<58}{two / one:>10.2f}")
    if options.articles:
        memory(forge, folder, outlet, options.articles)


if __name__ == "__main__":
    main()
