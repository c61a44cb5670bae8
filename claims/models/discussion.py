"""What is said about a claim: among colleagues, and by those it is about."""

from django.contrib.auth.models import User
from django.db import models
from django.db.models import F, Q

from claims.models.base import Editable, append_only, tracked
from claims.models.claim import Claim
from claims.models.speaker import Speaker, follow_redirect


@tracked()
class Comment(models.Model):
    """A remark on a claim, for colleagues. It never changes: what was said was said."""

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="comments")
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="comments")
    text = models.TextField(help_text="@name and @role tell that person or those people.")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["claim", "pk"]
        constraints = [models.CheckConstraint(name="comment_filled", condition=~Q(text=""))]
        triggers = [append_only()]

    def __str__(self) -> str:
        return self.text if len(self.text) <= 80 else f"{self.text[:79]}…"


@tracked()
class ReplyRequest(Editable):
    """The right of reply: somebody was asked about a claim, and what came of it."""

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="reply_requests")
    speaker = models.ForeignKey(
        Speaker,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="reply_requests",
        help_text="Whom the claim is by or about, when it is somebody of the record.",
    )
    asked = models.CharField(
        max_length=300, help_text="Who was asked, and how: “press office, by e-mail”."
    )
    asked_at = models.DateTimeField()
    deadline = models.DateTimeField(null=True, blank=True)
    answer = models.TextField(blank=True, help_text="The answer, in its own words.")
    answered_at = models.DateTimeField(null=True, blank=True)
    asked_by = models.ForeignKey(
        User, null=True, blank=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta(Editable.Meta):
        verbose_name = "request for a reply"
        verbose_name_plural = "requests for a reply"
        ordering = ["claim", "asked_at", "pk"]
        triggers = [*Editable.Meta.triggers, follow_redirect()]
        constraints = [
            models.CheckConstraint(name="reply_asked_filled", condition=~Q(asked="")),
            models.CheckConstraint(
                name="reply_deadline_after_asking",
                condition=Q(deadline__isnull=True) | Q(deadline__gte=F("asked_at")),
                violation_error_message="The deadline cannot be before the question.",
            ),
            models.CheckConstraint(
                name="reply_answer_dated",
                condition=Q(answer="", answered_at__isnull=True)
                | (~Q(answer="") & Q(answered_at__isnull=False)),
                violation_error_message="An answer has a date, and a date an answer.",
            ),
        ]

    def __str__(self) -> str:
        return self.asked
