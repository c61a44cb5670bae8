"""The desk's home: my work, what waits and how long, what broke, what came in."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.timesince import timesince
from django.utils.timezone import localdate

from claims.admin.diffing import word_diff
from claims.choices import AlertState, ClaimStage, FeedState, QuoteStatus, WorkState
from claims.models import Article, ExtractionRun, Feed, Fetch, QuoteCheck
from claims.selectors import candidates, open_alerts, visible, work
from claims.selectors.work import COUNTED

NEWEST = 8
FIRST_CANDIDATES = 5
SHOWN_ALERTS = SHOWN_FEEDS = 5
SHOWN_CLAIMS = 6


@dataclass(frozen=True, slots=True)
class Tile:
    """One number with the list behind it, and since when the first of it waits."""

    label: str
    count: int
    link: str
    alarm: bool = False
    since: datetime | None = None

    @property
    def number(self) -> str:
        """The count as it is shown, which ends at COUNTED."""
        return f"{self.count:,}" if self.count < COUNTED else f"{COUNTED - 1}+"

    @property
    def age(self) -> str:
        """How long the first of it waits, in its largest unit."""
        return timesince(self.since, depth=1) if self.since else ""


def dashboard(request: HttpRequest, context: dict[str, Any]) -> dict[str, Any]:
    """unfold's DASHBOARD_CALLBACK: the index's context with what this person should know."""
    user: Any = request.user
    tiles: list[Tile] = []
    if user.has_perm("claims.view_quote"):
        tiles.append(_candidates())
        context["first_candidates"] = (
            candidates()
            .select_related("speaker", "article_version__article__source")
            .defer("article_version__text")[:FIRST_CANDIDATES]
        )
    if user.has_perm("claims.view_claim"):
        tiles += _claims(user)
        context |= {
            "mine": work.mine(user)[:SHOWN_CLAIMS],
            "returned": work.returned_to(user)[:SHOWN_CLAIMS],
            "to_approve": work.awaiting_approval_of(user)[:SHOWN_CLAIMS],
            "to_recheck": work.due_for_recheck(user)[:SHOWN_CLAIMS],
            "claims_list": reverse("admin:claims_claim_changelist"),
        }
    if user.has_perm("claims.view_quotecheck"):
        altered = open_alerts()
        link = _list("quotecheck", f"alert__exact={AlertState.OPEN.value}")
        tiles.append(_alarm("Quotes altered by outlets", altered, link))
        context["altered"] = shown_alerts(altered[:SHOWN_ALERTS])
    if user.has_perm("claims.view_extractionrun"):
        tiles += _given_up(user)
    if user.has_perm("claims.view_feed"):
        stopped = Feed.objects.filter(state=FeedState.FAILING)
        link = _list("feed", f"state__exact={FeedState.FAILING.value}")
        tiles.append(_alarm("Feeds stopped after failures", stopped, link))
        context["stopped"] = stopped.select_related("source").order_by("-pk")[:SHOWN_FEEDS]
    if user.has_perm("claims.view_article"):
        context["newest"] = Article.objects.select_related("source").order_by("-pk")[:NEWEST]
    return {**context, "title": "Home", "tiles": tiles}


def shown_alerts(alerts: QuerySet[QuoteCheck]) -> list[tuple[QuoteCheck, str]]:
    """Alerts with what changed in each."""
    rows = alerts.select_related("quote__speaker", "article_version__article__source").defer(
        "article_version__text", "quote__prefix", "quote__suffix"
    )
    return [(check, word_diff(check.quote.text, check.found)) for check in rows]


def _candidates() -> Tile:
    waiting = work.waiting_candidates()
    link = _list("quote", f"status__exact={QuoteStatus.CANDIDATE.value}")
    return Tile("Candidates to look at", waiting.count, link, since=waiting.since)


def _claims(user: Any) -> list[Tile]:
    tiles = [
        Tile(
            f"Claims: {stage.label.lower()}",
            waiting.count,
            _list("claim", f"stage__exact={stage.value}"),
            since=waiting.since,
        )
        for stage, waiting in work.waiting_claims(user).items()
    ]
    due = work.due_for_recheck(user).order_by()[:COUNTED].count()
    link = _list("claim", f"stage__exact={ClaimStage.PUBLISHED.value}&recheck_by_to={localdate()}")
    return [*tiles, Tile("Verdicts due for recheck", due, link, alarm=due > 0)]


def _given_up(user: Any) -> list[Tile]:
    return [
        _alarm(
            label,
            visible(model._default_manager.filter(state=WorkState.DEAD), user),
            _list(name, f"state__exact={WorkState.DEAD.value}"),
        )
        for label, model, name in (
            ("Runs given up", ExtractionRun, "extractionrun"),
            ("Readings given up", Fetch, "fetch"),
        )
    ]


def _alarm(label: str, rows: QuerySet[Any], link: str) -> Tile:
    count = rows.order_by()[:COUNTED].count()
    return Tile(label, count, link, alarm=count > 0)


def _list(model: str, query: str) -> str:
    return f"{reverse(f'admin:claims_{model}_changelist')}?{query}"
