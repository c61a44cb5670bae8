"""What went wrong, as ``application/problem+json`` (RFC 9457): a code per kind, a place per field.

Everything under /api/ that is no success answers so, also what Django itself refuses before a
view is reached. ``detail`` is a sentence for people, ``code`` is for programs and stays.
"""

from collections.abc import Callable, Iterator
from typing import Any

import structlog
from django.core.exceptions import (
    ObjectDoesNotExist,
    PermissionDenied,
    RequestDataTooBig,
    ValidationError,
)
from django.db.models import ProtectedError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views import defaults
from rest_framework import exceptions
from rest_framework.exceptions import APIException
from rest_framework.response import Response
from rest_framework.settings import api_settings

from claims.ingest import IngestError
from claims.services.errors import (
    ArchiveUnavailable,
    DeskError,
    InvalidTransition,
    NotAllowed,
    NotReady,
    StaleRow,
)

log = structlog.get_logger(__name__)

MEDIA_TYPE = "application/problem+json"

# The kinds, with the status and the title of each. ``docs/api.md`` lists them.
KINDS: dict[str, tuple[int, str]] = {
    "malformed": (400, "The request cannot be read"),
    "invalid": (400, "Some values are not valid"),
    "unknown_parameter": (400, "There is no such parameter"),
    "not_authenticated": (401, "A key is needed"),
    "bad_key": (401, "The key is not valid"),
    "not_allowed": (403, "This may not be done with this key or role"),
    "not_found": (404, "There is nothing here"),
    "method_not_allowed": (405, "This cannot be done here"),
    "not_acceptable": (406, "No such form of the answer"),
    "invalid_transition": (409, "The state it is in does not lead there"),
    "conflict": (409, "Something else stands against it"),
    "in_progress": (409, "The same request is being worked on"),
    "cursor_expired": (410, "The cursor is of another life of the database"),
    "stale": (412, "It was changed since it was read"),
    "too_large": (413, "The request is too large"),
    "unsupported_media_type": (415, "No such form of a request"),
    "not_ready": (422, "Something is missing"),
    "unreadable_document": (422, "No article can be read from this"),
    "key_reused": (422, "The Idempotency-Key was used for another request"),
    "precondition_required": (428, "If-Match is needed"),
    "throttled": (429, "Too many requests"),
    "error": (500, "Something broke here"),
    "unavailable": (503, "A part is away; try again"),
}


CODES = list(KINDS)


class Problem(APIException):
    """A refusal of the API's own. ``code`` is one of KINDS."""

    def __init__(self, code: str, detail: str, **members: Any) -> None:
        self.status_code, _ = KINDS[code]
        self.problem_code = code
        self.members = members
        super().__init__(detail, code)


def body(code: str, detail: str, *, status: int | None = None, **members: Any) -> dict[str, Any]:
    """The members of a problem. Its type is relative, so that it opens where the API is."""
    known, title = KINDS[code]
    return {
        "type": f"/api/v1/problems#{code}",
        "title": title,
        "status": status or known,
        "detail": detail,
        "code": code,
        **members,
    }


def handler(error: Exception, context: dict[str, Any]) -> Response | None:
    """The answer to what a view raised; None for what is no refusal but a fault."""
    made = describe(error)
    if made is None:
        return None
    headers = {}
    if isinstance(error, APIException):
        if getattr(error, "auth_header", None):
            headers["WWW-Authenticate"] = str(error.auth_header)
        if getattr(error, "wait", None):
            headers["Retry-After"] = str(int(error.wait))
    return Response(made, status=made["status"], headers=headers, content_type=MEDIA_TYPE)


def describe(error: Exception) -> dict[str, Any] | None:
    """The problem that an exception stands for, or None. The first kind that fits counts."""
    for kind, make in DESCRIPTIONS:
        if isinstance(error, kind):
            return make(error)
    return None


def _of_api(error: APIException) -> dict[str, Any]:
    code = {
        exceptions.ParseError: "malformed",
        exceptions.AuthenticationFailed: "bad_key",
        exceptions.NotAuthenticated: "not_authenticated",
        exceptions.NotFound: "not_found",
        exceptions.MethodNotAllowed: "method_not_allowed",
        exceptions.NotAcceptable: "not_acceptable",
        exceptions.UnsupportedMediaType: "unsupported_media_type",
        exceptions.Throttled: "throttled",
    }.get(type(error), "error")
    return body(code, str(error.detail), status=error.status_code)


def _invalid(errors: list[dict[str, str]]) -> dict[str, Any]:
    of_fields = ", ".join(sorted({each.get("pointer") or each["parameter"] for each in errors}))
    return body("invalid", f"Not valid: {of_fields}.", errors=errors)


def _of_django(error: ValidationError) -> list[dict[str, str]]:
    if hasattr(error, "error_dict"):
        return [
            {
                "pointer": "#" if field == "__all__" else f"#/{_escaped(field)}",
                "detail": message,
                "code": each.code or "invalid",
            }
            for field, several in error.error_dict.items()
            for each in several
            for message in each.messages
        ]
    return [{"pointer": "#", "detail": message, "code": "invalid"} for message in error.messages]


def _of_drf(detail: Any, place: str) -> Iterator[dict[str, str]]:
    """One entry an error, with the JSON pointer (as a URI fragment) of the value it is about."""
    if isinstance(detail, dict):
        for name, inner in detail.items():
            whole = name == api_settings.NON_FIELD_ERRORS_KEY
            yield from _of_drf(inner, place if whole else f"{place}/{_escaped(str(name))}")
    elif isinstance(detail, list):
        # A list holds the errors of one value, or of each value of a list.
        nested = any(isinstance(inner, dict | list) for inner in detail)
        for index, inner in enumerate(detail):
            yield from _of_drf(inner, f"{place}/{index}" if nested else place)
    else:
        yield {
            "pointer": f"#{place}",
            "detail": str(detail),
            "code": getattr(detail, "code", "") or "invalid",
        }


def _escaped(name: str) -> str:
    return name.replace("~", "~0").replace("/", "~1")


def parameter_errors(errors: dict[str, Any]) -> Problem:
    """The refusal of query parameters: ``{name: messages}``."""
    return Problem(
        "invalid",
        f"Not valid: {', '.join(sorted(errors))}.",
        errors=[
            {"parameter": name, "detail": str(message), "code": "invalid"}
            for name, messages in sorted(errors.items())
            for message in messages
        ],
    )


NOTHING_HERE = "There is nothing at this address, or not for you."

# Subclasses first.
DESCRIPTIONS: list[tuple[type[Exception] | tuple[type[Exception], ...], Callable[..., Any]]] = [
    (Problem, lambda e: body(e.problem_code, str(e.detail), **e.members)),
    (StaleRow, lambda e: body("stale", str(e))),
    (
        (NotAllowed, PermissionDenied, exceptions.PermissionDenied),
        lambda e: body("not_allowed", str(e) or "You may not do this."),
    ),
    (NotReady, lambda e: body("not_ready", str(e), missing=e.missing)),
    (InvalidTransition, lambda e: body("invalid_transition", str(e))),
    (DeskError, lambda e: body("conflict", str(e))),
    (IngestError, lambda e: body("unreadable_document", str(e))),
    (ArchiveUnavailable, lambda e: body("unavailable", "The archive takes nothing at present.")),
    ((Http404, ObjectDoesNotExist), lambda e: body("not_found", NOTHING_HERE)),
    (ProtectedError, lambda e: body("conflict", "Other rows hang on it.")),
    (RequestDataTooBig, lambda e: body("too_large", "The request is larger than this desk takes.")),
    (ValidationError, lambda e: _invalid(_of_django(e))),
    (exceptions.ValidationError, lambda e: _invalid(list(_of_drf(e.detail, "")))),
    (APIException, lambda e: _of_api(e)),
]


# --- What Django refuses by itself ----------------------------------------------------------


def plain_problem(code: str, detail: str) -> HttpResponse:
    """A problem outside the views."""
    made = body(code, detail)
    return JsonResponse(made, status=made["status"], content_type=MEDIA_TYPE)


def is_api(request: HttpRequest) -> bool:
    """Whether a request is for the API, and is answered in its form."""
    return request.path.startswith("/api/")


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's page for 400, or a problem."""
    if not is_api(request):
        return defaults.bad_request(request, exception)
    if isinstance(exception, RequestDataTooBig):
        return plain_problem("too_large", "The request is larger than this desk takes.")
    return plain_problem("malformed", "The request cannot be read.")


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's page for 403, or a problem."""
    if not is_api(request):
        return defaults.permission_denied(request, exception)
    return plain_problem("not_allowed", "You may not do this.")


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's page for 404, or a problem."""
    if not is_api(request):
        return defaults.page_not_found(request, exception)
    return plain_problem("not_found", "There is nothing at this address.")


def server_error(request: HttpRequest) -> HttpResponse:
    """Django's page for 500, or a problem that says nothing of the inside."""
    if not is_api(request):
        return defaults.server_error(request)
    return plain_problem("error", "Something broke here; it has been logged.")
