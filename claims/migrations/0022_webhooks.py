"""Webhooks: endpoints, the outbox of events and their deliveries; who may set them up."""

import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
from django.apps import apps as live_apps
from django.conf import settings
from django.contrib.auth.management import create_permissions
from django.db import migrations, models

SEE = ("view_webhookdelivery", "view_webhookendpoint")
ROLES = {
    "Editor": (*SEE, "manage_webhooks"),
    "Administrator": (*SEE, "manage_webhooks"),
    "Auditor": SEE,
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
        ("claims", "0021_changes"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="OutboxEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "type",
                    models.CharField(
                        choices=[
                            ("quote.accepted", "Quote accepted"),
                            ("quote.rejected", "Quote rejected"),
                            ("quote.altered", "Quote altered or dropped by its outlet"),
                            ("claim.created", "Claim created"),
                            ("claim.assigned", "Claim assigned"),
                            ("claim.submitted", "Claim submitted for approval"),
                            ("claim.returned", "Claim returned to research"),
                            ("claim.published", "Claim published"),
                            ("claim.repeated", "Claim made again"),
                            ("verdict.published", "First verdict published"),
                            ("verdict.corrected", "Verdict corrected"),
                            ("verdict.retracted", "Verdict retracted"),
                            ("article.changed", "New version of an article"),
                            ("speaker.merged", "Speakers merged"),
                            ("ping", "Test event"),
                        ],
                        max_length=30,
                    ),
                ),
                (
                    "kind",
                    models.CharField(help_text="Of the resource, such as claim.", max_length=30),
                ),
                (
                    "object_id",
                    models.BigIntegerField(blank=True, help_text="The resource's key.", null=True),
                ),
                (
                    "row_version",
                    models.PositiveIntegerField(
                        blank=True, help_text="The resource's version when it happened.", null=True
                    ),
                ),
                ("payload", models.JSONField(help_text="What is posted: type, timestamp, data.")),
                ("created_at", models.DateTimeField(auto_now_add=True, db_index=True)),
            ],
            options={
                "ordering": ["-pk"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="WebhookDelivery",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("queued", "Queued"),
                            ("running", "Running"),
                            ("done", "Done"),
                            ("dead", "Given up"),
                        ],
                        default="queued",
                        max_length=10,
                    ),
                ),
                ("attempts", models.PositiveIntegerField(default=0)),
                ("lease_token", models.UUIDField(blank=True, null=True)),
                (
                    "due_at",
                    models.DateTimeField(
                        blank=True,
                        help_text="Running: when the lease ends. Queued: not begun before.",
                        null=True,
                    ),
                ),
                (
                    "rung_at",
                    models.DateTimeField(
                        blank=True, help_text="When a message for it was last sent.", null=True
                    ),
                ),
                ("error", models.TextField(blank=True, help_text="Why the last attempt failed.")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("finished_at", models.DateTimeField(blank=True, null=True)),
                (
                    "last_status",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="The HTTP status of the last answer; empty: none came.",
                        null=True,
                    ),
                ),
                (
                    "response",
                    models.TextField(blank=True, help_text="The beginning of the last answer."),
                ),
                (
                    "duration_ms",
                    models.PositiveIntegerField(
                        blank=True, help_text="How long the last attempt took.", null=True
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "webhook deliveries",
                "ordering": ["-pk"],
                "abstract": False,
                "default_permissions": ("view",),
            },
        ),
        migrations.CreateModel(
            name="WebhookEndpoint",
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
                ("name", models.CharField(max_length=120)),
                ("description", models.TextField(blank=True)),
                ("url", models.CharField(help_text="Where events are posted to.", max_length=2000)),
                (
                    "event_types",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("quote.accepted", "Quote accepted"),
                                ("quote.rejected", "Quote rejected"),
                                ("quote.altered", "Quote altered or dropped by its outlet"),
                                ("claim.created", "Claim created"),
                                ("claim.assigned", "Claim assigned"),
                                ("claim.submitted", "Claim submitted for approval"),
                                ("claim.returned", "Claim returned to research"),
                                ("claim.published", "Claim published"),
                                ("claim.repeated", "Claim made again"),
                                ("verdict.published", "First verdict published"),
                                ("verdict.corrected", "Verdict corrected"),
                                ("verdict.retracted", "Verdict retracted"),
                                ("article.changed", "New version of an article"),
                                ("speaker.merged", "Speakers merged"),
                                ("ping", "Test event"),
                            ],
                            max_length=30,
                        ),
                        help_text="The events that it wants.",
                        size=None,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("active", "Active"),
                            ("paused", "Paused"),
                            ("disabled", "Disabled"),
                        ],
                        default="active",
                        max_length=10,
                    ),
                ),
                (
                    "state_reason",
                    models.CharField(blank=True, help_text="Why it is stopped.", max_length=300),
                ),
                ("secret_seed", models.CharField(editable=False, max_length=64)),
                ("former_seed", models.CharField(blank=True, editable=False, max_length=64)),
                (
                    "former_until",
                    models.DateTimeField(
                        blank=True,
                        editable=False,
                        help_text="Until then deliveries carry a signature by the former secret too.",
                        null=True,
                    ),
                ),
                ("last_success_at", models.DateTimeField(blank=True, null=True)),
                (
                    "failing_since",
                    models.DateTimeField(
                        blank=True,
                        help_text="The first failed attempt since the last success.",
                        null=True,
                    ),
                ),
            ],
            options={
                "ordering": ["name", "pk"],
                "permissions": [("manage_webhooks", "Can set up webhooks and send events again")],
                "default_permissions": ("view",),
            },
        ),
        migrations.CreateModel(
            name="WebhookEndpointEvent",
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
                ("name", models.CharField(max_length=120)),
                ("description", models.TextField(blank=True)),
                ("url", models.CharField(help_text="Where events are posted to.", max_length=2000)),
                (
                    "event_types",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("quote.accepted", "Quote accepted"),
                                ("quote.rejected", "Quote rejected"),
                                ("quote.altered", "Quote altered or dropped by its outlet"),
                                ("claim.created", "Claim created"),
                                ("claim.assigned", "Claim assigned"),
                                ("claim.submitted", "Claim submitted for approval"),
                                ("claim.returned", "Claim returned to research"),
                                ("claim.published", "Claim published"),
                                ("claim.repeated", "Claim made again"),
                                ("verdict.published", "First verdict published"),
                                ("verdict.corrected", "Verdict corrected"),
                                ("verdict.retracted", "Verdict retracted"),
                                ("article.changed", "New version of an article"),
                                ("speaker.merged", "Speakers merged"),
                                ("ping", "Test event"),
                            ],
                            max_length=30,
                        ),
                        help_text="The events that it wants.",
                        size=None,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("active", "Active"),
                            ("paused", "Paused"),
                            ("disabled", "Disabled"),
                        ],
                        default="active",
                        max_length=10,
                    ),
                ),
                (
                    "state_reason",
                    models.CharField(blank=True, help_text="Why it is stopped.", max_length=300),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.RemoveConstraint(
            model_name="notification",
            name="notification_kind_known",
        ),
        migrations.RemoveConstraint(
            model_name="notification",
            name="notification_of_one_thing",
        ),
        migrations.RemoveConstraint(
            model_name="notificationchoice",
            name="notification_choice_kind_known",
        ),
        migrations.AlterField(
            model_name="notification",
            name="kind",
            field=models.CharField(
                choices=[
                    ("mention", "Somebody mentions me"),
                    ("assigned", "A claim is assigned to me"),
                    ("returned", "My claim comes back"),
                    ("approval", "A verdict waits for approval"),
                    ("altered", "An outlet altered a quote that I accepted"),
                    ("webhook", "A webhook of mine fails"),
                ],
                max_length=20,
            ),
        ),
        migrations.AlterField(
            model_name="notificationchoice",
            name="kind",
            field=models.CharField(
                choices=[
                    ("mention", "Somebody mentions me"),
                    ("assigned", "A claim is assigned to me"),
                    ("returned", "My claim comes back"),
                    ("approval", "A verdict waits for approval"),
                    ("altered", "An outlet altered a quote that I accepted"),
                    ("webhook", "A webhook of mine fails"),
                ],
                max_length=20,
            ),
        ),
        migrations.AddConstraint(
            model_name="notificationchoice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        ["altered", "approval", "assigned", "mention", "returned", "webhook"],
                    )
                ),
                name="notification_choice_kind_known",
            ),
        ),
        migrations.AddField(
            model_name="outboxentry",
            name="claim",
            field=models.ForeignKey(
                blank=True,
                help_text="With which the event is hidden from those who may not know of it.",
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="claims.claim",
            ),
        ),
        migrations.AddField(
            model_name="webhookdelivery",
            name="event",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="deliveries",
                to="claims.outboxentry",
            ),
        ),
        migrations.AddField(
            model_name="webhookendpoint",
            name="owner",
            field=models.ForeignKey(
                help_text="Is told when it fails; what they may not know of is not delivered.",
                on_delete=django.db.models.deletion.PROTECT,
                related_name="webhook_endpoints",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="webhookdelivery",
            name="endpoint",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="deliveries",
                to="claims.webhookendpoint",
            ),
        ),
        migrations.AddField(
            model_name="notification",
            name="endpoint",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="notifications",
                to="claims.webhookendpoint",
            ),
        ),
        migrations.AddConstraint(
            model_name="notification",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        ["altered", "approval", "assigned", "mention", "returned", "webhook"],
                    )
                ),
                name="notification_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="notification",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("claim__isnull", False),
                    ("quote__isnull", False),
                    ("endpoint__isnull", False),
                    _connector="OR",
                ),
                name="notification_of_one_thing",
            ),
        ),
        migrations.AddField(
            model_name="webhookendpointevent",
            name="owner",
            field=models.ForeignKey(
                db_constraint=False,
                help_text="Is told when it fails; what they may not know of is not delivered.",
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="webhookendpointevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="claims.webhookendpoint",
            ),
        ),
        migrations.AddConstraint(
            model_name="outboxentry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "type__in",
                        [
                            "article.changed",
                            "claim.assigned",
                            "claim.created",
                            "claim.published",
                            "claim.repeated",
                            "claim.returned",
                            "claim.submitted",
                            "ping",
                            "quote.accepted",
                            "quote.altered",
                            "quote.rejected",
                            "speaker.merged",
                            "verdict.corrected",
                            "verdict.published",
                            "verdict.retracted",
                        ],
                    )
                ),
                name="outbox_type_known",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="outboxentry",
            trigger=pgtrigger.compiler.Trigger(
                name="never_changed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="91cfacf1b17e2a91cad1b638ac5935654f3c8867",
                    operation="UPDATE",
                    pgid="pgtrigger_never_changed_a8ece",
                    table="claims_outboxentry",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="webhookendpoint",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["active", "disabled", "paused"])),
                name="webhook_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="webhookendpoint",
            constraint=models.CheckConstraint(
                condition=models.Q(("name", ""), _negated=True), name="webhook_named"
            ),
        ),
        migrations.AddConstraint(
            model_name="webhookendpoint",
            constraint=models.CheckConstraint(
                condition=models.Q(("event_types", []), _negated=True),
                name="webhook_wants_something",
            ),
        ),
        migrations.AddConstraint(
            model_name="webhookendpoint",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "event_types__contained_by",
                        [
                            "article.changed",
                            "claim.assigned",
                            "claim.created",
                            "claim.published",
                            "claim.repeated",
                            "claim.returned",
                            "claim.submitted",
                            "ping",
                            "quote.accepted",
                            "quote.altered",
                            "quote.rejected",
                            "speaker.merged",
                            "verdict.corrected",
                            "verdict.published",
                            "verdict.retracted",
                        ],
                    )
                ),
                name="webhook_types_known",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="webhookendpoint",
            trigger=pgtrigger.compiler.Trigger(
                name="count_version",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."description" IS DISTINCT FROM (NEW."description") OR OLD."event_types" IS DISTINCT FROM (NEW."event_types") OR OLD."former_seed" IS DISTINCT FROM (NEW."former_seed") OR OLD."former_until" IS DISTINCT FROM (NEW."former_until") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."owner_id" IS DISTINCT FROM (NEW."owner_id") OR OLD."secret_seed" IS DISTINCT FROM (NEW."secret_seed") OR OLD."state" IS DISTINCT FROM (NEW."state") OR OLD."state_reason" IS DISTINCT FROM (NEW."state_reason") OR OLD."updated_at" IS DISTINCT FROM (NEW."updated_at") OR OLD."url" IS DISTINCT FROM (NEW."url") OR OLD."version" IS DISTINCT FROM (NEW."version"))',
                    func="NEW.version = OLD.version + 1; RETURN NEW;",
                    hash="64a3bc312b2e4643214db2b404ed02dde3183d53",
                    operation="UPDATE",
                    pgid="pgtrigger_count_version_783f1",
                    table="claims_webhookendpoint",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="webhookendpoint",
            trigger=pgtrigger.compiler.Trigger(
                name="keep_key",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id"))',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="7b8fe600eb7b240b4805189e904b8de5d15b2d92",
                    operation="UPDATE",
                    pgid="pgtrigger_keep_key_9cd36",
                    table="claims_webhookendpoint",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="webhookendpoint",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "claims_webhookendpointevent" ("created_at", "description", "event_types", "id", "name", "owner_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "state", "state_reason", "updated_at", "url", "version") SELECT new_values."created_at", new_values."description", new_values."event_types", new_values."id", new_values."name", new_values."owner_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, clock_timestamp(), \'insert\', new_values."id", new_values."state", new_values."state_reason", new_values."updated_at", new_values."url", new_values."version" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="90802402137e1ed42b45ebe7ebe1accb0497be8b",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_61dac",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="claims_webhookendpoint",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="webhookendpoint",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "claims_webhookendpointevent" ("created_at", "description", "event_types", "id", "name", "owner_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "state", "state_reason", "updated_at", "url", "version") SELECT new_values."created_at", new_values."description", new_values."event_types", new_values."id", new_values."name", new_values."owner_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, clock_timestamp(), \'update\', new_values."id", new_values."state", new_values."state_reason", new_values."updated_at", new_values."url", new_values."version" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."created_at" IS DISTINCT FROM (new_values."created_at") OR old_values."description" IS DISTINCT FROM (new_values."description") OR old_values."event_types" IS DISTINCT FROM (new_values."event_types") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."name" IS DISTINCT FROM (new_values."name") OR old_values."owner_id" IS DISTINCT FROM (new_values."owner_id") OR old_values."state" IS DISTINCT FROM (new_values."state") OR old_values."state_reason" IS DISTINCT FROM (new_values."state_reason") OR old_values."updated_at" IS DISTINCT FROM (new_values."updated_at") OR old_values."url" IS DISTINCT FROM (new_values."url") OR old_values."version" IS DISTINCT FROM (new_values."version")) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="84f6bc59139473de355c04cb30dca12944ea7505",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_3d8b2",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="claims_webhookendpoint",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="webhookendpoint",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "claims_webhookendpointevent" ("created_at", "description", "event_types", "id", "name", "owner_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "state", "state_reason", "updated_at", "url", "version") SELECT old_values."created_at", old_values."description", old_values."event_types", old_values."id", old_values."name", old_values."owner_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, clock_timestamp(), \'delete\', old_values."id", old_values."state", old_values."state_reason", old_values."updated_at", old_values."url", old_values."version" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="e19b4289f75f6eaebdc429063f4151cce2e2e6ff",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_bcbff",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="claims_webhookendpoint",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="webhookdelivery",
            index=models.Index(
                condition=models.Q(("state__in", ["queued", "running"])),
                fields=["due_at"],
                name="webhook_due",
            ),
        ),
        migrations.AddIndex(
            model_name="webhookdelivery",
            index=models.Index(
                condition=models.Q(("state__in", ["done", "dead"])),
                fields=["state", "-finished_at"],
                name="webhook_ended",
            ),
        ),
        migrations.AddIndex(
            model_name="webhookdelivery",
            index=models.Index(fields=["endpoint", "-id"], name="webhook_log"),
        ),
        migrations.AddConstraint(
            model_name="webhookdelivery",
            constraint=models.UniqueConstraint(
                fields=("event", "endpoint"), name="webhook_delivered_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="webhookdelivery",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["dead", "done", "queued", "running"])),
                name="webhook_delivery_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="webhookdelivery",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("due_at__isnull", False),
                        ("lease_token__isnull", False),
                        ("state", "running"),
                    ),
                    models.Q(
                        models.Q(("state", "running"), _negated=True), ("lease_token__isnull", True)
                    ),
                    _connector="OR",
                ),
                name="webhook_leased_while_running",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="webhookendpointevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="d217af3815593fe3b45445c8eea3de3d6a88b5dc",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_853ae",
                    table="claims_webhookendpointevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.RunPython(grant, withdraw),
    ]
