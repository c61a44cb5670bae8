"""Which steps a claim and its verdict may take, who may take them, and what each one needs."""

from django.utils import timezone

from claims.choices import CLAIM_MOVES, VERDICT_MOVES, ClaimStage, VerdictStatus
from claims.models import Claim, Verdict
from claims.services import approvals
from claims.services.actors import Actor
from claims.services.transitions import Rule, Table, check_complete

RESEARCH = "claims.research_claim"
APPROVE = approvals.APPROVE

NEW, RESEARCHING, IN_REVIEW, PUBLISHED, SHELVED = (stage.value for stage in ClaimStage)


def draft_of(claim: Claim) -> Verdict | None:
    """The verdict in work, if there is one."""
    return claim.verdicts.filter(status=VerdictStatus.DRAFT).first()


def public_verdict(claim: Claim) -> Verdict | None:
    """What readers see now, if anything."""
    return claim.verdicts.filter(status=VerdictStatus.PUBLISHED).first()


def is_embargoed(claim: Claim) -> bool:
    """Whether nothing of the claim may be public yet."""
    return claim.embargo_until is not None and claim.embargo_until > timezone.now()


def missing_for_review(claim: Claim, actor: Actor) -> list[str]:
    """What a claim lacks before somebody else can judge it."""
    draft = draft_of(claim)
    lacking = []
    if draft is None or draft.rating_id is None:
        lacking.append("a rating is needed")
    if draft is None or not draft.summary.strip():
        lacking.append("a summary is needed")
    if draft is not None and draft.number > 1 and not draft.correction_note.strip():
        lacking.append("a public note on what is corrected is needed")
    if not claim.evidence.exists():
        lacking.append("at least one piece of evidence is needed")
    return lacking


def missing_for_approval(claim: Claim, actor: Actor) -> list[str]:
    """What a claim lacks before ``actor`` can approve it; the embargo does not stand in the way."""
    draft = draft_of(claim)
    lacking = missing_for_review(claim, actor)
    if draft is not None and actor.user is not None:
        lacking += approvals.hindrances(draft, actor.user)
    return lacking


def missing_for_publication(claim: Claim, actor: Actor) -> list[str]:
    """The same, everybody's approval, and the end of the embargo."""
    draft = draft_of(claim)
    lacking = missing_for_approval(claim, actor)
    if draft is not None and not lacking:
        lacking += approvals.still_needed(draft)
    if is_embargoed(claim):
        lacking.append(f"the embargo ends at {claim.embargo_until:%H:%M on %d %B %Y}")
    return lacking


def missing_for_the_shelf(claim: Claim, actor: Actor) -> list[str]:
    """Nothing that readers see is put aside."""
    if public_verdict(claim) is None:
        return []
    return ["its verdict is public and must be retracted first"]


def missing_to_let_stand(claim: Claim, actor: Actor) -> list[str]:
    """A reopened claim goes back to what readers see, if they see anything."""
    return [] if public_verdict(claim) else ["it has no public verdict that could stand"]


CLAIM_TABLE = check_complete(
    Table(
        field="stage",
        target="claim",
        rules={
            (NEW, RESEARCHING): Rule(permission=RESEARCH),
            # A job: triage takes back the making of a claim (services.triage.undo).
            (NEW, SHELVED): Rule(permission=RESEARCH, by_job=True, needs_comment=True),
            (RESEARCHING, SHELVED): Rule(
                permission=RESEARCH, needs_comment=True, missing=missing_for_the_shelf
            ),
            (SHELVED, RESEARCHING): Rule(permission=RESEARCH),
            (RESEARCHING, IN_REVIEW): Rule(permission=RESEARCH, missing=missing_for_review),
            (RESEARCHING, PUBLISHED): Rule(
                permission=APPROVE, needs_comment=True, missing=missing_to_let_stand
            ),
            (IN_REVIEW, RESEARCHING): Rule(permission=APPROVE, needs_comment=True),
            (IN_REVIEW, PUBLISHED): Rule(permission=APPROVE, missing=missing_for_publication),
            (PUBLISHED, RESEARCHING): Rule(permission=APPROVE, needs_comment=True),
        },
    ),
    CLAIM_MOVES,
)
VERDICT_TABLE = check_complete(
    Table(
        field="status",
        target="verdict",
        rules={
            (VerdictStatus.DRAFT.value, VerdictStatus.PUBLISHED.value): Rule(permission=APPROVE),
            (VerdictStatus.PUBLISHED.value, VerdictStatus.SUPERSEDED.value): Rule(
                permission=APPROVE
            ),
            (VerdictStatus.PUBLISHED.value, VerdictStatus.RETRACTED.value): Rule(
                permission=APPROVE, needs_comment=True
            ),
        },
    ),
    VERDICT_MOVES,
)
