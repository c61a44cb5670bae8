"""Read the change feed while many write, and compare what was read with what was committed.

    python -m tests.faults.changes --writes 20000 [--writers 8] [--readers 3] [--seed 1]

Writers make transactions of random length: rows that come, change and go, in bulk too, with
savepoints that are taken back, whole transactions that are, and some that stay open while
hundreds of others end. Readers page on with limits of their own. In the end each of them must
have read every committed change exactly once, those of one row in the order in which they
happened, and nothing of what was taken back. Runs in a database of its own; ends with status 1
and a list where something is wrong.
"""

import argparse
import os
import random
import sys
import tempfile
import threading
import time
from collections import Counter, defaultdict
from datetime import datetime
from pathlib import Path
from typing import Any

Told = tuple[str, int, str]
SHARED_ROWS = 12
LONG_OPEN_SECONDS = (0.2, 1.5)


class TakenBack(Exception):
    """Ends a transaction without its changes."""


class Writers:
    """Threads that write until so many changes are committed; what they were is in ``told``."""

    def __init__(self, writes: int, number: int, seed: int) -> None:
        from claims.models import Topic

        self._writes, self._lock = writes, threading.Lock()
        self.told: Counter[Told] = Counter()
        self.counts: Counter[str] = Counter()
        self.shared = sorted(
            Topic.objects.create(name=f"Shared {n}", slug=f"shared-{n}").pk
            for n in range(SHARED_ROWS)
        )
        self.told.update(("topics", key, "created") for key in self.shared)
        self.threads = [
            threading.Thread(target=self._write, args=[random.Random(f"{seed} {n}"), f"{n}"])
            for n in range(number)
        ]

    def _write(self, rng: random.Random, name: str) -> None:
        from django.db import connection, transaction

        own: list[int] = []
        turn = 0
        try:
            while self.told.total() < self._writes:
                turn += 1
                made: list[Told] = []
                before = list(own)
                try:
                    with transaction.atomic():
                        self._one_transaction(rng, f"{name}-{turn}", own, made)
                except TakenBack:
                    self._count("rolled back", len(made))
                    own = before
                    continue
                with self._lock:
                    self.told.update(made)
                    self.counts["transactions"] += 1
        finally:
            connection.close()

    def _one_transaction(
        self, rng: random.Random, tag: str, own: list[int], made: list[Told]
    ) -> None:
        from django.db import transaction

        # In the order of keys, so that no two wait for each other.
        shared = iter(sorted(rng.sample(self.shared, rng.randint(0, 3))))
        for step in range(rng.randint(1, 8)):
            if rng.random() < 0.15:
                lost: list[Told] = []
                try:
                    with transaction.atomic():
                        self._one_write(rng, f"{tag}-{step}-lost", [], None, lost)
                        raise TakenBack
                except TakenBack:
                    self._count("rolled back", len(lost))
            self._one_write(rng, f"{tag}-{step}", own, next(shared, None), made)
            time.sleep(rng.choice([0, 0, 0.001, 0.004]))
        if rng.random() < 0.02:
            self._count("long open", 1)
            time.sleep(rng.uniform(*LONG_OPEN_SECONDS))
        if rng.random() < 0.15:
            raise TakenBack

    def _one_write(
        self, rng: random.Random, tag: str, own: list[int], shared: int | None, made: list[Told]
    ) -> None:
        from claims.models import Topic

        if shared is not None:
            Topic.objects.filter(pk=shared).update(name=f"Shared {tag}")
            made.append(("topics", shared, "updated"))
        elif own and rng.random() < 0.3:
            key = own.pop(rng.randrange(len(own)))
            Topic.objects.get(pk=key).delete()
            made.append(("topics", key, "deleted"))
        else:
            number = rng.choice([1, 1, 1, 1, 5, 20])
            rows = Topic.objects.bulk_create(
                Topic(name=f"{tag} {n}", slug=f"{tag}-{n}") for n in range(number)
            )
            own.extend(row.pk for row in rows)
            made.extend(("topics", row.pk, "created") for row in rows)

    def _count(self, what: str, number: int) -> None:
        with self._lock:
            self.counts[what] += number


class Reader(threading.Thread):
    """Pages on from ``cursor`` until the writers have ended and nothing more comes."""

    def __init__(self, cursor: str, viewer: Any, ended: threading.Event, seed: str) -> None:
        super().__init__()
        self._cursor, self._viewer, self._ended = cursor, viewer, ended
        self._rng = random.Random(seed)
        self.read: list[tuple[Told, datetime]] = []
        self.pages = 0
        self.late = 0

    def run(self) -> None:
        from django.db import connection

        from claims.selectors import changes

        latest = None
        try:
            while True:
                over = self._ended.is_set()
                page = changes.read(
                    self._cursor, limit=self._rng.choice([1, 3, 20, 200]), viewer=self._viewer
                )
                self._cursor = page.next_cursor
                self.pages += 1
                for entry in page.changes:
                    self.read.append(((entry.resource, entry.id, entry.kind), entry.at))
                    self.late += latest is not None and entry.at < latest
                    latest = max(entry.at, latest or entry.at)
                if page.caught_up and over:
                    return
                if page.caught_up:
                    time.sleep(self._rng.choice([0, 0.002, 0.05]))
        finally:
            connection.close()


def run(*, writes: int, writers: int, readers: int, seed: int) -> Counter[str]:
    """Write and read; return what was counted. SystemExit with the findings if any."""
    from django.contrib.auth.models import User

    from claims.selectors import changes

    viewer, _ = User.objects.get_or_create(username="feed-reader", is_superuser=True)
    cursor, ended = changes.cursor_now(), threading.Event()
    writing = Writers(writes, writers, seed)
    reading = [Reader(cursor, viewer, ended, f"{seed} {n}") for n in range(readers)]
    began = time.monotonic()
    for thread in [*writing.threads, *reading]:
        thread.start()
    for thread in writing.threads:
        thread.join()
    seconds = time.monotonic() - began
    ended.set()
    for reader in reading:
        reader.join()
    problems = [
        f"reader {n}: {problem}"
        for n, reader in enumerate(reading)
        for problem in compare(reader, writing.told)
    ]
    if problems:
        raise SystemExit("\n".join(problems[:50]))
    counts = writing.counts
    counts["committed"] = writing.told.total()
    counts["pages"] = sum(reader.pages for reader in reading)
    counts["read behind later ones"] = sum(reader.late for reader in reading)
    counts["writes a second"] = round(counts["committed"] / seconds)
    return counts


def compare(reader: Reader, told: Counter[Told]) -> list[str]:
    """What differs between what was read and what was committed."""
    read = Counter(entry for entry, _ in reader.read)
    problems = [f"not read: {entry}" for entry in told - read]
    problems += [f"read too often, or never committed: {entry}" for entry in read - told]
    of_row: dict[int, list[tuple[str, datetime]]] = defaultdict(list)
    for (_, key, kind), at in reader.read:
        of_row[key].append((kind, at))
    for key, entries in of_row.items():
        kinds = [kind for kind, _ in entries]
        if "created" in kinds[1:] or "deleted" in kinds[:-1]:
            problems.append(f"row {key}: {kinds}")
        # The clock is read under the lock of the row.
        moments = [at for _, at in entries]
        if moments != sorted(moments):
            problems.append(f"row {key}: not in the order of its commits")
    return problems


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--writes", type=int, default=20_000)
    parser.add_argument("--writers", type=int, default=8)
    parser.add_argument("--readers", type=int, default=3)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="fc-changes-") as name:
        Path(name).chmod(0o755)
        os.environ.pop("DATABASE_URL", None)
        os.environ |= {"VAR_DIR": name, "DEBUG": "0", "SECRET_KEY": "of-a-fault-" * 6}
        os.environ |= {"LOG_LEVEL": "WARNING", "DJANGO_SETTINGS_MODULE": "factcheck.settings"}
        os.environ |= {"ENV_FILE": "", "ALLOWED_HOSTS": "localhost"}
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        counts = run(**vars(options))
    print(f"every committed change was read once, in order: {dict(counts)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
