"""All that happened to a claim, as one readable log: decisions, approvals, and what was changed."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Q

from claims.admin import history
from claims.admin.log import told
from claims.choices import EvidenceStance, MatchState, Stance
from claims.models import (
    Appearance,
    Approval,
    Claim,
    ClaimLink,
    Decision,
    Evidence,
    ReplyRequest,
    Verdict,
)

SHOWN = 200
# Told by a decision or an approval, or of no interest to people.
TOLD = frozenset(
    {"version", "created_at", "updated_at", "stage", "status", "approver", "published_at"}
    | {"score", "method", "confirmed_by", "asked_by", "added_by", "created_by", "sha256", "fetch"}
    | {"claim", "number", "author"}
)


@dataclass(frozen=True, slots=True)
class Happening:
    """One line of the log."""

    at: datetime
    who: str
    what: str
    comment: str = ""
    is_decision: bool = False


def log_of(claim: Claim, viewer: Any) -> list[Happening]:
    """The newest SHOWN happenings that ``viewer`` may know of, the newest first.

    A fixed number of queries. The caller has seen to it that they may know of the claim.
    """
    lines = [*_decisions(claim), *_approvals(claim), *_changes(claim, viewer)]
    lines.sort(key=lambda line: line.at, reverse=True)
    return lines[:SHOWN]


def _decisions(claim: Claim) -> Iterator[Happening]:
    # By keys, so that each side of the "or" has its index.
    verdicts = list(claim.verdicts.values_list("pk", flat=True))
    rows = Decision.objects.filter(Q(claim=claim) | Q(verdict__in=verdicts))
    for line in told(rows.select_related("actor")[:SHOWN]):
        step = f"{line.before} → {line.after.lower()}" if line.before else "Created"
        what = f"{line.kind.capitalize()}: {step}"
        yield Happening(line.at, line.who, what, line.comment, is_decision=True)


def _approvals(claim: Claim) -> Iterator[Happening]:
    rows = Approval.objects.filter(verdict__claim=claim).select_related("user", "verdict")
    for row in rows.order_by("-pk")[:SHOWN]:
        what = "agreed to" if row.agrees else "did not agree to"
        who = row.user.get_full_name() or row.user.username
        yield Happening(
            row.at, who, f"{who} {what} version {row.verdict.number}", row.comment, True
        )


def _changes(claim: Claim, viewer: Any) -> Iterator[Happening]:
    """What the triggers saw, without what decisions tell."""
    found: list[tuple[type[Any], Any, list[str], bool]] = []
    for model, of_claim in (
        (Claim, Q(pgh_obj_id=claim.pk)),
        (Verdict, Q(claim_id=claim.pk)),
        (Evidence, Q(claim_id=claim.pk)),
        (Appearance, Q(claim_id=claim.pk)),
        (ReplyRequest, Q(claim_id=claim.pk)),
        (ClaimLink, Q(from_claim_id=claim.pk) | Q(to_claim_id=claim.pk)),
    ):
        newest = history.event_model(model).objects.filter(of_claim).order_by("-pgh_id")
        events = list(history.visible_events(newest, viewer)[:SHOWN])[::-1]
        before: dict[int, Any] = {}
        for event in events:
            former = before.get(event.pgh_obj_id)
            changed = _changed(model, former, event)
            is_new = event.pgh_label == "insert"
            before[event.pgh_obj_id] = event
            if is_new or event.pgh_label == "delete" or changed:
                found.append((model, event, changed, is_new))
    people = {user.pk: user for user in User.objects.filter(pk__in=_named(found))}
    for model, event, changed, is_new in found:
        what = _in_words(model, event, changed, is_new, people)
        if what:
            yield Happening(event.pgh_created_at, _who(event.pgh_context, people), what)


def _named(found: Iterable[tuple[type[Any], Any, list[str], bool]]) -> set[int]:
    """Everybody whose name a line may need."""
    keys = {(event.pgh_context or {}).get("user") for _, event, _, _ in found}
    keys |= {event.assignee_id for model, event, _, _ in found if model is Claim}
    return {int(key) for key in keys if key}


def _changed(model: type[Any], former: Any, event: Any) -> list[str]:
    if former is None:
        return []
    return [
        str(field.name)
        for field in model._meta.concrete_fields
        if field.name not in TOLD
        and not field.primary_key
        and hasattr(event, field.attname)
        and getattr(former, field.attname) != getattr(event, field.attname)
    ]


def _in_words(
    model: type[Any], event: Any, changed: list[str], is_new: bool, people: dict[int, User]
) -> str:
    """One line for one event; "" for what decisions tell."""
    if event.pgh_label == "delete":
        return f"{_noun(model)} removed"
    names = ", ".join(str(model._meta.get_field(name).verbose_name) for name in changed)
    if model is Claim:
        if is_new:
            return ""
        if "assignee" in changed:
            given = f"Assigned to {_name(event.assignee_id, people)}"
            rest = ", ".join(name for name in names.split(", ") if name != "assignee")
            return f"{given}; changed: {rest}" if rest else given
        return f"Claim changed: {names}"
    if model is Verdict:
        return f"Version {event.number} {'begun' if is_new else f'written: {names}'}"
    if model is Evidence:
        stance = EvidenceStance(event.stance).label.lower()
        if is_new:
            return f"Evidence added ({stance}): {event.title}"
        if changed in (["snapshot", "accessed_at"], ["snapshot"]) and event.snapshot:
            return f"Archived copy kept of: {event.title}"
        return f"Evidence changed ({names}): {event.title}"
    if model is ReplyRequest:
        if is_new:
            return f"Asked for a reply: {event.asked}"
        return f"Reply recorded: {event.asked}" if "answer" in changed else ""
    if model is Appearance:
        state, stance = MatchState(event.state).label.lower(), Stance(event.stance).label.lower()
        return f"Appearance {state} ({stance})" if is_new or changed else ""
    state = MatchState(event.state).label.lower()
    return f"Link {state}: {event.relation}"


def _noun(model: type[Any]) -> str:
    return str(model._meta.verbose_name).capitalize()


def _name(pk: int | None, people: dict[int, User]) -> str:
    user = people.get(pk) if pk else None
    return (user.get_full_name() or user.username) if user else "nobody"


def _who(context: dict[str, Any] | None, people: dict[int, User]) -> str:
    if context and context.get("user"):
        return _name(int(context["user"]), people)
    return f"Job {context['job']}" if context and context.get("job") else "The system"
