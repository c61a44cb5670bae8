"""Rows whose text shares words with another: one look into the full-text index a word.

A query of all words at once would read every row that has the commonest of them.
"""

import math
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import Model

from claims.models.base import SEARCHED_CHARACTERS

MOST_WORDS = 24
"""Words of a text that are searched for, the longest: they are the rarest."""

# Word by word: each is one look into the index, cut off where the word is too common.
# {table} and {column} are names of our models, quoted; {found} is the expression of the index.
FOUND = "to_tsvector('english'::regconfig, COALESCE(LEFT({column}, %(characters)s), ''))"
FIND = """
    WITH words AS (
        SELECT word FROM unnest(tsvector_to_array(to_tsvector('english', %(text)s))) AS word
        WHERE word ~ '^[[:alnum:]][[:alnum:].-]*$' ORDER BY length(word) DESC, word LIMIT %(words)s
    )
    SELECT word, pks FROM words, LATERAL (
        SELECT array_agg(one.id) AS pks FROM (
            SELECT id FROM {table} WHERE {found} @@ quote_literal(word)::tsquery LIMIT %(most)s
        ) AS one
    ) AS found WHERE pks IS NOT NULL
"""
# Where every word is common: the rows that have all of them.
FIND_ALL = """
    SELECT id FROM {table} WHERE {found} @@ (
        SELECT string_agg(quote_literal(word), ' & ')::tsquery FROM unnest(%(words)s) AS word
    ) LIMIT %(most)s
"""


def sharing_words(text: str, model: type[Model], field: str) -> list[int]:
    """The keys of rows whose ``field`` shares words with ``text``, the rarest words first.

    ``field`` needs a full-text index (models.base.search_index, English). At most
    MATCH_CANDIDATES, in one query or two.
    """
    most = settings.MATCH_WORD_CLAIMS
    with connection.cursor() as cursor:
        asked: dict[str, Any] = {"characters": SEARCHED_CHARACTERS, "most": most + 1}
        cursor.execute(_in(FIND, model, field), {**asked, "text": text, "words": MOST_WORDS})
        hits: list[tuple[str, list[int]]] = cursor.fetchall()
        weights: dict[int, float] = {}
        common = []
        for word, pks in hits:
            if len(pks) > most:
                common.append(word)
                continue
            for pk in pks:
                weights[pk] = weights.get(pk, 0) + 1 / math.log(2 + len(pks))
        if len(weights) < settings.MATCH_SHOWN and common:
            asked["most"] = settings.MATCH_CANDIDATES
            cursor.execute(_in(FIND_ALL, model, field), {**asked, "words": common})
            weights |= {pk: weights.get(pk, 0) + 1 for (pk,) in cursor.fetchall()}
    ranked = sorted(weights, key=lambda pk: (-weights[pk], -pk))
    return ranked[: settings.MATCH_CANDIDATES]


def _in(query: str, model: type[Model], field: str) -> str:
    quoted = connection.ops.quote_name
    column = quoted(str(model._meta.get_field(field).column))  # type: ignore[union-attr]
    return query.format(table=quoted(model._meta.db_table), found=FOUND.format(column=column))
