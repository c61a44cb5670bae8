"""Add a feed by its address, or by that of a page that names it: ``manage.py add_feed URL``."""

from argparse import ArgumentParser
from typing import Any

import pghistory
from django.core.management.base import BaseCommand, CommandError

from claims.ingest import IngestError
from claims.services import feeds
from claims.services.actors import job
from claims.services.errors import DeskError


class Command(BaseCommand):
    help = (
        "Add a feed (RSS, Atom, JSON Feed, news sitemap), given its address or that of a page "
        "that names it. It is read once to see that it works; beat polls it from then on."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("url", metavar="URL")
        parser.add_argument("--source", default="", help="the outlet, such as 'The Guardian'")

    def handle(self, *args: Any, **options: Any) -> None:
        with pghistory.context(job="add_feed"):
            try:
                added = feeds.add_feed(
                    options["url"], actor=job("add_feed"), source_name=options["source"]
                )
            except (IngestError, DeskError) as error:
                raise CommandError(str(error)) from error
        feed = added.feed
        word = "added" if added.created else f"there already, {feed.get_state_display().lower()}"
        self.stdout.write(f"Feed {feed.pk} {word}: {feed} of {feed.source} ({feed.url})")
        for other in added.others:
            self.stdout.write(f"  the page also names: {other.url} {other.title}")
