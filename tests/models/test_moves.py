"""The database lets a status change only along the moves listed in ``claims.choices``."""

from datetime import UTC, datetime
from itertools import product

import pytest

from claims.choices import (
    CLAIM_MOVES,
    QUOTE_MOVES,
    VERDICT_MOVES,
    ClaimStage,
    QuoteStatus,
    VerdictStatus,
)
from tests import factories
from tests.models.writing import by_raw_sql, refused_every_way

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 4, 1, tzinfo=UTC)


def quote(status):
    return factories.QuoteFactory(status=status, touched_at=NOW)


def claim(stage):
    return factories.ClaimFactory(stage=stage)


def verdict(status):
    public = {"approver": factories.UserFactory(), "published_at": NOW}
    return factories.VerdictFactory(
        status=status, **({} if status == VerdictStatus.DRAFT else public)
    )


KINDS = [
    (quote, "status", QuoteStatus, QUOTE_MOVES),
    (claim, "stage", ClaimStage, CLAIM_MOVES),
    (verdict, "status", VerdictStatus, VERDICT_MOVES),
]
STEPS = [
    (make, field, before, after, (before, after) in moves)
    for make, field, states, moves in KINDS
    for before, after in product(states.values, states.values)
    if before != after
]


def write_of(step):
    make, field, before, after, _ = step
    row = make(before)
    changes = {field: after}
    if make is verdict and before == VerdictStatus.DRAFT:
        changes |= {"approver": factories.UserFactory(), "published_at": NOW}
    return row, changes


@pytest.mark.parametrize(
    "step",
    [step for step in STEPS if not step[-1]],
    ids=lambda step: f"{step[0].__name__}-{step[2]}-{step[3]}",
)
def test_a_move_that_is_not_listed_is_refused(step):
    row, changes = write_of(step)
    refused_every_way(row, "Invalid transition", **changes)


@pytest.mark.parametrize(
    "step",
    [step for step in STEPS if step[-1]],
    ids=lambda step: f"{step[0].__name__}-{step[2]}-{step[3]}",
)
def test_a_listed_move_is_let_through(step):
    row, changes = write_of(step)
    by_raw_sql(row, **changes)
    row.refresh_from_db()
    assert getattr(row, step[1]) == step[3]
