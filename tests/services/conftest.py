"""What tests of services share: people and threads that meet in a database that commits."""

import threading

import pytest
from django.contrib.auth.models import Group
from django.db import connection, connections

from tests import factories


@pytest.fixture
def member(committed):
    """``member(role)``: somebody of the desk whom other threads see."""

    def make(role):
        user = factories.UserFactory()
        user.groups.add(Group.objects.get(name=role))
        return user

    return make


@pytest.fixture
def at_once():
    """``at_once(count, work)`` runs ``work(number)`` in threads that start together.

    Returns the results in order of number; the first exception of a thread is raised.
    """

    def run(count, work):
        barrier = threading.Barrier(count, timeout=30)
        results, failures = [None] * count, []

        def one(number):
            try:
                connection.ensure_connection()
                barrier.wait()
                results[number] = work(number)
            # Whatever it is, the test is to see it.
            except BaseException as failure:  # noqa: BLE001
                failures.append(failure)
                barrier.abort()
            finally:
                connections.close_all()

        threads = [threading.Thread(target=one, args=(number,)) for number in range(count)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
        if failures:
            raise failures[0]
        return results

    return run
