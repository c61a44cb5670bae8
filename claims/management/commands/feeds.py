"""The feeds and how they do: ``manage.py feeds``."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.timezone import localtime

from claims.choices import FeedState
from claims.models import Feed


class Command(BaseCommand):
    help = "List the feeds with their state, interval, next poll and last error."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--state", choices=FeedState.values, help="only these")

    def handle(self, *args: Any, **options: Any) -> None:
        rows = Feed.objects.select_related("source").order_by("source__name", "pk")
        if options["state"]:
            rows = rows.filter(state=options["state"])
        for feed in rows:
            self.stdout.write(
                f"{feed.pk:>6}  {feed.get_state_display():<22} {_polled(feed):<34} "
                f"{feed.source}: {feed} <{feed.url}>"
            )
            if feed.last_error:
                reason = " ".join(feed.last_error.strip().rpartition("\n")[2].split())
                self.stdout.write(f"        {feed.failures} failed: {reason[:160]}")
        self.stdout.write(f"{len(rows)} feeds")


def _polled(feed: Feed) -> str:
    if feed.next_poll_at is None:
        return "not polled"
    return (
        f"every {feed.interval_seconds // 60} min, next {localtime(feed.next_poll_at):%d %b %H:%M}"
    )
