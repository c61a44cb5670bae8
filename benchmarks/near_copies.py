"""Near copies: how many are found, and what it costs to look for them among many articles.

    python -m benchmarks.near_copies [--pairs 2000] [--seed 20261122] [--articles 100000]

First pairs of texts, edited as newsrooms edit agency copy, and pairs that only look alike
(`tests/near_copies.py`): recall and precision of the whole way, bands and comparison. Then
articles of a realistic length and distribution of words, one in twenty a near copy of an
earlier one, each taken in by the service that a stored article goes through, in an embedded
PostgreSQL of its own: time of the last thousand against that of the first. ``--articles 0``
leaves that part out.
"""

import argparse
import os
import random
import statistics
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from claims.ingest.similarity import Thresholds, bands, compare, sketch
from tests.near_copies import Pair, base_texts, pairs

WORDS_AN_ARTICLE = (120, 700)
VOCABULARY = 40_000
COPY_EVERY = 20
SPAN_DAYS = 365
PART = 1000


def found(pair: Pair) -> bool:
    """Whether the bands bring the two texts together and the comparison takes them for copies."""
    one, other = (set(bands(sketch(text))) for text in (pair.one, pair.other))
    return bool(one & other) and Thresholds().hold(compare(pair.one, pair.other))


def measure(seed: int, count: int) -> None:
    """Print recall and precision over ``count`` copies and as many that are none."""
    right: Counter[bool] = Counter()
    taken: Counter[bool] = Counter()
    wrong: Counter[str] = Counter()
    for pair in pairs(seed, count):
        hit = found(pair)
        taken[pair.copies] += hit
        right[pair.copies] += 1
        if hit != pair.copies:
            wrong[f"missed: {pair.kind}" if pair.copies else f"taken: {pair.kind}"] += 1
    recall = taken[True] / right[True]
    precision = taken[True] / (taken[True] + taken[False])
    print(f"{right[True]:,} near copies, {right[False]:,} other pairs, seed {seed}")
    print(f"recall {recall:.4f} (wanted: 0.95), precision {precision:.4f} (wanted: 0.98)")
    for kind, number in wrong.most_common(12):
        print(f"  {number:>5}  {kind}")


def texts(seed: int, count: int) -> Iterator[str]:
    """Articles with the words of news in Zipf's distribution; every COPY_EVERY-th a near copy.

    A sentence in ten is a form that many articles share, as agencies' and sites' are.
    """
    draw = random.Random(seed)
    known = sorted({word for text in base_texts() for word in text.split()})
    made = [f"{draw.choice(known)}{number}" for number in range(VOCABULARY)]
    vocabulary = [*known, *made][:VOCABULARY]
    cumulated, total = [], 0.0
    for rank in range(1, VOCABULARY + 1):
        total += 1 / rank
        cumulated.append(total)
    forms = [" ".join(draw.choices(vocabulary, cum_weights=cumulated, k=12)) for _ in range(200)]
    recent: list[str] = []
    for number in range(count):
        if recent and number % COPY_EVERY == 0:
            parts = draw.choice(recent).split(". ")
            yield "By our desk. " + ". ".join(parts[: max(5, round(len(parts) * 0.7))])
            continue
        sentences = []
        length = 0
        while length < draw.randint(*WORDS_AN_ARTICLE):
            words = draw.choices(vocabulary, cum_weights=cumulated, k=16)
            sentences.append(draw.choice(forms) if draw.random() < 0.1 else " ".join(words))
            length += 16
        text = ". ".join(sentences)
        recent = [*recent[-200:], text]
        yield text


def take_in(articles: int, seed: int) -> None:
    """Store versions by the thousand, then time the service that finds their near copies."""
    from django.db import connection, transaction

    from claims.models import Article, Fingerprint, Source, Story
    from claims.services import copies
    from claims.services.articles import ArticleVersion, text_hash, url_hash

    source = Source.objects.create(name="Benchmark")
    began, started = datetime(2026, 1, 1, tzinfo=UTC), time.perf_counter()
    seconds: list[list[float]] = []
    rows: list[Article] = []
    made: list[str] = []
    for number, text in enumerate(texts(seed, articles)):
        url = f"https://benchmark.example/{number}"
        rows.append(
            Article(
                source=source,
                canonical_url=url,
                url_hash=url_hash(url),
                language="en",
                published_at=began + timedelta(days=SPAN_DAYS * number / articles),
            )
        )
        made.append(text)
        if len(rows) == PART or number == articles - 1:
            versions = _stored(Article.objects.bulk_create(rows), made, ArticleVersion, text_hash)
            seconds.append(_timed(versions, copies, transaction))
            rows, made = [], []
            middle = 1000 * statistics.median(seconds[-1])
            print(f"  {number + 1:>7,}: median {middle:.2f} ms an article", flush=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_total_relation_size('claims_fingerprint')")
        size = cursor.fetchone()[0]
    grouped = Article.objects.exclude(story=None).count()
    print(f"{articles:,} articles in {(time.perf_counter() - started) / 60:.1f} minutes")
    first, last = seconds[0], seconds[-1]
    print(f"first thousand {sum(first):.2f} s, last {sum(last):.2f} s")
    print(f"last / first: {sum(last) / sum(first):.2f} of the whole, ", end="")
    print(f"{statistics.median(last) / statistics.median(first):.2f} of the median article")
    print(f"{Story.objects.count():,} stories of {grouped:,} articles")
    print(f"{Fingerprint.objects.count():,} fingerprints, {size / 2**20:,.0f} MiB with indexes")


def _stored(articles, made, model, text_hash):  # type: ignore[no-untyped-def]
    """The version rows, which are not what is timed."""
    return model.objects.bulk_create(
        model(
            article=article,
            number=1,
            text=text,
            sha256=text_hash(text),
            fetched_at=article.published_at,
        )
        for article, text in zip(articles, made, strict=True)
    )


def _timed(versions, copies, transaction) -> list[float]:  # type: ignore[no-untyped-def]
    """Seconds of sketch, search, comparison and grouping, a transaction each as in the service."""
    taken = []
    for version in versions:
        began = time.perf_counter()
        with transaction.atomic():
            copies.record_version(version, copies.begin(version.text))
        taken.append(time.perf_counter() - began)
    return taken


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--pairs", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=20261122)
    parser.add_argument("--articles", type=int, default=100_000)
    options = parser.parse_args()
    if options.pairs:
        measure(options.seed, options.pairs)
    if not options.articles:
        return
    with tempfile.TemporaryDirectory(prefix="fc-bench-") as folder:
        Path(folder).chmod(0o755)
        os.environ.pop("DATABASE_URL", None)
        os.environ |= {"VAR_DIR": folder, "DEBUG": "0", "SECRET_KEY": "benchmark-" * 6}
        os.environ |= {"LOG_LEVEL": "WARNING", "DJANGO_SETTINGS_MODULE": "factcheck.settings"}
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        take_in(options.articles, options.seed)


if __name__ == "__main__":
    main()
