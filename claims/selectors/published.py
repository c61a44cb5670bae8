"""What readers may see: published verdicts, with what their public forms are made of."""

from django.conf import settings
from django.db.models import F, Prefetch, Q, QuerySet, Window
from django.db.models.functions import RowNumber
from django.utils import timezone

from claims.choices import MatchState, Stance, VerdictStatus
from claims.models import Appearance, Verdict


def published_verdicts() -> QuerySet[Verdict]:
    """The verdicts that are public now, the newest first.

    With each come, in a number of queries that does not grow: its rating and scale, the public
    versions of the claim's verdict, and the earliest confirmed appearances that assert the
    claim, CLAIM_REVIEW_APPEARANCES at most. Neither drafts nor evidence are loaded.
    """
    under_embargo = Q(claim__embargo_until__gt=timezone.now())
    return (
        Verdict.objects.filter(status=VerdictStatus.PUBLISHED)
        .exclude(under_embargo)
        .select_related("claim", "rating__scale")
        .prefetch_related(
            "rating__scale__ratings",
            Prefetch("claim__verdicts", queryset=_public_versions()),
            Prefetch("claim__appearances", queryset=_assertions()),
        )
        .order_by("-published_at", "-pk")
    )


def _public_versions() -> QuerySet[Verdict]:
    return Verdict.objects.filter(published_at__isnull=False).order_by("number")


def _assertions() -> QuerySet[Appearance]:
    """Where the claim was made: an article that only quotes a denial did not spread it."""
    printed = F("quote__article_version__article__published_at")
    order = [printed.asc(nulls_last=True), F("pk").asc()]
    # By rank and not by a slice, which a prefetch into .all() does not take.
    nth = Window(RowNumber(), partition_by="claim_id", order_by=order)
    return (
        Appearance.objects.filter(state=MatchState.CONFIRMED, stance=Stance.ASSERTS)
        .alias(nth=nth)
        .filter(nth__lte=settings.CLAIM_REVIEW_APPEARANCES)
        .select_related("quote__speaker", "quote__article_version__article__source")
        .defer("quote__article_version__text", "quote__prefix", "quote__suffix")
        .order_by(*order)
    )
