"""What can go wrong with the embedded server, each with the mend."""

import errno
import os
from pathlib import Path

OTHER_SERVER = "set DATABASE_URL to use a PostgreSQL server of your own"

# The mends of system errors, which PostgreSQL's programs report in the very words of strerror().
MENDS = {
    errno.ENOSPC: "The disk is full: free some space",
    errno.EDQUOT: "The disk quota is used up: free some space",
    errno.EFBIG: "A limit on the size of files is in the way: raise it (ulimit -f)",
    errno.EROFS: "The disk is read-only: mount it writable",
    errno.EACCES: "A file or directory is not open to this user: mend its rights",
    errno.EPERM: "This user may not do that: run as an ordinary user",
    errno.EBUSY: "A mount point cannot be the data directory itself: use a directory below it",
    errno.EINVAL: "If root has no other users here (a rootless container), be an ordinary user",
    errno.ENOTDIR: "A file stands where a directory is needed: move it away",
    errno.EEXIST: "A file stands where a directory is needed: move it away",
}


class ServerError(Exception):
    """The embedded server cannot be used; the message says why and what to do."""


def from_os_error(doing: str, error: OSError) -> ServerError:
    """The error for a failed system call; `doing` is what was tried ("create X")."""
    mend = MENDS.get(error.errno or 0)
    advice = f"{mend}, or {OTHER_SERVER}" if mend else f"Otherwise {OTHER_SERVER}"
    return ServerError(f"The embedded PostgreSQL could not {doing}: {error}. {advice}.")


def from_output(doing: str, output: str, data_dir: Path) -> ServerError:
    """The error for a program that failed; `output` is what it wrote last."""
    known = (mend for number, mend in MENDS.items() if os.strerror(number) in output)
    advice = f"{next(known, f'The data directory is {data_dir}')}, or {OTHER_SERVER}"
    text = output.strip() or "(it wrote nothing)"
    return ServerError(f"The embedded PostgreSQL could not {doing}. {advice}. It wrote:\n{text}")
