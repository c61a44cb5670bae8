"""Entity tags: a copy that is still good is not sent again, a change on an old one is refused.

A tag is ``"<version>.<digest>"``. The digest is of the very bytes that were sent, so that
``If-None-Match`` holds for every choice of fields. The version is the row's own, which the
database counts: ``If-Match`` compares it alone, since a change is made on a row and not on a
choice of its fields. What has no version, such as a list, has a tag of its digest.
"""

import hashlib
import re

from django.utils.http import http_date, parse_etags
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api.errors import Problem
from claims.models.base import Editable

VERSIONED = re.compile(r'"(\d{1,9})\.[0-9a-f]{16}"')


def expected_version(request: Request, row: Editable) -> int | None:
    """The version that a change is based on, by ``If-Match``; None for ``*``, any.

    Raises a Problem without the header (428), and where it names another version (412). The
    services compare again with the row locked: between here and there it may still move on.
    """
    given = request.headers.get("If-Match", "").strip()
    if not given:
        raise Problem(
            "precondition_required",
            "Say with If-Match which version this is based on: the ETag of what you read.",
        )
    if given == "*":
        return None
    matched = (VERSIONED.fullmatch(tag) for tag in parse_etags(given))
    versions = {int(found[1]) for found in matched if found}
    if row.version not in versions:
        raise Problem("stale", "It was changed since you read it. Read it again.")
    return row.version


def with_validators(request: Request, response: Response, row: Editable | None) -> None:
    """Give a rendered answer its ETag; an answer that the client has is emptied to a 304.

    ``row`` is what was read or written; an answer that is said again has none, and names the
    version in its body.
    """
    digest = hashlib.sha256(response.content).hexdigest()[:16]
    body = response.data if isinstance(response.data, dict) else {}
    version = body.get("version") if row is None else row.version
    tag = f'"{version}.{digest}"' if isinstance(version, int) else f'"{digest}"'
    response["ETag"] = tag
    if row is not None:
        response["Last-Modified"] = http_date(row.updated_at.timestamp())
    if request.method in ("GET", "HEAD") and response.status_code == 200 and _has(request, tag):
        response.status_code = 304
        response.content = b""
        for header in ("Content-Type", "Content-Length"):
            del response[header]


def _has(request: Request, tag: str) -> bool:
    given = request.headers.get("If-None-Match", "")
    tags = {each.removeprefix("W/") for each in parse_etags(given)}
    return "*" in tags or tag in tags
