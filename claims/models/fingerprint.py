"""What finds near copies of a text among millions."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from claims.models.article import ArticleVersion


class Fingerprint(models.Model):
    """The MinHash of an article version. Can be made anew from the text at any time."""

    article_version = models.OneToOneField(
        ArticleVersion, on_delete=models.CASCADE, primary_key=True, related_name="fingerprint"
    )
    minhash = models.BinaryField(help_text="Little-endian 32-bit minima, one a permutation.")
    bands = ArrayField(
        models.BigIntegerField(),
        help_text="A hash a band: two texts that share one are compared. "
        "Empty for a text that is found by one that is all but the same.",
    )
    shingles = models.PositiveIntegerField(help_text="Distinct word shingles of the text.")

    class Meta:
        # No pending list: every search would read all of it, and slow down as it fills.
        indexes = [GinIndex(fields=["bands"], name="fingerprint_bands", fastupdate=False)]

    def __str__(self) -> str:
        return f"Fingerprint of version {self.article_version_id}"
