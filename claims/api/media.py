"""Reading and writing JSON, strictly: orjson takes no NaN, no lone surrogate, no endless depth."""

import json
from typing import Any

import orjson
from django.conf import settings
from django.http.request import RawPostDataException
from rest_framework.exceptions import ParseError, UnsupportedMediaType
from rest_framework.parsers import BaseParser
from rest_framework.renderers import BaseRenderer

from claims.api.errors import MEDIA_TYPE, Problem

OPTIONS = orjson.OPT_UTC_Z | orjson.OPT_NON_STR_KEYS


def dumps(data: Any) -> bytes:
    """JSON as UTF-8; what is no plain value (a lazy text, a key of DRF) as its text."""
    return orjson.dumps(data, default=str, option=OPTIONS)


def loads(raw: bytes) -> Any:
    """The value of a JSON text; ParseError for anything else, and for a member that is twice there.

    Of two members of one name every reader takes another one. The readers here would agree; those
    that looked at the request before might not.
    """
    try:
        value = orjson.loads(raw)
        if isinstance(value, dict | list):
            json.loads(raw, object_pairs_hook=_once_each, parse_int=float)
    except orjson.JSONDecodeError as error:
        raise ParseError(f"This is no JSON: {error}.") from error
    except RecursionError as error:
        raise ParseError("This is nested too deeply.") from error
    return value


def _once_each(members: list[tuple[str, Any]]) -> None:
    if len({name for name, _ in members}) < len(members):
        raise ParseError("A member is there twice.")


def _body(parser_context: Any) -> bytes:
    request = (parser_context or {})["request"]
    charset = request._request.content_params.get("charset", "utf-8")
    if charset.lower() not in ("utf-8", "us-ascii"):
        raise UnsupportedMediaType(request.content_type)
    try:
        raw: bytes = request._request.body
    except RawPostDataException as error:
        raise ParseError("The body has been read already.") from error
    if len(raw) > settings.API_MAX_BODY_BYTES:
        raise Problem("too_large", f"At most {settings.API_MAX_BODY_BYTES} bytes are taken.")
    return raw


class StrictJSONParser(BaseParser):
    """``application/json``; ParseError for anything else in it."""

    media_type = "application/json"

    def parse(self, stream: Any, media_type: Any = None, parser_context: Any = None) -> Any:
        return loads(_body(parser_context))


class LinkedDataParser(StrictJSONParser):
    """``application/ld+json``."""

    media_type = "application/ld+json"


class JSONRenderer(BaseRenderer):
    """``application/json``, by orjson; a problem keeps the type that its handler gave it."""

    media_type = "application/json"
    format = "json"
    charset = None

    def render(self, data: Any, media_type: Any = None, renderer_context: Any = None) -> bytes:
        return b"" if data is None else dumps(data)


class NDJSONParser(BaseParser):
    """``application/x-ndjson``: the lines as they came, which the service reads one by one."""

    media_type = "application/x-ndjson"

    def parse(self, stream: Any, media_type: Any = None, parser_context: Any = None) -> list[bytes]:
        return _body(parser_context).split(b"\n")


class NDJSONRenderer(BaseRenderer):
    """``application/x-ndjson``: a list, an entry a line. A problem is one object, as ever."""

    media_type = "application/x-ndjson"
    format = "ndjson"
    charset = None

    def render(self, data: Any, media_type: Any = None, renderer_context: Any = None) -> bytes:
        if isinstance(data, list):
            return b"".join(dumps(entry) + b"\n" for entry in data)
        return b"" if data is None else dumps(data)


class CSVRenderer(JSONRenderer):
    """``text/csv``, for what the database itself writes; of the rest only problems come here."""

    media_type = "text/csv"
    format = "csv"


class LinkedDataRenderer(JSONRenderer):
    """``application/ld+json``, for the formats of the field."""

    media_type = "application/ld+json"
    format = "jsonld"


__all__ = [
    "MEDIA_TYPE",
    "CSVRenderer",
    "JSONRenderer",
    "LinkedDataParser",
    "LinkedDataRenderer",
    "NDJSONParser",
    "NDJSONRenderer",
    "StrictJSONParser",
    "dumps",
]
