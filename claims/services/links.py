"""Relations of claims: suggested where statements oppose each other, binding by a person's hand."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet

from claims.choices import ClaimRelation, MatchState, Stance
from claims.models import Appearance, Claim, ClaimLink, ClaimTopic
from claims.services.actors import Actor
from claims.services.errors import InvalidTransition, NotReady
from claims.services.locking import lock

LINK = "claims.add_claimlink"
JUDGE = "claims.change_claimlink"

SAME_WORDS, SAME_SPEAKER, OTHER_NUMBER = "same quote", "same speaker", "other number"
# How sure each sign is, from 0 to 1: not measured, they only put the better ones first.
SCORES = {SAME_WORDS: 0.9, SAME_SPEAKER: 0.6, OTHER_NUMBER: 0.7}
EXACT = frozenset({"=", "~"})


@transaction.atomic
def link(from_claim: Claim, to_claim: Claim, *, relation: str, actor: Actor) -> ClaimLink:
    """Relate two claims by hand; a suggestion of the same is confirmed."""
    user = actor.require(LINK)
    if relation not in ClaimRelation.values:
        raise NotReady([f"{relation!r} is no known relation"])
    if from_claim.pk == to_claim.pk:
        raise NotReady(["two different claims are needed"])
    made, is_new = ClaimLink.objects.select_for_update(of=("self",)).get_or_create(
        from_claim=from_claim,
        to_claim=to_claim,
        relation=relation,
        # Made confirmed: the log should not tell of a suggestion that there never was.
        defaults={"state": MatchState.CONFIRMED, "confirmed_by": user},
    )
    return made if is_new else _settle(made, MatchState.CONFIRMED, confirmed_by=user)


@transaction.atomic
def confirm(
    suggested: ClaimLink, *, actor: Actor, expected_version: int | None = None
) -> ClaimLink:
    """Make a suggestion binding. Raises InvalidTransition when it is no suggestion any more."""
    user = actor.require(JUDGE)
    row = lock(suggested, expected_version=expected_version)
    if row.state != MatchState.SUGGESTED:
        raise InvalidTransition(f"This link is {row.get_state_display().lower()} already.")
    return _settle(row, MatchState.CONFIRMED, confirmed_by=user)


@transaction.atomic
def dismiss(
    suggested: ClaimLink, *, actor: Actor, expected_version: int | None = None
) -> ClaimLink:
    """Refuse a link. It is not suggested again; a confirmed one is taken back."""
    actor.require(JUDGE)
    row = lock(suggested, expected_version=expected_version)
    if row.state == MatchState.DISMISSED:
        raise InvalidTransition("This link has been dismissed already.")
    return _settle(row, MatchState.DISMISSED, confirmed_by=None)


@transaction.atomic
def suggest_links(claim: Claim) -> list[ClaimLink]:
    """Suggest claims that may contradict ``claim``; those that were suggested before stay.

    A few queries over the claims of its topics, the newest LINK_CANDIDATES of them, and the
    confirmed appearances of its quotes and speakers. Doing it again adds nothing.
    """
    found: dict[int, str] = {}
    for other, method in [*_opposed_in_words(claim), *_opposed_in_numbers(claim)]:
        if other != claim.pk:
            found.setdefault(other, method)
    known = ClaimLink.objects.filter(Q(from_claim=claim) | Q(to_claim=claim))
    for pair in known.values_list("from_claim_id", "to_claim_id"):
        for other in pair:
            found.pop(other, None)
    best = sorted(found.items(), key=lambda item: (-SCORES[item[1]], item[0]))
    rows = [
        ClaimLink(
            # The older claim stands first, so that two that meet make one row.
            from_claim_id=min(claim.pk, other),
            to_claim_id=max(claim.pk, other),
            relation=ClaimRelation.CONTRADICTS,
            score=SCORES[method],
            method=method,
        )
        for other, method in best[: settings.LINK_SUGGESTIONS_MAX]
    ]
    return ClaimLink.objects.bulk_create(rows, ignore_conflicts=True)


def _opposed_in_words(claim: Claim) -> Iterator[tuple[int, str]]:
    """Claims that are asserted where this one is denied, and the other way round.

    By the same quote; or by the same speaker about one topic.
    """
    confirmed = Appearance.objects.filter(state=MatchState.CONFIRMED)
    own = list(confirmed.filter(claim=claim).values_list("stance", "quote_id", "quote__speaker"))
    related = _on_its_topics(claim)
    others = confirmed.exclude(claim=claim)
    for mine, theirs in ((Stance.ASSERTS, Stance.DENIES), (Stance.DENIES, Stance.ASSERTS)):
        opposed = others.filter(stance=theirs)
        quotes = [quote for stance, quote, _ in own if stance == mine]
        for pk in _claims(opposed.filter(quote__in=quotes)):
            yield pk, SAME_WORDS
        speakers = {who for stance, _, who in own if stance == mine and who is not None}
        for pk in _claims(opposed.filter(quote__speaker__in=speakers, claim__in=related)):
            yield pk, SAME_SPEAKER


def _on_its_topics(claim: Claim) -> Any:
    """The keys of the claims that share a topic with it, as a query."""
    filed = ClaimTopic.objects.filter(topic__in=claim.topics.all())
    return filed.values_list("claim_id", flat=True)


def _claims(appearances: QuerySet[Appearance]) -> Iterable[int]:
    newest = appearances.order_by("-claim_id").values_list("claim_id", flat=True)
    return newest.distinct()[: settings.LINK_CANDIDATES]


def _opposed_in_numbers(claim: Claim) -> Iterator[tuple[int, str]]:
    """Claims of one topic that give another number of the same thing."""
    if not any(_comparable(quantity) for quantity in claim.quantities):
        return
    related = (
        Claim.objects.filter(pk__in=_on_its_topics(claim))
        .exclude(pk=claim.pk)
        .exclude(quantities=[])
        .order_by("-pk")
    )
    for pk, quantities in related.values_list("pk", "quantities")[: settings.LINK_CANDIDATES]:
        if any(_contradict(a, b) for a in claim.quantities for b in quantities):
            yield pk, OTHER_NUMBER


def _comparable(quantity: dict[str, Any]) -> bool:
    """Whether it is one number, given as such, of something that is named."""
    return (
        isinstance(quantity.get("value"), int | float)
        and bool(quantity.get("of"))
        and quantity.get("comparator", "=") in EXACT
    )


def _contradict(a: dict[str, Any], b: dict[str, Any]) -> bool:
    return (
        _comparable(a)
        and _comparable(b)
        and a.get("unit") == b.get("unit")
        and a["of"].casefold() == b["of"].casefold()
        and a["value"] != b["value"]
    )


def _settle(row: ClaimLink, state: MatchState, *, confirmed_by: Any) -> ClaimLink:
    row.state = state
    row.confirmed_by = confirmed_by
    row.save(update_fields=["state", "confirmed_by", "updated_at"])
    row.refresh_from_db(fields=["version"])
    return row
