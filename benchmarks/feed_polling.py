"""Feeds: one sweep over ten thousand that are due at once, and polls a second.

    python -m benchmarks.feed_polling [--feeds 10000] [--polls 200] [--repeats 5]

The sweep is `services.polling.due_feeds`: queries and milliseconds, every feed due. The polls
are whole ones, one after the other in one process, from a web server on this machine: first
each feed brings 20 entries, then it is unchanged (304). Runs in an embedded PostgreSQL of its
own.
"""

import argparse
import os
import statistics
import tempfile
import time
from pathlib import Path


def sweep(feeds: int, repeats: int) -> tuple[int, float]:
    """Queries of one sweep, and the median of its milliseconds."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext
    from django.utils import timezone

    from claims.models import Feed, Source
    from claims.services.polling import due_feeds

    source = Source.objects.create(name="Benchmark")
    Feed.objects.bulk_create(
        Feed(source=source, url=f"https://host{n % (feeds // 10)}.example/{n}")
        for n in range(feeds)
    )
    times, queries = [], 0
    for _ in range(repeats):
        now = timezone.now()
        Feed.objects.update(next_poll_at=now, lease_token=None, leased_until=None)
        with CaptureQueriesContext(connection) as captured:
            began = time.perf_counter()
            rung = due_feeds(now=now)
            times.append(time.perf_counter() - began)
        assert len(set(rung)) == feeds
        queries = len(captured)
    Feed.objects.all().delete()
    return queries, statistics.median(times) * 1000


def polls(count: int) -> tuple[float, float]:
    """Polls a second that bring 20 entries each, and that bring nothing."""
    from django.utils import timezone

    from claims.models import Feed, Source
    from claims.services.polling import perform_poll
    from tests.feedweb import rss, running

    source = Source.objects.get(name="Benchmark")
    rates = []
    with running() as web:
        made = [
            Feed.objects.create(
                source=source,
                url=web.reply(f"/{n}", rss(*(f"{n}-{i}" for i in range(20))), Etag=f'"{n}"'),
            )
            for n in range(count)
        ]
        for brings in (20, 0):
            Feed.objects.update(next_poll_at=timezone.now())
            began = time.perf_counter()
            found = [perform_poll(feed.pk) for feed in made]
            rates.append(count / (time.perf_counter() - began))
            assert all(each is not None and each.new == brings for each in found)
    return rates[0], rates[1]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--feeds", type=int, default=10_000)
    parser.add_argument("--polls", type=int, default=200)
    parser.add_argument("--repeats", type=int, default=5)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="fc-bench-") as folder:
        Path(folder).chmod(0o755)
        os.environ.pop("DATABASE_URL", None)
        os.environ |= {"VAR_DIR": folder, "DEBUG": "0", "SECRET_KEY": "benchmark-" * 6}
        os.environ |= {"LOG_LEVEL": "WARNING", "DJANGO_SETTINGS_MODULE": "factcheck.settings"}
        os.environ |= {"FEED_POLL_BATCH": str(options.feeds), "FETCH_HOST_SECONDS": "0"}
        os.environ |= {"FETCH_ALLOWED_NETWORKS": "127.0.0.1/32"}
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        queries, milliseconds = sweep(options.feeds, options.repeats)
        bringing, unchanged = polls(options.polls)
    print(f"{'sweep of ' + format(options.feeds, ',') + ' due feeds, queries':<48}{queries:>10}")
    print(f"{'the same, ms (median of ' + str(options.repeats) + ')':<48}{milliseconds:>10,.0f}")
    print(f"{'polls/s, 20 new entries each':<48}{bringing:>10,.1f}")
    print(f"{'polls/s, unchanged (304)':<48}{unchanged:>10,.1f}")


if __name__ == "__main__":
    main()
