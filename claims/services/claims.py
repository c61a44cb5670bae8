"""A claim's way from new to published, and back when the desk was wrong."""

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from claims.choices import EventType, NotificationKind, VerdictStatus
from claims.extraction.quantities import as_json, find_quantities
from claims.models import Claim, Decision, Verdict
from claims.services import approvals, notifications, outbox
from claims.services.actors import Actor, people_who_may
from claims.services.claim_rules import (
    APPROVE,
    CLAIM_TABLE,
    IN_REVIEW,
    NEW,
    PUBLISHED,
    RESEARCH,
    RESEARCHING,
    SHELVED,
    VERDICT_TABLE,
    draft_of,
    public_verdict,
)
from claims.services.errors import InvalidTransition, NotReady
from claims.services.locking import lock
from claims.services.transitions import move

CREATE = "claims.add_claim"


@transaction.atomic
def create_claim(*, text: str, actor: Actor, assignee: User | None = None) -> Claim:
    """Make a claim of one sentence that stands alone. What it counts is read from it."""
    actor.require(CREATE)
    if not text.strip():
        raise NotReady(["the claim needs a sentence of its own"])
    text = " ".join(text.split())
    claim = Claim.objects.create(
        text=text,
        quantities=[as_json(quantity) for quantity in find_quantities(text)],
        created_by=actor.user,
    )
    Decision.objects.create(
        claim=claim, actor=actor.user, job=actor.job, from_state="", to_state=claim.stage
    )
    outbox.emit(EventType.CLAIM_CREATED, claim)
    return _hand_to(claim, assignee, actor=actor) if assignee is not None else claim


@transaction.atomic
def assign(
    claim: Claim, *, actor: Actor, assignee: User | None, expected_version: int | None = None
) -> Claim:
    """Give the claim to somebody who may research it, or to nobody; they are told."""
    actor.require(RESEARCH)
    claim = lock(claim, expected_version=expected_version)
    if claim.assignee_id == (assignee.pk if assignee else None):
        return claim
    return _hand_to(claim, assignee, actor=actor)


def researchers() -> QuerySet[User]:
    """Everybody whom a claim can be given to."""
    return people_who_may(RESEARCH)


def start_research(claim: Claim, *, actor: Actor, expected_version: int | None = None) -> Claim:
    """Take up a new claim, or one from the shelf."""
    return move(
        claim,
        RESEARCHING,
        table=CLAIM_TABLE,
        actor=actor,
        only_from=(NEW, SHELVED),
        expected_version=expected_version,
    )


@transaction.atomic
def submit(claim: Claim, *, actor: Actor, expected_version: int | None = None) -> Claim:
    """Hand the drafted verdict to somebody else for approval; those who may are told."""
    claim = move(
        claim, IN_REVIEW, table=CLAIM_TABLE, actor=actor, expected_version=expected_version
    )
    draft = claim.verdicts.get(status=VerdictStatus.DRAFT)
    approvers = people_who_may(APPROVE, superusers=False)
    notifications.notify(
        approvers.exclude(pk__in=approvals.writers_of(draft)),
        kind=NotificationKind.APPROVAL,
        text=f"{notifications.name_of(actor)} submitted a verdict for approval.",
        claim=claim,
        actor=actor,
    )
    outbox.emit(EventType.CLAIM_SUBMITTED, claim, draft)
    return claim


@transaction.atomic
def send_back(
    claim: Claim, *, actor: Actor, comment: str, expected_version: int | None = None
) -> Claim:
    """Return a submitted claim to its researcher, saying why; whoever worked on it is told."""
    claim = move(
        claim,
        RESEARCHING,
        table=CLAIM_TABLE,
        actor=actor,
        comment=comment,
        only_from=(IN_REVIEW,),
        expected_version=expected_version,
    )
    draft = draft_of(claim)
    workers = {claim.assignee_id, *(approvals.writers_of(draft) if draft else ())}
    notifications.notify(
        User.objects.filter(pk__in=workers - {None}),
        kind=NotificationKind.RETURNED,
        text=f"{notifications.name_of(actor)} returned a claim: {comment.strip()}",
        claim=claim,
        actor=actor,
    )
    outbox.emit(EventType.CLAIM_RETURNED, claim)
    return claim


def shelve(
    claim: Claim, *, actor: Actor, comment: str, expected_version: int | None = None
) -> Claim:
    """Put a claim aside, saying why."""
    return move(
        claim,
        SHELVED,
        table=CLAIM_TABLE,
        actor=actor,
        comment=comment,
        expected_version=expected_version,
    )


@transaction.atomic
def publish(
    claim: Claim, *, actor: Actor, comment: str = "", expected_version: int | None = None
) -> Verdict:
    """Approve the drafted verdict and publish it; the one before it stays readable.

    The approval is recorded with it. Refused as long as other approvals are missing or an
    embargo runs: `publishing.approve` keeps the approval for then.
    """
    user = actor.require(APPROVE)
    claim = lock(claim, expected_version=expected_version)
    draft = draft_of(claim)
    if claim.stage == IN_REVIEW and draft is not None and not approvals.hindrances(draft, user):
        approvals.judge(draft, user, agrees=True, verdict_version=None)
    claim = move(
        claim, PUBLISHED, table=CLAIM_TABLE, actor=actor, comment=comment, only_from=(IN_REVIEW,)
    )
    draft = claim.verdicts.get(status=VerdictStatus.DRAFT)
    for former in claim.verdicts.filter(status=VerdictStatus.PUBLISHED):
        move(former, VerdictStatus.SUPERSEDED.value, table=VERDICT_TABLE, actor=actor)
    published = move(
        draft,
        VerdictStatus.PUBLISHED.value,
        table=VERDICT_TABLE,
        actor=actor,
        comment=comment,
        changes={"approver": actor.user, "published_at": timezone.now()},
    )
    corrects = published.number > 1
    told = EventType.VERDICT_CORRECTED if corrects else EventType.VERDICT_PUBLISHED
    outbox.emit(EventType.CLAIM_PUBLISHED, claim, published)
    outbox.emit(told, published, claim, claim=claim)
    return published


def reopen(
    claim: Claim, *, actor: Actor, comment: str, expected_version: int | None = None
) -> Claim:
    """Research a published claim again. Its verdict stays public until a correction replaces it."""
    return move(
        claim,
        RESEARCHING,
        table=CLAIM_TABLE,
        actor=actor,
        comment=comment,
        only_from=(PUBLISHED,),
        expected_version=expected_version,
    )


def let_stand(
    claim: Claim, *, actor: Actor, comment: str, expected_version: int | None = None
) -> Claim:
    """End the new research of a reopened claim: its public verdict was right. A draft is kept."""
    return move(
        claim,
        PUBLISHED,
        table=CLAIM_TABLE,
        actor=actor,
        comment=comment,
        only_from=(RESEARCHING,),
        expected_version=expected_version,
    )


@transaction.atomic
def retract(
    claim: Claim, *, actor: Actor, comment: str, expected_version: int | None = None
) -> Verdict:
    """Take the published verdict back. It stays readable, marked as retracted.

    A published claim is researched again; one that already is (reopened, or with a
    correction in review) stays where it is.
    """
    claim = lock(claim, expected_version=expected_version)
    published = public_verdict(claim)
    if published is None:
        raise InvalidTransition("This claim has no published verdict to take back.")
    if claim.stage == PUBLISHED:
        reopen(claim, actor=actor, comment=comment)
    retracted = move(
        published,
        VerdictStatus.RETRACTED.value,
        table=VERDICT_TABLE,
        actor=actor,
        comment=comment,
    )
    outbox.emit(EventType.VERDICT_RETRACTED, retracted, claim, claim=claim)
    return retracted


def _hand_to(claim: Claim, assignee: User | None, *, actor: Actor) -> Claim:
    if assignee is not None and not (assignee.is_active and assignee.has_perm(RESEARCH)):
        raise NotReady([f"somebody who may research is needed, and {assignee} may not"])
    claim.assignee = assignee
    claim.save(update_fields=["assignee", "updated_at"])
    claim.refresh_from_db(fields=["version"])
    notifications.notify(
        [assignee] if assignee is not None else [],
        kind=NotificationKind.ASSIGNED,
        text=f"{notifications.name_of(actor)} assigned a claim to you.",
        claim=claim,
        actor=actor,
    )
    outbox.emit(EventType.CLAIM_ASSIGNED, claim, facts={"assignee": claim.assignee_id})
    return claim
