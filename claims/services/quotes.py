"""What people decide about a quote. Machines only add and withdraw (services.extraction)."""

from django.db import transaction
from django.utils import timezone

from claims.choices import QUOTE_MOVES, MatchState, QuoteStatus, RejectReason, Stance
from claims.models import Appearance, Article, ArticleVersion, Claim, Quote, Speaker
from claims.services import claims as claim_service
from claims.services import copies, integrity
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
    article_id = _hold_article(quote)
    copies.take_turn_on_quotes(article_id)
    rejected = move(
        quote,
        R,
        table=TABLE,
        actor=actor,
        reason_code=reason_code,
        comment=comment,
        changes={"touched_at": timezone.now()},
        expected_version=expected_version,
    )
    copies.link_quotes(article_id)
    rejected.refresh_from_db(fields=["copy_of", "version"])
    integrity.quote_reviewed(rejected)
    return rejected


@transaction.atomic
def reopen(
    quote: Quote, *, actor: Actor, comment: str = "", expected_version: int | None = None
) -> Quote:
    """Make a decided quote a candidate again. Its appearances are dismissed, claims stay.

    A withdrawn quote returns only when an extractor finds it again.
    """
    _hold_article(quote)
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
    integrity.quote_reviewed(quote)
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
    article_id = _hold_article(quote)
    is_copy = quote.copy_of_id is not None
    if is_copy:
        copies.take_turn_on_quotes(article_id)
    accepted = move(
        quote,
        A,
        table=TABLE,
        actor=actor,
        changes={"touched_at": timezone.now()},
        expected_version=expected_version,
    )
    if is_copy:
        # It stands for its words from now on: the others need no second look.
        copies.link_quotes(article_id)
        accepted.refresh_from_db(fields=["copy_of", "version"])
    integrity.quote_reviewed(accepted)
    return accepted


def _hold_article(quote: Quote) -> int:
    """The article of ``quote``, kept from getting a new text until this transaction ends.

    Taken before the quote, in the order of whoever stores a text: else one of two that meet
    would miss what the other did (`integrity.quote_reviewed`).
    """
    versions = ArticleVersion.objects.filter(pk=quote.article_version_id)
    held = Article.objects.select_for_update(no_key=True).filter(versions__in=versions)
    return held.values_list("pk", flat=True).get()


def _confirm(claim: Claim, quote: Quote, *, stance: str) -> Appearance:
    if stance not in Stance.values:
        raise NotReady([f"{stance!r} is no known stance"])
    appearance, _ = Appearance.objects.select_for_update().get_or_create(claim=claim, quote=quote)
    appearance.stance = stance
    appearance.state = MatchState.CONFIRMED
    appearance.save(update_fields=["stance", "state", "updated_at"])
    appearance.refresh_from_db(fields=["version"])
    return appearance
