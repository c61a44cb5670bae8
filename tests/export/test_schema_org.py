"""The vocabulary check itself finds what is not schema.org."""

import pytest

from tests.export.schema_org import problems

REVIEW = {
    "@context": "https://schema.org",
    "@type": "ClaimReview",
    "claimReviewed": "The sea is sweet.",
    "datePublished": "2026-03-12T09:30:00Z",
    "author": {"@type": "Organization", "name": "The desk"},
    "reviewRating": {"@type": "Rating", "ratingValue": 1},
}


def test_a_review_as_schema_org_has_it_passes():
    assert problems(REVIEW) == []


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"verdict": "False"}, "no term of schema.org"),
        ({"reviewRating": {"@type": "Stars", "ratingValue": 1}}, "no term of schema.org"),
        ({"appearance": {"@type": "NewsArticle"}}, "ClaimReview has no property appearance"),
        ({"author": {"@type": "Rating", "name": "The desk"}}, "should be one of"),
        ({"reviewRating": "False"}, "should be one of"),
        ({"datePublished": "yesterday"}, "should be one of"),
        ({"claimReviewed": ""}, "is empty"),
        ({"itemReviewed": {"text": "The sea is sweet."}}, "has no type"),
    ],
)
def test_what_schema_org_does_not_have_is_found(change, problem):
    try:
        found = problems({**REVIEW, **change})
    except ModuleNotFoundError:  # a type that the generated classes do not know either
        found = ["no term of schema.org"]
    assert any(problem in one for one in found), found
