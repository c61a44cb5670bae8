"""Holds of candidates, and decisions taken back."""

from datetime import timedelta

import pytest
from django.utils import timezone

from claims.choices import ClaimStage, MatchState, QuoteStatus
from claims.models import CandidateHold, Claim, Decision, Quote
from claims.services import claims as claim_service
from claims.services import quotes as quote_service
from claims.services import triage
from claims.services.actors import person
from claims.services.errors import InvalidTransition, NotAllowed
from claims.services.queue import Wanted
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def quotes():
    return [factories.QuoteFactory(check_worthiness=worth) for worth in (0.9, 0.6, 0.3)]


@pytest.fixture
def rita(reporter):
    return person(reporter)


@pytest.fixture
def ben(editor):
    return person(editor)


def held():
    return {hold.quote_id: hold.user.username for hold in CandidateHold.objects.all()}


# --- Holds ----------------------------------------------------------------------------------


def test_two_people_get_two_candidates(quotes, rita, ben):
    assert triage.take_next(actor=rita) == quotes[0]
    assert triage.take_next(actor=ben) == quotes[1]
    assert held() == {quotes[0].pk: "reporter", quotes[1].pk: "editor"}


def test_taking_the_next_lets_go_of_the_last_but_for_the_one_on_the_screen(quotes, rita):
    first, second, third = quotes
    triage.take_next(actor=rita)
    assert triage.take_next(actor=rita, after=first.pk, keep=first.pk) == second
    assert set(held()) == {first.pk, second.pk}
    assert triage.take_next(actor=rita, after=second.pk, keep=second.pk) == third
    assert set(held()) == {second.pk, third.pk}
    assert triage.take_next(actor=rita, after=third.pk, keep=third.pk) is None


def test_one_who_looks_again_gets_what_he_held(quotes, rita):
    assert triage.take_next(actor=rita) == triage.take_next(actor=rita) == quotes[0]


def test_a_hold_ends_by_itself(quotes, rita, ben, settings):
    triage.take_next(actor=rita)
    assert not triage.take(quotes[0].pk, actor=ben)
    assert triage.held_by_another(quotes[0], actor=ben).user == rita.user
    assert triage.held_by_another(quotes[0], actor=rita) is None
    CandidateHold.objects.update(until=timezone.now() - timedelta(seconds=1))
    assert triage.held_by_another(quotes[0], actor=ben) is None
    assert triage.take_next(actor=ben) == quotes[0]
    assert held() == {quotes[0].pk: "editor"}


def test_a_hold_lasts_as_long_as_the_setting_says_and_is_renewed_by_its_owner(
    quotes, rita, ben, settings
):
    settings.TRIAGE_HOLD_SECONDS = 60
    triage.take_next(actor=rita)
    left = CandidateHold.objects.get().until - timezone.now()
    assert timedelta(seconds=50) < left <= timedelta(seconds=61)
    settings.TRIAGE_HOLD_SECONDS = 600
    assert triage.renew([quotes[0].pk], actor=ben) == 0
    assert triage.renew([quotes[0].pk], actor=rita) == 1
    assert CandidateHold.objects.get().until - timezone.now() > timedelta(seconds=500)
    triage.release(actor=ben)
    assert len(held()) == 1
    triage.release(actor=rita)
    assert held() == {}


def test_filters_hold_for_the_next_one_too(quotes, rita):
    wanted = Wanted(speaker=quotes[2].speaker_id)
    assert triage.take_next(actor=rita, wanted=wanted) == quotes[2]


def test_only_reviewers_hold_candidates(quotes):
    nobody = person(factories.UserFactory())
    for act in (
        lambda: triage.take_next(actor=nobody),
        lambda: triage.take(quotes[0].pk, actor=nobody),
        lambda: triage.renew([quotes[0].pk], actor=nobody),
        lambda: triage.undo(actor=nobody),
    ):
        with pytest.raises(NotAllowed):
            act()


# --- Taking a decision back -------------------------------------------------------------------


def test_a_rejection_is_taken_back_and_the_candidate_held(quotes, rita):
    quote_service.reject(quotes[0], actor=rita, reason_code="duplicate")
    assert triage.undo(actor=rita) == quotes[0]
    quotes[0].refresh_from_db()
    assert quotes[0].status == QuoteStatus.CANDIDATE
    assert set(held()) == {quotes[0].pk}
    assert quotes[0].decisions.first().comment == "Taken back."


def test_a_claim_that_nobody_worked_on_is_shelved_with_the_name_of_who_took_it_back(quotes, rita):
    claim = quote_service.accept_as_new_claim(quotes[0], actor=rita, text="It holds.")
    triage.undo(actor=rita)
    claim.refresh_from_db()
    assert claim.stage == ClaimStage.SHELVED
    assert claim.appearances.get().state == MatchState.DISMISSED
    decision = claim.decisions.first()
    assert (decision.to_state, decision.job) == ("shelved", "undo in triage")
    assert decision.comment == "reporter took back the decision that made this claim."


@pytest.mark.parametrize(
    "work",
    [
        lambda claim, ben: claim_service.start_research(claim, actor=ben),
        lambda claim, ben: factories.EvidenceFactory(claim=claim),
        lambda claim, ben: factories.AppearanceFactory(claim=claim, state=MatchState.CONFIRMED),
        lambda claim, ben: claim.topics.add(factories.TopicFactory()),
        lambda claim, ben: Claim.objects.filter(pk=claim.pk).update(text="Better words."),
    ],
    ids=["research", "evidence", "appearance", "topic", "text"],
)
def test_a_claim_that_somebody_worked_on_stays(quotes, rita, ben, work):
    claim = quote_service.accept_as_new_claim(quotes[0], actor=rita, text="It holds.")
    work(claim, ben)
    assert triage.undo(actor=rita) == quotes[0]
    claim.refresh_from_db()
    assert claim.stage != ClaimStage.SHELVED


def test_an_older_claim_of_ones_own_is_not_shelved_with_an_appearance(quotes, rita):
    claim = quote_service.accept_as_new_claim(quotes[0], actor=rita, text="It holds.")
    quote_service.accept_as_appearance(quotes[1], actor=rita, claim=claim)
    assert triage.undo(actor=rita) == quotes[1]
    claim.refresh_from_db()
    assert claim.stage == ClaimStage.NEW


def test_decisions_are_taken_back_one_after_the_other(quotes, rita, ben):
    for quote in quotes[:2]:
        quote_service.reject(quote, actor=rita, reason_code="not_relevant")
    quote_service.reject(quotes[2], actor=ben, reason_code="not_relevant")  # somebody else's
    assert triage.undo(actor=rita) == quotes[1]
    assert triage.undo(actor=rita) == quotes[0]
    with pytest.raises(InvalidTransition, match="nothing"):
        triage.undo(actor=rita)


def test_what_a_colleague_has_decided_since_is_left_alone(quotes, rita, ben):
    quote_service.reject(quotes[0], actor=rita, reason_code="not_relevant")
    quote_service.reopen(quotes[0], actor=ben)
    quote_service.reject(quotes[0], actor=ben, reason_code="duplicate")
    with pytest.raises(InvalidTransition):
        triage.undo(actor=rita)
    quotes[0].refresh_from_db()
    assert quotes[0].status == QuoteStatus.REJECTED


def test_a_decision_of_long_ago_is_not_taken_back(quotes, rita, settings, time_machine):
    time_machine.move_to(timezone.now() - timedelta(hours=2))
    quote_service.reject(quotes[0], actor=rita, reason_code="not_relevant")
    time_machine.move_to(timezone.now() + timedelta(hours=2))
    settings.TRIAGE_UNDO_HOURS = 1
    with pytest.raises(InvalidTransition, match="of the last 1 hours"):
        triage.undo(actor=rita)
    settings.TRIAGE_UNDO_HOURS = 3
    assert triage.undo(actor=rita) == quotes[0]
    assert Decision.objects.filter(quote=quotes[0]).count() == 2
    assert Quote.objects.get(pk=quotes[0].pk).status == QuoteStatus.CANDIDATE
