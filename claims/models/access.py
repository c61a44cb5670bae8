"""What lets a script in, and what it was answered."""

from django.contrib.auth.models import User
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models import Q

from claims.choices import Scope
from claims.models.base import tracked

PREFIX_LENGTH = 8
IDEMPOTENCY_KEY_LENGTH = 255


# When it was last used is no news to the history.
@tracked(exclude=["last_used_at"])
class ApiKey(models.Model):
    """A key that a script shows instead of a password. The key itself is not kept.

    It may do what its scopes name and its owner's role allows, whichever is less.
    """

    owner = models.ForeignKey(User, on_delete=models.PROTECT, related_name="api_keys")
    name = models.CharField(max_length=100, help_text="What uses it, such as “nightly import”.")
    prefix = models.CharField(
        max_length=PREFIX_LENGTH,
        editable=False,
        help_text="Stands in the key itself, so that it can be told which one it is.",
    )
    digest = models.CharField(
        max_length=64, editable=False, help_text="SHA-256 of the key, which is random."
    )
    scopes = ArrayField(models.CharField(max_length=10, choices=Scope.choices))
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(null=True, blank=True, help_text="Empty: it does not expire.")
    revoked_at = models.DateTimeField(null=True, blank=True, editable=False)
    last_used_at = models.DateTimeField(
        null=True, blank=True, editable=False, help_text="To the minute."
    )

    class Meta:
        verbose_name = "API key"
        ordering = ["-pk"]
        permissions = [("manage_api_keys", "Can make and revoke API keys of others")]
        constraints = [
            models.UniqueConstraint(fields=["prefix"], name="api_key_prefix_once"),
            models.CheckConstraint(
                name="api_key_digest_form", condition=Q(digest__regex=r"^[0-9a-f]{64}$")
            ),
            models.CheckConstraint(
                name="api_key_scopes_known",
                condition=Q(scopes__contained_by=sorted(Scope.values)) & ~Q(scopes=[]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.prefix}…)"


class IdempotentAnswer(models.Model):
    """What a POST with an ``Idempotency-Key`` was answered, to be said again. No record.

    It is written in the transaction of what the request did: there is an answer exactly where
    there is an effect.
    """

    owner = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=IDEMPOTENCY_KEY_LENGTH)
    fingerprint = models.CharField(
        max_length=64, help_text="SHA-256 of the method, the address, the conditions and the body."
    )
    http_status = models.PositiveSmallIntegerField()
    headers = models.JSONField(default=dict)
    body = models.TextField(help_text="JSON as it was sent: the order of its members is kept.")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owner", "key"], name="idempotent_answer_once")
        ]
        indexes = [BrinIndex(fields=["at"], autosummarize=True, name="idempotent_answer_in_time")]

    def __str__(self) -> str:
        return f"{self.http_status} to {self.key}"
