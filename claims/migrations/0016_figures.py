"""What the home and Figures pages are quick by: quotes and decisions by time, claims by recheck."""

from django.contrib.postgres.indexes import BrinIndex
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("claims", "0015_access")]

    operations = [
        AddIndexConcurrently(
            "quote", BrinIndex(fields=["created_at"], autosummarize=True, name="quote_in_time")
        ),
        AddIndexConcurrently(
            "decision", BrinIndex(fields=["at"], autosummarize=True, name="decision_in_time")
        ),
        AddIndexConcurrently(
            "claim",
            models.Index(
                fields=["recheck_by"],
                condition=models.Q(recheck_by__isnull=False),
                name="claim_to_recheck",
            ),
        ),
    ]
