"""Near copies of a text: MinHash to find those that may be, and the words to be sure.

MinHash and its bands: Broder 1997, "On the resemblance and containment of documents";
Leskovec, Rajaraman and Ullman, "Mining of Massive Datasets", chapter 3. Knows nothing of
Django and of no database: bands come out as signed 64-bit integers, to be stored anywhere.
"""

import re
import zlib
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import Indel

Minima = NDArray[np.uint32]
Hashes = NDArray[np.uint64]

SHINGLE_WORDS = 3
PERMUTATIONS = 128
ROWS = 2
"""Of a band. 64 bands of two find 99.7% of the pairs that share 30% of their shingles, and one
pair in a thousand of those that share 0.4%, as two reports on one topic do."""
BANDS = PERMUTATIONS // ROWS

SKETCHED_WORDS = 50_000
"""A longer text is known by its beginning."""

# Shingles hashed at a time: half a megabyte, which stays in the cache of a core.
CHUNK = 512
_WORD = re.compile(r"[^\W_]+(?:[.,][0-9]+)*")
_HAS_DIGIT = re.compile(r"[0-9]")

# Words that turn a sentence round; "don't" is read as "don" and "t".
_NEGATIONS = frozenset({"no", "not", "never", "none", "nobody", "nothing", "nor", "cannot", "t"})
FEW_WORDS = 6
"""Fewer words than this are the same only when every one of them is."""


def _mixed(values: Hashes) -> Hashes:
    """Every bit of a value spread over all bits of the result (splitmix64)."""
    mixed = values + np.uint64(0x9E3779B97F4A7C15)
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return mixed ^ (mixed >> np.uint64(31))


# Odd factors and summands of the hash family x -> (a x + b) >> 32, the same for ever: stored
# fingerprints are compared with new ones.
_FACTORS = _mixed(np.arange(PERMUTATIONS, dtype=np.uint64)) | np.uint64(1)
_SUMMANDS = _mixed(np.arange(1000, 1000 + PERMUTATIONS, dtype=np.uint64))
_BAND_SALTS = _mixed(np.arange(2000, 2000 + BANDS, dtype=np.uint64))


@dataclass(frozen=True, slots=True)
class Sketch:
    """The MinHash of a text: one 32-bit minimum a permutation, and the number of its shingles."""

    minima: Minima
    shingles: int

    def to_bytes(self) -> bytes:
        """The minima, little-endian, as they are stored."""
        return self.minima.astype("<u4").tobytes()


@dataclass(frozen=True, slots=True)
class Likeness:
    """How much of two texts is the same, 0 to 1 each.

    ``resemblance`` is the shared part of all shingles of both (Jaccard), ``containment`` that
    of the shorter text's. ``conflicts`` is the share of the places with a number or a name,
    in the same words in both, where the two say something else: low in a copy, high between
    yesterday's market report and today's.
    """

    resemblance: float
    containment: float
    conflicts: float


@dataclass(frozen=True, slots=True)
class Thresholds:
    """From when on two texts are copies of each other."""

    resemblance: float = 0.25
    containment: float = 0.6
    conflicts: float = 0.35

    def hold(self, likeness: Likeness) -> bool:
        """Whether ``likeness`` is that of near copies."""
        return (
            likeness.resemblance >= self.resemblance
            and likeness.containment >= self.containment
            and likeness.conflicts <= self.conflicts
        )


def sketch(text: str) -> Sketch:
    """The MinHash of ``text``, of SKETCHED_WORDS at most. A text without words has no shingles."""
    shingles = _shingles([word.casefold() for word in _words(text)])
    minima = np.full(PERMUTATIONS, np.iinfo(np.uint32).max, dtype=np.uint32)
    for begin in range(0, len(shingles), CHUNK):
        part = shingles[begin : begin + CHUNK, None]
        hashed = (part * _FACTORS + _SUMMANDS) >> np.uint64(32)
        np.minimum(minima, hashed.min(axis=0).astype(np.uint32), out=minima)
    return Sketch(minima=minima, shingles=len(shingles))


def from_bytes(stored: bytes, shingles: int) -> Sketch:
    """The sketch that ``Sketch.to_bytes`` wrote; ValueError when it is not one."""
    minima = np.frombuffer(stored, dtype="<u4").astype(np.uint32)
    if len(minima) != PERMUTATIONS:
        raise ValueError(f"{len(minima)} minima instead of {PERMUTATIONS}")
    return Sketch(minima=minima, shingles=shingles)


def bands(made: Sketch, *, period: int = 0) -> list[int]:
    """A signed 64-bit hash for each band: two texts that share one are worth comparing.

    Texts of different ``period`` share none, so that a search need not wade through years.
    """
    rows = made.minima.reshape(BANDS, ROWS).astype(np.uint64)
    keys = _mixed(_BAND_SALTS + np.uint64(period % 2**64))
    for column in range(ROWS):
        keys = _mixed(keys ^ rows[:, column])
    return [int(key) for key in keys.view(np.int64)]


def estimate(one: Sketch, other: Sketch) -> float:
    """The resemblance as the minima tell it, within some 0.04."""
    return float(np.count_nonzero(one.minima == other.minima)) / PERMUTATIONS


def compare(one: str, other: str) -> Likeness:
    """How much of two texts is the same, by their words."""
    first, second = _words(one), _words(other)
    ours = _shingles([word.casefold() for word in first])
    theirs = _shingles([word.casefold() for word in second])
    shorter = min(len(ours), len(theirs))
    if not shorter:
        return Likeness(resemblance=0.0, containment=0.0, conflicts=0.0)
    common = len(np.intersect1d(ours, theirs, assume_unique=True))
    union = len(ours) + len(theirs) - common
    return Likeness(
        resemblance=common / union,
        containment=common / shorter,
        conflicts=_conflicts(first, second),
    )


def key_words(text: str) -> tuple[str, ...]:
    """The words of a quotation as they are compared: no marks, no capitals, no punctuation."""
    return tuple(match.group().casefold() for match in _WORD.finditer(text))


def same_words(one: tuple[str, ...], other: tuple[str, ...], *, threshold: float) -> bool:
    """Whether two quotations (`key_words`) are one utterance, an editor's touches aside.

    Numbers and negations must be the same: "85%" and "58%" never are one utterance.
    """
    if one == other:
        return True
    if min(len(one), len(other)) < FEW_WORDS or _weighty(one) != _weighty(other):
        return False
    alike: float = Indel.normalized_similarity(one, other, score_cutoff=threshold)
    return alike >= threshold


@lru_cache(maxsize=4096)
def _weighty(words: tuple[str, ...]) -> list[str]:
    return [word for word in words if word in _NEGATIONS or _HAS_DIGIT.search(word)]


def _words(text: str) -> list[str]:
    return [match.group() for match in islice(_WORD.finditer(text), SKETCHED_WORDS)]


def _shingles(words: list[str]) -> Hashes:
    """The distinct hashes of every SHINGLE_WORDS words in a row; of all words when fewer."""
    if not words:
        return np.empty(0, dtype=np.uint64)
    crc = {word: zlib.crc32(word.encode()) for word in set(words)}
    ids = _mixed(np.array([crc[word] for word in words], dtype=np.uint64))
    length = max(1, len(ids) - SHINGLE_WORDS + 1)
    hashed = np.zeros(length, dtype=np.uint64)
    for place in range(min(SHINGLE_WORDS, len(ids))):
        hashed = _mixed(hashed ^ ids[place : place + length])
    return np.unique(hashed)


def _conflicts(one: list[str], other: list[str]) -> float:
    """The share of facts (`_facts`) in the same place of both texts that differ."""
    first, second = _facts(one), _facts(other)
    shared = first.keys() & second.keys()
    if not shared:
        return 0.0
    return sum(first[place].isdisjoint(second[place]) for place in shared) / len(shared)


def _facts(words: list[str]) -> dict[tuple[str, str, str], set[str]]:
    """The numbers and names of a text, by the two words before and the one behind them."""
    lower = [word.casefold() for word in words]
    places: dict[tuple[str, str, str], set[str]] = {}
    for index in range(2, len(words) - 1):
        if _HAS_DIGIT.search(words[index]) or words[index][0].isupper():
            around = (lower[index - 2], lower[index - 1], lower[index + 1])
            places.setdefault(around, set()).add(lower[index])
    return places
