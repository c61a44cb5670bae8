"""Claims with a published verdict, for the tests of what others read."""

from datetime import UTC, datetime, timedelta

from django.utils import timezone

from claims.choices import ClaimStage, MatchState, Stance, VerdictStatus
from claims.models import Appearance, Claim, Verdict
from tests import factories

MARCH = datetime(2026, 3, 12, 9, 30, tzinfo=UTC)


def published(*, claim: Claim | None = None, **values: object) -> Verdict:
    """A verdict that readers see, by the factories: approved by somebody else."""
    claim = claim or factories.ClaimFactory(stage=ClaimStage.PUBLISHED)
    approver = factories.UserFactory()
    return factories.VerdictFactory(
        **{
            "claim": claim,
            "status": VerdictStatus.PUBLISHED,
            "approver": approver,
            "published_at": timezone.now() - timedelta(days=2),
            **values,
        }
    )


def voiced(
    claim: Claim,
    *,
    at: datetime | None = MARCH,
    stance: str = Stance.ASSERTS,
    state: str = MatchState.CONFIRMED,
    **quote: object,
) -> Appearance:
    """An appearance of the claim in an article of its own."""
    article = factories.ArticleFactory(published_at=at)
    version = factories.ArticleVersionFactory(article=article)
    made = factories.QuoteFactory(article_version=version, **quote)
    return factories.AppearanceFactory(claim=claim, quote=made, stance=stance, state=state)
