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
    server.robots = (404, b"")
    return server


@pytest.fixture
def limits() -> FetchLimits:
    """A small size, and no address open but the server's; times that a busy machine keeps."""
    return FetchLimits(
        max_redirects=3,
        max_bytes=200_000,
        allow_networks=("127.0.0.1/32",),
    )
