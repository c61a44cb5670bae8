"""Back the whole record up: ``manage.py backup FOLDER``."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from claims.services import backup
from factcheck.postgres.clients import ClientError


class Command(BaseCommand):
    help = (
        "Write the database and every file that it points to into a new folder, while the desk "
        "goes on working. The folder holds confidential evidence and everybody's password hash: "
        "keep it as you keep those."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("destination", type=Path, help="A folder that is not there yet.")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            manifest = backup.make(options["destination"].absolute())
        except (backup.BackupError, ClientError, OSError) as error:
            raise CommandError(str(error)) from error
        articles = manifest.counts["claims.Article"]
        self.stdout.write(
            f"{options['destination']}: {articles:,} articles, "
            f"{manifest.counts['claims.Quote']:,} quotes, {manifest.files:,} files."
        )
