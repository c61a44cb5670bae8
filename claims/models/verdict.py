"""The desk's answers, and the scales they are given on."""

from functools import reduce
from operator import or_

import pgtrigger
from django.contrib.auth.models import User
from django.db import models
from django.db.models import F, Q

from claims.choices import VERDICT_MOVES, VerdictStatus
from claims.models.base import Editable, append_only, fsm, one_of, tracked
from claims.models.change import announced
from claims.models.claim import Claim


@tracked()
@announced("rating-scales")
class RatingScale(models.Model):
    """A verdict scale. Desks differ, so scales are rows and not code."""

    name = models.CharField(max_length=100)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["name"], name="scale_name_once")]

    def __str__(self) -> str:
        return self.name


@tracked()
@announced("ratings")
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

# The author is told apart by a check constraint; those who wrote on it stand in another table.
APPROVER_WROTE_NOTHING = """
    IF EXISTS (SELECT FROM claims_verdictwriter w
               WHERE w.verdict_id = NEW.id AND w.user_id = NEW.approver_id) THEN
        RAISE EXCEPTION 'verdict_four_eyes: user % wrote on verdict % and cannot approve it',
            NEW.approver_id, NEW.id USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
"""


@tracked()
@announced("verdicts")
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
        permissions = [
            ("approve_verdict", "Can approve, publish and retract verdicts"),
            ("import_verdict", "Can import verdicts"),
            ("export_verdict", "Can export verdicts"),
        ]
        indexes = [
            # What somebody has in hand, found without all that they ever wrote.
            models.Index(
                fields=["author", "-id"],
                condition=Q(status=VerdictStatus.DRAFT),
                name="verdict_drafts_of",
            ),
        ]
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
            pgtrigger.Trigger(
                name="approver_wrote_nothing",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("approver_id"),  # type: ignore[no-untyped-call]
                func=APPROVER_WROTE_NOTHING,
            ),
        ]

    def __str__(self) -> str:
        rating = self.rating.label if self.rating else "no rating yet"
        return f"Version {self.number}: {rating}"


# Who may judge a verdict: neither its author nor anybody who rewrote it. Asked by the database,
# since a form, a command and the API could each forget to.
OF_OTHER_EYES = """
    IF EXISTS (SELECT FROM claims_verdict v
               WHERE v.id = NEW.verdict_id AND v.author_id = NEW.user_id)
    OR EXISTS (SELECT FROM claims_verdictwriter w
               WHERE w.verdict_id = NEW.verdict_id AND w.user_id = NEW.user_id) THEN
        RAISE EXCEPTION 'verdict_four_eyes: user % wrote verdict % and cannot judge it',
            NEW.user_id, NEW.verdict_id USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
"""


@tracked()
class VerdictWriter(models.Model):
    """Somebody who wrote on a draft, beside its author."""

    verdict = models.ForeignKey(Verdict, on_delete=models.CASCADE, related_name="writers")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["verdict", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["verdict", "user"], name="verdict_writer_once")
        ]

    def __str__(self) -> str:
        return str(self.user)


@tracked()
class Approval(models.Model):
    """What one colleague thinks of a draft as it stood: agreed, or dissent with its reason.

    It counts for the row ``verdict_version`` of the draft alone; a rewritten draft is judged anew.
    """

    verdict = models.ForeignKey(Verdict, on_delete=models.PROTECT, related_name="approvals")
    verdict_version = models.PositiveIntegerField()
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="approvals")
    agrees = models.BooleanField()
    comment = models.TextField(blank=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["verdict", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["verdict", "verdict_version", "user"], name="approval_once"
            ),
            models.CheckConstraint(
                name="approval_dissent_says_why",
                condition=Q(agrees=True) | ~Q(comment=""),
                violation_error_message="Say why you do not agree.",
            ),
        ]
        triggers = [
            append_only(),
            pgtrigger.Trigger(
                name="other_eyes",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=OF_OTHER_EYES,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} {'agrees' if self.agrees else 'does not agree'}"
