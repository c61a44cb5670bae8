"""Embargoed claims, confidential evidence and what hangs on them: who may know of them."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from claims import models
from claims.selectors import exportable, is_visible, visible, visible_claims, visible_evidence
from claims.services import mailing, notifications
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def embargoed(db):
    return factories.ClaimFactory(embargo_until=timezone.now() + timedelta(days=1))


def hanging_on(claim) -> list:
    """A row of each kind that is about ``claim``."""
    verdict = factories.VerdictFactory(claim=claim)
    return [
        claim,
        verdict,
        factories.AppearanceFactory(claim=claim),
        factories.ClaimLinkFactory(from_claim=claim),
        factories.ClaimLinkFactory(to_claim=claim),
        factories.EvidenceFactory(claim=claim),
        factories.CommentFactory(claim=claim),
        factories.ReplyRequestFactory(claim=claim),
        factories.ApprovalFactory(verdict=verdict),
        factories.VerdictWriterFactory(verdict=verdict),
        factories.NotificationFactory(claim=claim, quote=None),
        factories.DecisionFactory(claim=claim, quote=None),
        factories.DecisionFactory(verdict=verdict, quote=None),
    ]


def seen(rows, user) -> list:
    return [row for row in rows if is_visible(row, user)]


def test_an_embargo_hides_the_claim_and_all_that_hangs_on_it(
    embargoed, reporter, checker, editor, administrator
):
    rows = hanging_on(embargoed)
    assert seen(rows, reporter) == []
    assert seen(rows, administrator) == []
    assert seen(rows, AnonymousUser()) == []
    assert seen(rows, checker) == seen(rows, editor) == rows


@pytest.mark.parametrize("tie", ["created_by", "assignee"])
def test_who_made_a_claim_or_works_on_it_sees_it_and_no_other(embargoed, reporter, tie):
    own = factories.ClaimFactory(embargo_until=embargoed.embargo_until, **{tie: reporter})
    rows = hanging_on(own)
    assert seen(rows, reporter) == rows
    assert own in visible_claims(reporter)
    assert embargoed not in visible_claims(reporter)
    between = factories.ClaimLinkFactory(from_claim=own, to_claim=embargoed)
    assert not is_visible(between, reporter)


def test_nobody_owns_a_claim_without_a_maker(embargoed):
    models.Claim.objects.update(created_by=None, assignee=None)
    assert not visible_claims(AnonymousUser()).exists()


def test_an_embargo_ends_by_itself(reporter):
    claim = factories.ClaimFactory(embargo_until=timezone.now() - timedelta(seconds=1))
    rows = hanging_on(claim)
    assert seen(rows, reporter) == rows
    open_claim = factories.ClaimFactory()
    assert set(visible_claims(reporter)) >= {claim, open_claim}


def test_confidential_evidence_and_its_reading_are_for_those_who_may_see_it(
    reporter, checker, administrator
):
    fetch = factories.FetchFactory(purpose="evidence")
    other = factories.FetchFactory()
    secret = factories.EvidenceFactory(is_confidential=True, fetch=fetch, added_by=reporter)
    plain = factories.EvidenceFactory()
    for user in (reporter, administrator):
        assert list(visible_evidence(user)) == [plain]
        assert list(visible(models.Fetch.objects.all(), user)) == [other]
    assert seen([secret, plain, fetch, other], checker) == [secret, plain, fetch, other]


def test_what_is_confidential_leaves_the_desk_with_nobody(editor):
    factories.EvidenceFactory(is_confidential=True)
    plain = factories.EvidenceFactory()
    assert list(exportable(models.Evidence.objects.all(), editor)) == [plain]


def test_decisions_on_quotes_stay_visible(embargoed, reporter):
    on_quote = factories.DecisionFactory()
    hanging_on(embargoed)
    assert on_quote in visible(models.Decision.objects.all(), reporter)


def test_every_model_that_points_to_a_claim_or_to_evidence_is_covered():
    """A new model with such a foreign key is named in HIDDEN, or shows what is kept."""
    from django.apps import apps

    from claims.selectors.visibility import HIDDEN

    kept = {models.Claim, models.Verdict, models.Evidence}
    pointing = {
        model
        for model in apps.get_app_config("claims").get_models(include_auto_created=True)
        for field in model._meta.concrete_fields
        if field.related_model in kept
        and not hasattr(model, "pgh_tracked_model")
        and not model._meta.proxy
    }
    assert pointing | kept <= set(HIDDEN), pointing - set(HIDDEN)


def test_news_of_a_claim_under_a_later_embargo_is_neither_counted_nor_mailed(reporter, mailoutbox):
    reporter.email = "r@desk.test"
    reporter.save()
    claim = factories.ClaimFactory()
    factories.NotificationFactory(user=reporter, claim=claim, quote=None, kind="mention")
    assert notifications.unread(reporter).count() == 1
    models.Claim.objects.update(embargo_until=timezone.now() + timedelta(days=1))
    assert notifications.unread(reporter).count() == 0
    mailing.send_due()
    assert mailoutbox == []
    models.Claim.objects.update(embargo_until=None)
    factories.NotificationFactory(user=reporter, claim=claim, quote=None, kind="mention")
    assert mailing.send_due() == 1
