"""The four ways in which a row is changed, and what a refusal of the database looks like."""

from contextlib import contextmanager

import pytest
from django.db import DatabaseError, connection, transaction


@contextmanager
def refused(message):
    """The block is refused by the database with ``message`` (a regular expression)."""
    with pytest.raises(DatabaseError, match=message), transaction.atomic():
        yield


def execute(statement, *parameters):
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)


def by_save(row, **changes):
    for field, value in changes.items():
        setattr(row, field, value)
    row.save()


def by_queryset(row, **changes):
    type(row).objects.filter(pk=row.pk).update(**changes)


def by_bulk_update(row, **changes):
    for field, value in changes.items():
        setattr(row, field, value)
    type(row).objects.bulk_update([row], list(changes))


def by_raw_sql(row, **changes):
    fields = [row._meta.get_field(name) for name in changes]
    values = [getattr(value, "pk", value) for value in changes.values()]
    columns = ", ".join(f'"{field.column}" = %s' for field in fields)
    execute(
        f"UPDATE {row._meta.db_table} SET {columns} WHERE id = %s",
        *(
            field.get_db_prep_save(value, connection)
            for field, value in zip(fields, values, strict=True)
        ),
        row.pk,
    )


WAYS = (by_save, by_queryset, by_bulk_update, by_raw_sql)
every_way = pytest.mark.parametrize("write", WAYS, ids=lambda way: way.__name__)


def refused_every_way(row, message, **changes):
    """``changes`` to ``row`` are refused with ``message``, whichever way they are written."""
    for way in WAYS:
        try:
            with refused(message):
                way(type(row).objects.get(pk=row.pk), **changes)
        # pytest's own failure is no Exception.
        except BaseException as failure:
            failure.add_note(f"written {way.__name__}")
            raise
