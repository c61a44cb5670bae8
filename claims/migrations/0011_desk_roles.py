"""Who may do what at the desk, and two more roles: docs/decisions/0006."""

from django.apps import apps as live_apps
from django.contrib.auth.management import create_permissions
from django.db import migrations

REPORTER = {
    "claims.view_approval",
    "claims.view_comment",
    "claims.add_comment",
    "claims.view_replyrequest",
    "claims.view_savedview",
    "claims.add_savedview",
    "claims.change_savedview",
    "claims.delete_savedview",
    "claims.view_verdictwriter",
}
CHECKER = REPORTER | {
    "claims.see_confidential",
    "claims.see_embargoed",
    "claims.add_replyrequest",
    "claims.change_replyrequest",
    "claims.add_appearance",
    "claims.change_appearance",
    "claims.export_claim",
    "claims.export_evidence",
    "claims.export_speaker",
    "claims.export_verdict",
}
EDITOR = CHECKER | {
    "claims.merge_speaker",
    "claims.export_quote",
    "claims.import_claim",
    "claims.import_evidence",
    "claims.import_speaker",
    "claims.import_verdict",
}
# Everything there is to see, and nothing to change.
SEEN = [
    *("affiliation", "appearance", "approval", "article", "articleversion", "claim", "claimlink"),
    *("comment", "decision", "evidence", "extractionrun", "feed", "fetch", "host", "quote"),
    *("quotecheck", "rating", "ratingscale", "replyrequest", "savedview", "source", "speaker"),
    *("speakeralias", "speakermerge", "story", "topic", "verdict", "verdictwriter"),
]
SEE = {f"claims.view_{model}" for model in SEEN}
AUDITOR = SEE | {
    "claims.see_confidential",
    "claims.see_embargoed",
    "claims.export_claim",
    "claims.export_evidence",
    "claims.export_quote",
    "claims.export_speaker",
    "claims.export_verdict",
    "auth.view_user",
    "auth.view_group",
    "django_celery_beat.view_periodictask",
}
# Keeps the system, not the record: people, feeds, settings. No verdict, no confidential source.
ADMINISTRATOR = SEE | {
    "auth.add_user",
    "auth.change_user",
    "auth.view_user",
    "auth.view_group",
    "claims.add_source",
    "claims.change_source",
    "claims.add_feed",
    "claims.change_feed",
    "claims.poll_feed",
    "claims.replay_fetch",
    "claims.replay_extractionrun",
    "claims.change_host",
    "claims.add_ratingscale",
    "claims.change_ratingscale",
    "claims.add_rating",
    "claims.change_rating",
    "django_celery_beat.view_periodictask",
    "django_celery_beat.change_periodictask",
}
ROLES = {
    "Reporter": REPORTER,
    "Checker": CHECKER,
    "Editor": EDITOR,
    "Administrator": ADMINISTRATOR,
    "Auditor": AUDITOR,
}
ADDED = ("Administrator", "Auditor")


def permissions_of(apps, names):
    Permission = apps.get_model("auth", "Permission")
    return [
        Permission.objects.get(content_type__app_label=app, codename=codename)
        for app, codename in sorted(name.split(".") for name in names)
    ]


def grant(apps, schema_editor):
    # Permissions are otherwise made after the last migration, too late to be granted here.
    for app in ("auth", "claims", "django_celery_beat"):
        create_permissions(live_apps.get_app_config(app), apps=apps, verbosity=0)
    Group = apps.get_model("auth", "Group")
    for name, names in ROLES.items():
        group, _ = Group.objects.get_or_create(name=name)
        group.permissions.add(*permissions_of(apps, names))


def withdraw(apps, schema_editor):
    Group = apps.get_model("auth", "Group")
    Group.objects.filter(name__in=ADDED).delete()
    for name in set(ROLES) - set(ADDED):
        Group.objects.get(name=name).permissions.remove(*permissions_of(apps, ROLES[name]))


def confirmed_links(apps, schema_editor):
    ClaimLink = apps.get_model("claims", "ClaimLink")
    ClaimLink.objects.filter(confirmed_by__isnull=False).update(state="confirmed")


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0010_desk"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("django_celery_beat", "0019_alter_periodictasks_options"),
    ]

    operations = [
        migrations.RunPython(confirmed_links, migrations.RunPython.noop),
        migrations.RunPython(grant, withdraw),
    ]
