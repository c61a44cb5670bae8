"""Nothing is tied to a redirect; names nobody settled, and searching by any name, at scale."""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
import django.db.models.functions.text
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False  # quotes are many, and workers write them meanwhile

    dependencies = [
        ("claims", "0012_triage_queue"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ImportDraft",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(help_text="What its rows are, such as claims.", max_length=20),
                ),
                ("name", models.CharField(help_text="What the file was called.", max_length=200)),
                ("content", models.BinaryField()),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="import_drafts",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "ordering": ["-pk"],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="quote",
            trigger=pgtrigger.compiler.Trigger(
                name="follow_redirect",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE target bigint;",
                    func="\n    IF NEW.speaker_id IS NOT NULL THEN\n        SELECT s.merged_into_id INTO target FROM claims_speaker s\n        WHERE s.id = NEW.speaker_id FOR KEY SHARE;\n        NEW.speaker_id = coalesce(target, NEW.speaker_id);\n    END IF;\n    RETURN NEW;\n",
                    hash="9785e4c934c73a47506dc8f185a62e745cd09998",
                    operation='INSERT OR UPDATE OF "speaker_id"',
                    pgid="pgtrigger_follow_redirect_b1acf",
                    table="claims_quote",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="replyrequest",
            trigger=pgtrigger.compiler.Trigger(
                name="follow_redirect",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE target bigint;",
                    func="\n    IF NEW.speaker_id IS NOT NULL THEN\n        SELECT s.merged_into_id INTO target FROM claims_speaker s\n        WHERE s.id = NEW.speaker_id FOR KEY SHARE;\n        NEW.speaker_id = coalesce(target, NEW.speaker_id);\n    END IF;\n    RETURN NEW;\n",
                    hash="8028549e1ffaf7908b988b6182e405f91942155b",
                    operation='INSERT OR UPDATE OF "speaker_id"',
                    pgid="pgtrigger_follow_redirect_40977",
                    table="claims_replyrequest",
                    when="BEFORE",
                ),
            ),
        ),
        AddIndexConcurrently(
            model_name="quote",
            index=models.Index(
                condition=models.Q(
                    ("speaker__isnull", True),
                    ("status__in", ["candidate", "accepted"]),
                    models.Q(("suggested_name", ""), _negated=True),
                ),
                fields=["-id"],
                name="quote_unresolved",
            ),
        ),
        AddIndexConcurrently(
            model_name="quote",
            index=models.Index(
                condition=models.Q(
                    ("speaker__isnull", True),
                    ("status__in", ["candidate", "accepted"]),
                    models.Q(("suggested_name", ""), _negated=True),
                ),
                fields=["suggested_name", "-id"],
                name="quote_unresolved_name",
                opclasses=["text_pattern_ops", "int8_ops"],
            ),
        ),
        AddIndexConcurrently(
            model_name="speakeralias",
            index=django.contrib.postgres.indexes.GinIndex(
                django.contrib.postgres.search.SearchVector(
                    django.db.models.functions.text.Left("name", 100000), config="simple"
                ),
                name="alias_name_search",
            ),
        ),
    ]
