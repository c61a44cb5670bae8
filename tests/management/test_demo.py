"""``make demo`` as a user runs it: a process of its own, a real worker, an empty folder."""

import io
import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from rich.console import Console

from claims.management.commands.demo import print_candidates
from tests import factories

ROOT = Path(__file__).resolve().parents[2]
COUNT = """
import json
from django.apps import apps
models = apps.get_app_config("claims").get_models()
print(json.dumps({m.__name__: m.objects.count() for m in models}))
"""


@pytest.fixture(scope="module")
def folder():
    with tempfile.TemporaryDirectory(prefix="fc-demo-") as name:
        Path(name).chmod(0o755)
        yield Path(name)


def manage(folder: Path, *args: str) -> str:
    environment = {**os.environ, "DEBUG": "1", "VAR_DIR": str(folder)}
    environment.pop("DATABASE_URL", None)
    result = subprocess.run(
        [sys.executable, "manage.py", *args],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=280,
        check=False,
    )
    assert result.returncode == 0, result.stdout + result.stderr
    return result.stdout


def rows(folder: Path) -> dict[str, int]:
    return json.loads(manage(folder, "shell", "-v0", "-c", COUNT).splitlines()[-1])


@pytest.mark.timeout(600)
def test_the_demo_prints_its_candidates_and_a_second_run_adds_no_row(folder):
    printed = manage(folder, "demo", "--no-serve")
    before = rows(folder)
    assert before["Article"] == 10 + 4  # bundled, and of the outlet's feed
    assert before["Quote"] >= 100
    assert before["Rating"] == 5  # a new desk can publish without setting anything up
    assert int(re.search(r"(\d+) candidates", printed)[1]) >= 100
    assert "Altered by the outlet" in printed
    assert "stands at 64% of what it can hold" in printed
    assert before["QuoteCheck"] == 1
    assert "Helena Brandt" in printed
    # The altered one, and the morning of three colleagues: published, in review, ...
    assert (before["Claim"], before["Verdict"], before["ClaimLink"]) == (5, 2, 1)
    assert re.search(r"^Published +By 12 March 2026, 85% of the dykes", printed, re.MULTILINE)
    password = (folder / "demo-login").read_text().strip()
    assert password in printed
    assert (folder / "demo-login").stat().st_mode & 0o777 == 0o600

    again = manage(folder, "demo", "--no-serve")
    assert rows(folder) == before
    assert password in again


@pytest.mark.django_db
@pytest.mark.parametrize("rows", [3, 30])
def test_the_table_is_one_query_however_many_candidates_there_are(rows, django_assert_num_queries):
    factories.QuoteFactory.create_batch(rows)
    out = io.StringIO()
    with django_assert_num_queries(1) as queries:
        print_candidates(Console(file=out, width=160))
    assert f"{rows} candidates" in out.getvalue()
    assert '"claims_articleversion"."text"' not in queries[0]["sql"]
