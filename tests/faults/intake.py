"""Everything that may happen to the intake, at random, to real processes.

    python -m tests.faults.intake --rounds 300 [--seed 1] [--minutes 45]
        [--broker redis|folder|amqp://user:password@host:5672/vhost] [--outage 60]

An outlet on this machine publishes pages. Two workers of two processes each and a scheduler
take them from feed to candidates, while round after round one fault is drawn: a worker's
child, its parent, its whole group or the scheduler killed with -9; SIGTERM, or -9, while a
transaction waits to commit; the broker stopped, hanging, emptied or restarted; PostgreSQL
restarted, killed, or its connections cut; every message sent 50 times; a second scheduler; a
worker whose clock is a day ahead; a disk that takes nothing.

Every SETTLE rounds all is mended and the work must run dry. Then each page that was accepted
has one reading and one article, done or given up; its quotes are exactly what the engine
finds in its text; no lease is left; and `check_record` finds nothing. Ends with a table, and
with status 1 and a list where something is wrong. Folder, database and Redis are its own.
"""

import argparse
import os
import random
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from tests.faults import machinery
from tests.faults.machinery import Celery, FolderBroker, ProxiedBroker, RedisBroker, wait_until

COPIES = 50
SETTLE = 25
SETTLE_SECONDS = 300
STOP_SECONDS = 40
RETRIES = 60
MIDDLE = 0.3
DAY = 86_400
PROGRESS_SECONDS = 60


def environment(folder: Path, broker: str, database: str) -> dict[str, str]:
    """Settings of these rounds alone: leases of seconds, so that recovery is quick."""
    return {
        "DATABASE_URL": database,
        "DEBUG": "1",
        "ENV_FILE": "",
        "VAR_DIR": str(folder),
        "MEDIA_ROOT": str(folder / "media"),
        "CELERY_BROKER_URL": broker,
        "CELERY_VISIBILITY_TIMEOUT_SECONDS": "60",
        "FETCH_ALLOWED_NETWORKS": "127.0.0.0/8",
        "EXTRACTION_ENGINE": "rules",
        "FETCH_TOTAL_SECONDS": "8",
        "FETCH_HOST_SECONDS": "0",
        "FETCH_HOST_BURST": "100",
        "HARD_KILL_SECONDS": "1",
        **{f"{kind}_TIME_LIMIT_SECONDS": "10" for kind in ("EXTRACTION", "FETCH", "FEED")},
        **{f"{kind}_LEASE_SECONDS": "12" for kind in ("EXTRACTION", "FETCH", "FEED")},
        **{f"{kind}_MAX_ATTEMPTS": "12" for kind in ("EXTRACTION", "FETCH")},
        **{f"{kind}_RETRY_SECONDS": "1" for kind in ("EXTRACTION", "FETCH")},
        "FETCHES_PER_HOST_AND_SWEEP": "50",
        "FEED_INTERVAL_SECONDS": "5",
        "FEED_MIN_INTERVAL_SECONDS": "5",
        "FEED_MAX_INTERVAL_SECONDS": "10",
        "FEED_MAX_FAILURES": "1000",
        "FEED_FIRST_POLL_ENTRIES": "500",
        "RING_AGAIN_SECONDS": "5",
        "SWEEP_INTERVAL_SECONDS": "1",
        "HEARTBEAT_SECONDS": "2",
        "LOG_LEVEL": "WARNING",
    }


def steady(do: Callable[[], Any]) -> Any:
    """Call it, again if the database was just taken away from under it."""
    from django.db import InterfaceError, OperationalError, connection

    for _ in range(RETRIES):
        try:
            return do()
        except (OperationalError, InterfaceError):
            connection.close()
            time.sleep(0.5)
    raise SystemExit("gave up: the database does not come back")


class Rounds:
    """The machinery, what was accepted, and what happens to both."""

    def __init__(self, options: argparse.Namespace, folder: Path, broker: Any, outlet: Any) -> None:
        self.options, self.folder, self.broker, self.outlet = options, folder, broker, outlet
        self.rng = random.Random(options.seed)
        self.counts: Counter[str] = Counter()
        self.accepted: list[str] = []
        self.done = 0
        self.log = folder / "machinery.log"
        self.workers: list[Celery] = []
        self.beats: list[Celery] = []
        self.ended: list[Celery] = []
        self.forge = machinery.Forge()
        self.began = time.monotonic()
        self.feeds = steady(self._make_feeds)

    # --- Keeping it running, as a service manager does --------------------------------

    def mend(self) -> None:
        """Start what is gone; take away what is too much."""
        for lost in [each for each in self.workers if each.ahead or not each.alive]:
            self.workers.remove(lost)
            self.ended.append(lost)
            if lost.ahead:
                lost.kill_group()
        while len(self.workers) < 2:
            name = f"w{self.counts['workers started']}"
            self.workers.append(machinery.worker(self.forge, self.log, name))
            self.counts["workers started"] += 1
        self.beats = [each for each in self.beats if each.alive]
        for extra in self.beats[1:]:
            extra.kill_group()
        self.beats = self.beats[:1] or [self._new_beat()]

    def _new_beat(self) -> Celery:
        self.counts["schedulers started"] += 1
        return machinery.beat(self.forge, self.log, self.counts["schedulers started"])

    def stop_all(self) -> None:
        for each in [*self.workers, *self.beats, *self.ended]:
            each.kill_group()
        self.forge.close()

    # --- Work --------------------------------------------------------------------------

    def _make_feeds(self) -> list[Any]:
        from claims.models import Feed, Source
        from tests.faults.outlet import FEEDS

        source, _ = Source.objects.get_or_create(name="Outlet of the rounds")
        return [
            Feed.objects.get_or_create(
                url=self.outlet.feed_address(number),
                defaults={"source": source, "title": f"Outlet {number}", "interval_seconds": 5},
            )[0]
            for number in range(FEEDS)
        ]

    def publish(self, number: int) -> None:
        """New pages appear in the feeds, where polls find them; half are found here already."""
        from tests.faults.outlet import FEEDS

        first = len(self.outlet.published)
        for page, url in enumerate(self.outlet.publish(number), first):
            self.accepted.append(url)
            if page % 2:
                steady(lambda url=url, page=page: self._ask_for(url, self.feeds[page % FEEDS]))

    def _ask_for(self, url: str, feed: Any) -> None:
        from claims import tasks
        from claims.choices import FetchPurpose
        from claims.services.fetching import request_fetch

        made = request_fetch(url, purpose=FetchPurpose.FEED, feed=feed)
        if made is not None:
            tasks.ring_fetches([made.pk])

    def busy(self) -> bool:
        """Whether some row is being worked on."""
        from claims.choices import WorkState
        from claims.models import ExtractionRun, Fetch

        return steady(
            lambda: any(
                m.objects.filter(state=WorkState.RUNNING).exists() for m in (Fetch, ExtractionRun)
            )
        )

    def wait_for_work(self, seconds: float = 10) -> None:
        """Until something is under way; not an error when nothing is."""
        with suppress(SystemExit):
            wait_until(self.busy, "work", seconds)

    def wait_for_progress(self) -> None:
        """Until something was done since the last round: a fault among the idle shows nothing."""
        from claims.choices import WorkState
        from claims.models import Fetch

        done = Fetch.objects.filter(state=WorkState.DONE, purpose="feed")

        def more() -> bool:
            number = steady(done.count)
            found, self.done = number > self.done, number
            return found

        with suppress(SystemExit):
            wait_until(more, "progress", PROGRESS_SECONDS, pause=0.2)
            return
        self.counts["rounds without progress"] += 1

    # --- Faults ------------------------------------------------------------------------

    def kill_child(self) -> None:
        """kill -9 of a worker's child"""
        self.wait_for_work()
        self.rng.choice(self.workers).kill_child(self.rng)

    def kill_parent(self) -> None:
        """kill -9 of a worker's parent"""
        self.wait_for_work()
        worker = self.rng.choice(self.workers)
        children = worker.children()
        worker.kill_parent()
        wait_until(lambda: not any(map(lives, children)), "no child outlives its worker")

    def kill_group(self) -> None:
        """kill -9 of a whole worker"""
        self.wait_for_work()
        self.rng.choice(self.workers).kill_group()

    def kill_beat(self) -> None:
        """kill -9 of beat"""
        self.beats[0].kill_group()
        self.pause()

    def two_beats(self) -> None:
        """two schedulers at once"""
        self.beats.append(self._new_beat())
        self.publish(3)
        self.pause(5, 10)

    def term(self) -> None:
        """SIGTERM to a worker"""
        self.wait_for_work()
        self._term(self.rng.choice(self.workers))

    def _term(self, worker: Celery) -> None:
        worker.ask_to_stop()
        self._stopped(worker)

    def _stopped(self, worker: Celery) -> None:
        status = worker.stopped_within(STOP_SECONDS)
        how = {0: "stopped in order", None: "stopped by force"}
        self.counts[how.get(status, "stopped while it was starting")] += 1

    def term_in_commit(self) -> None:
        """SIGTERM in mid-commit"""
        worker = self.rng.choice(self.workers)
        with self.commits_held():
            worker.ask_to_stop()
        self._stopped(worker)

    def kill_in_commit(self) -> None:
        """kill -9 in mid-commit"""
        with self.commits_held():
            self.rng.choice(self.workers).kill_group()

    def commits_held(self) -> Any:
        """Transactions that store something wait, so that whoever works is in the midst of one."""
        from contextlib import contextmanager

        self.publish(4)

        @contextmanager
        def held() -> Any:
            import psycopg2
            from django.db import connection

            steady(connection.ensure_connection)
            other = psycopg2.connect(**_plain(connection.get_connection_params()))
            try:
                with other.cursor() as cursor:
                    _lock_tables(other, cursor)
                    with suppress(SystemExit):
                        wait_until(lambda: _waits_for_lock(cursor), "a commit waits", 20)
                        self.counts["commits caught"] += 1
                    yield
                    time.sleep(MIDDLE)
            finally:
                other.close()

        return held()

    def broker_stop(self) -> None:
        """broker stopped and started"""
        self.broker.stop()
        self.publish(2)
        self.pause(1, 4)
        self.broker.start()

    def broker_outage(self) -> None:
        """broker stopped for long"""
        self.broker.stop()
        self.publish(3)
        time.sleep(self.options.outage)
        self.broker.start()

    def broker_hang(self) -> None:
        """broker stands still"""
        self.broker.hang(self.rng.uniform(1, 3))

    def broker_flush(self) -> None:
        """broker emptied"""
        self.publish(3)
        self.broker.flush()

    def postgres_kill(self) -> None:
        """PostgreSQL killed with -9"""
        from django.db import connection

        self.wait_for_work()
        pid = int((connection.server.data_dir / "postmaster.pid").read_text().split()[0])
        os.kill(pid, signal.SIGKILL)
        steady(connection.ensure_connection)

    def postgres_restart(self) -> None:
        """PostgreSQL restarted"""
        from django.db import connection

        self.wait_for_work()
        connection.server.stop()
        steady(connection.ensure_connection)

    def postgres_cut(self) -> None:
        """all connections to PostgreSQL cut"""
        from django.db import connection

        self.wait_for_work()

        def cut() -> None:
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
                )

        steady(cut)

    def messages_again(self) -> None:
        """every message 50 times"""
        from claims import tasks
        from claims.models import ExtractionRun, Fetch

        self.publish(2)
        fetches, runs = steady(
            lambda: (
                list(Fetch.objects.order_by("-pk").values_list("pk", flat=True)[:5]),
                list(ExtractionRun.objects.order_by("-pk").values_list("pk", flat=True)[:5]),
            )
        )
        messages = [(tasks.fetch_page, pk) for pk in fetches] * COPIES
        messages += [(tasks.poll_feed, feed.pk) for feed in self.feeds] * COPIES
        messages += [(tasks.extract_article_version, pk) for pk in runs] * COPIES
        self.rng.shuffle(messages)
        for task, pk in messages:
            task.delay(pk)
        self.counts["messages sent again"] += len(messages)

    def clock_forward(self) -> None:
        """a worker's clock a day ahead"""
        name = f"ahead{self.counts['workers started']}"
        self.workers.append(machinery.worker(self.forge, self.log, name, ahead=DAY))
        self.counts["workers started"] += 1
        self.publish(4)
        self.pause(6, 12)

    def disk_full(self) -> None:
        """no room for snapshots"""
        for worker in self.workers:
            worker.may_write(False)
        self.publish(3)
        self.pause(2, 5)
        for worker in self.workers:
            worker.may_write(True)

    def faults(self) -> list[Callable[[], None]]:
        """What may be drawn, the more often the more times it stands here."""
        drawn = [self.kill_child] * 8 + [self.kill_parent] * 3 + [self.kill_group] * 2
        drawn += [self.kill_beat] * 3 + [self.two_beats] * 2 + [self.term] * 3
        drawn += [self.term_in_commit] * 3 + [self.kill_in_commit] * 3
        drawn += [self.broker_flush] * 4 + [self.postgres_cut] * 5
        if not self.options.database:  # one of our own
            drawn += [self.postgres_restart] * 2 + [self.postgres_kill]
        drawn += [self.messages_again] * 4 + [self.clock_forward] + [self.disk_full] * 3
        if self.broker.stoppable:
            drawn += [self.broker_stop] * 4
        if hasattr(self.broker, "hang"):
            drawn += [self.broker_hang] * 2
        return drawn

    def pause(self, least: float = 0.2, most: float = 1.5) -> None:
        time.sleep(self.rng.uniform(least, most))

    # --- The rounds --------------------------------------------------------------------

    def run(self) -> None:
        self.mend()
        drawn = self.faults()
        outages = set()
        if self.options.outage and self.broker.stoppable:
            outages = {self.options.rounds // 3, 2 * self.options.rounds // 3}
        for number in range(1, self.options.rounds + 1):
            if self._seconds() > self.options.minutes * 60:
                print(f"stopped after {self.options.minutes} minutes", flush=True)
                break
            self.publish(self.rng.randint(1, 3))
            self.wait_for_progress()
            fault = self.broker_outage if number in outages else self.rng.choice(drawn)
            fault()
            self.counts[f"fault: {fault.__doc__}"] += 1
            self.counts["rounds"] += 1
            self.pause()
            self.mend()
            name = fault.__name__
            print(f"{self._seconds():6.0f} s  round {number}  {name}  {self._open()}", flush=True)
            if number % SETTLE == 0:
                self.settle()
        self.settle()

    def _seconds(self) -> float:
        return time.monotonic() - self.began

    def _open(self) -> str:
        from django.db.models import Count

        from claims.models import ExtractionRun, Fetch

        def states(rows: Any) -> dict[str, int]:
            return dict(sorted(rows.order_by().values_list("state").annotate(n=Count("pk"))))

        pages, runs = Fetch.objects.filter(purpose="feed"), ExtractionRun.objects.all()
        return steady(lambda: f"pages {states(pages)} runs {states(runs)}")

    def settle(self) -> None:
        """Let the work run dry, and compare."""
        from claims.models import ExtractionRun, Fetch
        from claims.models.work import OPEN

        self.mend()

        def dry() -> bool:
            self.mend()
            # What is to be read again in an hour or a month is not waited for.
            pages, runs = Fetch.objects.filter(purpose="feed"), ExtractionRun.objects.all()
            return steady(
                lambda: (
                    pages.count() >= len(self.accepted)
                    and not any(rows.filter(state__in=OPEN).exists() for rows in (pages, runs))
                )
            )

        wait_until(dry, f"the work runs dry: {self._open()}", SETTLE_SECONDS, pause=0.5)
        problems = steady(self.problems)
        if problems:
            raise SystemExit("\n".join(problems))
        print(f"{self._seconds():6.0f} s  dry, and nothing is wrong: {self._open()}", flush=True)

    def problems(self) -> list[str]:
        """What is not as it should be, now that no work is open."""
        from claims.choices import WorkState
        from claims.models import Article, ArticleVersion, Fetch
        from claims.services.record_check import check_record
        from tests.faults.kill_worker import compare

        rows = Fetch.objects.filter(purpose="feed")
        states = Counter(rows.values_list("url", flat=True))
        found = [
            f"{url}: accepted, {states[url]} readings" for url in self.accepted if states[url] != 1
        ]
        found += [f"{row}: {row.state}" for row in rows if row.state not in ("done", "dead")]
        done = rows.filter(state=WorkState.DONE)
        self.counts["accepted"], self.counts["done"] = len(self.accepted), done.count()
        self.counts["given up"] = rows.filter(state=WorkState.DEAD).count()
        found += [f"{row}: ended as {row.outcome}" for row in done.exclude(outcome="new")]
        articles, versions = Article.objects.count(), ArticleVersion.objects.count()
        if not articles == versions == done.count():
            found.append(f"{done.count()} read, {articles} articles, {versions} versions")
        for version in ArticleVersion.objects.iterator(100):
            found += compare(version)
        found += [f"{each.rule}: {each.row}: {each.problem}" for each in check_record()]
        return found


def _plain(parameters: dict[str, Any]) -> dict[str, Any]:
    names = ("dbname", "user", "password", "host", "port")
    return {name: parameters[name] for name in names if parameters.get(name)}


def _lock_tables(connection: Any, cursor: Any) -> None:
    """Hold what every storing transaction writes to; a worker may hold one and want the other."""
    from psycopg2.errors import DeadlockDetected

    for _ in range(RETRIES):
        try:
            cursor.execute("LOCK TABLE claims_quote, claims_articleversion IN EXCLUSIVE MODE")
        except DeadlockDetected:
            connection.rollback()
        else:
            return
    raise SystemExit("gave up: the tables cannot be locked")


def _waits_for_lock(cursor: Any) -> bool:
    cursor.execute("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'")
    return bool(cursor.fetchone()[0])


def lives(pid: int) -> bool:
    """Whether a process is there, and not only its entry."""
    try:
        return "(zombie)" not in Path(f"/proc/{pid}/status").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return False


def table(counts: Counter[str]) -> str:
    """What happened, as rows of a table."""
    faults = sorted((n, name) for name, n in counts.items() if name.startswith("fault: "))
    lines = [f"{name.removeprefix('fault: '):<40}{n:>8}" for n, name in reversed(faults)]
    others = [f"{name:<40}{n:>8}" for name, n in counts.items() if not name.startswith("fault: ")]
    return "\n".join([*lines, "", *others])


def put_schema(dump: str) -> None:
    """The tables out of a dump, instead of making them migration by migration."""
    from django.db import connection

    from factcheck.postgres import clients

    connection.ensure_connection()
    program = clients.find("pg_restore", int(connection.pg_version) // 10_000)
    clients.run(program, "--dbname=factcheck", dump, connection=connection)


def broker_of(name: str, folder: Path) -> Any:
    if name == "folder":
        return FolderBroker(folder)
    if name == "redis":
        return RedisBroker(folder)
    return ProxiedBroker(name)


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--rounds", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--minutes", type=float, default=60, help="end the rounds after these")
    parser.add_argument("--outage", type=float, default=60, help="seconds of the two long outages")
    parser.add_argument("--database", default="", help="an empty one, migrated; else one is made")
    parser.add_argument("--schema", help="pg_dump of an empty, migrated one: quicker to have")
    parser.add_argument("--nice", type=int, default=0)
    default = "redis" if shutil.which("redis-server") else "folder"
    parser.add_argument("--broker", default=default)
    return parser.parse_args()


def main() -> int:
    options = parse()
    # SIGTERM ends these rounds as Ctrl-C does: with every process of theirs.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("terminated"))
    with tempfile.TemporaryDirectory(prefix="fc-int-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        broker = broker_of(options.broker, folder)
        os.environ.update(environment(folder, broker.url, options.database))
        os.environ["DJANGO_SETTINGS_MODULE"] = "factcheck.settings"
        import django

        django.setup()
        from django.core.management import call_command

        from tests.faults.outlet import serve

        if options.schema:
            put_schema(options.schema)
        elif not options.database:
            call_command("migrate", verbosity=0)
        os.nice(options.nice)
        broker.start()
        with serve() as outlet:
            rounds = Rounds(options, folder, broker, outlet)
            try:
                rounds.run()
            except BaseException:
                with suppress(FileNotFoundError):
                    print(rounds.log.read_text(errors="replace")[-6000:], file=sys.stderr)
                raise
            finally:
                rounds.stop_all()
                broker.stop()
        print(table(rounds.counts))
    print("every page accepted is done or given up, nothing lost, nothing twice")
    return 0


if __name__ == "__main__":
    sys.exit(main())
