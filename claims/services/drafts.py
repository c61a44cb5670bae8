"""The verdict in work: begun, written, and who wrote on it."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from claims.choices import VerdictStatus
from claims.models import Claim, Verdict, VerdictWriter
from claims.services.actors import Actor
from claims.services.claim_rules import RESEARCH, RESEARCHING, draft_of
from claims.services.errors import InvalidTransition
from claims.services.locking import lock

WRITTEN = frozenset({"rating", "summary", "explanation", "valid_as_of", "correction_note"})


@transaction.atomic
def start_draft(claim: Claim, *, actor: Actor) -> Verdict:
    """The verdict in work; a new version of the desk's answer is begun where there is none."""
    author = actor.require(RESEARCH)
    locked = Claim.objects.select_for_update().get(pk=claim.pk)
    if locked.stage != RESEARCHING:
        raise InvalidTransition("A verdict is drafted while the claim is being researched.")
    draft = draft_of(locked)
    if draft is not None:
        return draft
    last = locked.verdicts.order_by("-number").first()
    return Verdict.objects.create(
        claim=locked, number=last.number + 1 if last else 1, author=author
    )


@transaction.atomic
def save_draft(
    draft: Verdict,
    *,
    actor: Actor,
    changes: Mapping[str, Any],
    expected_version: int | None = None,
) -> Verdict:
    """Write ``changes`` (fields of WRITTEN) on the draft; whoever does it cannot approve it.

    Raises InvalidTransition for a verdict that is no draft, or whose claim is in review.
    """
    writer = actor.require(RESEARCH)
    unknown = set(changes) - WRITTEN
    if unknown:
        raise ValueError(f"not written on a draft: {sorted(unknown)}")
    draft = lock(draft, expected_version=expected_version)
    # Read, not locked: the claim's moves lock the claim first, and would wait for each other.
    stage = Claim.objects.values_list("stage", flat=True).get(pk=draft.claim_id)
    if draft.status != VerdictStatus.DRAFT or stage != RESEARCHING:
        raise InvalidTransition("A verdict is written while the claim is being researched.")
    if not changes:
        return draft
    for field, value in changes.items():
        setattr(draft, field, value)
    draft.save(update_fields=[*changes, "updated_at"])
    draft.refresh_from_db(fields=["version"])
    if writer.pk != draft.author_id:
        VerdictWriter.objects.get_or_create(verdict=draft, user=writer)
    return draft
