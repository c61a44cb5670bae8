"""The embedded server's life: started once, shared, restarted, ended with its last user."""

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import psycopg2
import pytest

from factcheck.postgres import cluster
from factcheck.postgres.server import EmbeddedServer
from tests.factcheck.embedded import (
    SETTINGS,
    User,
    alive,
    ended,
    environment,
    eventually,
    postmaster,
    python,
)

AT_ONCE = 4  # processes that begin together

# A process with the backend in a minimal project of its own.
DJANGO = """
import django
from django.conf import settings
from django.core.management import call_command
settings.configure(DATABASES={"default": {"ENGINE": "factcheck.postgres", "NAME": "facts",
    "DATA_DIR": sys.argv[1], "TEST": {"NAME": "test_facts"}}}, USE_TZ=True)
django.setup()
from django.db import connection
def ask(sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchone()[0] if cursor.description else None
"""


def query(server: EmbeddedServer, sql: str) -> object:
    connection = psycopg2.connect(server.info.dsn("postgres"))
    try:
        with connection.cursor() as cursor:
            cursor.execute(sql)
            row = cursor.fetchone()
            return row and row[0]
    finally:
        connection.close()


def test_starts_from_nothing_and_answers(postgres: EmbeddedServer) -> None:
    assert not postgres.is_running()
    postgres.ensure_running()
    assert postgres.is_running()
    assert query(postgres, "SELECT current_setting('server_version_num')::int / 10000") == 18
    for setting, value in {
        "fsync": "on",
        "synchronous_commit": "on",
        "data_checksums": "on",
        "listen_addresses": "",
        "server_encoding": "UTF8",
    }.items():
        assert query(postgres, f"SELECT current_setting('{setting}')") == value
    assert postgres.data_dir.stat().st_mode & 0o077 == 0  # whoever enters is a superuser


def test_an_ended_server_starts_again_with_its_data(postgres: EmbeddedServer) -> None:
    postgres.ensure_running()
    connection = psycopg2.connect(postgres.info.dsn("postgres"))
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE kept AS SELECT 85 AS percent")
    connection.commit()
    connection.close()
    postgres.release()
    assert not postgres.is_running()
    postgres.ensure_running()
    assert query(postgres, "SELECT percent FROM kept") == 85


def test_neither_an_import_nor_help_nor_setup_starts_it(postgres_dir: Path) -> None:
    (postgres_dir.parent / "lazy_settings.py").write_text(
        SETTINGS.format(data_dir=str(postgres_dir))
    )
    env = environment(DJANGO_SETTINGS_MODULE="lazy_settings")
    env["PYTHONPATH"] += os.pathsep + str(postgres_dir.parent)
    before = sorted(postgres_dir.parent.iterdir())
    for command in (["help"], ["migrate", "--help"], ["makemigrations", "--check"], ["check"]):
        done = subprocess.run(
            [sys.executable, "-m", "django", *command], env=env, capture_output=True, check=False
        )
        assert done.returncode == 0, done.stderr
    code = "import django; django.setup(); from django.db import connection; connection.vendor"
    subprocess.run([sys.executable, "-c", code], env=env, check=True)
    assert [p for p in sorted(postgres_dir.parent.iterdir()) if p.name != "__pycache__"] == before


def test_processes_that_begin_at_once_share_one_server_and_one_database(
    postgres_dir: Path,
) -> None:
    code = f"{DJANGO}\nname = ask('SELECT current_database()')\n"
    code += "say(name, (Path(sys.argv[1]) / 'postmaster.pid').read_text().split()[0])"
    users = [User(postgres_dir, code) for _ in range(AT_ONCE)]
    said = {user.line() for user in users}
    assert said == {f"facts {postmaster(postgres_dir)}"}
    server = EmbeddedServer(postgres_dir)
    for user in users[1:]:
        user.end()
        assert server.is_running()
    users[0].end()
    assert not server.is_running()


def test_comings_and_goings_never_meet_a_server_that_is_ending(postgres_dir: Path) -> None:
    code = "for _ in range(8): server.ensure_running(); query('SELECT 1'); server.release()\n"
    users = [User(postgres_dir, code) for _ in range(3)]
    for user in users:
        user.end()
    assert not EmbeddedServer(postgres_dir).is_running()


def test_the_next_connection_restarts_a_killed_server(postgres_dir: Path) -> None:
    code = """
ask("CREATE TABLE kept (words text)")
ask("INSERT INTO kept VALUES ('mission failed')")
for _ in range(3):
    old = int((Path(sys.argv[1]) / "postmaster.pid").read_text().split()[0])
    os.kill(old, signal.SIGKILL)
    connection.close()
    say(ask("SELECT words FROM kept"))
"""
    done = python(DJANGO + code, postgres_dir)
    assert done.stdout.splitlines() == ["mission failed"] * 3, done.stderr


def test_a_backend_at_work_delays_the_restart_only(postgres: EmbeddedServer) -> None:
    # It notices the death of its server when its query is done, and keeps the memory until then.
    postgres.ensure_running()
    code = "server.ensure_running(); say('up')\n"
    code += "try: query('SELECT count(*) FROM generate_series(1, 3000000)')\n"
    code += "except psycopg2.OperationalError: pass"
    user = User(postgres.data_dir, code)
    assert user.line() == "up"
    busy = "SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'SELECT count(*) FROM gen%'"
    assert eventually(lambda: query(postgres, busy) == 1)
    os.kill(postmaster(postgres.data_dir), signal.SIGKILL)
    assert eventually(lambda: ended(postgres.data_dir))
    postgres.ensure_running()
    assert query(postgres, "SELECT 1") == 1
    user.end()


def test_users_connecting_while_it_recovers_all_succeed(postgres: EmbeddedServer) -> None:
    postgres.ensure_running()
    os.kill(postmaster(postgres.data_dir), signal.SIGKILL)
    users = [User(postgres.data_dir, f"{DJANGO}\nsay(ask('SELECT 7'))") for _ in range(AT_ONCE)]
    assert [user.line() for user in users] == ["7"] * AT_ONCE
    for user in users:
        user.end()


def test_a_server_killed_while_it_starts_is_started_again(postgres_dir: Path) -> None:
    user = User(postgres_dir)
    assert eventually(lambda: not ended(postgres_dir))
    os.kill(postmaster(postgres_dir), signal.SIGKILL)
    assert user.line() == "up"
    user.end()


def test_a_killed_user_does_not_keep_it_up(postgres_dir: Path) -> None:
    first, second = User(postgres_dir), User(postgres_dir)
    assert (first.line(), second.line()) == ("up", "up")
    pid = postmaster(postgres_dir)
    first.kill()
    assert EmbeddedServer(postgres_dir).is_running()
    second.end()
    assert not EmbeddedServer(postgres_dir).is_running()
    assert eventually(lambda: not alive(pid))


def test_it_ends_when_all_users_are_killed(postgres_dir: Path) -> None:
    users = [User(postgres_dir) for _ in range(2)]
    assert [user.line() for user in users] == ["up", "up"]
    pid = postmaster(postgres_dir)
    for user in users:
        user.kill()
    assert eventually(lambda: not alive(pid))
    assert not (postgres_dir / "postmaster.pid").exists()  # in order, not by a crash


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel signals a parent's end on Linux")
def test_it_ends_with_its_supervisor(postgres: EmbeddedServer) -> None:
    postgres.ensure_running()
    pid = postmaster(postgres.data_dir)
    stat = Path("/proc", str(pid), "stat").read_text()
    supervisor = int(stat.rpartition(")")[2].split()[1])
    os.kill(supervisor, signal.SIGKILL)
    assert eventually(lambda: not alive(pid))
    postgres.ensure_running()
    assert query(postgres, "SELECT 1") == 1


def test_ctrl_c_ends_the_process_that_started_it_but_not_the_server(postgres_dir: Path) -> None:
    first = User(postgres_dir)
    assert first.line() == "up"
    second = User(postgres_dir)
    assert second.line() == "up"
    os.killpg(first.process.pid, signal.SIGINT)
    # The read to the end of its output shows as well that the server does not hold its pipe.
    first.process.communicate(timeout=10)
    assert EmbeddedServer(postgres_dir).is_running()
    second.end()


def test_a_child_that_outlives_its_parent_keeps_it_up(postgres_dir: Path) -> None:
    code = """
parent = os.getpid()
server.ensure_running()
if os.fork():
    os.kill(parent, signal.SIGKILL)
while os.getppid() == parent: time.sleep(0.01)
time.sleep(0.3)
say(query("SELECT 'still there'"))
server.ensure_running()
say(query("SELECT 'and used'"))
os._exit(0)
"""
    done = python(code, postgres_dir)
    assert done.stdout.splitlines() == ["still there", "and used"], done.stderr
    assert eventually(lambda: ended(postgres_dir))


def test_ending_children_leave_it_to_their_parent(postgres_dir: Path) -> None:
    code = """
server.ensure_running()
for leave in (sys.exit, os._exit, lambda _: os.kill(os.getpid(), signal.SIGKILL)):
    for connect in (False, True):
        child = os.fork()
        if child == 0:
            if connect:
                server.ensure_running()
                query("SELECT 1")
            leave(0)
        os.waitpid(child, 0)
        say(server.is_running(), query("SELECT 1"))
"""
    done = python(code, postgres_dir)
    assert done.stdout.splitlines() == ["True 1"] * 6, done.stderr
    assert not EmbeddedServer(postgres_dir).is_running()


def test_children_that_alone_use_it_end_it_by_their_end(postgres_dir: Path) -> None:
    # A Celery worker's children connect, the parent does not, and they leave by os._exit().
    code = """
children = []
for _ in range(3):
    child = os.fork()
    if child == 0:
        server.ensure_running()
        query("SELECT 1")
        os._exit(0)
    children.append(child)
say([os.waitpid(child, 0)[1] for child in children])
while server.is_running(): time.sleep(0.01)
say("ended")
"""
    done = python(code, postgres_dir)
    assert done.stdout.splitlines() == ["[0, 0, 0]", "ended"], done.stderr


def test_a_pid_that_is_another_process_now_is_no_server(postgres: EmbeddedServer) -> None:
    postgres.ensure_running()
    uid = postgres.data_dir.stat().st_uid
    old = (postgres.data_dir / "postmaster.pid").read_text()
    os.kill(postmaster(postgres.data_dir), signal.SIGKILL)
    assert eventually(lambda: not postgres.is_running())
    code = f"import os, sys; os.setuid({uid}); print(1, flush=True); sys.stdin.read()"
    with subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        assert other.stdout is not None
        other.stdout.readline()
        _, rest = old.split("\n", 1)
        (postgres.data_dir / "postmaster.pid").write_text(f"{other.pid}\n{rest}")
        postgres.ensure_running()
        assert query(postgres, "SELECT 1") == 1
        assert other.poll() is None


@pytest.mark.skipif(sys.platform != "linux", reason="the process table is Linux's")
def test_a_directory_removed_under_its_server_is_made_anew(postgres_dir: Path) -> None:
    user = User(postgres_dir, "server.ensure_running(); say('up')")
    assert user.line() == "up"
    lost = postmaster(postgres_dir)
    while postgres_dir.exists():  # the server goes on writing into it
        shutil.rmtree(postgres_dir, ignore_errors=True)
    for file in postgres_dir.parent.iterdir():
        file.unlink()
    server = EmbeddedServer(postgres_dir)
    server.ensure_running()
    assert eventually(lambda: not alive(lost))
    user.end()  # the last user of the lost one is no user of the new one
    assert query(server, "SELECT 1") == 1


def test_a_killed_beginning_leaves_nothing_half_made(postgres_dir: Path) -> None:
    user = User(postgres_dir)
    beginning = f".{postgres_dir.name}.init-*/PG_VERSION"
    assert eventually(lambda: any(postgres_dir.parent.glob(beginning)))
    user.kill()
    # Nothing yet, or everything where the kill came a moment late: never a part of it.
    assert not postgres_dir.exists() or (postgres_dir / "global" / "pg_control").exists()
    server = EmbeddedServer(postgres_dir)
    server.ensure_running()
    assert query(server, "SELECT 1") == 1
    assert not any(postgres_dir.parent.glob(".*"))


# Goes on for a second after its caller was killed, as initdb may.
WRITER = """
import itertools, pathlib, sys, time
folder = pathlib.Path(sys.argv[1])
folder.mkdir()
for number in range(300):
    (folder / str(number)).mkdir()
print(flush=True)
end = time.monotonic() + 1
while time.monotonic() < end and folder.exists():
    number += 1
    (folder / str(number)).mkdir()
"""


def test_a_beginning_that_is_still_written_is_cleared_away(postgres_dir: Path) -> None:
    left_over = postgres_dir.parent / f".{postgres_dir.name}.init-killed"
    with subprocess.Popen(
        [sys.executable, "-c", WRITER, str(left_over)], stdout=subprocess.PIPE
    ) as writer:
        assert writer.stdout is not None
        writer.stdout.readline()
        cluster.create(postgres_dir, cluster.server_owner(postgres_dir))
    assert not left_over.exists()
    assert (postgres_dir / "PG_VERSION").exists()


def test_no_path_and_an_unknown_locale_do_not_matter(postgres_dir: Path) -> None:
    env = environment(PATH="/nonexistent", LC_ALL="xx_YY.none", LANG="xx_YY", PGDATA="/x", TZ="X")
    code = """
server.ensure_running()
say(ascii(query("SELECT upper('\u00e9\u0161\u00e7')")))
say(query("SELECT '2021-07-09 12:00+00'::timestamptz AT TIME ZONE 'Asia/Kabul'"))
"""
    done = python(code, postgres_dir, env=env)
    assert done.stdout.splitlines() == [ascii("ÉŠÇ"), "2021-07-09 16:30:00"], done.stderr


def test_a_long_path_has_its_socket_elsewhere(postgres_dir: Path) -> None:
    long = postgres_dir.parent / ("long" * 20) / "pg, new"
    server = EmbeddedServer(long)
    assert server.socket_dir.parent == cluster.SHORT_DIRECTORY
    try:
        server.ensure_running()
        assert query(server, "SELECT 1") == 1
        assert server.socket_dir.stat().st_mode & 0o077 == 0
    finally:
        server.release()
        server.socket_dir.rmdir()


def test_the_test_runner_makes_and_removes_its_database(postgres_dir: Path) -> None:
    code = """
say(connection.creation.create_test_db(verbosity=0))
say(ask("SELECT current_database()"))
connection.creation.destroy_test_db("facts", verbosity=0)
say(ask("SELECT string_agg(datname, ' ' ORDER BY datname) FROM pg_database"))
"""
    done = python(DJANGO + code, postgres_dir)
    assert done.stdout.splitlines() == [
        "test_facts",
        "test_facts",
        "facts postgres template0 template1",
    ], done.stderr


def test_the_log_is_set_aside_when_it_has_grown(postgres: EmbeddedServer) -> None:
    postgres.ensure_running()
    postgres.release()
    with postgres.log.open("a") as log:
        log.write("old\n" * 500_000)
    postgres.ensure_running()
    assert postgres.log.stat().st_size < 10_000


def test_the_command_line_shows_and_stops_it(postgres: EmbeddedServer) -> None:
    def run(action: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "factcheck.postgres", action, postgres.data_dir],
            env=environment(),
            capture_output=True,
            text=True,
            check=False,
        )

    assert run("status").returncode == 1
    postgres.ensure_running()
    assert run("status").stdout == f"running: {postgres.data_dir}\n"
    assert run("dsn").stdout == postgres.info.dsn("factcheck") + "\n"
    assert run("stop").stdout == "stopped\n"
    assert run("stop").stdout == "was not running\n"
    postgres.ensure_running()
    assert query(postgres, "SELECT 1") == 1
