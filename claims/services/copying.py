"""Rows of a model into its table by COPY: the quickest way that PostgreSQL has.

Triggers, constraints and the history run as for any other insert; defaults and ``save()`` do
not, so every column that may not be empty must be given.
"""

import io
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from operator import attrgetter
from typing import Any, TypeVar

from django.contrib.postgres.fields import ArrayField
from django.db import connection, models

Row = TypeVar("Row", bound=models.Model)

PART_CHARACTERS = 1 << 18
"""Sent at once. Other threads wait while a part is put together and run while it is written:
with many small ones, each would wait its turn."""

_ESCAPED = str.maketrans({"\\": r"\\", "\t": r"\t", "\n": r"\n", "\r": r"\r"})


def copy_rows(model: type[Row], rows: Iterable[Row]) -> int:
    """COPY ``rows`` into the table of ``model``, as they come; return how many.

    With primary keys set on the rows the table's sequence is moved behind them.
    """
    coming = iter(rows)
    first = next(coming, None)
    if first is None:
        return 0
    keyed = first.pk is not None
    fields = [field for field in model._meta.concrete_fields if keyed or not field.primary_key]
    names = [field.attname for field in fields]
    read = attrgetter(*names)
    number = copy_lines(
        model, names, map(line_writer(model, names), map(read, chain([first], coming)))
    )
    if keyed:
        last = model._default_manager.order_by("-pk").values_list("pk", flat=True)[0]
        table = model._meta.db_table
        with connection.cursor() as cursor:
            cursor.execute("SELECT setval(pg_get_serial_sequence(%s, 'id'), %s)", [table, last])
    return number


def copy_lines(model: type[models.Model], names: Sequence[str], lines: Iterable[str]) -> int:
    """COPY lines of `line_writer` into the columns ``names`` (those of attributes: ``claim_id``).

    A line may be parts joined by tabs. No sequence is moved: whoever gives keys has taken them
    from it (`take_keys`). Raises django.db's errors.
    """
    columns = ", ".join(f'"{_field(model, name).column}"' for name in names)
    command = f'COPY "{model._meta.db_table}" ({columns}) FROM STDIN'
    with connection.cursor() as cursor, connection.wrap_database_errors:
        # History's context travels with statements that may write, and COPY goes past Django's
        # wrappers: this one carries it into the transaction.
        cursor.execute("WITH nothing AS (SELECT 1) SELECT FROM nothing")
        cursor.copy_expert(command, _Lines(f"{line}\n" for line in lines), PART_CHARACTERS)
        return int(cursor.rowcount)


def line_writer(model: type[models.Model], names: Sequence[str]) -> Callable[[Sequence[Any]], str]:
    """What makes COPY's line, or a part of it, of values in the order of ``names``."""
    write = [_writer(_field(model, name)) for name in names]
    return lambda row: "\t".join([w(value) for w, value in zip(write, row, strict=True)])


def _field(model: type[models.Model], name: str) -> Any:
    return next(field for field in model._meta.concrete_fields if field.attname == name)


def take_keys(model: type[models.Model], number: int) -> list[int]:
    """So many keys for new rows, in rising order; nobody else gets them."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
            [model._meta.db_table, number],
        )
        return sorted(key for (key,) in cursor.fetchall())


class _Lines(io.TextIOBase):
    """What COPY reads from: some rows at a time, never all of them."""

    def __init__(self, lines: Iterator[str]) -> None:
        self._lines, self._rest = lines, ""

    def read(self, size: int | None = -1) -> str:
        parts, length = [self._rest], len(self._rest)
        while size is None or size < 0 or length < size:
            line = next(self._lines, None)
            if line is None:
                break
            parts.append(line)
            length += len(line)
        text = "".join(parts)
        end = length if size is None or size < 0 else size
        self._rest = text[end:]
        return text[:end]


def as_copied(field: Any, value: Any) -> str:
    """One value of ``field`` in COPY's text format."""
    return _writer(field)(value)


def _writer(field: Any) -> Callable[[Any], str]:
    if isinstance(field, _PLAIN):
        return lambda value: r"\N" if value is None else str(value)
    form = _FORMS.get(next((kind for kind in _FORMS if isinstance(field, kind)), None), str)

    def write(value: Any) -> str:
        return r"\N" if value is None else form(value).translate(_ESCAPED)

    return write


# Of these no text holds anything to escape.
_PLAIN = (
    *(models.IntegerField, models.ForeignKey, models.FloatField, models.BooleanField),
    models.DateField,
)
# How values are written that are not simply their text.
_FORMS: dict[Any, Callable[[Any], str]] = {
    models.JSONField: json.dumps,
    ArrayField: lambda value: "{" + ",".join(json.dumps(str(item)) for item in value) + "}",
    models.BinaryField: lambda value: f"\\x{bytes(value).hex()}",
}
