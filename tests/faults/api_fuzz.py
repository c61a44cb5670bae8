"""Ask the API for whatever its schema allows, and for what it does not, with every role's key.

    python -m tests.faults.api_fuzz --requests 10000 [--seed 1]

schemathesis makes the requests: examples, boundary values, random ones that fit the schema and
that do not, and chains along its links. Each answer is held to the schema: no 5xx, no status,
header, type or member that is not in it, nothing taken that it forbids, nothing refused that it
allows. The server is gunicorn with DEBUG=0 on a database of its own, with no worker and no way
to any other machine. Ends with status 1 and a list where something is wrong.
"""

import argparse
import json
import logging
import os
import random
import signal
import socket
import subprocess
import sys
import tempfile
import time
import traceback
import urllib.request
import uuid
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import schemathesis
from schemathesis.config import SchemathesisConfig
from schemathesis.engine import events, from_schema

ROOT = Path(__file__).resolve().parents[2]
NOBODY = "anonymous"
START_SECONDS = 90
GOOGLES = "/api/compat/"
ROWS = 60
"""As many rows as a table has here, about: keys in addresses are drawn from them."""
CHAINED = 0.25
"""The part of the requests that follows links."""
DOCUMENT_CHARACTERS = 5_000

# What no schema can say: whether a row is there, a name is taken, a cursor was given.
NOT_IN_A_SCHEMA = {"does_not_exist", "unique", "unique_together", "invalid"}


CHECKS: dict[str, dict[str, Any]] = {
    # 412: If-Match fits the schema and names no version that is there. 422: a claim that is not
    # ready, a document that cannot be read. 405 and 410 as well are about what there is.
    "positive_data_acceptance": {
        "expected-statuses": ["2xx", "3xx", "401", "403", "404", "409", "410", "412", "422"],
    },
    # 412: an If-Match that is no tag is one of no version.
    "negative_data_rejection": {
        "expected-statuses": [
            *("400", "401", "403", "404", "405", "406", "409", "410"),
            *("412", "413", "415", "422", "428", "429"),
        ],
    },
    "missing_required_header": {"expected-statuses": ["400", "401", "403", "404", "428"]},
}


@schemathesis.serializer("application/x-ndjson")
def one_line(context: Any, value: Any) -> bytes:
    """A batch of one."""
    return json.dumps(value).encode() + b"\n"


@schemathesis.hook
def map_path_parameters(context: Any, path_parameters: dict[str, Any]) -> dict[str, Any]:
    """Ask for rows that are there, mostly."""
    key = (path_parameters or {}).get("id")
    if isinstance(key, int) and not isinstance(key, bool) and key > 0 and key % 8:
        return {**path_parameters, "id": key % ROWS + 1}
    return path_parameters


@schemathesis.hook
def before_call(context: Any, case: Any, kwargs: dict[str, Any]) -> None:
    """Let the example of a key stand for a fresh one each time, that of a tag for any."""
    from claims.api import schema_parts as parts

    if case.headers.get("Idempotency-Key") == parts.PARAMETERS["IdempotencyKey"]["example"]:
        case.headers["Idempotency-Key"] = str(uuid.uuid4())
    if case.headers.get("If-Match") == parts.ETAG:
        case.headers["If-Match"] = "*"


@schemathesis.hook
def filter_failure(context: Any, failure: Any, case: Any, response: Any) -> bool:
    """Leave out refusals of what fits the schema and names what is not there, or not for all."""
    kind = type(failure).__name__
    if kind == "AcceptedNegativeData" and case.path.endswith("/batch"):
        # Each line has an answer of its own.
        return any(json.loads(line)["status"] < 400 for line in response.text.splitlines())
    if kind != "RejectedPositiveData" or response.status_code != 400:
        return True
    if case.path.startswith(GOOGLES):
        return False  # either of two parameters is needed: OpenAPI has no word for that
    if "Authorization" not in response.request.headers and "expand" in (case.query or {}):
        return False  # relations are for those with a key
    errors = response.json().get("errors", [])
    return not errors or not {error["code"] for error in errors} <= NOT_IN_A_SCHEMA


def environment(folder: Path) -> dict[str, str]:
    """Settings of this run alone."""
    return {
        "ENV_FILE": "",
        "DEBUG": "0",
        "HTTPS_ONLY": "0",
        "SECRET_KEY": "of-a-fault-" * 6,
        "ALLOWED_HOSTS": "127.0.0.1",
        "VAR_DIR": str(folder),
        "LOG_LEVEL": "ERROR",
        "DJANGO_SETTINGS_MODULE": "factcheck.settings",
        "API_KEY_RATE": "10000000/minute",
        "API_ADDRESS_RATE": "10000000/minute",
        "API_MAX_WAIT_SECONDS": "0",
        "PUBLIC_READ": "1",
        "FEED_TEST_SECONDS": "2",
    }


@contextmanager
def server(folder: Path) -> Iterator[str]:
    """A web process on a port of its own; its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with (folder / "web.log").open("wb") as log:
        process = subprocess.Popen(
            [
                *(sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{port}"),
                *("--workers", "1", "--threads", "4", "--no-control-socket"),
                *("--keep-alive", "30", "tests.faults.local_wsgi"),
            ],
            cwd=ROOT,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    address = f"http://127.0.0.1:{port}"
    try:
        until = time.monotonic() + START_SECONDS
        while True:
            with suppress(OSError):
                urllib.request.urlopen(f"{address}/healthz", timeout=5).close()
                break
            if process.poll() is not None or time.monotonic() > until:
                raise SystemExit((folder / "web.log").read_text()[-2000:])
            time.sleep(0.1)
        yield address
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGTERM)
        process.wait(20)


class Asker:
    """Somebody with a role's key, or without any."""

    def __init__(self, role: str, key: str | None, address: str, seed: int) -> None:
        self.role, self._address = role, address
        self._headers = {"Authorization": f"Bearer {key}"} if key else {}
        self._rng = random.Random(f"{seed} {role}")
        self.counts: Counter[str] = Counter()
        self.failures: dict[str, str] = {}

    def ask(self, document: dict[str, Any], requests: int) -> None:
        """Ask so many times, or a few more: a scenario that has begun is ended."""
        chained = int(requests * CHAINED)
        operations = [
            operation["operationId"]
            for methods in document["paths"].values()
            for operation in methods.values()
        ]
        examples = max(1, (requests - chained) // len(operations) // 3)
        while self.counts["requests"] < requests - chained:
            self._rng.shuffle(operations)
            for name in operations:
                if self.counts["requests"] < requests - chained:
                    share = (requests - chained) // len(operations) + 20
                    self._run(document, share, examples, ("coverage", "fuzzing"), name)
        while self.counts["requests"] < requests:
            before = self.counts["requests"]
            self._run(document, requests - before, 50, ("stateful",))
            if self.counts["requests"] == before:
                break

    def _run(
        self,
        document: dict[str, Any],
        requests: int,
        examples: int,
        phases: tuple[str, ...],
        operation: str | None = None,
    ) -> None:
        schema = schemathesis.openapi.from_dict(document, config=self._config(examples, phases))
        if operation is not None:
            schema = schema.include(operation_id=operation)
        schema.config.update(base_url=self._address)
        stream, asked = from_schema(schema).execute(), 0
        for event in stream:
            if isinstance(event, events.ScenarioFinished):
                asked += self._count(event)
                if asked >= requests:
                    stream.stop()
            elif isinstance(event, events.NonFatalError | events.FatalError):
                error = event.value if isinstance(event, events.NonFatalError) else event.exception
                self.failures.setdefault(
                    f"schemathesis itself: {error!r}", "".join(traceback.format_exception(error))
                )

    def _count(self, event: Any) -> int:
        recorder = event.recorder
        for interaction in recorder.interactions.values():
            self.counts["requests"] += 1
            if interaction.response is not None:
                self.counts[f"{interaction.response.status_code // 100}xx"] += 1
        for key, nodes in recorder.checks.items():
            for node in nodes:
                if node.failure_info is not None:
                    self.counts["failures"] += 1
                    self._keep(recorder, key, node)
        return len(recorder.interactions)

    def _keep(self, recorder: Any, key: str, node: Any) -> None:
        failure = node.failure_info.failure
        name = f"{failure.operation}: {node.name}: {failure.title}"
        response = recorder.find_response(case_id=key)
        answer = f"{response.status_code} {response.text[:600]}" if response is not None else ""
        what = f"{failure.message[:700]}\n{node.failure_info.code_sample[:1200]}\n{answer}"
        self.failures.setdefault(name, what)

    def _config(self, examples: int, phases: tuple[str, ...]) -> SchemathesisConfig:
        known = ("examples", "coverage", "fuzzing", "stateful")
        return SchemathesisConfig.from_dict(
            {
                "seed": self._rng.randrange(2**31),
                "headers": self._headers,
                # A request that hangs is a finding.
                "request-timeout": 20,
                "continue-on-failure": True,
                "suppress-health-check": ["all"],
                "generation": {
                    "max-examples": examples,
                    "no-shrink": True,
                    "database": "none",
                    # JSON Schema has no word for a text without NULs: tests/api/test_hostile.py.
                    "allow-x00": False,
                },
                "phases": {name: {"enabled": name in phases} for name in known},
                "checks": CHECKS,
            }
        )


def run(folder: Path, *, requests: int, seed: int, roles: list[str] | None = None) -> list[Asker]:
    """Make the desk, serve it, ask; what each role found."""
    from drf_spectacular.generators import SchemaGenerator

    from tests.api.rows import ROLES, key_of, member, small_desk

    small_desk(turns=5)
    keys = {role: key_of(member(role)) for role in ROLES}
    document = SchemaGenerator().get_schema(request=None, public=True)
    logging.disable(logging.WARNING)
    asking = roles or [*ROLES, NOBODY]
    with server(folder) as address:
        askers = [Asker(role, keys.get(role), address, seed) for role in asking]
        for asker in askers:
            began = time.monotonic()
            asker.ask(document, requests // len(askers))
            seconds = time.monotonic() - began
            told = ", ".join(f"{name} {asker.counts[name]}" for name in sorted(asker.counts))
            print(f"{asker.role:15} {seconds:6.0f} s  {told or 'nothing'}", flush=True)
    return askers


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--requests", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--role", action="append", help="only this one; may be repeated")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="fc-api-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        os.environ.pop("DATABASE_URL", None)
        os.environ |= environment(folder)
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        askers = run(folder, requests=options.requests, seed=options.seed, roles=options.role)
        log = (folder / "web.log").read_text(errors="replace")
    found = {}
    for asker in askers:
        for name, what in asker.failures.items():
            found.setdefault(name, f"({asker.role}) {what}")
    for name, what in sorted(found.items()):
        print(f"\n--- {name}\n{what}")
    if "Traceback" in log:
        print(f"\n--- the log of the server\n{log[-6000:]}")
    asked = sum(asker.counts["requests"] for asker in askers)
    print(f"{asked} requests, {len(found)} findings")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
