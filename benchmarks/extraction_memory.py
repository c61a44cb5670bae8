"""Memory of one process over many articles: it must not grow with their number.

    python -m benchmarks.extraction_memory [--articles 10000] [--engine model] [--seconds 3600]

The committed articles, cut to different lengths so that no two texts in a row are alike, go
through ``extract_many`` and the desk's cut. Prints the peak after each tenth and stops by itself.
Exit status 1 if the peak grew by more than a tenth in the second half.
"""

import argparse
import resource
import sys
import time
from collections.abc import Iterator
from itertools import cycle, islice
from pathlib import Path

from claims.extraction import ENGINES, extract_many, offer

ROOT = Path(__file__).resolve().parents[1]
CHARACTERS = 1500
"""Of a text at least; half of the texts are that short, the longest is a whole article."""


def texts() -> Iterator[str]:
    """Yield texts of many lengths, for ever."""
    whole = [
        path.read_text(encoding="utf-8")
        for path in sorted((ROOT / "tests" / "extraction" / "articles").glob("*.txt"))
    ]
    for number, text in enumerate(cycle(whole)):
        yield f"Edition {number}.\n\n{text[: CHARACTERS + 37 * (number % 101)]}"


def peak() -> float:
    """Return the most memory that this process has held, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--engine", choices=list(ENGINES), default="model")
    parser.add_argument("--seconds", type=float, default=3600, help="stop after so long (3600)")
    options = parser.parse_args()
    began = time.monotonic()
    step = max(1, options.articles // 10)
    peaks = []
    quotes = 0
    found = extract_many(islice(texts(), options.articles), engine=options.engine)
    for read, extraction in enumerate(found, start=1):
        quotes += len(offer(extraction).extraction.quotes)
        late = time.monotonic() - began > options.seconds
        if read % step == 0 or late:
            peaks.append(peak())
            print(f"{read:>8,} articles{quotes:>10,} quotes{peaks[-1]:>8,.0f} MiB", flush=True)
        if late:
            print(f"stopped after {options.seconds:,.0f} seconds")
            break
    grown = peaks[-1] / peaks[len(peaks) // 2 - 1] if len(peaks) > 1 else 1.0
    return int(grown > 1.1)


if __name__ == "__main__":
    sys.exit(main())
