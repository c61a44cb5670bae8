"""The labels of a piece: outside, or beginning or inside of one of the three roles."""

from __future__ import annotations

ROLES = ("source", "cue", "content")
LABELS = ("O", *(f"{edge}-{role}" for role in ROLES for edge in "BI"))
"""``LABELS[0]`` is outside; role ``r`` begins at ``1 + 2 r`` and goes on at ``2 + 2 r``."""
OUTSIDE = 0


def begin(role: int) -> int:
    """Return the label of the first piece of a span of ``ROLES[role]``."""
    return 1 + 2 * role


def inside(role: int) -> int:
    """Return the label of every further piece of it."""
    return 2 + 2 * role


def follows(before: int, label: int) -> bool:
    """Tell whether ``label`` may stand behind ``before``: an inside label continues its own."""
    if label == OUTSIDE or label % 2:
        return True
    return before in (label, label - 1)
