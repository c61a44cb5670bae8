"""The queue of candidates, and what stands around a quote."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet, Subquery
from django.db.models.functions import Substr

from claims.choices import AlertState, QuoteStatus
from claims.models import Article, ArticleVersion, Quote, QuoteCheck, Speaker
from claims.models.quote import queue_rank
from claims.models.speaker import SpeakerQuerySet


def candidates() -> QuerySet[Quote]:
    """The queue: what nobody has decided on, each utterance once, by ``queue_rank``."""
    waiting = Quote.objects.filter(status=QuoteStatus.CANDIDATE, copy_of=None)
    return waiting.alias(rank=queue_rank()).order_by("-rank", "-pk")


def behind(queue: QuerySet[Quote], after: int) -> QuerySet[Quote]:
    """The part of ``queue`` (`candidates`, filtered or not) that follows the quote ``after``."""
    rank = Subquery(
        Quote.objects.filter(pk=after).annotate(rank=queue_rank()).values("rank").order_by()
    )
    # lte says the same once more, in a form that the queue's index can begin at.
    ranked = queue.alias(rank=queue_rank())
    found: QuerySet[Quote] = ranked.filter(Q(rank__lt=rank) | Q(pk__lt=after), rank__lte=rank)
    return found


def next_candidate(after: Quote) -> Quote | None:
    """The candidate that follows ``after`` in the queue; the first one behind the last."""
    queue = candidates().exclude(pk=after.pk)
    return behind(queue, after.pk).first() or queue.first()


def other_outlets(quotes: Iterable[Quote]) -> dict[int, list[str]]:
    """For each of ``quotes``, by its key, the names of the other outlets that carry its words.

    ``article_version.article`` should be loaded. Two queries for all of them.
    """
    home = {quote.pk: quote.article_version.article for quote in quotes}
    carried: dict[int, set[int]] = {pk: {article.pk} for pk, article in home.items()}
    names: dict[int, str] = {}
    copied = (
        Quote.objects.filter(copy_of__in=list(home))
        .exclude(status=QuoteStatus.WITHDRAWN)
        .values_list(
            "copy_of_id",
            "article_version__article_id",
            "article_version__article__source_id",
            "article_version__article__source__name",
        )
    )
    outlets: dict[int, set[int]] = {pk: set() for pk in home}
    for pk, article, source, name in copied:
        carried[pk].add(article)
        outlets[pk].add(source)
        names[source] = name
    articles = set().union(*carried.values())
    to_the_word: dict[int, set[int]] = {}
    for article, source, name in Article.objects.filter(copy_of__in=articles).values_list(
        "copy_of_id", "source_id", "source__name"
    ):
        to_the_word.setdefault(article, set()).add(source)
        names[source] = name
    return {
        pk: sorted(
            names[source]
            for source in outlets[pk].union(*(to_the_word.get(one, ()) for one in carried[pk]))
            if source != home[pk].source_id
        )
        for pk in home
    }


def open_alerts() -> QuerySet[QuoteCheck]:
    """Accepted quotes that an outlet has altered or dropped, and nobody has looked at."""
    return QuoteCheck.objects.filter(alert=AlertState.OPEN).order_by("-pk")


def speakers_that_may_have_said(quote: Quote) -> SpeakerQuerySet:
    """The speakers known by a name that the extractor gave for ``quote``."""
    found: SpeakerQuerySet = Speaker.objects.none()
    for name in {quote.suggested_name, *quote.candidate_names} - {""}:
        found |= Speaker.objects.named(name)
    return found


def text_between(version_id: int, start: int, end: int) -> str:
    """Characters ``start`` to ``end`` of a version's text, without reading the rest of it."""
    start = max(0, start)
    cut = Substr("text", start + 1, max(0, end - start))
    text: str = ArticleVersion.objects.values_list(cut, flat=True).get(pk=version_id)
    return text
