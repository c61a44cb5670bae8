"""Suggested appearances of a claim: a person confirms or dismisses them. No verdict is carried."""

from django.db import transaction

from claims.choices import MatchState, QuoteStatus, Stance
from claims.models import Appearance
from claims.services import links, outbox, quotes
from claims.services.actors import Actor
from claims.services.errors import InvalidTransition, NotReady
from claims.services.locking import lock

JUDGE = "claims.change_appearance"


@transaction.atomic
def confirm(
    appearance: Appearance,
    *,
    actor: Actor,
    stance: str = "",
    expected_version: int | None = None,
) -> Appearance:
    """Say that the quote voices the claim, with the given stance or the suggested one.

    A quote that still waits is accepted with it. Raises DeskError when refused.
    """
    actor.require(JUDGE)
    appearance = lock(appearance, expected_version=expected_version)
    stance = stance or appearance.stance
    if stance not in Stance.values:
        raise NotReady([f"{stance!r} is no known stance"])
    quote = appearance.quote
    if quote.status == QuoteStatus.CANDIDATE:
        return quotes.accept_as_appearance(
            quote, actor=actor, claim=appearance.claim, stance=stance
        )
    if quote.status != QuoteStatus.ACCEPTED:
        raise InvalidTransition(
            f"This quote is {quote.get_status_display().lower()}: it voices nothing."
        )
    is_news = appearance.state != MatchState.CONFIRMED
    appearance.stance = stance
    confirmed = _settle(appearance, MatchState.CONFIRMED)
    links.suggest_links(confirmed.claim)
    if is_news:
        outbox.claim_repeated(confirmed)
    return confirmed


@transaction.atomic
def dismiss(
    appearance: Appearance, *, actor: Actor, expected_version: int | None = None
) -> Appearance:
    """Say that the quote does not voice the claim. The quote stays what it is."""
    actor.require(JUDGE)
    return _settle(lock(appearance, expected_version=expected_version), MatchState.DISMISSED)


def _settle(appearance: Appearance, state: MatchState) -> Appearance:
    appearance.state = state
    appearance.save(update_fields=["stance", "state", "updated_at"])
    appearance.refresh_from_db(fields=["version"])
    return appearance
