"""Files on their way into the record."""

from django.contrib.auth.models import User
from django.db import models


class ImportDraft(models.Model):
    """A file that somebody has shown us, between its dry run and their yes.

    In the database and not in a folder: the yes may reach another machine. It goes when it was
    imported, and with the next file of the same person.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="import_drafts")
    kind = models.CharField(max_length=20, help_text="What its rows are, such as claims.")
    name = models.CharField(max_length=200, help_text="What the file was called.")
    content = models.BinaryField(editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.name
