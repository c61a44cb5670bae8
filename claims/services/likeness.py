"""How alike two sentences are as claims: words by rapidfuzz, numbers as quantities.

A claim that counts something else is another claim, however alike the words are. Nothing is
looked up here: `services.matching` finds what is worth comparing.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from claims.choices import Stance
from claims.extraction.quantities import Quantity, find_quantities, same_quantity
from claims.ingest.similarity import key_words

ROUGHLY = 0.4
"""Texts that resemble each other less are not compared with their numbers."""

ANOTHER_NUMBER = 0.8
"""By this a likeness is weighed down that counts something else."""
SAME_NUMBER, NO_NUMBER = 0.05, -0.08

_NEGATIONS = frozenset(["not", "no", "never", "none", "neither", "nor", "without", "cannot"])
_FUNCTION_WORDS = frozenset(
    (
        *("a", "an", "and", "are", "as", "at", "be", "been", "but", "by", "for", "from", "had"),
        *("has", "have", "he", "her", "his", "i", "in", "is", "it", "its", "of", "on", "or"),
        *("our", "she", "that", "the", "their", "they", "this", "to", "was", "we", "were"),
        *("which", "who", "will", "with", "would", "s", "t"),
    )
)


@dataclass(frozen=True, slots=True)
class Likeness:
    """What speaks for and against one sentence saying what another says."""

    score: float
    """0 to 1."""
    reasons: tuple[str, ...]
    """What speaks for it and against it, one phrase each."""
    same: bool = True
    """Whether it can be the same claim; False when it counts something else."""
    stance: str = Stance.ASSERTS
    """What the one seems to do with the other."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A text that others are compared with, its numbers read once."""

    text: str
    quantities: Sequence[Quantity]

    @classmethod
    def of(cls, text: str) -> "Sentence":
        """The sentence with the quantities that are found in it."""
        return cls(text, find_quantities(text))


def resembles(text: str, other: str) -> bool:
    """A quick look before the thorough one, which reads the numbers of both."""
    mine, theirs = (" ".join(key_words(words)) for words in (text, other))
    return fuzz.token_set_ratio(mine, theirs) >= 100 * ROUGHLY


def likeness(said: Sentence, other: str, kept: Sequence[Quantity] = ()) -> Likeness:
    """How like ``said`` is to ``other``; ``kept`` is what that one is on record to count."""
    counted = find_quantities(other)
    theirs = kept or counted
    mine, its = _words(said.text, said.quantities), _words(other, counted)
    score = 0.6 * fuzz.token_set_ratio(mine, its) + 0.4 * fuzz.token_sort_ratio(mine, its)
    score = min(score / 100, _shared(mine, its))
    reasons = [f"{round(100 * score)}% of the words alike"]
    same, about_numbers, shift = _numbers(said.quantities, theirs)
    reasons += about_numbers
    score = min(1.0, max(0.0, score + shift))
    if not same:
        score *= ANOTHER_NUMBER
    stance = Stance.ASSERTS
    if _negations(said.text) % 2 != _negations(other) % 2:
        stance = Stance.DENIES
        reasons.append("one says “not”, the other does not")
    return Likeness(score, tuple(reasons), same, stance)


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
