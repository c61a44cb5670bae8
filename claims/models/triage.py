"""What editors keep of their own while they go through the queue."""

from django.contrib.auth.models import User
from django.db import models
from django.db.models import Q

from claims.models.base import tracked
from claims.models.quote import Quote


class CandidateHold(models.Model):
    """Who is looking at a candidate, until when. A courtesy, no record: it ends by itself."""

    quote = models.OneToOneField(Quote, on_delete=models.CASCADE, related_name="hold")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="holds")
    until = models.DateTimeField()

    class Meta:
        ordering = ["-until"]

    def __str__(self) -> str:
        return f"{self.user} until {self.until:%H:%M}"


@tracked()
class SavedView(models.Model):
    """A set of filters of the queue, by name; a shared one is everybody's to use."""

    owner = models.ForeignKey(User, on_delete=models.CASCADE, related_name="saved_views")
    name = models.CharField(max_length=80)
    query = models.CharField(
        max_length=1000, blank=True, help_text="The filters as they stand in the address."
    )
    is_shared = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["owner", "name"], name="saved_view_once"),
            models.CheckConstraint(name="saved_view_named", condition=~Q(name="")),
        ]

    def __str__(self) -> str:
        return self.name
