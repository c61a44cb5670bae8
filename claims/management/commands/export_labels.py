"""Write what editors decided about quotes as training data, a line of JSON a quote."""

from argparse import ArgumentParser
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from claims.export.labels import lines


class Command(BaseCommand):
    help = "Write the decisions on quotes as NDJSON, for training and measuring extractors."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--output", help="a file; without it the lines go to the console")
        parser.add_argument("--since", help="only what was touched since this day: 2026-03-31")

    def handle(self, *args: Any, **options: Any) -> None:
        since = _day(options["since"])
        if not options["output"]:
            for line in lines(since=since):
                self.stdout.write(line, ending="")
            return
        count = 0
        with Path(options["output"]).open("w", encoding="utf-8") as file:
            for line in lines(since=since):
                file.write(line)
                count += 1
        self.stderr.write(f"{count} labels written to {options['output']}")


def _day(text: str | None) -> datetime | None:
    if not text:
        return None
    try:
        return timezone.make_aware(datetime.fromisoformat(text).replace(tzinfo=None))
    except ValueError as error:
        raise CommandError("--since wants a day such as 2026-03-31.") from error
