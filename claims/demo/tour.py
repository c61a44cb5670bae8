"""What the demo shows of intake: a feed comes in, and a quotation is quietly altered."""

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from rich.console import Console

from claims import tasks
from claims.choices import FetchPurpose, QuoteStatus
from claims.demo.acting import acting
from claims.demo.outlet import ALTERED, Outlet
from claims.models import ExtractionRun, Feed, Fetch, Quote, QuoteCheck
from claims.models.work import OPEN
from claims.services import feeds, fetching, quotes
from claims.services.actors import job, person

NAME = "Osterholt Gazette"
WAIT_SECONDS = 120
POLL_SECONDS = 0.1
#: The outlet is on this machine, answers at once, and is gone when the demo has ended.
SETTINGS: dict[str, tuple[str, Any]] = {
    "FETCH_ALLOWED_NETWORKS": ("127.0.0.1/32", ["127.0.0.1/32"]),
    "FETCH_HOST_SECONDS": ("0", 0),
    "RECHECK_AFTER": ("", []),
}


class TookTooLong(RuntimeError):
    """The worker did not get there in time."""


def environment() -> dict[str, str]:
    """What a worker process of the demo is started with."""
    return {**os.environ, **{name: text for name, (text, _) in SETTINGS.items()}}


@contextmanager
def local_outlet_allowed() -> Iterator[None]:
    """The same for this process, for as long as the block lasts."""
    before = {name: getattr(settings, name) for name in SETTINGS}
    try:
        for name, (_, value) in SETTINGS.items():
            setattr(settings, name, value)
        yield
    finally:
        for name, value in before.items():
            setattr(settings, name, value)


def shown_before() -> bool:
    """Whether an earlier demo took the outlet in: its address then was another."""
    return Feed.objects.filter(title=NAME).exists()


def take_in_feed(site: Outlet, console: Console) -> Feed:
    """Add the outlet by its front page, and have a worker read what its feed names."""
    demo = job("demo")
    with acting(demo):
        feed = feeds.add_feed(site.url, actor=demo).feed
        tasks.ring_feeds([feed.pk])
    found = Fetch.objects.filter(feed=feed)
    _wait("the feed's pages", lambda: found.exists() and not found.filter(state__in=OPEN).exists())
    console.print(f"[dim]feed      [/dim]{feed.source}: {found.count()} articles from {feed.url}")
    return feed


def runs_of(feed: Feed) -> list[int]:
    """The extractions of what the feed brought."""
    versions = Fetch.objects.filter(feed=feed).values("article_version")
    runs = ExtractionRun.objects.filter(article_version__in=versions)
    return list(runs.values_list("pk", flat=True))


def show_altered(site: Outlet, feed: Feed, user: User, console: Console) -> None:
    """Accept a quotation, have the outlet alter it, read the page again, and print what is seen."""
    slug, before, _ = ALTERED
    quote = Quote.objects.get(
        article_version__article__canonical_url__endswith=slug,
        status=QuoteStatus.CANDIDATE,
        text__contains=before,
    )
    editor, demo = person(user), job("demo")
    with acting(editor):
        quotes.accept_as_new_claim(quote, actor=editor, text=quote.content.strip("“”,"))
    site.alter()
    with acting(demo):
        again = fetching.request_fetch(
            quote.article_version.article.canonical_url,
            purpose=FetchPurpose.RECHECK,
            article=quote.article_version.article,
        )
        if again is not None:
            tasks.ring_fetches([again.pk])
    checks = QuoteCheck.objects.filter(quote=quote)
    _wait("the page to be read again", checks.exists)
    check = checks.latest("pk")
    console.print(f"[bold]{check.get_standing_display()}[/bold] by the outlet after it was read:")
    console.print(f"  then  {quote.text}", highlight=False)
    console.print(f"  now   {check.found}", highlight=False)
    # The outlet ends with the demo; its feed would only fail.
    with acting(demo):
        feeds.pause(feed, actor=demo)


def _wait(what: str, done: Callable[[], bool]) -> None:
    give_up_at = time.monotonic() + WAIT_SECONDS
    while not done():
        if time.monotonic() > give_up_at:
            raise TookTooLong(f"Not done after {WAIT_SECONDS} seconds: {what}.")
        time.sleep(POLL_SECONDS)
