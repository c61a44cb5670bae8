"""What other fact-checkers published, as they said it."""

from django.contrib.auth.models import User
from django.db import models
from django.db.models import Q

from claims.models.base import Editable, search_index, tracked
from claims.models.change import announced


@tracked()
@announced("external-reviews")
class ExternalReview(Editable):
    """One review of one claim by another organisation: its ClaimReview as it was last read.

    A hint beside our own claims. It is changed by nobody but its publisher, through an import.
    """

    url = models.TextField(help_text="Canonical: without trackers.")
    url_hash = models.CharField(max_length=64, editable=False)
    claim_hash = models.CharField(
        max_length=64,
        editable=False,
        help_text="SHA-256 of the claim: with that of the address the identity.",
    )
    claim_text = models.TextField(help_text="The claim in the words of the review.")
    claimant = models.CharField(max_length=300, blank=True)
    claim_date = models.DateField(null=True, blank=True, help_text="When the claim was made.")
    publisher_name = models.CharField(max_length=300, blank=True)
    publisher_site = models.CharField(max_length=253, blank=True, help_text="Without www.")
    title = models.TextField(blank=True)
    rating_label = models.CharField(max_length=300, blank=True, help_text="In their words.")
    rating_value = models.FloatField(null=True, blank=True)
    best_rating = models.FloatField(null=True, blank=True)
    worst_rating = models.FloatField(null=True, blank=True)
    language = models.CharField(max_length=35, blank=True)
    reviewed_at = models.DateTimeField(null=True, blank=True)
    raw = models.JSONField(help_text="The ClaimReview as it came.")
    imported_at = models.DateTimeField(help_text="When it was last read and said something new.")
    imported_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    job = models.CharField(
        max_length=100, blank=True, help_text="What imported it when it was no person."
    )

    class Meta(Editable.Meta):
        verbose_name = "review by others"
        verbose_name_plural = "reviews by others"
        ordering = ["-pk"]
        indexes = [
            search_index("claim_text", config="english", name="external_review_search"),
            models.Index(fields=["publisher_site", "-id"], name="external_review_by_site"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["url_hash", "claim_hash"], name="external_review_once"),
            models.CheckConstraint(
                name="external_review_says_something", condition=~Q(url="") & ~Q(claim_text="")
            ),
            models.CheckConstraint(
                name="external_review_by_somebody",
                condition=Q(imported_by__isnull=False) | ~Q(job=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.publisher_name or self.publisher_site}: {self.claim_text}"[:120]
