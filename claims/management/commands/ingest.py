"""Read articles into the record: ``manage.py ingest PATH|URL|- ...``."""

import logging
from argparse import ArgumentParser
from datetime import UTC, datetime
from typing import Any

import pghistory
from django.core.management.base import BaseCommand, CommandError
from django.utils.dateparse import parse_date, parse_datetime

from claims.choices import WorkState
from claims.ingest import IngestError, Overrides
from claims.services import extraction, intake
from claims.services.articles import Stored
from claims.services.errors import ArchiveUnavailable
from claims.tasks import ring


class Command(BaseCommand):
    help = (
        "Read plain text or HTML into the record and queue its extraction. An article that is "
        "known by its address and unchanged is left alone; a changed text becomes a new version."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "targets", nargs="+", metavar="PATH|URL|-", help="a file, an address, or - for stdin"
        )
        parser.add_argument("--source", default="", help="the outlet, such as 'The Guardian'")
        parser.add_argument("--title", default="")
        parser.add_argument("--byline", default="")
        parser.add_argument("--url", default="", help="the address that identifies the article")
        parser.add_argument("--language", default="", help="such as en")
        parser.add_argument(
            "--published", default="", help="2026-03-12 or 2026-03-12T09:30+01:00 (UTC if unsaid)"
        )
        parser.add_argument(
            "--now", action="store_true", help="extract here instead of leaving it to a worker"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        targets: list[str] = options["targets"]
        overrides: Overrides = {
            "title": options["title"],
            "byline": options["byline"],
            "language": options["language"],
            "canonical_url": options["url"],
            "published_at": _moment(options["published"]),
        }
        if len(targets) > 1 and (options["url"] or options["title"]):
            raise CommandError("--url and --title describe one article: give one target with them.")
        logging.getLogger("django_structlog").setLevel(logging.WARNING)
        failed = 0
        with pghistory.context(job="ingest"):
            for target in targets:
                try:
                    stored = intake.take_in(target, source_name=options["source"], **overrides)
                except (IngestError, ArchiveUnavailable) as error:
                    failed += 1
                    self.stderr.write(self.style.ERROR(f"{target}: {error}"))
                    continue
                self.stdout.write(
                    f"{stored.outcome}: {stored.article} {self._follow_up(stored, options['now'])}"
                )
        if failed:
            raise CommandError(f"{failed} of {len(targets)} could not be read.")

    def _follow_up(self, stored: Stored, now: bool) -> str:
        """Have the quotes extracted, here or by a worker, and say which."""
        if stored.run is None:
            return f"(the same text as “{stored.article.copy_of}”)"
        if not now:
            if stored.run.state == WorkState.QUEUED:
                ring([stored.run.pk])
                return "(extraction queued for a worker)"
            return f"(extraction {stored.run.get_state_display().lower()})"
        merged = extraction.perform_run(stored.run.pk)
        return f"({merged.added} quotes added)" if merged else "(nothing left to extract)"


def _moment(value: str) -> datetime | None:
    if not value:
        return None
    try:
        moment = parse_datetime(value)
        day = parse_date(value) if moment is None else None
    except ValueError as error:
        raise CommandError(f"--published {value}: {error}.") from None
    if moment is None and day is not None:
        moment = datetime(day.year, day.month, day.day, tzinfo=UTC)
    if moment is None:
        raise CommandError(
            f"--published {value!r} is no date. Write 2026-03-12 or 2026-03-12T09:30+01:00."
        )
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
