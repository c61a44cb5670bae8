"""Poll feeds without waiting for beat: ``manage.py poll_feeds [--due | --feed N|URL]``."""

import logging
import time
from argparse import ArgumentParser
from typing import Any

import pghistory
from django.core.management.base import BaseCommand, CommandError
from django.db.models import QuerySet

from claims.choices import FeedState, FetchPurpose
from claims.models import ExtractionRun, Feed, Fetch
from claims.models.work import OPEN
from claims.services import extraction, feeds, fetching, leasing, polling
from claims.services.actors import job
from claims.services.errors import DeskError
from claims.tasks import ring_feeds

LONGEST_PAUSE_SECONDS = 2.0


class Command(BaseCommand):
    help = (
        "Poll feeds: those that are due, one of them, or all active ones. Workers do it, "
        "unless --now is given."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        which = parser.add_mutually_exclusive_group()
        which.add_argument("--due", action="store_true", help="only those that are due")
        which.add_argument("--feed", default="", metavar="N|URL", help="only this one")
        parser.add_argument(
            "--now",
            action="store_true",
            help="poll here, read the pages and extract their quotes, without a worker",
        )
        parser.add_argument(
            "--within", type=int, default=600, metavar="SECONDS", help="give up after (--now)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        logging.getLogger("django_structlog").setLevel(logging.WARNING)
        with pghistory.context(job="poll_feeds"):
            chosen = self._chosen(options)
            if options["now"]:
                self._here(chosen, within=options["within"])
            else:
                ring_feeds(chosen)
                self.stdout.write(f"{len(chosen)} feeds rung for: a worker polls them.")

    def _chosen(self, options: dict[str, Any]) -> list[int]:
        """The feeds to poll, made due."""
        if options["due"]:
            return polling.due_feeds()
        rows = Feed.objects.filter(state=FeedState.ACTIVE).order_by("pk")
        if options["feed"]:
            rows = _named(options["feed"])
        try:
            return [feeds.poll_now(row, actor=job("poll_feeds")).pk for row in rows]
        except DeskError as refusal:
            raise CommandError(str(refusal)) from refusal

    def _here(self, chosen: list[int], *, within: int) -> None:
        give_up_at = time.monotonic() + within
        failed = 0
        for pk in chosen:
            polled = _polled(pk, give_up_at)
            feed = Feed.objects.get(pk=pk)
            if polled is None:
                failed += 1
                reason = feed.last_error.strip() or "another worker has it."
                self.stderr.write(self.style.ERROR(f"{feed}: {reason}"))
            else:
                self.stdout.write(f"{feed}: {polled.new} new")
        quotes = self._read(
            Fetch.objects.filter(feed__in=chosen, purpose=FetchPurpose.FEED, error=""), give_up_at
        )
        self.stdout.write(f"{quotes} quotes")
        if failed:
            raise CommandError(f"{failed} of {len(chosen)} feeds could not be read.")

    def _read(self, fetches: QuerySet[Fetch], give_up_at: float) -> int:
        """Read the pages as their hosts allow, and extract; the number of quotes found."""
        quotes = 0
        while (row := fetches.filter(state__in=OPEN).order_by("due_at").first()) is not None:
            if time.monotonic() > give_up_at:
                raise CommandError("Not done in the time given (--within); workers may go on.")
            if not _pause_until(row):
                continue
            stored = fetching.perform_fetch(row.pk)
            row.refresh_from_db()
            if row.outcome:
                self.stdout.write(f"  {row.get_outcome_display()}: {row.article or row.url}")
            if stored is not None and stored.run is not None:
                quotes += _extracted(stored.run)
        return quotes


def _named(name: str) -> QuerySet[Feed]:
    rows = Feed.objects.filter(pk=int(name)) if name.isdecimal() else Feed.objects.filter(url=name)
    if not rows.exists():
        raise CommandError(f"There is no feed {name}: manage.py feeds lists them.")
    return rows


def _polled(pk: int, give_up_at: float) -> polling.Polled | None:
    """Poll one feed, waiting for its host's turn."""
    while (polled := polling.perform_poll(pk)) is None and time.monotonic() < give_up_at:
        feed = Feed.objects.get(pk=pk)
        put_back = feed.state == FeedState.ACTIVE and feed.lease_token is None and not feed.failures
        if not put_back or feed.next_poll_at is None:
            return None
        wait = (feed.next_poll_at - leasing.database_now()).total_seconds()
        if wait > LONGEST_PAUSE_SECONDS * 30:
            return None
        time.sleep(max(0.0, wait))
    return polled


def _pause_until(row: Fetch) -> bool:
    """Sleep a while until the fetch is due; whether it is now."""
    if row.due_at is None:
        return True
    wait = (row.due_at - leasing.database_now()).total_seconds()
    if wait <= 0:
        return True
    time.sleep(min(wait, LONGEST_PAUSE_SECONDS))
    return wait <= LONGEST_PAUSE_SECONDS


def _extracted(run: ExtractionRun) -> int:
    merged = extraction.perform_run(run.pk)
    return merged.added if merged else 0
