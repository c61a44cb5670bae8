"""Several people who decide about one claim at the same moment."""

from claims.choices import ClaimStage
from claims.models import Decision, Verdict
from claims.services import claims, drafts
from claims.services.actors import person
from claims.services.errors import InvalidTransition
from tests import factories


def test_two_drafts_begun_at_once_are_one(member, at_once):
    checker = member("Checker")
    claim = factories.ClaimFactory(stage=ClaimStage.RESEARCHING)
    begun = at_once(6, lambda _: drafts.start_draft(claim, actor=person(checker)).pk)
    assert set(begun) == {Verdict.objects.get().pk}


def test_two_editors_who_publish_at_once_publish_once(member, at_once):
    editor = person(member("Editor"))
    claim = factories.ClaimFactory(stage=ClaimStage.IN_REVIEW)
    factories.EvidenceFactory(claim=claim)
    factories.VerdictFactory(claim=claim)

    def publish(_):
        try:
            return claims.publish(claim, actor=editor).status
        except InvalidTransition:
            return "too late"

    assert sorted(at_once(4, publish)) == ["published", "too late", "too late", "too late"]
    assert Decision.objects.filter(claim=claim).count() == 1
