"""Extraction as work to be done, and what came of it."""

from django.db import models
from django.db.models import Q

from claims.choices import WorkState
from claims.models.article import ArticleVersion
from claims.models.base import one_of, tracked
from claims.models.change import announced
from claims.models.work import Work, due_index, ended_index, leased_while_running


# When a message was sent is no news to the history.
@tracked(exclude=["rung_at"])
@announced("runs", exclude=["rung_at", "lease_token", "due_at"])
class ExtractionRun(Work):
    """One run of one extractor version over one article version."""

    article_version = models.ForeignKey(
        ArticleVersion, on_delete=models.PROTECT, related_name="runs"
    )
    extractor = models.CharField(max_length=50, help_text="Engine and version, such as rules-1.")
    quotes_found = models.PositiveIntegerField(null=True, blank=True)
    quotes_held_back = models.PositiveIntegerField(
        null=True,
        blank=True,
        help_text="Found and not offered: too unsure, or no statement that could be checked.",
    )
    quotes_added = models.PositiveIntegerField(null=True, blank=True)
    quotes_withdrawn = models.PositiveIntegerField(null=True, blank=True)
    duration_ms = models.PositiveIntegerField(null=True, blank=True, help_text="Extraction alone.")

    class Meta(Work.Meta):
        permissions = [("replay_extractionrun", "Can queue extraction runs again")]
        indexes = [due_index("run_due"), ended_index("run_ended")]
        constraints = [
            models.UniqueConstraint(
                fields=["article_version", "extractor"], name="run_once_a_version"
            ),
            one_of("state", WorkState, name="run_state_known"),
            leased_while_running("run_leased_while_running"),
            models.CheckConstraint(
                name="run_done_is_counted",
                condition=~Q(state=WorkState.DONE)
                | Q(quotes_found__isnull=False, finished_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.extractor} on version {self.article_version_id}"
