"""The desk's log: every editorial act, in order, for good."""

from django.contrib.auth.models import User
from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models import Q

from claims.choices import FixReason
from claims.models.base import append_only, tracked
from claims.models.change import announced
from claims.models.claim import Claim
from claims.models.quote import Quote
from claims.models.verdict import Verdict


@tracked()
@announced("decisions")
class Decision(models.Model):
    """One editorial act on a quote, a claim or a verdict. It never changes."""

    quote = models.ForeignKey(
        Quote, null=True, blank=True, on_delete=models.PROTECT, related_name="decisions"
    )
    claim = models.ForeignKey(
        Claim, null=True, blank=True, on_delete=models.PROTECT, related_name="decisions"
    )
    verdict = models.ForeignKey(
        Verdict, null=True, blank=True, on_delete=models.PROTECT, related_name="decisions"
    )
    actor = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="decisions"
    )
    job = models.CharField(
        max_length=100, blank=True, help_text="What acted when it was no person, such as rules-1."
    )
    from_state = models.CharField(max_length=20)
    to_state = models.CharField(max_length=20)
    reason_code = models.CharField(max_length=30, blank=True)
    comment = models.TextField(blank=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["-at", "-id"], name="decision_newest"),
            BrinIndex(fields=["at"], autosummarize=True, name="decision_in_time"),
            # Few, and asked for beside each quote that has no speaker yet.
            models.Index(
                fields=["quote"],
                condition=Q(reason_code=FixReason.LEFT_OPEN),
                name="decision_left_open",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="decision_on_one_thing",
                condition=Q(quote__isnull=False, claim__isnull=True, verdict__isnull=True)
                | Q(quote__isnull=True, claim__isnull=False, verdict__isnull=True)
                | Q(quote__isnull=True, claim__isnull=True, verdict__isnull=False),
            ),
            models.CheckConstraint(
                name="decision_by_somebody",
                condition=Q(actor__isnull=False) | ~Q(job=""),
            ),
        ]
        triggers = [append_only()]

    def __str__(self) -> str:
        return f"{self.from_state} → {self.to_state}"
