"""Work to be done by a worker: who has it, until when, and how it ended."""

from django.db import models
from django.db.models import Q

from claims.choices import WorkState

OPEN = [WorkState.QUEUED, WorkState.RUNNING]
ENDED = [WorkState.DONE, WorkState.DEAD]


class Work(models.Model):
    """A row that is a piece of work, claimed and completed by ``services.leasing`` alone.

    A worker owns a running row until ``due_at``, and only while ``lease_token`` is its
    own: a worker that comes back late finds another token and stores nothing.
    """

    state = models.CharField(max_length=10, choices=WorkState.choices, default=WorkState.QUEUED)
    attempts = models.PositiveIntegerField(default=0)
    lease_token = models.UUIDField(null=True, blank=True)
    due_at = models.DateTimeField(
        null=True,
        blank=True,
        help_text="Running: when the lease ends. Queued: not begun before.",
    )
    rung_at = models.DateTimeField(
        null=True, blank=True, help_text="When a message for it was last sent."
    )
    error = models.TextField(blank=True, help_text="Why the last attempt failed.")
    created_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True
        ordering = ["-pk"]


def due_index(name: str) -> models.Index:
    """What the sweeper reads: the open rows by the time they are due."""
    return models.Index(fields=["due_at"], condition=Q(state__in=OPEN), name=name)


def ended_index(name: str) -> models.Index:
    """What the figures of the pipeline read: how work ended, the newest first."""
    return models.Index(fields=["state", "-finished_at"], condition=Q(state__in=ENDED), name=name)


def leased_while_running(name: str) -> models.CheckConstraint:
    """A running row has a token and an end of its lease; no other row has a token."""
    return models.CheckConstraint(
        name=name,
        condition=Q(state=WorkState.RUNNING, lease_token__isnull=False, due_at__isnull=False)
        | (~Q(state=WorkState.RUNNING) & Q(lease_token__isnull=True)),
    )
