"""Reviews by other organisations: taken in from their ClaimReview, shown beside like claims.

Whoever published a review is its only author: an import writes what they say now, and people
at the desk change nothing of it. A review is no verdict of ours and carries none over.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice
from typing import TypeVar

import structlog
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from claims.choices import Stance
from claims.export.publisher import publisher
from claims.extraction.relative_dates import with_dates
from claims.ingest.fetch import fetch
from claims.ingest.reviews import Refused, Review, ReviewLimits, read_reviews
from claims.models import ExternalReview
from claims.services.actors import Actor
from claims.services.feed_reading import take_turn
from claims.services.intake import read_limits
from claims.services.likeness import Sentence, likeness, resembles
from claims.services.locking import take_turns
from claims.services.matching import likeliest
from claims.services.word_search import sharing_words

log = structlog.get_logger(__name__)

PERMISSION = "claims.add_externalreview"
NEW, CHANGED, SAME, REFUSED = "new", "changed", "same", "refused"
BATCH = 500
Identity = tuple[str, str]
Item = TypeVar("Item")
ACCEPT = "application/ld+json,application/json;q=0.9,text/html;q=0.7,*/*;q=0.5"
# What a review says; the rest of a row is how it came here.
SAID = (
    *("claimant", "claim_date", "publisher_name", "publisher_site", "title", "rating_label"),
    *("rating_value", "best_rating", "worst_rating", "language", "reviewed_at", "raw"),
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one review of an import."""

    number: int
    """Its place in what was read, from 1."""
    outcome: str
    """new, changed, same or refused."""
    url: str
    claim_text: str
    reason: str = ""
    """Why it is refused."""
    pk: int | None = None


@dataclass(frozen=True, slots=True)
class ReviewMatch:
    """A review by others of a claim that a text may repeat."""

    review: ExternalReview
    score: float
    """0 to 1."""
    reasons: tuple[str, ...]
    same: bool = True
    """Whether it can be the same claim; False when it counts something else."""
    stance: str = Stance.ASSERTS
    """What the text seems to do with the claim that was reviewed."""

    @property
    def pk(self) -> int:
        """Of the review."""
        return self.review.pk


def import_reviews(data: bytes, *, actor: Actor, url: str = "") -> list[Outcome]:
    """Take in the reviews of a file or page; what became of each, in its order.

    Reading the same again changes nothing. A review that is refused harms no other. ``url`` is
    where ``data`` came from. Raises NotAllowed, and IngestError (NoReviews, TooLarge) when
    nothing can be read at all.
    """
    _require(actor)
    found = enumerate(read_reviews(data, url=url, limits=review_limits()), start=1)
    seen: set[Identity] = set()
    done: list[Outcome] = []
    with transaction.atomic():
        # Two imports of one feed would otherwise meet in the middle of it.
        take_turns("external reviews")
        for batch in _batches(found):
            done += _stored(batch, seen, actor=actor)
    log.info("reviews_imported", **Counter(one.outcome for one in done))
    return done


def import_reviews_at(url: str, *, actor: Actor, seconds: float | None = None) -> list[Outcome]:
    """The same for an address, fetched with the manners of a feed; raises FetchError as well.

    ``seconds`` is for somebody who waits, instead of FETCH_TOTAL_SECONDS.
    """
    _require(actor)
    take_turn(url, requested=True)
    limits = replace(read_limits().fetch, max_bytes=settings.REVIEWS_MAX_BYTES)
    if seconds is not None:
        limits = replace(limits, total_timeout=min(seconds, limits.total_timeout))
    fetched = fetch(url, limits=limits, headers={"Accept": ACCEPT})
    return import_reviews(fetched.body, actor=actor, url=fetched.final_url)


def review_limits() -> ReviewLimits:
    """The bounds of reading reviews, from the settings."""
    return ReviewLimits(
        max_bytes=settings.REVIEWS_MAX_BYTES,
        max_items=settings.REVIEWS_MAX_ITEMS,
        max_depth=settings.REVIEWS_MAX_DEPTH,
        max_claim_chars=settings.REVIEW_CLAIM_CHARACTERS,
        max_review_bytes=settings.REVIEW_MAX_BYTES,
        page=read_limits(),
    )


def reviews_like(text: str, date: dt.date | None = None) -> list[ReviewMatch]:
    """Reviews by others of claims that ``text`` may repeat, found and compared as our own are.

    ``date`` is when it was said. At most MATCH_SHOWN; three queries.
    """
    if date is not None:
        text = with_dates(text, date)
    found = sharing_words(text, ExternalReview, "claim_text")
    rows = ExternalReview.objects.filter(pk__in=found).defer("raw").order_by("pk")
    said = Sentence.of(text)
    return likeliest(_matched(said, row) for row in rows if resembles(text, row.claim_text))


def _matched(said: Sentence, review: ExternalReview) -> ReviewMatch:
    like = likeness(said, review.claim_text)
    return ReviewMatch(review, like.score, like.reasons, like.same, like.stance)


def _require(actor: Actor) -> None:
    """A person needs the permission; a job is what an operator runs."""
    if actor.user is not None:
        actor.require(PERMISSION)


def _batches(items: Iterable[Item]) -> Iterator[list[Item]]:
    waiting = iter(items)
    while batch := list(islice(waiting, BATCH)):
        yield batch


def _stored(
    batch: list[tuple[int, Review | Refused]], seen: set[Identity], *, actor: Actor
) -> list[Outcome]:
    """Write one batch; ``seen`` is what the import has had before, whose first form stands."""
    known = _known(one for _, one in batch if isinstance(one, Review))
    own = publisher().site
    now = timezone.now()
    added: list[ExternalReview] = []
    changed: list[ExternalReview] = []
    done: list[tuple[int, str, Review | Refused, ExternalReview | None, str]] = []
    for number, review in batch:
        if isinstance(review, Refused):
            done.append((number, REFUSED, review, None, review.reason))
            continue
        if review.publisher_site == own:
            done.append((number, REFUSED, review, None, "It is a review of our own."))
            continue
        row = known.get(review.identity)
        if review.identity in seen:
            done.append((number, SAME, review, row, ""))
            continue
        seen.add(review.identity)
        if row is None:
            outcome, row = NEW, _row(review)
            known[review.identity] = row
            added.append(row)
        elif any(getattr(row, name) != getattr(review, name) for name in SAID):
            outcome = CHANGED
            changed.append(row)
        else:
            done.append((number, SAME, review, row, ""))
            continue
        for name in SAID:
            setattr(row, name, getattr(review, name))
        row.imported_at, row.imported_by, row.job = now, actor.user, actor.job
        done.append((number, outcome, review, row, ""))
    ExternalReview.objects.bulk_create(added)
    for row in changed:
        row.updated_at = now
    ExternalReview.objects.bulk_update(
        changed, [*SAID, "imported_at", "imported_by", "job", "updated_at"]
    )
    return [
        Outcome(number, outcome, one.url, one.claim_text, reason, row.pk if row else None)
        for number, outcome, one, row, reason in done
    ]


def _known(reviews: Iterable[Review]) -> dict[Identity, ExternalReview]:
    """The rows that are there of ``reviews``."""
    wanted = {review.identity for review in reviews}
    rows = ExternalReview.objects.select_for_update(of=("self",)).filter(
        url_hash__in=[address for address, _ in wanted]
    )
    return {(row.url_hash, row.claim_hash): row for row in rows}


def _row(review: Review) -> ExternalReview:
    address, claim = review.identity
    return ExternalReview(
        url=review.url, url_hash=address, claim_text=review.claim_text, claim_hash=claim
    )
