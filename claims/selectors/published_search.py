"""Published verdicts that somebody searches for by words, page by page."""

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import datetime, timedelta

from django.contrib.postgres.search import SearchQuery
from django.db.models import Q, QuerySet
from django.utils import timezone

from claims.models import Claim, Verdict
from claims.models.base import search_vector
from claims.selectors.published import published_verdicts

_POSITION = re.compile(r"(\d{4}-\d\d-\d\dT[\d:.]{8,15}\+00:00) ([1-9]\d{0,17})")


class BadToken(ValueError):
    """The token of a page is none of ours."""


def search_published(words: str = "", *, max_age_days: int | None = None) -> QuerySet[Verdict]:
    """The published verdicts on claims that have ``words``, the newest first.

    ``words`` as people type them: "exact phrase", or, -not. Without words all of them.
    """
    found = published_verdicts()
    if words:
        claims = Claim.objects.alias(searched=search_vector("text", config="english"))
        wanted = SearchQuery(words, search_type="websearch", config="english")
        found = found.filter(claim__in=claims.filter(searched=wanted))
    if max_age_days is not None:
        found = found.filter(published_at__gte=timezone.now() - timedelta(days=max_age_days))
    return found


def page_of(
    verdicts: QuerySet[Verdict], *, size: int, token: str = "", offset: int = 0
) -> tuple[list[Verdict], str]:
    """A page of verdicts and the token of the next one, "" after the last.

    ``token`` wins over ``offset``. Verdicts that are published meanwhile move no page. Raises
    BadToken.
    """
    if token:
        moment, key = _position(token)
        verdicts = verdicts.filter(Q(published_at__lt=moment) | Q(published_at=moment, pk__lt=key))
        offset = 0
    rows = list(verdicts[offset : offset + size + 1])
    page = rows[:size]
    return page, _token(page[-1]) if len(rows) > size else ""


def _token(last: Verdict) -> str:
    moment = last.published_at.isoformat() if last.published_at else ""
    return urlsafe_b64encode(f"{moment} {last.pk}".encode()).decode()


def _position(token: str) -> tuple[datetime, int]:
    try:
        found = _POSITION.fullmatch(urlsafe_b64decode(token.encode()).decode())
        if found is None:
            raise BadToken(token)
        return datetime.fromisoformat(found[1]), int(found[2])
    except (ValueError, UnicodeError) as error:
        raise BadToken(token) from error
