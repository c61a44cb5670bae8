"""The parts of the schema that operations share: parameters, headers, and answers of refusal.

They stand once under ``components`` and are referred to from the operations.
"""

from collections.abc import Iterable
from typing import Any

import django_filters
from django.conf import settings

from claims.api import filters
from claims.api.errors import KINDS, MEDIA_TYPE, body

Shape = dict[str, Any]

ETAG = '"3.5d41402abc4b2a76"'
CURSOR = "cD0xNw=="


def _header(name: str, description: str, schema: Shape, **more: Any) -> Shape:
    return {"in": "header", "name": name, "description": description, "schema": schema, **more}


def _query(name: str, description: str, schema: Shape, **more: Any) -> Shape:
    return {"in": "query", "name": name, "description": description, "schema": schema, **more}


PARAMETERS: dict[str, Shape] = {
    "IfMatch": _header(
        "If-Match",
        "What you read, by its ETag; `*`: whatever is there. Without it 428, with an old one 412.",
        {"type": "string", "pattern": r'^("\d{1,9}\.[0-9a-f]{16}"|\*)$'},
        required=True,
        example=ETAG,
    ),
    "IfNoneMatch": _header(
        "If-None-Match",
        "The ETag of the copy that you have: 304 while it is good.",
        {"type": "string"},
        example=ETAG,
    ),
    "IdempotencyKey": _header(
        "Idempotency-Key",
        "Chosen by you, new for each thing to be done. The same request with the same key is done "
        f"once, and answered as before for {settings.IDEMPOTENCY_HOURS} hours.",
        {"type": "string", "pattern": r"^[\x21-\x7e]{1,255}$"},
        example="0b6cbd3e-3f3b-4d0b-9d53-0a6d6ccf2b0c",
    ),
    "Prefer": _header(
        "Prefer",
        "`wait=10`: answer when the work is over, or after so many seconds; "
        f"{settings.API_MAX_WAIT_SECONDS} at most.",
        {"type": "string"},
        example="wait=10",
    ),
    "Cursor": _query(
        "cursor",
        "Where the page begins: out of `next` or `previous` of another page.",
        {"type": "string", "minLength": 1},
    ),
    "Limit": _query(
        "limit",
        "How many rows a page has.",
        {
            "type": "integer",
            "minimum": 1,
            "maximum": settings.API_PAGE_MAX,
            "default": settings.API_PAGE_SIZE,
        },
    ),
    "Ordering": _query(
        "ordering",
        "Newest or oldest first.",
        {"type": "string", "enum": ["-id", "id"], "default": "-id"},
    ),
    "Count": _query(
        "count",
        "Say about how many rows there are.",
        {"type": "string", "enum": ["estimated"]},
    ),
}

HEADERS: dict[str, Shape] = {
    "ETag": {
        "description": "Of these very bytes; for If-None-Match and, of one row, If-Match.",
        "schema": {"type": "string"},
        "example": ETAG,
    },
    "LastModified": {
        "description": "When the row was last changed.",
        "schema": {"type": "string"},
        "example": "Sat, 14 Mar 2026 10:00:00 GMT",
    },
    "Location": {
        "description": "Where it is, below the host.",
        "schema": {"type": "string", "format": "uri-reference"},
    },
    "RateLimitLimit": {
        "description": "Requests that your key may make in a period.",
        "schema": {"type": "integer", "minimum": 1},
    },
    "RateLimitRemaining": {
        "description": "What is left of them.",
        "schema": {"type": "integer", "minimum": 0},
    },
    "RateLimitReset": {
        "description": "Seconds until all of them are there again.",
        "schema": {"type": "integer", "minimum": 0},
    },
    "RetryAfter": {
        "description": "Seconds to wait.",
        "schema": {"type": "integer", "minimum": 0},
    },
    "WwwAuthenticate": {"description": "What is wanted.", "schema": {"type": "string"}},
}

# status → the name of the answer under `components`, and when it is given.
REFUSALS: dict[int, tuple[str, str]] = {
    400: ("BadRequest", "The request cannot be read, or some of its values are not valid."),
    401: ("Unauthorized", "A key is needed, or this one is not valid."),
    403: ("Forbidden", "Neither this key nor your role allows it."),
    404: ("NotFound", "There is nothing here, or not for you."),
    406: ("NotAcceptable", "No form that Accept names is there."),
    409: ("Conflict", "The state of the row, or another row, stands against it."),
    410: ("Gone", "The cursor is of another life of the database. Begin anew."),
    412: ("PreconditionFailed", "It was changed since you read it."),
    413: ("TooLarge", "The request is larger than this desk takes."),
    415: ("UnsupportedMediaType", "No such form of a request."),
    422: ("Unprocessable", "Well-formed, but something is missing, or cannot be read."),
    428: ("PreconditionRequired", "If-Match is needed."),
    429: ("TooManyRequests", "Wait for as long as Retry-After says."),
    503: ("Unavailable", "A part of the desk is away."),
}
_MORE_HEADERS = {401: ["WwwAuthenticate"], 429: ["RetryAfter"]}
SPELLED = {
    "LastModified": "Last-Modified",
    "RateLimitLimit": "RateLimit-Limit",
    "RateLimitRemaining": "RateLimit-Remaining",
    "RateLimitReset": "RateLimit-Reset",
    "RetryAfter": "Retry-After",
    "WwwAuthenticate": "WWW-Authenticate",
}


def reference(kind: str, name: str) -> Shape:
    """``{"$ref": …}`` to a part."""
    return {"$ref": f"#/components/{kind}/{name}"}


def headers(names: Iterable[str]) -> Shape:
    """The ``headers`` of an answer, by the names of HEADERS."""
    return {SPELLED.get(name, name): reference("headers", name) for name in names}


def responses() -> dict[str, Shape]:
    """The answers of refusal, and 304, for ``components``."""
    found: dict[str, Shape] = {
        "NotModified": {
            "description": "The copy that you have is good.",
            "headers": headers(["ETag"]),
        }
    }
    for status, (name, description) in REFUSALS.items():
        examples = {
            code: {"summary": title, "value": body(code, f"{title}.")}
            for code, (known, title) in KINDS.items()
            if known == status
        }
        found[name] = {
            "description": description,
            "content": {
                MEDIA_TYPE: {"schema": reference("schemas", "Problem"), "examples": examples}
            },
        }
        if status in _MORE_HEADERS:
            found[name]["headers"] = headers(_MORE_HEADERS[status])
    return found


def choice_of(name: str, known: Iterable[str], description: str) -> Shape:
    """A query parameter of several of the ``known`` words, parted by commas."""
    items = {"type": "string", "enum": list(known)}
    schema = {"type": "array", "items": items, "minItems": 1}
    return _query(name, description, schema, style="form", explode=False)


def filters_of(filterset: type[django_filters.FilterSet]) -> list[Shape]:
    """The query parameters that narrow a list down."""
    return [
        _filter(filterset, name, found) for name, found in sorted(filterset.base_filters.items())
    ]


def _filter(filterset: type, name: str, found: django_filters.Filter) -> Shape:
    text = str(found.extra.get("help_text", ""))
    if isinstance(found.method, str):
        text = text or (getattr(filterset, found.method).__doc__ or "")
    if name.endswith("since"):
        text = text or "At this moment, or later."
    if name.endswith("until"):
        text = text or "At this moment, or before."
    text = text or f"Only of this {name.replace('_', ' ')}."
    if isinstance(found, filters.Several):
        known = [str(value) for value, _ in found.extra["choices"]]
        return choice_of(name, known, "One or more, parted by commas.")
    return _query(name, text, dict(FILTERED[type(found)]))


FILTERED: dict[type, Shape] = {
    filters.Number: {"type": "integer", "minimum": 1, "maximum": filters.LARGEST},
    filters.Flag: {"type": "boolean"},
    filters.Moment: {"type": "string", "format": "date-time"},
    filters.Text: {"type": "string", "minLength": 1},
}
