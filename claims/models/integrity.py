"""What became of a reviewed quote when its article changed."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from claims.choices import AlertState, QuoteStanding
from claims.models.article import ArticleVersion
from claims.models.base import Editable, one_of, ordered_span, tracked
from claims.models.quote import Quote


@tracked()
class QuoteCheck(Editable):
    """A reviewed quote, sought in a later text of its article."""

    quote = models.ForeignKey(Quote, on_delete=models.PROTECT, related_name="checks")
    article_version = models.ForeignKey(
        ArticleVersion, on_delete=models.PROTECT, related_name="quote_checks"
    )
    standing = models.CharField(max_length=10, choices=QuoteStanding.choices)
    start = models.PositiveIntegerField(
        null=True, blank=True, help_text="Where it stands now; empty when it is gone."
    )
    end = models.PositiveIntegerField(null=True, blank=True)
    found = models.TextField(blank=True, help_text="The characters that stand there now.")
    similarity = models.FloatField(help_text="0 to 1, of the old words and the new.")
    alert = models.CharField(
        max_length=10, choices=AlertState.choices, default=AlertState.NONE, editable=False
    )
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )
    settled_at = models.DateTimeField(null=True, blank=True, editable=False)
    note = models.TextField(blank=True, help_text="What the desk makes of it.")

    class Meta(Editable.Meta):
        ordering = ["-pk"]
        permissions = [("settle_quotecheck", "Can settle alerts on altered quotes")]
        indexes = [
            models.Index(fields=["-id"], condition=Q(alert=AlertState.OPEN), name="check_alerts")
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["quote", "article_version"], name="quotecheck_once_a_version"
            ),
            ordered_span("start", "end", name="quotecheck_span_ordered"),
            models.CheckConstraint(
                name="quotecheck_gone_has_no_span",
                condition=Q(standing=QuoteStanding.GONE, start__isnull=True)
                | (~Q(standing=QuoteStanding.GONE) & Q(start__isnull=False)),
            ),
            models.CheckConstraint(
                name="quotecheck_similarity_share", condition=Q(similarity__range=(0, 1))
            ),
            one_of("standing", QuoteStanding, name="quotecheck_standing_known"),
            one_of("alert", AlertState, name="quotecheck_alert_known"),
            models.CheckConstraint(
                name="quotecheck_settled_by_somebody",
                condition=~Q(alert=AlertState.SETTLED)
                | Q(settled_by__isnull=False, settled_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_standing_display()}: {self.quote}"
