"""What a speaker has said, and what became of it."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Count, Max, QuerySet
from django.db.models.functions import Coalesce

from claims.choices import ClaimRelation, MatchState, QuoteStatus, Stance, VerdictStatus
from claims.models import Appearance, Claim, ClaimLink, Quote, Speaker, Verdict
from claims.selectors.visibility import visible


@dataclass(frozen=True, slots=True)
class Voiced:
    """A claim with what one speaker does with it, how often, and when last."""

    claim: Claim
    stances: Counter[str]
    last: datetime | None
    verdict: Verdict | None = None

    @property
    def is_contradictory(self) -> bool:
        """Whether the speaker has both asserted and denied it."""
        return bool(self.stances[Stance.ASSERTS] and self.stances[Stance.DENIES])


@dataclass(frozen=True, slots=True)
class Rated:
    """How many of a speaker's assertions got this rating, and its share of the most frequent."""

    scale: str
    label: str
    colour: str
    count: int
    share: float


@dataclass(frozen=True, slots=True)
class SpeakerRecord:
    """A speaker's claims, the newest first, what contradicts what, and the ratings."""

    claims: list[Voiced] = field(default_factory=list)
    total: int = 0
    both_ways: list[Voiced] = field(default_factory=list)
    links: list[ClaimLink] = field(default_factory=list)
    ratings: list[Rated] = field(default_factory=list)


def quotes_of_speaker(speaker: Speaker) -> QuerySet[Quote]:
    """The quotes that count as the speaker's, the newest first, without their articles' texts."""
    return (
        speaker.quotes.exclude(status__in=[QuoteStatus.REJECTED, QuoteStatus.WITHDRAWN])
        .select_related("article_version__article__source")
        .defer("article_version__text")
        .order_by("-pk")
    )


def record_of(speaker: Speaker, user: Any, *, shown: int) -> SpeakerRecord:
    """What ``user`` may know of the claims that ``speaker`` voiced; five queries.

    Confirmed appearances count. ``shown`` bounds the claims and the contradictions listed.
    """
    voiced = visible(Appearance.objects.all(), user).filter(
        quote__speaker=speaker, state=MatchState.CONFIRMED
    )
    stances: dict[int, Counter[str]] = {}
    last: dict[int, datetime] = {}
    rows = (
        voiced.order_by()
        .values_list("claim_id", "stance")
        .annotate(
            count=Count("pk"),
            last=Max(
                Coalesce(
                    "quote__article_version__article__published_at",
                    "quote__article_version__fetched_at",
                )
            ),
        )
    )
    for claim, stance, count, at in rows:
        stances.setdefault(claim, Counter())[stance] += count
        last[claim] = max(at, last.get(claim, at))
    newest = sorted(stances, key=lambda pk: (last[pk], pk), reverse=True)
    both = [pk for pk in newest if stances[pk][Stance.ASSERTS] and stances[pk][Stance.DENIES]][
        :shown
    ]
    listed = _voiced({*newest[:shown], *both}, stances, last)
    asserted = voiced.filter(stance=Stance.ASSERTS).values("claim")
    return SpeakerRecord(
        claims=[listed[pk] for pk in newest[:shown]],
        total=len(newest),
        both_ways=[listed[pk] for pk in both],
        links=list(_contradictions(asserted)[:shown]),
        ratings=_ratings(asserted),
    )


def _voiced(
    keys: Iterable[int], stances: dict[int, Counter[str]], last: dict[int, datetime]
) -> dict[int, Voiced]:
    claims = Claim.objects.in_bulk(list(keys))
    verdicts = {
        verdict.claim_id: verdict
        for verdict in Verdict.objects.filter(
            claim__in=claims, status=VerdictStatus.PUBLISHED
        ).select_related("rating")
    }
    return {
        pk: Voiced(claim, stances[pk], last[pk], verdicts.get(pk)) for pk, claim in claims.items()
    }


def _contradictions(asserted: QuerySet[Any, Any]) -> QuerySet[ClaimLink]:
    """Links between two claims of which the speaker asserts both; dismissed ones are none."""
    return (
        ClaimLink.objects.filter(
            relation=ClaimRelation.CONTRADICTS, from_claim__in=asserted, to_claim__in=asserted
        )
        .exclude(state=MatchState.DISMISSED)
        .select_related("from_claim", "to_claim")
        .order_by("-pk")
    )


def _ratings(asserted: QuerySet[Any, Any]) -> list[Rated]:
    rows = list(
        Verdict.objects.filter(status=VerdictStatus.PUBLISHED, claim__in=asserted)
        .order_by("rating__scale__name", "rating__value")
        .values_list("rating__scale__name", "rating__label", "rating__colour")
        .annotate(n=Count("pk"))
    )
    most = max((count for *_, count in rows), default=1)
    return [
        Rated(scale, label, colour, count, share=count / most)
        for scale, label, colour, count in rows
    ]
