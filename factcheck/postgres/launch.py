"""Runs one of PostgreSQL's programs with the rights it needs, and ends the server in time.

Run by its path in an interpreter of its own (`python -I -S launch.py SPEC`), hence the standard
library only. SPEC is one JSON object, see `Spec`.

Without `users` the program takes the place of this process. With it the program is a server, and
this process, detached from whoever called, stays beside it to stop it when its last user is gone.
Users hold a shared lock on the file `users`; the kernel takes it from them however they end, so
the exclusive lock comes through exactly when nobody is left. Exit hooks alone could not promise
that: neither a kill -9 nor the os._exit() of a Celery child runs them.

What goes wrong before the program runs is written to standard output. A server's caller may read
that to its end, which is the server's: it stays empty unless the server failed by itself.

PostgreSQL refuses to run as root, so root's server runs as somebody else, who may be unable to
reach a checkout below a closed directory such as /root. Only then it keeps one capability: to
read and search everywhere, or, where root itself lacks that one (Docker's default), the wider
CAP_DAC_OVERRIDE.
"""

import contextlib
import ctypes
import fcntl
import json
import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from typing import NoReturn, TypedDict

STOP_TIMEOUT = 60.0  # seconds a server gets to close properly before it is cut off
LOG_BYTES = 1_000_000  # a longer log is set aside at the start; the one before it goes

PR_SET_PDEATHSIG = 1
PR_SET_KEEPCAPS = 8
PR_SET_SECUREBITS = 28
SECBIT_NO_SETUID_FIXUP = 1 << 2
PR_CAP_AMBIENT = 47
PR_CAP_AMBIENT_RAISE = 2
PR_CAP_AMBIENT_LOWER = 3
CAP_DAC_OVERRIDE = 1
CAP_DAC_READ_SEARCH = 2
CAP_SETPCAP = 8
CAPABILITY_VERSION_3 = 0x20080522


class Spec(TypedDict):
    """What to run; every path is absolute."""

    command: list[str]
    user: tuple[int, int] | None  # uid and gid to become; needs root
    reads: list[str]  # what the program must be able to open, whoever it runs as
    log: str | None  # where its output goes; None leaves it on standard output
    users: str | None  # the file of locks that keeps a server alive


class _CapabilityHeader(ctypes.Structure):
    _fields_ = [("version", ctypes.c_uint32), ("pid", ctypes.c_int)]


class _CapabilityData(ctypes.Structure):
    # The kernel takes two of these, for capabilities 0 to 31 and from 32; all of ours are below.
    _fields_ = [
        ("effective", ctypes.c_uint32),
        ("permitted", ctypes.c_uint32),
        ("inheritable", ctypes.c_uint32),
    ]


def _capabilities() -> Iterator[None]:
    """Gives this process no capability, then each that may open a closed path, one per step."""
    yield
    if sys.platform != "linux":
        return
    libc = ctypes.CDLL(None, use_errno=True)
    header = _CapabilityHeader(CAPABILITY_VERSION_3, 0)
    data = (_CapabilityData * 2)()
    if libc.capget(ctypes.byref(header), data) != 0:
        return
    for capability in (CAP_DAC_READ_SEARCH, CAP_DAC_OVERRIDE):
        data[0].effective = data[0].permitted & (1 << capability | 1 << CAP_SETPCAP)
        data[0].inheritable = 1 << capability
        data[1].effective = data[1].inheritable = 0
        if libc.capset(ctypes.byref(header), data) != 0:
            continue
        # Without this access(), by which initdb looks for its programs, leaves the capability
        # out of account. It needs CAP_SETPCAP, which goes with the exec().
        libc.prctl(PR_SET_SECUREBITS, SECBIT_NO_SETUID_FIXUP, 0, 0, 0)
        # Ambient capabilities are the only ones that last through exec() of a plain file.
        if libc.prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, capability, 0, 0) == 0:
            yield
            libc.prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_LOWER, capability, 0, 0)


def _die_with_parent() -> None:
    """Has the kernel stop this process when its parent ends (Linux; elsewhere nothing)."""
    if sys.platform == "linux":
        # For a server this signal means a fast shutdown; other programs just end.
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGINT, 0, 0, 0)


def _become(uid: int, gid: int) -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_KEEPCAPS, 1, 0, 0, 0)
    os.setgroups([gid])
    os.setgid(gid)
    os.setuid(uid)


def _redirect_to(log: str) -> None:
    with contextlib.suppress(FileNotFoundError):
        if os.stat(log).st_size > LOG_BYTES:  # noqa: PTH116 (pathlib would double the start)
            os.replace(log, log + ".1")  # noqa: PTH105
    file = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_NOFOLLOW, 0o600)
    os.dup2(file, 1)
    os.dup2(file, 2)


def execute(spec: Spec) -> NoReturn:
    """Becomes the program. Raises OSError, then the process has to end."""
    if spec["user"]:
        _become(*spec["user"])
    _die_with_parent()
    os.umask(0o077)
    command = spec["command"]
    refused = PermissionError(f"{command[0]} cannot be run")
    for _ in _capabilities():
        try:
            for path in spec["reads"]:
                os.close(os.open(path, os.O_RDONLY))
            if spec["log"]:
                _redirect_to(spec["log"])
            os.execv(command[0], command)  # noqa: S606 (no shell is the point)
        except PermissionError as error:
            refused = error
    raise refused


def _stop_when_unused(users: int, server: int) -> None:
    fcntl.flock(users, fcntl.LOCK_EX)
    os.kill(server, signal.SIGINT)
    time.sleep(STOP_TIMEOUT)
    os.kill(server, signal.SIGQUIT)


def supervise(spec: Spec, users: int) -> None:
    """Runs the server and returns when it has ended; `users` is the open file of locks."""
    server = os.fork()
    if server == 0:
        report = os.dup(1)
        try:
            execute(spec)
        except OSError as error:
            os.write(report, f"{error}\n".encode())
        finally:
            os._exit(1)
    signal.signal(signal.SIGTERM, lambda *_: os.kill(server, signal.SIGINT))
    threading.Thread(target=_stop_when_unused, args=(users, server), daemon=True).start()
    _, status = os.waitpid(server, 0)
    if os.WIFEXITED(status) and os.WEXITSTATUS(status) != 0:
        with contextlib.suppress(OSError):  # nobody reads any more
            os.write(1, f"It ended with status {os.WEXITSTATUS(status)}.\n".encode())


def main() -> None:
    spec: Spec = json.loads(sys.argv[1])
    try:
        if spec["users"] is None:
            execute(spec)
        users = os.open(spec["users"], os.O_RDWR | os.O_NOFOLLOW)
    except OSError as error:
        sys.exit(str(error))
    # The server belongs to none of its users: without this it would stay, ended, as a zombie
    # of the one that happened to start it.
    if os.fork() == 0:
        supervise(spec, users)
    os._exit(0)


if __name__ == "__main__":
    main()
