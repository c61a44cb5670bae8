"""Kill -9 a real Celery worker at random moments and look whether anything was lost or doubled.

    python -m tests.faults.kill_worker --rounds 200 [--seed 1] [--broker redis://127.0.0.1:6379/9]

Every round empties the quotes, queues every bundled article anew, starts a worker with
its scheduler, kills it (the whole group, the parent alone, or one child) at a random
moment after it took up work, starts another and waits until no run is left. Then every
version must hold exactly the quotes that the engine finds in its text. Runs in a folder
and a database of its own; ends with status 1 and a list where something is wrong.
"""

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from claims.models import ExtractionRun

ROOT = Path(__file__).resolve().parents[2]
LEASE_SECONDS, TASK_SECONDS, SWEEP_SECONDS = 4, 2, 1
KILL_WITHIN_SECONDS = 0.5
MID_RUN_SECONDS = 0.04
ORPHAN_SECONDS = 1.0
ROUND_SECONDS = 90
POLL_SECONDS = 0.002


def environment(folder: Path, broker: str) -> dict[str, str]:
    """Settings of these rounds alone: leases of seconds, so that recovery is quick."""
    return {
        "DEBUG": "1",
        "VAR_DIR": str(folder),
        "CELERY_BROKER_URL": broker,
        # What is killed here is the bookkeeping; the quick engine lets it be killed more often.
        "EXTRACTION_ENGINE": "rules",
        "EXTRACTION_TIME_LIMIT_SECONDS": str(TASK_SECONDS),
        "EXTRACTION_LEASE_SECONDS": str(LEASE_SECONDS),
        "HARD_KILL_SECONDS": "1",
        "EXTRACTION_MAX_ATTEMPTS": "20",
        "RING_AGAIN_SECONDS": "2",
        "SWEEP_INTERVAL_SECONDS": str(SWEEP_SECONDS),
        "LOG_LEVEL": "WARNING",
    }


@contextmanager
def worker(log: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A worker with its scheduler, in a process group of its own that never outlives the block."""
    command = [sys.executable, "-m", "celery", "-A", "factcheck", "worker", "--beat"]
    with log.open("ab") as output:
        process = subprocess.Popen(
            [*command, "--concurrency", "2", "--loglevel", "WARNING", "--without-gossip"],
            cwd=ROOT,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        yield process
    finally:
        kill_group(process)


def kill_group(process: subprocess.Popen[bytes]) -> None:
    with suppress(ProcessLookupError):  # every member has ended already
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def kill(process: subprocess.Popen[bytes], rng: random.Random) -> str:
    """Kill -9 the group, the parent or one child; return which."""
    children = [int(pid) for pid in _children(process.pid)]
    target = rng.choice(["group", "parent", "child"])
    if target == "group":
        kill_group(process)
    elif target == "parent" or not children:
        os.kill(process.pid, signal.SIGKILL)
    else:
        with suppress(ProcessLookupError):  # it ended between the look and the kill
            os.kill(rng.choice(children), signal.SIGKILL)
    return target


def _holds(rows: "QuerySet[ExtractionRun]", number: int) -> bool:
    return rows.count() == number


def _children(pid: int) -> list[str]:
    try:
        return Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except FileNotFoundError:
        return []


def run_rounds(rounds: int, seed: int, log: Path) -> Counter[str]:
    """Run the rounds and return what was counted; SystemExit with the findings if any."""
    from claims.choices import WorkState
    from claims.models import ArticleVersion, ExtractionRun
    from claims.tasks import ring

    rng, counts = random.Random(seed), Counter[str]()
    for number in range(1, rounds + 1):
        runs = queue_afresh()
        ring(runs)
        ours = ExtractionRun.objects.filter(pk__in=runs)
        with worker(log) as process:
            if number % 2:
                wait_until(ours.exclude(state=WorkState.QUEUED).exists, "work was taken up")
                time.sleep(rng.uniform(0, KILL_WITHIN_SECONDS))
            else:  # aim at the short moment in which a run is computed and stored
                wait_until(ours.filter(state=WorkState.RUNNING).exists, "a run was begun")
                time.sleep(rng.uniform(0, MID_RUN_SECONDS))
            target = kill(process, rng)
            counts[target] += 1
            if target != "group":  # what is left of the worker goes on for a while
                time.sleep(rng.uniform(0, ORPHAN_SECONDS))
        counts["runs cut off"] += ours.filter(state=WorkState.RUNNING).count()
        counts["runs not begun"] += ours.filter(state=WorkState.QUEUED).count()
        with worker(log):
            ended = ours.filter(state__in=[WorkState.DONE, WorkState.DEAD])
            wait_until(partial(_holds, ended, len(runs)), "every run ended")
        problems = [
            f"round {number}: {problem}"
            for version in ArticleVersion.objects.all()
            for problem in compare(version)
        ]
        if problems:
            raise SystemExit("\n".join(problems))
        counts["rounds"] += 1
        counts["runs"] += len(runs)
        print(f"round {number}/{rounds}: {dict(counts)}", flush=True)
    return counts


def queue_afresh() -> list[int]:
    """Empty the quotes and queue one run for each version."""
    from claims.models import ArticleVersion, ExtractionRun, Quote
    from claims.services.extraction import request_run

    Quote.objects.update(copy_of=None)
    Quote.objects.all().delete()
    ExtractionRun.objects.all().delete()
    versions = ArticleVersion.objects.all()
    return [request_run(version).pk for version in versions]


def compare(version: object) -> list[str]:
    """What differs between the stored quotes of a version and what the engine finds."""
    from claims.choices import QuoteStatus, WorkState
    from claims.extraction import extract, offer
    from claims.models import ArticleVersion, ExtractionRun, Quote

    assert isinstance(version, ArticleVersion)
    offered = offer(extract(version.text)).extraction.quotes
    wanted = Counter((q.start, q.end, q.kind.value) for q in offered)
    rows = Quote.objects.filter(article_version=version)
    stored = Counter(rows.values_list("start", "end", "kind"))
    problems = [f"{version}: lost {span}" for span in (wanted - stored)]
    problems += [f"{version}: twice or too many {span}" for span in (stored - wanted)]
    if rows.exclude(status=QuoteStatus.CANDIDATE).exists():
        problems.append(f"{version}: a quote is not a candidate")
    for quote in rows:
        if version.text[quote.start : quote.end] != quote.text:
            problems.append(f"{version}: quote {quote.pk} is not its text")
    states = list(
        ExtractionRun.objects.filter(article_version=version).values_list("state", "quotes_found")
    )
    if states != [(WorkState.DONE, sum(wanted.values()))]:
        problems.append(f"{version}: runs ended as {states}")
    return problems


def wait_until(condition, what: str) -> None:
    """Poll until ``condition()``; SystemExit after ROUND_SECONDS."""
    give_up_at = time.monotonic() + ROUND_SECONDS
    while not condition():
        if time.monotonic() > give_up_at:
            raise SystemExit(f"gave up waiting: not within {ROUND_SECONDS} s: {what}")
        time.sleep(POLL_SECONDS)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--rounds", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--broker", default="filesystem://localhost//")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="fc-kill-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        os.environ.pop("DATABASE_URL", None)
        os.environ.update(environment(folder, options.broker))
        os.environ["DJANGO_SETTINGS_MODULE"] = "factcheck.settings"
        import django

        django.setup()
        from django.core.management import call_command

        from claims.services import intake

        call_command("migrate", verbosity=0)
        for path in sorted((ROOT / "claims" / "demo" / "articles").glob("*.html")):
            intake.take_in(str(path))
        log = folder / "worker.log"
        try:
            counts = run_rounds(options.rounds, options.seed, log)
        except SystemExit:
            print(log.read_text(errors="replace")[-3000:], file=sys.stderr)
            raise
    print(f"nothing lost, nothing doubled: {dict(counts)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
