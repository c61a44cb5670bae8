"""Decisions in words, for the logs on the pages of quotes and claims."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from claims.choices import ClaimStage, FixReason, QuoteStatus, RejectReason, VerdictStatus
from claims.models import Decision

REASONS: dict[str, str] = {**dict(RejectReason.choices), **dict(FixReason.choices)}
STATES: dict[str, dict[str, str]] = {
    "quote": dict(QuoteStatus.choices),
    "claim": dict(ClaimStage.choices),
    "verdict": dict(VerdictStatus.choices),
}


@dataclass(frozen=True, slots=True)
class LogLine:
    """One decision: on what, from where to where, why, by whom and when."""

    kind: str
    before: str
    after: str
    reason: str
    comment: str
    who: str
    at: datetime


def told(decisions: Iterable[Decision]) -> list[LogLine]:
    """The decisions in words, in their order; ``actor`` should be loaded."""
    return [_line(decision) for decision in decisions]


def state_in_words(decision: Decision, state: str) -> str:
    """The state's label, by the kind of row that the decision was made on."""
    return STATES[_kind(decision)].get(state, state)


def _kind(decision: Decision) -> str:
    if decision.quote_id is not None:
        return "quote"
    return "claim" if decision.claim_id is not None else "verdict"


def _line(decision: Decision) -> LogLine:
    actor = decision.actor
    return LogLine(
        kind=_kind(decision),
        before=state_in_words(decision, decision.from_state) if decision.from_state else "",
        after=state_in_words(decision, decision.to_state),
        reason=REASONS.get(decision.reason_code, decision.reason_code),
        comment=decision.comment,
        who=(actor.get_full_name() or actor.username) if actor else decision.job,
        at=decision.at,
    )
