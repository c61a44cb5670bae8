"""Any number of schedulers give the same result: sweeps at the same moment share the work."""

import threading

import pytest
from django.db import connection
from django.utils import timezone

from claims.services import extraction, fetching, polling
from tests import factories

SWEEPS = 4
ROWS = 60


def rows_of(kind):
    if kind is fetching.due_fetches:
        return [factories.FetchFactory(host=f"host-{n}.example").pk for n in range(ROWS)]
    if kind is extraction.due_runs:
        return [
            factories.ExtractionRunFactory(due_at=timezone.now(), rung_at=None).pk
            for _ in range(ROWS)
        ]
    return [factories.FeedFactory(next_poll_at=timezone.now()).pk for _ in range(ROWS)]


@pytest.mark.usefixtures("committed")
@pytest.mark.parametrize("sweep", [fetching.due_fetches, extraction.due_runs, polling.due_feeds])
def test_of_sweeps_at_once_each_row_is_rung_for_by_one(sweep):
    due = rows_of(sweep)
    rung, start = [], threading.Barrier(SWEEPS)

    def once():
        try:
            start.wait(10)
            rung.extend(sweep())
        finally:
            connection.close()

    threads = [threading.Thread(target=once) for _ in range(SWEEPS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    rung.extend(sweep())  # what all of them left to each other
    assert sorted(rung) == sorted(due)
