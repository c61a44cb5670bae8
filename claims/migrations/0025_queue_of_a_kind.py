"""A kind's part of the queue, and what somebody has in hand, by indexes of their own."""

import django.db.models.expressions
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("claims", "0024_webhook_delivery_version")]

    operations = [
        AddIndexConcurrently(
            model_name="quote",
            index=models.Index(
                models.F("kind"),
                models.OrderBy(
                    django.db.models.expressions.CombinedExpression(
                        models.F("check_worthiness"),
                        "+",
                        django.db.models.expressions.CombinedExpression(
                            models.Func(
                                models.F("created_at"),
                                output_field=models.FloatField(),
                                template="EXTRACT(EPOCH FROM %(expressions)s AT TIME ZONE 'UTC')::float8",
                            ),
                            "/",
                            models.Value(1209600.0),
                        ),
                    ),
                    descending=True,
                ),
                models.OrderBy(models.F("id"), descending=True),
                condition=models.Q(("copy_of__isnull", True), ("status", "candidate")),
                name="quote_queue_of_kind",
            ),
        ),
        AddIndexConcurrently(
            model_name="verdict",
            index=models.Index(
                condition=models.Q(("status", "draft")),
                fields=["author", "-id"],
                name="verdict_drafts_of",
            ),
        ),
    ]
