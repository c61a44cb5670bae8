"""Verdicts in the shape of the answers of Google's Fact Check Tools API (`claims:search`).

A client of that API reads the desk without a change: docs/formats.md says what is where.
"""

from collections.abc import Iterable
from typing import Any

from claims.export.claim_review import article_of, assertions_of, review_of
from claims.export.publisher import Publisher, moment_of
from claims.models import Verdict


def search_answer(
    verdicts: Iterable[Verdict], publisher: Publisher, *, next_page_token: str = ""
) -> dict[str, Any]:
    """One page of an answer; without claims it is empty, as Google's is."""
    claims = [claim_of(verdict, publisher) for verdict in verdicts]
    answer: dict[str, Any] = {"claims": claims} if claims else {}
    if next_page_token:
        answer["nextPageToken"] = next_page_token
    return answer


def claim_of(verdict: Verdict, publisher: Publisher) -> dict[str, Any]:
    """One claim with the desk's review of it. What is not known is left out."""
    review = review_of(verdict, publisher)
    assertions = assertions_of(verdict)
    speaker = next((one.quote.speaker for one in assertions if one.quote.speaker), None)
    made_at = article_of(assertions[0].quote).published_at if assertions else None
    found = {
        "text": review["claimReviewed"],
        "claimant": speaker.name if speaker else "",
        "claimDate": moment_of(made_at),
        "claimReview": [
            {
                "publisher": {"name": publisher.name, "site": publisher.site},
                "url": review["url"],
                "title": review["description"],
                "reviewDate": review.get("dateModified", review["datePublished"]),
                "textualRating": review["reviewRating"]["alternateName"],
                "languageCode": publisher.language,
            }
        ],
    }
    return {name: value for name, value in found.items() if value}
