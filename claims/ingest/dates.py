"""When a page says that it was published."""

import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

_FIRST_YEAR = 1900
_FUTURE = timedelta(days=1)
# What an empty field of a content management system turns into.
_ZERO = datetime(1970, 1, 1, tzinfo=UTC)
# A day without a time and a moment this close after its beginning are the same day somewhere.
_SAME_DAY = timedelta(hours=38)

_DAY = re.compile(r"\d{4}-?\d\d-?\d\d")
_IN_PATH = re.compile(r"/((?:19|20)\d\d)[/-](0?[1-9]|1[0-2])[/-](0?[1-9]|[12]\d|3[01])(?=[/-]|$)")


def parse_date(value: str) -> datetime | None:
    """A date or date-time (ISO 8601, RFC 5322) as aware UTC; None if neither, or not plausible.

    Without an offset it is taken for UTC; without a time for midnight. Plausible is what lies
    between 1900 and tomorrow and is no empty field (1970-01-01).
    """
    stripped = value.strip()
    try:
        found = to_utc(datetime.fromisoformat(stripped))
    except (ValueError, OverflowError):
        try:
            found = to_utc(parsedate_to_datetime(stripped))
        except (ValueError, OverflowError, TypeError, IndexError):
            return None
    if found.year < _FIRST_YEAR or found > datetime.now(UTC) + _FUTURE:
        return None
    return None if abs(found - _ZERO) < timedelta(days=1) else found


def to_utc(moment: datetime) -> datetime:
    """The same moment, aware and in UTC; a naive one is taken for UTC."""
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def earliest(stated: Iterable[str]) -> datetime | None:
    """The earliest plausible of several dates of one article, None without any.

    Outlets set the date anew when they change an article, and forget to in one place or
    another. Of the same day the date with a time is taken.
    """
    days: list[datetime] = []
    moments: list[datetime] = []
    for value in stated:
        found = parse_date(value)
        if found is not None:
            (days if _DAY.fullmatch(value.strip()) else moments).append(found)
    if not days or not moments:
        return min([*days, *moments], default=None)
    day, moment = min(days), min(moments)
    return moment if moment < day + _SAME_DAY else day


def day_in_path(path: str) -> str:
    """The day that is part of many addresses (`/2026/03/12/`), as ISO 8601, or ""."""
    match = _IN_PATH.search(path)
    return f"{match[1]}-{int(match[2]):02}-{int(match[3]):02}" if match else ""
