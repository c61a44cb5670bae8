"""A claim's way from new to published, corrected and taken back, across the roles."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from claims.choices import ClaimStage, VerdictStatus
from claims.models import Claim, Decision, Verdict
from claims.services import claims, drafts
from claims.services.actors import job, person
from claims.services.errors import InvalidTransition, NotAllowed, NotReady, StaleRow
from tests import factories

pytestmark = pytest.mark.django_db


def fill(draft, **values):
    draft.rating = draft.rating or factories.RatingFactory()
    draft.summary = "The inspection log lists 58%."
    for field, value in values.items():
        setattr(draft, field, value)
    draft.save()
    return draft


@pytest.fixture
def submitted(checker):
    """A claim that the checker has researched and submitted."""
    claim = factories.ClaimFactory(stage=ClaimStage.RESEARCHING)
    factories.EvidenceFactory(claim=claim)
    fill(drafts.start_draft(claim, actor=person(checker)))
    return claims.submit(claim, actor=person(checker))


@pytest.fixture
def published(submitted, editor):
    claims.publish(submitted, actor=person(editor))
    submitted.refresh_from_db()
    return submitted


def test_a_claim_goes_from_new_to_published_through_three_pairs_of_hands(reporter, checker, editor):
    claim = claims.create_claim(
        text="  58% of the\n dykes were inspected. ", actor=person(reporter)
    )
    assert (claim.text, claim.created_by) == ("58% of the dykes were inspected.", reporter)
    with pytest.raises(NotAllowed):
        claims.start_research(claim, actor=person(reporter))
    claim = claims.start_research(claim, actor=person(checker))
    draft = drafts.start_draft(claim, actor=person(checker))
    assert (draft.number, draft.author, draft.status) == (1, checker, VerdictStatus.DRAFT)
    with pytest.raises(NotReady) as refusal:
        claims.submit(claim, actor=person(checker))
    assert refusal.value.missing == [
        "a rating is needed",
        "a summary is needed",
        "at least one piece of evidence is needed",
    ]
    factories.EvidenceFactory(claim=claim)
    fill(draft)
    claim = claims.submit(claim, actor=person(checker))
    with pytest.raises(NotAllowed):
        claims.publish(claim, actor=person(checker))
    claim = claims.send_back(claim, actor=person(editor), comment="Which month?")
    claim = claims.submit(claim, actor=person(checker))
    verdict = claims.publish(claim, actor=person(editor))
    claim.refresh_from_db()
    assert claim.stage == ClaimStage.PUBLISHED
    assert (verdict.status, verdict.approver) == (VerdictStatus.PUBLISHED, editor)
    assert verdict.published_at is not None
    log = Decision.objects.order_by("pk").values_list(
        "claim", "verdict", "actor__username", "to_state"
    )
    assert list(log) == [
        (claim.pk, None, "reporter", "new"),
        (claim.pk, None, "checker", "researching"),
        (claim.pk, None, "checker", "in_review"),
        (claim.pk, None, "editor", "researching"),
        (claim.pk, None, "checker", "in_review"),
        (claim.pk, None, "editor", "published"),
        (None, verdict.pk, "editor", "published"),
    ]


def test_nobody_publishes_their_own_verdict(editor):
    claim = factories.ClaimFactory(stage=ClaimStage.IN_REVIEW)
    factories.EvidenceFactory(claim=claim)
    draft = factories.VerdictFactory(claim=claim, author=editor)
    with pytest.raises(NotReady, match="somebody other than the author"):
        claims.publish(claim, actor=person(editor))
    claim.refresh_from_db()
    assert claim.stage == ClaimStage.IN_REVIEW
    with pytest.raises(IntegrityError, match="verdict_four_eyes"), transaction.atomic():
        Verdict.objects.filter(pk=draft.pk).update(
            status=VerdictStatus.PUBLISHED, approver=editor, published_at=timezone.now()
        )


def test_no_job_publishes():
    claim = factories.ClaimFactory(stage=ClaimStage.IN_REVIEW)
    factories.EvidenceFactory(claim=claim)
    factories.VerdictFactory(claim=claim)
    with pytest.raises(NotAllowed, match="needs a person"):
        claims.publish(claim, actor=job("autopilot"))


def test_an_embargo_holds_until_it_ends(submitted, editor):
    Claim.objects.update(embargo_until=timezone.now() + timedelta(hours=1))
    with pytest.raises(NotReady, match="the embargo ends at"):
        claims.publish(submitted, actor=person(editor))
    assert not Verdict.objects.filter(status=VerdictStatus.PUBLISHED).exists()
    Claim.objects.update(embargo_until=timezone.now() - timedelta(seconds=1))
    assert claims.publish(submitted, actor=person(editor)).status == VerdictStatus.PUBLISHED


def test_a_draft_that_was_emptied_in_review_is_not_published(submitted, editor):
    Verdict.objects.update(summary="  ")
    with pytest.raises(NotReady, match="a summary is needed"):
        claims.publish(submitted, actor=person(editor))


def test_evidence_that_was_withdrawn_in_review_stops_publication(submitted, editor):
    submitted.evidence.all().delete()
    with pytest.raises(NotReady, match="at least one piece of evidence"):
        claims.publish(submitted, actor=person(editor))


def test_a_correction_is_a_new_version_with_a_public_note(published, checker, editor):
    claims.reopen(published, actor=person(editor), comment="The ministry sent a newer log.")
    assert published.verdicts.get().status == VerdictStatus.PUBLISHED
    draft = drafts.start_draft(published, actor=person(checker))
    assert draft.number == 2
    fill(draft)
    with pytest.raises(NotReady, match="a public note on what is corrected"):
        claims.submit(published, actor=person(checker))
    fill(draft, summary="It was 61%.", correction_note="The first answer used an old log.")
    claims.submit(published, actor=person(checker))
    claims.publish(published, actor=person(editor))
    assert list(published.verdicts.values_list("number", "status", "summary")) == [
        (2, "published", "It was 61%."),
        (1, "superseded", "The inspection log lists 58%."),
    ]
    former = published.verdicts.get(number=1)
    assert former.approver == editor
    assert former.decisions.first().to_state == VerdictStatus.SUPERSEDED


def test_a_retracted_verdict_stays_readable_and_the_claim_is_researched_again(published, editor):
    verdict = claims.retract(published, actor=person(editor), comment="The log was forged.")
    published.refresh_from_db()
    assert (verdict.status, published.stage) == (VerdictStatus.RETRACTED, ClaimStage.RESEARCHING)
    assert verdict.summary == "The inspection log lists 58%."
    assert verdict.decisions.first().comment == "The log was forged."


@pytest.mark.parametrize("in_review", [False, True])
def test_a_verdict_can_be_retracted_while_its_claim_is_researched_again(
    published, checker, editor, in_review
):
    claim = claims.reopen(published, actor=person(editor), comment="A doubt.")
    if in_review:
        fill(drafts.start_draft(claim, actor=person(checker)), correction_note="58%.")
        claim = claims.submit(claim, actor=person(checker))
    verdict = claims.retract(claim, actor=person(editor), comment="The log was forged.")
    claim.refresh_from_db()
    assert verdict.status == VerdictStatus.RETRACTED
    assert claim.stage == (ClaimStage.IN_REVIEW if in_review else ClaimStage.RESEARCHING)


def test_a_retraction_needs_a_reason_and_an_editor_and_changes_nothing_without(
    published, checker, editor
):
    with pytest.raises(NotReady, match="a comment is needed"):
        claims.retract(published, actor=person(editor), comment=" ")
    with pytest.raises(NotAllowed):
        claims.retract(published, actor=person(checker), comment="I disagree.")
    published.refresh_from_db()
    assert published.stage == ClaimStage.PUBLISHED
    assert published.verdicts.get().status == VerdictStatus.PUBLISHED


def test_what_was_never_published_cannot_be_retracted(submitted, editor):
    with pytest.raises(InvalidTransition, match="no published verdict"):
        claims.retract(submitted, actor=person(editor), comment="It is wrong.")


def test_a_stale_editor_is_told_and_nothing_is_published(submitted, editor):
    seen = submitted.version
    Claim.objects.update(priority="high")
    with pytest.raises(StaleRow):
        claims.publish(submitted, actor=person(editor), expected_version=seen)
    assert submitted.verdicts.get().status == VerdictStatus.DRAFT


# What a function means is judged on the row as it is, not on the caller's copy of it.
@pytest.mark.parametrize(
    ("actual", "claimed", "act"),
    [
        ("new", "in_review", claims.send_back),
        ("shelved", "in_review", claims.send_back),
        ("published", "in_review", claims.send_back),
        ("new", "published", claims.reopen),
        ("in_review", "published", claims.reopen),
        ("new", "published", claims.retract),
    ],
)
def test_an_outdated_copy_does_not_turn_one_act_into_another(editor, actual, claimed, act):
    claim = factories.ClaimFactory(stage=actual)
    claim.stage = claimed
    with pytest.raises(InvalidTransition):
        act(claim, actor=person(editor), comment="Look again.")
    claim.refresh_from_db()
    assert claim.stage == actual


def test_an_outdated_copy_does_not_stand_in_the_way_either(editor):
    claim = factories.ClaimFactory(stage=ClaimStage.SHELVED)
    claim.stage = ClaimStage.PUBLISHED
    assert claims.start_research(claim, actor=person(editor)).stage == ClaimStage.RESEARCHING


@pytest.mark.parametrize("stage", ["researching", "in_review", "published"])
def test_only_a_new_or_shelved_claim_is_taken_up(editor, stage):
    with pytest.raises(InvalidTransition):
        claims.start_research(factories.ClaimFactory(stage=stage), actor=person(editor))


def test_a_claim_is_shelved_with_a_reason_and_taken_up_again(checker):
    claim = factories.ClaimFactory()
    claim = claims.shelve(claim, actor=person(checker), comment="Nobody repeats it.")
    assert claim.decisions.get().comment == "Nobody repeats it."
    assert claims.start_research(claim, actor=person(checker)).stage == ClaimStage.RESEARCHING


@pytest.mark.parametrize("stage", ["new", "in_review", "published", "shelved"])
def test_a_verdict_is_drafted_only_while_its_claim_is_researched(checker, stage):
    claim = factories.ClaimFactory(stage=stage)
    with pytest.raises(InvalidTransition, match="while the claim is being researched"):
        drafts.start_draft(claim, actor=person(checker))


def test_a_second_researcher_gets_the_draft_that_is_there(checker, editor):
    claim = factories.ClaimFactory(stage=ClaimStage.RESEARCHING)
    first = drafts.start_draft(claim, actor=person(checker))
    assert drafts.start_draft(claim, actor=person(editor)) == first
    assert first.author == checker


def test_a_reporter_drafts_no_verdict(reporter):
    claim = factories.ClaimFactory(stage=ClaimStage.RESEARCHING)
    with pytest.raises(NotAllowed):
        drafts.start_draft(claim, actor=person(reporter))


@pytest.mark.parametrize("text", ["", "  \n"])
def test_a_claim_without_a_sentence_is_refused(reporter, text):
    with pytest.raises(NotReady, match="a sentence of its own"):
        claims.create_claim(text=text, actor=person(reporter))


def test_a_job_makes_no_claims():
    with pytest.raises(NotAllowed):
        claims.create_claim(text="The sea rises.", actor=job("rules-1"))


def test_an_embargo_is_told_with_its_end(submitted, editor):
    Claim.objects.update(embargo_until=datetime(2127, 5, 4, 6, 30, tzinfo=UTC))
    with pytest.raises(NotReady, match="06:30 on 04 May 2127"):
        claims.publish(submitted, actor=person(editor))


def test_a_new_claim_knows_what_it_counts(reporter):
    claim = claims.create_claim(
        text="By March 2026, 85 per cent of the Senn dykes had been inspected.",
        actor=person(reporter),
    )
    claim.refresh_from_db()
    share = {"value": 85, "unit": "percent", "comparator": "=", "of": "Senn dykes"}
    assert share in claim.quantities
    assert {quantity["unit"] for quantity in claim.quantities} == {"date", "percent"}
