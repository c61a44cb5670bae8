"""PostgreSQL's client programs: those of the embedded server, or others of the right version."""

import os
import re
import shutil
import subprocess
from contextlib import suppress
from pathlib import Path
from typing import Any

from factcheck.postgres import cluster
from factcheck.postgres.errors import ServerError

# A client says "pg_dump (PostgreSQL) 18.1 (Debian 18.1-1)".
VERSION = re.compile(rb"\(PostgreSQL\) (\d+)")


class ClientError(RuntimeError):
    """A client program is missing, or ended with an error; the message says which and why."""


def find(name: str, major: int) -> Path:
    """``name`` of the major version of the server; raises ClientError when there is none.

    Another version would do for some servers and some dumps and not for others, and the day
    of a restore is a bad day to find out.
    """
    seen = []
    for path in _candidates(name):
        found = _major_of(path)
        if found == major:
            return path
        seen.append(f"{path} is {'of version ' + str(found) if found else 'unusable'}")
    raise ClientError(
        f"The server is PostgreSQL {major}, and no {name} of that version was found "
        f"({'; '.join(seen) or 'none is installed'}): install the client programs of "
        f"PostgreSQL {major} and put them on the PATH."
    )


def run(program: Path, *arguments: str, connection: Any) -> None:
    """Run a client on Django's connection; raises ClientError with what it said.

    The password travels in the environment of that one process, never on its command line.
    """
    given = connection.get_connection_params()
    names = {"host": "PGHOST", "port": "PGPORT", "user": "PGUSER", "password": "PGPASSWORD"}
    names |= {"dbname": "PGDATABASE", "sslmode": "PGSSLMODE", "sslrootcert": "PGSSLROOTCERT"}
    login = {names[key]: str(value) for key, value in given.items() if key in names and value}
    result = subprocess.run(  # noqa: S603  a program found by `find`, no shell
        [str(program), "--no-password", *arguments],
        env={**os.environ, "LC_ALL": "C", **login},
        capture_output=True,
        check=False,
    )
    if result.returncode:
        said = result.stderr.decode(errors="replace").strip()[-2000:]
        raise ClientError(f"{program.name} ended with status {result.returncode}: {said}")


def _candidates(name: str) -> list[Path]:
    places = []
    with suppress(ServerError):  # where there is no wheel of it there are clients of one's own
        places.append(cluster.programs() / name)
    if on_path := shutil.which(name):
        places.append(Path(on_path))
    return places


def _major_of(program: Path) -> int:
    try:
        said = subprocess.run(  # noqa: S603  our own candidate, no shell
            [str(program), "--version"], capture_output=True, check=True, timeout=20
        ).stdout
    except (OSError, subprocess.SubprocessError):
        return 0
    found = VERSION.search(said)
    return int(found.group(1)) if found else 0
