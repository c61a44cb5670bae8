"""The web container's command, for real: gunicorn with DEBUG=0 in a process of its own."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

import pytest
from django.db import connection

from tests.deploy.files import ROOT, compose

WEB = compose()["services"]["web"]
HOST = "desk.example.org"
BIN = Path(sys.executable).parent


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def database_url() -> str:
    """The address of the tests' own database, whichever server it is on."""
    given = connection.get_connection_params()
    options = {
        name: str(given[name]) for name in ("user", "password", "host", "port") if given.get(name)
    }
    return f"postgres:///{given['dbname']}?{urlencode(options)}"


def environment(folder: Path, database: str) -> dict[str, str]:
    """That of compose, with this test's folders, its port and the secrets of its own."""
    secrets = {"SECRET_KEY": "x-secret-key-of-a-test-" * 3, "DATABASE_URL": database}
    for name, value in secrets.items():
        (folder / name).write_text(f"{value}\n", encoding="utf-8")
    return {
        **WEB["environment"],
        **{f"{name}_FILE": str(folder / name) for name in secrets},
        "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}",
        "VAR_DIR": str(folder / "var"),
        "MEDIA_ROOT": str(folder / "media"),
        "ALLOWED_HOSTS": f"{HOST},other.example.org",
        "WEB_LISTEN": f"127.0.0.1:{free_port()}",
        "WEB_CONCURRENCY": "1",
    }


def get(variables: dict[str, str], path: str, **headers: str) -> tuple[int, str, str]:
    """Status, content type and body of a page, asked for as the TLS proxy does."""
    request = urllib.request.Request(
        f"http://{variables['WEB_LISTEN']}{path}",
        headers={"Host": HOST, "X-Forwarded-Proto": "https", **headers},
    )
    try:
        with urllib.request.urlopen(request, timeout=30) as response:
            return response.status, response.headers["Content-Type"], response.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.headers["Content-Type"], error.read().decode()


@contextmanager
def served(variables: dict[str, str], log: Path) -> Iterator[subprocess.Popen[bytes]]:
    """The command of compose, running and reachable; ended by its own process id."""
    with log.open("wb") as output:
        process = subprocess.Popen(
            WEB["command"], cwd=ROOT, env=variables, stdout=output, stderr=output
        )
    try:
        for _ in range(300):
            assert process.poll() is None, log.read_text()
            try:
                get(variables, "/healthz")
                break
            except OSError:
                time.sleep(0.1)
        yield process
    finally:
        process.terminate()
        assert process.wait(timeout=60) == 0, log.read_text()


def healthcheck(variables: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """The health check of compose."""
    return subprocess.run(
        WEB["healthcheck"]["test"][1:],
        cwd=ROOT,
        env=variables,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.django_db
def test_the_desk_is_served_with_its_styles_and_calls_itself_healthy(tmp_path):
    variables = environment(tmp_path, database_url())
    collect = [sys.executable, "manage.py", "collectstatic", "--noinput"]
    subprocess.run(collect, cwd=ROOT, env=variables, capture_output=True, check=True)
    log = tmp_path / "log"
    with served(variables, log):
        assert get(variables, "/healthz", Accept="application/json")[0] == 200
        status, _, page = get(variables, "/admin/login/")
        assert status == 200
        styles = {
            part.split('"')[0]
            for part in page.split('href="')
            if part.split('"')[0].endswith("css")
        }
        assert styles
        for style in styles:
            assert get(variables, style)[:2] == (200, 'text/css; charset="utf-8"')
        check = healthcheck(variables)
        assert check.returncode == 0, check.stdout
    lines = log.read_text().splitlines()
    assert lines
    assert all(line.startswith('{"') for line in lines), "a line is not JSON"


def test_the_desk_calls_itself_unhealthy_without_its_database(tmp_path):
    variables = environment(tmp_path, f"postgres://nobody@127.0.0.1:{free_port()}/none")
    with served(variables, tmp_path / "log"):
        status, kind, body = get(variables, "/healthz", Accept="application/json")
        assert (status, kind) == (500, "application/json")
        assert "Unavailable" in body
        check = healthcheck(variables)
        assert check.returncode == 1
        assert "500" in check.stdout
