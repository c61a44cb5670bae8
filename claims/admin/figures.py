"""The Figures page: what the desk did in a period, drawn, with the numbers beside it."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path

from claims.admin.pipeline import in_words
from claims.choices import ClaimStage, QuoteKind, QuoteStatus
from claims.services.figures import USUAL_DAYS, figures_for

SEEN = "claims.view_decision"
PERIODS = {"7": "7 days", "30": "30 days", "90": "90 days", "365": "A year"}
USUAL = str(USUAL_DAYS)
# So that a bar stays a bar on a desk of yesterday.
FEWEST_DAYS = 14
# Of the drawing of days, in its own units: a day is STEP wide and has a bar of BAR.
HEIGHT, STEP, BAR = 100, 10, 8
STATUSES = [status.value for status in QuoteStatus]


@dataclass(frozen=True, slots=True)
class Bar:
    """One piece of a day's bar."""

    status: str
    x: int
    y: float
    height: float


@dataclass(frozen=True, slots=True)
class Day:
    """One day: its bar, and what the bar says in words."""

    day: date
    counts: list[int]
    bars: list[Bar]
    x: int


class FiguresMixin:
    """The page, beneath the list of decisions."""

    admin_site: Any
    opts: Any

    def get_urls(self) -> list[URLPattern]:
        page = path(
            "figures/", self.admin_site.admin_view(self.figures_view), name="claims_figures"
        )
        return [page, *super().get_urls()]  # type: ignore[misc]

    def figures_view(self, request: HttpRequest) -> HttpResponse:
        """Everything of the period on one page, in a number of queries that is always the same."""
        if not request.user.has_perm(SEEN):
            raise PermissionDenied
        period = request.GET.get("days", USUAL)
        if period not in PERIODS:
            period = USUAL
        sheet = figures_for(request.user, int(period))
        kinds = dict(QuoteKind.choices)
        for score in sheet.scores["kind"]:
            score.name = kinds.get(score.name, score.name)
        days = drawn(sheet.days)
        context = {
            **self.admin_site.each_context(request),
            "title": "Figures",
            "periods": PERIODS.items(),
            "period": period,
            "made_at": sheet.made_at,
            "days": days,
            "width": max(len(days), FEWEST_DAYS) * STEP,
            "height": HEIGHT,
            "bar": BAR,
            "statuses": [(status.value, status.label) for status in QuoteStatus],
            "scores": [
                ("By extractor", sheet.scores["extractor"]),
                ("By kind", sheet.scores["kind"]),
                ("By outlet", sheet.scores["outlet"]),
            ],
            "stages": _stages(sheet.stages),
            "ratings": _shares(sheet.ratings),
            "balances": [(f"By {name}", rows) for name, rows in sheet.balance.items()],
            "small": settings.FIGURES_SMALL_SAMPLE,
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, "claims/desk/figures.html", context)


def drawn(counted: dict[date, dict[str, int]]) -> list[Day]:
    """The days from the first to the last with anything, as stacked bars to one scale."""
    if not counted:
        return []
    tallest = max(sum(counts.values()) for counts in counted.values())
    first, last = min(counted), max(counted)
    days = []
    for index in range((last - first).days + 1):
        day = first + timedelta(days=index)
        counts = [counted.get(day, {}).get(status, 0) for status in STATUSES]
        bars, top = [], float(HEIGHT)
        for status, count in zip(STATUSES, counts, strict=True):
            if count:
                height = round(HEIGHT * count / tallest, 2)
                top -= height
                bars.append(Bar(status, index * STEP, round(top, 2), height))
        days.append(Day(day, counts, bars, index * STEP))
    return days


def _stages(times: dict[str, tuple[int, float]]) -> list[tuple[str, int, str]]:
    return [
        (stage.label, times[stage.value][0], in_words(times[stage.value][1]))
        for stage in ClaimStage
        if stage.value in times
    ]


def _shares(rated: list[tuple[str, str, str, int]]) -> list[dict[str, Any]]:
    """Each rating with its share of all verdicts, in percent."""
    total = sum(number for *_, number in rated)
    return [
        {
            "scale": scale,
            "label": label,
            "colour": colour,
            "number": number,
            "percent": round(100 * number / total),
        }
        for scale, label, colour, number in rated
    ]
