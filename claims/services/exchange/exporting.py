"""A table goes out: what a person may take along of the rows that they chose."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Any

import structlog
from django.conf import settings
from django.db.models import QuerySet

from claims.services.actors import Actor
from claims.services.exchange.files import DoesNotFit, csv_lines, xlsx_file
from claims.services.exchange.records import RESOURCES

log = structlog.get_logger(__name__)

CHUNK = 500


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of text under their columns, read from the database as they are asked for."""

    kind: str
    columns: list[str]
    numbers: frozenset[str]
    rows: Iterator[list[str]]

    def csv(self) -> Iterator[str]:
        """As CSV, line by line."""
        return csv_lines(self.columns, self.rows)

    def xlsx(self) -> IO[bytes]:
        """As XLSX, in a file that the caller closes; DoesNotFit where a text is too long."""
        return xlsx_file(self.kind, self.columns, self.rows, numbers=self.numbers)


def table(kind: str, chosen: QuerySet[Any], *, actor: Actor) -> Table:
    """The rows of ``chosen`` that the person may take along.

    Raises NotAllowed, and DoesNotFit for more than EXPORT_MAX_ROWS rows.
    """
    user = actor.require(f"claims.export_{kind}")
    resource = RESOURCES[kind](actor=actor)
    rows = resource.get_queryset().filter(pk__in=chosen.order_by().values("pk"))
    limit = settings.EXPORT_MAX_ROWS
    if rows.order_by()[: limit + 1].count() > limit:
        raise DoesNotFit(f"More than {limit:,} rows. Narrow the list down with its filters.")
    log.info("exported", kind=kind, user=user.pk)
    return Table(
        kind=kind,
        columns=resource.column_names,
        numbers=frozenset(column.column_name for column in resource.columns if column.number),
        rows=(resource.cells(row) for row in rows.iterator(chunk_size=CHUNK)),
    )
