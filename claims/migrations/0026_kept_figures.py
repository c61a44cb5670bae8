"""Figures that took long to count are kept for some minutes."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0025_queue_of_a_kind"),
    ]

    operations = [
        migrations.CreateModel(
            name="KeptFigures",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("days", models.PositiveSmallIntegerField(help_text="The last so many days.")),
                ("with_embargoed", models.BooleanField()),
                ("made_at", models.DateTimeField()),
                ("content", models.JSONField()),
            ],
            options={
                "verbose_name_plural": "kept figures",
                "ordering": ["days", "with_embargoed"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("days", "with_embargoed"), name="kept_figures_once"
                    )
                ],
            },
        ),
    ]
