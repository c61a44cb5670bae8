"""What waits at the desk, and for whom: the lists and counts of the home page.

Counts end at COUNTED and ages come from the ends of indexes, so that the page costs the same
at a million quotes as at a hundred.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Exists, F, OuterRef, QuerySet, Subquery
from django.utils.timezone import localdate

from claims.choices import ClaimStage, QuoteStatus, VerdictStatus
from claims.models import Approval, Claim, Decision, Quote, Verdict, VerdictWriter
from claims.selectors.visibility import visible_claims

COUNTED = 1000
"""Counts go no further: nobody reads more digits, and counting is not free."""

APPROVE = "claims.approve_verdict"
OPEN_STAGES = (ClaimStage.NEW, ClaimStage.RESEARCHING, ClaimStage.IN_REVIEW)


@dataclass(frozen=True, slots=True)
class Waiting:
    """How much waits, up to COUNTED, and since when the first of it does."""

    count: int
    since: datetime | None


def waiting_candidates() -> Waiting:
    """The queue of candidates, by when they were found. Two queries."""
    queue = Quote.objects.filter(status=QuoteStatus.CANDIDATE, copy_of=None).order_by("pk")
    return _waiting(queue)


def waiting_claims(user: User) -> dict[ClaimStage, Waiting]:
    """The claims of each open stage, by when they were made. Two queries a stage."""
    claims = visible_claims(user).order_by("pk")
    return {stage: _waiting(claims.filter(stage=stage)) for stage in OPEN_STAGES}


def _waiting(rows: QuerySet[Any]) -> Waiting:
    first = rows.values_list("created_at", flat=True).first()
    return Waiting(rows.order_by()[:COUNTED].count() if first else 0, first)


def mine(user: User) -> QuerySet[Claim]:
    """The unfinished claims assigned to ``user``, the last touched first."""
    assigned = visible_claims(user).filter(assignee=user.pk, stage__in=OPEN_STAGES)
    return assigned.order_by("-updated_at", "-pk")


def returned_to(user: User) -> QuerySet[Claim]:
    """Claims of ``user`` that came back from review, with ``returned_at`` and ``why``.

    Of their newest COUNTED claims and COUNTED drafts: nobody has as many in hand.
    """
    last = Decision.objects.filter(claim=OuterRef("pk")).order_by("-pk")
    drafts = Verdict.objects.filter(author=user.pk, status=VerdictStatus.DRAFT)
    assigned = Claim.objects.filter(assignee=user.pk, stage=ClaimStage.RESEARCHING)
    # A union and no "or", so that both begin at an index and not at every claim in research.
    own = assigned.order_by("-pk").values("pk")[:COUNTED]
    own = own.union(drafts.order_by("-pk").values("claim")[:COUNTED])
    return (
        visible_claims(user)
        .filter(pk__in=own, stage=ClaimStage.RESEARCHING)
        .annotate(
            came_from=Subquery(last.values("from_state")[:1]),
            returned_at=Subquery(last.values("at")[:1]),
            why=Subquery(last.values("comment")[:1]),
        )
        .filter(came_from=ClaimStage.IN_REVIEW)
        .order_by("-returned_at")
    )


def awaiting_approval_of(user: User) -> QuerySet[Claim]:
    """Claims in review that ``user`` may judge and has not judged as they stand, oldest first."""
    if not user.has_perm(APPROVE):
        return Claim.objects.none()
    draft = Verdict.objects.filter(claim=OuterRef("pk"), status=VerdictStatus.DRAFT)
    wrote = VerdictWriter.objects.filter(
        verdict__claim=OuterRef("pk"), verdict__status=VerdictStatus.DRAFT, user=user.pk
    )
    judged = Approval.objects.filter(
        verdict__claim=OuterRef("pk"),
        verdict__status=VerdictStatus.DRAFT,
        verdict_version=F("verdict__version"),
        user=user.pk,
    )
    return (
        visible_claims(user)
        .filter(Exists(draft.exclude(author=user.pk)), stage=ClaimStage.IN_REVIEW)
        .exclude(Exists(wrote))
        .exclude(Exists(judged))
        .order_by("pk")  # as the index has them: the first few are found without the rest
    )


def due_for_recheck(user: User) -> QuerySet[Claim]:
    """Published claims whose verdict should be looked at again by now, the most overdue first."""
    due = visible_claims(user).filter(recheck_by__lte=localdate(), stage=ClaimStage.PUBLISHED)
    return due.order_by("recheck_by", "pk")
