"""Serve the demo outlet from this machine until Ctrl-C: ``manage.py demo_outlet``."""

import signal
from argparse import ArgumentParser
from contextlib import suppress
from typing import Any

from django.core.management.base import BaseCommand

from claims.demo import outlet


class Command(BaseCommand):
    help = "Serve a small invented newspaper (pages, feed, news sitemap) on this machine."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=0, help="default: a free one")

    def handle(self, *args: Any, **options: Any) -> None:
        with outlet.running(options["port"]) as site:
            self.stdout.write(
                f"The outlet: {site.url}/   its feed: {site.feed}\n"
                "The desk reads from it with FETCH_ALLOWED_NETWORKS=127.0.0.1/32, above all:\n"
                f"  FETCH_ALLOWED_NETWORKS=127.0.0.1/32 manage.py add_feed {site.url}/\n"
                f"Alter a quotation:      curl -X POST {site.url}/alter\n"
                f"Publish one more story: curl -X POST {site.url}/publish\n"
                "Ctrl-C ends it."
            )
            self.stdout.flush()
            with suppress(KeyboardInterrupt):
                signal.pause()
