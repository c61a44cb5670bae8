"""The field's formats through the API: who reads what, in which form."""

import json
from urllib.parse import urlsplit

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from claims.choices import Scope, VerdictStatus
from claims.models import Claim, ExternalReview, Verdict
from tests import factories
from tests.export.published import published, voiced
from tests.export.schema_org import problems
from tests.ingest.test_reviews import COMMONS, REVIEW

LINKED_DATA = "application/ld+json"
COMPAT = "/api/compat/factchecktools/v1alpha1/claims:search"
DYKES = "85% of the dykes on the lower Senn were inspected."


@pytest.fixture(autouse=True)
def _publisher(settings):
    settings.PUBLISHER_NAME = "Haverness Facts"
    settings.PUBLISHER_URL = "https://facts.example/"
    settings.PUBLIC_CLAIM_URL = "https://facts.example/claims/{id}"


@pytest.fixture
def reads(db, client_of, auditor):
    return client_of(auditor, Scope.READ)


def review_of(client, verdict, **headers):
    return client.get(f"/api/v1/verdicts/{verdict.pk}/claim-review", **headers)


def feed_of(client):
    answer = client.get("/api/v1/claim-reviews")
    assert answer.status_code == 200
    return answer, json.loads(b"".join(answer.streaming_content))


# --- ClaimReview --------------------------------------------------------------------------


def test_a_published_verdict_is_read_as_claim_review(reads):
    verdict = published()
    voiced(verdict.claim)
    answer = review_of(reads, verdict)
    assert (answer.status_code, answer["Content-Type"]) == (200, LINKED_DATA)
    assert problems(answer.json()) == []
    assert answer.json()["url"] == f"https://facts.example/claims/{verdict.claim_id}"
    assert review_of(reads, verdict, HTTP_IF_NONE_MATCH=answer["ETag"]).status_code == 304
    plain = review_of(reads, verdict, HTTP_ACCEPT="application/json")
    assert (plain["Content-Type"], plain.json()) == ("application/json", answer.json())


def test_what_is_not_public_has_no_claim_review_for_anybody(client_of, editor):
    draft, embargoed, retracted = factories.VerdictFactory(), published(), published()
    Claim.objects.filter(pk=embargoed.claim_id).update(
        embargo_until=timezone.now().replace(year=2126)
    )
    Verdict.objects.filter(pk=retracted.pk).update(status=VerdictStatus.RETRACTED)
    client = client_of(editor)
    for verdict in (draft, embargoed, retracted):
        answer = review_of(client, verdict)
        assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
    assert feed_of(client)[1]["dataFeedElement"] == []


def test_the_feed_streams_every_review_at_a_fixed_cost(reads):
    def cost():
        with CaptureQueriesContext(connection) as captured:
            answer, read = feed_of(reads)
        assert answer.streaming
        assert answer["Content-Type"] == LINKED_DATA
        assert problems(read) == []
        assert len(read["dataFeedElement"]) == Verdict.objects.count()
        return len(captured)

    voiced(published().claim)
    cost()  # the key notes its first use
    one = cost()
    for _ in range(9):
        voiced(published().claim)
    assert cost() == one


def test_the_public_reads_reviews_where_the_desk_allows_it(anybody, settings, db):
    verdict, draft = published(), factories.VerdictFactory()
    quote = voiced(verdict.claim).quote
    settings.PUBLIC_READ = False
    for path in (f"/api/v1/verdicts/{verdict.pk}/claim-review", "/api/v1/claim-reviews"):
        assert anybody.get(path).status_code == 401
    assert anybody.get(COMPAT, {"query": "dykes"}).status_code == 401
    settings.PUBLIC_READ = True
    assert review_of(anybody, verdict)["Cache-Control"] == "public, max-age=60"
    answer, read = feed_of(anybody)
    assert answer["Cache-Control"] == "public, max-age=60"
    assert len(read["dataFeedElement"]) == 1
    assert anybody.get(COMPAT, {"query": "dykes"}).status_code == 200
    assert review_of(anybody, draft).status_code == 404
    assert anybody.get(f"/api/v1/quotes/{quote.pk}/annotation").status_code == 401
    assert anybody.get("/api/v1/external-reviews").status_code == 401


# --- Web Annotation -----------------------------------------------------------------------


def test_a_quote_is_read_as_a_web_annotation(reads):
    quote = factories.QuoteFactory()
    start = quote.article_version.text.index("said")
    type(quote).objects.filter(pk=quote.pk).update(cue_start=start, cue_end=start + 4)
    answer = reads.get(f"/api/v1/quotes/{quote.pk}/annotation")
    assert answer.status_code == 200
    profile = f'{LINKED_DATA}; profile="http://www.w3.org/ns/anno.jsonld"'
    assert answer["Content-Type"] == profile
    selectors = {one["type"]: one for one in answer.json()["target"]["selector"]}
    position = selectors["TextPositionSelector"]
    cached = urlsplit(answer.json()["target"]["state"]["cached"]).path
    text = reads.get(cached).json()["text"]
    assert text[position["start"] : position["end"]] == quote.text
    assert answer.json()["body"][-1]["value"] == "said"
    by_name = reads.get(f"/api/v1/quotes/{quote.pk}/annotation", HTTP_ACCEPT=profile)
    assert by_name.status_code == 200
    assert reads.get("/api/v1/quotes/987654/annotation").status_code == 404


# --- In the shape of Google's ------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "status", "word"),
    [
        ({}, 400, "INVALID_ARGUMENT"),
        ({"query": "x", "pageSize": "0"}, 400, "INVALID_ARGUMENT"),
        ({"query": "x", "pageSize": "ten"}, 400, "INVALID_ARGUMENT"),
        ({"query": "x", "maxAgeDays": "-1"}, 400, "INVALID_ARGUMENT"),
        ({"query": "x", "maxAgeDays": "9" * 30}, 400, "INVALID_ARGUMENT"),
        ({"query": "x", "pageToken": "nonsense"}, 400, "INVALID_ARGUMENT"),
        ({"query": "x", "pageToken": "\u00e4"}, 400, "INVALID_ARGUMENT"),
        ({"query": "a\0b"}, 400, "INVALID_ARGUMENT"),
        ({"query": "x", "nonsense": "1"}, 400, "INVALID_ARGUMENT"),
        ({"query": "x", "key": "fck_wrong"}, 401, "UNAUTHENTICATED"),
    ],
)
def test_refusals_are_in_the_form_of_google(reads, asked, status, word):
    answer = reads.get(COMPAT, asked)
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/json")
    error = answer.json()["error"]
    assert (error["code"], error["status"], bool(error["message"])) == (status, word, True)


@pytest.mark.parametrize("words", ["'; DROP TABLE claims_claim; --", "\\ & | ! :* <->", '"', "the"])
def test_any_words_may_be_searched_for(reads, words):
    published()
    assert reads.get(COMPAT, {"query": words}).status_code == 200


# --- Reviews by others --------------------------------------------------------------------


def brought(client, body, content_type="application/json", **headers):
    return client.post(
        "/api/v1/external-reviews", json.dumps(body), content_type=content_type, **headers
    )


def test_reviews_by_others_come_in_and_are_read(client_of, checker):
    client = client_of(checker)
    answer = brought(client, [REVIEW, {**REVIEW, "url": None}])
    assert answer.status_code == 200, answer.json()
    told = answer.json()
    assert (told["new"], told["refused"]) == (1, 1)
    assert told["results"][1]["reason"] == "It has no address (url)."
    again = brought(client, COMMONS, LINKED_DATA).json()
    assert (again["same"], again["new"]) == (1, 1)
    row = ExternalReview.objects.get(pk=told["results"][0]["id"])
    assert row.imported_by == checker
    shown = client.get(f"/api/v1/external-reviews/{row.pk}").json()
    assert (shown["claimant"], shown["rating_label"]) == ("Minna Aalto", "Mostly false")
    listed = client.get(f"/api/v1/external-reviews?url={row.url}&publisher_site=checkers.example")
    assert len(listed.json()["results"]) == 2


def test_who_may_not_bring_reviews_in_is_told_so(client_of, reporter, checker):
    for client in (client_of(reporter), client_of(checker, Scope.READ)):
        answer = brought(client, REVIEW)
        assert (answer.status_code, answer.json()["code"]) == (403, "not_allowed")
    assert not ExternalReview.objects.exists()


@pytest.mark.parametrize("body", [{}, [], 1, "x", {"@type": "NewsArticle"}])
def test_what_holds_no_review_is_refused(client_of, checker, body):
    answer = brought(client_of(checker), body)
    assert (answer.status_code, answer.json()["code"]) == (422, "unreadable_document")


def test_an_import_with_a_key_is_done_once(client_of, checker):
    client = client_of(checker)
    first, again = (brought(client, REVIEW, HTTP_IDEMPOTENCY_KEY="i-1") for _ in range(2))
    assert (first.json(), again["Idempotency-Replayed"]) == (again.json(), "true")
