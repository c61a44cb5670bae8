"""What editors made of quotes, as training data: a line of JSON a quote.

A line has what the extractor offered (``offered``), what the desk made of it (``start`` and the
rest), and the verdict on it (``decision``, ``reason``, ``fixed``). Offsets count characters of
the article's text; ``context[start - context_start : end - context_start] == text``. Who decided
is not told, nor what was remarked.
"""

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db.models import F, QuerySet
from django.db.models.functions import Greatest, Substr

from claims.choices import FixReason, QuoteStatus
from claims.models import Decision, Quote, Speaker

CHUNK = 500
FIXED = "fixed"


def labels(*, since: datetime | None = None) -> Iterator[dict[str, Any]]:
    """One label for each quote that people decided on or corrected, in the order of their keys.

    ``since`` leaves out what nobody has touched after that time. Memory stays flat: the quotes
    are read by the hundred, four queries each.
    """
    last = 0
    while True:
        chunk = list(_touched(since).filter(pk__gt=last)[:CHUNK])
        if not chunk:
            return
        yield from _labels_of(chunk)
        last = chunk[-1].pk


def lines(*, since: datetime | None = None) -> Iterator[str]:
    """The labels as NDJSON."""
    for label in labels(since=since):
        yield json.dumps(label, ensure_ascii=False) + "\n"


def _touched(since: datetime | None) -> QuerySet[Any]:
    around = settings.LABEL_CONTEXT_CHARACTERS
    first = Greatest(F("start") - around, 0)
    found = (
        Quote.objects.filter(touched_at__isnull=False)
        .exclude(status=QuoteStatus.WITHDRAWN)
        .annotate(
            context_start=first,
            context=Substr("article_version__text", first + 1, F("end") + around - first),
        )
        .select_related("run", "speaker", "article_version__article__source")
        .defer("article_version__text", "run__error")
        .order_by("pk")
    )
    return found.filter(touched_at__gte=since) if since else found


def _labels_of(quotes: list[Any]) -> Iterator[dict[str, Any]]:
    keys = [quote.pk for quote in quotes]
    decisions: dict[int, list[Decision]] = {}
    for decision in Decision.objects.filter(quote__in=keys, actor__isnull=False).order_by("pk"):
        decisions.setdefault(decision.quote_id or 0, []).append(decision)
    offers = _offers(keys)
    speakers = Speaker.objects.select_related("merged_into").in_bulk(
        {offer.speaker_id for offer in offers.values()} - {None}
    )
    for quote in quotes:
        offer = offers.get(quote.pk)
        said = speakers.get(offer.speaker_id) if offer is not None else None
        label = _label(quote, offer, said, decisions.get(quote.pk, []))
        if label is not None:
            yield label


def _offers(keys: list[int]) -> dict[int, Any]:
    """Each quote as a machine left it last, from its history; none for one marked by a person."""
    events = apps.get_model("claims", "QuoteEvent").objects.filter(
        pgh_obj_id__in=keys, touched_at__isnull=True, run__isnull=False
    )
    last = events.order_by("pgh_obj_id", "-pgh_id").distinct("pgh_obj_id")
    return {event.pgh_obj_id: event for event in last}


def _label(
    quote: Any, offer: Any, said: Speaker | None, decisions: list[Decision]
) -> dict[str, Any] | None:
    fixed = _fixed(quote, offer, said, decisions)
    decision = quote.status if quote.status != QuoteStatus.CANDIDATE else FIXED
    if decision == FIXED and not fixed:
        return None  # decided, and reopened: nobody knows yet
    decided = [each for each in decisions if each.to_state == quote.status]
    article = quote.article_version.article
    return {
        "quote": quote.pk,
        "article": article.canonical_url,
        "outlet": article.source.name,
        "language": article.language,
        "published_at": article.published_at and article.published_at.isoformat(),
        "text_sha256": quote.article_version.sha256,
        "context_start": quote.context_start,
        "context": quote.context,
        **_span(quote),
        "cue": quote.cue_span,
        "mention": quote.mention_span,
        "speaker": quote.speaker and quote.speaker.name,
        "wikidata": quote.speaker and quote.speaker.wikidata_id,
        "role": quote.role,
        "extractor": quote.run and quote.run.extractor,
        "confidence": quote.confidence,
        "check_worthiness": quote.check_worthiness,
        "offered": offer
        and {
            **_span(offer),
            "speaker": said and said.name,
            "name": offer.suggested_name,
            "candidates": offer.candidate_names,
        },
        "decision": decision,
        "reason": decided[-1].reason_code if decision == QuoteStatus.REJECTED and decided else "",
        "fixed": fixed,
        "decided_at": (decided[-1].at if decided else quote.touched_at).isoformat(),
    }


def _span(row: Any) -> dict[str, Any]:
    return {
        "kind": row.kind,
        "start": row.start,
        "end": row.end,
        "fragments": row.fragments,
        "text": row.text,
    }


def _fixed(quote: Any, offer: Any, said: Speaker | None, decisions: list[Decision]) -> list[str]:
    """What people corrected: "span", "speaker"; "speaker_open" where they said nobody can know."""
    reasons = {each.reason_code for each in decisions}
    fixed = []
    if offer is not None and FixReason.FIXED_SPAN in reasons and _span(quote) != _span(offer):
        fixed.append("span")
    meant = (said.merged_into_id or said.pk) if said is not None else None
    if FixReason.FIXED_SPEAKER in reasons and quote.speaker_id != meant:
        fixed.append("speaker")
    if FixReason.LEFT_OPEN in reasons and quote.speaker_id is None:
        fixed.append("speaker_open")
    return fixed
