"""Words per second of both engines, beside a plain pass over the same text.

    python -m benchmarks.extraction_speed [--words 100000] [--rounds 3]

The text is that of the articles committed with the tests, repeated as separate articles. The
baseline splits the same text into words and punctuation by one regular expression: no engine
can read faster than that in pure Python. The trained engine is measured with one thread and
with two. Cold start is a process of its own, from nothing to the quotes of one article.
"""

from __future__ import annotations

import argparse
import os
import platform
import re
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from claims.extraction import extract, extractor

ROOT = Path(__file__).resolve().parents[1]
_TOKEN = re.compile(r"\w+|[^\w\s]")

ENGINES = (
    (f"rules ({extractor('rules')}), 1 thread", "rules", "1"),
    (f"model ({extractor('model')}), 1 thread", "model", "1"),
    (f"model ({extractor('model')}), 2 threads", "model", "2"),
)


def best_of(rounds: int, work: Callable[[str], object], articles: list[str]) -> float:
    """Return the seconds of the fastest round over all articles."""
    seconds = []
    for _ in range(rounds):
        start = time.perf_counter()
        for article in articles:
            work(article)
        seconds.append(time.perf_counter() - start)
    return min(seconds)


def cold(engine: str, text: str) -> tuple[float, float]:
    """Return seconds and MiB of a fresh process that reads one article."""
    start = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "claims.extraction", "--engine", engine],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        cwd=ROOT,
    )
    assert process.stdin is not None
    process.stdin.write(text.encode())
    process.stdin.close()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"the {engine} engine ended with status {process.returncode}")
    return time.perf_counter() - start, usage.ru_maxrss / 1024


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--words", type=int, default=100_000, help="words to read (100,000)")
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

    # First, while this process is small: a child counts what its parent held at the fork.
    for engine in ("rules", "model"):
        seconds, peak = cold(engine, texts[0])
        print(f"cold start, {engine}: {seconds:.2f} s, peak memory {peak:,.0f} MiB")
    rows = [("split and tokenise", best_of(options.rounds, _TOKEN.findall, articles))]
    for label, engine, threads in ENGINES:
        os.environ["EXTRACTION_THREADS"] = threads
        read = partial(extract, engine=engine)
        read(texts[0])  # word lists and weights are read at first use
        rows.append((label, best_of(options.rounds, read, articles)))

    print(f"{words:,} words in {len(articles)} articles")
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    print(f"{'':<26}{'words/s':>12}{'µs a word':>12}{'× baseline':>12}")
    for name, seconds in rows:
        print(
            f"{name:<26}{words / seconds:>12,.0f}{1e6 * seconds / words:>12.2f}"
            f"{seconds / rows[0][1]:>12.1f}"
        )
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak memory over all of it {peak:,.0f} MiB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
