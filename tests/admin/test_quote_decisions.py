"""An editor decides on a quote: what the services say happens, and nothing else."""

import re

import pytest
from django.urls import reverse

from claims.choices import MatchState, QuoteStatus, Stance
from claims.models import Appearance, Claim, Quote
from claims.services import quotes as quote_service
from claims.services.actors import person
from tests import factories
from tests.admin.pages import messages_of, url

pytestmark = pytest.mark.django_db


def decide(client, quote, decision, *, follow=True, **fields):
    fields.setdefault("version", quote.version)
    path = reverse("admin:claims_quote_decide", args=[quote.pk])
    return client.post(path, {"decision": decision, **fields}, follow=follow)


def page_of(quote):
    return url(Quote, "change", quote.pk)


@pytest.fixture
def quote(db):
    return factories.QuoteFactory(
        speaker=factories.SpeakerFactory(name="Minna Aalto"), role="the mayor"
    )


def test_the_page_shows_the_quote_in_its_article_and_prefills_the_claim(as_reporter, quote):
    page = as_reporter.get(page_of(quote))
    html = page.content.decode()
    assert "Minna Aalto said on Monday." in html
    assert "the mayor" in html
    assert "<span>85% of the dykes</span>" in html
    assert "high" in html
    assert "0.90" in html
    assert "Minna Aalto: We have inspected 85% of the dykes.</textarea>" in html
    assert [form.name for form in page.context["forms"]] == ["new_claim", "appearance", "reject"]


def test_a_long_article_is_cut_at_words_around_the_quote(as_reporter):
    filler = "wordswordswords " * 400
    text = f"Outset {filler}“Here it is,” {filler} finis"
    quote = factories.QuoteFactory(
        article_version=factories.ArticleVersionFactory(text=text), words="“Here it is,”"
    )
    page = as_reporter.get(page_of(quote))
    around = re.sub(r"<[^>]*>", "", page.context["around"])
    assert around in text
    assert 500 < len(around) < 1100
    assert around.startswith("wordswordswords ")
    assert around.endswith(" wordswordswords")
    assert page.context["cut_before"]
    assert page.context["cut_after"]
    assert ">“Here it is,”</mark>" in page.context["around"]


def test_accepting_makes_a_claim_and_goes_on_to_the_next_candidate(as_reporter, reporter, quote):
    following = factories.QuoteFactory(check_worthiness=0.6)
    factories.QuoteFactory(check_worthiness=0.1)
    response = decide(
        as_reporter, quote, "new_claim", text="85% of the dykes were inspected.", stance="asserts"
    )
    assert response.redirect_chain == [(page_of(following), 302)]
    quote.refresh_from_db()
    claim = Claim.objects.get()
    assert quote.status == QuoteStatus.ACCEPTED
    assert claim.text == "85% of the dykes were inspected."
    assert claim.created_by == reporter
    assert claim.appearances.get().state == MatchState.CONFIRMED
    assert quote.decisions.get().actor == reporter
    assert any("85% of the dykes were inspected." in told for told in messages_of(response))


def test_behind_the_last_candidate_the_queue_is_said_to_be_empty(as_reporter, quote):
    response = decide(as_reporter, quote, "new_claim", text="A claim.", stance="asserts")
    assert any("queue is empty" in told for told in messages_of(response))


def test_accepting_for_a_claim_we_have_adds_an_appearance_with_its_stance(as_checker, quote):
    claim = factories.ClaimFactory()
    decide(as_checker, quote, "appearance", claim=claim.pk, stance="denies")
    appearance = Appearance.objects.get()
    assert (appearance.claim, appearance.quote) == (claim, quote)
    assert appearance.stance == Stance.DENIES
    assert Claim.objects.count() == 1


def test_rejecting_records_reason_and_comment(as_reporter, quote):
    decide(as_reporter, quote, "reject", reason_code="not_checkable", comment="A hope.")
    quote.refresh_from_db()
    assert quote.status == QuoteStatus.REJECTED
    decision = quote.decisions.get()
    assert (decision.reason_code, decision.comment) == ("not_checkable", "A hope.")


def test_rejecting_without_a_reason_is_refused_and_keeps_the_comment(as_reporter, quote):
    response = decide(as_reporter, quote, "reject", comment="Something long")
    assert response.status_code == 400
    assert "Something long" in response.content.decode()
    quote.refresh_from_db()
    assert quote.status == QuoteStatus.CANDIDATE


def test_a_decided_quote_offers_to_be_reopened_and_nothing_else(as_reporter, quote, reporter):
    quote = quote_service.reject(quote, actor=person(reporter), reason_code="duplicate")
    page = as_reporter.get(page_of(quote))
    assert [form.name for form in page.context["forms"]] == ["reopen"]
    assert "Already on the desk" in page.content.decode()
    response = decide(as_reporter, quote, "reopen", comment="Look again.")
    assert response.redirect_chain == [(page_of(quote), 302)]
    quote.refresh_from_db()
    assert quote.status == QuoteStatus.CANDIDATE


def test_a_stale_decision_names_the_others_and_loses_nothing_typed(as_reporter, quote, editor):
    seen = quote.version
    quote_service.reject(quote, actor=person(editor), reason_code="wrong_span", comment="Too long")
    response = decide(
        as_reporter,
        quote,
        "new_claim",
        version=seen,
        text="My own careful sentence.",
        stance="asserts",
    )
    html = response.content.decode()
    assert response.status_code == 409
    assert "changed by somebody else" in html
    assert "rejected (wrong start or end), by editor" in html
    assert "My own careful sentence.</textarea>" in html
    assert not Claim.objects.exists()
    quote.refresh_from_db()
    assert quote.status == QuoteStatus.REJECTED


def test_a_stale_reopening_is_refused(as_reporter, quote, reporter, editor):
    quote = quote_service.reject(quote, actor=person(reporter), reason_code="duplicate")
    seen = quote.version
    quote_service.set_speaker(quote, actor=person(editor), speaker=None)
    assert decide(as_reporter, quote, "reopen", version=seen).status_code == 409
    quote.refresh_from_db()
    assert quote.status == QuoteStatus.REJECTED


def test_a_decision_without_a_version_is_refused(as_reporter, quote):
    response = decide(as_reporter, quote, "reject", version="", reason_code="duplicate")
    assert response.status_code == 400
    quote.refresh_from_db()
    assert quote.status == QuoteStatus.CANDIDATE


def test_an_ambiguous_name_offers_every_speaker_it_may_be(as_reporter):
    imran = factories.SpeakerFactory(name="Imran Khan", description="Prime Minister of Pakistan")
    sadiq = factories.SpeakerFactory(name="Sadiq Khan", description="Mayor of London")
    for speaker in (imran, sadiq):
        factories.SpeakerAliasFactory(speaker=speaker, name="Khan")
    quote = factories.QuoteFactory(speaker=None, suggested_name="Khan", candidate_names=["Khan"])
    html = as_reporter.get(page_of(quote)).content.decode()
    assert "Prime Minister of Pakistan" in html
    assert "Mayor of London" in html
    response = decide(as_reporter, quote, "speaker", choose=imran.pk, speaker="", role="")
    assert response.redirect_chain == [(page_of(quote), 302)]
    quote.refresh_from_db()
    assert quote.speaker == imran
    assert quote.touched_at is not None
    assert quote.status == QuoteStatus.CANDIDATE


def test_the_speaker_can_be_searched_for_and_the_role_mended(as_reporter, quote):
    other = factories.SpeakerFactory(name="Piet Hollander")
    decide(as_reporter, quote, "speaker", speaker=other.pk, role="the director")
    quote.refresh_from_db()
    assert (quote.speaker, quote.role) == (other, "the director")


@pytest.mark.parametrize(
    ("decision", "fields"),
    [
        ("new_claim", {"text": "A claim.", "stance": "asserts"}),
        ("reject", {"reason_code": "duplicate"}),
        ("speaker", {"speaker": "", "role": ""}),
    ],
)
def test_without_the_permission_every_decision_is_refused(sign_in, quote, decision, fields):
    client = sign_in(factories.UserFactory())
    assert decide(client, quote, decision, **fields).status_code == 403
    quote.refresh_from_db()
    assert quote.status == QuoteStatus.CANDIDATE
    assert quote.speaker is not None


def test_a_decision_is_never_taken_by_a_get(as_reporter, quote):
    path = reverse("admin:claims_quote_decide", args=[quote.pk])
    response = as_reporter.get(path, {"decision": "reject", "reason_code": "duplicate"})
    assert response.status_code == 302
    quote.refresh_from_db()
    assert quote.status == QuoteStatus.CANDIDATE


def test_a_decision_needs_the_csrf_token(reporter, quote):
    from django.test import Client

    client = Client(enforce_csrf_checks=True)
    client.force_login(reporter)
    response = decide(client, quote, "reject", reason_code="duplicate")
    assert response.status_code == 403
    quote.refresh_from_db()
    assert quote.status == QuoteStatus.CANDIDATE


def test_an_unknown_decision_is_a_bad_request(as_reporter, quote):
    assert decide(as_reporter, quote, "burn").status_code == 400


def test_the_queue_is_ordered_by_check_worthiness(as_reporter):
    worths = [0.2, 0.9, 0.5]
    for worth in worths:
        factories.QuoteFactory(check_worthiness=worth)
    page = as_reporter.get(url(Quote, "changelist"), {"status__exact": "candidate"})
    shown = [quote.check_worthiness for quote in page.context["cl"].result_list]
    assert shown == sorted(worths, reverse=True)
