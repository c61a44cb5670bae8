"""The desk's answers, and the scales they are given on."""

from functools import reduce
from operator import or_

import pgtrigger
from django.contrib.auth.models import User
from django.db import models
from django.db.models import F, Q

from claims.choices import VERDICT_MOVES, VerdictStatus
from claims.models.base import Editable, fsm, one_of, tracked
from claims.models.claim import Claim


@tracked()
class RatingScale(models.Model):
    """A verdict scale. Desks differ, so scales are rows and not code."""

    name = models.CharField(max_length=100)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["name"], name="scale_name_once")]

    def __str__(self) -> str:
        return self.name


@tracked()
class Rating(models.Model):
    """One label of a scale."""

    scale = models.ForeignKey(RatingScale, on_delete=models.PROTECT, related_name="ratings")
    label = models.CharField(max_length=100)
    value = models.IntegerField(help_text="Its place on the scale; the lowest is the worst.")
    colour = models.CharField(max_length=7, default="#6b7280", help_text="Such as #b91c1c.")

    class Meta:
        ordering = ["scale", "value"]
        constraints = [
            models.UniqueConstraint(fields=["scale", "label"], name="rating_label_once"),
            models.UniqueConstraint(fields=["scale", "value"], name="rating_value_once"),
            models.CheckConstraint(
                name="rating_colour_form",
                condition=Q(colour__regex=r"^#[0-9a-fA-F]{6}$"),
                violation_error_message="A colour looks like #b91c1c.",
            ),
        ]

    def __str__(self) -> str:
        return self.label


# What readers saw. After publication only the status may move on.
PUBLIC_FIELDS = (
    "claim",
    "number",
    "rating",
    "summary",
    "explanation",
    "author",
    "approver",
    "valid_as_of",
    "correction_note",
    "published_at",
)
PUBLIC_FIELD_CHANGED = reduce(
    or_,
    (pgtrigger.Q(**{f"old__{field}__df": pgtrigger.F(f"new__{field}")}) for field in PUBLIC_FIELDS),
)


@tracked()
class Verdict(Editable):
    """One version of the desk's answer to a claim. A correction is another row."""

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="verdicts")
    number = models.PositiveIntegerField(editable=False, help_text="1 for the first answer.")
    status = models.CharField(
        max_length=10,
        choices=VerdictStatus.choices,
        default=VerdictStatus.DRAFT,
        editable=False,
    )
    rating = models.ForeignKey(
        Rating, null=True, blank=True, on_delete=models.PROTECT, related_name="verdicts"
    )
    summary = models.TextField(blank=True, help_text="The answer in one or two sentences.")
    explanation = models.TextField(blank=True)
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="verdicts")
    approver = models.ForeignKey(
        User,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="approved_verdicts",
    )
    valid_as_of = models.DateField(
        null=True, blank=True, help_text="The day up to which the facts were checked."
    )
    correction_note = models.TextField(
        blank=True, help_text="Public: what was wrong in the version before."
    )
    published_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta(Editable.Meta):
        ordering = ["claim", "-number"]
        permissions = [("approve_verdict", "Can approve, publish and retract verdicts")]
        constraints = [
            models.UniqueConstraint(fields=["claim", "number"], name="verdict_number_once"),
            models.UniqueConstraint(
                fields=["claim"],
                condition=Q(status=VerdictStatus.PUBLISHED),
                name="verdict_published_once_a_claim",
            ),
            models.UniqueConstraint(
                fields=["claim"],
                condition=Q(status=VerdictStatus.DRAFT),
                name="verdict_draft_once_a_claim",
            ),
            models.CheckConstraint(
                name="verdict_four_eyes",
                condition=Q(approver__isnull=True) | ~Q(approver=F("author")),
                violation_error_message="Nobody approves a verdict of their own.",
            ),
            models.CheckConstraint(
                name="verdict_published_is_complete",
                condition=Q(
                    status=VerdictStatus.DRAFT, approver__isnull=True, published_at__isnull=True
                )
                | (
                    ~Q(status=VerdictStatus.DRAFT)
                    & Q(
                        rating__isnull=False,
                        approver__isnull=False,
                        published_at__isnull=False,
                    )
                    & ~Q(summary="")
                    & (Q(number=1) | ~Q(correction_note=""))
                ),
            ),
            models.CheckConstraint(name="verdict_number_positive", condition=Q(number__gte=1)),
            one_of("status", VerdictStatus, name="verdict_status_known"),
        ]
        triggers = [
            *Editable.Meta.triggers,
            fsm("status", VERDICT_MOVES),
            pgtrigger.Protect(
                name="published_stays",
                operation=pgtrigger.Delete,
                condition=pgtrigger.Q(old__published_at__isnull=False),
            ),
            pgtrigger.Protect(
                name="published_unchanged",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__published_at__isnull=False) & PUBLIC_FIELD_CHANGED,
            ),
        ]

    def __str__(self) -> str:
        rating = self.rating.label if self.rating else "no rating yet"
        return f"Version {self.number}: {rating}"
