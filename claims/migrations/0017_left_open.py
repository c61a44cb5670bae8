"""Names left open on purpose are few: an index finds them."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("claims", "0016_figures")]

    operations = [
        AddIndexConcurrently(
            model_name="decision",
            index=models.Index(
                condition=models.Q(reason_code="left_open"),
                fields=["quote"],
                name="decision_left_open",
            ),
        ),
    ]
