"""Make a virtual environment that holds exactly the pinned requirements.

    install.py VENV REQUIREMENTS...

Standard library only, since it runs before anything is installed. The hashes of
the requirement files are kept in ``VENV/.installed``: a second call with the same
files installs nothing. A ``.env`` for this machine is written where none exists.
"""

import hashlib
import os
import secrets
import subprocess
import sys
import venv
from pathlib import Path

MINIMUM = (3, 11)


def fingerprint(files: list[Path]) -> str:
    digest = hashlib.sha256(sys.version.encode())
    for file in files:
        digest.update(file.read_bytes())
    return digest.hexdigest()


def write_local_env(path: Path) -> None:
    """A ``.env`` with DEBUG on and a secret key of this machine's own."""
    if path.exists():
        return
    text = (
        "# Settings of this machine, read by factcheck/settings.py. See docs/settings.md.\n"
        "DEBUG=1\n"
        f"SECRET_KEY={secrets.token_urlsafe(50)}\n"
    )
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
    print(f"wrote {path} (DEBUG=1 and a secret key for this machine)")


def main() -> int:
    if sys.version_info < MINIMUM:
        wanted, found = ".".join(map(str, MINIMUM)), sys.version.split()[0]
        print(f"Python {wanted} or newer is needed, this is {found}.", file=sys.stderr)
        return 1
    target, files = Path(sys.argv[1]), [Path(name) for name in sys.argv[2:]]
    stamp, wanted = target / ".installed", fingerprint(files)
    write_local_env(Path(".env"))
    if stamp.exists() and stamp.read_text() == wanted:
        stamp.touch()
        return 0
    print(f"installing the pinned requirements into {target} ...", flush=True)
    python = target / "bin" / "python"
    try:
        if not python.exists():
            venv.create(target, with_pip=True, symlinks=True)
    except subprocess.CalledProcessError:
        print(
            "This Python has no ensurepip. On Debian: apt-get install python3-venv", file=sys.stderr
        )
        return 1
    pip = [
        str(python),
        "-m",
        "pip",
        "--disable-pip-version-check",
        "install",
        "--quiet",
        "--require-hashes",
    ]
    result = subprocess.run(
        pip + [part for file in files for part in ("-r", str(file))], check=False
    )
    if result.returncode:
        print("The requirements could not be installed: see pip's message above.", file=sys.stderr)
        return result.returncode
    stamp.write_text(wanted)
    return 0


if __name__ == "__main__":
    sys.exit(main())
