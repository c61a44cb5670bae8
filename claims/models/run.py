"""Extraction as work to be done: who has it, until when, and how it ended."""

from django.db import models
from django.db.models import Q

from claims.choices import RunState
from claims.models.article import ArticleVersion
from claims.models.base import one_of, tracked


@tracked()
class ExtractionRun(models.Model):
    """One run of one extractor version over one article version.

    A worker owns a running run until ``due_at``, and only while ``lease_token`` is its
    own: a worker that comes back late finds another token and stores nothing.
    """

    article_version = models.ForeignKey(
        ArticleVersion, on_delete=models.PROTECT, related_name="runs"
    )
    extractor = models.CharField(max_length=50, help_text="Engine and version, such as rules-1.")
    state = models.CharField(max_length=10, choices=RunState.choices, default=RunState.QUEUED)
    attempts = models.PositiveIntegerField(default=0)
    lease_token = models.UUIDField(null=True, blank=True)
    due_at = models.DateTimeField(
        null=True,
        blank=True,
        help_text="Running: when the lease ends. Queued: when it is rung for again.",
    )
    error = models.TextField(blank=True, help_text="Why the last attempt failed.")
    quotes_found = models.PositiveIntegerField(null=True, blank=True)
    quotes_added = models.PositiveIntegerField(null=True, blank=True)
    quotes_withdrawn = models.PositiveIntegerField(null=True, blank=True)
    duration_ms = models.PositiveIntegerField(null=True, blank=True, help_text="Extraction alone.")
    created_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-pk"]
        permissions = [("replay_extractionrun", "Can queue extraction runs again")]
        indexes = [
            models.Index(
                fields=["due_at"],
                condition=Q(state__in=[RunState.QUEUED, RunState.RUNNING]),
                name="run_due",
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["article_version", "extractor"], name="run_once_a_version"
            ),
            one_of("state", RunState, name="run_state_known"),
            models.CheckConstraint(
                name="run_leased_while_running",
                condition=Q(state=RunState.RUNNING, lease_token__isnull=False, due_at__isnull=False)
                | (~Q(state=RunState.RUNNING) & Q(lease_token__isnull=True)),
            ),
            models.CheckConstraint(
                name="run_done_is_counted",
                condition=~Q(state=RunState.DONE)
                | Q(quotes_found__isnull=False, finished_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.extractor} on version {self.article_version_id}"
