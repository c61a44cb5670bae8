"""Approving and publishing: when the last approval is there and no embargo runs.

Under an embargo the approval is kept and the claim stays in review. Once the embargo has ended,
`publish_due` publishes it in the name of the last of those who approved.
"""

import structlog
from django.conf import settings
from django.db import transaction
from django.db.models import Count, F, Q
from django.utils import timezone

from claims.choices import VerdictStatus
from claims.models import Claim, Verdict
from claims.services import approvals
from claims.services.actors import Actor, person
from claims.services.claim_rules import (
    APPROVE,
    IN_REVIEW,
    draft_of,
    missing_for_approval,
    missing_for_publication,
)
from claims.services.claims import publish
from claims.services.errors import DeskError, InvalidTransition, NotReady
from claims.services.locking import lock

log = structlog.get_logger(__name__)


@transaction.atomic
def approve(
    claim: Claim,
    *,
    actor: Actor,
    comment: str = "",
    verdict_version: int | None = None,
    expected_version: int | None = None,
) -> Verdict:
    """Agree to the drafted verdict; it is published if nothing else is missing.

    Returns the verdict: still a draft when it waits for others or for the end of an embargo.
    ``verdict_version`` is the version of the draft that was read. Raises DeskError when refused.
    """
    user = actor.require(APPROVE)
    claim, draft = _in_review(claim, expected_version=expected_version)
    lacking = missing_for_approval(claim, actor)
    if lacking:
        raise NotReady(lacking)
    approvals.judge(draft, user, agrees=True, comment=comment, verdict_version=verdict_version)
    if not missing_for_publication(claim, actor):
        return publish(claim, actor=actor)
    return draft


@transaction.atomic
def dissent(
    claim: Claim,
    *,
    actor: Actor,
    comment: str,
    verdict_version: int | None = None,
    expected_version: int | None = None,
) -> Verdict:
    """Put on record that one does not agree, and why. It stops nobody else from approving."""
    user = actor.require(APPROVE)
    _, draft = _in_review(claim, expected_version=expected_version)
    approvals.judge(draft, user, agrees=False, comment=comment, verdict_version=verdict_version)
    return draft


def due_publications() -> list[int]:
    """The claims whose embargo has ended and whose verdict has been approved, by their keys."""
    this_version = Q(
        verdicts__approvals__agrees=True,
        verdicts__approvals__verdict_version=F("verdicts__version"),
        verdicts__status=VerdictStatus.DRAFT,
    )
    approved = (
        Claim.objects.filter(stage=IN_REVIEW, embargo_until__lte=timezone.now())
        .annotate(agreed=Count("verdicts__approvals", filter=this_version))
        .filter(agreed__gte=max(1, settings.APPROVALS_NEEDED))
        .order_by("embargo_until", "pk")
    )
    return list(approved.values_list("pk", flat=True))


@transaction.atomic
def publish_due(claim_id: int) -> Verdict | None:
    """Publish one of `due_publications` in its approver's name; None when it is no longer due."""
    claim = Claim.objects.select_for_update().get(pk=claim_id)
    draft = draft_of(claim)
    if claim.stage != IN_REVIEW or draft is None:
        return None
    agreed = approvals.agreements(draft)
    if not agreed:
        log.warning("publication_without_approver", claim=claim_id)
        return None
    try:
        return publish(
            claim, actor=person(agreed[-1].user), comment="Published when the embargo ended."
        )
    except DeskError as refusal:
        log.warning("publication_refused", claim=claim_id, reason=str(refusal))
        return None


def _in_review(claim: Claim, *, expected_version: int | None) -> tuple[Claim, Verdict]:
    """The locked claim and its draft; InvalidTransition when nothing waits for approval."""
    claim = lock(claim, expected_version=expected_version)
    draft = draft_of(claim)
    if claim.stage != IN_REVIEW or draft is None:
        raise InvalidTransition("Nothing of this claim waits for approval.")
    return claim, draft
