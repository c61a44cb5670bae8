"""Near copies: one wire story is one utterance and not forty.

A new text is fingerprinted in the transaction that stores it, compared with the few that its
bands point to, and grouped with its near copies into a Story. After extraction the quotes of
a story's articles, and of one article's versions, that say the same words are linked to the
one that the desk looks at (``Quote.copy_of``). The links are worked out from the rows as they
are, whatever order they came in: doing it again changes nothing.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import Q
from django.db.models.functions import Coalesce, Least
from django.utils import timezone

from claims.choices import QuoteStatus, RejectReason
from claims.ingest import similarity
from claims.ingest.similarity import Sketch, Thresholds
from claims.models import Article, ArticleVersion, Decision, Fingerprint, Quote, Story
from claims.services.locking import take_turns, take_turns_on

PERIOD = timedelta(days=16)
"""Bands of texts that came out in different periods never meet; a search asks for those that
its window reaches into. Stored fingerprints depend on it."""
ALL_BUT_THE_SAME = 0.9
"""A text that resembles one with bands by this much needs none of its own to be found."""

# Rejections that are about the row and not about the words: a copy may be right.
OWN_FAULTS = frozenset({RejectReason.WRONG_SPAN.value, RejectReason.WRONG_SPEAKER.value})


# --- Articles ---------------------------------------------------------------------------


def thresholds() -> Thresholds:
    """From when on two texts are near copies, from the settings."""
    return Thresholds(
        resemblance=settings.NEAR_COPY_RESEMBLANCE,
        containment=settings.NEAR_COPY_CONTAINMENT,
        conflicts=settings.NEAR_COPY_CONFLICTS,
    )


def begin(text: str) -> Sketch | None:
    """The sketch of a text that is about to be stored; None when it is too short to have copies.

    Of near copies that arrive together one waits here for the other, until its transaction
    ends. Called before any row is locked.
    """
    made = similarity.sketch(text)
    if made.shingles < settings.NEAR_COPY_MIN_SHINGLES:
        return None
    take_turns_on(similarity.bands(made))
    return made


def record_version(version: ArticleVersion, made: Sketch | None) -> None:
    """Keep the fingerprint of a new version, and group its article with its near copies.

    ``made`` is what `begin` gave in this transaction.
    """
    if made is None:
        return
    moment = _moment(version)
    alike = list(_near_copies(version, made, moment))
    known = any(resemblance >= ALL_BUT_THE_SAME for _, resemblance in alike)
    Fingerprint.objects.create(
        article_version=version,
        minhash=made.to_bytes(),
        bands=[] if known else similarity.bands(made, period=_period(moment)),
        shingles=made.shingles,
    )
    _group(version.article, [article_id for article_id, _ in alike])


def record_copy(article: Article, original: Article) -> None:
    """Group an article that repeats ``original`` word for word with it."""
    _group(article, [original.pk])


def _moment(version: ArticleVersion) -> datetime:
    """When the text came out; a date in the future is a mistake of the page."""
    published = version.article.published_at
    return min(published, version.fetched_at) if published else version.fetched_at


def _period(moment: datetime) -> int:
    return (moment - datetime(1970, 1, 1, tzinfo=UTC)) // PERIOD


def _near_copies(
    version: ArticleVersion, made: Sketch, moment: datetime
) -> Iterator[tuple[int, float]]:
    """Article and resemblance of texts that are near copies: one of a story, the likest first.

    Compares at most NEAR_COPY_CANDIDATES texts, word by word.
    """
    window = timedelta(days=settings.NEAR_COPY_WINDOW_DAYS)
    periods = range(_period(moment - window), _period(moment + window) + 1)
    sought = [band for period in periods for band in similarity.bands(made, period=period)]
    sketches = {
        row.pk: similarity.estimate(made, similarity.from_bytes(bytes(row.minhash), row.shingles))
        for row in Fingerprint.objects.filter(pk__in=_sharing(sought)).defer("bands")
    }
    likest = sorted(sketches, key=lambda pk: (-sketches[pk], pk))[: settings.NEAR_COPY_CANDIDATES]
    candidates = (
        ArticleVersion.objects.filter(pk__in=likest)
        .exclude(article_id=version.article_id)
        .select_related("article")
        .defer("text")
        .in_bulk()
    )
    language = version.article.language
    seen: set[int] = set()
    for pk in likest:
        other = candidates.get(pk)
        if other is None or other.article.story_id in seen:
            continue
        if language and other.article.language not in ("", language):
            continue
        if abs(_moment(other) - moment) > window:
            continue
        text = ArticleVersion.objects.values_list("text", flat=True).get(pk=pk)
        likeness = similarity.compare(version.text, text)
        if thresholds().hold(likeness):
            if other.article.story_id is not None:
                seen.add(other.article.story_id)
            yield other.article_id, likeness.resemblance


def _sharing(bands: list[int]) -> list[int]:
    """The versions that share one of ``bands``; a band that very many share is passed over."""
    # Band by band: each is one look into the index, cut off where the band is too common.
    shared = """
        SELECT hits.pks FROM unnest(%s::bigint[]) AS band, LATERAL (
            SELECT array_agg(one.pk) AS pks FROM (
                SELECT article_version_id AS pk FROM claims_fingerprint
                WHERE bands @> ARRAY[band] LIMIT %s
            ) AS one
        ) AS hits WHERE hits.pks IS NOT NULL AND cardinality(hits.pks) <= %s"""
    most = settings.NEAR_COPY_BAND_ROWS
    with connection.cursor() as cursor:
        cursor.execute(shared, [bands, most + 1, most])
        return sorted({pk for (pks,) in cursor.fetchall() for pk in pks})


def _group(article: Article, others: list[int]) -> None:
    """Put ``article`` and its near copies into one story; the oldest of several stories stays."""
    if not others:
        return
    take_turns("stories")
    rows = list(Article.objects.filter(pk__in=[article.pk, *others]).values_list("pk", "story_id"))
    stories = sorted({story for _, story in rows if story is not None})
    alone = [pk for pk, story in rows if story is None]
    if len(stories) == 1 and not alone:
        return
    story_id = stories[0] if stories else Story.objects.create().pk
    # Quotes that were extracted before are linked across what comes together here.
    meeting = len(stories) + len([pk for pk in alone if pk != article.pk]) > 1 or (
        article.pk in alone and article.versions.count() > 1
    )
    if meeting:
        for pk in sorted(alone):
            take_turns(_article_topic(pk))
        for story in stories:
            take_turns(_story_topic(story))
    joining = Q(story__in=stories[1:]) | Q(pk__in=alone) | Q(copy_of__in=alone, story=None)
    Article.objects.filter(joining).update(story=story_id, updated_at=timezone.now())
    Story.objects.filter(pk__in=stories[1:]).delete()
    article.story_id = story_id
    if meeting:
        _link(Q(article_version__article__story=story_id))


# --- Quotes -----------------------------------------------------------------------------


def take_turn_on_quotes(article_id: int) -> None:
    """Wait for others that link quotes of the article or of its story.

    Called before any quote is locked by whoever is going to call `link_quotes`.
    """
    take_turns(_article_topic(article_id))
    story = _story_of(article_id)
    while story is not None:
        take_turns(_story_topic(story))
        # While this one waited, the story may have become part of another.
        before, story = story, _story_of(article_id)
        if story == before:
            return


def link_quotes(article_id: int) -> None:
    """Link the quotes of the article's story, and of its versions, that say the same words."""
    story = _story_of(article_id)
    if story is not None:
        _link(Q(article_version__article__story=story))
    elif ArticleVersion.objects.filter(article=article_id, number__gt=1).exists():
        _link(Q(article_version__article=article_id))


@dataclass(frozen=True, slots=True)
class _Saying:
    """A quote as far as linking is concerned."""

    pk: int
    article: int
    version: int
    words: tuple[str, ...]
    name: str
    status: str
    reason: str
    copy_of: int | None
    rank: tuple[Any, ...]

    @property
    def is_reviewed(self) -> bool:
        return self.status != QuoteStatus.CANDIDATE

    def is_said_in(self, other: "_Saying") -> bool:
        """Whether ``other`` can stand for this one: the same words, and nothing wrong with it."""
        if other.reason in OWN_FAULTS and other.article != self.article:
            return False
        if len(self.words) < similarity.FEW_WORDS and self.name and other.name:
            # "Yes", said Lind; "Yes", said Brandt.
            return self.words == other.words and self.name == other.name
        return similarity.same_words(
            self.words, other.words, threshold=settings.QUOTE_COPY_SIMILARITY
        )


def _link(among: Q) -> None:
    """Let every quote ``among`` these point to the one that stands for its words, or to none.

    The one that stands for them is, in this order: accepted; worked on by somebody; rejected
    for its words; the first, by the time its article came out. A person's decision is never
    touched, and no reviewed quote becomes a copy; what was one may become an original.
    """
    originals = _Originals()
    changes: dict[int | None, list[int]] = {}
    for saying in sorted(_sayings(among), key=lambda one: one.rank):
        wanted = originals.find_or_add(saying)
        if wanted != saying.copy_of:
            changes.setdefault(wanted, []).append(saying.pk)
    now = timezone.now()
    for wanted, pks in changes.items():
        Quote.objects.filter(pk__in=pks).update(copy_of=wanted, updated_at=now)


class _Originals:
    """The quotes that stand for their words so far, and which texts have them already."""

    def __init__(self) -> None:
        self.every: list[_Saying] = []
        self.by_words: dict[tuple[str, ...], list[_Saying]] = {}
        self.taken: set[tuple[int, int]] = set()

    def find_or_add(self, saying: _Saying) -> int | None:
        """The key of the quote that ``saying`` is a copy of; None when it is an original now."""
        for originals in (self.by_words.get(saying.words, ()), self.every):
            for original in originals:
                if self._stands_for(original, saying):
                    self.taken.add((original.pk, saying.version))
                    return original.pk
        self.every.append(saying)
        self.by_words.setdefault(saying.words, []).append(saying)
        return None

    def _stands_for(self, original: _Saying, saying: _Saying) -> bool:
        if saying.is_reviewed and original.pk != saying.copy_of:
            return False
        # What one text says twice, another says twice: the second is the second's copy.
        if original.version == saying.version or (original.pk, saying.version) in self.taken:
            return False
        return saying.is_said_in(original)


def _sayings(among: Q) -> Iterator[_Saying]:
    quotes = list(
        Quote.objects.filter(among)
        .exclude(status=QuoteStatus.WITHDRAWN)
        .select_related("article_version__article")
        .defer("article_version__text", "prefix", "suffix")
        .annotate(
            came_out=Least(
                Coalesce("article_version__article__published_at", "article_version__fetched_at"),
                "article_version__article__created_at",
            )
        )
    )
    reasons = _reasons([quote.pk for quote in quotes if quote.status == QuoteStatus.REJECTED])
    for quote in quotes:
        version = quote.article_version
        reason = reasons.get(quote.pk, "")
        yield _Saying(
            pk=quote.pk,
            article=version.article_id,
            version=version.pk,
            words=similarity.key_words(quote.content),
            name=quote.suggested_name.casefold(),
            status=quote.status,
            reason=reason,
            copy_of=quote.copy_of_id,
            rank=(
                _standing(quote, reason),
                quote.came_out,
                version.article_id,
                version.number,
                quote.start,
            ),
        )


def _standing(quote: Quote, reason: str) -> int:
    if quote.status == QuoteStatus.ACCEPTED:
        return 0
    if quote.status == QuoteStatus.REJECTED:
        return 3 if reason == RejectReason.DUPLICATE else 2
    return 1 if quote.touched_at is not None else 3


def _reasons(rejected: list[int]) -> dict[int, str]:
    """Why each of these quotes was last rejected."""
    decisions = Decision.objects.filter(quote__in=rejected, to_state=QuoteStatus.REJECTED)
    return dict(decisions.order_by("pk").values_list("quote_id", "reason_code"))


def _story_of(article_id: int) -> int | None:
    return Article.objects.values_list("story_id", flat=True).get(pk=article_id)


def _article_topic(pk: int) -> str:
    return f"quotes of article {pk}"


def _story_topic(pk: int) -> str:
    return f"quotes of story {pk}"
