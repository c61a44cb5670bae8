"""A draft: an attribution in the tokens of its sentence, before it becomes offsets."""

from __future__ import annotations

from dataclasses import dataclass

from claims.extraction.grammar import Range

MIN_INDIRECT_TOKENS = 2
"""A shorter indirect content ("he said so") says nothing that can be checked."""


@dataclass(slots=True)
class Draft:
    """An attribution in token ranges of its sentence; ``content`` is sorted.

    Empty ``content`` stands for a cue whose words follow in the next sentence.
    ``trailing`` tells that the content stands before its cue.
    """

    cue: Range | None
    source: Range | None
    content: list[Range]
    confidence: float
    trailing: bool = False
