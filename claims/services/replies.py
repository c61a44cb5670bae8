"""The right of reply: who was asked, until when, and what they said."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from claims.models import Claim, ReplyRequest, Speaker
from claims.services.actors import Actor
from claims.services.errors import NotReady
from claims.services.locking import lock

ASK = "claims.add_replyrequest"
ANSWER = "claims.change_replyrequest"


@transaction.atomic
def ask(
    claim: Claim,
    *,
    actor: Actor,
    asked: str,
    asked_at: datetime | None = None,
    deadline: datetime | None = None,
    speaker: Speaker | None = None,
) -> ReplyRequest:
    """Record that somebody was asked. Raises DeskError when refused."""
    user = actor.require(ASK)
    asked_at = asked_at or timezone.now()
    lacking = []
    if not asked.strip():
        lacking.append("who was asked is needed")
    if asked_at > timezone.now():
        lacking.append("the question must have been put already")
    if deadline is not None and deadline < asked_at:
        lacking.append("the deadline cannot be before the question")
    if lacking:
        raise NotReady(lacking)
    return ReplyRequest.objects.create(
        claim=claim,
        speaker=speaker,
        asked=asked.strip(),
        asked_at=asked_at,
        deadline=deadline,
        asked_by=user,
    )


@transaction.atomic
def record_answer(
    request: ReplyRequest,
    *,
    actor: Actor,
    answer: str,
    answered_at: datetime | None = None,
    expected_version: int | None = None,
) -> ReplyRequest:
    """Put down what was answered, in their words."""
    actor.require(ANSWER)
    request = lock(request, expected_version=expected_version)
    if not answer.strip():
        raise NotReady(["the answer is needed"])
    request.answer = answer.strip()
    request.answered_at = answered_at or timezone.now()
    request.save(update_fields=["answer", "answered_at", "updated_at"])
    request.refresh_from_db(fields=["version"])
    return request


def warnings(claim: Claim) -> list[str]:
    """What whoever publishes should know of the right of reply; it forbids nothing."""
    requests = list(claim.reply_requests.all())
    if not requests:
        return ["Nobody has been asked for a reply."]
    now = timezone.now()
    return [
        f"{request.asked}: no answer yet, and the deadline runs until "
        f"{timezone.localtime(request.deadline):%H:%M on %d %B %Y}."
        for request in requests
        if not request.answer and request.deadline is not None and request.deadline > now
    ]
