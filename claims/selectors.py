"""Reads that more than one place needs. They return querysets wherever they can."""

from django.db.models import Q, QuerySet
from django.db.models.functions import Substr

from claims.choices import QuoteStatus
from claims.models import ArticleVersion, Quote, Speaker
from claims.models.speaker import SpeakerQuerySet


def candidates() -> QuerySet[Quote]:
    """The queue: what nobody has decided on, the most check-worthy first."""
    return Quote.objects.filter(status=QuoteStatus.CANDIDATE).order_by("-check_worthiness", "-pk")


def next_candidate(after: Quote) -> Quote | None:
    """The candidate that follows ``after`` in the queue; the first one behind the last."""
    worth = after.check_worthiness
    behind = Q(check_worthiness__lt=worth) | Q(check_worthiness=worth, pk__lt=after.pk)
    queue = candidates().exclude(pk=after.pk)
    # lte says the same once more, in a form that the queue's index can begin at.
    return queue.filter(behind, check_worthiness__lte=worth).first() or queue.first()


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
