"""Write the secrets of docker-compose.yml into ``secrets/``, once: nothing is ever overwritten.

    make_secrets.py [FOLDER]

Standard library only, since it runs where nothing is installed.

Compose mounts the files as they are, with the owner and the mode they have here, and
the users of the containers (10001, and postgres) are nobody on this machine. So the
files can be read by all, and the folder, which the containers never see, can be
entered by its owner alone: on this machine that is as tight as 0600.
"""

import os
import secrets
import sys
from pathlib import Path

FOLDER_MODE = 0o700
FILE_MODE = 0o444
DATABASE_URL = "postgres://factcheck:{password}@db:5432/factcheck"


class Refusal(Exception):
    """The secrets that are there cannot be completed; the message says why."""


def write_new(path: Path, value: str) -> None:
    """Create ``path`` with ``value``, whole or not at all. Raises FileExistsError."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(value + "\n")
            # Explicitly, since the umask may have taken the others' right to read.
            os.fchmod(file.fileno(), FILE_MODE)
        os.link(draft, path)
    finally:
        draft.unlink(missing_ok=True)


def keep_or_make(path: Path, value: str) -> str:
    """The value of the file, made from ``value`` where there is no file yet."""
    try:
        write_new(path, value)
    except FileExistsError:
        print(f"kept  {path}")
    else:
        print(f"wrote {path}")
    kept = path.read_text(encoding="ascii").strip()
    if not kept:
        raise Refusal(f"{path} is empty. Delete it and call this again.")
    return kept


def make_secrets(folder: Path) -> None:
    """Complete the three secrets in ``folder``. Raises Refusal."""
    folder.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
    folder.chmod(FOLDER_MODE)
    password_file, url_file = folder / "postgres_password", folder / "database_url"
    if url_file.exists() and not password_file.exists():
        raise Refusal(
            f"{url_file} is there without {password_file}: write the password that stands in the "
            "one into the other, or delete both where no database has been made with them yet."
        )
    keep_or_make(folder / "secret_key", secrets.token_urlsafe(50))
    password = keep_or_make(password_file, secrets.token_urlsafe(32))
    keep_or_make(url_file, DATABASE_URL.format(password=password))


def main() -> int:
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "secrets")
    try:
        make_secrets(folder)
    except Refusal as refusal:
        print(refusal, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
