"""Whole tables for whoever wants them all, with the place in the change feed to go on from."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from claims.export.rows import TABLES, Format, pieces
from claims.selectors import exportable
from claims.selectors.changes import cursor_now

RESOURCES = tuple(TABLES)
FORMS: tuple[Format, ...] = ("ndjson", "csv")
# What is asked for beside the right to see the rows.
PERMISSIONS = {
    "claims": "claims.export_claim",
    "verdicts": "claims.export_verdict",
    "evidence": "claims.export_evidence",
    "speakers": "claims.export_speaker",
}


@dataclass(frozen=True, slots=True)
class Export:
    """``pieces`` are read while they are sent. ``cursor`` is from before the first row: what
    changes meanwhile is told by the feed from there on, and both together are a whole copy."""

    cursor: str
    pieces: Iterator[bytes]


def begin(resource: str, form: Format, *, viewer: Any) -> Export:
    """All rows of a resource that ``viewer`` may take along; KeyError for one without exports."""
    rows = exportable(TABLES[resource].model._default_manager.all(), viewer)
    return Export(cursor_now(), pieces(resource, form, rows, readers=settings.EXPORT_READERS))


def permissions_for(resource: str) -> list[str]:
    """What somebody must hold to take all rows of a resource along."""
    view = f"claims.view_{TABLES[resource].model._meta.model_name}"
    return [view, *([PERMISSIONS[resource]] if resource in PERMISSIONS else [])]
