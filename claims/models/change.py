"""The change feed: a line for each change of each row that the API shows.

Statement triggers write it, so that bulk updates, COPY and raw SQL are in it too, in the
transaction of what they tell. `selectors.changes` reads it (docs/decisions/0025).
"""

import uuid
from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils import timezone

from claims.choices import ChangeKind
from claims.models.base import append_only, one_of

ModelClass = TypeVar("ModelClass", bound=type[models.Model])

# What stands around every way into the feed. The id is taken here, while the statement holds
# the locks of the rows it changed: for one row the order of ids is the order of commits.
NOTED = """
    INSERT INTO claims_change (resource, object_id, kind, at, xid)
    SELECT resource, object_id, kind, clock_timestamp(), pg_current_xact_id()::text::bigint
    FROM ({rows}) AS noted (resource, object_id, kind) ORDER BY object_id
"""

ONE_KIND = "SELECT DISTINCT '{resource}', k.key, '{kind}' FROM ({keys}) AS k (key)"
CAME = "SELECT {of} FROM new_values"
WENT = "SELECT {of} FROM old_values"
CHANGED = """
    SELECT unnest(ARRAY[old_values.{of}, new_values.{of}])
    FROM old_values JOIN new_values USING (id) WHERE {unlike}
"""
# Claims of which others may know than before.
SHOWN = """
    SELECT new_values.id FROM old_values JOIN new_values USING (id)
    WHERE {unlike} AND coalesce(old_values.embargo_until, new_values.embargo_until) IS NOT NULL
"""

# What hangs on claims that more people may see than before: to them it is all new.
SHOWN_WITH = """
    SELECT 'appearances', r.id, 'updated' FROM claims_appearance r WHERE r.claim_id IN ({claims})
    UNION ALL
    SELECT 'claim-links', r.id, 'updated' FROM claims_claimlink r
    WHERE r.from_claim_id IN ({claims}) OR r.to_claim_id IN ({claims})
    UNION ALL
    SELECT 'evidence', r.id, 'updated' FROM claims_evidence r WHERE r.claim_id IN ({claims})
    UNION ALL
    SELECT 'verdicts', r.id, 'updated' FROM claims_verdict r WHERE r.claim_id IN ({claims})
    UNION ALL
    SELECT 'decisions', r.id, 'updated' FROM claims_decision r
    WHERE r.claim_id IN ({claims})
       OR r.verdict_id IN (SELECT v.id FROM claims_verdict v WHERE v.claim_id IN ({claims}))
"""


class Change(models.Model):
    """One change of one row of the record. It never changes itself."""

    resource = models.CharField(max_length=30, help_text="What the API calls such rows.")
    object_id = models.BigIntegerField()
    kind = models.CharField(max_length=7, choices=ChangeKind.choices)
    at = models.DateTimeField(default=timezone.now)
    xid = models.BigIntegerField(
        default=1, help_text="The transaction that made it; 1 for what a backup brought."
    )

    class Meta:
        ordering = ["pk"]
        default_permissions = ()
        # A reader that has caught up asks what transactions older than its last look have left.
        indexes = [models.Index(fields=["xid", "id"], name="change_by_transaction")]
        constraints = [one_of("kind", ChangeKind, name="change_kind_known")]
        triggers = [append_only()]

    def __str__(self) -> str:
        return f"{self.resource} {self.object_id} {self.kind}"


class ChangeEpoch(models.Model):
    """The one row that says which life of the database the feed's cursors belong to.

    A restored backup counts transactions anew, so that older cursors mean nothing to it.
    """

    epoch = models.UUIDField(default=uuid.uuid4)
    embargoes_told_until = models.DateTimeField(
        default=timezone.now, help_text="Embargoes that ended before are in the feed."
    )

    class Meta:
        default_permissions = ()
        constraints = [models.CheckConstraint(name="change_epoch_one_row", condition=Q(id=1))]

    def __str__(self) -> str:
        return str(self.epoch)


OLD = pgtrigger.Referencing(old="old_values")  # type: ignore[no-untyped-call]
NEW = pgtrigger.Referencing(new="new_values")  # type: ignore[no-untyped-call]
BOTH = pgtrigger.Referencing(  # type: ignore[no-untyped-call]
    old="old_values", new="new_values"
)


def announced(
    resource: str, *, of: str = "id", exclude: Iterable[str] = ()
) -> Callable[[ModelClass], ModelClass]:
    """Write a change of ``resource`` for every row of the model that comes, changes or goes.

    ``of``: the column with the key of ``resource``, for rows that are shown as a part of it:
    whatever becomes of them, it is updated. An update that leaves all columns but ``exclude``
    as they were is none.
    """

    def decorate(model: ModelClass) -> ModelClass:
        told = [f.column for f in model._meta.concrete_fields if f.name not in set(exclude)]
        whole = of == "id"
        for name, operation, referencing, rows, kind in (
            ("announce_insert", pgtrigger.Insert, NEW, CAME, "created" if whole else "updated"),
            ("announce_update", pgtrigger.Update, BOTH, CHANGED, "updated"),
            ("announce_delete", pgtrigger.Delete, OLD, WENT, "deleted" if whole else "updated"),
        ):
            keys = rows.format(of=of, unlike=_unlike(told))
            noted = ONE_KIND.format(resource=resource, kind=kind, keys=keys)
            _register(model, name, operation, referencing, noted)
        return model

    return decorate


def announces_what_it_shows(model: ModelClass) -> ModelClass:
    """For claims: whoever may see one now, and could not before, may see what hangs on it."""
    shown = SHOWN.format(unlike=_unlike(["embargo_until", "assignee_id", "created_by_id"]))
    return _register(
        model, "announce_shown", pgtrigger.Update, BOTH, SHOWN_WITH.format(claims=shown)
    )


def _unlike(columns: Sequence[str | None]) -> str:
    """SQL: whether the old row and the new one differ in any of ``columns``."""
    old, new = (
        ", ".join(f'{row}."{column}"' for column in columns) for row in ("old_values", "new_values")
    )
    return f"({old}) IS DISTINCT FROM ({new})"


def _register(
    model: ModelClass, name: str, operation: Any, referencing: pgtrigger.Referencing, rows: str
) -> ModelClass:
    trigger = pgtrigger.Trigger(
        name=name,
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=operation,
        referencing=referencing,
        func=f"{NOTED.format(rows=rows)}; RETURN NULL;",
    )
    return pgtrigger.register(trigger)(model)  # type: ignore[no-any-return]
