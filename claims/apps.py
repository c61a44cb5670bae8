"""The app that holds the record, the services on it and their two faces."""

from typing import Any

from django.apps import AppConfig
from django.db.backends.signals import connection_created


class ClaimsConfig(AppConfig):
    name = "claims"
    verbose_name = "Fact-checking"

    def ready(self) -> None:
        from claims import checks  # noqa: F401  registers the system checks

        connection_created.connect(ignore_no_trigger)


def ignore_no_trigger(connection: Any, **_: Any) -> None:
    """Say that no trigger is to be ignored, instead of leaving the setting unset.

    Every trigger of pgtrigger asks for it. Where it is unset the question fails inside a
    subtransaction of its own, for each row, and taking that back looks through all that the
    transaction has yet to check: a transaction of n rows would take n squared steps.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET pgtrigger.ignore = '{}'")
