"""Rows per second: claims from NDJSON through the bulk service, against COPY.

    python -m benchmarks.api_import [--rows 20000] [--lines 20000] [--repeats 5]

Into a table of ``--rows`` claims, with all triggers, indexes and history. The service reads
each line, checks it, finds the quantities in its sentence, and writes claim, topic and the
first entry of the log; COPY writes the same rows into the same three tables, ready made. Both
take ``--lines`` claims a turn.
"""

import argparse
import io
import statistics
import time
from typing import Any

import orjson

from benchmarks.claims_desk import desk_of


def by_service(lines: list[bytes], user: Any) -> list[int]:
    """Keys of the claims that the service makes."""
    from claims.services import bulk
    from claims.services.actors import person

    outcomes = list(bulk.create_claims(lines, actor=person(user)))
    assert all(outcome.key for outcome in outcomes)
    return [outcome.key for outcome in outcomes if outcome.key]


def like(keys: list[int]) -> list[tuple[str, str, bytes]]:
    """Rows like those of ``keys`` for the three tables: table, columns, what COPY reads."""
    from django.db import connection

    from claims.models import Claim
    from claims.services.copying import take_keys

    shift = take_keys(Claim, len(keys))[0] - min(keys)
    tables = (
        ("claims_claim", "id"),
        ("claims_claim_topics", "claim_id"),
        ("claims_decision", "claim_id"),
    )
    found = []
    with connection.cursor() as cursor:
        for table, of in tables:
            cursor.execute(
                "SELECT column_name FROM information_schema.columns WHERE table_name = %s "
                "ORDER BY ordinal_position",
                [table],
            )
            columns = [name for (name,) in cursor.fetchall() if name != "id" or of == "id"]
            shown = ", ".join(f'"{c}" + {shift}' if c == of else f'"{c}"' for c in columns)
            content = io.BytesIO()
            cursor.copy_expert(
                f'COPY (SELECT {shown} FROM {table} WHERE "{of}" BETWEEN {min(keys)} AND '
                f'{max(keys)} ORDER BY "{of}") TO STDOUT',
                content,
            )
            names = ", ".join(f'"{c}"' for c in columns)
            found.append((table, names, content.getvalue()))
    return found


def by_copy(rows: list[tuple[str, str, bytes]]) -> float:
    """Seconds of COPY into the first table alone; all are written, in one transaction."""
    from django.db import connection, transaction

    with transaction.atomic(), connection.cursor() as cursor:
        began, first = time.perf_counter(), 0.0
        for table, columns, content in rows:
            cursor.copy_expert(f"COPY {table} ({columns}) FROM STDIN", io.BytesIO(content))
            first = first or time.perf_counter() - began
    return first


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--rows", type=int, default=20_000)
    parser.add_argument("--lines", type=int, default=20_000)
    parser.add_argument("--repeats", type=int, default=5)
    options = parser.parse_args()
    service, copied, alone = [], [], []
    with desk_of(options.rows):
        from django.contrib.auth.models import User

        from claims.demo.load.words import Words
        from claims.models import Topic

        user, words = User.objects.get(username="load-0"), Words(7)
        slugs = list(Topic.objects.values_list("slug", flat=True))
        for _ in range(options.repeats):
            lines = [
                orjson.dumps({"text": f"{words.sentence(11)}.", "topics": [slugs[n % len(slugs)]]})
                for n in range(options.lines)
            ]
            began = time.perf_counter()
            keys = by_service(lines, user)
            service.append(options.lines / (time.perf_counter() - began))
            rows = like(keys)
            began = time.perf_counter()
            first = by_copy(rows)
            copied.append(options.lines / (time.perf_counter() - began))
            alone.append(options.lines / first)
    ratio = statistics.median(s / c for s, c in zip(service, copied, strict=True))
    of_one = statistics.median(s / c for s, c in zip(service, alone, strict=True))
    print(f"| into a table of {options.rows:,} claims | claims/s | the service's share |")
    print("| --- | --- | --- |")
    print(f"| bulk service | {statistics.median(service):,.0f} | |")
    print(
        f"| COPY of the same rows, three tables | {statistics.median(copied):,.0f} | {ratio:.2f} |"
    )
    print(f"| COPY into claims_claim alone | {statistics.median(alone):,.0f} | {of_one:.2f} |")


if __name__ == "__main__":
    main()
