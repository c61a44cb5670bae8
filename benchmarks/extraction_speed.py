"""Words per second of `claims.extraction.extract`, beside a plain pass over the same text.

    python -m benchmarks.extraction_speed [--words 200000] [--rounds 3]

The text is that of the articles committed with the tests, repeated as separate articles. The
baseline splits the same text into words and punctuation by one regular expression: no engine
can read faster than that in pure Python.
"""

from __future__ import annotations

import argparse
import platform
import re
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path

from claims.extraction import EXTRACTOR, extract

ROOT = Path(__file__).resolve().parents[1]
_TOKEN = re.compile(r"\w+|[^\w\s]")


def best_of(rounds: int, work: Callable[[str], object], articles: list[str]) -> float:
    """Return the seconds of the fastest round over all articles."""
    seconds = []
    for _ in range(rounds):
        start = time.perf_counter()
        for article in articles:
            work(article)
        seconds.append(time.perf_counter() - start)
    return min(seconds)


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--words", type=int, default=200_000, help="words to read (200,000)")
    parser.add_argument("--rounds", type=int, default=3, help="rounds; the fastest counts (3)")
    options = parser.parse_args()
    texts = [
        path.read_text(encoding="utf-8")
        for path in sorted((ROOT / "tests" / "extraction" / "articles").glob("*.txt"))
    ]
    articles: list[str] = []
    words = 0
    while words < options.words:
        text = texts[len(articles) % len(texts)]
        articles.append(text)
        words += len(text.split())
    extract(texts[0])  # the word lists are read at first use

    quotes = sum(len(extract(article).quotes) for article in articles)
    rows = [
        ("split and tokenise", best_of(options.rounds, _TOKEN.findall, articles)),
        (f"extract ({EXTRACTOR})", best_of(options.rounds, extract, articles)),
    ]
    print(f"{words:,} words in {len(articles)} articles, {quotes:,} quotes, one thread")
    print(f"{platform.machine()}, Python {platform.python_version()}")
    print(f"{'':<22}{'words/s':>12}{'µs a word':>12}{'× baseline':>12}")
    for name, seconds in rows:
        print(
            f"{name:<22}{words / seconds:>12,.0f}{1e6 * seconds / words:>12.2f}"
            f"{seconds / rows[0][1]:>12.1f}"
        )
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak memory {peak:,.0f} MiB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
