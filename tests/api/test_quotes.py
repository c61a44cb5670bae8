"""Quotes through the API: decided on and mended by the desk's own services."""

import pytest

from claims.choices import QuoteStatus
from claims.models import Appearance, Claim, Quote
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def quote(db):
    return factories.QuoteFactory()


def act(client, quote, name, body=None):
    address = f"/api/v1/quotes/{quote.pk}"
    tag = client.get(address)["ETag"]
    return client.post(f"{address}/{name}", body or {}, format="json", HTTP_IF_MATCH=tag)


def test_a_quote_shows_its_offsets_and_not_the_article(client_of, reporter, quote):
    shown = client_of(reporter).get(f"/api/v1/quotes/{quote.pk}?expand=speaker,article").json()

    text = quote.article_version.text
    assert text[shown["start"] : shown["end"]] == shown["text"]
    assert shown["speaker"]["name"] == quote.speaker.name
    assert shown["article"]["url"] == quote.article_version.article.canonical_url


def test_a_candidate_becomes_a_new_claim(client_of, reporter, quote):
    client = client_of(reporter)
    answer = act(client, quote, "accept", {"text": "The city has inspected 85% of its dykes."})

    assert (answer.status_code, answer.json()["status"]) == (200, "accepted"), answer.json()
    claim = Claim.objects.get()
    assert Appearance.objects.get().claim == claim
    again = act(client, quote, "accept", {"text": "Once more."})
    assert (again.status_code, again.json()["code"]) == (409, "invalid_transition")
    assert Claim.objects.count() == 1


def test_a_candidate_becomes_an_appearance_with_its_stance(client_of, reporter, quote):
    claim = factories.ClaimFactory()
    answer = act(client_of(reporter), quote, "accept", {"claim": claim.pk, "stance": "denies"})

    assert answer.status_code == 200
    assert Appearance.objects.values_list("claim", "stance", "state").get() == (
        claim.pk,
        "denies",
        "confirmed",
    )


@pytest.mark.parametrize("body", [{}, {"text": "Both.", "claim": 1}, {"claim": 987654}])
def test_accepting_needs_one_thing_to_accept_it_as(client_of, reporter, quote, body):
    factories.ClaimFactory.create(pk=1)
    assert act(client_of(reporter), quote, "accept", body).status_code == 400
    assert Quote.objects.get().status == QuoteStatus.CANDIDATE


def test_a_candidate_is_rejected_with_a_reason_and_reopened(client_of, reporter, quote):
    client = client_of(reporter)
    assert act(client, quote, "reject").status_code == 400
    assert act(client, quote, "reject", {"reason": "not_a_quote"}).json()["status"] == "rejected"
    assert act(client, quote, "reopen").json()["status"] == "candidate"


def test_the_speaker_and_the_span_are_mended(client_of, reporter, quote):
    client = client_of(reporter)
    speaker = factories.SpeakerFactory()
    answer = act(client, quote, "reassign", {"speaker": speaker.pk, "role": "Mayor"})
    assert (answer.json()["speaker"], answer.json()["role"]) == (speaker.pk, "Mayor")

    text = quote.article_version.text
    begin = text.index("have inspected")
    span = {"start": begin, "end": begin + len("have inspected 85%")}
    assert act(client, quote, "fix-span", span).json()["text"] == "have inspected 85%"
    beyond = act(client, quote, "fix-span", {"start": len(text), "end": len(text) + 9})
    assert (beyond.status_code, beyond.json()["code"]) == (422, "not_ready")


def test_a_key_without_the_scope_decides_on_nothing(client_of, editor, quote):
    client = client_of(editor, "read", "desk")
    answer = act(client, quote, "reject", {"reason": "not_a_quote"})
    assert (answer.status_code, answer.json()["code"]) == (403, "not_allowed")
    assert Quote.objects.get().status == QuoteStatus.CANDIDATE
