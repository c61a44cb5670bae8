"""Python in a process of its own, with an environment that a test chooses whole."""

import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlencode

from django.db import connection

ROOT = Path(__file__).resolve().parents[1]
SECRET_KEY = "a-secret-key-of-a-test-0123456789-abcdefghijklmnopqrstuvwxyz"


def run_python(*arguments, timeout=150, **variables):
    """Run Python with ``arguments`` in the project's folder; nothing else is in its environment."""
    environment = {
        "PATH": os.environ["PATH"],
        "LANG": "C.UTF-8",
        "PYTHONWARNINGS": "error::DeprecationWarning:factcheck,error::DeprecationWarning:claims",
        "DJANGO_SETTINGS_MODULE": "factcheck.settings",
        "ENV_FILE": "",
        **variables,
    }
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env={name: value for name, value in environment.items() if value is not None},
        capture_output=True,
        text=True,
        timeout=timeout,
        check=False,
    )


def database_url():
    """The address of the tests' own database, whichever server it is on."""
    given = connection.get_connection_params()
    options = {
        name: str(given[name]) for name in ("user", "password", "host", "port") if given.get(name)
    }
    return f"postgres:///{given['dbname']}?{urlencode(options)}"
