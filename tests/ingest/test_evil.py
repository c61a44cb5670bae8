"""Whatever a server sends is stored clean or refused with a reason, in bounded memory."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator

import pytest

from claims.choices import FetchOutcome, WorkState
from claims.ingest.clean import clean_text
from claims.ingest.errors import IngestError
from claims.ingest.fetch import fetch
from claims.ingest.limits import FetchLimits
from tests.ingest.evil import BROKEN, PAGES, STORED, evil
from tests.ingest.web import Web
from tests.processes import ROOT, database_url

LIMIT_KIB = 400 * 1024


@pytest.fixture(scope="module")
def outlet() -> Iterator[Web]:
    with evil() as web:
        yield web


@pytest.mark.parametrize(("path", "code"), BROKEN.items())
def test_a_broken_reply_is_refused_by_name(
    outlet: Web, limits: FetchLimits, path: str, code: str
) -> None:
    with pytest.raises(IngestError) as caught:
        fetch(f"{outlet.url}/{path}", limits=limits)
    assert caught.value.code == code


def test_an_umlaut_in_a_location_is_read_as_utf8(outlet: Web, limits: FetchLimits) -> None:
    with pytest.raises(IngestError, match="/Gr%C3%B6%C3%9Fe"):
        fetch(f"{outlet.url}/umlaut", limits=limits)


@pytest.fixture
def told(committed, outlet: Web, tmp_path) -> dict[str, dict[str, object]]:
    """What a worker of its own made of every page, in the tests' database."""
    environment = {
        **os.environ,
        "DATABASE_URL": database_url(),
        "DJANGO_SETTINGS_MODULE": "factcheck.settings",
        "FETCH_ALLOWED_NETWORKS": "127.0.0.1/32",
        "MEDIA_ROOT": str(tmp_path),
        "LOG_LEVEL": "CRITICAL",
    }
    result = subprocess.run(
        [sys.executable, "-m", "tests.ingest.evil_worker", outlet.url],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=170,
        check=False,
    )
    assert result.returncode == 0, result.stderr[-3000:]
    lines = [json.loads(line) for line in result.stdout.splitlines()]
    return {line["path"]: line for line in lines}


def test_a_worker_survives_every_page_below_400_mb(told) -> None:
    from claims.models import ArticleVersion

    assert set(told) == set(PAGES)
    for path, expected in PAGES.items():
        line = told[path]
        assert line["state"] == WorkState.DONE, line
        if expected == STORED:
            assert line["outcome"] in {FetchOutcome.NEW, FetchOutcome.COPY}, line
        else:
            assert line["outcome"] == FetchOutcome.UNSUPPORTED, line
            assert line["error"], line
    assert max(line["peak_kib"] for line in told.values()) < LIMIT_KIB
    texts = list(ArticleVersion.objects.values_list("text", flat=True))
    assert len(texts) >= sum(line["outcome"] == FetchOutcome.NEW for line in told.values()) > 5
    assert all(clean_text(text) == text for text in texts)
