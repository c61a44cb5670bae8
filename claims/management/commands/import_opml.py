"""Add the feeds of a list: ``manage.py import_opml FILE``."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

import pghistory
from django.core.management.base import BaseCommand, CommandError

from claims.ingest import IngestError
from claims.services import feeds
from claims.services.actors import job


class Command(BaseCommand):
    help = "Add the feeds of an OPML file (- for standard input); beat polls them from then on."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE")
        parser.add_argument("--source", default="", help="one outlet for all of them")

    def handle(self, *args: Any, **options: Any) -> None:
        name = options["file"]
        try:
            data = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
        except OSError as error:
            raise CommandError(f"{name} cannot be read: {error.strerror}.") from error
        with pghistory.context(job="import_opml"):
            try:
                done = feeds.import_opml(
                    data, actor=job("import_opml"), source_name=options["source"]
                )
            except IngestError as error:
                raise CommandError(str(error)) from error
        self.stdout.write(
            f"{done.added} feeds added, {done.known} known already, "
            f"{done.skipped} without an address that can be read"
        )
