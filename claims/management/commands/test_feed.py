"""What would come in from a feed, with nothing stored: ``manage.py test_feed URL``."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from claims.ingest import IngestError
from claims.services import feeds
from claims.services.actors import job


class Command(BaseCommand):
    help = "Read a feed, or the one that a page names, and show what would come in. Stores nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("url", metavar="URL")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            seen = feeds.preview(options["url"], actor=job("test_feed"))
        except IngestError as error:
            raise CommandError(str(error)) from error
        document = seen.document
        self.stdout.write(f"{document.title or '(no title)'} <{seen.url}> {document.format}")
        for entry, is_new in seen.entries:
            day = f"{entry.published:%Y-%m-%d %H:%M}" if entry.published else "(no date)"
            mark = "new  " if is_new else "known"
            self.stdout.write(f"  {mark}  {day:<16}  {entry.title or '(no title)'}  {entry.url}")
        self.stdout.write(
            f"{len(seen.entries)} entries, {seen.new} new, {document.skipped} without an address, "
            f"{document.left_out} beyond the limit"
        )
        for other in seen.others:
            self.stdout.write(f"  the page also names: {other.url} {other.title}")
