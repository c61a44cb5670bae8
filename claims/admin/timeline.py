"""Where a claim was voiced, drawn along time: who said it first, who repeated, who denied."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from claims.choices import MatchState, Stance
from claims.models import Appearance, Verdict

LANES = (Stance.ASSERTS, Stance.DENIES, Stance.QUESTIONS)
LANE_HEIGHT = 42
MIDDLE = 27
"""Where in a lane the marks are: beneath its name."""
TOP = 26
"""Pixels above the lanes, for the names of the verdicts."""
LEFT, RIGHT = 4.0, 96.0
"""Percent of the width that the drawing uses."""
CLOSE = 2.0
"""Percent: marks nearer than this in one lane are drawn beside each other."""
STEP = 6
"""Pixels between such marks."""
STACKED = 3


@dataclass(frozen=True, slots=True)
class Mark:
    """One appearance, where it is drawn: ``x`` in percent, ``y`` in pixels."""

    appearance: Appearance
    at: datetime
    x: str
    y: int
    is_first: bool
    since: str
    """What was public when it was said: "" before any verdict, else the version's name."""


@dataclass(frozen=True, slots=True)
class Line:
    """A verdict that became public."""

    verdict: Verdict
    x: str
    anchor: str
    """Which end of its name stands at the line."""


@dataclass(frozen=True, slots=True)
class Timeline:
    """The drawing; ``marks`` in order of time."""

    marks: list[Mark]
    lines: list[Line]
    lanes: list[tuple[Stance, int]]
    begin: datetime | None
    end: datetime | None
    height: int


def said_at(appearance: Appearance) -> datetime:
    """When the words were printed; when they were read, where the article gives no date.

    ``quote.article_version.article`` should be loaded.
    """
    version = appearance.quote.article_version
    return version.article.published_at or version.fetched_at


def timeline(appearances: Iterable[Appearance], answers: Iterable[Verdict]) -> Timeline:
    """Place what was not dismissed, and the verdicts, on one axis of time."""
    shown = sorted(
        (one for one in appearances if one.state != MatchState.DISMISSED),
        key=lambda one: (said_at(one), one.pk),
    )
    public = sorted(
        (verdict.published_at, verdict.number, verdict)
        for verdict in answers
        if verdict.published_at is not None
    )
    moments = [said_at(one) for one in shown]
    moments += [at for at, _, _ in public]
    begin, end = min(moments, default=None), max(moments, default=None)
    used = [stance for stance in LANES if any(one.stance == stance for one in shown)]
    height = TOP + LANE_HEIGHT * max(1, len(used)) + 4
    first = next(
        (
            one.pk
            for one in shown
            if one.stance == Stance.ASSERTS and one.state == MatchState.CONFIRMED
        ),
        None,
    )
    marks: list[Mark] = []
    last: dict[str, tuple[float, int]] = {}
    for one in shown:
        at = said_at(one)
        x = _place(at, begin, end)
        before, stacked = last.get(one.stance, (-CLOSE, -1))
        stacked = stacked + 1 if x - before < CLOSE else 0
        last[one.stance] = (before if stacked else x, stacked)
        middle = TOP + LANE_HEIGHT * used.index(Stance(one.stance)) + MIDDLE
        marks.append(
            Mark(
                appearance=one,
                at=at,
                x=f"{x:.1f}%",
                # Up, down, up again around the middle of the lane.
                y=middle + STEP * ((stacked + 1) // 2 % STACKED) * (-1 if stacked % 2 else 1),
                is_first=one.pk == first,
                since=_since(at, public),
            )
        )
    return Timeline(
        marks=marks,
        lines=[_line(verdict, at, begin, end) for at, _, verdict in public],
        lanes=[(stance, TOP + LANE_HEIGHT * n) for n, stance in enumerate(used)],
        begin=begin,
        end=end,
        height=height,
    )


def _line(verdict: Verdict, at: datetime, begin: datetime | None, end: datetime | None) -> Line:
    x = _place(at, begin, end)
    return Line(verdict, f"{x:.1f}%", "start" if x < (LEFT + RIGHT) / 2 else "end")


def _place(at: datetime, begin: datetime | None, end: datetime | None) -> float:
    """Percent from the left; in the middle when all is of one moment."""
    if begin is None or end is None or begin == end:
        return (LEFT + RIGHT) / 2
    return LEFT + (RIGHT - LEFT) * ((at - begin) / (end - begin))


def _since(at: datetime, public: list[tuple[datetime, int, Verdict]]) -> str:
    before = [number for published, number, _ in public if published <= at]
    return f"version {before[-1]}" if before else ""
