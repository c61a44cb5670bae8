"""Take in reviews of other fact-checkers: ``manage.py import_reviews FILE|URL``."""

import sys
from argparse import ArgumentParser
from collections import Counter
from pathlib import Path
from typing import Any

import pghistory
from django.core.management.base import BaseCommand, CommandError

from claims.ingest import IngestError
from claims.services.actors import job
from claims.services.external_reviews import REFUSED, Outcome, import_reviews, import_reviews_at


class Command(BaseCommand):
    help = (
        "Read ClaimReview from a file (- for standard input) or an address: one review, a list, "
        "a feed such as that of Data Commons, or a page that carries them. Reading it again "
        "changes nothing."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("target", metavar="FILE|URL")

    def handle(self, *args: Any, **options: Any) -> None:
        with pghistory.context(job="import_reviews"):
            try:
                done = self._imported(options["target"])
            except IngestError as error:
                raise CommandError(str(error)) from error
        for one in done:
            if one.outcome == REFUSED:
                self.stderr.write(f"{one.number}: {one.url or one.claim_text}: {one.reason}")
        counts = Counter(one.outcome for one in done)
        self.stdout.write(", ".join(f"{number} {name}" for name, number in counts.items()))

    def _imported(self, target: str) -> list[Outcome]:
        actor = job("import_reviews")
        if target.startswith(("http://", "https://")):
            return import_reviews_at(target, actor=actor)
        try:
            data = sys.stdin.buffer.read() if target == "-" else Path(target).read_bytes()
        except OSError as error:
            raise CommandError(f"{target} cannot be read: {error.strerror}.") from error
        return import_reviews(data, actor=actor)
