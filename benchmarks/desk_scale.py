"""The desk's pages on a small record and on one a hundred times as large.

    python -m benchmarks.desk_scale [--small 10000] [--large 1000000] [--repeats 25]

Each size is a database of its own (`manage.py seed_load`, by COPY, with all triggers and
history), in an embedded PostgreSQL of its own; an editor's pages are asked for through
Django's own request cycle, templates and middleware included, of both in turns. Prints queries,
rows shown, median and 95th percentile of each page at both sizes, and the ratio.
With ``--keep FOLDER`` the databases stay, and are used again.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
MEDIUM, COMMON = "hospital", "with"


def pages() -> Iterator[tuple[str, str]]:
    """Name and address of what an editor opens; rows from the middle of the record."""
    from django.urls import reverse

    from claims.demo.load.words import Words
    from claims.models import Article, Claim, Quote, Source, Speaker, Topic

    rare = Words(1).rarest

    def middle(model: Any) -> Any:
        return model.objects.order_by("pk")[model.objects.count() // 2]

    def listed(model: str, query: str = "") -> str:
        return reverse(f"admin:claims_{model}_changelist") + (f"?{query}" if query else "")

    def change(row: Any) -> str:
        return reverse(f"admin:claims_{row._meta.model_name}_change", args=[row.pk])

    def completed(model: str, field: str, term: str) -> str:
        asked = f"app_label=claims&model_name={model}&field_name={field}&term={term}"
        return f"{reverse('admin:autocomplete')}?{asked}"

    speaker, source, topic = middle(Speaker), middle(Source), middle(Topic)
    candidate = Quote.objects.filter(status="candidate").order_by("-check_worthiness", "-pk")[10]
    yield "home", reverse("admin:index")
    yield "figures", reverse("admin:claims_figures")
    yield "triage", reverse("admin:claims_triage")
    for words, query in (
        ("one outlet", f"source={source.pk}"),
        ("one speaker", f"speaker={speaker.pk}"),
        ("one topic", f"topic={topic.pk}"),
        ("speaker not known", "unresolved=on"),
        ("altered since", "altered=on"),
        ("one kind, by date", "kind=indirect&since=2020-01-01"),
    ):
        yield f"triage, {words}", f"{reverse('admin:claims_triage')}?{query}"
    yield "triage, may repeat", reverse("admin:claims_triage_matches", args=[candidate.pk])
    yield "candidates", listed("quote", "status__exact=candidate")
    yield "candidate", change(candidate)
    yield "quotes", listed("quote")
    yield "quotes of a speaker", listed("quote", f"speaker__id__exact={speaker.pk}")
    for word in (rare, MEDIUM, COMMON):
        yield f"quotes with “{word}”", listed("quote", f"q={word}")
    yield "quotes, page 190", listed("quote", "p=190")
    yield "claims", listed("claim")
    yield "claims in review", listed("claim", "stage__exact=in_review")
    yield "claims of a topic", listed("claim", f"topics__id__exact={topic.pk}")
    for word in (rare, MEDIUM, COMMON):
        yield f"claims with “{word}”", listed("claim", f"q={word}")
    yield "claim", change(middle(Claim))
    yield "articles", listed("article")
    yield "articles with “hospital”", listed("article", "q=hospital")
    yield "article", change(middle(Article))
    yield "speakers", listed("speaker")
    yield "speakers, by name", listed("speaker", f"q={speaker.name.split()[1]}")
    yield "speaker", change(speaker)
    yield "open names", reverse("admin:claims_unresolved")
    yield "open names, by beginning", reverse("admin:claims_unresolved") + "?q=Ka"
    yield "verdicts", listed("verdict")
    yield "evidence", listed("evidence")
    yield "appearances", listed("appearance")
    yield "decisions", listed("decision")
    yield "fetches", listed("fetch")
    yield "pipeline", reverse("admin:claims_pipeline")
    yield "speakers, as typed", completed("quote", "speaker", speaker.name[:4])
    yield "claims, as typed", completed("appearance", "claim", "hospital")


def serve(quotes: int) -> None:
    """Fill the database if it is empty, print every page as JSON, then answer for each line of
    standard input, a page's name, with the milliseconds that it took."""
    import django

    django.setup()
    from django.conf import settings
    from django.contrib.auth.models import User
    from django.core.management import call_command
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext, setup_test_environment

    from claims.models import Article

    call_command("migrate", verbosity=0)
    if not Article.objects.exists():
        call_command("seed_load", quotes=quotes, stdout=sys.stderr)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")  # or autovacuum does it while the pages are measured
    setup_test_environment()
    # Names without hashes, so that nothing needs to be collected.
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}
    editor = User.objects.get(username="load-0")
    client = Client()
    client.force_login(editor)
    paths = dict(pages())
    for name, path in paths.items():
        client.get(path)
        with CaptureQueriesContext(connection) as captured:
            response = client.get(path)
        if response.status_code != 200:
            sys.exit(f"{name}: {path} answered {response.status_code}")
        row = {"page": name, "queries": len(captured), "rows": rows_shown(response)}
        print(json.dumps(row), flush=True)
    print("ready", flush=True)
    for line in sys.stdin:
        began = time.perf_counter()
        client.get(paths[line.rstrip("\n")])
        print(1000 * (time.perf_counter() - began), flush=True)


def rows_shown(response: Any) -> int | None:
    """Rows of a list or an autocomplete; None for other pages."""
    if response["Content-Type"] == "application/json":
        return len(response.json()["results"])
    listed = (response.context_data or {}).get("cl") if hasattr(response, "context_data") else None
    return None if listed is None else len(listed.result_list)


class Server:
    """A process with a database of its own."""

    def __init__(self, quotes: int, folder: Path) -> None:
        folder.mkdir(mode=0o755, exist_ok=True)
        environment = {
            **{name: value for name, value in os.environ.items() if name != "DATABASE_URL"},
            "VAR_DIR": str(folder),
            "DEBUG": "0",
            "SECRET_KEY": "benchmark-" * 6,
            "LOG_LEVEL": "ERROR",
            "DJANGO_SETTINGS_MODULE": "factcheck.settings",
            "ENV_FILE": "",
            "ALLOWED_HOSTS": "testserver",
            "HTTPS_ONLY": "0",
        }
        self.process = subprocess.Popen(
            [sys.executable, "-m", "benchmarks.desk_scale", "--serve", str(quotes)],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.pages: dict[str, dict[str, Any]] = {}
        while (line := self._line()) != "ready":
            row = json.loads(line)
            self.pages[row["page"]] = {**row, "times": []}

    def ask(self, page: str) -> None:
        """Ask for a page once more, and keep its time."""
        assert self.process.stdin is not None
        self.process.stdin.write(f"{page}\n")
        self.process.stdin.flush()
        self.pages[page]["times"].append(float(self._line()))

    def _line(self) -> str:
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        if not line:
            sys.exit("The process that serves the pages has ended.")
        return line.rstrip("\n")

    def end(self) -> None:
        assert self.process.stdin is not None
        self.process.stdin.close()
        self.process.wait()


def figures(times: list[float]) -> tuple[float, str]:
    """Median, and median and 95th percentile as they stand in the table."""
    ordered = sorted(times)
    median = statistics.median(ordered)
    p95 = ordered[min(len(ordered) - 1, round(0.95 * len(ordered)))]
    return median, f"{median:.0f}, {p95:.0f}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--small", type=int, default=10_000)
    parser.add_argument("--large", type=int, default=1_000_000)
    parser.add_argument("--repeats", type=int, default=25)
    parser.add_argument("--only", default="", help="pages whose names hold this")
    parser.add_argument("--keep", type=Path, help="where the databases stay")
    parser.add_argument("--serve", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.serve:
        serve(options.serve)
        return
    sizes = (options.small, options.large)
    with tempfile.TemporaryDirectory(prefix="fc-bench-") as name:
        folder = options.keep or Path(name)
        folder.mkdir(mode=0o755, exist_ok=True)
        folder.chmod(0o755)
        servers = [Server(quotes, folder / str(quotes)) for quotes in sizes]
        asked = [page for page in servers[0].pages if options.only in page]
        for _ in range(options.repeats):
            for page in asked:
                for server in servers:
                    server.ask(page)
        for server in servers:
            server.end()
    print(
        f"| page | queries | rows | {sizes[0]:,}: median, p95 ms | {sizes[1]:,}: median, p95 ms "
        "| ratio |"
    )
    print("| --- | --- | --- | --- | --- | --- |")
    for page in asked:
        few, many = (server.pages[page] for server in servers)
        (fast, small), (slow, large) = figures(few["times"]), figures(many["times"])
        cells = [
            " / ".join(dict.fromkeys(str(each[what]) for each in (few, many)))
            for what in ("queries", "rows")
        ]
        rows = cells[1].replace("None", "")
        print(f"| {page} | {cells[0]} | {rows} | {small} | {large} | {slow / fast:.2f} |")


if __name__ == "__main__":
    main()
