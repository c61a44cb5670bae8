"""The desk's home: what waits, where claims stand, what broke, what came in."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count
from django.http import HttpRequest
from django.urls import reverse

from claims.choices import ClaimStage, QuoteStatus, RunState
from claims.models import Article, Claim, ExtractionRun
from claims.selectors import candidates

NEWEST = 8
SHOWN_STAGES = (
    ClaimStage.NEW,
    ClaimStage.RESEARCHING,
    ClaimStage.IN_REVIEW,
    ClaimStage.PUBLISHED,
)
FIRST_CANDIDATES = 5


@dataclass(frozen=True, slots=True)
class Tile:
    """One number with the list behind it."""

    label: str
    count: int
    link: str
    alarm: bool = False


def dashboard(request: HttpRequest, context: dict[str, Any]) -> dict[str, Any]:
    """unfold's DASHBOARD_CALLBACK: the index's context with the desk's numbers."""
    user = request.user
    tiles: list[Tile] = []
    if user.has_perm("claims.view_quote"):
        queue = candidates()
        link = _list("quote", f"status__exact={QuoteStatus.CANDIDATE.value}")
        tiles.append(Tile("Candidates to look at", queue.order_by().count(), link))
        context["first_candidates"] = queue.select_related(
            "speaker", "article_version__article__source"
        ).defer("article_version__text")[:FIRST_CANDIDATES]
    if user.has_perm("claims.view_claim"):
        tiles += _claims()
        context["mine"] = (
            Claim.objects.filter(assignee=user.pk)
            .exclude(stage__in=[ClaimStage.PUBLISHED, ClaimStage.SHELVED])
            .order_by("-updated_at")[:NEWEST]
        )
    if user.has_perm("claims.view_extractionrun"):
        dead = ExtractionRun.objects.filter(state=RunState.DEAD).count()
        link = _list("extractionrun", f"state__exact={RunState.DEAD.value}")
        tiles.append(Tile("Runs given up", dead, link, alarm=dead > 0))
    if user.has_perm("claims.view_article"):
        context["newest"] = Article.objects.select_related("source").order_by("-pk")[:NEWEST]
    return {**context, "title": "Home", "tiles": tiles}


def _claims() -> list[Tile]:
    counts = {
        row["stage"]: row["n"]
        for row in Claim.objects.order_by().values("stage").annotate(n=Count("pk"))
    }
    return [
        Tile(
            f"Claims: {stage.label.lower()}",
            counts.get(stage.value, 0),
            _list("claim", f"stage__exact={stage.value}"),
        )
        for stage in SHOWN_STAGES
    ]


def _list(model: str, query: str) -> str:
    return f"{reverse(f'admin:claims_{model}_changelist')}?{query}"
