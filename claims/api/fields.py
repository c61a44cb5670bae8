"""Fields that take a value of their own type and no other: "5" is no number, 5 no text.

DRF's own are lenient, as forms need it. A client that sends the wrong type has a bug, and is
better told than half understood.
"""

import re
from datetime import date, datetime
from typing import Any

from django.contrib.auth.models import User
from django.core.validators import validate_slug
from rest_framework import serializers

from claims.selectors import visible

DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
MOMENT = re.compile(
    DATE.pattern + r"[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?([Zz]|[+-][0-9]{2}:[0-9]{2})"
)

EXACT = 2**53
"""Up to here a float stands for one whole number and no other."""


class OfColumn:
    """Of a row that is only shown: may be null, or empty, where its column may."""

    def bind(self, field_name: str, parent: Any) -> None:
        super().bind(field_name, parent)  # type: ignore[misc]
        model = getattr(getattr(parent, "Meta", None), "model", None)
        columns = {each.name: each for each in model._meta.get_fields()} if model else {}
        column = columns.get(self.source)  # type: ignore[attr-defined]
        if self.read_only and column is not None:  # type: ignore[attr-defined]
            self.allow_null = bool(getattr(column, "null", False))
            self.allow_blank = bool(getattr(column, "blank", False))


def whole(data: Any) -> int | None:
    """The whole number that a JSON number is: JSON knows one kind, so 5.0 is 5. Or None."""
    if isinstance(data, float) and data.is_integer() and abs(data) <= EXACT:
        return int(data)
    return data if isinstance(data, int) and not isinstance(data, bool) else None


class StrictChar(serializers.CharField):
    """A JSON string."""

    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str):
            self.fail("invalid")
        return str(super().to_internal_value(data))


class StrictURL(serializers.URLField):
    """A JSON string that is an address."""

    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str):
            self.fail("invalid")
        return str(super().to_internal_value(data))


class StrictInteger(serializers.IntegerField):
    """A JSON integer that fits into the database."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"min_value": -(2**31), "max_value": 2**31 - 1, **options})

    def to_internal_value(self, data: Any) -> int:
        found = whole(data)
        if found is None:
            self.fail("invalid")
        return int(super().to_internal_value(found))


class StrictBoolean(serializers.BooleanField):
    """JSON's true or false."""

    def to_internal_value(self, data: Any) -> Any:
        if not isinstance(data, bool) and not (data is None and self.allow_null):
            self.fail("invalid", input=data)
        return data


class StrictFloat(serializers.FloatField):
    """A JSON number."""

    def to_internal_value(self, data: Any) -> float:
        if not isinstance(data, int | float) or isinstance(data, bool):
            self.fail("invalid")
        return float(super().to_internal_value(data))


class StrictDateTime(serializers.DateTimeField):
    """A JSON string with a moment as RFC 3339 writes it: without an offset it would be a guess."""

    def to_internal_value(self, value: Any) -> datetime:
        if not isinstance(value, str) or not MOMENT.fullmatch(value):
            self.fail("invalid", format="YYYY-MM-DDThh:mm:ssZ")
        return super().to_internal_value(value)


class StrictDate(serializers.DateField):
    """A JSON string with a day."""

    def to_internal_value(self, value: Any) -> date:
        if not isinstance(value, str) or not DATE.fullmatch(value):
            self.fail("invalid", format="YYYY-MM-DD")
        return super().to_internal_value(value)


class StrictChoice(OfColumn, serializers.ChoiceField):
    """One of the named strings."""

    def to_internal_value(self, data: Any) -> Any:
        if not isinstance(data, str):
            self.fail("invalid_choice", input=data)
        return super().to_internal_value(data)


class Key(serializers.PrimaryKeyRelatedField[Any]):
    """The number of another row that the asker may know of. Anything else is no such row."""

    def run_validation(self, data: Any = serializers.empty) -> Any:
        """DRF takes an empty text for null, as forms need it."""
        if data == "":
            self.fail("incorrect_type", data_type="str")
        return super().run_validation(data)

    def to_internal_value(self, data: Any) -> Any:
        found = whole(data)
        if found is None:
            self.fail("incorrect_type", data_type=type(data).__name__)
        return super().to_internal_value(found)

    def get_queryset(self) -> Any:
        rows = super().get_queryset()
        request = self.context.get("request")
        return visible(rows, request.user) if request is not None else rows


class Username(OfColumn, serializers.SlugRelatedField[User]):
    """A colleague, by the name that they sign in with."""

    def __init__(self, **options: Any) -> None:
        if not options.get("read_only"):
            options.setdefault("queryset", User.objects.filter(is_active=True))
        options.setdefault("help_text", "The name that they sign in with.")
        super().__init__(slug_field="username", **options)

    def run_validation(self, data: Any = serializers.empty) -> Any:
        """An empty text is not null, as above."""
        if data == "":
            self.fail("invalid")
        return super().run_validation(data)

    def to_internal_value(self, data: Any) -> User:
        if not isinstance(data, str) or "\0" in data:
            self.fail("invalid")
        return super().to_internal_value(data)


class StrictSlug(StrictChar):
    """Letters, digits, hyphens and underscores."""

    def __init__(self, **options: Any) -> None:
        options.pop("allow_unicode", None)
        super().__init__(**options)
        self.validators.append(validate_slug)


class Path(serializers.Field[Any, Any, str, Any]):
    """Where a row is in the API, below the host: ``href``. ``url`` is where a document is."""

    def __init__(self, resource: str, **options: Any) -> None:
        self.resource = resource
        super().__init__(source="pk", read_only=True, **options)

    def to_representation(self, value: Any) -> str:
        return f"/api/v1/{self.resource}/{value}"


__all__ = [
    "Key",
    "Path",
    "StrictBoolean",
    "StrictChar",
    "StrictChoice",
    "StrictDate",
    "StrictDateTime",
    "StrictFloat",
    "StrictInteger",
    "StrictSlug",
    "StrictURL",
    "Username",
]
