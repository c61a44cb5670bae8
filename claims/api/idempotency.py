"""A POST that is sent twice and done once: ``Idempotency-Key`` (the IETF's draft).

The answer is stored in the transaction of the effect. So there is no time in which one of them
is there without the other, and a web process that dies leaves neither. While a request is under
way its key is locked by that transaction; whoever sends it again is told so (409).
"""

import hashlib
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import orjson
from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api.errors import MEDIA_TYPE, Problem
from claims.api.media import dumps
from claims.models import IdempotentAnswer
from claims.models.access import IDEMPOTENCY_KEY_LENGTH

HEADER = "Idempotency-Key"
FORM = re.compile(r"[\x21-\x7e]{1,%d}" % IDEMPOTENCY_KEY_LENGTH)  # noqa: UP031  a pattern's own braces
KEPT_HEADERS = ("Location", "Retry-After")
TRY_LOCK = "SELECT pg_try_advisory_xact_lock(hashtextextended(%s, 0))"


def key_of(request: Request) -> str | None:
    """The key that a request carries, without the quotes of a structured header."""
    given = request.headers.get(HEADER)
    if given is None:
        return None
    bare = given.strip()
    if len(bare) > 2 and bare[0] == bare[-1] == '"':
        bare = bare[1:-1]
    if not FORM.fullmatch(bare):
        raise Problem(
            "malformed",
            f"An {HEADER} has 1 to {IDEMPOTENCY_KEY_LENGTH} printable ASCII characters.",
        )
    return bare


def once(
    key: str,
    request: Request,
    perform: Callable[[], Response],
    refusal: Callable[[Exception], Response],
) -> Response:
    """What ``perform()`` answers, or what it answered before.

    ``refusal(error)`` is the answer to what it raised, and kept as well; a fault (raised on by
    ``refusal``) leaves nothing behind.
    """
    fingerprint = _fingerprint(request)
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(TRY_LOCK, [f"idempotency:{request.user.pk}:{key}"])
            (locked,) = cursor.fetchone()
        if not locked:
            raise Problem("in_progress", f"A request with this {HEADER} is being worked on.")
        known = IdempotentAnswer.objects.filter(owner=request.user, key=key).first()
        if known is not None and known.at <= _forgotten_before():
            known.delete()
            known = None
        if known is not None:
            return _again(known, fingerprint)
        try:
            with transaction.atomic():
                response = perform()
        except Exception as error:  # noqa: BLE001  ``refusal`` raises on what is no refusal
            response = refusal(error)
        IdempotentAnswer.objects.create(
            owner=request.user,
            key=key,
            fingerprint=fingerprint,
            http_status=response.status_code,
            headers={name: response[name] for name in KEPT_HEADERS if name in response},
            body=dumps(response.data).decode(),
        )
        return response


def _forgotten_before() -> Any:
    return timezone.now() - timedelta(hours=settings.IDEMPOTENCY_HOURS)


def _again(known: IdempotentAnswer, fingerprint: str) -> Response:
    if known.fingerprint != fingerprint:
        raise Problem("key_reused", f"This {HEADER} was used for another request.")
    headers = {**known.headers, "Idempotency-Replayed": "true"}
    kind = MEDIA_TYPE if known.http_status >= 400 else None
    body = orjson.loads(known.body)
    return Response(body, status=known.http_status, headers=headers, content_type=kind)


def _fingerprint(request: Request) -> str:
    plain = request._request
    parts = (
        request.method or "",
        plain.get_full_path(),
        request.headers.get("If-Match", ""),
        request.content_type or "",
    )
    whole = hashlib.sha256("\n".join(parts).encode())
    whole.update(b"\n" + plain.body)
    return whole.hexdigest()
