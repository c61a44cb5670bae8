"""Processes and directories for the tests of the embedded PostgreSQL."""

import contextlib
import functools
import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import ClassVar

from factcheck.postgres.cluster import PACKAGE
from factcheck.postgres.server import EmbeddedServer

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 30.0  # seconds for what another process does
UNPRIVILEGED = "nobody"

# Every program below begins with this: `server` is the server of the directory in argv[1],
# query() asks it something over a connection of its own.
PRELUDE = """
import os, signal, sys, time
import psycopg2
from pathlib import Path
from factcheck.postgres.errors import ServerError
from factcheck.postgres.server import EmbeddedServer
server = EmbeddedServer(sys.argv[1])
def query(sql, database="postgres"):
    connection = psycopg2.connect(server.info.dsn(database))
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(sql)
        value = cursor.fetchone()[0] if cursor.description else None
    connection.close()
    return value
def say(*values):
    print(*values, flush=True)
"""

SETTINGS = """
SECRET_KEY = "for these tests"
USE_TZ = True
DATABASES = {{
    "default": {{
        "ENGINE": "factcheck.postgres", "NAME": "facts", "DATA_DIR": {data_dir!r},
        "TEST": {{"NAME": "test_facts"}},
    }}
}}
"""


def site_packages() -> str:
    """Where the installed packages are, for an interpreter outside the virtual environment."""
    spec = importlib.util.find_spec(PACKAGE)
    assert spec is not None
    assert spec.origin is not None
    return str(Path(spec.origin).parents[1])


def environment(**extra: str) -> dict[str, str]:
    path = os.pathsep.join([str(ROOT), site_packages()])
    return {**os.environ, "PYTHONPATH": path, "PYTHONDONTWRITEBYTECODE": "1", **extra}


def unprivileged() -> dict[str, int | list[int]]:
    """What makes a child of root's an ordinary user, for subprocess."""
    entry = pwd.getpwnam(UNPRIVILEGED)
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}


@functools.cache
def open_interpreter() -> str | None:
    """A Python that an unprivileged user can run with the installed packages, if there is one."""
    name = f"python{sys.version_info.major}.{sys.version_info.minor}"
    search = os.pathsep.join([os.environ.get("PATH", ""), os.defpath]).split(os.pathsep)
    for candidate in (sys.executable, *(str(Path(directory, name)) for directory in search)):
        with contextlib.suppress(OSError):
            done = subprocess.run(  # type: ignore[call-overload]
                [candidate, "-c", "import psycopg2, pytest, factcheck.postgres.server"],
                **unprivileged(),
                cwd="/",
                env=environment(),
                capture_output=True,
                check=False,
            )
            if done.returncode == 0:
                return candidate
    return None


def python(
    code: str, *arguments: object, env: dict[str, str] | None = None, **options: object
) -> subprocess.CompletedProcess[str]:
    """Runs a program to its end; its output and errors are in the result."""
    return subprocess.run(  # type: ignore[call-overload,no-any-return]
        [sys.executable, "-c", PRELUDE + code, *map(str, arguments)],
        env=environment() if env is None else env,
        cwd="/",
        capture_output=True,
        text=True,
        timeout=PATIENCE * 2,
        check=False,
        **options,
    )


class User:
    """A process that uses the server until it is told to end, at the latest by `cleaned`."""

    running: ClassVar[list["User"]] = []

    def __init__(self, data_dir: Path, code: str = "server.ensure_running(); say('up')") -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", f"{PRELUDE}{code}\nsys.stdin.read()", str(data_dir)],
            env=environment(),
            cwd="/",
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        self.running.append(self)

    def line(self) -> str:
        """The next line it says."""
        assert self.process.stdout is not None
        return self.process.stdout.readline().strip()

    def end(self) -> None:
        """Lets it end in the ordinary way and waits for that."""
        rest, _ = self.process.communicate(timeout=PATIENCE)
        assert self.process.returncode == 0, rest

    def kill(self) -> None:
        self.process.kill()
        self.process.communicate(timeout=PATIENCE)


def eventually(condition: Callable[[], bool]) -> bool:
    """Whether the condition comes true in a while."""
    deadline = time.monotonic() + PATIENCE
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


def postmaster(data_dir: Path) -> int:
    """The pid of the server."""
    return int((data_dir / "postmaster.pid").read_text().splitlines()[0])


def alive(pid: int) -> bool:
    """Whether a process is there and has not ended."""
    try:
        os.kill(pid, 0)
        # One that has ended stays as a zombie where nobody asks how it ended.
        return Path("/proc", str(pid), "stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except ProcessLookupError:
        return False
    except FileNotFoundError:
        return sys.platform != "linux"


def ended(data_dir: Path) -> bool:
    """Whether the server is gone, not only going."""
    try:
        return not alive(postmaster(data_dir))
    except (FileNotFoundError, NotADirectoryError):
        return True


@contextlib.contextmanager
def cleaned(base: Path) -> Iterator[Path]:
    """The data directory `base`/pg; stops its server and removes `base` in the end."""
    data_dir = base / "pg"
    server = EmbeddedServer(data_dir)
    try:
        yield data_dir
    finally:
        server.release()
        while User.running:
            User.running.pop().kill()
        if server.is_running():
            os.kill(postmaster(data_dir), signal.SIGINT)
        assert eventually(lambda: ended(data_dir))
        if server.socket_dir != data_dir and server.socket_dir.is_dir():
            shutil.rmtree(server.socket_dir)
        shutil.rmtree(base)
