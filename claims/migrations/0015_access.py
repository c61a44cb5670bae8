"""Hidden claims are few: an index finds them. Administrators unlock sign-ins."""

from django.apps import apps as live_apps
from django.contrib.auth.management import create_permissions
from django.db import migrations, models

ROLES = {
    "Administrator": ("view_accessattempt", "delete_accessattempt"),
    "Auditor": ("view_accessattempt",),
}


def permissions_of(apps, codenames):
    Permission = apps.get_model("auth", "Permission")
    return [
        Permission.objects.get(content_type__app_label="axes", codename=codename)
        for codename in codenames
    ]


def grant(apps, schema_editor):
    # Permissions are otherwise made after the last migration, too late to be granted here.
    create_permissions(live_apps.get_app_config("axes"), apps=apps, verbosity=0)
    Group = apps.get_model("auth", "Group")
    for name, codenames in ROLES.items():
        Group.objects.get(name=name).permissions.add(*permissions_of(apps, codenames))


def withdraw(apps, schema_editor):
    Group = apps.get_model("auth", "Group")
    for name, codenames in ROLES.items():
        Group.objects.get(name=name).permissions.remove(*permissions_of(apps, codenames))


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0014_claim_page"),
        ("axes", "0010_accessattemptexpiration"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="claim",
            index=models.Index(
                fields=["embargo_until"],
                condition=models.Q(embargo_until__isnull=False),
                name="claim_embargoed",
            ),
        ),
        migrations.RunPython(grant, withdraw),
    ]
