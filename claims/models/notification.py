"""What a person should know, and how they want to be told."""

from django.contrib.auth.models import User
from django.db import models
from django.db.models import Q

from claims.choices import MailTime, NotificationKind
from claims.models.base import one_of
from claims.models.claim import Claim
from claims.models.quote import Quote
from claims.models.webhook import WebhookEndpoint


class Notification(models.Model):
    """One thing that one person is told. News, no record: what happened is kept elsewhere."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="notifications")
    kind = models.CharField(max_length=20, choices=NotificationKind.choices)
    claim = models.ForeignKey(
        Claim, null=True, blank=True, on_delete=models.CASCADE, related_name="notifications"
    )
    quote = models.ForeignKey(
        Quote, null=True, blank=True, on_delete=models.CASCADE, related_name="notifications"
    )
    endpoint = models.ForeignKey(
        WebhookEndpoint,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="notifications",
    )
    actor = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    text = models.CharField(max_length=500, help_text="One sentence, without names of pages.")
    created_at = models.DateTimeField(auto_now_add=True)
    read_at = models.DateTimeField(null=True, blank=True)
    mailed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-pk"]
        indexes = [
            models.Index(
                fields=["user", "-id"],
                condition=Q(read_at__isnull=True),
                name="notification_unread",
            ),
            models.Index(
                fields=["user", "id"],
                condition=Q(mailed_at__isnull=True),
                name="notification_unmailed",
            ),
        ]
        constraints = [
            one_of("kind", NotificationKind, name="notification_kind_known"),
            models.CheckConstraint(
                name="notification_of_one_thing",
                condition=Q(claim__isnull=False)
                | Q(quote__isnull=False)
                | Q(endpoint__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.text


class NotificationChoice(models.Model):
    """How one person wants one kind of news by mail; the desk shows all of it either way."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="notification_choices")
    kind = models.CharField(max_length=20, choices=NotificationKind.choices)
    mail = models.CharField(max_length=10, choices=MailTime.choices, default=MailTime.DAILY)

    class Meta:
        ordering = ["user", "kind"]
        constraints = [
            models.UniqueConstraint(fields=["user", "kind"], name="notification_choice_once"),
            one_of("kind", NotificationKind, name="notification_choice_kind_known"),
            one_of("mail", MailTime, name="notification_choice_mail_known"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.get_mail_display()}"
