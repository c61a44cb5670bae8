"""Word pieces of an article with their offsets and the surface that an uncased encoder loses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from claims.extraction.marks import Region

LOWER, TITLE, UPPER, OTHER = range(4)
OUTSIDE, MARK, INSIDE = range(3)
SURFACES = 4 * 3 * 3
"""How many values the surface feature of a piece takes: case x quotation state x line break."""

Integers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Pieces:
    """The word pieces of a text: vocabulary ids, half-open offsets and surface features."""

    ids: Integers
    starts: Integers
    ends: Integers
    surfaces: Integers

    def __len__(self) -> int:
        """Return the number of pieces."""
        return len(self.ids)


def read_pieces(tokenizer: Tokenizer, text: str, regions: Sequence[Region]) -> Pieces:
    """Cut ``text`` into pieces; ``regions`` are its quoted passages.

    A lone surrogate cannot be handed to the tokenizer: it counts as an unknown character.
    """
    encoding: Any = tokenizer.encode(_encodable(text), add_special_tokens=False)
    ids = np.array(encoding.ids, dtype=np.int64)
    offsets = np.array(encoding.offsets, dtype=np.int64).reshape(-1, 2)
    starts, ends = offsets[:, 0], offsets[:, 1]
    keep = ends > starts
    if not keep.all():
        ids, starts, ends = ids[keep], starts[keep], ends[keep]
    return Pieces(ids, starts, ends, _surfaces(text, starts, ends, regions))


def special_pieces(tokenizer: Tokenizer) -> tuple[int, int]:
    """Return the ids of the pieces that open and close a window (ValueError)."""
    first, last = tokenizer.token_to_id("[CLS]"), tokenizer.token_to_id("[SEP]")
    if first is None or last is None:
        raise ValueError("the tokenizer is not BERT's: it has no [CLS] and [SEP]")
    return first, last


def _encodable(text: str) -> str:
    if text.isascii():
        return text
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return "".join("\ufffd" if "\ud800" <= c <= "\udfff" else c for c in text)
    return text


def _surfaces(text: str, starts: Integers, ends: Integers, regions: Sequence[Region]) -> Integers:
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    return (
        _cases(codes, starts, ends) * 9
        + _states(len(text), starts, regions) * 3
        + _breaks(codes, starts)
    )


def _cases(codes: NDArray[np.uint32], starts: Integers, ends: Integers) -> Integers:
    table = _case_table()
    kinds = table[np.minimum(codes, len(table) - 1)]
    capitals = np.concatenate([[0], np.cumsum(kinds == UPPER)])
    letters = np.concatenate([[0], np.cumsum(kinds != OTHER)])
    capital_count = capitals[ends] - capitals[starts]
    letter_count = letters[ends] - letters[starts]
    result = np.full(len(starts), LOWER, dtype=np.int64)
    result[capital_count > 0] = TITLE
    result[(capital_count == letter_count) & (capital_count > 1)] = UPPER
    result[letter_count == 0] = OTHER
    return result


def _states(length: int, starts: Integers, regions: Sequence[Region]) -> Integers:
    states: Integers = np.zeros(length + 1, dtype=np.int64)
    for region in regions:
        states[region.start : region.end] = MARK
        states[region.inner_start : region.inner_end] = INSIDE
    chosen: Integers = states[starts]
    return chosen


def _breaks(codes: NDArray[np.uint32], starts: Integers) -> Integers:
    lines = np.concatenate([[0], np.cumsum(codes == 10)])
    at = lines[starts]
    before = np.concatenate([[0], at[:-1]]) if len(at) else at
    result: Integers = np.minimum(at - before, 2)
    if len(result):
        result[0] = 2
    return result


@cache
def _case_table() -> NDArray[np.int64]:
    table = np.full(0x3000, OTHER, dtype=np.int64)
    for code in range(len(table) - 1):
        character = chr(code)
        if character.isalpha():
            table[code] = UPPER if character.isupper() else LOWER
    return table
