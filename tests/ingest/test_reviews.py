"""ClaimReview as others publish it, in all the shapes that they use."""

import json
from datetime import UTC, date, datetime

import pytest

from claims.ingest import IngestError
from claims.ingest.reviews import NoReviews, Refused, Review, ReviewLimits, read_reviews

REVIEW = {
    "@context": "https://schema.org",
    "@type": "ClaimReview",
    "url": "https://www.checkers.example/2026/dykes?utm_source=x",
    "claimReviewed": "85% of the dykes were inspected.",
    "datePublished": "2026-03-14",
    "inLanguage": "en-GB",
    "name": "No, not 85%",
    "author": {"@type": "Organization", "name": "Checkers", "url": "https://www.checkers.example/"},
    "itemReviewed": {
        "@type": "Claim",
        "author": {"@type": "Person", "name": "Minna Aalto"},
        "datePublished": "2026-03-12",
    },
    "reviewRating": {
        "@type": "Rating",
        "ratingValue": 2,
        "bestRating": 5,
        "worstRating": 1,
        "alternateName": "Mostly false",
    },
}


def read(data, **options):
    raw = data if isinstance(data, bytes) else json.dumps(data).encode()
    return list(read_reviews(raw, **options))


def only(**changes):
    (found,) = read({**REVIEW, **changes})
    assert isinstance(found, Review), found
    return found


def test_a_review_is_read_whole():
    found = only()
    assert found == Review(
        url="https://www.checkers.example/2026/dykes",
        claim_text="85% of the dykes were inspected.",
        claimant="Minna Aalto",
        claim_date=date(2026, 3, 12),
        publisher_name="Checkers",
        publisher_site="checkers.example",
        title="No, not 85%",
        rating_label="Mostly false",
        rating_value=2.0,
        best_rating=5.0,
        worst_rating=1.0,
        language="en-GB",
        reviewed_at=datetime(2026, 3, 14, tzinfo=UTC),
        raw=REVIEW,
    )


COMMONS = {
    "@context": "http://schema.org",
    "@type": "DataFeed",
    "dataFeedElement": [
        {
            "@type": "DataFeedItem",
            "dateCreated": "2026-03-14T10:00:00Z",
            "url": "https://www.checkers.example/2026/dykes",
            "item": [REVIEW],
        },
        {"@type": "DataFeedItem", "item": None},
        {"@type": "DataFeedItem", "item": {**REVIEW, "claimReviewed": "The sea is sweet."}},
    ],
}
PAGE = """<!doctype html><html><head><title>x</title>
<script type="application/ld+json">{"@type": "WebSite", "name": "Checkers"}</script>
<script type="application/ld+json">{broken</script>
<script type="application/ld+json">%s</script></head><body><p>Text</p></body></html>"""


@pytest.mark.parametrize(
    ("data", "number"),
    [
        ([REVIEW, REVIEW], 2),
        ({"@context": "https://schema.org", "@graph": [{"@type": "WebPage"}, REVIEW]}, 1),
        (COMMONS, 2),
        ({**REVIEW, "@type": ["Review", "ClaimReview"]}, 1),
        ({**REVIEW, "@type": "http://schema.org/ClaimReview"}, 1),
        ({"@type": "NewsArticle", "review": REVIEW}, 1),
        ((PAGE % json.dumps(REVIEW)).encode(), 1),
        (b"\xef\xbb\xbf \n" + json.dumps(REVIEW).encode(), 1),
        (json.dumps(REVIEW).encode("utf-16"), 1),
    ],
    ids=["list", "graph", "feed", "types", "iri", "within", "page", "bom", "utf-16"],
)
def test_wherever_reviews_lie_they_are_found(data, number):
    found = read(data)
    assert len(found) == number
    assert all(isinstance(one, Review) for one in found)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"author": "Checkers"}, {"publisher_name": "Checkers"}),
        ({"author": [{"name": "Checkers"}, {"name": "B"}]}, {"publisher_name": "Checkers"}),
        ({"author": None, "publisher": {"name": "C"}}, {"publisher_name": "C"}),
        ({"author": {"name": "C"}}, {"publisher_site": "checkers.example"}),
        ({"url": ["https://a.example/1", "https://a.example/2"]}, {"url": "https://a.example/1"}),
        ({"url": {"@id": "https://a.example/1"}}, {"url": "https://a.example/1"}),
        ({"url": None, "@id": "https://a.example/1"}, {"url": "https://a.example/1"}),
        ({"claimReviewed": {"@value": "The sea.", "@language": "en"}}, {"claim_text": "The sea."}),
        ({"claimReviewed": "  The\n sea\u200b. "}, {"claim_text": "The sea."}),
        ({"itemReviewed": [{"author": [{"name": "Ann"}]}]}, {"claimant": "Ann"}),
        ({"itemReviewed": {"author": "Ann"}}, {"claimant": "Ann"}),
        ({"itemReviewed": "a tweet"}, {"claimant": ""}),
        ({"itemReviewed": {"datePublished": "2026-03"}}, {"claim_date": None}),
        ({"itemReviewed": {"datePublished": "2026"}}, {"claim_date": None}),
        (
            {"itemReviewed": {"datePublished": "2026-03-12T23:30:00-05:00"}},
            {"claim_date": date(2026, 3, 12)},
        ),
        ({"datePublished": "14 March"}, {"reviewed_at": None}),
        (
            {"datePublished": "2026-03-14T10:00:00+02:00"},
            {"reviewed_at": datetime(2026, 3, 14, 8, tzinfo=UTC)},
        ),
        (
            {"reviewRating": {"ratingValue": "3,5", "bestRating": "5", "name": "Half"}},
            {"rating_value": 3.5, "best_rating": 5.0, "rating_label": "Half"},
        ),
        (
            {"reviewRating": {"ratingValue": "False"}},
            {"rating_label": "False", "rating_value": None},
        ),
        ({"reviewRating": "False"}, {"rating_label": "False"}),
        ({"reviewRating": [{"alternateName": "False"}]}, {"rating_label": "False"}),
        ({"reviewRating": {"ratingValue": 1e300}}, {"rating_value": None}),
        ({"inLanguage": {"@type": "Language", "alternateName": "pt_BR"}}, {"language": "pt-BR"}),
        ({"inLanguage": "Klingon, mostly"}, {"language": ""}),
        ({"schema:name": "T", "name": None}, {"title": "T"}),
    ],
)  # fmt: skip
def test_the_same_thing_may_be_said_in_many_ways(change, expected):
    found = only(**change)
    assert {name: getattr(found, name) for name in expected} == expected


def test_what_is_said_elsewhere_in_the_document_is_followed():
    organisation = {"@type": "Organization", "@id": "#org", "name": "Checkers"}
    (found,) = read({"@graph": [{**REVIEW, "author": {"@id": "#org"}}, organisation]})
    assert found.publisher_name == "Checkers"


def test_an_address_is_completed_by_where_the_page_was_read():
    page = PAGE % json.dumps({**REVIEW, "url": "/2026/dykes"})
    (found,) = read(page.encode(), url="https://checkers.example/x")
    assert found.url == "https://checkers.example/2026/dykes"


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"claimReviewed": None}, "names no claim"),
        ({"claimReviewed": " \u200b"}, "names no claim"),
        ({"claimReviewed": ["", {}]}, "names no claim"),
        ({"url": None}, "no address"),
        ({"url": "javascript:alert(1)"}, "Only http"),
        ({"url": "file:///etc/passwd"}, "Only http"),
        ({"url": "https://user:secret@a.example/"}, "user name or password"),
        ({"url": "https://[a.example/"}, "Not a web address"),
        ({"claimReviewed": "x" * 5001}, "more than 5,000 characters"),
        ({"reviewBody": "x" * 100_001}, "larger than 100,000 bytes"),
        ({"x": [[[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]]]}, "too deep"),
    ],
)
def test_what_is_of_no_use_is_refused_by_itself(change, reason):
    refused, kept = read([{**REVIEW, **change}, REVIEW])
    assert isinstance(refused, Refused)
    assert reason in refused.reason
    assert "secret" not in refused.reason
    assert isinstance(kept, Review)


@pytest.mark.parametrize(
    "raw",
    [b"", b"  ", b"{", b"nothing", b'{"@type": "NewsArticle"}', b"[]", b"1", b"<p>no</p>",
     b"[" * 100_000, b"\xff\xfe\x00", b"<" * 1000],
)  # fmt: skip
def test_what_holds_no_review_is_refused_as_a_whole(raw):
    with pytest.raises(IngestError):
        read(raw)


def test_what_is_too_much_is_refused():
    with pytest.raises(NoReviews, match="More than 100 bytes"):
        read(REVIEW, limits=ReviewLimits(max_bytes=100))
    *kept, refused = read([REVIEW] * 3, limits=ReviewLimits(max_items=2))
    assert len(kept) == 2
    assert "More than 2 reviews" in refused.reason


def test_hostile_text_stays_text_and_can_be_stored():
    raw = json.dumps(
        {**REVIEW, "claimReviewed": "<script>ran(1)</script>", "name": "a\0b\ud800c", "x\0": 1}
    )
    raw = raw[:-1] + ', "n": NaN, "i": -Infinity, "e": 1e999}'
    (found,) = read(raw.encode())
    assert found.claim_text == "<script>ran(1)</script>"
    stored = json.dumps(found.raw, allow_nan=False)
    assert "\\u0000" not in stored
    assert "\\ud800" not in stored
    assert (found.raw["n"], found.raw["i"], found.raw["e"], found.raw["x"]) == (None, None, None, 1)
