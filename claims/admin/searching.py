"""Search boxes on the full-text indexes of the record."""

import re
from typing import TypeVar

from django.contrib.postgres.search import SearchQuery
from django.db.models import Model, QuerySet

from claims.models.base import search_vector

Row = TypeVar("Row", bound=Model)


def words_of(
    queryset: QuerySet[Row], field: str, term: str, *, config: str = "english"
) -> QuerySet[Row]:
    """The rows whose ``field`` has every word of ``term``; the last one may be half typed."""
    words = re.findall(r"\w+", term)
    if not words:
        return queryset
    query = SearchQuery(" & ".join(words[:-1]), search_type="raw", config=config)
    last = SearchQuery(f"{words[-1]}:*", search_type="raw", config=config)
    # A word of grammar ("the") is no lexeme and finds nothing as a prefix: it asks for nothing.
    wanted = last if len(words) == 1 else query & last
    searched = queryset.alias(searched=search_vector(field, config=config))
    found: QuerySet[Row] = searched.filter(searched=wanted)  # type: ignore[assignment]
    return found
