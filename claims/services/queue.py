"""The queue of candidates, narrowed down to what somebody wants to see of it.

Each filter is a condition on the rows, so that the queue keeps its order and its index; how
many rows there are makes no difference to the number of queries.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.contrib.postgres.search import SearchQuery
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Now
from django.utils.timezone import make_aware

from claims.choices import MatchState, QuoteStatus
from claims.models import Appearance, ArticleVersion, CandidateHold, ClaimTopic, Quote, Topic
from claims.models.base import search_vector
from claims.selectors import behind, candidates
from claims.selectors.visibility import hidden_claims


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody wants to see of the queue; an empty field asks for nothing."""

    source: int | None = None
    speaker: int | None = None
    topic: int | None = None
    kind: str = ""
    since: date | None = None
    """The first day on which the article came out."""
    until: date | None = None
    """The last one."""
    unresolved: bool = False
    """Only what has no speaker yet."""
    altered: bool = False
    """Only what stands in an older text of its article, and not in the one of today."""


def queue(wanted: Wanted | None, *, viewer: User) -> QuerySet[Quote]:
    """The candidates that are ``wanted``, in the order of the queue."""
    found = candidates()
    if wanted is None:
        return found
    if wanted.source is not None:
        found = found.filter(article_version__article__source=wanted.source)
    if wanted.speaker is not None:
        found = found.filter(speaker=wanted.speaker)
    if wanted.kind:
        found = found.filter(kind=wanted.kind)
    if wanted.since is not None:
        found = found.filter(article_version__article__published_at__gte=_begin(wanted.since))
    if wanted.until is not None:
        ended = _begin(wanted.until + timedelta(days=1))
        found = found.filter(article_version__article__published_at__lt=ended)
    if wanted.unresolved:
        found = found.filter(speaker=None)
    if wanted.altered:
        found = found.filter(_altered())
    if wanted.topic is not None:
        found = found.filter(pk__in=_on_topic(wanted.topic, viewer))
    return found


def free_for(user_id: int, found: QuerySet[Quote]) -> QuerySet[Quote]:
    """Those of ``found`` that nobody but this person is looking at."""
    others = CandidateHold.objects.filter(quote=OuterRef("pk"), until__gt=Now()).exclude(
        user=user_id
    )
    return found.filter(~Exists(others))


def following(found: QuerySet[Quote], after: int | None) -> QuerySet[Quote]:
    """The part of the queue that comes after the quote ``after``; all of it after None."""
    return found if after is None else behind(found, after)


def is_altered(quote: Quote) -> bool:
    """Whether the outlet has changed or dropped the words since the text they were found in."""
    return Quote.objects.filter(_altered(), pk=quote.pk).exists()


def _begin(day: date) -> datetime:
    return make_aware(datetime.combine(day, time.min))


def _altered() -> Q:
    """In an older text, with no copy of the words in the text of today."""
    still_there = Quote.objects.filter(
        copy_of=OuterRef("pk"),
        article_version=OuterRef("article_version__article__current_version"),
    ).exclude(status=QuoteStatus.WITHDRAWN)
    older = ~Q(article_version=F("article_version__article__current_version"))
    # Says the same once more, by what is rare: a search can begin at articles with later texts.
    changed = Q(
        article_version__article__in=ArticleVersion.objects.filter(number__gt=1).values("article")
    )
    return changed & older & Q(~Exists(still_there))


def _on_topic(topic: int, viewer: User) -> QuerySet[Any, Any]:
    """Candidates that name the topic, or of an article that voices one of its newest claims.

    The newest TRIAGE_TOPIC_CLAIMS, so that a topic of many years costs no more than one of this
    month; what stands beside older claims is far behind in the queue.
    """
    newest = (
        ClaimTopic.objects.filter(topic=topic)
        .exclude(claim__in=hidden_claims(viewer))
        .order_by("-claim_id")
        .values("claim_id")[: settings.TRIAGE_TOPIC_CLAIMS]
    )
    voicing = Appearance.objects.filter(
        claim__in=newest, state__in=[MatchState.SUGGESTED, MatchState.CONFIRMED]
    )
    waiting = candidates().order_by()
    voiced = waiting.filter(article_version__in=voicing.values("quote__article_version"))
    name = Topic.objects.filter(pk=topic).values_list("name", flat=True).first() or ""
    naming = waiting.alias(searched=search_vector("text", config="english")).filter(
        searched=SearchQuery(name, config="english")
    )
    return naming.values("pk").union(voiced.values("pk"))
