"""A table comes in: looked at first, written when somebody says yes, all of it or nothing."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import structlog
from django.core.exceptions import ValidationError
from django.db import transaction
from import_export.results import RowResult
from tablib import Dataset

from claims.models import ImportDraft
from claims.services.actors import Actor
from claims.services.errors import InvalidTransition
from claims.services.exchange.files import BadFile, Sheet, read
from claims.services.exchange.records import RESOURCES
from claims.services.exchange.resources import KEY, VERSION, Change, DeskResource

log = structlog.get_logger(__name__)

NEW, CHANGED, SAME, REFUSED = "new", "changed", "same", "refused"
OUTCOMES = {
    RowResult.IMPORT_TYPE_NEW: NEW,
    RowResult.IMPORT_TYPE_UPDATE: CHANGED,
    RowResult.IMPORT_TYPE_SKIP: SAME,
}


@dataclass(frozen=True, slots=True)
class RowReport:
    """What a row of the table does, or why it does not."""

    number: int
    """Its row in the file; the first has the names of the columns."""
    outcome: str
    title: str
    changes: list[Change] = field(default_factory=list)
    problems: list[tuple[str, str]] = field(default_factory=list)
    """(column, sentence); the column is empty where the whole row is meant."""


@dataclass(frozen=True, slots=True)
class Report:
    """What a table does, row by row."""

    rows: list[RowReport]

    @property
    def counts(self) -> Counter[str]:
        """How many rows are new, changed, the same and refused."""
        return Counter(row.outcome for row in self.rows)

    @property
    def may_be_written(self) -> bool:
        """Whether there is something to write, and nothing to refuse."""
        counts = self.counts
        return bool(counts[NEW] + counts[CHANGED]) and not counts[REFUSED]


@transaction.atomic
def receive(kind: str, *, name: str, content: bytes, actor: Actor) -> ImportDraft:
    """Keep a file until its reader says yes or shows another. BadFile when it is no such table."""
    user = actor.require(f"claims.import_{kind}")
    _check_columns(read(name, content), RESOURCES[kind](actor=actor))
    ImportDraft.objects.filter(user=user).delete()
    return ImportDraft.objects.create(user=user, kind=kind, name=name[-200:], content=content)


def look(draft: ImportDraft, *, actor: Actor) -> Report:
    """What the file would do now. It is done and taken back: nothing stays written."""
    actor.require(f"claims.import_{draft.kind}")
    return _run(draft, actor=actor, dry_run=True)


@transaction.atomic
def write(draft: ImportDraft, *, actor: Actor) -> Report:
    """Write the file into the record: every row, or none where one is refused.

    Raises InvalidTransition when it was written already.
    """
    user = actor.require(f"claims.import_{draft.kind}")
    locked = ImportDraft.objects.select_for_update().filter(pk=draft.pk, user=user).first()
    if locked is None:
        raise InvalidTransition("This file was imported already, or another one took its place.")
    report = _run(locked, actor=actor, dry_run=False)
    if report.may_be_written:
        locked.delete()
        log.info("imported", kind=draft.kind, user=user.pk, **report.counts)
    return report


def _run(draft: ImportDraft, *, actor: Actor, dry_run: bool) -> Report:
    sheet = read(draft.name, bytes(draft.content))
    resource = RESOURCES[draft.kind](actor=actor)
    _check_columns(sheet, resource)
    dataset = Dataset(*(cells for _, cells in sheet.rows), headers=sheet.columns)
    result = resource.import_data(dataset, dry_run=dry_run, rollback_on_validation_errors=True)
    for error in result.base_errors:
        raise BadFile(str(error.error))
    titles = [_title(sheet.columns, cells) for _, cells in sheet.rows]
    return Report(
        [
            _report(number, title, row)
            for (number, _), title, row in zip(sheet.rows, titles, result.rows, strict=True)
        ]
    )


def _check_columns(sheet: Sheet, resource: DeskResource) -> None:
    unknown = set(sheet.columns) - set(resource.column_names)
    if unknown:
        raise BadFile(
            f"There is no column {', '.join(sorted(unknown))}. "
            f"The columns are {', '.join(resource.column_names)}."
        )
    if not {KEY, VERSION} <= set(sheet.columns):
        raise BadFile("The columns id and version are needed: they say which row is meant.")


def _title(columns: list[str], cells: list[str]) -> str:
    """What a row is called, for people: its name, its sentence, or its key."""
    row = dict(zip(columns, cells, strict=True))
    for name in ("name", "text", "title", "summary"):
        if row.get(name):
            return row[name]
    return f"id {row[KEY]}" if row[KEY] else "a new row"


def _report(number: int, title: str, row: Any) -> RowReport:
    if row.validation_error is not None:
        return RowReport(number, REFUSED, title, problems=_sentences(row.validation_error))
    if row.errors:
        # What no rule foresaw: the log has it, the person gets a row that is not taken.
        log.error("import_row_failed", row=number, error=repr(row.errors[0].error))
        return RowReport(number, REFUSED, title, problems=[("", "This row cannot be read.")])
    return RowReport(number, OUTCOMES[row.import_type], title, changes=list(row.diff or ()))


def _sentences(error: ValidationError) -> list[tuple[str, str]]:
    if not hasattr(error, "error_dict"):
        return [("", sentence) for sentence in error.messages]
    return [
        ("" if name == "__all__" else name, sentence)
        for name, sentences in error.message_dict.items()
        for sentence in sentences
    ]
