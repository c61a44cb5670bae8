"""Python in a process of its own, with an environment that a test chooses whole."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

import httpx
from django.db import connection

ROOT = Path(__file__).resolve().parents[1]
SECRET_KEY = "a-secret-key-of-a-test-0123456789-abcdefghijklmnopqrstuvwxyz"


def run_python(*arguments, timeout=150, **variables):
    """Run Python with ``arguments`` in the project's folder; nothing else is in its environment."""
    environment = {
        "PATH": os.environ["PATH"],
        "LANG": "C.UTF-8",
        "PYTHONWARNINGS": "error::DeprecationWarning:factcheck,error::DeprecationWarning:claims",
        "DJANGO_SETTINGS_MODULE": "factcheck.settings",
        "ENV_FILE": "",
        **variables,
    }
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env={name: value for name, value in environment.items() if value is not None},
        capture_output=True,
        text=True,
        timeout=timeout,
        check=False,
    )


def database_url():
    """The address of the tests' own database, whichever server it is on."""
    given = connection.get_connection_params()
    options = {
        name: str(given[name]) for name in ("user", "password", "host", "port") if given.get(name)
    }
    return f"postgres:///{given['dbname']}?{urlencode(options)}"


@contextmanager
def desk_server(log: Path, environment: Mapping[str, str]) -> Iterator[str]:
    """The desk served by a process of its own; its address, once it answers."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        host = f"127.0.0.1:{probe.getsockname()[1]}"
    with log.open("wb") as output:
        server = subprocess.Popen(
            [sys.executable, "manage.py", "runserver", "--noreload", host],
            cwd=ROOT,
            env=dict(environment),
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        _wait_until_it_answers(f"http://{host}/readyz", server, log)
        yield f"http://{host}"
    finally:
        server.kill()
        server.wait()


def _wait_until_it_answers(url: str, server: "subprocess.Popen[bytes]", log: Path) -> None:
    give_up_at = time.monotonic() + 60
    while True:
        try:
            httpx.get(url, timeout=10, trust_env=False)
        except httpx.TransportError:
            if server.poll() is not None or time.monotonic() > give_up_at:
                raise AssertionError(f"no desk at {url}:\n{log.read_text()[-4000:]}") from None
            time.sleep(0.2)
        else:
            return
