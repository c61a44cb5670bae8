"""Reviews by others; and, for the schema alone, the shapes of the field's formats.

Those are JSON-LD: their own vocabularies say what may be in them (docs/formats.md).
"""

from collections import Counter
from typing import Any

from rest_framework import serializers

from claims.api.fields import Path
from claims.api.serializers.base import Row
from claims.models import ExternalReview
from claims.services.external_reviews import CHANGED, NEW, REFUSED, SAME, Outcome

_ORGANISATION = {
    "@type": "Organization",
    "name": "Haverness Facts",
    "url": "https://facts.example/",
}
_REVIEW = {
    "@type": "ClaimReview",
    "@id": "https://facts.example/claims/17#claim-review",
    "url": "https://facts.example/claims/17",
    "claimReviewed": "By March 2026, 85% of the Senn dykes had been inspected.",
    "inLanguage": "en",
    "datePublished": "2026-03-14T10:00:00Z",
    "author": _ORGANISATION,
    "itemReviewed": {
        "@type": "Claim",
        "@id": "https://facts.example/claims/17#claim",
        "author": {"@type": "Person", "name": "Minna Aalto"},
        "datePublished": "2026-03-12T09:30:00Z",
    },
    "reviewRating": {
        "@type": "Rating",
        "ratingValue": 2,
        "bestRating": 5,
        "worstRating": 1,
        "alternateName": "Mostly false",
    },
    "description": "The register lists 58%.",
    "reviewBody": "180 of 310 kilometres had been signed off.",
}
_CONTEXT = {"@context": "https://schema.org"}


def _linked_data(kind: str, required: list[str], example: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "description": kind,
        "required": required,
        "properties": {name: {} for name in required},
        "example": example,
    }


CLAIM_REVIEW = _linked_data(
    "ClaimReview of schema.org",
    ["@context", "@type", "url", "claimReviewed", "datePublished", "author", "reviewRating"],
    {**_CONTEXT, **_REVIEW},
)
DATA_FEED = _linked_data(
    "DataFeed of schema.org",
    ["@context", "@type", "dataFeedElement"],
    {
        **_CONTEXT,
        "@type": "DataFeed",
        "name": "Fact checks by Haverness Facts",
        "publisher": _ORGANISATION,
        "dataFeedElement": [
            {
                "@type": "DataFeedItem",
                "url": _REVIEW["url"],
                "dateCreated": "2026-03-14T10:00:00Z",
                "item": _REVIEW,
            }
        ],
    },
)
WEB_ANNOTATION = _linked_data(
    "A Web Annotation of the W3C",
    ["@context", "id", "type", "body", "target"],
    {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": "https://desk.example/api/v1/quotes/17/annotation",
        "type": "Annotation",
        "motivation": "identifying",
        "body": [
            {
                "type": "SpecificResource",
                "purpose": "identifying",
                "source": {"type": "Person", "name": "Minna Aalto"},
            }
        ],
        "target": {
            "type": "SpecificResource",
            "source": "https://daily.example/news/dykes",
            "state": {
                "type": "TimeState",
                "sourceDate": "2026-03-12T09:40:00Z",
                "cached": "https://desk.example/api/v1/article-versions/9",
            },
            "selector": [
                {
                    "type": "TextQuoteSelector",
                    "exact": "“We have inspected 85% of the dykes,”",
                    "prefix": "Number 1. ",
                    "suffix": " Minna Aalto said on Monday.",
                },
                {"type": "TextPositionSelector", "start": 10, "end": 47},
            ],
        },
    },
)
_OBJECT = {"type": "object", "minProperties": 1}
_REVIEWS = {
    "anyOf": [_OBJECT, {"type": "array", "items": _OBJECT, "minItems": 1}],
    "example": {**_CONTEXT, **_REVIEW, "url": "https://checkers.example/reviews/5"},
}
REVIEWS = {"application/json": _REVIEWS, "application/ld+json": _REVIEWS}


class ExternalReviewSerializer(Row):
    href = Path("external-reviews")

    class Meta:
        model = ExternalReview
        fields = [
            "id",
            "href",
            "url",
            "claim_text",
            "claimant",
            "claim_date",
            "publisher_name",
            "publisher_site",
            "title",
            "rating_label",
            "rating_value",
            "best_rating",
            "worst_rating",
            "language",
            "reviewed_at",
            "imported_at",
            "version",
            "updated_at",
        ]
        read_only_fields = fields


class OutcomeShape(serializers.Serializer[Any]):
    number = serializers.IntegerField(help_text="Its place in what was sent, from 1.")
    outcome = serializers.ChoiceField(choices=[NEW, CHANGED, SAME, REFUSED])
    id = serializers.IntegerField(source="pk", allow_null=True)
    url = serializers.CharField()
    reason = serializers.CharField(help_text="Why it was refused.")


class ImportedShape(serializers.Serializer[Any]):
    new = serializers.IntegerField()
    changed = serializers.IntegerField()
    same = serializers.IntegerField()
    refused = serializers.IntegerField()
    results = OutcomeShape(many=True)

    @classmethod
    def of(cls, done: list[Outcome]) -> dict[str, Any]:
        """What became of an import, counted and one by one."""
        counts = Counter(one.outcome for one in done)
        shown = {name: counts[name] for name in (NEW, CHANGED, SAME, REFUSED)}
        return {**shown, "results": OutcomeShape(done, many=True).data}
