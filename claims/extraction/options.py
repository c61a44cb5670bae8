"""The two limits of extraction that a desk may set, read from the environment without Django."""

from __future__ import annotations

import os

from claims.extraction.desk import LEAST_CONFIDENCE

MAX_CHARACTERS = 500_000
"""A longer text is refused where no limit is set: no article is a novel."""

MAX_CHARACTERS_SETTING = "EXTRACTION_MAX_CHARACTERS"
MIN_CONFIDENCE_SETTING = "EXTRACTION_MIN_CONFIDENCE"


class TextTooLong(ValueError):
    """The text has more characters than the setting allows; the message says both."""


def max_characters() -> int:
    """Return the setting EXTRACTION_MAX_CHARACTERS (ValueError if it is no whole number)."""
    given = os.environ.get(MAX_CHARACTERS_SETTING, "").strip()
    if not given:
        return MAX_CHARACTERS
    if not given.isdecimal():
        raise ValueError(f"{MAX_CHARACTERS_SETTING}={given!r} is not a whole number.")
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


def check_length(text: str, allowed: int) -> None:
    """Raise TextTooLong if ``text`` has more than ``allowed`` characters."""
    if len(text) > allowed:
        raise TextTooLong(
            f"The text has {len(text):,} characters; {MAX_CHARACTERS_SETTING} allows {allowed:,}."
        )
