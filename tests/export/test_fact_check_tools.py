"""Verdicts in the shape of Google's `claims:search`."""

import pytest

from claims.export.fact_check_tools import search_answer
from claims.export.publisher import publisher
from claims.selectors import published_verdicts
from tests import factories
from tests.export.published import published, voiced

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _publisher(settings):
    settings.PUBLISHER_NAME = "Haverness Facts"
    settings.PUBLISHER_URL = "https://www.facts.example/"
    settings.PUBLIC_CLAIM_URL = "https://facts.example/claims/{id}"


def test_a_verdict_is_a_claim_with_one_review():
    verdict = published()
    voiced(verdict.claim, speaker=factories.SpeakerFactory(name="Minna Aalto"))
    answer = search_answer(published_verdicts(), publisher(), next_page_token="t")
    assert answer == {
        "claims": [
            {
                "text": verdict.claim.text,
                "claimant": "Minna Aalto",
                "claimDate": "2026-03-12T09:30:00Z",
                "claimReview": [
                    {
                        "publisher": {"name": "Haverness Facts", "site": "facts.example"},
                        "url": f"https://facts.example/claims/{verdict.claim_id}",
                        "title": verdict.summary,
                        "reviewDate": f"{verdict.published_at:%Y-%m-%dT%H:%M:%SZ}",
                        "textualRating": verdict.rating.label,
                        "languageCode": "en",
                    }
                ],
            }
        ],
        "nextPageToken": "t",
    }


def test_what_is_not_known_is_left_out():
    published()
    (claim,) = search_answer(published_verdicts(), publisher())["claims"]
    assert set(claim) == {"text", "claimReview"}


def test_an_answer_without_claims_is_empty():
    assert search_answer(published_verdicts(), publisher()) == {}
