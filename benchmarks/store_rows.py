"""Rows per second: the service that stores an extraction, against COPY into the same table.

    python -m benchmarks.store_rows [--articles 200] [--quotes 50] [--repeats 5]

Both write the same quotes of the same articles into ``claims_quote`` with all its
constraints, triggers, indexes and history; the service also links speakers, checks
offsets, completes the runs and commits once an article, as a worker does. COPY is one
statement for all. Runs in an embedded PostgreSQL of its own, and alternates the two.
"""

import argparse
import io
import os
import statistics
import tempfile
import time
from pathlib import Path


def make_text(number: int, quotes: int) -> str:
    """An article of ``quotes`` direct quotations, different in every article."""
    return "\n\n".join(
        f"“In year {number} we mended {100 + n} of {900 + n} gates on the Senn,” "
        f"Minister Ada Lindqvist {'ABCDEFGHIJ'[n % 10]} said on day {n} of the inquiry."
        for n in range(quotes)
    )


def prepare(articles: int, quotes: int, tag: str) -> list[int]:
    """Store ``articles`` texts without quotes; return the queued runs."""
    from claims.ingest import read_text
    from claims.services.articles import store_document

    runs = []
    for number in range(articles):
        document = read_text(f"{tag}\n\n{make_text(number, quotes)}")
        run = store_document(document, source_name="Benchmark").run
        assert run is not None
        runs.append(run.pk)
    return runs


def by_service(runs: list[int]) -> tuple[int, float]:
    """Rows and seconds of the service, extraction itself left out."""
    from claims.extraction import extract
    from claims.models import ExtractionRun
    from claims.services.extraction import perform_run

    rows = ExtractionRun.objects.filter(pk__in=runs).select_related("article_version")
    known = {run.article_version.text: extract(run.article_version.text) for run in rows}
    began = time.perf_counter()
    added = sum(perform_run(pk, engine=known.__getitem__).added for pk in runs)
    return added, time.perf_counter() - began


def by_copy(runs: list[int], like: list[int]) -> tuple[int, float]:
    """Rows and seconds of COPY of the quotes that the service stored for ``like``."""
    from django.db import connection

    from claims.models import ExtractionRun, Quote
    from claims.services.copying import as_copied

    version_of = dict(
        zip(
            ExtractionRun.objects.filter(pk__in=like)
            .order_by("pk")
            .values_list("article_version_id", flat=True),
            ExtractionRun.objects.filter(pk__in=runs)
            .order_by("pk")
            .values_list("article_version_id", flat=True),
            strict=True,
        )
    )
    fields = [field for field in Quote._meta.concrete_fields if not field.primary_key]
    buffer = io.StringIO()
    rows = 0
    for quote in Quote.objects.filter(run__in=like).iterator():
        quote.article_version_id = version_of[quote.article_version_id]
        buffer.write("\t".join(as_copied(f, getattr(quote, f.attname)) for f in fields) + "\n")
        rows += 1
    buffer.seek(0)
    columns = ", ".join(f'"{field.column}"' for field in fields)
    with connection.cursor() as cursor:
        began = time.perf_counter()
        cursor.copy_expert(f"COPY claims_quote ({columns}) FROM STDIN", buffer)
        seconds = time.perf_counter() - began
    return rows, seconds


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--articles", type=int, default=200)
    parser.add_argument("--quotes", type=int, default=50, help="an article")
    parser.add_argument("--repeats", type=int, default=5)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="fc-bench-") as folder:
        Path(folder).chmod(0o755)
        os.environ.pop("DATABASE_URL", None)
        os.environ |= {"VAR_DIR": folder, "DEBUG": "0", "SECRET_KEY": "benchmark-" * 6}
        os.environ |= {"LOG_LEVEL": "WARNING", "DJANGO_SETTINGS_MODULE": "factcheck.settings"}
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        service, copied = [], []
        for repeat in range(options.repeats):
            like = prepare(options.articles, options.quotes, f"service {repeat}")
            rows, seconds = by_service(like)
            service.append(rows / seconds)
            # As long a heading, so that every offset holds in these texts too.
            runs = prepare(options.articles, options.quotes, f"copying {repeat}")
            rows, seconds = by_copy(runs, like)
            copied.append(rows / seconds)
    ratio = statistics.median(s / c for s, c in zip(service, copied, strict=True))
    print(f"{'way into claims_quote':<42}{'rows/s (median of ' + str(options.repeats) + ')':>26}")
    print(f"{'service, one transaction an article':<42}{statistics.median(service):>26,.0f}")
    print(f"{'COPY, one statement':<42}{statistics.median(copied):>26,.0f}")
    print(f"{'service / COPY, run by run':<42}{ratio:>26.2f}")


if __name__ == "__main__":
    main()
