"""The bundled articles read by the rules, judged in part, and read again by the trained engine.

    python -m benchmarks.reextraction

In an embedded PostgreSQL of its own: every third quote of the rules is accepted and every other
third rejected; then the trained engine reads the same versions. Exit status 1 if anything that
was judged has changed.
"""

import os
import sys
import tempfile
from collections import Counter
from pathlib import Path


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="fc-again-") as folder:
        Path(folder).chmod(0o755)
        os.environ.pop("DATABASE_URL", None)
        os.environ |= {"VAR_DIR": folder, "DEBUG": "0", "SECRET_KEY": "benchmark-" * 6}
        os.environ |= {"LOG_LEVEL": "ERROR", "DJANGO_SETTINGS_MODULE": "factcheck.settings"}
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        return compare()


def compare() -> int:
    """Print what the second reading does to the first; 1 if a judged quote changed."""
    from django.contrib.auth.models import User

    from claims import demo
    from claims.choices import RejectReason
    from claims.extraction import extractor
    from claims.ingest import read_file
    from claims.models import ExtractionRun, Quote
    from claims.services import quotes
    from claims.services.actors import person
    from claims.services.articles import store_document
    from claims.services.extraction import perform_run, request_run

    user = User.objects.create_superuser("benchmark")
    versions = []
    for path in sorted((Path(demo.__path__[0]) / "articles").glob("*.html")):
        run = store_document(read_file(path)).run
        assert run is not None
        versions.append(run.article_version)
    ExtractionRun.objects.all().delete()
    for version in versions:
        perform_run(request_run(version, by=extractor("rules")).pk)
    first = Quote.objects.count()
    for number, row in enumerate(Quote.objects.order_by("pk")):
        if number % 3 == 0:
            quotes.accept_as_new_claim(row, actor=person(user), text="It was said.")
        elif number % 3 == 1:
            quotes.reject(row, actor=person(user), reason_code=RejectReason.NOT_RELEVANT)
    judged = {row["id"]: row for row in Quote.objects.exclude(touched_at=None).values()}
    total: Counter[str] = Counter()
    for version in versions:
        run = request_run(version, by=extractor("model"))
        merged = perform_run(run.pk)
        run.refresh_from_db()
        assert merged is not None, run.error
        total.update(added=merged.added, updated=merged.updated, withdrawn=merged.withdrawn)
        total.update(kept=merged.kept, held=run.quotes_held_back or 0)
    now = {row["id"]: row for row in Quote.objects.exclude(touched_at=None).values()}
    changed = sum(now.get(pk) != row for pk, row in judged.items())
    for label, count in (
        (f"quotes of {extractor('rules')}", first),
        ("of these judged", len(judged)),
        (f"judged ones changed by {extractor('model')}", changed),
        ("found again and left to people", total["kept"]),
        ("added", total["added"]),
        ("candidates updated", total["updated"]),
        ("candidates withdrawn", total["withdrawn"]),
        ("held back from the desk", total["held"]),
    ):
        print(f"{label:<40}{count:>6}")
    return int(bool(changed))


if __name__ == "__main__":
    sys.exit(main())
