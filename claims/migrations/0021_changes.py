"""The change feed: triggers on all that the API shows, and the first life of the database."""

import uuid

import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


def make_epoch(apps, schema_editor):
    """The one row of ChangeEpoch; one that is there stays."""
    apps.get_model("claims", "ChangeEpoch").objects.get_or_create(pk=1)


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0019_api"),
    ]

    operations = [
        migrations.CreateModel(
            name="Change",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "resource",
                    models.CharField(help_text="What the API calls such rows.", max_length=30),
                ),
                ("object_id", models.BigIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("created", "Created"),
                            ("updated", "Updated"),
                            ("deleted", "Deleted"),
                        ],
                        max_length=7,
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "xid",
                    models.BigIntegerField(
                        default=1,
                        help_text="The transaction that made it; 1 for what a backup brought.",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="ChangeEpoch",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("epoch", models.UUIDField(default=uuid.uuid4)),
                (
                    "embargoes_told_until",
                    models.DateTimeField(
                        default=django.utils.timezone.now,
                        help_text="Embargoes that ended before are in the feed.",
                    ),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="affiliation",
            trigger=pgtrigger.compiler.Trigger(
                name="announce_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    INSERT INTO claims_change (resource, object_id, kind, at, xid)\n    SELECT resource, object_id, kind, clock_timestamp(), pg_current_xact_id()::text::bigint\n    FROM (SELECT DISTINCT 'speakers', k.key, 'updated' FROM (SELECT speaker_id FROM new_values) AS k (key)) AS noted (resource, object_id, kind) ORDER BY object_id\n; RETURN NULL;",
                    hash="a912808642a6cce4d6f51a738374e2c74749d10b",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_announce_insert_c001b",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="claims_affiliation",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="affiliation",
            trigger=pgtrigger.compiler.Trigger(
                name="announce_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='\n    INSERT INTO claims_change (resource, object_id, kind, at, xid)\n    SELECT resource, object_id, kind, clock_timestamp(), pg_current_xact_id()::text::bigint\n    FROM (SELECT DISTINCT \'speakers\', k.key, \'updated\' FROM (\n    SELECT unnest(ARRAY[old_values.speaker_id, new_values.speaker_id])\n    FROM old_values JOIN new_values USING (id) WHERE (old_values."id", old_values."speaker_id", old_values."title", old_values."organisation", old_values."since", old_values."until") IS DISTINCT FROM (new_values."id", new_values."speaker_id", new_values."title", new_values."organisation", new_values."since", new_values."until")\n) AS k (key)) AS noted (resource, object_id, kind) ORDER BY object_id\n; RETURN NULL;',
                    hash="840978e258cd9f0e85f9ca2c7b2c9b5db0c91309",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_announce_update_7537a",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="claims_affiliation",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="affiliation",
            trigger=pgtrigger.compiler.Trigger(
                name="announce_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    INSERT INTO claims_change (resource, object_id, kind, at, xid)\n    SELECT resource, object_id, kind, clock_timestamp(), pg_current_xact_id()::text::bigint\n    FROM (SELECT DISTINCT 'speakers', k.key, 'updated' FROM (SELECT speaker_id FROM old_values) AS k (key)) AS noted (resource, object_id, kind) ORDER BY object_id\n; RETURN NULL;",
                    hash="a6d32c4848ad422ed26706e67b8d199e5748e866",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_announce_delete_0c7de",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="claims_affiliation",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="appearance",
            trigger=pgtrigger.compiler.Trigger(
                name="announce_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    INSERT INTO claims_change (resource, object_id, kind, at, xid)\n    SELECT resource, object_id, kind, clock_timestamp(), pg_current_xact_id()::text::bigint\n    FROM (SELECT DISTINCT 'appearances', k.key, 'created' FROM (SELECT id FROM new_values) AS k (key)) AS noted (resource, object_id, kind) ORDER BY object_id\n; RETURN NULL;",
                    hash="039fa4768cde3cd2ea9816c9a9de73e97ee0278e",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_announce_insert_8c476",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="claims_appearance",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="appearance",
            trigger=pgtrigger.compiler.Trigger(
                name="announce_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='\n    INSERT INTO claims_change (resource, object_id, kind, at, xid)\n    SELECT resource, object_id, kind, clock_timestamp(), pg_current_xact_id()::text::bigint\n    FROM (SELECT DISTINCT \'appearances\', k.key, \'updated\' FROM (\n    SELECT unnest(ARRAY[old_values.id, new_values.id])\n    FROM old_values JOIN new_values USING (id) WHERE (old_values."id", old_values."version", old_values."created_at", old_values."updated_at", old_values."claim_id", old_values."quote_id", old_values."stance", old_values."state", old_values."score", old_values."method") IS DISTINCT FROM (new_values."id", new_values."version", new_values."created_at", new_values."updated_at", new_values."claim_id", new_values."quote_id", new_values."stance", new_values."state", new_values."score", new_values."method")\n) AS k (key)) AS noted (resource, object_id, kind) ORDER BY object_id\n; RETURN NULL;',
                    hash="631d562b6427fc73bcedbd710a81fa1c88c0fd54",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_announce_update_bd15e",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="claims_appearance",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="appearance",
            trigger=pgtrigger.compiler.Trigger(
                name="announce_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    INSERT INTO claims_change (resource, object_id, kind, at, xid)\n    SELECT resource, object_id, kind, clock_timestamp(), pg_current_xact_id()::text::bigint\n    FROM (SELECT DISTINCT 'appearances', k.key, 'deleted' FROM (SELECT id FROM old_values) AS k (key)) AS noted (resource, object_id, kind) ORDER BY object_id\n; RETURN NULL;",
                    hash="a439967eb022627286c952e421f39e435a965a9d",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_announce_delete_8c87b",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="claims_appearance",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="article",
            trigger=pgtrigger.compiler.Trigger(
                name="announce_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    INSERT INTO claims_change (resource, object_id, kind, at, xid)\n    SELECT resource, object_id, kind, clock_timestamp(), pg_current_xact_id()::text::bigint\n    FROM (SELECT DISTINCT 'articles', k.key, 'created' FROM (SELECT id FROM new_values) AS k (key)) AS noted (resource, object_id, kind) ORDER BY object_id\n; RETURN NULL;",
                    hash="d98574efcb50ebf3335e019fec9a8a1ee36a0a13",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_announce_insert_ea012",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="claims_article",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="article",
            trigger=pgtrigger.compiler.Trigger(
                name="announce_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='\n    INSERT INTO claims_change (resource, object_id, kind, at, xid)\n    SELECT resource, object_id, kind, clock_timestamp(), pg_current_xact_id()::text::bigint\n    FROM (SELECT DISTINCT \'articles\', k.key, \'updated\' FROM (\n    SELECT unnest(ARRAY[old_values.id, new_values.id])\n    FROM old_values JOIN new_values USING (id) WHERE (old_values."id", old_values."version", old_values."created_at", old_values."updated_at", old_values."source_id", old_values."kind", old_values."canonical_url", old_values."url_hash", old_values."raw_url", old_values."title", old_values."byline", old_values."language", old_values."published_at", old_values."current_version_id", old_values."copy_of_id", old_values."story_id", old_values."gone_at") IS DISTINCT FROM (new_values."id", new_values."version", new_values."created_at", new_values."updated_at", new_values."source_id", new_values."kind", new_values."canonical_url", new_values."url_hash", new_values."raw_url", new_values."title", new_values."byline", new_values."language", new_values."published_at", new_values."current_version_id", new_values."copy_of_id", new_values."story_id", new_values."gone_at")\n) AS k (key)) AS noted (resource, object_id, kind) ORDER BY object_id\n; RETURN NULL;',
                    hash="553262af950321e79efe2515eb7d1f7d78a98299",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_announce_update_55ae1",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="claims_article",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="article",
            trigger=pgtrigger.compiler.Trigger(
                name="announce_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    INSERT INTO claims_change (resource, object_id, kind, at, xid)\n    SELECT resource, object_id, kind, clock_timestamp(), pg_current_xact_id()::text::bigint\n    FROM (SELECT DISTINCT 'articles', k.key, 'deleted' FROM (SELECT id FROM old_values) AS k (key)) AS noted (resource, object_id, kind) ORDER BY object_id\n; RETURN NULL;",
                    hash="4d06453b13e20fed6ca6e353ac2839dc86803c3d",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_announce_delete_fd680",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="claims_article",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="articleversion",
            trigger=pgtrigger.compiler.Trigger(
                name="announce_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    INSERT INTO claims_change (resource, object_id, kind, at, xid)\n    SELECT resource, object_id, kind, clock_timestamp(), pg_current_xact_id()::text::bigint\n    FROM (SELECT DISTINCT 'article-versions', k.key, 'created' FROM (SELECT id FROM new_values) AS k (key)) AS noted (resource, object_id, kind) ORDER BY object_id\n; RETURN NULL;",
                    hash="13d20f70da2eb00fd03fe8da237276ef58e920b4",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_announce_insert_defdd",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="claims_articleversion",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="articleversion",
            trigger=pgtrigger.compiler.Trigger(
                name="announce_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='\n    INSERT INTO claims_change (resource, object_id, kind, at, xid)\n    SELECT resource, object_id, kind, clock_timestamp(), pg_current_xact_id()::text::bigint\n    FROM (SELECT DISTINCT \'article-versions\', k.key, \'updated\' FROM (\n    SELECT unnest(ARRAY[old_values.id, new_values.id])\n    FROM old_values JOIN new_values USING (id) WHERE (old_values."id", old_values."article_id", old_values."number", old_values."text", old_values."sha256", old_values."fetched_at", old_values."snapshot", old_values."snapshot_sha256", old_values."content_type") IS DISTINCT FROM (new_values."id", new_values."article_id", new_values."number", new_values."text", new_values."sha256", new_values."fetched_at", new_values."snapshot", new_values."snapshot_sha256", new_values."content_type")\n) AS k (key)) AS noted (resource, object_id, kind) ORDER BY object_id\n; RETURN NULL;',
                    hash="0c210c85069ea83308e2fcb30f30df91312e16b0",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_announce_update_80c0b",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="claims_articleversion",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="articleversion",
            trigger=pgtrigger.compiler.Trigger(
                name="announce_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    INSERT INTO claims_change (resource, object_id, kind, at, xid)\n    SELECT resource, object_id, kind, clock_timestamp(), pg_current_xact_id()::text::bigint\n    FROM (SELECT DISTINCT 'article-versions', k.key, 'deleted' FROM (SELECT id FROM old_values) AS k (key)) AS noted (resource, object_id, kind) ORDER BY object_id\n; RETURN NULL;",
                    hash="b00c614620b71dfdacf3cfabbde38e3c06b153a0",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_announce_delete_28e92",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="claims_articleversion",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="claim",
            trigger=pgtrigger.compiler.Trigger(
                name="announce_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    INSERT INTO claims_change (resource, object_id, kind, at, xid)\n    SELECT resource, object_id, kind, clock_timestamp(), pg_current_xact_id()::text::bigint\n    FROM (SELECT DISTINCT 'claims', k.key, 'created' FROM (SELECT id FROM new_values) AS k (key)) AS noted (resource, object_id, kind) ORDER BY object_id\n; RETURN NULL;",
                    hash="b99e2a965e84556c5880e14896020afc07c31bdb",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_announce_insert_d1b1d",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="claims_claim",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="claim",
            trigger=pgtrigger.compiler.Trigger(
                name="announce_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='\n    INSERT INTO claims_change (resource, object_id, kind, at, xid)\n    SELECT resource, object_id, kind, clock_timestamp(), pg_current_xact_id()::text::bigint\n    FROM (SELECT DISTINCT \'claims\', k.key, \'updated\' FROM (\n    SELECT unnest(ARRAY[old_values.id, new_values.id])\n    FROM old_values JOIN new_values USING (id) WHERE (old_values."id", old_values."version", old_values."created_at", old_values."updated_at", old_values."text", old_values."quantities", old_values."stage", old_values."priority", old_values."assignee_id", old_values."embargo_until", old_values."recheck_by", old_values."created_by_id") IS DISTINCT FROM (new_values."id", new_values."version", new_values."created_at", new_values."updated_at", new_values."text", new_values."quantities", new_values."stage", new_values."priority", new_values."assignee_id", new_values."embargo_until", new_values."recheck_by", new_values."created_by_id")\n) AS k (key)) AS noted (resource, object_id, kind) ORDER BY object_id\n; RETURN NULL;',
                    hash="e7efd4cd8986552ff591f55fac24e9a148e18db4",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_announce_update_00fcd",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="claims_claim",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="claim",
            trigger=pgtrigger.compiler.Trigger(
                name="announce_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    INSERT INTO claims_change (resource, object_id, kind, at, xid)\n    SELECT resource, object_id, kind, clock_timestamp(), pg_current_xact_id()::text::bigint\n    FROM (SELECT DISTINCT 'claims', k.key, 'deleted' FROM (SELECT id FROM old_values) AS k (key)) AS noted (resource, object_id, kind) ORDER BY object_id\n; RETURN NULL;",
                    hash="d28960bfe0c164cf4a66c1465c430d785d9fa248",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_announce_delete_3d5a3",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="claims_claim",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="claim",
            trigger=pgtrigger.compiler.Trigger(
                name="announce_shown",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='\n    INSERT INTO claims_change (resource, object_id, kind, at, xid)\n    SELECT resource, object_id, kind, clock_timestamp(), pg_current_xact_id()::text::bigint\n    FROM (\n    SELECT \'appearances\', r.id, \'updated\' FROM claims_appearance r WHERE r.claim_id IN (\n    SELECT new_values.id FROM old_values JOIN new_values USING (id)\n    WHERE (old_values."embargo_until", old_values."assignee_id", old_values."created_by_id") IS DISTINCT FROM (new_values."embargo_until", new_values."assignee_id", new_values."created_by_id") AND coalesce(old_values.embargo_until, new_values.embargo_until) IS NOT NULL\n)\n    UNION ALL\n    SELECT \'claim-links\', r.id, \'updated\' FROM claims_claimlink r\n    WHERE r.from_claim_id IN (\n    SELECT new_values.id FROM old_values JOIN new_values USING (id)\n    WHERE (old_values."embargo_until", old_values."assignee_id", old_values."created_by_id") IS DISTINCT FROM (new_values."embargo_until", new_values."assignee_id", new_values."created_by_id") AND coalesce(old_values.embargo_until, new_values.embargo_until) IS NOT NULL\n) OR r.to_claim_id IN (\n    SELECT new_values.id FROM old_values JOIN new_values USING (id)\n    WHERE (old_values."embargo_until", old_values."assignee_id", old_values."created_by_id") IS DISTINCT FROM (new_values."embargo_until", new_values."assignee_id", new_values."created_by_id") AND coalesce(old_values.embargo_until, new_values.embargo_until) IS NOT NULL\n)\n    UNION ALL\n    SELECT \'evidence\', r.id, \'updated\' FROM claims_evidence r WHERE r.claim_id IN (\n    SELECT new_values.id FROM old_values JOIN new_values USING (id)\n    WHERE (old_values."embargo_until", old_values."assignee_id", old_values."created_by_id") IS DISTINCT FROM (new_values."embargo_until", new_values."assignee_id", new_values."created_by_id") AND coalesce(old_values.embargo_until, new_values.embargo_until) IS NOT NULL\n)\n    UNION ALL\n    SELECT \'verdicts\', r.id, \'updated\' FROM claims_verdict r WHERE r.claim_id IN (\n    SELECT new_values.id FROM old_values JOIN new_values USING (id)\n    WHERE (old_values."embargo_until", old_values."assignee_id", old_values."created_by_id") IS DISTINCT FROM (new_values."embargo_until", new_values."assignee_id", new_values."created_by_id") AND coalesce(old_values.embargo_until, new_values.embargo_until) IS NOT NULL\n)\n    UNION ALL\n    SELECT \'decisions\', r.id, \'updated\' FROM claims_decision r\n    WHERE r.claim_id IN (\n    SELECT new_values.id FROM old_values JOIN new_values USING (id)\n    WHERE (old_values."embargo_until", old_values."assignee_id", old_values."created_by_id") IS DISTINCT FROM (new_values."embargo_until", new_values."assignee_id", new_values."created_by_id") AND coalesce(old_values.embargo_until, new_values.embargo_until) IS NOT NULL\n)\n       OR r.verdict_id IN (SELECT v.id FROM claims_verdict v WHERE v.claim_id IN (\n    SELECT new_values.id FROM old_values JOIN new_values USING (id)\n    WHERE (old_values."embargo_until", old_values."assignee_id", old_values."created_by_id") IS DISTINCT FROM (new_values."embargo_until", new_values."assignee_id", new_values."created_by_id") AND coalesce(old_values.embargo_until, new_values.embargo_until) IS NOT NULL\n))\n) AS noted (resource, object_id, kind) ORDER BY object_id\n; RETURN NULL;',
                    hash="b771e0770ec793f2f6e50cb98ac0e19ab3e45f52",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_announce_shown_cd9e4",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="claims_claim",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="claimlink",
            trigger=pgtrigger.compiler.Trigger(
                name="announce_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    INSERT INTO claims_change (resource, object_id, kind, at, xid)\n    SELECT resource, object_id, kind, clock_timestamp(), pg_current_xact_id()::text::bigint\n    FROM (SELECT DISTINCT 'claim-links', k.key, 'created' FROM (SELECT id FROM new_values) AS k (key)) AS noted (resource, object_id, kind) ORDER BY object_id\n; RETURN NULL;",
                    hash="0539d66dfe9af0c8702b0d7687478c515657b014",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_announce_insert_7c110",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="claims_claimlink",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="claimlink",
            trigger=pgtrigger.compiler.Trigger(
                name="announce_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='\n    INSERT INTO claims_change (resource, object_id, kind, at, xid)\n    SELECT resource, object_id, kind, clock_timestamp(), pg_current_xact_id()::text::bigint\n    FROM (SELECT DISTINCT \'claim-links\', k.key, \'updated\' FROM (\n    SELECT unnest(ARRAY[old_values.id, new_values.id])\n    FROM old_values JOIN new_values USING (id) WHERE (old_values."id", old_values."version", old_values."created_at", old_values."updated_at", old_values."from_claim_id", old_values."to_claim_id", old_values."relation", old_values."confirmed_by_id", old_values."state", old_values."score", old_values."method") IS DISTINCT FROM (new_values."id", new_values."version", new_values."created_at", new_values."updated_at", new_values."from_claim_id", new_values."to_claim_id", new_values."relation", new_values."confirmed_by_id", new_values."state", new_values."score", new_values."method")\n) AS k (key)) AS noted (resource, object_id, kind) ORDER BY object_id\n; RETURN NULL;',
                    hash="ebc3c123526483b2dc2c8ad4bf336890ffae8918",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_announce_update_63b72",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="claims_claimlink",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="claimlink",
            trigger=pgtrigger.compiler.Trigger(
                name="announce_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    INSERT INTO claims_change (resource, object_id, kind, at, xid)\n    SELECT resource, object_id, kind, clock_timestamp(), pg_current_xact_id()::text::bigint\n    FROM (SELECT DISTINCT 'claim-links', k.key, 'deleted' FROM (SELECT id FROM old_values) AS k (key)) AS noted (resource, object_id, kind) ORDER BY object_id\n; RETURN NULL;",
                    hash="69e6ff44876fb80b092d20fad1d799d7ad211a7a",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_announce_delete_dca3d",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="claims_claimlink",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="claimtopic",
            trigger=pgtrigger.compiler.Trigger(
                name="announce_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    INSERT INTO claims_change (resource, object_id, kind, at, xid)\n    SELECT resource, object_id, kind, clock_timestamp(), pg_current_xact_id()::text::bigint\n    FROM (SELECT DISTINCT 'claims', k.key, 'updated' FROM (SELECT claim_id FROM new_values) AS k (key)) AS noted (resource, object_id, kind) ORDER BY object_id\n; RETURN NULL;",
                    hash="4d18e41e82712933c8df0632a7f7ee432f6bda3a",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_announce_insert_4115f",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="claims_claim_topics",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="claimtopic",
            trigger=pgtrigger.compiler.Trigger(
                name="announce_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='\n    INSERT INTO claims_change (resource, object_id, kind, at, xid)\n    SELECT resource, object_id, kind, clock_timestamp(), pg_current_xact_id()::text::bigint\n    FROM (SELECT DISTINCT \'claims\', k.key, \'updated\' FROM (\n    SELECT unnest(ARRAY[old_values.claim_id, new_values.claim_id])\n    FROM old_values JOIN new_values USING (id) WHERE (old_values."id", old_values."claim_id", old_values."topic_id") IS DISTINCT FROM (new_values."id", new_values."claim_id", new_values."topic_id")\n) AS k (key)) AS noted (resource, object_id, kind) ORDER BY object_id\n; RETURN NULL;',
                    hash="6dc52d74fe05492412881b62225dd9cb09b76a39",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_announce_update_0d044",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="claims_claim_topics",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="claimtopic",
            trigger=pgtrigger.compiler.Trigger(
                name="announce_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    INSERT INTO claims_change (resource, object_id, kind, at, xid)\n    SELECT resource, object_id, kind, clock_timestamp(), pg_current_xact_id()::text::bigint\n    FROM (SELECT DISTINCT 'claims', k.key, 'updated' FROM (SELECT claim_id FROM old_values) AS k (key)) AS noted (resource, object_id, kind) ORDER BY object_id\n; RETURN NULL;",
                    hash="d8ffae6ffb63f992495f9c80640e7b6b3f591336",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_announce_delete_41eae",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="claims_claim_topics",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="decision",
            trigger=pgtrigger.compiler.Trigger(
                name="announce_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    INSERT INTO claims_change (resource, object_id, kind, at, xid)\n    SELECT resource, object_id, kind, clock_timestamp(), pg_current_xact_id()::text::bigint\n    FROM (SELECT DISTINCT 'decisions', k.key, 'created' FROM (SELECT id FROM new_values) AS k (key)) AS noted (resource, object_id, kind) ORDER BY object_id\n; RETURN NULL;",
                    hash="351e46c5dd15fbcc3524a3377034703c11bda64a",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_announce_insert_7a6eb",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="claims_decision",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="decision",
            trigger=pgtrigger.compiler.Trigger(
                name="announce_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='\n    INSERT INTO claims_change (resource, object_id, kind, at, xid)\n    SELECT resource, object_id, kind, clock_timestamp(), pg_current_xact_id()::text::bigint\n    FROM (SELECT DISTINCT \'decisions\', k.key, \'updated\' FROM (\n    SELECT unnest(ARRAY[old_values.id, new_values.id])\n    FROM old_values JOIN new_values USING (id) WHERE (old_values."id", old_values."quote_id", old_values."claim_id", old_values."verdict_id", old_values."actor_id", old_values."job", old_values."from_state", old_values."to_state", old_values."reason_code", old_values."comment", old_values."at") IS DISTINCT FROM (new_values."id", new_values."quote_id", new_values."claim_id", new_values."verdict_id", new_values."actor_id", new_values."job", new_values."from_state", new_values."to_state", new_values."reason_code", new_values."comment", new_values."at")\n) AS k (key)) AS noted (resource, object_id, kind) ORDER BY object_id\n; RETURN NULL;',
                    hash="173d05aac04445692674511cdf8fa502ea3ee62e",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_announce_update_16d7b",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="claims_decision",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="decision",
            trigger=pgtrigger.compiler.Trigger(
                name="announce_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    INSERT INTO claims_change (resource, object_id, kind, at, xid)\n    SELECT resource, object_id, kind, clock_timestamp(), pg_current_xact_id()::text::bigint\n    FROM (SELECT DISTINCT 'decisions', k.key, 'deleted' FROM (SELECT id FROM old_values) AS k (key)) AS noted (resource, object_id, kind) ORDER BY object_id\n; RETURN NULL;",
                    hash="a296c5a96b6b820aedc783e0040ee04eb0f44be0",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_announce_delete_0302c",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="claims_decision",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="evidence",
            trigger=pgtrigger.compiler.Trigger(
                name="announce_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    INSERT INTO claims_change (resource, object_id, kind, at, xid)\n    SELECT resource, object_id, kind, clock_timestamp(), pg_current_xact_id()::text::bigint\n    FROM (SELECT DISTINCT 'evidence', k.key, 'created' FROM (SELECT id FROM new_values) AS k (key)) AS noted (resource, object_id, kind) ORDER BY object_id\n; RETURN NULL;",
                    hash="b1c883b7e85ed8e74e06379012ae96f4e7b4c99a",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_announce_insert_23f08",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="claims_evidence",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="evidence",
            trigger=pgtrigger.compiler.Trigger(
                name="announce_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='\n    INSERT INTO claims_change (resource, object_id, kind, at, xid)\n    SELECT resource, object_id, kind, clock_timestamp(), pg_current_xact_id()::text::bigint\n    FROM (SELECT DISTINCT \'evidence\', k.key, \'updated\' FROM (\n    SELECT unnest(ARRAY[old_values.id, new_values.id])\n    FROM old_values JOIN new_values USING (id) WHERE (old_values."id", old_values."version", old_values."created_at", old_values."updated_at", old_values."claim_id", old_values."stance", old_values."kind", old_values."title", old_values."url", old_values."excerpt", old_values."snapshot", old_values."sha256", old_values."fetch_id", old_values."accessed_at", old_values."is_confidential", old_values."added_by_id") IS DISTINCT FROM (new_values."id", new_values."version", new_values."created_at", new_values."updated_at", new_values."claim_id", new_values."stance", new_values."kind", new_values."title", new_values."url", new_values."excerpt", new_values."snapshot", new_values."sha256", new_values."fetch_id", new_values."accessed_at", new_values."is_confidential", new_values."added_by_id")\n) AS k (key)) AS noted (resource, object_id, kind) ORDER BY object_id\n; RETURN NULL;',
                    hash="1f58db0525baaf807630eef495240ba9deaa197c",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_announce_update_54a01",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="claims_evidence",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="evidence",
            trigger=pgtrigger.compiler.Trigger(
                name="announce_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    INSERT INTO claims_change (resource, object_id, kind, at, xid)\n    SELECT resource, object_id, kind, clock_timestamp(), pg_current_xact_id()::text::bigint\n    FROM (SELECT DISTINCT 'evidence', k.key, 'deleted' FROM (SELECT id FROM old_values) AS k (key)) AS noted (resource, object_id, kind) ORDER BY object_id\n; RETURN NULL;",
                    hash="05e7b2099f3c641343d6bd25d24062474017e844",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_announce_delete_b21cb",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="claims_evidence",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="extractionrun",
            trigger=pgtrigger.compiler.Trigger(
                name="announce_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    INSERT INTO claims_change (resource, object_id, kind, at, xid)\n    SELECT resource, object_id, kind, clock_timestamp(), pg_current_xact_id()::text::bigint\n    FROM (SELECT DISTINCT 'runs', k.key, 'created' FROM (SELECT id FROM new_values) AS k (key)) AS noted (resource, object_id, kind) ORDER BY object_id\n; RETURN NULL;",
                    hash="66b6165f82312c71f9428852adbd8ce55f870000",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_announce_insert_597f5",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="claims_extractionrun",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="extractionrun",
            trigger=pgtrigger.compiler.Trigger(
                name="announce_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='\n    INSERT INTO claims_change (resource, object_id, kind, at, xid)\n    SELECT resource, object_id, kind, clock_timestamp(), pg_current_xact_id()::text::bigint\n    FROM (SELECT DISTINCT \'runs\', k.key, \'updated\' FROM (\n    SELECT unnest(ARRAY[old_values.id, new_values.id])\n    FROM old_values JOIN new_values USING (id) WHERE (old_values."id", old_values."state", old_values."attempts", old_values."error", old_values."created_at", old_values."finished_at", old_values."article_version_id", old_values."extractor", old_values."quotes_found", old_values."quotes_held_back", old_values."quotes_added", old_values."quotes_withdrawn", old_values."duration_ms") IS DISTINCT FROM (new_values."id", new_values."state", new_values."attempts", new_values."error", new_values."created_at", new_values."finished_at", new_values."article_version_id", new_values."extractor", new_values."quotes_found", new_values."quotes_held_back", new_values."quotes_added", new_values."quotes_withdrawn", new_values."duration_ms")\n) AS k (key)) AS noted (resource, object_id, kind) ORDER BY object_id\n; RETURN NULL;',
                    hash="e89886b2f67b3534d35bc6041582d8518c820fe3",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_announce_update_09a96",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="claims_extractionrun",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="extractionrun",
            trigger=pgtrigger.compiler.Trigger(
                name="announce_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    INSERT INTO claims_change (resource, object_id, kind, at, xid)\n    SELECT resource, object_id, kind, clock_timestamp(), pg_current_xact_id()::text::bigint\n    FROM (SELECT DISTINCT 'runs', k.key, 'deleted' FROM (SELECT id FROM old_values) AS k (key)) AS noted (resource, object_id, kind) ORDER BY object_id\n; RETURN NULL;",
                    hash="e3f59de263dd947be2a370d0517f74713baf0fe1",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_announce_delete_407ae",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="claims_extractionrun",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="feed",
            trigger=pgtrigger.compiler.Trigger(
                name="announce_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    INSERT INTO claims_change (resource, object_id, kind, at, xid)\n    SELECT resource, object_id, kind, clock_timestamp(), pg_current_xact_id()::text::bigint\n    FROM (SELECT DISTINCT 'feeds', k.key, 'created' FROM (SELECT id FROM new_values) AS k (key)) AS noted (resource, object_id, kind) ORDER BY object_id\n; RETURN NULL;",
                    hash="181748f44571cf550e4c07a028503677b7ff1ef6",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_announce_insert_5a0d5",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="claims_feed",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="feed",
            trigger=pgtrigger.compiler.Trigger(
                name="announce_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='\n    INSERT INTO claims_change (resource, object_id, kind, at, xid)\n    SELECT resource, object_id, kind, clock_timestamp(), pg_current_xact_id()::text::bigint\n    FROM (SELECT DISTINCT \'feeds\', k.key, \'updated\' FROM (\n    SELECT unnest(ARRAY[old_values.id, new_values.id])\n    FROM old_values JOIN new_values USING (id) WHERE (old_values."id", old_values."version", old_values."created_at", old_values."source_id", old_values."url", old_values."title", old_values."format", old_values."state", old_values."failures", old_values."last_error") IS DISTINCT FROM (new_values."id", new_values."version", new_values."created_at", new_values."source_id", new_values."url", new_values."title", new_values."format", new_values."state", new_values."failures", new_values."last_error")\n) AS k (key)) AS noted (resource, object_id, kind) ORDER BY object_id\n; RETURN NULL;',
                    hash="154b117d6697c8440e79c02262a37dbb1f64ae4b",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_announce_update_66e08",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="claims_feed",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="feed",
            trigger=pgtrigger.compiler.Trigger(
                name="announce_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    INSERT INTO claims_change (resource, object_id, kind, at, xid)\n    SELECT resource, object_id, kind, clock_timestamp(), pg_current_xact_id()::text::bigint\n    FROM (SELECT DISTINCT 'feeds', k.key, 'deleted' FROM (SELECT id FROM old_values) AS k (key)) AS noted (resource, object_id, kind) ORDER BY object_id\n; RETURN NULL;",
                    hash="0cf15a9e0462a5945c07ad2f5dbaecb245c906bd",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_announce_delete_c12ed",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="claims_feed",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="quote",
            trigger=pgtrigger.compiler.Trigger(
                name="announce_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    INSERT INTO claims_change (resource, object_id, kind, at, xid)\n    SELECT resource, object_id, kind, clock_timestamp(), pg_current_xact_id()::text::bigint\n    FROM (SELECT DISTINCT 'quotes', k.key, 'created' FROM (SELECT id FROM new_values) AS k (key)) AS noted (resource, object_id, kind) ORDER BY object_id\n; RETURN NULL;",
                    hash="6a0b3d2649a1c17c5ac2bf37a4c5a0cd2de5ebf8",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_announce_insert_49250",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="claims_quote",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="quote",
            trigger=pgtrigger.compiler.Trigger(
                name="announce_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='\n    INSERT INTO claims_change (resource, object_id, kind, at, xid)\n    SELECT resource, object_id, kind, clock_timestamp(), pg_current_xact_id()::text::bigint\n    FROM (SELECT DISTINCT \'quotes\', k.key, \'updated\' FROM (\n    SELECT unnest(ARRAY[old_values.id, new_values.id])\n    FROM old_values JOIN new_values USING (id) WHERE (old_values."id", old_values."version", old_values."created_at", old_values."updated_at", old_values."article_version_id", old_values."run_id", old_values."start", old_values."end", old_values."fragments", old_values."text", old_values."prefix", old_values."suffix", old_values."kind", old_values."cue_start", old_values."cue_end", old_values."mention_start", old_values."mention_end", old_values."speaker_id", old_values."suggested_name", old_values."candidate_names", old_values."role", old_values."confidence", old_values."check_worthiness", old_values."status", old_values."copy_of_id", old_values."touched_at") IS DISTINCT FROM (new_values."id", new_values."version", new_values."created_at", new_values."updated_at", new_values."article_version_id", new_values."run_id", new_values."start", new_values."end", new_values."fragments", new_values."text", new_values."prefix", new_values."suffix", new_values."kind", new_values."cue_start", new_values."cue_end", new_values."mention_start", new_values."mention_end", new_values."speaker_id", new_values."suggested_name", new_values."candidate_names", new_values."role", new_values."confidence", new_values."check_worthiness", new_values."status", new_values."copy_of_id", new_values."touched_at")\n) AS k (key)) AS noted (resource, object_id, kind) ORDER BY object_id\n; RETURN NULL;',
                    hash="95da02bc6b62e6ac92927ff6ea39132b31032b0c",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_announce_update_997fa",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="claims_quote",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="quote",
            trigger=pgtrigger.compiler.Trigger(
                name="announce_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    INSERT INTO claims_change (resource, object_id, kind, at, xid)\n    SELECT resource, object_id, kind, clock_timestamp(), pg_current_xact_id()::text::bigint\n    FROM (SELECT DISTINCT 'quotes', k.key, 'deleted' FROM (SELECT id FROM old_values) AS k (key)) AS noted (resource, object_id, kind) ORDER BY object_id\n; RETURN NULL;",
                    hash="6af464c5ccebb4c73b2274a914e27c63e5bbd4c0",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_announce_delete_264f8",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="claims_quote",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="rating",
            trigger=pgtrigger.compiler.Trigger(
                name="announce_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    INSERT INTO claims_change (resource, object_id, kind, at, xid)\n    SELECT resource, object_id, kind, clock_timestamp(), pg_current_xact_id()::text::bigint\n    FROM (SELECT DISTINCT 'ratings', k.key, 'created' FROM (SELECT id FROM new_values) AS k (key)) AS noted (resource, object_id, kind) ORDER BY object_id\n; RETURN NULL;",
                    hash="94f0e5c47a6d1404fde31be293b0c716f94a8909",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_announce_insert_3bce5",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="claims_rating",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="rating",
            trigger=pgtrigger.compiler.Trigger(
                name="announce_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='\n    INSERT INTO claims_change (resource, object_id, kind, at, xid)\n    SELECT resource, object_id, kind, clock_timestamp(), pg_current_xact_id()::text::bigint\n    FROM (SELECT DISTINCT \'ratings\', k.key, \'updated\' FROM (\n    SELECT unnest(ARRAY[old_values.id, new_values.id])\n    FROM old_values JOIN new_values USING (id) WHERE (old_values."id", old_values."scale_id", old_values."label", old_values."value", old_values."colour") IS DISTINCT FROM (new_values."id", new_values."scale_id", new_values."label", new_values."value", new_values."colour")\n) AS k (key)) AS noted (resource, object_id, kind) ORDER BY object_id\n; RETURN NULL;',
                    hash="1526c5bdf9c2e0547f859fe1e33ce9ae686c8bcc",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_announce_update_fae46",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="claims_rating",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="rating",
            trigger=pgtrigger.compiler.Trigger(
                name="announce_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    INSERT INTO claims_change (resource, object_id, kind, at, xid)\n    SELECT resource, object_id, kind, clock_timestamp(), pg_current_xact_id()::text::bigint\n    FROM (SELECT DISTINCT 'ratings', k.key, 'deleted' FROM (SELECT id FROM old_values) AS k (key)) AS noted (resource, object_id, kind) ORDER BY object_id\n; RETURN NULL;",
                    hash="c35364a6da99d348e1128e264656f9e670211df5",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_announce_delete_e1a06",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="claims_rating",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="ratingscale",
            trigger=pgtrigger.compiler.Trigger(
                name="announce_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    INSERT INTO claims_change (resource, object_id, kind, at, xid)\n    SELECT resource, object_id, kind, clock_timestamp(), pg_current_xact_id()::text::bigint\n    FROM (SELECT DISTINCT 'rating-scales', k.key, 'created' FROM (SELECT id FROM new_values) AS k (key)) AS noted (resource, object_id, kind) ORDER BY object_id\n; RETURN NULL;",
                    hash="c90906b7b3b4c1d51a343093ea61320664e24d06",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_announce_insert_9a614",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="claims_ratingscale",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="ratingscale",
            trigger=pgtrigger.compiler.Trigger(
                name="announce_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='\n    INSERT INTO claims_change (resource, object_id, kind, at, xid)\n    SELECT resource, object_id, kind, clock_timestamp(), pg_current_xact_id()::text::bigint\n    FROM (SELECT DISTINCT \'rating-scales\', k.key, \'updated\' FROM (\n    SELECT unnest(ARRAY[old_values.id, new_values.id])\n    FROM old_values JOIN new_values USING (id) WHERE (old_values."id", old_values."name") IS DISTINCT FROM (new_values."id", new_values."name")\n) AS k (key)) AS noted (resource, object_id, kind) ORDER BY object_id\n; RETURN NULL;',
                    hash="8bac77e952da95bb118dbfe8df72961a4b3ea117",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_announce_update_b4f20",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="claims_ratingscale",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="ratingscale",
            trigger=pgtrigger.compiler.Trigger(
                name="announce_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    INSERT INTO claims_change (resource, object_id, kind, at, xid)\n    SELECT resource, object_id, kind, clock_timestamp(), pg_current_xact_id()::text::bigint\n    FROM (SELECT DISTINCT 'rating-scales', k.key, 'deleted' FROM (SELECT id FROM old_values) AS k (key)) AS noted (resource, object_id, kind) ORDER BY object_id\n; RETURN NULL;",
                    hash="1dc904e0ca914df6cebac17c365815adff2c0371",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_announce_delete_0529b",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="claims_ratingscale",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="source",
            trigger=pgtrigger.compiler.Trigger(
                name="announce_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    INSERT INTO claims_change (resource, object_id, kind, at, xid)\n    SELECT resource, object_id, kind, clock_timestamp(), pg_current_xact_id()::text::bigint\n    FROM (SELECT DISTINCT 'sources', k.key, 'created' FROM (SELECT id FROM new_values) AS k (key)) AS noted (resource, object_id, kind) ORDER BY object_id\n; RETURN NULL;",
                    hash="43c8cabaa64290a08a6fab4c5e712e8c2b0fe2ff",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_announce_insert_c5995",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="claims_source",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="source",
            trigger=pgtrigger.compiler.Trigger(
                name="announce_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='\n    INSERT INTO claims_change (resource, object_id, kind, at, xid)\n    SELECT resource, object_id, kind, clock_timestamp(), pg_current_xact_id()::text::bigint\n    FROM (SELECT DISTINCT \'sources\', k.key, \'updated\' FROM (\n    SELECT unnest(ARRAY[old_values.id, new_values.id])\n    FROM old_values JOIN new_values USING (id) WHERE (old_values."id", old_values."version", old_values."created_at", old_values."updated_at", old_values."name", old_values."kind", old_values."domain", old_values."language") IS DISTINCT FROM (new_values."id", new_values."version", new_values."created_at", new_values."updated_at", new_values."name", new_values."kind", new_values."domain", new_values."language")\n) AS k (key)) AS noted (resource, object_id, kind) ORDER BY object_id\n; RETURN NULL;',
                    hash="b6b1a943c79243c88c21180d356703289aefabad",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_announce_update_e7267",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="claims_source",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="source",
            trigger=pgtrigger.compiler.Trigger(
                name="announce_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    INSERT INTO claims_change (resource, object_id, kind, at, xid)\n    SELECT resource, object_id, kind, clock_timestamp(), pg_current_xact_id()::text::bigint\n    FROM (SELECT DISTINCT 'sources', k.key, 'deleted' FROM (SELECT id FROM old_values) AS k (key)) AS noted (resource, object_id, kind) ORDER BY object_id\n; RETURN NULL;",
                    hash="ba24cf1bf20cdd088a1c63ff5838aab23ae92bef",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_announce_delete_77bf9",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="claims_source",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="speaker",
            trigger=pgtrigger.compiler.Trigger(
                name="announce_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    INSERT INTO claims_change (resource, object_id, kind, at, xid)\n    SELECT resource, object_id, kind, clock_timestamp(), pg_current_xact_id()::text::bigint\n    FROM (SELECT DISTINCT 'speakers', k.key, 'created' FROM (SELECT id FROM new_values) AS k (key)) AS noted (resource, object_id, kind) ORDER BY object_id\n; RETURN NULL;",
                    hash="f99d8bf1b74daff6961c8a8af290da4426b3ae28",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_announce_insert_1f31b",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="claims_speaker",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="speaker",
            trigger=pgtrigger.compiler.Trigger(
                name="announce_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='\n    INSERT INTO claims_change (resource, object_id, kind, at, xid)\n    SELECT resource, object_id, kind, clock_timestamp(), pg_current_xact_id()::text::bigint\n    FROM (SELECT DISTINCT \'speakers\', k.key, \'updated\' FROM (\n    SELECT unnest(ARRAY[old_values.id, new_values.id])\n    FROM old_values JOIN new_values USING (id) WHERE (old_values."id", old_values."version", old_values."created_at", old_values."updated_at", old_values."name", old_values."key", old_values."kind", old_values."description", old_values."wikidata_id", old_values."is_confirmed", old_values."merged_into_id") IS DISTINCT FROM (new_values."id", new_values."version", new_values."created_at", new_values."updated_at", new_values."name", new_values."key", new_values."kind", new_values."description", new_values."wikidata_id", new_values."is_confirmed", new_values."merged_into_id")\n) AS k (key)) AS noted (resource, object_id, kind) ORDER BY object_id\n; RETURN NULL;',
                    hash="2b432cc9ff46f09f5a2cb46dbf6494deb245eb47",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_announce_update_b532e",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="claims_speaker",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="speaker",
            trigger=pgtrigger.compiler.Trigger(
                name="announce_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    INSERT INTO claims_change (resource, object_id, kind, at, xid)\n    SELECT resource, object_id, kind, clock_timestamp(), pg_current_xact_id()::text::bigint\n    FROM (SELECT DISTINCT 'speakers', k.key, 'deleted' FROM (SELECT id FROM old_values) AS k (key)) AS noted (resource, object_id, kind) ORDER BY object_id\n; RETURN NULL;",
                    hash="84525962fbc194accf2ddcbcf80796d6370cf79a",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_announce_delete_1036b",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="claims_speaker",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="speakeralias",
            trigger=pgtrigger.compiler.Trigger(
                name="announce_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    INSERT INTO claims_change (resource, object_id, kind, at, xid)\n    SELECT resource, object_id, kind, clock_timestamp(), pg_current_xact_id()::text::bigint\n    FROM (SELECT DISTINCT 'speakers', k.key, 'updated' FROM (SELECT speaker_id FROM new_values) AS k (key)) AS noted (resource, object_id, kind) ORDER BY object_id\n; RETURN NULL;",
                    hash="1f5287fddabfad90930196c76a6bb9ea545f89b1",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_announce_insert_faf82",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="claims_speakeralias",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="speakeralias",
            trigger=pgtrigger.compiler.Trigger(
                name="announce_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='\n    INSERT INTO claims_change (resource, object_id, kind, at, xid)\n    SELECT resource, object_id, kind, clock_timestamp(), pg_current_xact_id()::text::bigint\n    FROM (SELECT DISTINCT \'speakers\', k.key, \'updated\' FROM (\n    SELECT unnest(ARRAY[old_values.speaker_id, new_values.speaker_id])\n    FROM old_values JOIN new_values USING (id) WHERE (old_values."id", old_values."speaker_id", old_values."name", old_values."key") IS DISTINCT FROM (new_values."id", new_values."speaker_id", new_values."name", new_values."key")\n) AS k (key)) AS noted (resource, object_id, kind) ORDER BY object_id\n; RETURN NULL;',
                    hash="b599b100a7f90e6bc903094c8c46037458cb0abd",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_announce_update_c6ff2",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="claims_speakeralias",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="speakeralias",
            trigger=pgtrigger.compiler.Trigger(
                name="announce_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    INSERT INTO claims_change (resource, object_id, kind, at, xid)\n    SELECT resource, object_id, kind, clock_timestamp(), pg_current_xact_id()::text::bigint\n    FROM (SELECT DISTINCT 'speakers', k.key, 'updated' FROM (SELECT speaker_id FROM old_values) AS k (key)) AS noted (resource, object_id, kind) ORDER BY object_id\n; RETURN NULL;",
                    hash="f08a9b74237330e6a76f22a4744c7950cd7bb37e",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_announce_delete_245b6",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="claims_speakeralias",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="topic",
            trigger=pgtrigger.compiler.Trigger(
                name="announce_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    INSERT INTO claims_change (resource, object_id, kind, at, xid)\n    SELECT resource, object_id, kind, clock_timestamp(), pg_current_xact_id()::text::bigint\n    FROM (SELECT DISTINCT 'topics', k.key, 'created' FROM (SELECT id FROM new_values) AS k (key)) AS noted (resource, object_id, kind) ORDER BY object_id\n; RETURN NULL;",
                    hash="a928f82f3320a86bc92ff1f87d953f70dfe9ddc8",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_announce_insert_5faea",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="claims_topic",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="topic",
            trigger=pgtrigger.compiler.Trigger(
                name="announce_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='\n    INSERT INTO claims_change (resource, object_id, kind, at, xid)\n    SELECT resource, object_id, kind, clock_timestamp(), pg_current_xact_id()::text::bigint\n    FROM (SELECT DISTINCT \'topics\', k.key, \'updated\' FROM (\n    SELECT unnest(ARRAY[old_values.id, new_values.id])\n    FROM old_values JOIN new_values USING (id) WHERE (old_values."id", old_values."version", old_values."created_at", old_values."updated_at", old_values."name", old_values."slug") IS DISTINCT FROM (new_values."id", new_values."version", new_values."created_at", new_values."updated_at", new_values."name", new_values."slug")\n) AS k (key)) AS noted (resource, object_id, kind) ORDER BY object_id\n; RETURN NULL;',
                    hash="0322245bcef81ef088d536b5280c3a6a8d5382dd",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_announce_update_7009b",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="claims_topic",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="topic",
            trigger=pgtrigger.compiler.Trigger(
                name="announce_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    INSERT INTO claims_change (resource, object_id, kind, at, xid)\n    SELECT resource, object_id, kind, clock_timestamp(), pg_current_xact_id()::text::bigint\n    FROM (SELECT DISTINCT 'topics', k.key, 'deleted' FROM (SELECT id FROM old_values) AS k (key)) AS noted (resource, object_id, kind) ORDER BY object_id\n; RETURN NULL;",
                    hash="05b0c91bf55c91fdec64b89f3a294ff712ccabde",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_announce_delete_0f4af",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="claims_topic",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="verdict",
            trigger=pgtrigger.compiler.Trigger(
                name="announce_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    INSERT INTO claims_change (resource, object_id, kind, at, xid)\n    SELECT resource, object_id, kind, clock_timestamp(), pg_current_xact_id()::text::bigint\n    FROM (SELECT DISTINCT 'verdicts', k.key, 'created' FROM (SELECT id FROM new_values) AS k (key)) AS noted (resource, object_id, kind) ORDER BY object_id\n; RETURN NULL;",
                    hash="92efe096280026b81affada9f99bbe28f57e295b",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_announce_insert_7efef",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="claims_verdict",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="verdict",
            trigger=pgtrigger.compiler.Trigger(
                name="announce_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='\n    INSERT INTO claims_change (resource, object_id, kind, at, xid)\n    SELECT resource, object_id, kind, clock_timestamp(), pg_current_xact_id()::text::bigint\n    FROM (SELECT DISTINCT \'verdicts\', k.key, \'updated\' FROM (\n    SELECT unnest(ARRAY[old_values.id, new_values.id])\n    FROM old_values JOIN new_values USING (id) WHERE (old_values."id", old_values."version", old_values."created_at", old_values."updated_at", old_values."claim_id", old_values."number", old_values."status", old_values."rating_id", old_values."summary", old_values."explanation", old_values."author_id", old_values."approver_id", old_values."valid_as_of", old_values."correction_note", old_values."published_at") IS DISTINCT FROM (new_values."id", new_values."version", new_values."created_at", new_values."updated_at", new_values."claim_id", new_values."number", new_values."status", new_values."rating_id", new_values."summary", new_values."explanation", new_values."author_id", new_values."approver_id", new_values."valid_as_of", new_values."correction_note", new_values."published_at")\n) AS k (key)) AS noted (resource, object_id, kind) ORDER BY object_id\n; RETURN NULL;',
                    hash="3110b2f34cccd5d0e1921cf135e067d9642977c5",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_announce_update_a8721",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="claims_verdict",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="verdict",
            trigger=pgtrigger.compiler.Trigger(
                name="announce_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    INSERT INTO claims_change (resource, object_id, kind, at, xid)\n    SELECT resource, object_id, kind, clock_timestamp(), pg_current_xact_id()::text::bigint\n    FROM (SELECT DISTINCT 'verdicts', k.key, 'deleted' FROM (SELECT id FROM old_values) AS k (key)) AS noted (resource, object_id, kind) ORDER BY object_id\n; RETURN NULL;",
                    hash="6998a908550741c61d42b3dbdeaca705d5d6af3f",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_announce_delete_bae8e",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="claims_verdict",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="change",
            index=models.Index(fields=["xid", "id"], name="change_by_transaction"),
        ),
        migrations.AddConstraint(
            model_name="change",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["created", "deleted", "updated"])),
                name="change_kind_known",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="change",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="b9a4908f385ecd1cf896535ebc253a5264109a6d",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_1c98d",
                    table="claims_change",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="changeepoch",
            constraint=models.CheckConstraint(
                condition=models.Q(("id", 1)), name="change_epoch_one_row"
            ),
        ),
        migrations.RunPython(make_epoch, migrations.RunPython.noop),
    ]
