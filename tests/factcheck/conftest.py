"""Fixtures of the tests of the embedded PostgreSQL; see `embedded`."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from factcheck.postgres.server import EmbeddedServer
from tests.factcheck.embedded import cleaned


@pytest.fixture
def postgres_dir() -> Iterator[Path]:
    """A data directory that does not exist yet, below one that everybody can enter.

    Not tmp_path, whose names are long for a socket, and closed to the user of root's server.
    """
    base = Path(tempfile.mkdtemp(prefix="fc-"))
    base.chmod(0o755)
    with cleaned(base) as data_dir:
        yield data_dir


@pytest.fixture
def postgres(postgres_dir: Path) -> EmbeddedServer:
    """Its server, not started; in the end this process no longer uses it."""
    return EmbeddedServer(postgres_dir)
