"""One line an event, with the id of the request or the task it belongs to."""

import json
import subprocess
import sys
import time
from contextlib import contextmanager

import pytest

from claims.services import extraction
from tests import factories
from tests.processes import ROOT, SECRET_KEY, database_url, run_python
from tests.services.documents import TEXT

REQUEST = """
import logging
import django
django.setup()
import structlog
from django.http import HttpResponse
from django.test import Client, override_settings
from django.urls import path

def page(request):
    structlog.get_logger("desk").info("structured", number=7, names=["Ž", object])
    logging.getLogger("plain").warning("plain %s", "words")
    if "fail" in request.GET:
        raise ZeroDivisionError("it broke")
    return HttpResponse()

urlpatterns = [path("page", page)]
structlog.get_logger("desk").info("outside")
with override_settings(ROOT_URLCONF="__main__"):
    client = Client(raise_request_exception=False)
    for query in ("", "?fail=1"):
        client.get("/page" + query)
logging.getLogger("plain").info("quiet")
"""
VARIABLES = {
    "SECRET_KEY": SECRET_KEY,
    "ALLOWED_HOSTS": "testserver",
    "HTTPS_ONLY": "0",
    "LOG_LEVEL": "info",
}


def lines(result):
    assert result.returncode == 0, result.stderr
    return [json.loads(line) for line in result.stderr.splitlines() if not line.startswith(" ")]


@pytest.fixture(scope="module")
def logged(tmp_path_factory):
    folder = tmp_path_factory.mktemp("var")
    (folder / "static").mkdir()
    return lines(run_python("-c", REQUEST, **VARIABLES, LOG_FORMAT="json", VAR_DIR=str(folder)))


def named(logged, event):
    return [line for line in logged if line["event"] == event]


def test_every_line_of_the_json_log_parses_and_says_what_when_where_and_how_grave(logged):
    for line in logged:
        assert line.keys() >= {"event", "timestamp", "logger", "level"}


def test_a_line_within_a_request_has_its_id(logged):
    first, second = (line["request_id"] for line in named(logged, "request_started"))
    assert first != second
    for event in ("structured", "plain words"):
        assert [line.get("request_id") for line in named(logged, event)] == [first, second]


def test_a_line_outside_a_request_has_no_id(logged):
    (outside,) = named(logged, "outside")
    (quiet,) = named(logged, "quiet")
    assert "request_id" not in outside
    assert "request_id" not in quiet


def test_values_of_any_kind_are_kept(logged):
    line = named(logged, "structured")[0]
    assert (line["number"], line["logger"], line["level"]) == (7, "desk", "info")
    assert line["names"] == ["Ž", "<class 'object'>"]


def test_an_exception_is_in_the_line_of_its_request(logged):
    (failed,) = named(logged, "request_failed")
    assert failed["request_id"] == named(logged, "request_started")[1]["request_id"]
    assert "ZeroDivisionError: it broke" in failed["exception"]


def test_the_console_format_is_for_reading(tmp_path):
    result = run_python("-c", REQUEST, **VARIABLES, LOG_FORMAT="console", VAR_DIR=str(tmp_path))
    assert result.returncode == 0, result.stderr
    assert "request_id" in result.stderr
    assert "ZeroDivisionError" in result.stderr


UNCAUGHT = """
import django
django.setup()
import structlog
structlog.get_logger("desk").exception("task_failed", exception=TimeoutError("out of time"))
"""


@pytest.mark.parametrize("form", ["console", "json"])
def test_an_exception_that_nobody_caught_here_is_logged_too(tmp_path, form):
    result = run_python("-c", UNCAUGHT, **VARIABLES, LOG_FORMAT=form, VAR_DIR=str(tmp_path))
    assert "TimeoutError: " in result.stderr
    assert "out of time" in result.stderr
    assert "Logging error" not in result.stderr
    assert "task_failed" in result.stderr


def test_a_level_silences_what_is_below(tmp_path):
    quieter = {**VARIABLES, "LOG_LEVEL": "WARNING"}
    logged = lines(run_python("-c", REQUEST, **quieter, LOG_FORMAT="json", VAR_DIR=str(tmp_path)))
    assert {line["level"] for line in logged} == {"warning", "error"}
    assert named(logged, "structured") == []


@contextmanager
def worker(folder, **variables):
    """A real worker over the filesystem broker under ``folder``, with its log."""
    log = folder / "worker.log"
    command = ["-m", "celery", "-A", "factcheck", "worker", "--pool", "solo", "--without-mingle"]
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, *command, "--without-gossip", "--without-heartbeat"],
            cwd=ROOT,
            env=variables,
            stdout=subprocess.DEVNULL,
            stderr=output,
        )
    try:
        yield log
    finally:
        process.kill()
        process.wait()


SEND = """
import sys
import django
django.setup()
from structlog.contextvars import bound_contextvars
from claims.tasks import extract_article_version
with bound_contextvars(request_id="from-a-request"):
    print(extract_article_version.delay(int(sys.argv[1])).id)
"""


def test_a_workers_lines_have_the_id_of_the_task_and_of_the_request_that_asked(committed, tmp_path):
    run = extraction.request_run(factories.ArticleVersionFactory(text=TEXT))
    variables = {
        **VARIABLES,
        "LOG_FORMAT": "json",
        "VAR_DIR": str(tmp_path),
        "DATABASE_URL": database_url(),
    }
    sent = run_python("-c", SEND, str(run.pk), **variables)
    assert sent.returncode == 0, sent.stderr
    task_id = sent.stdout.strip()
    environment = {"PATH": "", "LANG": "C.UTF-8", "ENV_FILE": "", **variables}
    with worker(tmp_path, **environment) as log:
        until = time.monotonic() + 40
        while '"task_succeeded"' not in log.read_text() and time.monotonic() < until:
            time.sleep(0.1)
    logged = [json.loads(line) for line in log.read_text().splitlines() if line.startswith("{")]
    (succeeded,) = named(logged, "task_succeeded")
    assert (succeeded["task_id"], succeeded["request_id"]) == (task_id, "from-a-request")
    (done,) = named(logged, "extraction_done")
    assert (done["task_id"], done["run"], done["added"]) == (task_id, run.pk, 1)
    run.refresh_from_db()
    assert run.state == "done"
