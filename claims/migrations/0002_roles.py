"""The roles of the desk, as groups. Who may do what is in docs/decisions/0006."""

from django.apps import apps as live_apps
from django.contrib.auth.management import create_permissions
from django.db import migrations

MODELS = [
    "affiliation",
    "appearance",
    "article",
    "articleversion",
    "claim",
    "claimlink",
    "decision",
    "evidence",
    "extractionrun",
    "feed",
    "quote",
    "rating",
    "ratingscale",
    "source",
    "speaker",
    "speakeralias",
    "speakermerge",
    "topic",
    "verdict",
]

REPORTER = {
    *(f"view_{model}" for model in MODELS),
    "review_quote",
    "add_article",
    "add_claim",
    "add_speaker",
    "add_speakeralias",
    "change_quote",
}
CHECKER = REPORTER | {
    "research_claim",
    "change_claim",
    "add_evidence",
    "change_evidence",
    "add_verdict",
    "change_verdict",
    "add_claimlink",
    "change_claimlink",
    "delete_claimlink",
    "add_topic",
    "change_speaker",
    "change_speakeralias",
    "delete_speakeralias",
    "add_affiliation",
    "change_affiliation",
    "delete_affiliation",
}
EDITOR = CHECKER | {
    "approve_verdict",
    "replay_extractionrun",
    "change_article",
    "add_source",
    "change_source",
    "add_feed",
    "change_feed",
    "change_topic",
    "add_ratingscale",
    "change_ratingscale",
    "add_rating",
    "change_rating",
}
ROLES = {"Reporter": REPORTER, "Checker": CHECKER, "Editor": EDITOR}


def make_roles(apps, schema_editor):
    # Permissions are otherwise made after the last migration, too late to be granted here.
    create_permissions(live_apps.get_app_config("claims"), apps=apps, verbosity=0)
    Group = apps.get_model("auth", "Group")
    Permission = apps.get_model("auth", "Permission")
    known = {p.codename: p for p in Permission.objects.filter(content_type__app_label="claims")}
    for name, codenames in ROLES.items():
        group, _ = Group.objects.get_or_create(name=name)
        group.permissions.add(*(known[codename] for codename in sorted(codenames)))


def remove_roles(apps, schema_editor):
    apps.get_model("auth", "Group").objects.filter(name__in=ROLES).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0001_the_record"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(make_roles, remove_roles)]
