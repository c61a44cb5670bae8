"""Who may take which step, for every pair of states of a quote, a claim and a verdict."""

from datetime import UTC, datetime
from itertools import product

import pytest
from django.db import transaction

from claims.choices import (
    CLAIM_MOVES,
    QUOTE_MOVES,
    VERDICT_MOVES,
    ClaimStage,
    QuoteStatus,
    RejectReason,
    VerdictStatus,
)
from claims.models import Decision
from claims.services import claim_rules, quotes
from claims.services.actors import Actor, job, person
from claims.services.errors import InvalidTransition, NotAllowed, NotReady, StaleRow
from claims.services.transitions import Rule, Table, check_complete, move
from tests import factories

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 4, 1, tzinfo=UTC)
ANYBODY = {"reporter", "checker", "editor"}
RESEARCHERS = {"checker", "editor"}
EDITORS = {"editor"}

# The desk's rules, written down a second time: (kind, from, to) -> who may.
WHO_MAY = {
    ("quote", "candidate", "accepted"): ANYBODY,
    ("quote", "candidate", "rejected"): ANYBODY,
    ("quote", "candidate", "withdrawn"): ANYBODY | {"job"},
    ("quote", "withdrawn", "candidate"): ANYBODY | {"job"},
    ("quote", "accepted", "candidate"): ANYBODY,
    ("quote", "rejected", "candidate"): ANYBODY,
    ("claim", "new", "researching"): RESEARCHERS,
    ("claim", "new", "shelved"): RESEARCHERS | {"job"},
    ("claim", "researching", "shelved"): RESEARCHERS,
    ("claim", "shelved", "researching"): RESEARCHERS,
    ("claim", "researching", "in_review"): RESEARCHERS,
    ("claim", "researching", "published"): EDITORS,
    ("claim", "in_review", "researching"): EDITORS,
    ("claim", "in_review", "published"): EDITORS,
    ("claim", "published", "researching"): EDITORS,
    ("verdict", "draft", "published"): EDITORS,
    ("verdict", "published", "superseded"): EDITORS,
    ("verdict", "published", "retracted"): EDITORS,
}
KINDS = {
    "quote": (quotes.TABLE, QuoteStatus, QUOTE_MOVES),
    "claim": (claim_rules.CLAIM_TABLE, ClaimStage, CLAIM_MOVES),
    "verdict": (claim_rules.VERDICT_TABLE, VerdictStatus, VERDICT_MOVES),
}
STEPS = [
    (kind, before, after)
    for kind, (_, states, _) in KINDS.items()
    for before, after in product(states.values, states.values)
]


@pytest.fixture
def actors(reporter, checker, editor):
    return {
        "reporter": person(reporter),
        "checker": person(checker),
        "editor": person(editor),
        "job": job("rules-1"),
    }


def ready(kind, state, after=""):
    """A row in ``state`` that lacks nothing to go to ``after``, or anywhere."""
    if kind == "quote":
        return factories.QuoteFactory(status=state, touched_at=NOW)
    if kind == "verdict":
        if state == VerdictStatus.DRAFT:
            return factories.VerdictFactory()
        approver = factories.UserFactory()
        return factories.VerdictFactory(status=state, approver=approver, published_at=NOW)
    claim = factories.ClaimFactory(stage=state)
    factories.EvidenceFactory(claim=claim)
    if (state, after) == (ClaimStage.RESEARCHING, ClaimStage.PUBLISHED):
        approver = factories.UserFactory()
        factories.VerdictFactory(
            claim=claim, status=VerdictStatus.PUBLISHED, approver=approver, published_at=NOW
        )
    draft = factories.VerdictFactory(claim=claim, correction_note="It was another log.")
    approver = factories.UserFactory(is_superuser=True)
    factories.ApprovalFactory(verdict=draft, user=approver)
    return claim


def take(row, kind, after, actor, **options):
    publishing = kind == "verdict" and after == VerdictStatus.PUBLISHED
    changes = {"approver": actor.user, "published_at": NOW} if publishing else {}
    return move(
        row,
        after,
        table=KINDS[kind][0],
        actor=actor,
        **{
            "reason_code": RejectReason.DUPLICATE,
            "comment": "As agreed at noon.",
            "changes": changes,
            **options,
        },
    )


def test_the_rules_name_every_listed_move():
    for kind, (table, _, moves) in KINDS.items():
        written = {(before, after) for of, before, after in WHO_MAY if of == kind}
        assert written == set(table.rules) == set(moves)


@pytest.mark.parametrize("step", STEPS, ids="-".join)
def test_each_step_is_open_to_exactly_those_who_may_take_it(step, actors):
    kind, before, after = step
    field = KINDS[kind][0].field
    row = ready(kind, before, after)
    took = set()
    for name, actor in actors.items():
        with transaction.atomic():
            decisions = Decision.objects.count()
            try:
                moved = take(row, kind, after, actor)
            except NotAllowed:
                assert step in WHO_MAY
            except InvalidTransition:
                assert step not in WHO_MAY
            else:
                took.add(name)
                assert getattr(moved, field) == after
                decision = Decision.objects.get(**{kind: row})
                assert (decision.from_state, decision.to_state) == (before, after)
                assert (decision.actor, decision.job) == (actor.user, actor.job)
                assert decision.comment == "As agreed at noon."
                transaction.set_rollback(True)
            if name not in took:
                assert Decision.objects.count() == decisions
        row.refresh_from_db()
        assert getattr(row, field) == before
    assert took == WHO_MAY.get(step, set())


@pytest.mark.parametrize(
    ("step", "lacking"),
    [
        (("quote", "candidate", "rejected"), "a reason is needed"),
        (("claim", "new", "shelved"), "a comment is needed"),
        (("claim", "researching", "shelved"), "a comment is needed"),
        (("claim", "in_review", "researching"), "a comment is needed"),
        (("claim", "published", "researching"), "a comment is needed"),
        (("verdict", "published", "retracted"), "a comment is needed"),
    ],
)
def test_a_step_that_must_be_explained_is_refused_without(step, lacking, actors):
    kind, before, after = step
    row = ready(kind, before, after)
    with pytest.raises(NotReady) as refusal:
        take(row, kind, after, actors["editor"], reason_code="", comment="  \n")
    assert refusal.value.missing == [lacking]
    assert not Decision.objects.exists()


@pytest.mark.parametrize("kind", KINDS)
def test_a_step_decided_on_an_older_row_is_refused(kind, actors):
    before, after = next((b, a) for of, b, a in WHO_MAY if of == kind)
    row = ready(kind, before, after)
    old = row.version
    type(row).objects.filter(pk=row.pk).update(updated_at=NOW)
    with pytest.raises(StaleRow, match="changed by somebody else"):
        take(row, kind, after, actors["editor"], expected_version=old)
    moved = take(row, kind, after, actors["editor"], expected_version=old + 1)
    row.refresh_from_db()
    assert moved.version == row.version == old + 2


def test_a_superuser_still_cannot_take_a_step_that_is_no_persons():
    table = Table(field="stage", target="claim", rules={("new", "shelved"): Rule(by_job=True)})
    root = person(factories.UserFactory(is_superuser=True))
    claim = factories.ClaimFactory()
    with pytest.raises(NotAllowed):
        move(claim, "shelved", table=table, actor=root)
    assert move(claim, "shelved", table=table, actor=job("sweep")).stage == "shelved"


def test_somebody_who_left_the_desk_may_do_nothing(editor):
    editor.is_active = False
    editor.save()
    with pytest.raises(NotAllowed):
        take(ready("quote", "candidate"), "quote", "accepted", person(editor))


def test_a_step_may_be_narrowed_to_the_state_it_starts_from(actors):
    row = ready("claim", "new")
    with pytest.raises(InvalidTransition):
        take(row, "claim", "researching", actors["editor"], only_from=("shelved",))
    moved = take(row, "claim", "researching", actors["editor"], only_from=("new", "shelved"))
    assert moved.stage == "researching"


def test_a_table_with_a_rule_too_many_or_too_few_does_not_load():
    moves = frozenset({("a", "b"), ("b", "a")})
    for rules in ({("a", "b"): Rule()}, dict.fromkeys([*moves, ("a", "c")], Rule())):
        with pytest.raises(ValueError, match="rules and moves differ"):
            check_complete(Table(field="stage", target="claim", rules=rules), moves)


def test_an_actor_is_either_a_person_or_a_job():
    with pytest.raises(ValueError, match="either"):
        Actor()
    with pytest.raises(ValueError, match="either"):
        Actor(user=factories.UserFactory(), job="rules-1")
