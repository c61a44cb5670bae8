"""The main job, end to end, on the bundled articles: ``manage.py demo``."""

import logging
import os
import secrets
import socket
import subprocess
import time
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group, User
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from claims import demo
from claims.choices import WorkState
from claims.demo import morning, outlet, tour
from claims.demo.acting import acting
from claims.demo.worker import WorkerEnded, celery_worker, check_alive
from claims.models import ExtractionRun
from claims.selectors import candidates
from claims.services import intake
from claims.services.actors import job
from claims.tasks import ring

ARTICLES = Path(demo.__path__[0]) / "articles"
WAIT_SECONDS = 180
POLL_SECONDS = 0.1
LOGIN = "demo"
FIRST_PORT, LAST_PORT = 8000, 8020
PLAIN_WIDTH = 160


class Command(BaseCommand):
    help = (
        "Set up the database, read the bundled articles and the feed of an outlet on this "
        "machine, extract their quotes through a Celery worker process, print them, show a "
        "quotation that the outlet alters, and serve the desk until Ctrl-C."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--no-serve", action="store_true", help="stop after printing")
        parser.add_argument("--port", type=int, default=0, help="default: the first free from 8000")

    def handle(self, *args: Any, **options: Any) -> None:
        logging.getLogger("django_structlog").setLevel(logging.WARNING)
        console = Console()
        if not console.is_terminal:
            console = Console(width=PLAIN_WIDTH)
        call_command("migrate", verbosity=0)
        password = make_login(settings.VAR_DIR / "demo-login")
        runs = take_in_articles(console)
        log = settings.VAR_DIR / "demo-worker.log"
        with ExitStack() as stack:
            worker = stack.enter_context(celery_worker(log, environment=tour.environment()))
            try:
                with local_outlet() as site:
                    feed = tour.take_in_feed(site, console) if site else None
                    runs += tour.runs_of(feed) if feed else []
                    wait_for(runs, worker, log, console)
                    print_candidates(console)
                    if site and feed:
                        user = User.objects.get(username=LOGIN)
                        tour.show_altered(site, feed, user, console)
                if not morning.shown_before():
                    for claim in morning.work():
                        console.print(f"[dim]{claim.get_stage_display():<12}[/dim]{claim}")
            except WorkerEnded as error:
                raise CommandError(str(error)) from error
            except tour.TookTooLong as error:
                raise CommandError(f"{error} The worker's log: {log}") from error
            if options["no_serve"]:
                console.print(
                    "The desk: [bold]make serve[/bold], then http://127.0.0.1:8000/admin/"
                )
                console.print(f"Login: [bold]{LOGIN}[/bold]  password: [bold]{password}[/bold]")
                return
            port = options["port"] or free_port()
            console.print(
                f"The desk: [bold]http://127.0.0.1:{port}/admin/[/bold]  (Ctrl-C ends it)"
            )
            console.print(f"Login: [bold]{LOGIN}[/bold]  password: [bold]{password}[/bold]")
            call_command("runserver", f"127.0.0.1:{port}", use_reloader=False, verbosity=0)


@contextmanager
def local_outlet() -> Iterator[outlet.Outlet | None]:
    """The demo outlet, and leave to read from it; None where an earlier demo has shown it."""
    if tour.shown_before():
        yield None
        return
    with tour.local_outlet_allowed(), outlet.running() as site:
        yield site


def make_login(file: Path) -> str:
    """A user for this machine, whose password is made once and kept in ``file`` (mode 0600)."""
    user = User.objects.filter(username=LOGIN).first()
    if user is not None and file.exists():
        return file.read_text(encoding="utf-8").strip()
    password = secrets.token_urlsafe(12)
    file.unlink(missing_ok=True)
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as output:
        output.write(password + "\n")
    if user is None:
        user = User.objects.create_superuser(LOGIN, password=password)
        user.groups.add(Group.objects.get(name="Editor"))
    else:
        user.set_password(password)
        user.save(update_fields=["password"])
    return password


def take_in_articles(console: Console) -> list[int]:
    """Read every bundled article into the record; the runs that its quotes come from."""
    runs = []
    with acting(job("demo")):
        for path in sorted(ARTICLES.glob("*.html")):
            stored = intake.take_in(str(path))
            console.print(
                f"[dim]{stored.outcome:<10}[/dim]{stored.article.source}: {stored.article}"
            )
            if stored.run is not None:
                runs.append(stored.run.pk)
                if stored.run.state == WorkState.QUEUED:
                    ring([stored.run.pk])
    return runs


def wait_for(runs: list[int], worker: subprocess.Popen[bytes], log: Path, console: Console) -> None:
    """Show the worker's progress until every run has ended; CommandError if it takes too long."""
    ended = ExtractionRun.objects.filter(pk__in=runs, state__in=[WorkState.DONE, WorkState.DEAD])
    give_up_at = time.monotonic() + WAIT_SECONDS
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console) as progress:
        bar = progress.add_task("Extracting quotes", total=len(runs))
        while (count := ended.count()) < len(runs):
            progress.update(bar, completed=count)
            check_alive(worker, log)
            if time.monotonic() > give_up_at:
                raise CommandError(
                    f"Not done after {WAIT_SECONDS} seconds. The worker's log: {log}"
                )
            time.sleep(POLL_SECONDS)
        progress.update(bar, completed=count)


def print_candidates(console: Console) -> None:
    """The candidates as a table, article by article in the order of the text."""
    table = Table(title="Candidates", title_justify="left", expand=True)
    table.add_column("Article", ratio=3, no_wrap=True)
    table.add_column("Speaker", ratio=3, no_wrap=True)
    table.add_column("Kind", no_wrap=True)
    table.add_column("Check", justify="right", no_wrap=True)
    table.add_column("Quote", ratio=9, no_wrap=True)
    quotes = (
        candidates()
        .select_related("speaker", "article_version__article")
        .defer("article_version__text")
        .order_by("article_version__article_id", "article_version_id", "start")
    )
    previous = None
    for quote in quotes:
        article = quote.article_version.article
        if previous is not None and article != previous:
            table.add_section()
        table.add_row(
            article.title if article != previous else "",
            str(quote.speaker or quote.suggested_name or " / ".join(quote.candidate_names) or "?"),
            quote.kind,
            f"{quote.check_worthiness:.2f}",
            " ".join(quote.content.split()),
        )
        previous = article
    console.print(table)
    console.print(f"{table.row_count} candidates")


def free_port() -> int:
    """The first port from 8000 that nothing listens on."""
    for port in range(FIRST_PORT, LAST_PORT):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise CommandError(f"Every port from {FIRST_PORT} to {LAST_PORT - 1} is taken: pass --port.")
