"""The limits of extraction that a desk may set, read from the environment without Django."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass

from claims.extraction.desk import LEAST_CONFIDENCE

MAX_CHARACTERS_SETTING = "EXTRACTION_MAX_CHARACTERS"
MAX_WORDS_SETTING = "EXTRACTION_MAX_WORDS"
MIN_CONFIDENCE_SETTING = "EXTRACTION_MIN_CONFIDENCE"

# The network is fed by the word and the mark, and of scripts that part no words by the letter.
_WORD = re.compile(r"[^\W\u2e80-\U0010ffff]+|\S")


class TextTooLong(ValueError):
    """The text is longer than a setting allows; the message says by which measure."""


@dataclass(frozen=True, slots=True)
class TextLimits:
    """How long a text may be that is read at all: no article is a novel.

    Characters bound the memory, words and marks the time: half a million quotation marks take
    the network five times as long as prose of that length.
    """

    characters: int = 500_000
    words: int = 150_000

    def check(self, text: str) -> None:
        """Raise TextTooLong if ``text`` has more characters, or more words and marks."""
        if len(text) > self.characters:
            raise TextTooLong(
                f"The text has {len(text):,} characters; "
                f"{MAX_CHARACTERS_SETTING} allows {self.characters:,}."
            )
        # No text has more of them than characters.
        if len(text) <= self.words:
            return
        words = sum(1 for _ in _WORD.finditer(text))
        if words > self.words:
            raise TextTooLong(
                f"The text has {words:,} words and marks; "
                f"{MAX_WORDS_SETTING} allows {self.words:,}."
            )


def text_limits() -> TextLimits:
    """Return EXTRACTION_MAX_CHARACTERS and EXTRACTION_MAX_WORDS (ValueError if not whole)."""
    default = TextLimits()
    return TextLimits(
        characters=_whole(MAX_CHARACTERS_SETTING, default.characters),
        words=_whole(MAX_WORDS_SETTING, default.words),
    )


def _whole(name: str, default: int) -> int:
    given = os.environ.get(name, "").strip()
    if not given:
        return default
    if not given.isdecimal():
        raise ValueError(f"{name}={given!r} is not a whole number.")
    return int(given)


def min_confidence() -> float:
    """Return the setting EXTRACTION_MIN_CONFIDENCE (ValueError unless it lies in 0..1)."""
    given = os.environ.get(MIN_CONFIDENCE_SETTING, "").strip()
    try:
        value = float(given) if given else LEAST_CONFIDENCE
    except ValueError:
        raise ValueError(f"{MIN_CONFIDENCE_SETTING}={given!r} is not a number.") from None
    if not 0 <= value <= 1:
        raise ValueError(f"{MIN_CONFIDENCE_SETTING}={given} is not between 0 and 1.")
    return value
