"""The short form of the fault rounds; the long one is ``python -m tests.faults.intake``."""

import shutil
import subprocess
import sys
from contextlib import contextmanager
from urllib.parse import urlencode

import psycopg2
import pytest
from django.db import connection

from tests.processes import ROOT

DATABASE = "fault_rounds"
ROUNDS = 6
SEED = 5


@contextmanager
def copy_of_the_database():
    """An empty, migrated database of the rounds' own: the tests' own, copied."""
    given = connection.get_connection_params()
    template = given["dbname"]
    name = f"{DATABASE}_{template}"
    where = {key: given[key] for key in ("user", "password", "host", "port") if given.get(key)}
    connection.close()  # a template must be nobody's
    maintenance = psycopg2.connect(dbname="postgres", **where)
    maintenance.autocommit = True
    with maintenance.cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        yield f"postgres:///{name}?{urlencode(where)}"
        cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
    maintenance.close()


@pytest.mark.usefixtures("committed")
def test_whatever_happens_every_page_is_read_once_and_none_is_lost():
    broker = "redis" if shutil.which("redis-server") else "folder"
    with copy_of_the_database() as database:
        result = subprocess.run(
            [
                *(sys.executable, "-m", "tests.faults.intake"),
                *("--rounds", str(ROUNDS), "--seed", str(SEED), "--outage", "0"),
                *("--broker", broker, "--database", database),
            ],
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=170,
            check=False,
        )
    assert result.returncode == 0, result.stdout[-3000:] + result.stderr[-3000:]
    assert "nothing lost, nothing twice" in result.stdout
