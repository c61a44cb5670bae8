"""The short form of what ``python -m tests.faults.api_fuzz`` asks at length."""

import logging

import pytest

from tests.faults import api_fuzz
from tests.processes import database_url

REQUESTS = 240


@pytest.mark.usefixtures("committed")
def test_no_answer_to_any_role_breaks_the_schema(monkeypatch, short_tmp):
    for name, value in api_fuzz.environment(short_tmp).items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("DATABASE_URL", database_url())
    try:
        askers = api_fuzz.run(short_tmp, requests=REQUESTS, seed=5)
    finally:
        logging.disable(logging.NOTSET)
    found = {name: what for asker in askers for name, what in asker.failures.items()}
    assert not found, "\n\n".join(f"{name}\n{what}" for name, what in found.items())
    assert sum(asker.counts["requests"] for asker in askers) >= REQUESTS
