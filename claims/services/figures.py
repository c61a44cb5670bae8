"""The figures of a period, counted anew or kept from some minutes ago.

On a desk of ten thousand quotes counting takes less than a blink and is done for every look.
Where it takes longer than FIGURES_SLOW_MS the result is kept for FIGURES_KEEP_SECONDS,
and the scheduler renews what is usually asked for, so that nobody waits for it.
"""

import time
from collections import Counter
from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings

from claims.models import KeptFigures
from claims.selectors import figures
from claims.selectors.figures import Balance, Score
from claims.selectors.visibility import SEE_EMBARGOED
from claims.services import leasing

USUAL_DAYS = 30
MOST = 15
"""Outlets, speakers and topics that are told of, the most frequent ones."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """All figures of one period; `selectors.figures` says what each is."""

    made_at: datetime
    days: dict[date, dict[str, int]]
    scores: dict[str, list[Score]]
    stages: dict[str, tuple[int, float]]
    ratings: list[tuple[str, str, str, int]]
    balance: dict[str, list[Balance]]


@dataclass(frozen=True, slots=True)
class _Anybody:
    """Whose eyes the figures are counted with: figures that are kept belong to nobody."""

    with_embargoed: bool
    pk: None = None

    def has_perm(self, permission: str) -> bool:
        return self.with_embargoed and permission == SEE_EMBARGOED


def figures_for(user: Any, days: int) -> Sheet:
    """The figures of the last ``days``, as ``user`` may know them, a few minutes old at most.

    A claim under embargo counts for those who may see every one of them, and for nobody else.
    """
    with_embargoed = bool(user.has_perm(SEE_EMBARGOED))
    oldest = leasing.database_now() - timedelta(seconds=settings.FIGURES_KEEP_SECONDS)
    kept = KeptFigures.objects.filter(
        days=days, with_embargoed=with_embargoed, made_at__gt=oldest
    ).first()
    return _unpacked(kept) if kept else _count(days, with_embargoed=with_embargoed)


def renew_kept() -> int:
    """Count anew what is kept of the usual period, and forget what is too old; how many renewed."""
    oldest = leasing.database_now() - timedelta(seconds=settings.FIGURES_KEEP_SECONDS)
    usual = KeptFigures.objects.filter(days=USUAL_DAYS)
    KeptFigures.objects.filter(made_at__lt=oldest).exclude(pk__in=usual).delete()
    found = list(usual.values_list("with_embargoed", flat=True))
    for with_embargoed in found:
        _count(USUAL_DAYS, with_embargoed=with_embargoed)
    return len(found)


def _count(days: int, *, with_embargoed: bool) -> Sheet:
    now, anybody = leasing.database_now(), _Anybody(with_embargoed)
    since = now - timedelta(days=days)
    began = time.monotonic()
    scores = figures.scorecard(since)
    sheet = Sheet(
        made_at=now,
        days=figures.candidates_by_day(since),
        scores={**scores, "outlet": scores["outlet"][:MOST]},
        stages=figures.stage_times(since, anybody),
        ratings=figures.verdicts_by_rating(since, anybody),
        balance=figures.balance(since, anybody, most=MOST),
    )
    row = KeptFigures(days=days, with_embargoed=with_embargoed, made_at=now, content=_packed(sheet))
    if 1000 * (time.monotonic() - began) >= settings.FIGURES_SLOW_MS:
        KeptFigures.objects.bulk_create(
            [row],
            update_conflicts=True,
            unique_fields=["days", "with_embargoed"],
            update_fields=["made_at", "content"],
        )
    return sheet


def _packed(sheet: Sheet) -> dict[str, Any]:
    """What JSON can hold of a sheet."""
    return {
        "days": {day.isoformat(): counts for day, counts in sheet.days.items()},
        "scores": {name: [_row(row) for row in rows] for name, rows in sheet.scores.items()},
        "stages": sheet.stages,
        "ratings": sheet.ratings,
        "balance": {name: [_row(row) for row in rows] for name, rows in sheet.balance.items()},
    }


def _row(row: Score | Balance) -> dict[str, Any]:
    # No asdict: it makes a Counter of a Counter's items.
    return {field.name: getattr(row, field.name) for field in fields(row)}


def _unpacked(kept: KeptFigures) -> Sheet:
    packed = kept.content
    return Sheet(
        made_at=kept.made_at,
        days={date.fromisoformat(day): counts for day, counts in packed["days"].items()},
        scores={
            name: [Score(**{**row, "why": Counter(row["why"])}) for row in rows]
            for name, rows in packed["scores"].items()
        },
        stages={stage: (number, median) for stage, (number, median) in packed["stages"].items()},
        ratings=[(scale, label, colour, n) for scale, label, colour, n in packed["ratings"]],
        balance={
            name: [Balance(**row) for row in rows] for name, rows in packed["balance"].items()
        },
    )
