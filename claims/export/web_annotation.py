"""A quote as a Web Annotation (W3C): who said it, and at which characters of which text.

Offsets count Unicode code points of the version's text, as the recommendation wants it: not
bytes, not UTF-16 units. ``cached`` is the address of that text, since the page itself may
change and has markup around its words.
"""

from typing import Any

from claims.choices import SpeakerKind
from claims.export.publisher import WIKIDATA, Publisher, moment_of, web_address
from claims.models import Quote

ANNO = "http://www.w3.org/ns/anno.jsonld"
MEDIA_TYPE = f'application/ld+json; profile="{ANNO}"'
"""What it is sent as."""

_AGENTS = {SpeakerKind.PERSON.value: "Person", SpeakerKind.ORGANISATION.value: "Organization"}

Node = dict[str, Any]


def web_annotation(quote: Quote, publisher: Publisher, *, cue: str = "") -> Node:
    """The annotation of one quote. ``cue`` is the text of its cue, where it has one.

    ``speaker`` and ``article_version.article`` should be loaded; the version's text is not read.
    """
    version = quote.article_version
    article_at = f"{publisher.api}articles/{version.article_id}"
    bodies = [_said_by(quote), _tag(f"{quote.get_kind_display().lower()} quotation")]
    if cue:
        bodies.append({**_tag(cue), "purpose": "describing"})
    return {
        "@context": ANNO,
        "id": f"{publisher.api}quotes/{quote.pk}/annotation",
        "type": "Annotation",
        "motivation": "identifying",
        "created": moment_of(quote.created_at),
        "modified": moment_of(quote.updated_at),
        "body": [body for body in bodies if body],
        "target": {
            "type": "SpecificResource",
            "source": web_address(version.article.canonical_url) or article_at,
            "state": {
                "type": "TimeState",
                "sourceDate": moment_of(version.fetched_at),
                "cached": f"{publisher.api}article-versions/{version.pk}",
            },
            "selector": [
                {
                    "type": "TextQuoteSelector",
                    "exact": quote.text,
                    "prefix": quote.prefix,
                    "suffix": quote.suffix,
                },
                {"type": "TextPositionSelector", "start": quote.start, "end": quote.end},
            ],
        },
    }


def _said_by(quote: Quote) -> Node:
    """Whom the words are given to; {} where the record does not say."""
    speaker = quote.speaker
    if speaker is None:
        return {}
    agent: Node = {"name": speaker.name}
    if speaker.kind in _AGENTS:
        agent["type"] = _AGENTS[speaker.kind]
    if quote.role:
        agent["schema:jobTitle"] = quote.role
    if speaker.wikidata_id:
        agent["schema:sameAs"] = {"id": f"{WIKIDATA}{speaker.wikidata_id}"}
    return {"type": "SpecificResource", "purpose": "identifying", "source": agent}


def _tag(words: str) -> Node:
    return {"type": "TextualBody", "purpose": "tagging", "value": words, "format": "text/plain"}
