"""From a submitted draft to a public verdict: whose approval counts, how many, and embargoes."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.db import IntegrityError, transaction
from django.utils import timezone

from claims import tasks
from claims.choices import ClaimStage, VerdictStatus
from claims.models import Approval, Claim, Verdict, VerdictWriter
from claims.services import claims, drafts, publishing
from claims.services.actors import job, person
from claims.services.errors import InvalidTransition, NotAllowed, NotReady, StaleRow
from tests import factories

pytestmark = pytest.mark.django_db


def one_more(role, name) -> object:
    user = factories.UserFactory(username=name)
    user.groups.add(Group.objects.get(name=role))
    return user


def written(draft, writer, **values):
    changes = {"rating": factories.RatingFactory(), "summary": "The log lists 58%.", **values}
    return drafts.save_draft(draft, actor=person(writer), changes=changes)


@pytest.fixture
def submitted(checker):
    claim = factories.ClaimFactory(stage=ClaimStage.RESEARCHING)
    factories.EvidenceFactory(claim=claim)
    written(drafts.start_draft(claim, actor=person(checker)), checker)
    return claims.submit(claim, actor=person(checker))


@pytest.fixture
def second(db):
    return one_more("Editor", "ines")


# --- Four eyes --------------------------------------------------------------------------------


def test_whoever_writes_on_a_draft_is_kept_as_a_writer(checker, editor):
    claim = factories.ClaimFactory(stage=ClaimStage.RESEARCHING)
    draft = drafts.start_draft(claim, actor=person(checker))
    written(draft, checker)
    assert not VerdictWriter.objects.exists()  # the author is known anyhow
    written(draft, editor, summary="It is 58%.")
    written(draft, editor, summary="It was 58%.")
    assert VerdictWriter.objects.get(verdict=draft).user == editor


def test_a_save_that_changes_nothing_makes_nobody_a_writer(checker, editor):
    claim = factories.ClaimFactory(stage=ClaimStage.RESEARCHING)
    draft = drafts.start_draft(claim, actor=person(checker))
    assert drafts.save_draft(draft, actor=person(editor), changes={}).version == draft.version
    assert not VerdictWriter.objects.exists()


@pytest.mark.parametrize("act", [publishing.approve, publishing.dissent])
def test_neither_author_nor_writer_judges_a_draft(checker, editor, second, act):
    claim = factories.ClaimFactory(stage=ClaimStage.RESEARCHING)
    factories.EvidenceFactory(claim=claim)
    draft = drafts.start_draft(claim, actor=person(editor))
    written(draft, editor)
    written(draft, second, explanation="The log lists every section.")
    claim = claims.submit(claim, actor=person(checker))
    with pytest.raises(NotReady, match="somebody other than the author"):
        act(claim, actor=person(editor), comment="Fine.")
    with pytest.raises(NotReady, match="somebody who did not write on it"):
        act(claim, actor=person(second), comment="Fine.")
    with pytest.raises(NotReady, match="somebody who did not write on it"):
        claims.publish(claim, actor=person(second))
    for user in (editor, second):
        with pytest.raises(IntegrityError, match="verdict_four_eyes"), transaction.atomic():
            Approval.objects.create(verdict=draft, verdict_version=1, user=user, agrees=True)
        with pytest.raises(IntegrityError, match="verdict_four_eyes"), transaction.atomic():
            Verdict.objects.filter(pk=draft.pk).update(
                status=VerdictStatus.PUBLISHED, approver=user, published_at=timezone.now()
            )


def test_a_draft_in_review_is_not_written_on(submitted, checker):
    draft = submitted.verdicts.get()
    with pytest.raises(InvalidTransition, match="while the claim is being researched"):
        drafts.save_draft(draft, actor=person(checker), changes={"summary": "Else."})


@pytest.mark.parametrize("act", [publishing.approve, publishing.dissent])
@pytest.mark.parametrize("role", ["reporter", "checker", "job"])
def test_only_editors_judge(request, submitted, act, role):
    actor = job("autopilot") if role == "job" else person(request.getfixturevalue(role))
    with pytest.raises(NotAllowed):
        act(submitted, actor=actor, comment="Fine.")
    assert not Approval.objects.exists()


@pytest.mark.parametrize("stage", ["new", "researching", "published", "shelved"])
def test_only_what_is_in_review_is_approved(editor, stage):
    claim = factories.ClaimFactory(stage=stage)
    with pytest.raises(InvalidTransition, match="waits for approval"):
        publishing.approve(claim, actor=person(editor))


# --- How many ---------------------------------------------------------------------------------


def test_one_approval_publishes_by_default_and_stays_on_record(submitted, editor):
    verdict = publishing.approve(submitted, actor=person(editor), comment="Log seen.")
    assert (verdict.status, verdict.approver) == (VerdictStatus.PUBLISHED, editor)
    approval = verdict.approvals.get()
    assert (approval.user, approval.agrees, approval.comment) == (editor, True, "Log seen.")


def test_two_approvals_are_of_two_people(submitted, editor, second, settings):
    settings.APPROVALS_NEEDED = 2
    for _ in range(2):  # twice the same person is one approval
        assert publishing.approve(submitted, actor=person(editor)).status == VerdictStatus.DRAFT
    assert Approval.objects.count() == 1
    with pytest.raises(NotReady, match="1 more approval needed"):
        claims.publish(submitted, actor=person(editor))
    verdict = publishing.approve(submitted, actor=person(second))
    assert (verdict.status, verdict.approver) == (VerdictStatus.PUBLISHED, second)


def test_dissent_is_kept_with_its_reason_and_stops_nobody_else(submitted, editor, second):
    with pytest.raises(NotReady, match="a comment is needed"):
        publishing.dissent(submitted, actor=person(second), comment=" ")
    publishing.dissent(submitted, actor=person(second), comment="One log is not enough.")
    with pytest.raises(NotReady, match="did not agree to this version"):
        publishing.approve(submitted, actor=person(second))
    verdict = publishing.approve(submitted, actor=person(editor))
    assert verdict.status == VerdictStatus.PUBLISHED
    assert [(a.user, a.agrees) for a in verdict.approvals.all()] == [
        (second, False),
        (editor, True),
    ]


def test_an_approval_is_of_one_version_alone(submitted, checker, editor, second, settings):
    settings.APPROVALS_NEEDED = 2
    publishing.approve(submitted, actor=person(editor))
    claims.send_back(submitted, actor=person(second), comment="Which month?")
    written(submitted.verdicts.get(), checker, summary="In March it was 58%.")
    claims.submit(submitted, actor=person(checker))
    assert publishing.approve(submitted, actor=person(second)).status == VerdictStatus.DRAFT
    assert publishing.approve(submitted, actor=person(editor)).status == VerdictStatus.PUBLISHED
    assert Approval.objects.count() == 3


def test_what_was_rewritten_since_it_was_read_is_not_approved(submitted, editor):
    read = submitted.verdicts.get().version
    Verdict.objects.update(summary="Something else altogether.")
    with pytest.raises(StaleRow, match="rewritten since"):
        publishing.approve(submitted, actor=person(editor), verdict_version=read)
    assert not Approval.objects.exists()


def test_the_approval_of_somebody_who_left_counts_no_more(submitted, editor, second, settings):
    settings.APPROVALS_NEEDED = 2
    publishing.approve(submitted, actor=person(editor))
    editor.is_active = False
    editor.save()
    assert publishing.approve(submitted, actor=person(second)).status == VerdictStatus.DRAFT


# --- Embargo ----------------------------------------------------------------------------------


@pytest.fixture
def embargoed(submitted):
    Claim.objects.update(embargo_until=timezone.now() + timedelta(hours=1))
    submitted.refresh_from_db()
    return submitted


def end_embargo():
    Claim.objects.update(embargo_until=timezone.now() - timedelta(seconds=1))


def test_approved_under_embargo_it_becomes_public_when_that_ends(embargoed, editor):
    verdict = publishing.approve(embargoed, actor=person(editor))
    assert verdict.status == VerdictStatus.DRAFT
    tasks.publish_due_verdicts()
    embargoed.refresh_from_db()
    assert embargoed.stage == ClaimStage.IN_REVIEW
    end_embargo()
    for _ in range(2):  # a task that comes twice publishes once
        tasks.publish_due_verdicts()
    verdict.refresh_from_db()
    embargoed.refresh_from_db()
    assert (verdict.status, verdict.approver) == (VerdictStatus.PUBLISHED, editor)
    assert embargoed.stage == ClaimStage.PUBLISHED
    decision = verdict.decisions.get()
    assert (decision.actor, decision.comment) == (editor, "Published when the embargo ended.")


def test_without_approval_the_end_of_an_embargo_publishes_nothing(embargoed, editor):
    publishing.dissent(embargoed, actor=person(editor), comment="No.")
    end_embargo()
    assert publishing.due_publications() == []


def test_what_was_sent_back_under_embargo_is_not_published_when_it_ends(embargoed, editor):
    publishing.approve(embargoed, actor=person(editor))
    claims.send_back(embargoed, actor=person(editor), comment="Wait.")
    end_embargo()
    assert publishing.due_publications() == []
    assert publishing.publish_due(embargoed.pk) is None


def test_an_approver_who_left_publishes_nothing(embargoed, editor):
    publishing.approve(embargoed, actor=person(editor))
    editor.groups.clear()
    end_embargo()
    tasks.publish_due_verdicts()
    assert embargoed.verdicts.get().status == VerdictStatus.DRAFT


def test_evidence_that_went_in_between_stops_it(embargoed, editor):
    publishing.approve(embargoed, actor=person(editor))
    embargoed.evidence.all().delete()
    end_embargo()
    assert publishing.publish_due(embargoed.pk) is None
    assert embargoed.verdicts.get().status == VerdictStatus.DRAFT


# --- A reopened claim -------------------------------------------------------------------------


@pytest.fixture
def reopened(submitted, editor):
    publishing.approve(submitted, actor=person(editor))
    return claims.reopen(submitted, actor=person(editor), comment="A doubt.")


def test_a_claim_with_a_public_verdict_is_not_shelved(reopened, checker, editor):
    with pytest.raises(NotReady, match="its verdict is public"):
        claims.shelve(reopened, actor=person(checker), comment="Nobody repeats it.")
    with (
        pytest.raises(IntegrityError, match="claim_shelved_with_verdict"),
        transaction.atomic(),
    ):
        Claim.objects.update(stage=ClaimStage.SHELVED)
    claims.retract(reopened, actor=person(editor), comment="The log was forged.")
    claim = claims.shelve(reopened, actor=person(checker), comment="Nobody repeats it.")
    assert claim.stage == ClaimStage.SHELVED


def test_a_verdict_that_was_right_stands(reopened, checker, editor):
    with pytest.raises(NotAllowed):
        claims.let_stand(reopened, actor=person(checker), comment="It was right.")
    claim = claims.let_stand(reopened, actor=person(editor), comment="It was right.")
    assert claim.stage == ClaimStage.PUBLISHED
    assert claim.verdicts.get().status == VerdictStatus.PUBLISHED


def test_without_a_public_verdict_nothing_can_stand(checker, editor):
    claim = factories.ClaimFactory(stage=ClaimStage.RESEARCHING)
    factories.EvidenceFactory(claim=claim)
    factories.VerdictFactory(claim=claim)
    with pytest.raises(NotReady, match="no public verdict"):
        claims.let_stand(claim, actor=person(editor), comment="Fine.")
    # Nor does publishing pass by the review.
    with pytest.raises(InvalidTransition):
        claims.publish(claim, actor=person(editor))


# --- Assignment -------------------------------------------------------------------------------


def test_a_claim_is_given_to_somebody_who_may_research_it(checker, reporter, editor):
    claim = factories.ClaimFactory()
    assert claims.assign(claim, actor=person(editor), assignee=checker).assignee == checker
    with pytest.raises(NotReady, match="may not"):
        claims.assign(claim, actor=person(editor), assignee=reporter)
    with pytest.raises(NotAllowed):
        claims.assign(claim, actor=person(reporter), assignee=checker)
    assert claims.assign(claim, actor=person(checker), assignee=None).assignee is None


def test_a_stale_assignment_is_refused(checker, editor):
    claim = factories.ClaimFactory()
    Claim.objects.update(priority="high")
    with pytest.raises(StaleRow):
        claims.assign(claim, actor=person(editor), assignee=checker, expected_version=1)
