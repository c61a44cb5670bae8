"""When an article was published, as far as the page says so."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.ingest.dates import json_ld_date, parse_date

CASES = [
    # an offset is turned into UTC
    ("2021-07-10T08:30:00+02:00", datetime(2021, 7, 10, 6, 30, tzinfo=UTC)),
    ("2021-07-10T08:30:00Z", datetime(2021, 7, 10, 8, 30, tzinfo=UTC)),
    ("2021-07-10T08:30:00-0500", datetime(2021, 7, 10, 13, 30, tzinfo=UTC)),
    ("2021-07-10 08:30:00.123+00:00", datetime(2021, 7, 10, 8, 30, 0, 123000, tzinfo=UTC)),
    # none is taken for UTC, and a bare day for its midnight
    (" 2021-07-10T08:30 ", datetime(2021, 7, 10, 8, 30, tzinfo=UTC)),
    ("2021-07-10", datetime(2021, 7, 10, tzinfo=UTC)),
    # not dates, and not plausible ones
    ("", None),
    ("yesterday", None),
    ("2021-13-45", None),
    ("0001-01-01T00:00:00+23:59", None),
    ("1066-10-14", None),
    ("2999-01-01", None),
]


@pytest.mark.parametrize(("value", "expected"), CASES)
def test_a_date_is_read_as_utc(value: str, expected: datetime | None) -> None:
    assert parse_date(value) == expected


FOUND = datetime(2021, 7, 10, 8, 30, tzinfo=UTC)
LD = [
    # the article itself
    ('{"@type": "NewsArticle", "datePublished": "2021-07-10T08:30:00Z"}', FOUND),
    # in a graph, behind other things; several types
    (
        """{"@graph": [{"@type": "WebSite", "datePublished": "1999-01-01"},
        {"@type": ["Thing", "NewsArticle"], "datePublished": "2021-07-10T08:30:00Z"}]}""",
        FOUND,
    ),
    ('[{"@type": "BlogPosting", "datePublished": "2021-07-10T08:30:00Z"}]', FOUND),
    # control characters within strings, as content systems write them
    ('{"@type": "Article", "x": "a\nb", "datePublished": "2021-07-10T08:30:00Z"}', FOUND),
    # a date of something else
    ('{"@type": "Product", "datePublished": "2021-07-10"}', None),
    # of the wrong type, broken, too deep, too long
    ('{"@type": "Article", "datePublished": 20210710}', None),
    ("{", None),
    ("[" * 100_000, None),
    ('{"@type": "Article", "datePublished": "2021-07-10"}' + " " * 600_000, None),
    ("7", None),
]


@pytest.mark.parametrize(("block", "expected"), LD)
def test_the_article_in_the_structured_data_is_found(block: str, expected: datetime | None) -> None:
    assert json_ld_date(["{broken", block]) == expected


@given(st.text(max_size=40))
def test_any_string_is_a_date_or_none(value: str) -> None:
    found = parse_date(value)
    assert found is None or found.utcoffset() == timedelta(0)
