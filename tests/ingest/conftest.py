"""A local web server for all tests of the ingest."""

from collections.abc import Iterator

import pytest

from claims.ingest.limits import FetchLimits
from tests.ingest.web import Web, running


@pytest.fixture(scope="session")
def server() -> Iterator[Web]:
    """One server for the session: starting it costs more than any test."""
    with running() as web:
        yield web


@pytest.fixture
def web(server: Web) -> Web:
    """The server, with an empty list of requests."""
    server.requests.clear()
    return server


@pytest.fixture
def limits() -> FetchLimits:
    """Short times and a small size; only the one loopback address is open."""
    return FetchLimits(
        connect_timeout=1,
        read_timeout=0.4,
        total_timeout=0.8,
        max_redirects=3,
        max_bytes=200_000,
        allow_networks=("127.0.0.1/32",),
    )
