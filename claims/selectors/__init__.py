"""Reads that more than one place needs. They return querysets wherever they can."""

from claims.selectors.published import published_verdicts
from claims.selectors.quotes import (
    behind,
    candidates,
    next_candidate,
    open_alerts,
    other_outlets,
    speakers_that_may_have_said,
    text_between,
)
from claims.selectors.speakers import quotes_of_speaker, record_of
from claims.selectors.verdicts import latest_verdicts
from claims.selectors.visibility import (
    exportable,
    is_visible,
    visible,
    visible_claims,
    visible_decisions,
    visible_evidence,
    visible_verdicts,
)

__all__ = [
    "behind",
    "candidates",
    "exportable",
    "is_visible",
    "latest_verdicts",
    "next_candidate",
    "open_alerts",
    "other_outlets",
    "published_verdicts",
    "quotes_of_speaker",
    "record_of",
    "speakers_that_may_have_said",
    "text_between",
    "visible",
    "visible_claims",
    "visible_decisions",
    "visible_evidence",
    "visible_verdicts",
]
