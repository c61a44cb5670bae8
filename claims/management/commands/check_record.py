"""Look whether the record holds: ``manage.py check_record``."""

from collections import Counter
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from claims.services.record_check import check_record


class Command(BaseCommand):
    help = (
        "Read the whole record back: every offset gives its text, every hash its text or "
        "snapshot, no row without what it belongs to. Lists what does not hold and ends with "
        "status 1 then. Changes nothing."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        found = Counter[str]()
        for finding in check_record():
            found[finding.rule] += 1
            self.stdout.write(f"{finding.rule}: {finding.row}: {finding.problem}")
        if found:
            counts = ", ".join(f"{rule} {number}" for rule, number in found.items())
            raise CommandError(f"The record does not hold: {counts}.")
        self.stdout.write("The record holds.")
