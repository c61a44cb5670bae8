"""Examples of requests and answers, put together from the schema and one table of values.

The story is that of the demo: the dykes of the river Senn, and how many of them were inspected.
"""

from typing import Any

MOMENT = "2026-03-14T10:00:00Z"
DIGEST = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
SENTENCE = "By March 2026, 85% of the Senn dykes had been inspected."
QUOTED = "“We have inspected 85% of the dykes,”"

# The name of a property → a value, as far as its type alone says too little.
VALUES: dict[str, Any] = {
    "aliases": ["M. Aalto"],
    "article": 7,
    "article_version": 9,
    "assignee": "checker",
    "byline": "Ilse Brandt",
    "candidate_names": [],
    "claim": 17,
    "colour": "#b3261e",
    "comment": "The log of the Audit Chamber lists 58%.",
    "content": "We have inspected 85% of the dykes,",
    "content_type": "text/html; charset=utf-8",
    "correction_note": "The summary named the wrong month.",
    "created_by": "reporter",
    "author": "checker",
    "approver": "editor",
    "actor": "editor",
    "added_by": "checker",
    "confirmed_by": "checker",
    "cursor": "cD0xNw==",
    "description": "Mayor of Haverness",
    "detail": "There is nothing here.",
    "domain": "daily.example",
    "embargo_until": None,
    "end": 47,
    "excerpt": "Inspected by 1 March: 58% of 412 dykes.",
    "explanation": "The mayor counted dykes that were only surveyed from the air.",
    "final_url": "https://daily.example/news/dykes",
    "fragments": [[11, 46]],
    "html": "<article><h1>Dykes</h1><p>“We have inspected 85% of the dykes,” Minna Aalto said.</p>",
    "id": 17,
    "label": "Mostly false",
    "language": "en",
    "method": "words and numbers",
    "name": "Minna Aalto",
    "next": "/api/v1/claims?cursor=cD0xNw%3D%3D",
    "number": 1,
    "organisation": "City of Haverness",
    "previous": None,
    "run": "/api/v1/runs/11",
    "http_status": 200,
    "count": 240,
    "prefix": "Number 1. ",
    "quantities": [{"value": 85, "unit": "percent", "comparator": "=", "of": "Senn dykes"}],
    "rating": 4,
    "role": "mayor of Haverness",
    "sha256": DIGEST,
    "slug": "flood-defence",
    "source": 2,
    "speaker": 3,
    "start": 10,
    "suffix": " Minna Aalto said on Monday.",
    "suggested_name": "Minna Aalto",
    "summary": "The inspection log lists 58% of the dykes.",
    "text": SENTENCE,
    "title": "Council votes on the dykes",
    "topics": ["flood-defence"],
    "url": "https://daily.example/news/dykes",
    "username": "checker",
    "verdict": None,
    "version": 3,
    "wikidata_id": None,
}
# The same where one resource means something else by a name.
OF_COMPONENT: dict[tuple[str, str], Any] = {
    ("AcceptRequest", "claim"): None,
    ("ArticleVersion", "text"): f"Number 1. {QUOTED} Minna Aalto said on Monday.",
    ("Asker", "name"): "Carla Checker",
    ("KeyShape", "name"): "nightly import",
    ("Evidence", "title"): "Inspection log of the Audit Chamber",
    ("EvidenceRequest", "title"): "Inspection log of the Audit Chamber",
    ("Source", "name"): "The Daily",
    ("SourceRequest", "name"): "The Daily",
    ("Topic", "name"): "Flood defence",
    ("TopicRequest", "name"): "Flood defence",
    ("RatingScale", "name"): "Truth scale",
    ("Quote", "text"): QUOTED,
    ("VerdictInBrief", "rating"): "Mostly false",
    ("MatchedVerdict", "rating"): "Mostly false",
    ("Correction", "verdict"): 17,
    ("Correction", "rating"): "Mostly false",
    ("NewFeedRequest", "url"): "https://daily.example/feed.xml",
    ("NewFeedRequest", "source"): "The Daily",
    ("NewArticleRequest", "source"): "The Daily",
    ("Affiliation", "title"): "Mayor",
    ("MergeRequest", "absorbed"): 4,
    **{
        (shape, member): value
        for shape in ("Webhook", "WebhookRequest", "WebhookWithSecret")
        for member, value in {
            "name": "Newsletter",
            "description": "Tells readers of corrections.",
            "url": "https://receiver.example/hook",
            "owner": "editor",
            "event_types": ["claim.published", "verdict.corrected"],
        }.items()
    },
    ("WebhookWithSecret", "secret"): "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD",
    ("PauseWebhookRequest", "reason"): "The receiver moves house.",
    ("WebhookDelivery", "message_id"): "msg_3f1c0d6a0e5c4a55a1d2b8f9c7e60b1d_4",
    ("Problem", "status"): 400,
    ("BatchResultShape", "status"): 201,
    ("ApproveRequest", "comment"): "Checked against the log.",
}
# Of choices one of which has to be made.
LEFT_OUT = {
    "NewArticleRequest": {"html", "text"},
    "AcceptRequest": {"claim"},
}
_BY_FORMAT = {
    "date-time": MOMENT,
    "date": "2026-03-14",
    "uri": "https://daily.example/news/dykes",
    "uri-reference": "/api/v1/claims/17",
}
_BY_TYPE: dict[str, Any] = {
    "integer": 1,
    "number": 0.9,
    "boolean": True,
    "string": "",
    "null": None,
}


def example_of(shape: dict[str, Any], components: dict[str, Any], name: str = "") -> Any:
    """A value of ``shape``, of whose kind ``components`` know more."""
    if "$ref" in shape:
        name = shape["$ref"].rpartition("/")[2]
        return example_of(components["schemas"][name], components, name)
    if "example" in shape:
        return shape["example"]
    for either in ("oneOf", "anyOf", "allOf"):
        if either in shape and "properties" not in shape:
            return example_of(shape[either][0], components, name)
    if "enum" in shape:
        return shape["enum"][0]
    if "properties" in shape:
        return {
            each: _of_property(name, each, inner, components)
            for each, inner in shape["properties"].items()
            if not inner.get("x-expanded") and each not in LEFT_OUT.get(name, ())
        }
    if "items" in shape:
        return [example_of(shape["items"], components)]
    kind = shape.get("type", "null")
    kind = kind[0] if isinstance(kind, list) else kind
    if shape.get("format") in _BY_FORMAT:
        return _BY_FORMAT[shape["format"]]
    return _BY_TYPE.get(kind) if kind != "object" else {}


def _of_property(name: str, member: str, shape: dict[str, Any], components: dict[str, Any]) -> Any:
    component = name.removeprefix("Patched")
    if (component, member) in OF_COMPONENT:
        return OF_COMPONENT[component, member]
    if member in VALUES and not ({"$ref", "allOf"} & set(shape) and shape.get("x-expanded")):
        return VALUES[member]
    return example_of(shape, components)
