"""Which claims of the desk a text may repeat.

Full-text search finds those that share its rarer words, rapidfuzz ranks them, and numbers are
compared as quantities: a claim that counts something else is another claim, however alike the
words are. A match is a hint for an editor. It never carries a verdict over.
"""

import datetime as dt
import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import QuerySet
from rapidfuzz import fuzz

from claims.choices import MatchState, Stance
from claims.extraction.quantities import Quantity, find_quantities, from_json, same_quantity
from claims.extraction.relative_dates import with_dates
from claims.ingest.similarity import key_words
from claims.models import Appearance, Claim, Speaker
from claims.models.base import SEARCHED_CHARACTERS

MOST_WORDS = 24
"""Words of a text that are searched for, the longest: they are the rarest."""

ROUGHLY = 0.4
"""Texts that resemble each other less are not compared with their numbers."""

ANOTHER_NUMBER = 0.8
"""By this a match is weighed down that counts something else."""
SAME_NUMBER, SAME_SPEAKER, NO_NUMBER = 0.05, 0.05, -0.08

_NEGATIONS = frozenset(["not", "no", "never", "none", "neither", "nor", "without", "cannot"])
_FUNCTION_WORDS = frozenset(
    (
        *("a", "an", "and", "are", "as", "at", "be", "been", "but", "by", "for", "from", "had"),
        *("has", "have", "he", "her", "his", "i", "in", "is", "it", "its", "of", "on", "or"),
        *("our", "she", "that", "the", "their", "they", "this", "to", "was", "we", "were"),
        *("which", "who", "will", "with", "would", "s", "t"),
    )
)

# Word by word: each is one look into the index, cut off where the word is too common.
FIND = """
    WITH words AS (
        SELECT word FROM unnest(tsvector_to_array(to_tsvector('english', %(text)s))) AS word
        WHERE word ~ '^[[:alnum:]][[:alnum:].-]*$' ORDER BY length(word) DESC, word LIMIT %(words)s
    )
    SELECT word, pks FROM words, LATERAL (
        SELECT array_agg(one.id) AS pks FROM (
            SELECT id FROM claims_claim WHERE to_tsvector(
                'english'::regconfig, COALESCE(LEFT(text, %(characters)s), '')
            ) @@ quote_literal(word)::tsquery LIMIT %(most)s
        ) AS one
    ) AS found WHERE pks IS NOT NULL
"""
# Where every word is common: the claims that have all of them.
FIND_ALL = """
    SELECT id FROM claims_claim WHERE to_tsvector(
        'english'::regconfig, COALESCE(LEFT(text, %(characters)s), '')
    ) @@ (SELECT string_agg(quote_literal(word), ' & ')::tsquery FROM unnest(%(words)s) AS word)
    LIMIT %(most)s
"""


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


def match(
    text: str,
    speaker: Speaker | None = None,
    date: dt.date | None = None,
    *,
    among: QuerySet[Claim] | None = None,
) -> list[Match]:
    """The claims that ``text`` may repeat, the likest first, those that count alike before others.

    ``speaker`` and ``date`` are who said it and when, as far as known. ``among`` narrows the
    claims down to those that the caller may know of. At most MATCH_SHOWN; three queries.
    """
    if date is not None:
        text = with_dates(text, date)
    found = _sharing_words(text)
    claims = Claim.objects.all() if among is None else among
    known = claims.filter(pk__in=found).order_by("pk")
    compared = [claim for claim in known if _resembles(text, claim.text)]
    by_speaker = _voiced_by(speaker, compared)
    quantities = find_quantities(text)
    matches = [_compared(text, quantities, claim, claim.pk in by_speaker) for claim in compared]
    likely = [each for each in matches if each.score >= settings.MATCH_MIN_SCORE]
    likely.sort(key=lambda each: (not each.same, -each.score, -each.claim.pk))
    return likely[: settings.MATCH_SHOWN]


# --- Finding ------------------------------------------------------------------------------


def _sharing_words(text: str) -> list[int]:
    """The keys of claims that share words with ``text``, those with the rarest words first."""
    most = settings.MATCH_WORD_CLAIMS
    with connection.cursor() as cursor:
        asked: dict[str, Any] = {"characters": SEARCHED_CHARACTERS, "most": most + 1}
        cursor.execute(FIND, {**asked, "text": text, "words": MOST_WORDS})
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
            cursor.execute(FIND_ALL, {**asked, "words": common})
            weights |= {pk: weights.get(pk, 0) + 1 for (pk,) in cursor.fetchall()}
    ranked = sorted(weights, key=lambda pk: (-weights[pk], -pk))
    return ranked[: settings.MATCH_CANDIDATES]


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


# --- Comparing ----------------------------------------------------------------------------


def _resembles(text: str, other: str) -> bool:
    """A quick look before the thorough one, which reads the numbers of both."""
    mine, theirs = (" ".join(key_words(words)) for words in (text, other))
    return fuzz.token_set_ratio(mine, theirs) >= 100 * ROUGHLY


def _compared(text: str, quantities: Sequence[Quantity], claim: Claim, known: bool) -> Match:
    counted = find_quantities(claim.text)
    theirs = _kept(claim) or counted
    mine, other = _words(text, quantities), _words(claim.text, counted)
    score = 0.6 * fuzz.token_set_ratio(mine, other) + 0.4 * fuzz.token_sort_ratio(mine, other)
    score = min(score / 100, _shared(mine, other))
    reasons = [f"{round(100 * score)}% of the words alike"]
    same, about_numbers, shift = _numbers(quantities, theirs)
    reasons += about_numbers
    score = min(1.0, max(0.0, score + shift))
    if not same:
        score *= ANOTHER_NUMBER
    stance = Stance.ASSERTS
    if _negations(text) % 2 != _negations(claim.text) % 2:
        stance = Stance.DENIES
        reasons.append("one says “not”, the other does not")
    if known:
        score = min(1.0, score + SAME_SPEAKER)
        reasons.append("this speaker is on record with it")
    return Match(claim, score, tuple(reasons), same, stance)


def _kept(claim: Claim) -> list[Quantity]:
    """What the claim counts, as it is kept: read from its text once, mended by people since."""
    kept = [from_json(entry) for entry in claim.quantities or []]
    return [each for each in kept if each is not None]


def _words(text: str, quantities: Iterable[Quantity]) -> str:
    """The words that say what it is about: no numbers, which are compared as such."""
    pieces, reached = [], 0
    for each in quantities:
        pieces.append(text[reached : each.span.start])
        # What is counted is a word of the matter.
        pieces.append(f" {each.of} ")
        reached = each.span.end
    words = key_words("".join([*pieces, text[reached:]]))
    return " ".join(w for w in words if w not in _FUNCTION_WORDS and w not in _NEGATIONS)


def _shared(one: str, other: str) -> float:
    """A bound for texts of few words: with one word in common they are hardly the same."""
    words, others = set(one.split()), set(other.split())
    common = sum(1 for w in words if w in others or any(fuzz.ratio(w, o) >= 85 for o in others))
    needed = min(len(words), len(others), 4)
    return 1.0 if needed and common >= needed else common / 4


def _negations(text: str) -> int:
    plain = re.sub(r"n['’]t\b", " not", text.lower())
    return sum(1 for word in key_words(plain) if word in _NEGATIONS)


def _numbers(mine: Sequence[Quantity], theirs: Sequence[Quantity]) -> tuple[bool, list[str], float]:
    """Whether both may be one claim by what they count; what to say of it; what it weighs."""
    days = [each for each in mine if each.unit == "date"], [e for e in theirs if e.unit == "date"]
    if all(days) and not any(_same_day(a, b) for a in days[0] for b in days[1]):
        return False, ["another date"], 0.0
    ours = [each for each in mine if each.unit != "date"]
    others = [each for each in theirs if each.unit != "date"]
    if not ours and not others:
        return True, [], 0.0
    if not ours or not others:
        return True, ["only one of them names a number"], NO_NUMBER
    alone = [each for each in ours if not any(same_quantity(each, other) for other in others)]
    left = [other for other in others if not any(same_quantity(each, other) for each in ours)]
    differing = [(a, b) for a in alone for b in left if _comparable(a, b)]
    if differing or len(alone) == len(ours):
        return False, ["another number"], 0.0
    return True, ["the same number"], SAME_NUMBER


def _comparable(one: Quantity, other: Quantity) -> bool:
    """Whether two quantities measure the same thing, so that a difference is one."""
    if {one.unit, other.unit} <= {"percent", "fraction"}:
        return True
    if one.unit != other.unit:
        return False
    ours, others = set(key_words(one.of)), set(key_words(other.of))
    return not ours or not others or bool(ours & others)


def _same_day(one: Quantity, other: Quantity) -> bool:
    """Whether one date may be within the other: 12 March 2026 and March 2026."""
    short, long = sorted((one.date, other.date), key=len)
    return long.startswith(short) or same_quantity(one, other)
