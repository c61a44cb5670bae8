"""How a row of the record becomes a row of a table, and what a changed row of a table does.

Built on django-import-export: its loop, its savepoints and its dry run. What is our own: a
cell is compared as text with what an export would give now, and only a cell that differs is
read; changes go through the services; a column that cannot be written refuses other values.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import DatabaseError, IntegrityError, transaction
from django.db.models import Model, QuerySet
from import_export.fields import Field
from import_export.instance_loaders import BaseInstanceLoader
from import_export.resources import Resource

from claims.selectors import exportable
from claims.services.actors import Actor
from claims.services.errors import DeskError

KEY, VERSION = "id", "version"
STALE = "It was changed since this table was made. Download it again, and repeat your change."


@dataclass(frozen=True, slots=True)
class Change:
    """A cell that differs: the column, what the record says, what the table says."""

    column: str
    before: str
    after: str


class Column(Field):  # type: ignore[misc]
    """One column: ``show(row)`` gives its text, ``parse(text, resource)`` the value to store.

    A column without ``parse`` is read only. ``parse`` raises ValueError with a sentence.
    """

    def __init__(
        self,
        name: str,
        show: Callable[[Any], str],
        parse: Callable[[str, Any], Any] | None = None,
        *,
        number: bool = False,
        once: bool = False,
    ) -> None:
        super().__init__(attribute=name, column_name=name, readonly=parse is None)
        self.show, self.parse = show, parse
        self.number = number
        self.once = once
        """Written when the row is made, and read only from then on."""

    def get_value(self, instance: Any) -> str:
        """The text of the cell."""
        return self.show(instance)

    def export(self, instance: Any, **kwargs: Any) -> str:
        """The same; the library asks by this name."""
        return self.show(instance)


class _Loader(BaseInstanceLoader):  # type: ignore[misc]
    """All rows that a table names, read at once."""

    def __init__(self, resource: "DeskResource", dataset: Any = None) -> None:
        super().__init__(resource, dataset)
        keys = {as_key(key) for key in dataset[KEY]} if KEY in (dataset.headers or []) else set()
        self.found = resource.get_queryset().in_bulk(keys - {None})

    def get_instance(self, row: dict[str, str]) -> Any:
        return self.found.get(as_key(row.get(KEY, "")))


class DeskResource(Resource):  # type: ignore[misc]
    """A kind of row. Subclasses declare columns, ``rows`` and ``write``."""

    row_class: type[Model]

    class Meta:
        import_id_fields = (KEY,)
        instance_loader_class = _Loader
        skip_unchanged = True
        report_skipped = True
        skip_diff = True
        use_transactions = True

    def __init__(self, *, actor: Actor) -> None:
        super().__init__()
        self.actor = actor
        self.changes: dict[str, Change] = {}
        self.values: dict[str, Any] = {}
        self._seen: dict[int, int] = {}

    def rows(self) -> QuerySet[Any]:
        """The rows with whatever the columns show loaded, in the order of their keys."""
        raise NotImplementedError

    def write(self, row: Any, values: dict[str, Any], expected_version: int | None) -> None:
        """Store ``values`` on ``row`` through the services; DeskError or ValidationError."""
        raise NotImplementedError

    def get_queryset(self) -> QuerySet[Any]:
        """The rows that the person may take along, and so may bring back."""
        return exportable(self.rows().order_by("pk"), self.actor.user)

    @property
    def column_names(self) -> list[str]:
        """The names of the columns, in their order."""
        return [column.column_name for column in self.columns]

    @property
    def columns(self) -> list[Column]:
        """The columns, in their order."""
        return list(self.get_export_fields())

    def cells(self, row: Any) -> list[str]:
        """One row as text."""
        return [column.show(row) for column in self.columns]

    # --- The library's steps, in the order in which it takes them -------------------------

    def before_import_row(self, row: dict[str, str], **kwargs: Any) -> None:
        """Refuse a key that is none, or stands in the table twice."""
        self.changes, self.values = {}, {}
        text = row[KEY].strip()
        if not text:
            return
        key = as_key(text)
        if key is None:
            raise ValidationError({KEY: f"{text!r} is no id."})
        if key in self._seen:
            raise ValidationError({KEY: f"{key} stands in the table twice."})
        self._seen[key] = kwargs["row_number"]

    def get_or_init_instance(self, instance_loader: Any, row: dict[str, str]) -> tuple[Any, bool]:
        """The row that is meant, or a new one where no key is given."""
        found = instance_loader.get_instance(row)
        if found is not None:
            return found, False
        if row[KEY].strip():
            noun = self.row_class._meta.verbose_name
            raise ValidationError({KEY: f"There is no {noun} {row[KEY]} that you may change."})
        return self.row_class(), True

    def import_instance(self, instance: Any, row: dict[str, str], **kwargs: Any) -> None:
        """Find the cells that differ, and read them. The instance itself stays as it is."""
        is_new = instance.pk is None
        differing = []
        for column in self.columns:
            name = column.column_name
            if name in {KEY, VERSION} or name not in row:
                continue
            before = "" if is_new else column.show(instance)
            if row[name] != before:
                differing.append(column)
                self.changes[name] = Change(name, before, row[name])
        if differing and not is_new and as_key(row[VERSION]) != instance.version:
            raise ValidationError({VERSION: STALE})
        errors = {}
        for column in differing:
            name = column.column_name
            try:
                self.values[name] = self._parsed(column, row[name], is_new)
            except ValueError as error:
                errors[name] = ValidationError(str(error))
        if errors:
            raise ValidationError(errors)

    def _parsed(self, column: Column, text: str, is_new: bool) -> Any:
        if column.parse is None or (column.once and not is_new):
            raise ValueError(
                "This column is read only: leave it empty in a new row."
                if is_new
                else "This column is read only: put back what stood there."
            )
        return column.parse(text, self)

    def skip_row(self, instance: Any, original: Any, row: Any, errors: Any = None) -> bool:
        """Nothing differs."""
        return not self.changes and not errors

    def validate_instance(
        self, instance: Any, errors: Any = None, validate_unique: bool = True
    ) -> None:
        """The services check what they store; here only what could not be read is told."""
        if errors:
            raise ValidationError(errors)

    def save_instance(self, instance: Any, is_create: bool, row: Any, **kwargs: Any) -> None:
        """Store the changes; whatever is refused becomes a sentence beside the row."""
        expected = None if is_create else as_key(row[VERSION])
        try:
            with transaction.atomic():
                self.write(instance, self.values, expected)
        except DeskError as refusal:
            raise ValidationError({NON_FIELD_ERRORS: str(refusal)}) from refusal
        except IntegrityError as clash:
            raise ValidationError(
                {NON_FIELD_ERRORS: "Another row stands in the way of this one."}
            ) from clash
        except DatabaseError as refusal:
            raise ValidationError(
                {NON_FIELD_ERRORS: "The database does not take this."}
            ) from refusal

    def save_m2m(self, instance: Any, row: Any, **kwargs: Any) -> None:
        """Names and topics are stored by the services too."""

    def after_import_row(self, row: Any, row_result: Any, **kwargs: Any) -> None:
        """Keep what differs, for people to look at."""
        row_result.diff = list(self.changes.values())


def as_key(text: str) -> int | None:
    """A key or version, or None for what is none."""
    text = str(text).strip()
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else None
