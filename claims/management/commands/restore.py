"""Put a backup back: ``manage.py restore FOLDER``."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from claims.services import backup
from factcheck.postgres.clients import ClientError


class Command(BaseCommand):
    help = (
        "Read a backup from end to end, put it into an empty database and the storage, bring it "
        "up to this version and check the record. Stop web, workers and beat before. A damaged "
        "backup changes nothing."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("source", type=Path, help="What manage.py backup wrote.")
        parser.add_argument(
            "--overwrite",
            action="store_true",
            help="Put it in the place of a database that is not empty: what is there is gone.",
        )
        parser.add_argument(
            "--verify-only", action="store_true", help="Only read it, and say whether it is whole."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        source = options["source"].absolute()
        try:
            if options["verify_only"]:
                manifest = backup.verify(source)
                self.stdout.write(f"The backup of {manifest.made_at} is whole.")
                return
            findings = backup.restore(source, overwrite=options["overwrite"])
        except (backup.BackupError, ClientError, OSError) as error:
            raise CommandError(str(error)) from error
        for each in findings:
            self.stdout.write(f"{each.rule}: {each.row}: {each.problem}")
        if findings:
            raise CommandError(f"Restored, but the record does not hold: {len(findings)} findings.")
        self.stdout.write("Restored. The record holds.")
