"""The API's reads against the SQL that they stand on, and under many clients at once.

    python -m benchmarks.api_reads [--rows 20000] [--repeats 30] [--seconds 15]

A desk of so many claims in a database of its own. Each address is asked for through Django's
whole request cycle, in turn with the very statements that it sent, sent again by psycopg2 alone,
their rows written by orjson. Then a gunicorn of two processes is asked by 16 clients, each with
a connection that it keeps, for so many seconds. Everything on one machine: the clients take
their share of its cores.
"""

import argparse
import base64
import os
import socket
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from urllib.parse import urlencode

import httpx
import orjson

from benchmarks.claims_desk import desk_of

CLIENTS = 16
COMMON, MEDIUM = "people", "hospital"


def key_of_an_editor() -> str:
    """A key that may read everything."""
    from django.contrib.auth.models import User

    from claims.services import api_keys
    from claims.services.actors import person

    editor = User.objects.get(username="load-0")
    return api_keys.create_key(actor=person(editor), name="benchmark", scopes=["read"])[1]


def addresses(rows: int) -> dict[str, str]:
    """What is asked for, by name."""
    from claims.demo.load.words import Words
    from claims.models import Claim

    # Page 10,000 begins half a million rows in; of a smaller desk the last third.
    deep = Claim.objects.order_by("-pk").values_list("pk", flat=True)[min(500_000, rows * 2 // 3)]
    cursor = base64.b64encode(urlencode({"p": deep}).encode()).decode()
    middle = Claim.objects.order_by("pk").values_list("pk", flat=True)[rows // 2]
    return {
        "claims, 100 a page": "/api/v1/claims?limit=100",
        "claims, 50 a page": "/api/v1/claims",
        "claims, page 10,000 of 50": f"/api/v1/claims?{urlencode({'cursor': cursor})}",
        "claims of a stage": "/api/v1/claims?stage=in_review",
        "a claim": f"/api/v1/claims/{middle}",
        "search, rare word": f"/api/v1/search?kind=claims&q={Words(1).rarest}",
        "search, medium word": f"/api/v1/search?kind=claims&q={MEDIUM}",
        "search, common word": f"/api/v1/search?kind=claims&q={COMMON}",
    }


def measured(way: Callable[[], object], repeats: int) -> list[float]:
    """Milliseconds of each of so many times, after one to warm up."""
    way()
    taken = []
    for _ in range(repeats):
        began = time.perf_counter()
        way()
        taken.append(1000 * (time.perf_counter() - began))
    return taken


def against_sql(paths: dict[str, str], key: str, repeats: int) -> None:
    """Print each address beside its own statements."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client(headers={"Authorization": f"Bearer {key}"})

    def ask(path: str) -> bytes:
        answer = client.get(path)
        if answer.status_code != 200:
            raise RuntimeError(answer.content)
        return answer.content

    print("| | queries | API ms | SQL and orjson ms | ratio |")
    print("| --- | --- | --- | --- | --- |")
    for name, path in paths.items():
        ask(path)
        with CaptureQueriesContext(connection) as sent:
            ask(path)
        statements = [query["sql"] for query in sent if query["sql"].startswith("SELECT")]

        def bare(statements: list[str] = statements) -> bytes:
            answers = []
            with connection.cursor() as wrapped:
                cursor = wrapped.cursor
                for statement in statements:
                    cursor.execute(statement)
                    names = [column.name for column in cursor.description]
                    answers.append([dict(zip(names, row, strict=True)) for row in cursor])
            return orjson.dumps(answers, default=str)

        api = statistics.median(measured(lambda path=path: ask(path), repeats))
        sql = statistics.median(measured(bare, repeats))
        print(f"| {name} | {len(statements)} | {api:.1f} | {sql:.1f} | {api / sql:.2f} |")


def under_load(paths: dict[str, str], key: str, seconds: float) -> None:
    """Print what 16 clients wait for."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", "factcheck.wsgi", "--workers", "2"]
    command += ["--threads", "4", "--bind", f"127.0.0.1:{port}", "--log-level", "error"]
    surroundings = {"API_KEY_RATE": "100000000/minute", "HTTPS_ONLY": "0", "LOG_LEVEL": "ERROR"}
    server = subprocess.Popen(command, env=os.environ | surroundings)
    try:
        _until_it_answers(port)
        taken: dict[str, list[float]] = {name: [] for name in paths}
        ends = time.monotonic() + seconds
        clients = [
            threading.Thread(target=_ask, args=(port, paths, key, ends, taken, number))
            for number in range(CLIENTS)
        ]
        for client in clients:
            client.start()
        for client in clients:
            client.join()
    finally:
        server.terminate()
        server.wait(timeout=30)
    print(f"\n| {CLIENTS} clients, 2 processes | requests | p50 ms | p99 ms |")
    print("| --- | --- | --- | --- |")
    for name, each in taken.items():
        if len(each) > 1:
            parts = statistics.quantiles(each, n=100)
            print(f"| {name} | {len(each)} | {parts[49]:.0f} | {parts[98]:.0f} |")
    whole = sum(map(len, taken.values()))
    print(f"\n{whole / seconds:,.0f} requests a second.")


def _until_it_answers(port: int) -> None:
    for _ in range(300):
        try:
            httpx.get(f"http://localhost:{port}/healthz", timeout=5)
        except httpx.TransportError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("gunicorn does not answer")


def _ask(
    port: int,
    paths: dict[str, str],
    key: str,
    ends: float,
    taken: dict[str, list[float]],
    number: int,
) -> None:
    names = list(paths)
    names = names[number % len(names) :] + names[: number % len(names)]
    headers = {"Authorization": f"Bearer {key}"}
    with httpx.Client(base_url=f"http://localhost:{port}", headers=headers, timeout=60) as client:
        while time.monotonic() < ends:
            for name in names:
                began = time.perf_counter()
                client.get(paths[name]).raise_for_status()
                taken[name].append(1000 * (time.perf_counter() - began))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--rows", type=int, default=20_000)
    parser.add_argument("--repeats", type=int, default=30)
    parser.add_argument("--seconds", type=float, default=15)
    options = parser.parse_args()
    with desk_of(options.rows):
        from django.conf import settings

        settings.API_KEY_RATE = "100000000/minute"
        settings.ALLOWED_HOSTS = ["*"]
        settings.SECURE_SSL_REDIRECT = False
        key, paths = key_of_an_editor(), addresses(options.rows)
        print(f"{options.rows:,} claims.\n")
        against_sql(paths, key, options.repeats)
        under_load(paths, key, options.seconds)


if __name__ == "__main__":
    main()
