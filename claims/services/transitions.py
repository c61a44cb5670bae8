"""The one door through which a status changes.

``move`` looks the step up in the table of its kind of row, asks whether the actor may
and whether the row is ready, changes the one field, and writes the decision, all in
one transaction with the row locked. Which steps exist at all is said in
``claims.choices``, where the database's own triggers read it too.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, TypeVar

from django.db import transaction

from claims.models import Claim, Decision, Quote, Verdict
from claims.services.actors import Actor
from claims.services.errors import InvalidTransition, NotReady
from claims.services.locking import lock

Row = TypeVar("Row", Quote, Claim, Verdict)


@dataclass(frozen=True, slots=True)
class Rule:
    """Who may make a step, and what it needs."""

    permission: str = ""
    """The permission that a person needs; empty: people do not make this step."""
    by_job: bool = False
    """Whether a job may make it."""
    needs_reason: bool = False
    needs_comment: bool = False
    missing: Callable[..., list[str]] = lambda row, actor: []
    """``missing(row, actor)``: what the row still lacks, one phrase each."""


Rules = Mapping[tuple[str, str], Rule]


@dataclass(frozen=True, slots=True)
class Table:
    """All steps of one kind of row."""

    field: str
    target: str
    """The name of the decision's foreign key to this kind of row."""
    rules: Rules


def check_complete(table: Table, moves: frozenset[tuple[str, str]]) -> Table:
    """Return ``table``; ValueError unless it has a rule for each of ``moves`` and no other."""
    if set(table.rules) != set(moves):
        raise ValueError(f"rules and moves differ: {set(table.rules) ^ set(moves)}")
    return table


@transaction.atomic
def move(
    row: Row,
    to: str,
    *,
    table: Table,
    actor: Actor,
    reason_code: str = "",
    comment: str = "",
    changes: Mapping[str, Any] = MappingProxyType({}),
    only_from: Collection[str] = (),
    expected_version: int | None = None,
) -> Row:
    """Take ``row`` to the state ``to`` and return it, locked until the transaction ends.

    ``changes`` are fields that change with the step, in the same statement. ``only_from``
    narrows the step down to these states of the locked row, where several lead to ``to``;
    what the caller's own copy of the row says may be out of date.

    Raises InvalidTransition, NotAllowed, NotReady or StaleRow; then nothing has changed.
    """
    row = lock(row, expected_version=expected_version)
    before = getattr(row, table.field)
    rule = table.rules.get((before, to))
    if rule is None or (only_from and before not in only_from):
        raise InvalidTransition(
            f"This {row._meta.verbose_name} is {_label(row, table.field, before)} "
            f"and cannot become {_label(row, table.field, to)}."
        )
    if not (rule.by_job and actor.job):
        actor.require(rule.permission)
    lacking = list(rule.missing(row, actor))
    if rule.needs_reason and not reason_code:
        lacking.append("a reason is needed")
    if rule.needs_comment and not comment.strip():
        lacking.append("a comment is needed")
    if lacking:
        raise NotReady(lacking)
    for field, value in {**changes, table.field: to}.items():
        setattr(row, field, value)
    row.save(update_fields=[*changes, table.field, "updated_at"])
    row.refresh_from_db(fields=["version"])
    Decision.objects.create(
        **{table.target: row},
        actor=actor.user,
        job=actor.job,
        from_state=before,
        to_state=to,
        reason_code=reason_code,
        comment=comment.strip(),
    )
    return row


def _label(row: Quote | Claim | Verdict, field: str, value: str) -> str:
    choices = row._meta.get_field(field).flatchoices  # type: ignore[union-attr]
    return str(dict(choices).get(value, value)).lower()
