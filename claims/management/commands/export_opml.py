"""The feeds as OPML: ``manage.py export_opml > feeds.opml``."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from claims.services import feeds


class Command(BaseCommand):
    help = "Write the feeds as an OPML list, to standard output or a file."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE", nargs="?", default="")

    def handle(self, *args: Any, **options: Any) -> None:
        written = feeds.export_opml()
        if options["file"]:
            Path(options["file"]).write_bytes(written)
        else:
            self.stdout.write(written.decode())
