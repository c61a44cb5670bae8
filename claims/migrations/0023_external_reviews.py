"""Reviews by others, as they published them, and who may bring them in."""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
import django.db.models.functions.text
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
from django.apps import apps as live_apps
from django.conf import settings
from django.contrib.auth.management import create_permissions
from django.db import migrations, models

ROLES = {
    "Reporter": ["view_externalreview"],
    "Checker": ["view_externalreview", "add_externalreview"],
    "Editor": ["view_externalreview", "add_externalreview"],
    "Administrator": ["view_externalreview"],
    "Auditor": ["view_externalreview"],
}


def permissions_of(apps, codenames):
    Permission = apps.get_model("auth", "Permission")
    return [
        Permission.objects.get(content_type__app_label="claims", codename=codename)
        for codename in codenames
    ]


def grant(apps, schema_editor):
    # Permissions are otherwise made after the last migration, too late to be granted here.
    create_permissions(live_apps.get_app_config("claims"), apps=apps, verbosity=0)
    Group = apps.get_model("auth", "Group")
    for name, codenames in ROLES.items():
        Group.objects.get(name=name).permissions.add(*permissions_of(apps, codenames))


def withdraw(apps, schema_editor):
    Group = apps.get_model("auth", "Group")
    for name, codenames in ROLES.items():
        Group.objects.get(name=name).permissions.remove(*permissions_of(apps, codenames))


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0022_webhooks"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ExternalReview",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "version",
                    models.PositiveIntegerField(
                        default=1,
                        editable=False,
                        help_text="Rises by one with every change of the row.",
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                ("url", models.TextField(help_text="Canonical: without trackers.")),
                ("url_hash", models.CharField(editable=False, max_length=64)),
                (
                    "claim_hash",
                    models.CharField(
                        editable=False,
                        help_text="SHA-256 of the claim: with that of the address the identity.",
                        max_length=64,
                    ),
                ),
                ("claim_text", models.TextField(help_text="The claim in the words of the review.")),
                ("claimant", models.CharField(blank=True, max_length=300)),
                (
                    "claim_date",
                    models.DateField(blank=True, help_text="When the claim was made.", null=True),
                ),
                ("publisher_name", models.CharField(blank=True, max_length=300)),
                (
                    "publisher_site",
                    models.CharField(blank=True, help_text="Without www.", max_length=253),
                ),
                ("title", models.TextField(blank=True)),
                (
                    "rating_label",
                    models.CharField(blank=True, help_text="In their words.", max_length=300),
                ),
                ("rating_value", models.FloatField(blank=True, null=True)),
                ("best_rating", models.FloatField(blank=True, null=True)),
                ("worst_rating", models.FloatField(blank=True, null=True)),
                ("language", models.CharField(blank=True, max_length=35)),
                ("reviewed_at", models.DateTimeField(blank=True, null=True)),
                ("raw", models.JSONField(help_text="The ClaimReview as it came.")),
                (
                    "imported_at",
                    models.DateTimeField(help_text="When it was last read and said something new."),
                ),
                (
                    "job",
                    models.CharField(
                        blank=True,
                        help_text="What imported it when it was no person.",
                        max_length=100,
                    ),
                ),
                (
                    "imported_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-pk"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ExternalReviewEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                (
                    "version",
                    models.PositiveIntegerField(
                        default=1,
                        editable=False,
                        help_text="Rises by one with every change of the row.",
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                ("url", models.TextField(help_text="Canonical: without trackers.")),
                ("url_hash", models.CharField(editable=False, max_length=64)),
                (
                    "claim_hash",
                    models.CharField(
                        editable=False,
                        help_text="SHA-256 of the claim: with that of the address the identity.",
                        max_length=64,
                    ),
                ),
                ("claim_text", models.TextField(help_text="The claim in the words of the review.")),
                ("claimant", models.CharField(blank=True, max_length=300)),
                (
                    "claim_date",
                    models.DateField(blank=True, help_text="When the claim was made.", null=True),
                ),
                ("publisher_name", models.CharField(blank=True, max_length=300)),
                (
                    "publisher_site",
                    models.CharField(blank=True, help_text="Without www.", max_length=253),
                ),
                ("title", models.TextField(blank=True)),
                (
                    "rating_label",
                    models.CharField(blank=True, help_text="In their words.", max_length=300),
                ),
                ("rating_value", models.FloatField(blank=True, null=True)),
                ("best_rating", models.FloatField(blank=True, null=True)),
                ("worst_rating", models.FloatField(blank=True, null=True)),
                ("language", models.CharField(blank=True, max_length=35)),
                ("reviewed_at", models.DateTimeField(blank=True, null=True)),
                ("raw", models.JSONField(help_text="The ClaimReview as it came.")),
                (
                    "imported_at",
                    models.DateTimeField(help_text="When it was last read and said something new."),
                ),
                (
                    "job",
                    models.CharField(
                        blank=True,
                        help_text="What imported it when it was no person.",
                        max_length=100,
                    ),
                ),
                (
                    "imported_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="claims.externalreview",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddIndex(
            model_name="externalreview",
            index=django.contrib.postgres.indexes.GinIndex(
                django.contrib.postgres.search.SearchVector(
                    django.db.models.functions.text.Left("claim_text", 100000), config="english"
                ),
                name="external_review_search",
            ),
        ),
        migrations.AddIndex(
            model_name="externalreview",
            index=models.Index(fields=["publisher_site", "-id"], name="external_review_by_site"),
        ),
        migrations.AddConstraint(
            model_name="externalreview",
            constraint=models.UniqueConstraint(
                fields=("url_hash", "claim_hash"), name="external_review_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="externalreview",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("url", ""), _negated=True),
                    models.Q(("claim_text", ""), _negated=True),
                ),
                name="external_review_says_something",
            ),
        ),
        migrations.AddConstraint(
            model_name="externalreview",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("imported_by__isnull", False),
                    models.Q(("job", ""), _negated=True),
                    _connector="OR",
                ),
                name="external_review_by_somebody",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="externalreview",
            trigger=pgtrigger.compiler.Trigger(
                name="count_version",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func="NEW.version = OLD.version + 1; RETURN NEW;",
                    hash="149d2bae3ca49eb2845265d96da69b21f37dee2f",
                    operation="UPDATE",
                    pgid="pgtrigger_count_version_8a750",
                    table="claims_externalreview",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="externalreview",
            trigger=pgtrigger.compiler.Trigger(
                name="announce_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    INSERT INTO claims_change (resource, object_id, kind, at, xid)\n    SELECT resource, object_id, kind, clock_timestamp(), pg_current_xact_id()::text::bigint\n    FROM (SELECT DISTINCT 'external-reviews', k.key, 'created' FROM (SELECT id FROM new_values) AS k (key)) AS noted (resource, object_id, kind) ORDER BY object_id\n; RETURN NULL;",
                    hash="0e51b1b76b4a618c6b023eae9912620d70e9ea79",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_announce_insert_1aff2",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="claims_externalreview",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="externalreview",
            trigger=pgtrigger.compiler.Trigger(
                name="announce_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='\n    INSERT INTO claims_change (resource, object_id, kind, at, xid)\n    SELECT resource, object_id, kind, clock_timestamp(), pg_current_xact_id()::text::bigint\n    FROM (SELECT DISTINCT \'external-reviews\', k.key, \'updated\' FROM (\n    SELECT unnest(ARRAY[old_values.id, new_values.id])\n    FROM old_values JOIN new_values USING (id) WHERE (old_values."id", old_values."version", old_values."created_at", old_values."updated_at", old_values."url", old_values."url_hash", old_values."claim_hash", old_values."claim_text", old_values."claimant", old_values."claim_date", old_values."publisher_name", old_values."publisher_site", old_values."title", old_values."rating_label", old_values."rating_value", old_values."best_rating", old_values."worst_rating", old_values."language", old_values."reviewed_at", old_values."raw", old_values."imported_at", old_values."imported_by_id", old_values."job") IS DISTINCT FROM (new_values."id", new_values."version", new_values."created_at", new_values."updated_at", new_values."url", new_values."url_hash", new_values."claim_hash", new_values."claim_text", new_values."claimant", new_values."claim_date", new_values."publisher_name", new_values."publisher_site", new_values."title", new_values."rating_label", new_values."rating_value", new_values."best_rating", new_values."worst_rating", new_values."language", new_values."reviewed_at", new_values."raw", new_values."imported_at", new_values."imported_by_id", new_values."job")\n) AS k (key)) AS noted (resource, object_id, kind) ORDER BY object_id\n; RETURN NULL;',
                    hash="4c8daaf25ca4ddbb5cf19441796fabdf7286c134",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_announce_update_af38f",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="claims_externalreview",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="externalreview",
            trigger=pgtrigger.compiler.Trigger(
                name="announce_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    INSERT INTO claims_change (resource, object_id, kind, at, xid)\n    SELECT resource, object_id, kind, clock_timestamp(), pg_current_xact_id()::text::bigint\n    FROM (SELECT DISTINCT 'external-reviews', k.key, 'deleted' FROM (SELECT id FROM old_values) AS k (key)) AS noted (resource, object_id, kind) ORDER BY object_id\n; RETURN NULL;",
                    hash="c65e76bc21104ce3ae1a9dc24e9aabae4c022133",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_announce_delete_5cc00",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="claims_externalreview",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="externalreview",
            trigger=pgtrigger.compiler.Trigger(
                name="keep_key",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id"))',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="be2ce19bb974bb17f23c70c99e36a172f5d23eaa",
                    operation="UPDATE",
                    pgid="pgtrigger_keep_key_585b7",
                    table="claims_externalreview",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="externalreview",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "claims_externalreviewevent" ("best_rating", "claim_date", "claim_hash", "claim_text", "claimant", "created_at", "id", "imported_at", "imported_by_id", "job", "language", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "publisher_name", "publisher_site", "rating_label", "rating_value", "raw", "reviewed_at", "title", "updated_at", "url", "url_hash", "version", "worst_rating") SELECT new_values."best_rating", new_values."claim_date", new_values."claim_hash", new_values."claim_text", new_values."claimant", new_values."created_at", new_values."id", new_values."imported_at", new_values."imported_by_id", new_values."job", new_values."language", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, clock_timestamp(), \'insert\', new_values."id", new_values."publisher_name", new_values."publisher_site", new_values."rating_label", new_values."rating_value", new_values."raw", new_values."reviewed_at", new_values."title", new_values."updated_at", new_values."url", new_values."url_hash", new_values."version", new_values."worst_rating" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="87a51fa211581f6ff4b829e15e157238d9584c76",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_b2351",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="claims_externalreview",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="externalreview",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "claims_externalreviewevent" ("best_rating", "claim_date", "claim_hash", "claim_text", "claimant", "created_at", "id", "imported_at", "imported_by_id", "job", "language", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "publisher_name", "publisher_site", "rating_label", "rating_value", "raw", "reviewed_at", "title", "updated_at", "url", "url_hash", "version", "worst_rating") SELECT new_values."best_rating", new_values."claim_date", new_values."claim_hash", new_values."claim_text", new_values."claimant", new_values."created_at", new_values."id", new_values."imported_at", new_values."imported_by_id", new_values."job", new_values."language", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, clock_timestamp(), \'update\', new_values."id", new_values."publisher_name", new_values."publisher_site", new_values."rating_label", new_values."rating_value", new_values."raw", new_values."reviewed_at", new_values."title", new_values."updated_at", new_values."url", new_values."url_hash", new_values."version", new_values."worst_rating" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="65b02e39d19fa07b68d18a9fdf59dea0d58f538d",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_c8151",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="claims_externalreview",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="externalreview",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "claims_externalreviewevent" ("best_rating", "claim_date", "claim_hash", "claim_text", "claimant", "created_at", "id", "imported_at", "imported_by_id", "job", "language", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "publisher_name", "publisher_site", "rating_label", "rating_value", "raw", "reviewed_at", "title", "updated_at", "url", "url_hash", "version", "worst_rating") SELECT old_values."best_rating", old_values."claim_date", old_values."claim_hash", old_values."claim_text", old_values."claimant", old_values."created_at", old_values."id", old_values."imported_at", old_values."imported_by_id", old_values."job", old_values."language", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, clock_timestamp(), \'delete\', old_values."id", old_values."publisher_name", old_values."publisher_site", old_values."rating_label", old_values."rating_value", old_values."raw", old_values."reviewed_at", old_values."title", old_values."updated_at", old_values."url", old_values."url_hash", old_values."version", old_values."worst_rating" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="6a6f9be50098c9e0f69b2c76926fe7d0539097b7",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_8cbb5",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="claims_externalreview",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="externalreviewevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="98917793dcc5d47107b09fd091abb27577acb169",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_8053d",
                    table="claims_externalreviewevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.RunPython(grant, withdraw),
    ]
