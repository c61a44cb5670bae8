"""The server's main process, as the socket, postmaster.pid and the process table show it."""

import contextlib
import os
import signal
import socket
import time
from enum import Enum
from pathlib import Path

from factcheck.postgres.errors import ServerError, from_os_error

PROBE_TIMEOUT = 5.0  # seconds for a connection to the socket
POLL = 0.01  # seconds between two looks
STATUS_LINE = 7  # of postmaster.pid, counted from 0
PROCESSES = Path("/proc")  # on Linux; elsewhere PostgreSQL's own checks have to do
PROGRAM = "postgres"


class State(Enum):
    """What the socket shows of the server."""

    DOWN = "down"
    BUSY = "starting or stopping"
    READY = "ready"


class Holder(Enum):
    """Who has the pid that postmaster.pid names."""

    SERVER = "the server of this directory"
    OTHER = "another process, since the server was killed"
    NOBODY = "nobody"
    UNKNOWN = "another user's process, or there is no way to see"


class Postmaster:
    """The main process of the server of a data directory, if there is one."""

    def __init__(self, data_dir: Path, socket_path: Path) -> None:
        self._data_dir = data_dir
        self._socket_path = socket_path
        self._pid_path = data_dir / "postmaster.pid"

    def state(self) -> State:
        """Whether somebody listens and says it is ready; a file alone proves nothing."""
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as probe:
            probe.settimeout(PROBE_TIMEOUT)
            try:
                probe.connect(str(self._socket_path))
            except (FileNotFoundError, NotADirectoryError, ConnectionRefusedError):
                return State.DOWN
            except (BlockingIOError, TimeoutError):
                return State.BUSY
            except OSError as error:
                raise from_os_error(f"reach {self._socket_path}", error) from error
        # Somebody listens, so the file is that server's own and not one left behind.
        lines = self._pid_file()
        ready = len(lines) > STATUS_LINE and lines[STATUS_LINE].strip() == "ready"
        return State.READY if ready else State.BUSY

    def forget_foreign(self) -> None:
        """Removes a postmaster.pid whose pid has become another process's.

        PostgreSQL clears up after a killed server, but takes any live process of its user that
        has the number for the server itself (usual in containers, where numbers start anew).
        """
        if self._holder(self._pid()) is Holder.OTHER:
            with contextlib.suppress(OSError):  # PostgreSQL itself says what is wrong with it
                self._pid_path.unlink()

    def interrupt(self, timeout: float) -> bool:
        """Has the server end in order and waits for it; False if it did not run."""
        pid = self._pid()
        is_server = self._holder(pid) is not Holder.OTHER
        if self.state() is State.DOWN and self._holder(pid) is not Holder.SERVER:
            return False
        try:
            if pid and is_server:
                os.kill(pid, signal.SIGINT)
        except ProcessLookupError:
            return True
        except OSError as error:
            raise from_os_error(f"stop the server in {self._data_dir}", error) from error
        deadline = time.monotonic() + timeout
        while self.state() is not State.DOWN or self._holder(pid) is Holder.SERVER:
            if time.monotonic() > deadline:
                raise ServerError(f"The server in {self._data_dir} did not end in {timeout:.0f} s.")
            time.sleep(POLL)
        return True

    def kill_lost(self) -> None:
        """Kills a server whose directory was removed under it, before a new one is made.

        It would notice after up to a minute, and would then take its successor's socket and
        postmaster.pid away, since it removes them by their names.
        """
        lost = f"{self._data_dir} (deleted)"
        for process in PROCESSES.glob("[0-9]*"):
            with contextlib.suppress(OSError):  # it has ended, or is another user's
                if os.readlink(process / "cwd") == lost and _program(process) == PROGRAM:  # noqa: PTH115
                    os.kill(int(process.name), signal.SIGKILL)

    def _pid_file(self) -> list[str]:
        try:
            return self._pid_path.read_text().splitlines()
        except OSError:
            return []

    def _pid(self) -> int:
        """What postmaster.pid names, 0 without one."""
        try:
            return int(self._pid_file()[0])
        except (IndexError, ValueError):
            return 0

    def _holder(self, pid: int) -> Holder:
        if pid <= 0:
            return Holder.NOBODY
        if not (PROCESSES / "self").exists():
            return Holder.UNKNOWN
        process = PROCESSES / str(pid)
        try:
            here = (process / "cwd").samefile(self._data_dir)
            return Holder.SERVER if here and _program(process) == PROGRAM else Holder.OTHER
        except FileNotFoundError:
            return Holder.NOBODY
        except OSError:
            return Holder.UNKNOWN


def _program(process: Path) -> str:
    """The name of the program that a process runs; a reinstalled one counts as well."""
    return (process / "exe").readlink().name.removesuffix(" (deleted)")
