"""Which claims of the desk a text may repeat.

Full-text search finds those that share its rarer words (services.word_search); how alike they
are, numbers counted as quantities, is for services.likeness. A match is a hint for an editor.
It never carries a verdict over.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol, TypeVar

from django.conf import settings
from django.db.models import QuerySet

from claims.choices import MatchState, Stance
from claims.extraction.quantities import Quantity, find_quantities, from_json
from claims.extraction.relative_dates import with_dates
from claims.ingest.similarity import key_words
from claims.models import Appearance, Claim, Speaker
from claims.services.likeness import Sentence, likeness, resembles
from claims.services.word_search import sharing_words

SAME_SPEAKER = 0.05
"""By this a match is likelier whose claim the speaker is on record with."""


@dataclass(frozen=True, slots=True)
class Match:
    """A claim that a text may repeat."""

    claim: Claim
    score: float
    """0 to 1."""
    reasons: tuple[str, ...]
    """What speaks for it and against it, one phrase each."""
    same: bool = True
    """Whether it can be the same claim; False when it counts something else."""
    stance: str = Stance.ASSERTS
    """What the text seems to do with the claim."""

    @property
    def pk(self) -> int:
        """Of the claim: among equals the newer goes first."""
        return self.claim.pk


class Scored(Protocol):
    """Something that a text may repeat."""

    @property
    def same(self) -> bool: ...
    @property
    def score(self) -> float: ...
    @property
    def pk(self) -> int: ...


Found = TypeVar("Found", bound=Scored)


def match(
    text: str,
    speaker: Speaker | None = None,
    date: dt.date | None = None,
    *,
    among: QuerySet[Claim] | None = None,
    narrow: bool = False,
) -> list[Match]:
    """The claims that ``text`` may repeat, the likest first, those that count alike before others.

    ``speaker`` and ``date`` are who said it and when, as far as known. ``among`` narrows the
    claims down to those that the caller may know of. With ``narrow`` a text that is `too_short`
    is compared only with what that speaker said, or anybody around that date. At most
    MATCH_SHOWN; three queries.
    """
    bare = text
    if date is not None:
        text = with_dates(text, date)
    found = sharing_words(text, Claim, "text")
    claims = Claim.objects.all() if among is None else among
    if narrow and too_short(bare):
        claims = claims.filter(pk__in=_voiced_near(speaker, date))
    known = claims.filter(pk__in=found).order_by("pk")
    compared = [claim for claim in known if resembles(text, claim.text)]
    by_speaker = _voiced_by(speaker, compared)
    said = Sentence.of(text)
    return likeliest(_compared(said, claim, claim.pk in by_speaker) for claim in compared)


def likeliest(found: Iterable[Found]) -> list[Found]:
    """Those of MATCH_MIN_SCORE, the likest first, those that count alike before others.

    At most MATCH_SHOWN.
    """
    likely = [each for each in found if each.score >= settings.MATCH_MIN_SCORE]
    likely.sort(key=lambda each: (not each.same, -each.score, -each.pk))
    return likely[: settings.MATCH_SHOWN]


def too_short(text: str) -> bool:
    """Whether ``text`` is a slogan: a few words, and no number, that many claims have in common."""
    return len(key_words(text)) < settings.MATCH_MIN_WORDS and not find_quantities(text)


def _voiced_near(speaker: Speaker | None, date: dt.date | None) -> QuerySet[Appearance, int]:
    """The keys of claims that ``speaker`` is on record with, or anybody around ``date``."""
    voiced = Appearance.objects.filter(state=MatchState.CONFIRMED)
    if speaker is not None:
        voiced = voiced.filter(quote__speaker=speaker)
    if date is not None:
        days = dt.timedelta(days=settings.MATCH_SLOGAN_DAYS)
        voiced = voiced.filter(
            quote__article_version__article__published_at__date__range=(date - days, date + days)
        )
    return voiced.values_list("claim_id", flat=True)


def _voiced_by(speaker: Speaker | None, claims: Iterable[Claim]) -> set[int]:
    """Of ``claims`` those that ``speaker`` is on record with."""
    if speaker is None:
        return set()
    voiced = Appearance.objects.filter(
        claim__in=[claim.pk for claim in claims],
        quote__speaker=speaker,
        state=MatchState.CONFIRMED,
    )
    return set(voiced.values_list("claim_id", flat=True))


def _compared(said: Sentence, claim: Claim, known: bool) -> Match:
    like = likeness(said, claim.text, _kept(claim))
    score, reasons = like.score, like.reasons
    if known:
        score = min(1.0, score + SAME_SPEAKER)
        reasons = (*reasons, "this speaker is on record with it")
    return Match(claim, score, reasons, like.same, like.stance)


def _kept(claim: Claim) -> list[Quantity]:
    """What the claim counts, as it is kept: read from its text once, mended by people since."""
    kept = [from_json(entry) for entry in claim.quantities or []]
    return [each for each in kept if each is not None]
