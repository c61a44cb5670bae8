"""Two schedulers send the weekly check at the same moment."""

import threading

import pytest
from django.db import connection

from claims.services import housekeeping


@pytest.mark.usefixtures("committed")
def test_of_two_checks_at_once_one_reads_the_record():
    began, may_end, calls = threading.Event(), threading.Event(), []

    def slow():
        calls.append(1)
        began.set()
        may_end.wait(20)

    def first():
        try:
            housekeeping.check_and_report()
        finally:
            connection.close()

    original = housekeeping._check_and_report
    housekeeping._check_and_report = slow
    try:
        thread = threading.Thread(target=first)
        thread.start()
        assert began.wait(20)
        housekeeping.check_and_report()
        may_end.set()
        thread.join()
        assert calls == [1]
        housekeeping.check_and_report()  # the lock was given back
        assert calls == [1, 1]
    finally:
        housekeeping._check_and_report = original
