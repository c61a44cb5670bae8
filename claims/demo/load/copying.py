"""Rows of a model into its table by COPY: the quickest way that PostgreSQL has.

Triggers, constraints and the history run as for any other insert; defaults and ``save()`` do
not, so every column that may not be empty must be set on the instances.
"""

import io
import json
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any, TypeVar

from django.contrib.postgres.fields import ArrayField
from django.db import connection, models

Row = TypeVar("Row", bound=models.Model)

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
    columns = ", ".join(f'"{field.column}"' for field in fields)
    table = model._meta.db_table
    lines = _Lines(_line(row, fields) for row in chain([first], coming))
    with connection.cursor() as cursor:
        cursor.copy_expert(f'COPY "{table}" ({columns}) FROM STDIN', lines)
        number = int(cursor.rowcount)
        if keyed:
            last = model._default_manager.order_by("-pk").values_list("pk", flat=True)[0]
            cursor.execute("SELECT setval(pg_get_serial_sequence(%s, 'id'), %s)", [table, last])
    return number


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


def _line(row: models.Model, fields: list[Any]) -> str:
    return "\t".join(as_copied(field, getattr(row, field.attname)) for field in fields) + "\n"


def as_copied(field: Any, value: Any) -> str:
    """One value of ``field`` in COPY's text format."""
    if value is None:
        return r"\N"
    if isinstance(field, models.JSONField):
        value = json.dumps(value)
    elif isinstance(field, ArrayField):
        value = "{" + ",".join(json.dumps(str(item)) for item in value) + "}"
    elif isinstance(field, models.BinaryField):
        value = f"\\x{bytes(value).hex()}"
    return str(value).translate(_ESCAPED)
