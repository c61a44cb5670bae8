"""A claim's way from new to published, and back when the desk was wrong."""

from django.db import transaction
from django.utils import timezone

from claims.choices import CLAIM_MOVES, VERDICT_MOVES, ClaimStage, VerdictStatus
from claims.extraction.quantities import as_json, find_quantities
from claims.models import Claim, Decision, Verdict
from claims.services.actors import Actor
from claims.services.errors import InvalidTransition, NotReady
from claims.services.locking import lock
from claims.services.transitions import Rule, Table, check_complete, move

CREATE = "claims.add_claim"
RESEARCH = "claims.research_claim"
APPROVE = "claims.approve_verdict"

NEW, RESEARCHING, IN_REVIEW, PUBLISHED, SHELVED = (stage.value for stage in ClaimStage)


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


def missing_for_publication(claim: Claim, actor: Actor) -> list[str]:
    """The same, and somebody other than the author to approve it."""
    draft = draft_of(claim)
    lacking = missing_for_review(claim, actor)
    if draft is not None and actor.user is not None and draft.author_id == actor.user.pk:
        lacking.append("somebody other than the author must approve it")
    if claim.embargo_until is not None and claim.embargo_until > timezone.now():
        lacking.append(f"the embargo ends at {claim.embargo_until:%H:%M on %d %B %Y}")
    return lacking


CLAIM_TABLE = check_complete(
    Table(
        field="stage",
        target="claim",
        rules={
            (NEW, RESEARCHING): Rule(permission=RESEARCH),
            # A job: triage takes back the making of a claim (services.triage.undo).
            (NEW, SHELVED): Rule(permission=RESEARCH, by_job=True, needs_comment=True),
            (RESEARCHING, SHELVED): Rule(permission=RESEARCH, needs_comment=True),
            (SHELVED, RESEARCHING): Rule(permission=RESEARCH),
            (RESEARCHING, IN_REVIEW): Rule(permission=RESEARCH, missing=missing_for_review),
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


@transaction.atomic
def create_claim(*, text: str, actor: Actor) -> Claim:
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
    return claim


def draft_of(claim: Claim) -> Verdict | None:
    """The verdict in work, if there is one."""
    return claim.verdicts.filter(status=VerdictStatus.DRAFT).first()


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


def submit(claim: Claim, *, actor: Actor, expected_version: int | None = None) -> Claim:
    """Hand the drafted verdict to somebody else for approval."""
    return move(claim, IN_REVIEW, table=CLAIM_TABLE, actor=actor, expected_version=expected_version)


def send_back(
    claim: Claim, *, actor: Actor, comment: str, expected_version: int | None = None
) -> Claim:
    """Return a submitted claim to its researcher, saying why."""
    return move(
        claim,
        RESEARCHING,
        table=CLAIM_TABLE,
        actor=actor,
        comment=comment,
        only_from=(IN_REVIEW,),
        expected_version=expected_version,
    )


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
def publish(claim: Claim, *, actor: Actor, expected_version: int | None = None) -> Verdict:
    """Approve the drafted verdict and publish it; the one before it stays readable."""
    claim = move(
        claim, PUBLISHED, table=CLAIM_TABLE, actor=actor, expected_version=expected_version
    )
    draft = claim.verdicts.get(status=VerdictStatus.DRAFT)
    for former in claim.verdicts.filter(status=VerdictStatus.PUBLISHED):
        move(former, VerdictStatus.SUPERSEDED.value, table=VERDICT_TABLE, actor=actor)
    return move(
        draft,
        VerdictStatus.PUBLISHED.value,
        table=VERDICT_TABLE,
        actor=actor,
        changes={"approver": actor.user, "published_at": timezone.now()},
    )


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


@transaction.atomic
def retract(
    claim: Claim, *, actor: Actor, comment: str, expected_version: int | None = None
) -> Verdict:
    """Take the published verdict back. It stays readable, marked as retracted.

    A published claim is researched again; one that already is (reopened, or with a
    correction in review) stays where it is.
    """
    claim = lock(claim, expected_version=expected_version)
    published = claim.verdicts.filter(status=VerdictStatus.PUBLISHED).first()
    if published is None:
        raise InvalidTransition("This claim has no published verdict to take back.")
    if claim.stage == PUBLISHED:
        reopen(claim, actor=actor, comment=comment)
    return move(
        published,
        VerdictStatus.RETRACTED.value,
        table=VERDICT_TABLE,
        actor=actor,
        comment=comment,
    )
