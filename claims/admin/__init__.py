"""The desk in Django's admin: a file per area. Nothing else imports this package."""

from django.contrib import admin

from claims.admin import (  # noqa: F401  importing registers
    api_keys,
    articles,
    claims,
    external_reviews,
    feeds,
    fetches,
    hosts,
    integrity,
    people,
    quotes,
    runs,
    schedules,
    sources,
    speakers,
    stories,
    verdicts,
    webhook_deliveries,
    webhooks,
)
from claims.admin.sign_in import SignInForm

# A template of our own name: unfold stands before this app and has an admin/index.html.
admin.site.index_template = "claims/desk/index.html"
# Set here and not in UNFOLD["LOGIN"], which is read before the models are there.
admin.site.login_form = SignInForm
admin.site.login_template = "claims/desk/login.html"
