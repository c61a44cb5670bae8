"""What speaks for and against a claim."""

from django.contrib.auth.models import User
from django.db import models
from django.db.models import Q

from claims.choices import EvidenceKind, EvidenceStance
from claims.models.base import Editable, one_of, tracked
from claims.models.change import announced
from claims.models.claim import Claim
from claims.models.fetch import Fetch
from claims.models.source import URL_LENGTH


@tracked()
@announced("evidence")
class Evidence(Editable):
    """A document that bears on a claim. A confidential one never leaves the desk."""

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="evidence")
    stance = models.CharField(
        max_length=10, choices=EvidenceStance.choices, default=EvidenceStance.CONTEXT
    )
    kind = models.CharField(
        max_length=10, choices=EvidenceKind.choices, default=EvidenceKind.SECONDARY
    )
    title = models.CharField(max_length=300, help_text="What the document is.")
    url = models.URLField(max_length=URL_LENGTH, blank=True)
    excerpt = models.TextField(blank=True, help_text="The passage that bears on the claim.")
    snapshot = models.FileField(max_length=200, blank=True, editable=False)
    sha256 = models.CharField(max_length=64, blank=True, editable=False)
    fetch = models.ForeignKey(
        Fetch,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="evidence",
        help_text="The reading of its address that the archived copy is from.",
    )
    accessed_at = models.DateTimeField(null=True, blank=True)
    is_confidential = models.BooleanField(
        default=False, help_text="Shown to the desk only, never exported or published."
    )
    added_by = models.ForeignKey(
        User, null=True, blank=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta(Editable.Meta):
        verbose_name_plural = "evidence"
        ordering = ["claim", "pk"]
        permissions = [
            ("see_confidential", "Can see confidential evidence"),
            ("import_evidence", "Can import evidence"),
            ("export_evidence", "Can export evidence"),
        ]
        constraints = [
            models.CheckConstraint(
                name="evidence_says_something",
                condition=~Q(url="") | ~Q(excerpt="") | ~Q(snapshot=""),
                violation_error_message="Give an address or the passage itself.",
            ),
            one_of("stance", EvidenceStance, name="evidence_stance_known"),
            one_of("kind", EvidenceKind, name="evidence_kind_known"),
        ]

    def __str__(self) -> str:
        return self.title
