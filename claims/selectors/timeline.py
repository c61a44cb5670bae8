"""What happened to a claim, in order of time: said, denied, decided, answered."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q

from claims.choices import MatchState
from claims.models import Appearance, Claim, Decision, Evidence
from claims.selectors.visibility import visible


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened."""

    at: datetime
    kind: str
    """``voiced``, ``decided`` or ``evidence``."""
    resource: str
    id: int
    """The row that it is about, as the API names it."""
    what: str
    """The stance, the step or the title."""
    who: str = ""
    """Who said it or did it, where that is known."""
    comment: str = ""


def timeline_of(claim: Claim, viewer: Any) -> list[Event]:
    """All events of a claim that ``viewer`` may know of, the earliest first. Three queries.

    The caller has seen to it that they may know of the claim. What was said counts from when its
    article came out, or was first read.
    """
    events = [*_voiced(claim), *_decided(claim), *_evidence(claim, viewer)]
    return sorted(events, key=lambda event: event.at)


def _voiced(claim: Claim) -> Iterator[Event]:
    rows = (
        Appearance.objects.filter(claim=claim, state=MatchState.CONFIRMED)
        .select_related("quote__speaker", "quote__article_version__article")
        .defer("quote__article_version__text")
    )
    for row in rows:
        version = row.quote.article_version
        yield Event(
            at=version.article.published_at or version.fetched_at,
            kind="voiced",
            resource="quotes",
            id=row.quote_id,
            what=row.stance,
            who=row.quote.speaker.name if row.quote.speaker else row.quote.suggested_name,
        )


def _decided(claim: Claim) -> Iterator[Event]:
    rows = Decision.objects.filter(Q(claim=claim) | Q(verdict__claim=claim))
    for row in rows.select_related("actor"):
        on_claim = row.claim_id is not None
        yield Event(
            at=row.at,
            kind="decided",
            resource="claims" if on_claim else "verdicts",
            id=claim.pk if on_claim else row.verdict_id or 0,
            what=f"{row.from_state} → {row.to_state}" if row.from_state else row.to_state,
            who=row.actor.username if row.actor else row.job,
            comment=row.comment,
        )


def _evidence(claim: Claim, viewer: Any) -> Iterator[Event]:
    rows = visible(Evidence.objects.filter(claim=claim), viewer).select_related("added_by")
    for row in rows:
        yield Event(
            at=row.created_at,
            kind="evidence",
            resource="evidence",
            id=row.pk,
            what=row.title,
            who=row.added_by.username if row.added_by else "",
        )
