"""Two at once: a change that was based on an older row is refused; jobs wait for each other."""

from collections.abc import Iterable
from typing import TypeVar

from django.db import connection

from claims.models.base import Editable
from claims.services.errors import StaleRow

Row = TypeVar("Row", bound=Editable)


def lock(row: Row, *, expected_version: int | None = None) -> Row:
    """Return the row as it is now, locked until the transaction ends.

    ``expected_version`` is the version that the caller decided on; StaleRow is raised
    when the row has moved on since. Must be called inside a transaction.
    """
    model = type(row)
    # of=("self",): a nullable foreign key in select_related cannot be locked.
    fresh: Row = model._default_manager.select_for_update(of=("self",)).get(pk=row.pk)
    if expected_version is not None and fresh.version != expected_version:
        raise StaleRow(
            f"This {model._meta.verbose_name} was changed by somebody else at "
            f"{fresh.updated_at:%H:%M on %d %B}. Look at it again before you decide."
        )
    return fresh


def take_turns(topic: str) -> None:
    """Wait until no other transaction is at work on ``topic``, and keep it until this one ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [topic])


def take_turns_on(keys: Iterable[int]) -> None:
    """The same for many topics at once, given as signed 64-bit numbers."""
    with connection.cursor() as cursor:
        # In one order for all, so that no two transactions wait for each other.
        cursor.execute(
            "SELECT pg_advisory_xact_lock(key) FROM unnest(%s::bigint[]) AS key",
            [sorted(set(keys))],
        )
