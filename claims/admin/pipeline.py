"""The Pipeline page: is everything at work, what waits, what failed, and to try that again."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_POST

from claims.admin.replaying import replayed
from claims.admin.wording import shortened
from claims.choices import FetchOutcome, WorkState
from claims.models import ExtractionRun, WebhookDelivery
from claims.selectors import visible
from claims.services import pipeline
from claims.services.pipeline import Figures, Kind

SEEN = "claims.view_extractionrun"
SHOWN_FAILURES, SHOWN_SLOW, SHOWN_FEEDS = 8, 5, 8
MINUTE, HOUR, DAY = 60, 3600, 86400

LABELS = {
    "fetch": "Reading pages",
    "extract": "Finding quotes",
    "poll": "Polling feeds",
    "webhook": "Telling webhooks",
}
LISTS = {
    "fetch": "fetch",
    "extract": "extractionrun",
    "poll": "feed",
    "webhook": "webhookdelivery",
}
REPLAY = {
    "fetch": "claims.replay_fetch",
    "extract": "claims.replay_extractionrun",
    "webhook": "claims.manage_webhooks",
}


@dataclass(frozen=True, slots=True)
class Row:
    """One kind of work, as the page shows it."""

    label: str
    kind: Kind
    oldest: str
    link: str
    dead_link: str


@dataclass(frozen=True, slots=True)
class Failure:
    """Work that was given up, with the button that queues it again."""

    kind: str
    pk: int
    about: str
    reason: str
    at: datetime | None
    link: str
    replay: str
    """Where the button posts to; empty for who may not."""


class PipelineMixin:
    """The page and its buttons, beneath the list of fetches."""

    admin_site: Any

    def pipeline_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("pipeline/", view(self.pipeline_view), name="claims_pipeline"),
            path(
                "pipeline/replay/<slug:kind>/<int:pk>/",
                view(self.replay_view),
                name="claims_pipeline_replay",
            ),
        ]

    def pipeline_view(self, request: HttpRequest) -> HttpResponse:
        """Everything on one page, in a number of queries that does not grow with the work."""
        if not request.user.has_perm(SEEN):
            raise PermissionDenied
        figures = pipeline.figures()
        context = {
            **self.admin_site.each_context(request),
            "title": "Pipeline",
            "figures": figures,
            "rows": [_row(kind) for kind in figures.kinds if _may_list(request, kind.name)],
            "signs": figures.signs,
            "missing": _missing(figures),
            "lag": {name: in_words(seconds) for name, seconds in figures.lag.items()},
            "outcomes": [
                (FetchOutcome(value).label, number)
                for value, number in figures.outcomes_day.items()
            ],
            "codes": [(LABELS[k], code, n) for (k, code), n in figures.failures_day.items()],
            "failures": _failures(request),
            "slowest": _slowest(),
            "feeds": pipeline.failing_feeds(SHOWN_FEEDS).select_related("source"),
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, "claims/desk/pipeline.html", context)

    @method_decorator(require_POST)
    def replay_view(self, request: HttpRequest, kind: str, pk: int) -> HttpResponse:
        """Queue one piece of given-up work again."""
        if kind not in pipeline.WORK:
            raise Http404
        model = pipeline.WORK[kind]
        if not request.user.has_perm(REPLAY[kind]):
            raise PermissionDenied
        row = get_object_or_404(visible(model._default_manager.all(), request.user), pk=pk)
        if replayed(row):
            messages.success(request, "Queued again.")
        else:
            messages.warning(request, "Left alone: it is no longer given up.")
        return HttpResponseRedirect(reverse("admin:claims_pipeline"))


def in_words(seconds: float) -> str:
    """A length of time in its one or two largest units."""
    whole = round(seconds)
    if whole < MINUTE:
        return f"{whole} s"
    if whole < HOUR:
        return f"{whole // MINUTE} min"
    if whole < DAY:
        return f"{whole // HOUR} h {whole % HOUR // MINUTE} min"
    return f"{whole // DAY} d {whole % DAY // HOUR} h"


def _row(kind: Kind) -> Row:
    model = LISTS[kind.name]
    dead = "failing" if kind.name == pipeline.POLL else WorkState.DEAD.value
    return Row(
        label=LABELS[kind.name],
        kind=kind,
        oldest=in_words(kind.oldest) if kind.due else "-",
        link=_list(model, ""),
        dead_link=_list(model, f"state__exact={dead}"),
    )


def _missing(figures: Figures) -> list[str]:
    """The parts of which not one has been heard of lately."""
    alive = {sign.kind for sign in figures.signs if not sign.late}
    return [part for part in ("beat", "worker") if part not in alive]


def _failures(request: HttpRequest) -> list[Failure]:
    found = []
    for kind, model in pipeline.WORK.items():
        if not _may_list(request, kind):
            continue
        rows = pipeline.newest_dead(model, SHOWN_FAILURES, viewer=request.user)
        if model is ExtractionRun:
            rows = rows.select_related("article_version__article").defer("article_version__text")
        if model is WebhookDelivery:
            rows = rows.select_related("event", "endpoint")
        allowed = request.user.has_perm(REPLAY[kind])
        found += [_failure(kind, row, allowed=allowed) for row in rows]
    found.sort(key=lambda each: each.at or datetime.min.replace(tzinfo=UTC), reverse=True)
    return found[:SHOWN_FAILURES]


def _failure(kind: str, row: Any, *, allowed: bool) -> Failure:
    # What the address, the article or the event is called.
    about = str(row.article_version.article if isinstance(row, ExtractionRun) else row)
    return Failure(
        kind=LABELS[kind],
        pk=row.pk,
        about=shortened(about, 100),
        reason=shortened(pipeline.last_line(row.error), 140),
        at=row.finished_at,
        link=reverse(f"admin:claims_{LISTS[kind]}_change", args=[row.pk]),
        replay=reverse("admin:claims_pipeline_replay", args=[kind, row.pk]) if allowed else "",
    )


def _slowest() -> Any:
    runs = pipeline.slowest_runs(SHOWN_SLOW).select_related("article_version__article")
    return runs.defer("article_version__text")


def _may_list(request: HttpRequest, kind: str) -> bool:
    return request.user.has_perm(f"claims.view_{LISTS[kind]}")


def _list(model: str, query: str) -> str:
    return f"{reverse(f'admin:claims_{model}_changelist')}?{query}"
