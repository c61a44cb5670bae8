"""Who runs the embedded server: an ordinary user, or root, for whom somebody else does."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest

from factcheck.postgres import cluster
from factcheck.postgres.server import EmbeddedServer
from tests.factcheck import test_embedded_postgres
from tests.factcheck.embedded import (
    ROOT,
    UNPRIVILEGED,
    cleaned,
    environment,
    open_interpreter,
    postmaster,
    python,
    site_packages,
    unprivileged,
)

pytestmark = pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")

# Of the life of a server, what hangs on rights; the rest is the same code for everybody.
LIFE = [
    test_embedded_postgres.test_starts_from_nothing_and_answers.__name__,
    test_embedded_postgres.test_processes_that_begin_at_once_share_one_server_and_one_database.__name__,
    test_embedded_postgres.test_the_next_connection_restarts_a_killed_server.__name__,
    test_embedded_postgres.test_it_ends_when_all_users_are_killed.__name__,
    test_embedded_postgres.test_a_pid_that_is_another_process_now_is_no_server.__name__,
    test_embedded_postgres.test_a_long_path_has_its_socket_elsewhere.__name__,
]

# Goes on without some capabilities, as in a container that withholds them.
WITHOUT = """
import ctypes
if len(sys.argv) > 2:
    PR_CAPBSET_DROP = 24
    for capability in sys.argv[2].split(","):
        ctypes.CDLL(None).prctl(PR_CAPBSET_DROP, int(capability), 0, 0, 0)
    os.execv(sys.executable, [sys.executable, "-c", sys.argv[3], sys.argv[1]])
"""
CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH, CAP_SETUID = 1, 2, 7

UP = """
import psycopg2, sys
from factcheck.postgres.errors import ServerError
from factcheck.postgres.server import EmbeddedServer
server = EmbeddedServer(sys.argv[1])
try:
    server.ensure_running()
except ServerError as error:
    print(error)
    sys.exit()
pid = (server.data_dir / "postmaster.pid").read_text().split()[0]
status = open(f"/proc/{pid}/status").read().split("\\n")
print(next(line.split()[1] for line in status if line.startswith("CapEff")))
connection = psycopg2.connect(server.info.dsn("postgres"))
with connection.cursor() as cursor:
    cursor.execute("CREATE EXTENSION vector")
    cursor.execute("SELECT now() AT TIME ZONE 'Asia/Kabul'")
    print("up")
connection.close()
"""


def test_it_lives_and_fails_alike_for_an_ordinary_user() -> None:
    interpreter = open_interpreter()
    if interpreter is None:
        pytest.skip("no Python here that an unprivileged user could run")
    here = Path(__file__).parent.relative_to(ROOT)
    tests = [str(here / "test_embedded_postgres_errors.py")]
    tests += [f"{here / 'test_embedded_postgres.py'}::{name}" for name in LIFE]
    options = ["-c", os.devnull, "--rootdir", str(ROOT), f"--confcutdir={here}", "-W", "error"]
    plain = ["-p", "no:cacheprovider", "-q"]
    done = subprocess.run(
        [interpreter, "-m", "pytest", *options, *plain, *tests],
        cwd=ROOT,
        env=environment(PYTEST_DISABLE_PLUGIN_AUTOLOAD="1", HOME=tempfile.gettempdir()),
        **unprivileged(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    assert " passed" in done.stdout


def test_the_server_and_its_data_are_not_roots(postgres: EmbeddedServer) -> None:
    postgres.ensure_running()
    status = postgres.data_dir.stat()
    assert status.st_uid != 0
    assert status.st_mode & 0o777 == 0o700
    assert Path("/proc", str(postmaster(postgres.data_dir))).stat().st_uid == status.st_uid
    assert (postgres.data_dir.parent.stat().st_uid, postgres.data_dir.parent.stat().st_mode) == (
        0,
        0o40755,
    )


def test_root_and_the_owner_of_the_data_share_one_server(postgres: EmbeddedServer) -> None:
    interpreter = open_interpreter()
    if interpreter is None:
        pytest.skip("no Python here that an unprivileged user could run")
    postgres.data_dir.mkdir()
    shutil.chown(postgres.data_dir, UNPRIVILEGED)
    postgres.ensure_running()
    done = subprocess.run(
        [interpreter, "-c", UP, postgres.data_dir],
        cwd="/",
        env=environment(),
        **unprivileged(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.endswith("up\n"), done.stdout + done.stderr
    assert postgres.is_running()


def test_an_open_checkout_needs_no_capability(postgres_dir: Path) -> None:
    done = python(UP, postgres_dir)
    assert done.stdout.splitlines() == ["0000000000000000", "up"], done.stdout + done.stderr


@pytest.mark.parametrize(
    ("withheld", "kept"),
    [
        ("40", 1 << CAP_DAC_READ_SEARCH),  # one that does not matter
        (f"{CAP_DAC_READ_SEARCH}", 1 << CAP_DAC_OVERRIDE),  # as in Docker by default
    ],
    ids=["root", "Docker's root"],
)
def test_below_a_closed_directory_one_capability_is_kept(withheld: str, kept: int) -> None:
    base = Path(tempfile.mkdtemp(prefix="fc-"))  # 0700, like /root
    with cleaned(base) as data_dir:
        env = environment()
        # The programs lie below it as well, like those of a .venv in a checkout.
        programs = base / "site" / cluster.PACKAGE
        source = Path(site_packages()) / cluster.PACKAGE
        installed = f"pginstall{cluster.MAJOR}"
        shutil.copytree(
            source / installed, programs / installed, symlinks=True, copy_function=link_or_copy
        )
        libraries = f"{cluster.PACKAGE}.libs"
        (base / "site" / libraries).symlink_to(source.with_name(libraries))
        (programs / "__init__.py").touch()
        env["PYTHONPATH"] = os.pathsep.join([str(base / "site"), env["PYTHONPATH"]])
        done = python(WITHOUT, data_dir, withheld, UP, env=env)
        assert done.stdout.splitlines() == [f"{kept:016x}", "up"], done.stdout + done.stderr


def link_or_copy(source: str, target: str) -> None:
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


def test_a_root_that_may_not_become_anybody_hears_what_to_do(postgres_dir: Path) -> None:
    done = python(WITHOUT, postgres_dir, f"{CAP_SETUID}", UP)
    assert "run as an ordinary user, or set DATABASE_URL" in done.stdout, done.stdout + done.stderr
