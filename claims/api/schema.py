"""How the API describes itself: OpenAPI 3.1, made from the views by drf-spectacular.

The views say what their actions take and give (`described`). What all of them share is added
here, once: conditional requests, idempotency, pages, the choice of fields, refusals. The parts
that operations refer to are in `schema_parts`, the last touches in `schema_hooks`.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

from django.contrib.auth.models import User
from drf_spectacular.extensions import (
    OpenApiAuthenticationExtension,
    OpenApiSerializerFieldExtension,
)
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.plumbing import build_mock_request, get_doc
from drf_spectacular.utils import OpenApiResponse, extend_schema, extend_schema_serializer
from rest_framework import serializers

from claims.api import schema_parts as parts
from claims.api.errors import CODES
from claims.api.filters import LARGEST
from claims.api.serializers.base import Row, Strict

Method = TypeVar("Method", bound=Callable[..., Any])

PROBLEM = "application/problem+json"
# What Python trims is more than other languages' \s.
NOT_BLANK = r"[^\s\x1c-\x1f\x85]"


class FieldError(serializers.Serializer[Any]):
    """Where a value is wrong, and why."""

    pointer = serializers.CharField(
        required=False, help_text="A JSON pointer into the body, as a URI fragment."
    )
    parameter = serializers.CharField(required=False, help_text="The name of a query parameter.")
    detail = serializers.CharField(help_text="For people.")
    code = serializers.CharField(help_text="For programs.")


@extend_schema_serializer(component_name="Problem")
class ProblemShape(serializers.Serializer[Any]):
    """RFC 9457. ``code`` is one of a closed list (docs/api.md)."""

    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField(min_value=400, max_value=599)
    detail = serializers.CharField(help_text="For people.")
    code = serializers.ChoiceField(choices=CODES, help_text="For programs.")
    errors = FieldError(many=True, required=False)
    missing = serializers.ListField(
        child=serializers.CharField(), required=False, help_text="What an act still needs."
    )


@dataclass(frozen=True, slots=True)
class Described:
    """What the views say of a method beside its shapes."""

    takes_nothing: bool
    shows_rows: bool
    errors: tuple[int, ...]


def described(
    *, request: Any, answer: Any, status: int | tuple[int, ...] = 200, errors: Iterable[int] = ()
) -> Callable[[Method], Method]:
    """Say what a method takes and gives. Its docstring is the summary and the description.

    ``status``: of its success; several where the answer has the same shape. ``errors``: those of
    its own, beside the ones that any method of its kind may answer with. A method that changes
    something and takes nothing (``request=None``) refuses a body with members.
    """
    shape = OpenApiResponse(answer) if answer is not None else OpenApiResponse(description="Done.")
    statuses = status if isinstance(status, tuple) else (status,)

    def decorate(method: Method) -> Method:
        summary, description = of_docstring(method.__doc__ or "")
        decorated: Method = extend_schema(
            request=request,
            responses=dict.fromkeys(statuses, shape),
            summary=summary,
            description=description,
        )(method)
        decorated.described = Described(  # type: ignore[attr-defined]
            takes_nothing=request is None, shows_rows=_is_row(answer), errors=tuple(errors)
        )
        return decorated

    return decorate


def _is_row(answer: Any) -> bool:
    """Whether fields of an answer may be chosen."""
    one = answer.child if isinstance(answer, serializers.ListSerializer) else answer
    return isinstance(one, Row) or (isinstance(one, type) and issubclass(one, Row))


def of_docstring(text: str) -> tuple[str, str]:
    """The first part of the first sentence, and all of it."""
    whole = " ".join(text.split())
    return re.split(r"[.;:](?:\s|$)", whole, maxsplit=1)[0], whole


def mock_request(method: str, path: str, view: Any, original: Any, **options: Any) -> Any:
    """The request that views are asked about: of somebody who may see everything there is."""
    request: Any = build_mock_request(method, path, view, None, **options)  # type: ignore[no-untyped-call]
    request.user = User(username="schema", is_superuser=True)
    return request


class KeyScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """How a key is shown."""

    target_class = "claims.api.authentication.ApiKeyAuthentication"
    name = "key"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        """A bearer token."""
        return {
            "type": "http",
            "scheme": "bearer",
            "description": "A key of the desk, such as fck_…: see docs/api.md.",
        }


class KeyShape(OpenApiSerializerFieldExtension):  # type: ignore[no-untyped-call]
    """Numbers of other rows."""

    target_class = "rest_framework.serializers.PrimaryKeyRelatedField"
    match_subclasses = True

    def map_serializer_field(self, auto_schema: Any, direction: str) -> dict[str, Any]:
        """As in addresses."""
        return {"type": "integer", "minimum": 1, "maximum": LARGEST}


class TextShape(OpenApiSerializerFieldExtension):  # type: ignore[no-untyped-call]
    """Text that is trimmed: blanks alone are none."""

    target_class = "claims.api.fields.StrictChar"
    match_subclasses = True

    def map_serializer_field(self, auto_schema: Any, direction: str) -> dict[str, Any]:
        """A string with something in it, unless it may be blank."""
        field = self.target
        trimmed = direction == "request" and not field.allow_blank and field.trim_whitespace
        return {"type": "string", **({"pattern": NOT_BLANK} if trimmed else {})}


class AddressShape(OpenApiSerializerFieldExtension):  # type: ignore[no-untyped-call]
    """Addresses of documents elsewhere."""

    target_class = "claims.api.fields.StrictURL"

    def map_serializer_field(self, auto_schema: Any, direction: str) -> dict[str, Any]:
        """With a scheme, where it is to be set; as it was taken, where it is shown."""
        if direction == "response":
            return {"type": "string"}
        return {"type": "string", "pattern": r"^[A-Za-z]+://"}


class PathShape(OpenApiSerializerFieldExtension):  # type: ignore[no-untyped-call]
    """Where a row is."""

    target_class = "claims.api.fields.Path"

    def map_serializer_field(self, auto_schema: Any, direction: str) -> dict[str, Any]:
        """Below the host."""
        example = f"/api/v1/{self.target.resource}/17"
        return {"type": "string", "format": "uri-reference", "example": example}


class Operation(AutoSchema):
    """One method at one address."""

    def get_operation(self, *args: Any, **kwargs: Any) -> dict[str, Any] | None:
        """The operation, with what it shares with its kind."""
        operation: dict[str, Any] | None = super().get_operation(*args, **kwargs)
        if operation is None:
            return None
        operation["parameters"] = [*self._own(operation), *self._shared()]
        for status, answer in operation["responses"].items():
            answer.setdefault("headers", {}).update(parts.headers(self._headers(status)))
            answer["description"] = answer["description"] or "Done."
        self.resolve_serializer(ProblemShape, "response")
        for status in self._refusals():
            name, _ = parts.REFUSALS[status]
            operation["responses"].setdefault(str(status), parts.reference("responses", name))
        if self.method == "GET" and not self._streams:
            operation["responses"]["304"] = parts.reference("responses", "NotModified")
        return operation

    @property
    def _streams(self) -> bool:
        return bool(getattr(self.view, "streams", False))

    # --- Words ------------------------------------------------------------------------------

    @property
    def act(self) -> str:
        """The name of the view's method."""
        return getattr(self.view, "action", None) or (self.method or "").lower()

    def get_summary(self) -> str:
        """Of what `described` has not: lists and rows."""
        view = self.view
        if not hasattr(view, "queryset"):
            return str(of_docstring(get_doc(type(view)))[0])
        if self.act == "list":
            return f"List {view.basename.replace('-', ' ')}"
        noun = view.noun or view.queryset.model._meta.verbose_name
        return f"Read one {noun}"

    def get_description(self) -> str:
        """What the view is about."""
        return str(" ".join(get_doc(type(self.view)).split()))

    def get_auth(self) -> list[dict[str, Any]]:
        """A key or a session; nothing too, where PUBLIC_READ may open it."""
        found: list[dict[str, Any]] = super().get_auth()
        if getattr(self.view, "is_public", lambda: False)():
            found.append({})
        return found

    # --- Parameters -------------------------------------------------------------------------

    def _own(self, operation: dict[str, Any]) -> list[dict[str, Any]]:
        """What the view itself has, with keys in addresses as the numbers that they are."""
        own: list[dict[str, Any]] = operation.get("parameters", [])
        for parameter in own:
            if parameter["in"] == "path" and parameter["name"] == "id":
                parameter["schema"] = {
                    "type": "integer",
                    "minimum": 1,
                    "maximum": LARGEST,
                }
        return own

    def _shared(self) -> list[dict[str, Any]]:
        view, names = self.view, set(getattr(self.view, "known_parameters", list)())
        found: list[dict[str, Any]] = []
        if "fields" in names:
            found.append(parts.choice_of("fields", view.choosable(), "Only these, beside `id`."))
        if "expand" in names:
            known = view.shape.expansions
            found.append(parts.choice_of("expand", known, "Show these relations in place."))
        if self._is_paged():
            filterset = getattr(view, "filterset_class", None)
            if filterset is not None and self.act == "list":
                found += parts.filters_of(filterset)
            for name in ("Cursor", "Limit", "Ordering", "Count"):
                if parts.PARAMETERS[name]["name"] in names:
                    found.append(parts.reference("parameters", name))
        named = {
            "IfNoneMatch": self.method == "GET" and not self._streams,
            "Prefer": hasattr(view, "waits_for") and self.act in ("create", "retrieve"),
            "IdempotencyKey": self.method == "POST",
            "IfMatch": self.wants_version(),
        }
        return found + [parts.reference("parameters", name) for name, has in named.items() if has]

    def wants_version(self) -> bool:
        """Whether the method changes a row that is there."""
        if self.method in ("PATCH", "PUT", "DELETE"):
            return True
        return self.method == "POST" and bool(getattr(self.view, "detail", False))

    def _is_paged(self) -> bool:
        names: Iterable[str] = getattr(self.view, "known_parameters", list)()
        return "cursor" in names and hasattr(self.view, "pagination_class")

    def _get_paginator(self) -> Any:
        paginator = super()._get_paginator
        return paginator() if self._is_paged() else None  # type: ignore[no-untyped-call]

    def _get_filter_parameters(self) -> list[Any]:
        return []

    def _get_pagination_parameters(self) -> list[Any]:
        return []

    # --- Answers ----------------------------------------------------------------------------

    def _headers(self, status: str) -> list[str]:
        found = ["RateLimitLimit", "RateLimitRemaining", "RateLimitReset"]
        if status in ("200", "201") and not self._streams:
            found.append("ETag")
        if status in ("201", "202"):
            found.append("Location")
        return found

    def _refusals(self) -> list[int]:
        """The statuses that may come, other than success."""
        codes = {400, 401, 403, 406, 429}
        if "{" in self.path:
            codes.add(404)
        if self.method != "GET":
            codes |= {409, 413, 415, 422}
        if self.wants_version():
            codes |= {412, 428}
        method = getattr(self.view, self.act, None)
        own = getattr(method, "described", None)
        return sorted(codes | set(own.errors if own else ()))

    def _map_serializer(self, serializer: Any, direction: str, *args: Any) -> dict[str, Any]:
        shape: dict[str, Any] = super()._map_serializer(  # type: ignore[no-untyped-call]
            serializer, direction, *args
        )
        if isinstance(serializer, Row) and "description" in shape:
            about = type(serializer).__dict__.get("__doc__") or serializer.Meta.model.__doc__ or ""
            shape["description"] = " ".join(about.split("\n\n")[0].split())
        if direction == "request" and isinstance(serializer, Strict):
            shape["additionalProperties"] = False
            shape.update(getattr(serializer, "rules", {}))
        for member in shape.get("properties", {}).values():
            # An empty text may fit both of drf-spectacular's branches, where no format is checked.
            if {"type": "string", "maxLength": 0} in member.get("oneOf", ()):
                member["anyOf"] = member.pop("oneOf")
        if direction == "response":
            for member in shape.get("properties", {}).values():
                # What the database could hold is no news to a reader.
                for bound in ("minimum", "maximum"):
                    if member.get(bound) in (-(2**31), 2**31 - 1):
                        del member[bound]
        if direction == "response" and isinstance(serializer, Row):
            self._expand(shape, serializer)
            # Fields are chosen by clients, and the public sees fewer.
            shape.pop("required", None)
            if "id" in shape["properties"]:
                shape["required"] = ["id"]
        return shape

    def _expand(self, shape: dict[str, Any], serializer: Row) -> None:
        """Add the relations that ``?expand=`` shows beside, or instead of, their keys."""
        for name, expansion in serializer.expansions.items():
            row = self.resolve_serializer(expansion.serializer(), "response").ref
            whole = {"type": "array", "items": row} if expansion.many else row
            known = shape["properties"].get(name)
            both = {"anyOf": [known, whole]} if known else whole
            shape["properties"][name] = {
                "allOf": [both],
                "readOnly": True,
                "description": f"With `?expand={name}`{', its key otherwise' * bool(known)}.",
                "x-expanded": not known,
            }
