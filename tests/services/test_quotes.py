"""What people decide about a quote."""

import pytest

from claims.choices import MatchState, QuoteStatus, RejectReason, Stance
from claims.models import Appearance, Claim, Decision
from claims.services import quotes
from claims.services.actors import job, person
from claims.services.errors import InvalidTransition, NotAllowed, NotReady, StaleRow
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def quote():
    return factories.QuoteFactory()


@pytest.fixture
def desk(reporter):
    return person(reporter)


def test_a_quote_is_accepted_as_a_new_claim(quote, desk, reporter):
    claim = quotes.accept_as_new_claim(quote, actor=desk, text="85% of the dykes were inspected.")
    quote.refresh_from_db()
    assert quote.status == QuoteStatus.ACCEPTED
    assert quote.touched_at is not None
    appearance = claim.appearances.get()
    assert (appearance.quote, appearance.state) == (quote, MatchState.CONFIRMED)
    assert appearance.stance == Stance.ASSERTS
    assert quote.decisions.get().actor == reporter
    assert claim.decisions.get().to_state == "new"


def test_a_quote_is_accepted_as_another_appearance_of_a_claim(quote, desk):
    claim = factories.ClaimFactory()
    appearance = quotes.accept_as_appearance(quote, actor=desk, claim=claim, stance="denies")
    assert (appearance.stance, appearance.state) == ("denies", "confirmed")
    assert list(Claim.objects.all()) == [claim]


def test_a_suggested_appearance_is_confirmed_and_keeps_how_it_was_suggested(quote, desk):
    suggested = factories.AppearanceFactory(quote=quote, score=0.8, method="embedding-1")
    quotes.accept_as_appearance(quote, actor=desk, claim=suggested.claim, stance="questions")
    appearance = Appearance.objects.get()
    assert (appearance.pk, appearance.state) == (suggested.pk, MatchState.CONFIRMED)
    assert (appearance.stance, appearance.score, appearance.method) == (
        "questions",
        0.8,
        "embedding-1",
    )


@pytest.mark.parametrize(
    ("text", "stance", "message"),
    [("  ", "asserts", "a sentence of its own"), ("It is so.", "shrugs", "no known stance")],
)
def test_a_refused_claim_leaves_the_quote_a_candidate(quote, desk, text, stance, message):
    with pytest.raises(NotReady, match=message):
        quotes.accept_as_new_claim(quote, actor=desk, text=text, stance=stance)
    quote.refresh_from_db()
    assert (quote.status, quote.touched_at) == (QuoteStatus.CANDIDATE, None)
    assert not Claim.objects.exists()
    assert not Decision.objects.exists()


def test_a_quote_is_accepted_once(quote, desk):
    quotes.accept_as_new_claim(quote, actor=desk, text="The first.")
    with pytest.raises(InvalidTransition, match="is accepted and cannot become accepted"):
        quotes.accept_as_new_claim(quote, actor=desk, text="The second.")
    assert Claim.objects.get().text == "The first."


def test_no_job_accepts_or_rejects(quote):
    with pytest.raises(NotAllowed):
        quotes.accept_as_new_claim(quote, actor=job("rules-1"), text="It is so.")
    with pytest.raises(NotAllowed):
        quotes.reject(quote, actor=job("rules-1"), reason_code=RejectReason.DUPLICATE)


def test_a_person_without_a_role_decides_nothing(quote):
    nobody = person(factories.UserFactory())
    with pytest.raises(NotAllowed):
        quotes.accept_as_new_claim(quote, actor=nobody, text="It is so.")
    with pytest.raises(NotAllowed):
        quotes.set_speaker(quote, actor=nobody, speaker=None)


@pytest.mark.parametrize("reason", RejectReason.values)
def test_a_quote_is_rejected_with_a_known_reason(quote, desk, reason):
    quotes.reject(quote, actor=desk, reason_code=reason, comment=" see above ")
    quote.refresh_from_db()
    assert quote.status == QuoteStatus.REJECTED
    assert quote.touched_at is not None
    decision = quote.decisions.get()
    assert (decision.reason_code, decision.comment) == (reason, "see above")


@pytest.mark.parametrize(
    ("reason", "message"), [("", "a reason is needed"), ("boring", "'boring' is no known reason")]
)
def test_a_quote_is_not_rejected_without_one(quote, desk, reason, message):
    with pytest.raises(NotReady, match=message):
        quotes.reject(quote, actor=desk, reason_code=reason)
    quote.refresh_from_db()
    assert (quote.status, quote.touched_at) == (QuoteStatus.CANDIDATE, None)


def test_a_reopened_quote_is_a_candidate_again_and_its_appearances_are_dismissed(quote, desk):
    claim = quotes.accept_as_new_claim(quote, actor=desk, text="85% were inspected.")
    factories.AppearanceFactory(quote=quote, state=MatchState.SUGGESTED)
    elsewhere = factories.AppearanceFactory(claim=claim, state=MatchState.CONFIRMED)
    quotes.reopen(quote, actor=desk, comment="Wrong sentence.")
    quote.refresh_from_db()
    assert quote.status == QuoteStatus.CANDIDATE
    assert set(quote.appearances.values_list("state", flat=True)) == {"dismissed"}
    elsewhere.refresh_from_db()
    assert elsewhere.state == MatchState.CONFIRMED
    assert Claim.objects.filter(pk=claim.pk).exists()
    again = quotes.accept_as_appearance(quote, actor=desk, claim=claim)
    assert again.state == MatchState.CONFIRMED


def test_a_reopened_rejection_is_still_a_persons_and_no_machines(quote, desk):
    quotes.reject(quote, actor=desk, reason_code=RejectReason.DUPLICATE)
    reopened = quotes.reopen(quote, actor=desk)
    assert (reopened.status, reopened.touched_at is None) == (QuoteStatus.CANDIDATE, False)


@pytest.mark.parametrize("seen", [QuoteStatus.WITHDRAWN, QuoteStatus.CANDIDATE])
def test_a_withdrawn_quote_is_not_reopened_whatever_the_caller_saw(desk, seen):
    quote = factories.QuoteFactory(status=QuoteStatus.WITHDRAWN)
    quote.status = seen
    with pytest.raises(InvalidTransition):
        quotes.reopen(quote, actor=desk)
    quote.refresh_from_db()
    assert quote.status == QuoteStatus.WITHDRAWN


def test_a_speaker_set_by_a_person_marks_the_quote_as_touched(quote, desk):
    speaker = factories.SpeakerFactory(name="Imran Khan")
    before = quote.version
    changed = quotes.set_speaker(quote, actor=desk, speaker=speaker, role="Prime Minister")
    quote.refresh_from_db()
    assert (quote.speaker, quote.role) == (speaker, "Prime Minister")
    assert quote.touched_at is not None
    assert changed.version == quote.version == before + 1


def test_a_speaker_may_be_taken_away_and_the_role_left(quote, desk):
    quotes.set_speaker(quote, actor=desk, speaker=None, role="Mayor")
    quotes.set_speaker(quote, actor=desk, speaker=None)
    quote.refresh_from_db()
    assert (quote.speaker, quote.role) == (None, "Mayor")


def test_a_withdrawn_quote_gets_no_speaker_since_nothing_could_bring_it_back(desk):
    quote = factories.QuoteFactory(status=QuoteStatus.WITHDRAWN)
    with pytest.raises(InvalidTransition):
        quotes.set_speaker(quote, actor=desk, speaker=None)
    quote.refresh_from_db()
    assert quote.touched_at is None


@pytest.mark.parametrize(
    "act",
    [
        lambda quote, **who: quotes.accept_as_new_claim(quote, text="It is so.", **who),
        lambda quote, **who: quotes.accept_as_appearance(
            quote, claim=factories.ClaimFactory(), **who
        ),
        lambda quote, **who: quotes.reject(quote, reason_code="duplicate", **who),
        lambda quote, **who: quotes.set_speaker(quote, speaker=None, **who),
        lambda quote, **who: quotes.reopen(quote, **who),
    ],
    ids=["new claim", "appearance", "reject", "speaker", "reopen"],
)
def test_a_decision_on_an_older_row_is_refused(quote, desk, act):
    type(quote).objects.filter(pk=quote.pk).update(role="Mayor of Haverness")
    with pytest.raises(StaleRow):
        act(quote, actor=desk, expected_version=quote.version)
    quote.refresh_from_db()
    assert quote.touched_at is None
