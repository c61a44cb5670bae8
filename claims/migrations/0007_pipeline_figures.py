"""Signs of life, and the indexes behind the figures of the pipeline."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models

ENDED = models.Q(state__in=["done", "dead"])


class Migration(migrations.Migration):
    atomic = False  # the tables of work are big, and workers write to them meanwhile

    dependencies = [("claims", "0006_rung_at")]

    operations = [
        migrations.CreateModel(
            name="Heartbeat",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=200, unique=True)),
                ("seen_at", models.DateTimeField()),
                ("report", models.JSONField(blank=True, default=dict)),
            ],
            options={
                "ordering": ["name"],
                "constraints": [
                    models.CheckConstraint(
                        name="heartbeat_name_filled", condition=~models.Q(name="")
                    )
                ],
            },
        ),
        AddIndexConcurrently(
            model_name="extractionrun",
            index=models.Index(condition=ENDED, fields=["state", "-finished_at"], name="run_ended"),
        ),
        AddIndexConcurrently(
            model_name="fetch",
            index=models.Index(
                condition=ENDED, fields=["state", "-finished_at"], name="fetch_ended"
            ),
        ),
    ]
