"""Going through the queue: who looks at which candidate, and taking a decision back.

A hold keeps two people from looking at one candidate unawares. It is a courtesy that ends by
itself: what guards the record is the version that every decision is made on.
"""

from datetime import timedelta

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Exists, F, OuterRef
from django.db.models.functions import Now

from claims.choices import ClaimStage, MatchState, QuoteStatus
from claims.models import CandidateHold, Claim, Decision, Quote
from claims.services import claims as claim_service
from claims.services import quotes as quote_service
from claims.services.actors import Actor, job
from claims.services.errors import InvalidTransition
from claims.services.locking import lock
from claims.services.queue import Wanted, following, free_for, queue

TRIES = 8
"""Candidates that are tried for in turn where colleagues are quicker."""

# One statement, so that of two that ask at the same moment one gets it.
TAKE = """
    INSERT INTO claims_candidatehold AS held (quote_id, user_id, until)
    VALUES (%s, %s, clock_timestamp() + make_interval(secs => %s))
    ON CONFLICT (quote_id) DO UPDATE SET user_id = EXCLUDED.user_id, until = EXCLUDED.until
    WHERE held.user_id = EXCLUDED.user_id OR held.until <= clock_timestamp()
    RETURNING held.id
"""


# --- Holds --------------------------------------------------------------------------------


def take_next(
    *, actor: Actor, wanted: Wanted | None = None, after: int | None = None, keep: int | None = None
) -> Quote | None:
    """The first candidate behind ``after`` that nobody else looks at, held for this person.

    None at the end of the queue. Whatever else the person held is released, but for ``keep``:
    the candidate still on the screen while the next one is fetched.
    """
    user = actor.require(quote_service.REVIEW)
    waiting = free_for(user.pk, following(queue(wanted, viewer=user), after)).exclude(pk=keep or -1)
    # Only the keys: of what follows most is never looked at.
    for pk in waiting.values_list("pk", flat=True)[:TRIES]:
        # Somebody may have decided on it since, and let go of it.
        if take(pk, actor=actor, keep=keep):
            quote = Quote.objects.filter(pk=pk, status=QuoteStatus.CANDIDATE).first()
            if quote is not None:
                return quote
    return None


def take(quote_id: int, *, actor: Actor, keep: int | None = None) -> bool:
    """Hold a candidate, or hold it longer; False when somebody else does."""
    user = actor.require(quote_service.REVIEW)
    with connection.cursor() as cursor:
        cursor.execute(TAKE, [quote_id, user.pk, settings.TRIAGE_HOLD_SECONDS])
        taken = cursor.fetchone() is not None
    if taken:
        CandidateHold.objects.filter(user=user).exclude(quote__in=[quote_id, keep or -1]).delete()
    return taken


def renew(quote_ids: list[int], *, actor: Actor) -> int:
    """Hold for longer what this person still holds; how many."""
    user = actor.require(quote_service.REVIEW)
    until = Now() + timedelta(seconds=settings.TRIAGE_HOLD_SECONDS)
    return CandidateHold.objects.filter(user=user, quote__in=quote_ids).update(until=until)


def release(*, actor: Actor, keep: int | None = None) -> None:
    """Let go of everything that this person holds, but for ``keep``."""
    user = actor.require(quote_service.REVIEW)
    CandidateHold.objects.filter(user=user).exclude(quote=keep or -1).delete()


def held_by_another(quote: Quote, *, actor: Actor) -> CandidateHold | None:
    """The hold of somebody else on ``quote``, if there is one now."""
    holds = CandidateHold.objects.filter(quote=quote, until__gt=Now()).select_related("user")
    return holds.exclude(user=actor.user).first()


# --- Taking a decision back ---------------------------------------------------------------


@transaction.atomic
def undo(*, actor: Actor) -> Quote:
    """Take back the last decision of this person that still stands; the candidate is held again.

    A claim that was made by it, and that nobody has worked on since, is shelved. Raises
    InvalidTransition when there is nothing to take back.
    """
    user = actor.require(quote_service.REVIEW)
    later = Decision.objects.filter(quote=OuterRef("quote"), pk__gt=OuterRef("pk"))
    last = (
        Decision.objects.filter(
            actor=user,
            quote__isnull=False,
            to_state__in=[QuoteStatus.ACCEPTED, QuoteStatus.REJECTED],
            quote__status=F("to_state"),
            at__gt=Now() - timedelta(hours=settings.TRIAGE_UNDO_HOURS),
        )
        .filter(~Exists(later))
        .select_related("quote")
        .defer("quote__prefix", "quote__suffix")
        .order_by("-pk")
        .first()
    )
    if last is None or last.quote is None:
        raise InvalidTransition(
            f"There is nothing of the last {settings.TRIAGE_UNDO_HOURS} hours to take back."
        )
    made = list(
        Claim.objects.filter(
            created_by=user,
            stage=ClaimStage.NEW,
            created_at__gte=last.at - timedelta(minutes=1),
            appearances__quote=last.quote,
            appearances__state=MatchState.CONFIRMED,
        )
    )
    quote = quote_service.reopen(last.quote, actor=actor, comment="Taken back.")
    for claim in made:
        claim = lock(claim)
        if _is_untouched(claim, quote):
            who = user.get_full_name() or user.username
            # A reporter may make claims and not shelve them: this is the making, taken back.
            claim_service.shelve(
                claim,
                actor=job("undo in triage"),
                comment=f"{who} took back the decision that made this claim.",
            )
    take(quote.pk, actor=actor)
    return quote


def _is_untouched(claim: Claim, quote: Quote) -> bool:
    """Whether nothing has come to the claim since ``quote`` made it."""
    return (
        claim.stage == ClaimStage.NEW
        and claim.version == 1
        and claim.decisions.count() == 1
        and not claim.appearances.exclude(quote=quote).exists()
        and not claim.evidence.exists()
        and not claim.comments.exists()
        and not claim.verdicts.exists()
        and not claim.topics.exists()
        and not claim.links_out.exists()
        and not claim.links_in.exists()
    )
