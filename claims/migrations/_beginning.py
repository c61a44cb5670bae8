"""What a new desk begins with: roles, a scale to rate on, and its first life as a change feed.

Who may do what is told in docs/decisions/0006.
"""

from django.apps import apps as live_apps
from django.contrib.auth.management import create_permissions

# Everything there is to see of the record and of how it is made; keys are anybody's own.
SEEN = [
    *("affiliation", "apikey", "appearance", "approval", "article", "articleversion", "claim"),
    *("claimlink", "comment", "decision", "evidence", "externalreview", "extractionrun", "feed"),
    *("fetch", "host", "quote", "quotecheck", "rating", "ratingscale", "replyrequest"),
    *("savedview", "source", "speaker", "speakeralias", "speakermerge", "story", "topic"),
    *("verdict", "verdictwriter"),
]
SEE = {"claims.add_apikey", *(f"claims.view_{model}" for model in SEEN)}
REPORTER = SEE | {
    "claims.review_quote",
    "claims.change_quote",
    "claims.add_article",
    "claims.add_claim",
    "claims.add_comment",
    "claims.add_speaker",
    "claims.add_speakeralias",
    "claims.add_savedview",
    "claims.change_savedview",
    "claims.delete_savedview",
}
EXPORT = {
    "claims.export_claim",
    "claims.export_evidence",
    "claims.export_speaker",
    "claims.export_verdict",
}
KEPT_BACK = {"claims.see_confidential", "claims.see_embargoed"}
CHECKER = (
    REPORTER
    | EXPORT
    | KEPT_BACK
    | {
        "claims.research_claim",
        "claims.change_claim",
        "claims.settle_quotecheck",
        "claims.add_affiliation",
        "claims.change_affiliation",
        "claims.delete_affiliation",
        "claims.add_appearance",
        "claims.change_appearance",
        "claims.add_claimlink",
        "claims.change_claimlink",
        "claims.delete_claimlink",
        "claims.add_evidence",
        "claims.change_evidence",
        "claims.add_externalreview",
        "claims.add_replyrequest",
        "claims.change_replyrequest",
        "claims.change_speaker",
        "claims.change_speakeralias",
        "claims.delete_speakeralias",
        "claims.add_topic",
        "claims.add_verdict",
        "claims.change_verdict",
    }
)
# Where articles come from, and what verdicts are rated on.
SETTINGS = {
    "claims.add_feed",
    "claims.change_feed",
    "claims.poll_feed",
    "claims.replay_extractionrun",
    "claims.replay_fetch",
    "claims.change_host",
    "claims.add_source",
    "claims.change_source",
    "claims.add_rating",
    "claims.change_rating",
    "claims.add_ratingscale",
    "claims.change_ratingscale",
}
SEE_WEBHOOKS = {"claims.view_webhookdelivery", "claims.view_webhookendpoint"}
WEBHOOKS = SEE_WEBHOOKS | {"claims.manage_webhooks"}
EDITOR = (
    CHECKER
    | SETTINGS
    | WEBHOOKS
    | {
        "claims.approve_verdict",
        "claims.change_article",
        "claims.change_topic",
        "claims.merge_speaker",
        "claims.export_quote",
        "claims.import_claim",
        "claims.import_evidence",
        "claims.import_speaker",
        "claims.import_verdict",
    }
)
SEE_SYSTEM = {
    "auth.view_group",
    "auth.view_user",
    "axes.view_accessattempt",
    "django_celery_beat.view_periodictask",
}
# Sees everything, and changes nothing.
AUDITOR = SEE | SEE_SYSTEM | SEE_WEBHOOKS | EXPORT | KEPT_BACK | {"claims.export_quote"}
# Keeps the system, not the record: people, feeds, settings. No verdict, no confidential source.
ADMINISTRATOR = (
    SEE
    | SEE_SYSTEM
    | SETTINGS
    | WEBHOOKS
    | {
        "auth.add_user",
        "auth.change_user",
        "axes.delete_accessattempt",
        "claims.manage_api_keys",
        "django_celery_beat.change_periodictask",
    }
)
ROLES = {
    "Reporter": REPORTER,
    "Checker": CHECKER,
    "Editor": EDITOR,
    "Administrator": ADMINISTRATOR,
    "Auditor": AUDITOR,
}

# A scale to begin with, so that a new desk can publish. Desks change it or add their own.
SCALE = "Five steps"
RATINGS = [
    (1, "False", "#b91c1c"),
    (2, "Mostly false", "#c2410c"),
    (3, "Half true", "#a16207"),
    (4, "Mostly true", "#4d7c0f"),
    (5, "True", "#15803d"),
]


def make_roles(apps, schema_editor):
    # Permissions are otherwise made after the last migration, too late to be granted here.
    for app in ("auth", "axes", "claims", "django_celery_beat"):
        create_permissions(live_apps.get_app_config(app), apps=apps, verbosity=0)
    Group = apps.get_model("auth", "Group")
    known = {
        f"{permission.content_type.app_label}.{permission.codename}": permission
        for permission in apps.get_model("auth", "Permission").objects.select_related(
            "content_type"
        )
    }
    for name, permissions in ROLES.items():
        group, _ = Group.objects.get_or_create(name=name)
        group.permissions.add(*(known[permission] for permission in sorted(permissions)))


def remove_roles(apps, schema_editor):
    apps.get_model("auth", "Group").objects.filter(name__in=ROLES).delete()


def make_scale(apps, schema_editor):
    RatingScale, Rating = (apps.get_model("claims", name) for name in ("RatingScale", "Rating"))
    if RatingScale.objects.exists():
        return
    scale = RatingScale.objects.create(name=SCALE)
    Rating.objects.bulk_create(
        Rating(scale=scale, value=value, label=label, colour=colour)
        for value, label, colour in RATINGS
    )


def make_epoch(apps, schema_editor):
    """The one row of ChangeEpoch; one that is there stays."""
    apps.get_model("claims", "ChangeEpoch").objects.get_or_create(pk=1)
