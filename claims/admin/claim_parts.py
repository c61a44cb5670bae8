"""What the page of a claim shows around its form, for whoever looks."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from claims.admin.act_forms import (
    AskForm,
    AssignForm,
    CommentForm,
    ConfirmForm,
    ConfirmLinkForm,
)
from claims.admin.claim_log import log_of
from claims.admin.moves import Situation, may_draft, open_moves
from claims.admin.timeline import timeline
from claims.choices import ClaimStage, EvidenceStance, MatchState, VerdictStatus
from claims.models import Appearance, Claim, ClaimLink, Comment, Evidence
from claims.selectors import other_outlets, visible
from claims.services import claim_rules, comments, evidence, replies
from claims.services.external_reviews import reviews_like

SHOWN_APPEARANCES = 100
"""Of a claim that everybody repeats: so many of the first, and of the last."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of evidence, and how its archived copy stands."""

    row: Evidence
    copy: str
    reason: str


@dataclass(frozen=True, slots=True)
class Link:
    """A link as seen from the claim: its wording, and the claim at its other end."""

    row: ClaimLink
    wording: str
    other: Claim


def parts_of(claim: Claim, user: Any) -> dict[str, Any]:
    """The context of the claim's page, in a number of queries that does not grow with its rows."""
    now = Situation.of(claim, user)
    verdicts = list(claim.verdicts.select_related("rating", "author", "approver"))
    draft = next((v for v in verdicts if v.status == VerdictStatus.DRAFT), None)
    answers = [v for v in verdicts if v.status != VerdictStatus.DRAFT]
    appearances = _appearances(claim)
    drawn = timeline(appearances, answers)
    warnings = replies.warnings(claim) if claim.stage in _BEFORE_READERS else []
    return {
        "claim": claim,
        "stages": ClaimStage.choices,
        "now": now,
        "needed": settings.APPROVALS_NEEDED,
        "embargoed": claim_rules.is_embargoed(claim),
        "open_moves": open_moves(now),
        "may_draft": may_draft(now),
        "warnings": warnings,
        "judgements": _judgements(now),
        "assign_form": _form(AssignForm, claim, user),
        "drawn": drawn,
        "suggested": sum(m.appearance.state == MatchState.SUGGESTED for m in drawn.marks),
        "dismissed": [one for one in appearances if one.state == MatchState.DISMISSED],
        "outlets": other_outlets(mark.appearance.quote for mark in drawn.marks),
        "may_judge": user.has_perm(ConfirmForm.permission),
        "stances": ConfirmForm.base_fields["stance"].choices,  # type: ignore[attr-defined]
        "pieces": _pieces(claim, user),
        "may_add_evidence": user.has_perm("claims.add_evidence"),
        "draft": draft,
        "answers": answers,
        "public": next((v for v in answers if v.status == VerdictStatus.PUBLISHED), None),
        "verdicts": verdicts,
        "links": _links(claim, user),
        "reviews": reviews_like(claim.text),
        "may_add_link": user.has_perm("claims.add_claimlink"),
        "may_judge_links": user.has_perm(ConfirmLinkForm.permission),
        "replies": list(claim.reply_requests.select_related("speaker", "asked_by")),
        "moment": timezone.now(),
        "may_ask": user.has_perm(AskForm.permission),
        "may_answer": user.has_perm(replies.ANSWER),
        "comments": _comments(claim),
        "comment_form": _form(CommentForm, claim, user),
        "happenings": log_of(claim, user),
    }


_BEFORE_READERS = (ClaimStage.RESEARCHING, ClaimStage.IN_REVIEW)


def _appearances(claim: Claim) -> list[Appearance]:
    """The first that were printed and the last, where they are too many for a page."""
    rows = (
        claim.appearances.select_related(
            "quote__speaker", "quote__article_version__article__source"
        )
        .defer("quote__article_version__text")
        .order_by("quote__article_version__article__published_at", "pk")
    )
    first = list(rows[:SHOWN_APPEARANCES])
    if len(first) < SHOWN_APPEARANCES:
        return first
    known = {row.pk for row in first}
    return first + [row for row in rows.reverse()[:SHOWN_APPEARANCES] if row.pk not in known]


def _form(form: Any, claim: Claim, user: Any) -> Any:
    return form(claim=claim, row=None, viewer=user) if user.has_perm(form.permission) else None


def _judgements(now: Situation) -> list[Any]:
    """What colleagues said of the draft as it stands."""
    if now.draft is None:
        return []
    rows = now.draft.approvals.filter(verdict_version=now.draft.version)
    return list(rows.select_related("user"))


def _pieces(claim: Claim, user: Any) -> list[Piece]:
    """The evidence, what speaks against it first."""
    rows = visible(claim.evidence.all(), user).select_related("added_by", "fetch")
    order = (EvidenceStance.REFUTES, EvidenceStance.SUPPORTS, EvidenceStance.CONTEXT)
    ranked = sorted(rows, key=lambda row: (order.index(EvidenceStance(row.stance)), row.pk))
    return [Piece(row, evidence.copy_stands(row), evidence.reason_of(row)) for row in ranked]


def _links(claim: Claim, user: Any) -> list[Link]:
    """The links that stand or are suggested, the confirmed ones first."""
    rows = (
        visible(ClaimLink.objects.filter(Q(from_claim=claim) | Q(to_claim=claim)), user)
        .exclude(state=MatchState.DISMISSED)
        .select_related("from_claim", "to_claim", "confirmed_by")
        .order_by("state", "-score", "pk")
    )
    return [
        Link(row, row.get_relation_display(), row.to_claim)
        if row.from_claim_id == claim.pk
        else Link(row, _from_the_other_side(row), row.from_claim)
        for row in rows
    ]


def _from_the_other_side(row: ClaimLink) -> str:
    passive = {"contradicts": "Contradicts", "narrows": "Is narrowed by"}
    return passive.get(row.relation, "Is superseded by")


def _comments(claim: Claim) -> list[tuple[Comment, list[tuple[str, bool]]]]:
    rows = claim.comments.select_related("author")
    return [(row, list(comments.parts(row.text))) for row in rows]
