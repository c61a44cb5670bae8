"""Rows per second: claims as NDJSON and CSV, against a plain COPY of their table.

    python -m benchmarks.api_export [--rows 20000] [--repeats 5]

COPY writes the columns as they are. The export writes the names of the fields, the names of
people and the slugs of topics instead of keys, about twice the bytes; so rows and bytes are
both given. All are read to the end in turn and thrown away. Memory is the peak of this process
before the exports and behind them.
"""

import argparse
import resource
import statistics
import time
from collections.abc import Callable

from benchmarks.claims_desk import desk_of


class Sink:
    """What COPY writes into: counted and thrown away."""

    def __init__(self) -> None:
        self.size = 0

    def write(self, content: bytes) -> None:
        self.size += len(content)


def plain_copy() -> int:
    """Bytes of the table as COPY writes it."""
    from django.db import connection

    sink = Sink()
    with connection.cursor() as cursor:
        cursor.copy_expert("COPY claims_claim TO STDOUT", sink)
    return sink.size


def exported(form: str) -> int:
    """Bytes of an export, as a view would send it."""
    from django.contrib.auth.models import User

    from claims.services import exports

    viewer = User.objects.get(username="load-0")
    return sum(len(piece) for piece in exports.begin("claims", form, viewer=viewer).pieces)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--rows", type=int, default=20_000)
    parser.add_argument("--repeats", type=int, default=5)
    options = parser.parse_args()
    ways: dict[str, Callable[[], int]] = {
        "COPY claims_claim TO STDOUT": plain_copy,
        "NDJSON": lambda: exported("ndjson"),
        "CSV": lambda: exported("csv"),
    }
    with desk_of(options.rows):
        size, seconds = {}, {name: [] for name in ways}  # type: ignore[var-annotated]
        plain_copy()
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        for _ in range(options.repeats):
            for name, way in ways.items():
                began = time.perf_counter()
                size[name] = way()
                seconds[name].append(time.perf_counter() - began)
        after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    copied = seconds["COPY claims_claim TO STDOUT"]
    print(f"| {options.rows:,} claims | rows/s | MB/s | of COPY, rows | of COPY, bytes |")
    print("| --- | --- | --- | --- | --- |")
    for name, taken in seconds.items():
        middle = statistics.median(taken)
        ratio = statistics.median(c / t for c, t in zip(copied, taken, strict=True))
        of_bytes = ratio * size[name] / size["COPY claims_claim TO STDOUT"]
        print(
            f"| {name} | {options.rows / middle:,.0f} | {size[name] / middle / 1e6:.0f} | "
            f"{ratio:.2f} | {of_bytes:.2f} |"
        )
    print(f"\nPeak memory: {before / 1024:.0f} MiB before the exports, {after / 1024:.0f} behind.")


if __name__ == "__main__":
    main()
