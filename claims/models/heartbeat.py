"""Signs of life of the machinery."""

from django.db import models
from django.db.models import Q

NAME_LENGTH = 200


class Heartbeat(models.Model):
    """When one part of the machinery was last at work, and what it had to report.

    ``beat:HOST`` by a scheduler when it sends, ``worker:HOST`` by a worker when it has done
    something, ``task:NAME`` by a piece of housekeeping with its result. A sign of life, no
    record: nothing is lost with a row.
    """

    name = models.CharField(max_length=NAME_LENGTH, unique=True)
    seen_at = models.DateTimeField()
    report = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["name"]
        constraints = [models.CheckConstraint(name="heartbeat_name_filled", condition=~Q(name=""))]

    def __str__(self) -> str:
        return self.name
