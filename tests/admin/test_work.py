"""Home: what waits for whom, and never what they may not know of."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from claims.models import Claim
from claims.selectors import work
from claims.services import claims as claim_service
from claims.services import drafts, publishing
from claims.services.actors import person
from tests import factories

pytestmark = pytest.mark.django_db
HOME = reverse("admin:index")


@pytest.fixture
def in_review(checker):
    """A claim that the checker has submitted."""
    claim = factories.ClaimFactory(assignee=checker)
    claim_service.start_research(claim, actor=person(checker))
    draft = drafts.start_draft(claim, actor=person(checker))
    draft.rating, draft.summary = factories.RatingFactory(), "It is so."
    draft.save()
    factories.EvidenceFactory(claim=claim)
    claim_service.submit(claim, actor=person(checker))
    return claim


def test_what_is_in_review_waits_for_those_who_may_judge_it(in_review, checker, editor, reporter):
    assert list(work.awaiting_approval_of(editor)) == [in_review]
    assert not work.awaiting_approval_of(checker).exists()
    assert not work.awaiting_approval_of(reporter).exists()


def test_nobody_is_asked_to_judge_what_they_wrote_on_or_judged(in_review, editor):
    draft = in_review.verdicts.get()
    other = factories.ApprovalFactory(verdict=draft, verdict_version=draft.version, user=editor)
    assert not work.awaiting_approval_of(editor).exists()
    third = factories.UserFactory(is_superuser=True)
    assert work.awaiting_approval_of(third).exists()
    factories.VerdictWriterFactory(verdict=draft, user=third)
    assert not work.awaiting_approval_of(third).exists()
    # A rewritten draft is judged anew.
    draft.summary = "It is not so."
    draft.save()
    assert other.verdict_version < draft.__class__.objects.get(pk=draft.pk).version
    assert list(work.awaiting_approval_of(editor)) == [in_review]


def test_what_comes_back_is_shown_with_the_reason_until_it_is_submitted(
    in_review, checker, editor, reporter, sign_in
):
    claim_service.send_back(in_review, actor=person(editor), comment="Which dykes?")
    page = sign_in(checker).get(HOME)
    [returned] = page.context["returned"]
    assert (returned.pk, returned.why) == (in_review.pk, "Which dykes?")
    assert "Which dykes?" in page.content.decode()
    assert not work.returned_to(reporter).exists()
    claim_service.submit(Claim.objects.get(pk=in_review.pk), actor=person(checker))
    assert not work.returned_to(checker).exists()


def test_a_verdict_is_due_on_its_day(in_review, editor, reporter):
    today = timezone.localdate()
    Claim.objects.update(recheck_by=today)
    assert not work.due_for_recheck(reporter).exists()
    publishing.approve(Claim.objects.get(), actor=person(editor))
    assert list(work.due_for_recheck(reporter)) == [in_review]
    Claim.objects.update(recheck_by=today + timedelta(days=1))
    assert not work.due_for_recheck(reporter).exists()


def test_counts_and_lists_leave_out_what_is_kept_from_a_person(reporter, checker, sign_in):
    factories.ClaimFactory(text="Zebrafish.", embargo_until=timezone.now() + timedelta(days=1))
    counted = {
        user: {tile.label: tile.count for tile in sign_in(user).get(HOME).context["tiles"]}
        for user in (reporter, checker)
    }
    assert counted[reporter]["Claims: new"] == 0
    assert counted[checker]["Claims: new"] == 1


def test_the_age_of_a_queue_is_that_of_its_first(as_reporter):
    factories.QuoteFactory.create_batch(2)
    tile = as_reporter.get(HOME).context["tiles"][0]
    assert tile.label == "Candidates to look at"
    assert timezone.now() - tile.since < timedelta(minutes=5)
    assert "the oldest: " in as_reporter.get(HOME).content.decode()


def test_home_costs_a_fixed_number_of_queries(sign_in, editor):
    client = sign_in(editor)

    def queries() -> int:
        client.get(HOME)
        with CaptureQueriesContext(connection) as captured:
            client.get(HOME)
        return len(captured)

    def some_more():
        for _ in range(4):
            factories.QuoteFactory()
            factories.QuoteCheckFactory()
            factories.ClaimFactory(assignee=editor)
            factories.FeedFactory(state="failing")

    some_more()
    few = queries()
    some_more()
    some_more()
    assert queries() == few
