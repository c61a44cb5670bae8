"""ClaimReview of schema.org: a published verdict as search engines and other desks read it.

Only what readers have seen goes in: no draft, no evidence, no name of a colleague. Rows come
from `selectors.published_verdicts`; whatever else they were loaded with is left out here again.
"""

from collections.abc import Iterable, Iterator
from typing import Any

import orjson

from claims.choices import ArticleKind, MatchState, SpeakerKind, Stance, VerdictStatus
from claims.export.publisher import SCHEMA_ORG, WIKIDATA, Publisher, moment_of, web_address
from claims.models import Appearance, Article, Quote, Rating, Speaker, Verdict

_ARTICLE_TYPES = {
    ArticleKind.NEWS: "NewsArticle",
    ArticleKind.TRANSCRIPT: "CreativeWork",
    ArticleKind.RELEASE: "Article",
    ArticleKind.POST: "SocialMediaPosting",
}
_SPEAKER_TYPES = {
    SpeakerKind.ORGANISATION: "Organization",
    SpeakerKind.GROUP: "Organization",
    # "Officials", "sources close to the talks": more than one, as the record has it.
    SpeakerKind.ANONYMOUS: "Organization",
}

Node = dict[str, Any]


def claim_review(verdict: Verdict, publisher: Publisher) -> Node:
    """One published verdict as JSON-LD. ValueError for one that is not public."""
    return {"@context": SCHEMA_ORG, **review_of(verdict, publisher)}


def feed(verdicts: Iterable[Verdict], publisher: Publisher) -> Iterator[bytes]:
    """The reviews of ``verdicts`` as one DataFeed, piece by piece: never whole in memory."""
    head = {
        "@context": SCHEMA_ORG,
        "@type": "DataFeed",
        "name": f"Fact checks by {publisher.name}",
        "url": f"{publisher.api}claim-reviews",
        "publisher": publisher.organization(),
    }
    yield orjson.dumps(head)[:-1] + b',"dataFeedElement":['
    for number, verdict in enumerate(verdicts):
        yield (b",\n" if number else b"\n") + orjson.dumps(feed_item(verdict, publisher))
    yield b"\n]}\n"


def feed_item(verdict: Verdict, publisher: Publisher) -> Node:
    """One element of the feed."""
    review = review_of(verdict, publisher)
    dates = {"dateCreated": review["datePublished"]}
    if "dateModified" in review:
        dates["dateModified"] = review["dateModified"]
    return {"@type": "DataFeedItem", "url": review["url"], **dates, "item": review}


def review_of(verdict: Verdict, publisher: Publisher) -> Node:
    """The ClaimReview without its context, to stand within another object."""
    if verdict.status != VerdictStatus.PUBLISHED or verdict.rating is None:
        raise ValueError(f"Verdict {verdict.pk} is not public.")
    claim, url = verdict.claim, publisher.claim_url(verdict.claim_id)
    versions = sorted(
        (one for one in claim.verdicts.all() if one.published_at and one.number <= verdict.number),
        key=lambda one: one.number,
    )
    review: Node = {
        "@type": "ClaimReview",
        "@id": f"{url}#claim-review",
        "url": url,
        "claimReviewed": claim.text,
        "inLanguage": publisher.language,
        "datePublished": moment_of(versions[0].published_at),
        "author": publisher.organization(),
        "itemReviewed": _claim(assertions_of(verdict), url, publisher),
        "reviewRating": _rating(verdict.rating),
        "description": verdict.summary,
        "reviewBody": verdict.explanation or verdict.summary,
    }
    corrections = [one for one in versions if one.correction_note]
    if corrections:
        review["dateModified"] = moment_of(corrections[-1].published_at)
        review["correction"] = [
            {
                "@type": "CorrectionComment",
                "text": one.correction_note,
                "datePublished": moment_of(one.published_at),
            }
            for one in corrections
        ]
    return review


def assertions_of(verdict: Verdict) -> list[Appearance]:
    """Where the claim was made, the earliest first, as far as an editor has confirmed it."""
    made = [
        one
        for one in verdict.claim.appearances.all()
        if one.state == MatchState.CONFIRMED and one.stance == Stance.ASSERTS
    ]
    return sorted(made, key=_printed)


def _printed(appearance: Appearance) -> tuple[bool, float, int]:
    moment = article_of(appearance.quote).published_at
    return moment is None, moment.timestamp() if moment else 0.0, appearance.pk


def article_of(quote: Quote) -> Article:
    """The article that the quote stands in."""
    return quote.article_version.article


def _claim(assertions: list[Appearance], url: str, publisher: Publisher) -> Node:
    claim: Node = {"@type": "Claim", "@id": f"{url}#claim"}
    if not assertions:
        return claim
    first = assertions[0].quote
    for one in assertions:
        if one.quote.speaker:
            claim["author"] = _speaker(one.quote.speaker, one.quote.role)
            break
    if moment := article_of(first).published_at:
        claim["datePublished"] = moment_of(moment)
    claim["firstAppearance"] = _work(article_of(first))
    # Two speakers in one article make one work.
    works = {article_of(one.quote).pk: article_of(one.quote) for one in assertions}
    claim["appearance"] = [_work(each) for each in list(works.values())[: publisher.appearances]]
    return claim


def _speaker(speaker: Speaker, role: str) -> Node:
    """Who made the claim, in the role that the article gave them."""
    kind = _SPEAKER_TYPES.get(SpeakerKind(speaker.kind), "Person")
    node: Node = {"@type": kind, "name": speaker.name}
    if role and kind == "Person":
        node["jobTitle"] = role
    if speaker.wikidata_id:
        node["sameAs"] = f"{WIKIDATA}{speaker.wikidata_id}"
    return node


def _work(article: Article) -> Node:
    node: Node = {"@type": _ARTICLE_TYPES.get(ArticleKind(article.kind), "CreativeWork")}
    url = web_address(article.canonical_url)
    said = {
        "@id": url,
        "url": url,
        "headline": article.title,
        "inLanguage": article.language,
        "datePublished": moment_of(article.published_at),
    }
    node |= {name: value for name, value in said.items() if value}
    source = article.source
    outlet: Node = {"@type": "Organization", "name": source.name}
    if source.domain:
        outlet["url"] = f"https://{source.domain}/"
    return {**node, "publisher": outlet}


def _rating(rating: Rating) -> Node:
    values = [one.value for one in rating.scale.ratings.all()]
    return {
        "@type": "Rating",
        "ratingValue": rating.value,
        "bestRating": max(values),
        "worstRating": min(values),
        "alternateName": rating.label,
    }
