"""What colleagues think of a draft: agreed or not, by somebody who wrote nothing of it.

A judgement is on the row version of the draft that its maker read, and stays for good; a draft
that is rewritten is judged anew. How many must agree is APPROVALS_NEEDED.
"""

from django.conf import settings
from django.contrib.auth.models import User

from claims.models import Approval, Verdict, VerdictWriter
from claims.services.errors import NotReady, StaleRow

APPROVE = "claims.approve_verdict"


def writers_of(verdict: Verdict) -> set[int]:
    """The keys of everybody who wrote on it, its author included."""
    written = VerdictWriter.objects.filter(verdict=verdict).values_list("user_id", flat=True)
    return {verdict.author_id, *written}


def judgement_of(draft: Verdict, user: User) -> Approval | None:
    """What ``user`` said of the draft as it stands."""
    return Approval.objects.filter(verdict=draft, verdict_version=draft.version, user=user).first()


def hindrances(draft: Verdict, user: User) -> list[str]:
    """Why ``user`` cannot agree to the draft, one phrase each; nothing if they did already."""
    if draft.author_id == user.pk:
        return ["somebody other than the author must approve it"]
    if user.pk in writers_of(draft):
        return ["somebody who did not write on it must approve it"]
    judged = judgement_of(draft, user)
    if judged is not None and not judged.agrees:
        return ["you did not agree to this version: only a rewritten one is judged again"]
    return []


def agreements(draft: Verdict) -> list[Approval]:
    """The approvals that count: of this version, by people who may still approve."""
    given = Approval.objects.filter(verdict=draft, verdict_version=draft.version, agrees=True)
    return [
        approval
        for approval in given.select_related("user").order_by("pk")
        if approval.user.is_active and approval.user.has_perm(APPROVE)
    ]


def still_needed(draft: Verdict) -> list[str]:
    """How many approvals are missing, as a phrase; nothing when there are enough."""
    needed = settings.APPROVALS_NEEDED - len(agreements(draft))
    if needed <= 0:
        return []
    return [f"{needed} more approval{'' if needed == 1 else 's'} needed"]


def judge(
    draft: Verdict, user: User, *, agrees: bool, comment: str = "", verdict_version: int | None
) -> Approval:
    """Record what ``user`` thinks of the draft; a second time changes nothing.

    ``verdict_version`` is the version that they read. Call with the claim locked and the right
    to approve asked for. Raises NotReady for somebody who wrote on it, StaleRow for a draft that
    has changed since.
    """
    draft = Verdict.objects.select_for_update(of=("self",)).get(pk=draft.pk)
    if verdict_version is not None and verdict_version != draft.version:
        raise StaleRow("The verdict was rewritten since you read it. Read it again.")
    judged = judgement_of(draft, user)
    if judged is not None and judged.agrees == agrees:
        return judged
    refused = hindrances(draft, user)
    if judged is not None and judged.agrees:
        refused = ["you have agreed to this version already"]
    if not agrees and not comment.strip():
        refused.append("a comment is needed")
    if refused:
        raise NotReady(refused)
    return Approval.objects.create(
        verdict=draft,
        verdict_version=draft.version,
        user=user,
        agrees=agrees,
        comment=comment.strip(),
    )
