"""The moves of a claim that are open to a person, and what each still lacks."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from django.conf import settings
from django.contrib.auth.models import User
from django.utils.timezone import localtime

from claims.choices import ClaimStage, VerdictStatus
from claims.models import Approval, Claim, Verdict
from claims.services import approvals, claim_rules, publishing
from claims.services import claims as claim_service
from claims.services.actors import person

NEW, RESEARCHING, IN_REVIEW = ClaimStage.NEW, ClaimStage.RESEARCHING, ClaimStage.IN_REVIEW
PUBLISHED, SHELVED = ClaimStage.PUBLISHED, ClaimStage.SHELVED


@dataclass(frozen=True, slots=True)
class Situation:
    """A claim as it stands before somebody who might move it."""

    claim: Claim
    user: User
    draft: Verdict | None
    public: Verdict | None
    agreed: list[Approval]
    """The approvals of the draft that count."""
    judged: Approval | None
    """What this person said of the draft."""

    @classmethod
    def of(cls, claim: Claim, user: User) -> "Situation":
        """The situation as the database has it, in a fixed number of queries but for approvals."""
        draft = claim_rules.draft_of(claim)
        return cls(
            claim=claim,
            user=user,
            draft=draft,
            public=claim_rules.public_verdict(claim),
            agreed=approvals.agreements(draft) if draft else [],
            judged=approvals.judgement_of(draft, user) if draft else None,
        )


@dataclass(frozen=True, slots=True)
class Move:
    """One button: from which stages it leads where, and the service behind it."""

    name: str
    label: str
    service: Callable[..., object]
    since: frozenset[str]
    to: str
    done: str
    asks: str = ""
    """What the comment is about; empty: the move is made by a click, without a page of its own."""
    may_be_silent: bool = False
    """The comment may stay empty."""
    of_draft: bool = False
    """It is about the drafted verdict, as the person has read it."""
    danger: bool = False
    fits: Callable[[Situation], bool] = lambda now: True
    """Whether it makes any sense now, beyond the stage."""


@dataclass(frozen=True, slots=True)
class OpenMove:
    """A move that this person may make at this stage, with what is missing for it."""

    move: Move
    missing: list[str] = field(default_factory=list)


def _is_public(now: Situation) -> bool:
    return now.public is not None


def _approval_is_open(now: Situation) -> bool:
    """Not given yet; or given, and what it waited for is gone (an embargo that was lifted)."""
    if now.judged is None:
        return True
    return now.judged.agrees and not claim_rules.missing_for_publication(
        now.claim, person(now.user)
    )


MOVES = (
    Move(
        "start_research",
        "Start research",
        claim_service.start_research,
        since=frozenset({NEW, SHELVED}),
        to=RESEARCHING,
        done="The claim is being researched.",
    ),
    Move(
        "submit",
        "Submit for review",
        claim_service.submit,
        since=frozenset({RESEARCHING}),
        to=IN_REVIEW,
        done="Submitted: somebody who did not write it approves it now.",
    ),
    Move(
        "approve",
        "Approve",
        publishing.approve,
        since=frozenset({IN_REVIEW}),
        to=PUBLISHED,
        done="",
        asks="Comment for colleagues",
        may_be_silent=True,
        of_draft=True,
        fits=_approval_is_open,
    ),
    Move(
        "dissent",
        "Disagree",
        publishing.dissent,
        since=frozenset({IN_REVIEW}),
        to=PUBLISHED,
        done="Your dissent is on record. Others may still approve.",
        asks="Why do you not agree?",
        of_draft=True,
        fits=lambda now: now.judged is None,
    ),
    Move(
        "send_back",
        "Return to research",
        claim_service.send_back,
        since=frozenset({IN_REVIEW}),
        to=RESEARCHING,
        done="Returned to research.",
        asks="What should be done differently?",
    ),
    Move(
        "reopen",
        "Reopen for a correction",
        claim_service.reopen,
        since=frozenset({PUBLISHED}),
        to=RESEARCHING,
        done="Reopened. The published verdict stays public until a correction replaces it.",
        asks="Why is it looked at again?",
    ),
    Move(
        "let_stand",
        "Let the verdict stand",
        claim_service.let_stand,
        since=frozenset({RESEARCHING}),
        to=PUBLISHED,
        done="The published verdict stands.",
        asks="Why does it need no correction?",
        fits=_is_public,
    ),
    Move(
        "retract",
        "Retract the verdict",
        claim_service.retract,
        since=frozenset({PUBLISHED, RESEARCHING, IN_REVIEW}),
        to="",
        done="Retracted. The verdict stays readable, marked as retracted.",
        asks="Why is the verdict taken back?",
        danger=True,
        fits=_is_public,
    ),
    Move(
        "shelve",
        "Shelve",
        claim_service.shelve,
        since=frozenset({NEW, RESEARCHING}),
        to=SHELVED,
        done="Shelved.",
        asks="Why is it put aside?",
    ),
)
BY_NAME = {move.name: move for move in MOVES}


def open_moves(now: Situation) -> list[OpenMove]:
    """What the person may do with the claim now, in the order of the buttons."""
    return [
        OpenMove(worded(move, now), _missing(move, now))
        for move in MOVES
        if now.claim.stage in move.since
        and now.user.has_perm(_permission(move, now.claim))
        and move.fits(now)
    ]


def done_by(move: Move, claim: Claim, result: object) -> str:
    """What to tell whoever made the move; an approval publishes, or waits for something."""
    if move.name != "approve" or not isinstance(result, Verdict):
        return move.done
    if result.status == VerdictStatus.PUBLISHED:
        return "Approved and published."
    lacking = approvals.still_needed(result)
    if lacking:
        return f"Approved: {lacking[0]} before it is published."
    return f"Approved. It becomes public when the embargo ends, {_when(claim)}."


def worded(move: Move, now: Situation) -> Move:
    """The button says what an approval will bring about."""
    if move.name != "approve":
        return move
    given = len(now.agreed) + (now.judged is None)
    if given < settings.APPROVALS_NEEDED:
        label = f"Approve ({given} of {settings.APPROVALS_NEEDED})"
    elif claim_rules.is_embargoed(now.claim):
        label = f"Approve for {_when(now.claim)}"
    else:
        label = "Approve and publish" if now.judged is None else "Publish"
    return replace(move, label=label)


def _when(claim: Claim) -> str:
    return f"{localtime(claim.embargo_until):%d %B %Y, %H:%M}" if claim.embargo_until else ""


def _permission(move: Move, claim: Claim) -> str:
    if move.name == "retract":
        return claim_rules.APPROVE
    return claim_rules.CLAIM_TABLE.rules[claim.stage, move.to].permission


def _missing(move: Move, now: Situation) -> list[str]:
    actor = person(now.user)
    if move.name == "retract":
        return []
    if move.of_draft:
        # What a dissent lacks is the same: a draft, and eyes that did not write it.
        return claim_rules.missing_for_approval(now.claim, actor)
    return list(claim_rules.CLAIM_TABLE.rules[now.claim.stage, move.to].missing(now.claim, actor))


def may_draft(now: Situation) -> bool:
    """Whether a verdict can be begun: in research, by a researcher, with none in work."""
    return (
        now.claim.stage == RESEARCHING
        and now.user.has_perm(claim_rules.RESEARCH)
        and now.draft is None
    )
