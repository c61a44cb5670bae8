"""Deliveries of webhooks have a version, on which a replay is based."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0023_external_reviews"),
    ]

    operations = [
        migrations.AddField(
            model_name="webhookdelivery",
            name="version",
            field=models.PositiveIntegerField(
                default=1, editable=False, help_text="Rises by one with every change of the row."
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="webhookdelivery",
            trigger=pgtrigger.compiler.Trigger(
                name="count_version",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func="NEW.version = OLD.version + 1; RETURN NEW;",
                    hash="bc982b47774fc7ef32fb2f636ea18ffddd83d652",
                    operation="UPDATE",
                    pgid="pgtrigger_count_version_352e7",
                    table="claims_webhookdelivery",
                    when="BEFORE",
                ),
            ),
        ),
    ]
