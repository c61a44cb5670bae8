"""For the schema alone: the parameters and shapes of Google's `claims:search`."""

from typing import Any

Shape = dict[str, Any]


def _text(**members: Shape) -> Shape:
    return {"type": "object", "properties": members}


STRING: Shape = {"type": "string"}
_EXAMPLE = {
    "claims": [
        {
            "text": "By March 2026, 85% of the Senn dykes had been inspected.",
            "claimant": "Minna Aalto",
            "claimDate": "2026-03-12T09:30:00Z",
            "claimReview": [
                {
                    "publisher": {"name": "Haverness Facts", "site": "facts.example"},
                    "url": "https://facts.example/claims/17",
                    "title": "The register lists 58%.",
                    "reviewDate": "2026-03-14T10:00:00Z",
                    "textualRating": "Mostly false",
                    "languageCode": "en",
                }
            ],
        }
    ],
    "nextPageToken": "MjAyNi0wMy0xNFQxMDowMDowMCswMDowMCAxNw==",
}
_REVIEW = _text(
    publisher=_text(name=STRING, site=STRING),
    url=STRING,
    title=STRING,
    reviewDate=STRING,
    textualRating=STRING,
    languageCode=STRING,
)
_CLAIM = _text(
    text=STRING,
    claimant=STRING,
    claimDate=STRING,
    claimReview={"type": "array", "items": _REVIEW},
)
SEARCH_ANSWER: Shape = {
    **_text(claims={"type": "array", "items": _CLAIM}, nextPageToken=STRING),
    "description": "Empty where nothing is found.",
    "example": _EXAMPLE,
}
ERROR: Shape = {
    "description": "Refused, in Google's form.",
    "content": {
        "application/json": {
            "schema": {
                "type": "object",
                "required": ["error"],
                "properties": {
                    "error": {
                        "type": "object",
                        "required": ["code", "message", "status"],
                        "properties": {
                            "code": {"type": "integer"},
                            "message": STRING,
                            "status": STRING,
                        },
                    }
                },
            },
            "example": {
                "error": {
                    "code": 400,
                    "message": "Either query or reviewPublisherSiteFilter is needed.",
                    "status": "INVALID_ARGUMENT",
                }
            },
        }
    },
}


def _query(name: str, description: str, schema: Shape) -> Shape:
    return {"in": "query", "name": name, "description": description, "schema": schema}


_WORDS: Shape = {"type": "string", "minLength": 1}
SEARCH_PARAMETERS: list[Shape] = [
    _query("query", "Words of the claim. Needed without reviewPublisherSiteFilter.", _WORDS),
    _query("languageCode", "As in BCP 47; the region is not considered.", _WORDS),
    _query("reviewPublisherSiteFilter", "The publisher's site, without www.", _WORDS),
    _query(
        "maxAgeDays",
        "Reviewed no more than so many days ago.",
        {"type": "integer", "minimum": 0, "maximum": 36_500},
    ),
    _query("pageSize", "10 unless said.", {"type": "integer", "minimum": 1, "maximum": 2**31 - 1}),
    _query("pageToken", "The nextPageToken of the page before.", _WORDS),
    _query(
        "offset",
        "Where the first page begins.",
        {"type": "integer", "minimum": 0, "maximum": 10_000},
    ),
    _query("key", "A key of the desk.", _WORDS),
    _query("alt", "Ignored: always json.", _WORDS),
    _query("prettyPrint", "Ignored.", _WORDS),
    _query("quotaUser", "Ignored.", _WORDS),
]
