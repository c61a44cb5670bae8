"""A client of Google's Fact Check Tools API reads the desk, told nothing but its address."""

import pytest
from django.contrib.auth.models import Group
from googleapiclient.discovery import build
from googleapiclient.errors import HttpError

from claims.choices import Scope
from claims.services import api_keys
from claims.services.actors import person
from tests import factories
from tests.conftest import remake_roles
from tests.export.published import published, voiced

DYKES = "85% of the dykes on the lower Senn were inspected."


@pytest.fixture(autouse=True)
def _publisher(settings):
    settings.PUBLISHER_NAME = "Haverness Facts"
    settings.PUBLISHER_URL = "https://facts.example/"
    settings.PUBLIC_CLAIM_URL = "https://facts.example/claims/{id}"


@pytest.fixture(scope="module")
def _roles_stay(django_db_setup, django_db_blocker):
    """A live server's tests empty every table; the desk's roles are put back behind them."""
    yield
    with django_db_blocker.unblock():
        remake_roles()


@pytest.fixture
def google(_static_folder, _roles_stay, live_server):
    """``google(key)``: the part of Google's client that searches claims, sent to the desk."""
    remake_roles()
    open_services = []

    def make(key=None):
        if key is None:
            user = factories.UserFactory(username="google")
            user.groups.add(Group.objects.get(name="Reporter"))
            _, key = api_keys.create_key(actor=person(user), name="google", scopes=[Scope.READ])
        service = build(
            "factchecktools",
            "v1alpha1",
            static_discovery=True,
            developerKey=key,
            client_options={"api_endpoint": f"{live_server.url}/api/compat/factchecktools/"},
        )
        open_services.append(service)
        return service.claims()

    yield make
    for service in open_services:
        service.close()


def test_a_client_of_google_searches_the_desk_unchanged(google):
    minister = factories.SpeakerFactory(name="Minna Aalto")
    verdict = published(claim=factories.ClaimFactory(text=DYKES, stage="published"))
    voiced(verdict.claim, speaker=minister)
    published(claim=factories.ClaimFactory(text="The sea is sweet.", stage="published"))
    claims = google()
    found = claims.search(query="inspected dykes", languageCode="en-US", pageSize=5).execute()
    assert found == {
        "claims": [
            {
                "text": DYKES,
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
        ]
    }
    assert claims.search(query="volcano").execute() == {}
    assert claims.search(query="dykes", languageCode="fr").execute() == {}
    assert claims.search(query="dykes", reviewPublisherSiteFilter="other.example").execute() == {}
    assert claims.search(query="dykes", maxAgeDays=1).execute() == {}
    assert claims.search(query="dykes", maxAgeDays=3).execute() == found


def test_a_client_of_google_turns_pages(google):
    made = [published() for _ in range(5)]
    claims, texts = google(), []
    request = claims.search(reviewPublisherSiteFilter="www.facts.example", pageSize=2)
    while request is not None:
        answer = request.execute()
        texts += [each["text"] for each in answer["claims"]]
        token = answer.get("nextPageToken")
        request = (
            claims.search(reviewPublisherSiteFilter="facts.example", pageSize=2, pageToken=token)
            if token
            else None
        )
    assert texts == [
        verdict.claim.text for verdict in sorted(made, key=lambda v: v.published_at, reverse=True)
    ]
    offset = claims.search(reviewPublisherSiteFilter="facts.example", offset=4).execute()
    assert [each["text"] for each in offset["claims"]] == texts[4:]


def test_a_client_of_google_understands_a_refusal(google):
    with pytest.raises(HttpError) as refused:
        google().search().execute()
    assert refused.value.status_code == 400
    assert "query or reviewPublisherSiteFilter" in refused.value.reason
    with pytest.raises(HttpError) as refused:
        google("fck_wrong").search(query="dykes").execute()
    assert refused.value.status_code == 401
