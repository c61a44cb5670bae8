"""What people decide about a quote. Machines only add and withdraw (services.extraction)."""

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from claims.choices import (
    QUOTE_MOVES,
    EventType,
    FixReason,
    MatchState,
    QuoteStatus,
    RejectReason,
    Stance,
)
from claims.extraction.respan import respanned, trimmed
from claims.models import Appearance, Article, ArticleVersion, Claim, Decision, Quote, Speaker
from claims.services import claims as claim_service
from claims.services import copies, integrity, links, outbox
from claims.services.actors import Actor
from claims.services.errors import InvalidTransition, NotReady
from claims.services.locking import lock
from claims.services.transitions import Rule, Table, check_complete, move

REVIEW = "claims.review_quote"

SPAN_FIELDS = ("start", "end", "fragments", "text", "prefix", "suffix", "kind")

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
    appearance = _confirm(claim, accepted, stance=stance)
    outbox.claim_repeated(appearance)
    return appearance


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
    outbox.emit(EventType.QUOTE_REJECTED, rejected)
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
    """Say who said it, or with None that it is left open. No extractor changes it after that.

    What is left open is no open name any more (`services.unresolved`); a new role alone for a
    quote without a speaker leaves the name as open as it was.
    """
    actor.require(REVIEW)
    quote = lock(quote, expected_version=expected_version)
    if quote.status == W:
        # Marked as touched, it could not even be brought back by an extractor.
        raise InvalidTransition("This quote was withdrawn: no extractor finds it any more.")
    only_role = quote.speaker_id is None and role is not None and role != quote.role
    left_open = speaker is None and not only_role
    quote.speaker = speaker
    if role is not None:
        quote.role = role
    reason = FixReason.LEFT_OPEN if left_open else FixReason.FIXED_SPEAKER
    return _fixed(quote, ["speaker", "role"], actor=actor, reason=reason)


@transaction.atomic
def set_speaker_of_name(
    quote: Quote,
    *,
    actor: Actor,
    speaker: Speaker | None,
    role: str | None = None,
    expected_version: int | None = None,
) -> list[Quote]:
    """The same for every candidate of the article that the extractor gave the same name.

    ``quote`` comes first in the result; the roles of the others stay as the article gave them.
    """
    first = set_speaker(
        quote, actor=actor, speaker=speaker, role=role, expected_version=expected_version
    )
    if not first.suggested_name:
        return [first]
    namesakes = (
        Quote.objects.select_for_update(of=("self",))
        .filter(
            article_version__article__versions=first.article_version_id,
            suggested_name=first.suggested_name,
            status=C,
        )
        .exclude(pk=first.pk)
        .order_by("pk")
    )
    return [first, *(set_speaker(each, actor=actor, speaker=speaker) for each in namesakes)]


@transaction.atomic
def fix_span(
    quote: Quote, *, actor: Actor, start: int, end: int, expected_version: int | None = None
) -> Quote:
    """Let a candidate begin and end elsewhere in its text. Blanks at both ends are left out.

    What a writer puts between two parts of a quotation stays no part of it. Raises DeskError
    when refused; NotReady when the span is none, or another quote has it.
    """
    actor.require(REVIEW)
    article_id = _hold_article(quote)
    copies.take_turn_on_quotes(article_id)
    quote = lock(quote, expected_version=expected_version)
    if quote.status != C:
        label = quote.get_status_display().lower()
        raise InvalidTransition(f"This quote is {label}: reopen it to change where it begins.")
    version = ArticleVersion.objects.get(pk=quote.article_version_id)
    span = trimmed(version.text, start, end)
    if span is None:
        raise NotReady(["words of the article are needed"])
    taken = Quote.objects.filter(article_version=version, start=span[0], end=span[1])
    if taken.exclude(pk=quote.pk).exists():
        raise NotReady(["another quote begins and ends there already"])
    parts = respanned(
        version.text,
        span,
        former=[(first, last) for first, last in quote.fragments],
        aside=[each for each in (quote.cue_span, quote.mention_span) if each],
    )
    around = settings.QUOTE_CONTEXT_CHARACTERS
    quote.start, quote.end = span
    quote.fragments = [[part.start, part.end] for part in parts.content]
    quote.text = version.text[span[0] : span[1]]
    quote.prefix = version.text[max(0, span[0] - around) : span[0]]
    quote.suffix = version.text[span[1] : span[1] + around]
    quote.kind = parts.kind.value
    quote = _fixed(quote, list(SPAN_FIELDS), actor=actor, reason=FixReason.FIXED_SPAN)
    # What was sought in later texts were other words.
    quote.checks.all().delete()
    copies.link_quotes(article_id)
    quote.refresh_from_db(fields=["copy_of", "version"])
    return quote


def _fixed(quote: Quote, fields: list[str], *, actor: Actor, reason: FixReason) -> Quote:
    """Save what a person corrected, and write it into the log of decisions."""
    quote.touched_at = timezone.now()
    quote.save(update_fields=[*fields, "touched_at", "updated_at"])
    quote.refresh_from_db(fields=["version"])
    Decision.objects.create(
        quote=quote,
        actor=actor.user,
        from_state=quote.status,
        to_state=quote.status,
        reason_code=reason,
    )
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
    outbox.emit(EventType.QUOTE_ACCEPTED, accepted)
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
    # Made confirmed: the log should not tell of a suggestion that there never was.
    settled = {"stance": stance, "state": MatchState.CONFIRMED}
    appearance, is_new = Appearance.objects.select_for_update().get_or_create(
        claim=claim, quote=quote, defaults=settled
    )
    if not is_new:
        appearance.stance, appearance.state = stance, MatchState.CONFIRMED
        appearance.save(update_fields=["stance", "state", "updated_at"])
        appearance.refresh_from_db(fields=["version"])
    links.suggest_links(claim)
    return appearance
