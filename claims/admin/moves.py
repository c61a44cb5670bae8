"""The moves of a claim that are open to a person, and what each still lacks."""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.contrib.auth.models import User

from claims.choices import ClaimStage
from claims.models import Claim
from claims.services import claim_rules
from claims.services import claims as claim_service
from claims.services.actors import Actor, person
from claims.services.transitions import Rule

RESEARCHING, SHELVED = ClaimStage.RESEARCHING, ClaimStage.SHELVED


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
    """What the required comment is about; empty: no comment."""
    danger: bool = False


@dataclass(frozen=True, slots=True)
class OpenMove:
    """A move that this person may make at this stage, with what is missing for it."""

    move: Move
    missing: list[str] = field(default_factory=list)


MOVES = (
    Move(
        "start_research",
        "Start research",
        claim_service.start_research,
        since=frozenset({ClaimStage.NEW, SHELVED}),
        to=RESEARCHING,
        done="The claim is being researched.",
    ),
    Move(
        "submit",
        "Submit for review",
        claim_service.submit,
        since=frozenset({RESEARCHING}),
        to=ClaimStage.IN_REVIEW,
        done="Submitted: somebody other than the author approves it now.",
    ),
    Move(
        "publish",
        "Approve and publish",
        claim_service.publish,
        since=frozenset({ClaimStage.IN_REVIEW}),
        to=ClaimStage.PUBLISHED,
        done="Published.",
    ),
    Move(
        "send_back",
        "Return to research",
        claim_service.send_back,
        since=frozenset({ClaimStage.IN_REVIEW}),
        to=RESEARCHING,
        done="Returned to research.",
        asks="What should be done differently?",
    ),
    Move(
        "reopen",
        "Reopen for a correction",
        claim_service.reopen,
        since=frozenset({ClaimStage.PUBLISHED}),
        to=RESEARCHING,
        done="Reopened. The published verdict stays public until a correction replaces it.",
        asks="Why is it looked at again?",
    ),
    Move(
        "retract",
        "Retract the verdict",
        claim_service.retract,
        since=frozenset({ClaimStage.PUBLISHED}),
        to=RESEARCHING,
        done="Retracted. The verdict stays readable, marked as retracted.",
        asks="Why is the verdict taken back?",
        danger=True,
    ),
    Move(
        "shelve",
        "Shelve",
        claim_service.shelve,
        since=frozenset({ClaimStage.NEW, RESEARCHING}),
        to=SHELVED,
        done="Shelved.",
        asks="Why is it put aside?",
    ),
)
BY_NAME = {move.name: move for move in MOVES}


def open_moves(claim: Claim, user: User) -> list[OpenMove]:
    """What ``user`` may do with ``claim`` now, in the order of the buttons."""
    actor = person(user)
    return [
        OpenMove(move, _missing(move, claim, actor))
        for move in MOVES
        if claim.stage in move.since and user.has_perm(_rule(move, claim).permission)
    ]


def _rule(move: Move, claim: Claim) -> Rule:
    return claim_rules.CLAIM_TABLE.rules[claim.stage, move.to]


def _missing(move: Move, claim: Claim, actor: Actor) -> list[str]:
    return list(_rule(move, claim).missing(claim, actor))


def may_draft(claim: Claim, user: User) -> bool:
    """Whether a verdict can be begun: in research, by a researcher, with none in work."""
    return (
        claim.stage == RESEARCHING
        and user.has_perm(claim_rules.RESEARCH)
        and claim_rules.draft_of(claim) is None
    )
