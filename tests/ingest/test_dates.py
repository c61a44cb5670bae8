"""When an article was published, as far as the page says so."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.ingest.dates import day_in_path, earliest, parse_date
from claims.ingest.structured import read_json_ld

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
    # an empty field of a content management system
    ("1970-01-01T01:00:00+01:00", None),
    # as mail and some pages write it
    ("Sat, 10 Jul 2021 08:30:00 +0200", datetime(2021, 7, 10, 6, 30, tzinfo=UTC)),
    ("Sat, 99 Jul 2021", None),
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
    assert earliest(read_json_ld(["{broken", block]).published) == expected


def test_tomorrow_is_a_date_and_the_day_after_is_none() -> None:
    now = datetime.now(UTC)
    soon, late = now + timedelta(hours=20), now + timedelta(hours=28)
    assert parse_date(soon.isoformat()) == soon
    assert parse_date(late.isoformat()) is None


EARLIEST = [
    # an update that took the place of the date of publication
    (["2021-07-12T09:00:00Z", "2021-07-10T08:30:00Z"], FOUND),
    # the address knows the day, the page the time, in a zone where it is the same day
    (["2021-07-10T08:30:00Z", "2021-07-10"], FOUND),
    (["2021-07-11T01:00:00+02:00", "2021-07-11"], datetime(2021, 7, 10, 23, tzinfo=UTC)),
    # the address knows an earlier day
    (["2021-07-12T09:00:00Z", "2021-07-10"], datetime(2021, 7, 10, tzinfo=UTC)),
    # an embargo that has not ended, an empty field, a word
    (["2999-01-01T00:00:00Z", "1970-01-01", "soon", "2021-07-10T08:30:00Z"], FOUND),
    (["2999-01-01", ""], None),
    ([], None),
]


@pytest.mark.parametrize(("stated", "expected"), EARLIEST)
def test_the_earliest_plausible_date_counts(stated: list[str], expected: datetime | None) -> None:
    assert earliest(stated) == expected


PATHS = [
    ("/2026/03/12/dykes", "2026-03-12"),
    ("/news/2026/3/2/", "2026-03-02"),
    ("/world/2026-03-12-dykes.html", "2026-03-12"),
    ("/2026/03/dykes", ""),
    ("/2026/13/12/dykes", ""),
    ("/1234/03/12", ""),
    ("/story/20260312123456", ""),
]


@pytest.mark.parametrize(("path", "day"), PATHS)
def test_a_day_is_found_in_an_address(path: str, day: str) -> None:
    assert day_in_path(path) == day


@given(st.text(max_size=40))
def test_any_string_is_a_date_or_none(value: str) -> None:
    found = parse_date(value)
    assert found is None or found.utcoffset() == timedelta(0)
