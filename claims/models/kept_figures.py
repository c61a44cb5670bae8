"""Figures that took long to count, kept for a while."""

from django.db import models


class KeptFigures(models.Model):
    """What the Figures page says of one period, as it was at one moment.

    For whoever may see claims under embargo, or for everybody else. No record: it is counted
    anew from the record, and nothing is lost with a row.
    """

    days = models.PositiveSmallIntegerField(help_text="The last so many days.")
    with_embargoed = models.BooleanField()
    made_at = models.DateTimeField()
    content = models.JSONField()

    class Meta:
        verbose_name_plural = "kept figures"
        ordering = ["days", "with_embargoed"]
        constraints = [
            models.UniqueConstraint(fields=["days", "with_embargoed"], name="kept_figures_once")
        ]

    def __str__(self) -> str:
        return f"{self.days} days, as of {self.made_at:%Y-%m-%d %H:%M}"
