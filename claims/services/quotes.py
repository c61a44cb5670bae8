"""What people decide about a quote. Machines only add and withdraw (services.extraction)."""

from django.db import transaction
from django.utils import timezone

from claims.choices import QUOTE_MOVES, MatchState, QuoteStatus, RejectReason, Stance
from claims.models import Appearance, Claim, Quote, Speaker
from claims.services import claims as claim_service
from claims.services.actors import Actor
from claims.services.errors import InvalidTransition, NotReady
from claims.services.locking import lock
from claims.services.transitions import Rule, Table, check_complete, move

REVIEW = "claims.review_quote"

C, A, R, W = (
    QuoteStatus.CANDIDATE.value,
    QuoteStatus.ACCEPTED.value,
    QuoteStatus.REJECTED.value,
    QuoteStatus.WITHDRAWN.value,
)
TABLE = check_complete(
    Table(
        field="status",
        target="quote",
        rules={
            (C, A): Rule(permission=REVIEW),
            (C, R): Rule(permission=REVIEW, needs_reason=True),
            (C, W): Rule(permission=REVIEW, by_job=True),
            (W, C): Rule(permission=REVIEW, by_job=True),
            (A, C): Rule(permission=REVIEW),
            (R, C): Rule(permission=REVIEW),
        },
    ),
    QUOTE_MOVES,
)


@transaction.atomic
def accept_as_new_claim(
    quote: Quote,
    *,
    actor: Actor,
    text: str,
    stance: str = Stance.ASSERTS,
    expected_version: int | None = None,
) -> Claim:
    """Accept the quote and make a claim of it, with the quote as its first appearance.

    ``text`` is one sentence that stands alone. Raises DeskError when refused.
    """
    accepted = _accept(quote, actor=actor, expected_version=expected_version)
    claim = claim_service.create_claim(text=text, actor=actor)
    _confirm(claim, accepted, stance=stance)
    return claim


@transaction.atomic
def accept_as_appearance(
    quote: Quote,
    *,
    actor: Actor,
    claim: Claim,
    stance: str = Stance.ASSERTS,
    expected_version: int | None = None,
) -> Appearance:
    """Accept the quote as another appearance of ``claim``. No verdict is carried over."""
    accepted = _accept(quote, actor=actor, expected_version=expected_version)
    return _confirm(claim, accepted, stance=stance)


@transaction.atomic
def reject(
    quote: Quote,
    *,
    actor: Actor,
    reason_code: str,
    comment: str = "",
    expected_version: int | None = None,
) -> Quote:
    """Reject a candidate; ``reason_code`` is one of RejectReason."""
    if reason_code and reason_code not in RejectReason.values:
        raise NotReady([f"{reason_code!r} is no known reason"])
    return move(
        quote,
        R,
        table=TABLE,
        actor=actor,
        reason_code=reason_code,
        comment=comment,
        changes={"touched_at": timezone.now()},
        expected_version=expected_version,
    )


@transaction.atomic
def reopen(
    quote: Quote, *, actor: Actor, comment: str = "", expected_version: int | None = None
) -> Quote:
    """Make a decided quote a candidate again. Its appearances are dismissed, claims stay.

    A withdrawn quote returns only when an extractor finds it again.
    """
    quote = move(
        quote,
        C,
        table=TABLE,
        actor=actor,
        comment=comment,
        only_from=(A, R),
        expected_version=expected_version,
    )
    for appearance in quote.appearances.select_for_update().exclude(state=MatchState.DISMISSED):
        appearance.state = MatchState.DISMISSED
        appearance.save(update_fields=["state", "updated_at"])
    return quote


@transaction.atomic
def set_speaker(
    quote: Quote,
    *,
    actor: Actor,
    speaker: Speaker | None,
    role: str | None = None,
    expected_version: int | None = None,
) -> Quote:
    """Say who said it. From then on no extractor changes this quote."""
    actor.require(REVIEW)
    quote = lock(quote, expected_version=expected_version)
    if quote.status == W:
        # Marked as touched, it could not even be brought back by an extractor.
        raise InvalidTransition("This quote was withdrawn: no extractor finds it any more.")
    quote.speaker = speaker
    if role is not None:
        quote.role = role
    quote.touched_at = timezone.now()
    quote.save(update_fields=["speaker", "role", "touched_at", "updated_at"])
    quote.refresh_from_db(fields=["version"])
    return quote


def _accept(quote: Quote, *, actor: Actor, expected_version: int | None) -> Quote:
    return move(
        quote,
        A,
        table=TABLE,
        actor=actor,
        changes={"touched_at": timezone.now()},
        expected_version=expected_version,
    )


def _confirm(claim: Claim, quote: Quote, *, stance: str) -> Appearance:
    if stance not in Stance.values:
        raise NotReady([f"{stance!r} is no known stance"])
    appearance, _ = Appearance.objects.select_for_update().get_or_create(claim=claim, quote=quote)
    appearance.stance = stance
    appearance.state = MatchState.CONFIRMED
    appearance.save(update_fields=["stance", "state", "updated_at"])
    appearance.refresh_from_db(fields=["version"])
    return appearance
