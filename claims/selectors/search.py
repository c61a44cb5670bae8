"""Full-text search over the record, and what the matches are made up of.

Matches come newest first. Ranking by relevance would have to read every match of a common word;
the newest are found by the key, whether a word stands in ten rows or in half a million. Facets
are counted over the newest SEARCH_FACET_ROWS matches, and the answer says so.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.contrib.postgres.search import SearchHeadline, SearchQuery
from django.db.models import Count, F, Model, Q, QuerySet
from django.db.models.functions import ExtractYear

from claims.choices import MatchState, VerdictStatus
from claims.models import Article, Claim, Quote, Speaker
from claims.models.base import search_vector
from claims.selectors.visibility import visible

BEGIN, END = "\x02", "\x03"
"""What marks a found word within the database's answer: no stored text has these."""

CONFIRMED = Q(appearances__state=MatchState.CONFIRMED)
PUBLIC = Q(verdicts__status=VerdictStatus.PUBLISHED)


@dataclass(frozen=True, slots=True)
class Facet:
    """Something that matches are counted and narrowed down by."""

    value: str
    """The path to what is filtered by."""
    label: str
    """The path to what it is called."""
    only: Q = field(default_factory=Q)
    """Which of the rows on the path count."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A table that is searched."""

    model: type[Model]
    text: str
    """The field that is searched, by its own full-text index."""
    config: str
    facets: Mapping[str, Facet]
    year: str
    """The path to the time that its year is taken from."""


KINDS: Mapping[str, Kind] = {
    "claims": Kind(
        Claim,
        "text",
        "english",
        {
            "rating": Facet("verdicts__rating", "verdicts__rating__label", PUBLIC),
            "speaker": Facet(
                "appearances__quote__speaker", "appearances__quote__speaker__name", CONFIRMED
            ),
            "outlet": Facet(
                "appearances__quote__article_version__article__source",
                "appearances__quote__article_version__article__source__name",
                CONFIRMED,
            ),
            "topic": Facet("topics__slug", "topics__name"),
        },
        "created_at",
    ),
    "quotes": Kind(
        Quote,
        "text",
        "english",
        {
            "speaker": Facet("speaker", "speaker__name"),
            "outlet": Facet(
                "article_version__article__source", "article_version__article__source__name"
            ),
        },
        "article_version__article__published_at",
    ),
    "articles": Kind(
        Article, "title", "english", {"outlet": Facet("source", "source__name")}, "published_at"
    ),
    "speakers": Kind(Speaker, "name", "simple", {}, "created_at"),
}
FACETS = ("rating", "speaker", "outlet", "topic", "year")


@dataclass(frozen=True, slots=True)
class Hit:
    """A row that was found, with the ranges of its text that were asked for."""

    row: Any
    text: str
    highlights: list[tuple[int, int]]
    """Half-open, in characters of ``text``."""


@dataclass(frozen=True, slots=True)
class Found:
    """A page of what one table has."""

    hits: list[Hit]
    more: bool
    """Whether older ones follow."""
    facets: dict[str, list[tuple[Any, str, int]]]
    """Name → (value, label, how many of the counted matches), the most first."""
    counted: int | None
    """How many matches the facets are counted over; None without facets."""
    complete: bool | None
    """Whether these are all that there are."""


def matches(kind: Kind, text: str, narrowed: Mapping[str, Any], viewer: Any) -> QuerySet[Any]:
    """The rows that have the words, as far as ``viewer`` may know of them, newest first.

    ``text`` is as people type it into search boxes: "quoted phrases", or, -without.
    """
    vector = search_vector(kind.text, config=kind.config)
    query = SearchQuery(text, search_type="websearch", config=kind.config)
    rows = kind.model._default_manager.alias(searched=vector).filter(searched=query)
    for name, value in narrowed.items():
        if name == "year":
            begin, end = (datetime(value + n, 1, 1, tzinfo=UTC) for n in (0, 1))
            rows = rows.filter(**{f"{kind.year}__gte": begin, f"{kind.year}__lt": end})
        else:
            facet = kind.facets[name]
            # By keys: a join to many would find a row as often as it has fellows.
            fitting = kind.model._default_manager.filter(facet.only, **{facet.value: value})
            rows = rows.filter(pk__in=fitting.values("pk"))
    return visible(rows, viewer).order_by("-pk")


def search(
    kind: Kind,
    text: str,
    *,
    viewer: Any,
    narrowed: Mapping[str, Any],
    facets: Iterable[str],
    before: int | None,
    limit: int,
) -> Found:
    """One page of matches older than the row ``before``, and the facets that are asked for.

    Two queries; with facets one more for what they are counted over, and one each.
    """
    found = matches(kind, text, narrowed, viewer)
    page = found if before is None else found.filter(pk__lt=before)
    keys = list(page.values_list("pk", flat=True)[: limit + 1])
    hits, more = _hits(kind, text, keys[:limit]), len(keys) > limit
    wanted = [name for name in facets if name == "year" or name in kind.facets]
    if not wanted:
        return Found(hits, more, facets={}, counted=None, complete=None)
    most = settings.SEARCH_FACET_ROWS
    counted = list(found.values_list("pk", flat=True)[: most + 1])
    return Found(
        hits,
        more,
        facets={name: _facet(kind, name, counted[:most]) for name in wanted},
        counted=min(len(counted), most),
        complete=len(counted) <= most,
    )


def _hits(kind: Kind, text: str, keys: list[int]) -> list[Hit]:
    query = SearchQuery(text, search_type="websearch", config=kind.config)
    marked = SearchHeadline(
        kind.text,
        query,
        config=kind.config,
        start_sel=BEGIN,
        stop_sel=END,
        highlight_all=True,
    )
    rows = kind.model._default_manager.filter(pk__in=keys).annotate(marked=marked)
    return [_hit(kind, row) for row in rows.order_by("-pk")]


def _hit(kind: Kind, row: Any) -> Hit:
    """The ranges that the database marked, counted in the text itself."""
    text = getattr(row, kind.text)
    ranges: list[tuple[int, int]] = []
    reached, begun = 0, 0
    for piece in re.split(f"([{BEGIN}{END}])", row.marked):
        if piece == BEGIN:
            begun = reached
        elif piece == END:
            ranges.append((begun, reached))
        else:
            reached += len(piece)
    return Hit(row, text, ranges if reached == len(text) else [])


def _facet(kind: Kind, name: str, keys: list[int]) -> list[tuple[Any, str, int]]:
    rows = kind.model._default_manager.filter(pk__in=keys)
    if name == "year":
        by_year = rows.annotate(value=ExtractYear(kind.year)).values_list("value")
        counts = by_year.annotate(n=Count("pk")).filter(value__isnull=False)
        ordered = counts.order_by("-n", "-value")[: settings.SEARCH_FACET_VALUES]
        return [(value, str(value), n) for value, n in ordered]
    facet = kind.facets[name]
    by_value = rows.filter(facet.only, **{f"{facet.value}__isnull": False})
    counts = (
        by_value.order_by()
        .values_list(F(facet.value), F(facet.label))
        .annotate(n=Count("pk", distinct=True))
        .order_by("-n", facet.label)
    )
    return list(counts[: settings.SEARCH_FACET_VALUES])
