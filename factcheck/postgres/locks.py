"""Locks between processes: who may start the server, and who is using it.

Both are flock() locks on files beside the data directory. They belong to an open file, so they
end with the processes that hold it, whichever way those end, and a forked child that inherits the
file counts as a user for as long as it lives. Programs that are exec()ed, the server among them,
inherit nothing (PEP 446).
"""

import atexit
import contextlib
import fcntl
import os
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from factcheck.postgres.errors import ServerError, from_os_error
from factcheck.postgres.postmaster import POLL

# This process's uses by the path of the file: the descriptor that holds the shared lock, and what
# to do when this process ends. Threads share them.
_uses: dict[Path, tuple[int, Callable[[int], None]]] = {}
_guard = threading.RLock()


def open_lock(path: Path, owner: tuple[int, int] | None) -> int:
    """A descriptor of the file, made if need be; root gives it to `owner` (uid, gid)."""
    flags = os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        file = os.open(path, flags, 0o600)
        try:
            if owner and os.fstat(file).st_uid != owner[0]:
                os.fchown(file, *owner)
        except OSError:
            os.close(file)
            raise
    except OSError as error:
        raise from_os_error(f"open its lock {path}", error) from error
    return file


def take(file: int, kind: int) -> bool:
    """Whether the lock (fcntl.LOCK_EX or LOCK_SH) could be had at once."""
    try:
        fcntl.flock(file, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def wait_for(file: int, kind: int, timeout: float, doing: str) -> None:
    """Takes the lock within `timeout` seconds or raises ServerError; `doing` is who holds it."""
    deadline = time.monotonic() + timeout
    while not take(file, kind):
        if time.monotonic() > deadline:
            raise ServerError(
                f"Waited {timeout:.0f} s for another process that {doing} the embedded "
                "PostgreSQL: try again, or end that process."
            )
        time.sleep(POLL)


@contextlib.contextmanager
def exclusive(path: Path, owner: tuple[int, int] | None, timeout: float) -> Iterator[None]:
    """Lets one thread of one process at a time pass."""
    with _guard:
        file = open_lock(path, owner)
        try:
            wait_for(file, fcntl.LOCK_EX, timeout, "starts or stops")
            yield
        finally:
            os.close(file)


def in_use_here(path: Path) -> bool:
    """Whether this process itself counts as a user."""
    return path in _uses


def use(
    path: Path, owner: tuple[int, int] | None, timeout: float, at_end: Callable[[int], None]
) -> None:
    """Makes this process a user until it ends or calls `end_use`.

    Waits up to `timeout` seconds while the server is being stopped for want of users. `at_end`
    gets a fresh descriptor of the file when this process has given up its own lock.
    """
    with _guard:
        file = open_lock(path, owner)
        try:
            wait_for(file, fcntl.LOCK_SH, timeout, "stops")
        except ServerError:
            os.close(file)
            raise
        # A lock from before is given up only now, and not kept: its file may be another one by
        # now, if somebody removed the whole directory.
        held = _uses.pop(path, None)
        if held is not None:
            os.close(held[0])
        _uses[path] = (file, at_end)


def end_use(path: Path) -> None:
    """Ends this process's use and calls its `at_end`. Without a use nothing happens."""
    with _guard:
        held = _uses.pop(path, None)
        if held is None:
            return
        file, at_end = held
        os.close(file)
        with contextlib.suppress(OSError):  # no file any more: nobody else can use it
            file = os.open(path, os.O_RDWR | os.O_NOFOLLOW)
            try:
                at_end(file)
            finally:
                os.close(file)


def _end_all() -> None:
    for path in list(_uses):
        end_use(path)


def _forget_in_child() -> None:
    # The inherited descriptors stay open, so the child goes on counting as a user with its
    # parent's lock even if that parent ends. They are not this process's to close, though: code
    # that becomes a daemon closes all descriptors, and the numbers may be something else's.
    global _guard
    # A thread that is not in the child may have held the old one.
    _guard = threading.RLock()
    _uses.clear()


atexit.register(_end_all)
os.register_at_fork(after_in_child=_forget_in_child)
