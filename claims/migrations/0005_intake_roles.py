"""Who may do what with feeds, fetches and alerts: docs/decisions/0006."""

from django.apps import apps as live_apps
from django.contrib.auth.management import create_permissions
from django.db import migrations

REPORTER = {
    "view_fetch",
    "view_host",
    "view_quotecheck",
    "view_story",
}
CHECKER = REPORTER | {"settle_quotecheck"}
EDITOR = CHECKER | {"poll_feed", "replay_fetch", "change_host"}
ROLES = {"Reporter": REPORTER, "Checker": CHECKER, "Editor": EDITOR}


def permissions_of(apps, codenames):
    Permission = apps.get_model("auth", "Permission")
    return Permission.objects.filter(
        content_type__app_label="claims", codename__in=sorted(codenames)
    )


def grant(apps, schema_editor):
    # Permissions are otherwise made after the last migration, too late to be granted here.
    create_permissions(live_apps.get_app_config("claims"), apps=apps, verbosity=0)
    for name, codenames in ROLES.items():
        found = permissions_of(apps, codenames)
        if len(found) != len(codenames):
            raise LookupError(f"permissions of {name} are missing")
        apps.get_model("auth", "Group").objects.get(name=name).permissions.add(*found)


def withdraw(apps, schema_editor):
    for name, codenames in ROLES.items():
        group = apps.get_model("auth", "Group").objects.get(name=name)
        group.permissions.remove(*permissions_of(apps, codenames))


class Migration(migrations.Migration):
    dependencies = [("claims", "0004_intake")]

    operations = [migrations.RunPython(grant, withdraw)]
