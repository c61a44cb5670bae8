"""How often each kind of finding is right: the confidence that a quote starts with.

Shares of right ones counted on PolNeAR train (a finding is right if content and source overlap
an annotated attribution by half), rounded. ``FLOATING`` is set by hand: PolNeAR joins floating
quotations to the one before, so its count would call right ones wrong.
"""

from __future__ import annotations

QUOTED = 0.93
"""``"...," he said``: quotation marks alone before the cue."""

QUOTED_BEHIND = 0.92
"""``He said: "..."``: a comma or colon between cue and marks."""

THAT = 0.82
"""``He said that ...``."""

QUOTED_OPENING = 0.8
"""``He called it "..."``: marks right behind the cue."""

CLAUSE = 0.76
"""``He said the plan works``, ``The plan works, he said``."""

SIGNED = 0.95
"""``"..." — Ann Lee`` on a line of its own; set by hand, all 7 of train are right."""

TRANSCRIPT = 0.75
"""``Ann Lee: "..."``."""

ACCORDING = 0.73
"""``According to Ann Lee, ...``."""

QUOTED_ENDING = 0.65
"""``The plan is "...," he said``: the writer's words before the marks belong to the content."""

STANCE = 0.57
"""Wants, praises, believes, asks whether: a stance, not plain speech."""

FLOATING = 0.5
"""A quotation without a cue, given to the last speaker."""

UNATTRIBUTED = 0.2
"""A quotation without a cue and nobody to give it to."""
