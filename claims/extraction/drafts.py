"""A draft: an attribution in the tokens of its sentence, before it becomes offsets."""

from __future__ import annotations

from dataclasses import dataclass

from claims.extraction import likely
from claims.extraction.grammar import Range
from claims.extraction.tokens import Sentence

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

    def holds(self, other: Draft) -> bool:
        """Tell whether the cue of another draft stands in the content of this one."""
        cue = other.cue
        return cue is not None and any(a <= cue[0] and cue[1] <= b for a, b in self.content)


def offered_once(s: Sentence, drafts: list[Draft]) -> list[Draft]:
    """Drop what would offer the same words of a sentence a second time.

    A source that only relays ("...," he said, according to the agency) gives way to the one who
    speaks; speech and stances that are part of what somebody else says ("she said he likes it")
    give way to the whole, unless they are quoted word for word.
    """
    speaking = [draft for draft in drafts if not _relays(draft, drafts)]
    kept = []
    for draft in speaking:
        nested = any(other.holds(draft) for other in speaking if other is not draft)
        relative = draft.source is not None and s.tags[draft.source[0]] == "W"
        if nested and draft.confidence < likely.QUOTED_BEHIND:
            continue
        if relative and draft.confidence <= likely.STANCE:
            continue
        kept.append(draft)
    return kept


def _relays(draft: Draft, drafts: list[Draft]) -> bool:
    return draft.confidence == likely.ACCORDING and any(
        draft.holds(other) for other in drafts if other is not draft
    )
