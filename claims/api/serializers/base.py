"""What all representations share: strict input, a choice of fields, rows expanded in place."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar

from django.db import models
from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail

from claims.api import fields


class Strict:
    """Refuses members that are unknown, or that are not the client's to set."""

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, Mapping):
            own: Mapping[str, serializers.Field[Any, Any, Any, Any]] = self.fields  # type: ignore[attr-defined]
            errors = {}
            for name in data:
                if name not in own:
                    errors[str(name)] = [ErrorDetail("There is no such field.", "unknown_field")]
                elif own[name].read_only:
                    errors[name] = [ErrorDetail("This field is read-only.", "read_only")]
            if errors:
                raise serializers.ValidationError(errors)
        return super().to_internal_value(data)  # type: ignore[misc]


class Input(Strict, serializers.Serializer[Any]):
    """The body of an action."""

    rules: ClassVar[Mapping[str, Any]] = {}
    """What `validate` asks for, in the words of JSON Schema."""


class Nothing(Input):
    """The body of an action that takes none: empty, or an object without members."""


# Fields whose value in JSON is the value in the row.
PLAIN = (
    serializers.CharField,
    serializers.IntegerField,
    serializers.FloatField,
    serializers.BooleanField,
    serializers.ChoiceField,
    serializers.DateTimeField,
    serializers.DateField,
    serializers.JSONField,
    serializers.ListField,
)


@dataclass(frozen=True, slots=True)
class Expansion:
    """A relation that ``?expand=`` puts in place of, or beside, its key."""

    serializer: Callable[[], type[serializers.BaseSerializer[Any]]]
    """Gives the class; called late, since representations name each other."""
    prefetch: Callable[[Any], Iterable[Any]]
    """``prefetch(user)``: what the query prefetches, as far as that user may know of it."""
    many: bool = False
    source: str = ""


class Row(Strict, serializers.ModelSerializer[Any]):
    """A row of the record. ``only`` and ``expand`` choose what of it is shown."""

    expansions: Mapping[str, Expansion] = {}

    serializer_field_mapping = {
        **serializers.ModelSerializer.serializer_field_mapping,
        models.CharField: fields.StrictChar,
        models.TextField: fields.StrictChar,
        models.SlugField: fields.StrictSlug,
        models.URLField: fields.StrictURL,
        models.IntegerField: fields.StrictInteger,
        models.PositiveIntegerField: fields.StrictInteger,
        models.FloatField: fields.StrictFloat,
        models.BooleanField: fields.StrictBoolean,
        models.DateField: fields.StrictDate,
        models.DateTimeField: fields.StrictDateTime,
    }
    serializer_choice_field = fields.StrictChoice
    serializer_related_field = fields.Key

    def __init__(
        self, *args: Any, only: Iterable[str] = (), expand: Iterable[str] = (), **kwargs: Any
    ) -> None:
        self._only, self._expand = frozenset(only), tuple(expand)
        super().__init__(*args, **kwargs)

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        """The declared fields, those that were asked for."""
        found: dict[str, serializers.Field[Any, Any, Any, Any]] = super().get_fields()
        for name in self._expand:
            wanted = self.expansions[name]
            options: dict[str, Any] = {"many": wanted.many, "read_only": True}
            if wanted.source:
                options["source"] = wanted.source
            found[name] = wanted.serializer()(**options)
        if self._only:
            # The key is always there: a row without it could not be told from another.
            keep = self._only | set(self._expand) | {"id"}
            found = {name: field for name, field in found.items() if name in keep}
        return found

    def to_representation(self, instance: Any) -> dict[str, Any]:
        """As the base class has it; what is shown as it is stored is read without detours.

        A page of rows is mostly such values, and DRF's general way costs more than the query.
        """
        shown: dict[str, Any] = {}
        for name, attribute, field in self._plan:
            if attribute:
                shown[name] = getattr(instance, attribute)
                continue
            try:
                value = field.get_attribute(instance)
            except serializers.SkipField:
                continue
            shown[name] = None if value is None else field.to_representation(value)
        return shown

    @cached_property
    def _plan(self) -> list[tuple[str, str, Any]]:
        """Name of each field, the attribute that is shown as it is ("" where it is not), itself."""
        return [
            (field.field_name, _plain_attribute(self.Meta.model, field), field)
            for field in self._readable_fields
        ]


def _plain_attribute(model: Any, field: Any) -> str:
    """The attribute of a row that ``field`` would show unchanged; the renderer writes times."""
    # One that may be left out is shown where there is one.
    if len(field.source_attrs) != 1 or not hasattr(model, field.source):
        return ""
    # One that has a way of its own of showing a value is no plain one.
    if type(field).to_representation in {kind.to_representation for kind in PLAIN}:
        return str(field.source)
    if isinstance(field, serializers.PrimaryKeyRelatedField):
        column = model._meta.get_field(field.source)
        return str(getattr(column, "attname", ""))
    return ""
