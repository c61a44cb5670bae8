"""Fill a database with an invented desk: ``manage.py seed_load --quotes 1000000``."""

import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from claims.demo import load
from claims.models import Article

FEWEST = 100


class Command(BaseCommand):
    help = (
        "Fill an empty database with an invented desk, for measuring: a fifth as many claims as "
        "quotes, a twentieth as many articles. Writes by COPY, with all triggers and history."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--quotes", type=int, default=10_000, help="default: 10000")
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument(
            "--beside-real-work",
            action="store_true",
            help="fill a database that holds articles already; nothing takes the rows out again",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["quotes"] < FEWEST:
            raise CommandError(f"--quotes must be at least {FEWEST}.")
        if Article.objects.exists() and not options["beside_real_work"]:
            raise CommandError(
                "There are articles in this database. What is invented cannot be taken out again: "
                "use an empty database, or --beside-real-work."
            )
        began = time.monotonic()
        for name, rows in load.fill(options["quotes"], seed=options["seed"]):
            self.stdout.write(f"{rows:>12,} {name}")
            self.stdout.flush()
        self.stdout.write(f"in {time.monotonic() - began:.0f} s")
