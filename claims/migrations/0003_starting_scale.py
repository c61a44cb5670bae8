"""A scale to begin with, so that a new desk can publish. Desks change it or add their own."""

from django.db import migrations

NAME = "Five steps"
RATINGS = [
    (1, "False", "#b91c1c"),
    (2, "Mostly false", "#c2410c"),
    (3, "Half true", "#a16207"),
    (4, "Mostly true", "#4d7c0f"),
    (5, "True", "#15803d"),
]


def make_scale(apps, schema_editor):
    RatingScale = apps.get_model("claims", "RatingScale")
    if RatingScale.objects.exists():
        return
    scale = RatingScale.objects.create(name=NAME)
    apps.get_model("claims", "Rating").objects.bulk_create(
        apps.get_model("claims", "Rating")(scale=scale, value=value, label=label, colour=colour)
        for value, label, colour in RATINGS
    )


class Migration(migrations.Migration):
    # The history's function must be there, since the rows are tracked from the first one on.
    dependencies = [("claims", "0002_roles"), ("pghistory", "0007_auto_20250421_0444")]

    # A scale that verdicts point to is not taken back.
    operations = [migrations.RunPython(make_scale, migrations.RunPython.noop)]
