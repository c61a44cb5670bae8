"""The desk's home: what waits, where claims stand, what broke, what came in."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.urls import reverse

from claims.admin.diffing import word_diff
from claims.choices import AlertState, ClaimStage, FeedState, QuoteStatus, WorkState
from claims.models import Article, ExtractionRun, Feed, QuoteCheck
from claims.selectors import candidates, open_alerts, visible_claims

NEWEST = 8
SHOWN_STAGES = (
    ClaimStage.NEW,
    ClaimStage.RESEARCHING,
    ClaimStage.IN_REVIEW,
    ClaimStage.PUBLISHED,
)
FIRST_CANDIDATES = 5
SHOWN_ALERTS = 5


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
        tiles += _claims(user)
        context["mine"] = (
            visible_claims(user)
            .filter(assignee=user.pk)
            .exclude(stage__in=[ClaimStage.PUBLISHED, ClaimStage.SHELVED])
            .order_by("-updated_at")[:NEWEST]
        )
    if user.has_perm("claims.view_quotecheck"):
        altered = open_alerts()
        link = _list("quotecheck", f"alert__exact={AlertState.OPEN.value}")
        count = altered.order_by().count()
        tiles.append(Tile("Quotes altered by outlets", count, link, alarm=count > 0))
        context["altered"] = shown_alerts(altered[:SHOWN_ALERTS])
    if user.has_perm("claims.view_extractionrun"):
        dead = ExtractionRun.objects.filter(state=WorkState.DEAD).count()
        link = _list("extractionrun", f"state__exact={WorkState.DEAD.value}")
        tiles.append(Tile("Runs given up", dead, link, alarm=dead > 0))
    if user.has_perm("claims.view_feed"):
        stopped = Feed.objects.filter(state=FeedState.FAILING).count()
        link = _list("feed", f"state__exact={FeedState.FAILING.value}")
        tiles.append(Tile("Feeds stopped after failures", stopped, link, alarm=stopped > 0))
    if user.has_perm("claims.view_article"):
        context["newest"] = Article.objects.select_related("source").order_by("-pk")[:NEWEST]
    return {**context, "title": "Home", "tiles": tiles}


def shown_alerts(alerts: QuerySet[QuoteCheck]) -> list[tuple[QuoteCheck, str]]:
    """Alerts with what changed in each."""
    rows = alerts.select_related("quote__speaker", "article_version__article__source").defer(
        "article_version__text", "quote__prefix", "quote__suffix"
    )
    return [(check, word_diff(check.quote.text, check.found)) for check in rows]


def _claims(user: Any) -> list[Tile]:
    counts = {
        row["stage"]: row["n"]
        for row in visible_claims(user).order_by().values("stage").annotate(n=Count("pk"))
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
