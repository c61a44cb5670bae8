"""When a page says that it was published."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

# Large enough for any article's own data, small enough to parse without a thought.
_MAX_JSON_CHARS = 500_000
_MAX_JSON_NODES = 10_000
_FIRST_YEAR = 1900
_FUTURE = timedelta(days=2)


def parse_date(value: str) -> datetime | None:
    """An ISO 8601 date or date-time as aware UTC, None if it is neither or not plausible.

    Without an offset it is taken for UTC; without a time for midnight.
    """
    try:
        found = to_utc(datetime.fromisoformat(value.strip()))
    except (ValueError, OverflowError):
        return None
    if found.year < _FIRST_YEAR or found > datetime.now(UTC) + _FUTURE:
        return None
    return found


def to_utc(moment: datetime) -> datetime:
    """The same moment, aware and in UTC; a naive one is taken for UTC."""
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def json_ld_date(blocks: list[str]) -> datetime | None:
    """`datePublished` of the first article in a page's JSON-LD blocks."""
    for block in blocks:
        if len(block) > _MAX_JSON_CHARS:
            continue
        try:
            data = json.loads(block, strict=False)
        except (ValueError, RecursionError):
            continue
        for node in _nodes(data):
            published = node.get("datePublished")
            if _is_article(node.get("@type")) and isinstance(published, str):
                found = parse_date(published)
                if found is not None:
                    return found
    return None


def _is_article(kind: object) -> bool:
    kinds = kind if isinstance(kind, list) else [kind]
    return any(isinstance(k, str) and k.endswith(("Article", "Posting", "Report")) for k in kinds)


def _nodes(data: object) -> Iterator[dict[str, Any]]:
    """Every object in the data, outer ones first."""
    queue = [data]
    for visited, item in enumerate(queue):
        if visited > _MAX_JSON_NODES:
            return
        if isinstance(item, dict):
            yield item
            queue.extend(item.values())
        elif isinstance(item, list):
            queue.extend(item)
