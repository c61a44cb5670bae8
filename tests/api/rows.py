"""A small desk: rows of everything that the API shows, in the states that its acts move between."""

from datetime import timedelta

from django.contrib.auth.models import Group, User
from django.utils import timezone

from claims.choices import ClaimStage, MatchState, QuoteStatus, Scope, VerdictStatus
from claims.services import api_keys
from claims.services.actors import person
from tests import factories

ROLES = ("Reporter", "Checker", "Editor", "Administrator", "Auditor")


def member(role: str) -> User:
    """Somebody of the role; whoever plays it already, if there is one."""
    user = User.objects.filter(username=role.lower()).first()
    user = user or factories.UserFactory(username=role.lower())
    user.groups.add(Group.objects.get(name=role))
    return user


def everybody() -> User:
    """Somebody of all roles."""
    user = factories.UserFactory(username="everybody")
    user.groups.set(Group.objects.filter(name__in=ROLES))
    return user


def key_of(user: User, *scopes: str) -> str:
    """A fresh key of theirs, with all scopes unless some are named."""
    _, key = api_keys.create_key(actor=person(user), name="test", scopes=scopes or Scope.values)
    return key


def small_desk(turns: int = 1) -> None:
    """Make the rows, ``turns`` times."""
    for _ in range(turns):
        _claims()
        _documents()


def _claims() -> None:
    topic = factories.TopicFactory()
    claims = {stage: factories.ClaimFactory(stage=stage) for stage in ClaimStage.values}
    for claim in claims.values():
        claim.topics.add(topic)
    for stage in (ClaimStage.RESEARCHING, ClaimStage.IN_REVIEW):
        factories.EvidenceFactory(claim=claims[stage])
        factories.VerdictFactory(claim=claims[stage])
    published = factories.VerdictFactory(
        claim=claims[ClaimStage.PUBLISHED],
        status=VerdictStatus.PUBLISHED,
        approver=factories.UserFactory(),
        published_at=timezone.now(),
    )
    factories.VerdictFactory(
        claim=factories.ClaimFactory(stage=ClaimStage.RESEARCHING),
        number=2,
        status=VerdictStatus.PUBLISHED,
        correction_note="The summary named the wrong month.",
        approver=factories.UserFactory(),
        published_at=timezone.now(),
    )
    secret = factories.ClaimFactory(embargo_until=timezone.now() + timedelta(days=30))
    factories.VerdictFactory(claim=secret)
    factories.EvidenceFactory(claim=published.claim, is_confidential=True)
    suggested = factories.AppearanceFactory(claim=claims[ClaimStage.NEW], score=0.8, method="words")
    accepted = factories.QuoteFactory(status=QuoteStatus.ACCEPTED, touched_at=timezone.now())
    factories.AppearanceFactory(claim=published.claim, quote=accepted, state=MatchState.CONFIRMED)
    factories.AppearanceFactory(claim=secret, quote=factories.QuoteFactory())
    factories.ClaimLinkFactory(from_claim=claims[ClaimStage.NEW], to_claim=published.claim)
    factories.DecisionFactory(quote=accepted)
    factories.DecisionFactory(quote=None, claim=secret)
    factories.SpeakerAliasFactory(speaker=suggested.quote.speaker)
    factories.AffiliationFactory(speaker=suggested.quote.speaker)


def _documents() -> None:
    run = factories.ExtractionRunFactory()
    factories.FeedFactory(source=run.article_version.article.source)
    factories.FetchFactory()
    factories.WebhookDeliveryFactory()
    factories.ExternalReviewFactory()
    factories.QuoteFactory(speaker=None, suggested_name="Minna Aalto")
