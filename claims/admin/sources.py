"""Outlets."""

from django.contrib import admin
from unfold.contrib.filters.admin import ChoicesDropdownFilter

from claims.admin.base import VersionedAdmin
from claims.models import Source


@admin.register(Source)
class SourceAdmin(VersionedAdmin):
    empty_hint = "No outlet yet. They come with articles, or add one."
    list_display = ["name", "kind", "domain", "language"]
    list_filter = [("kind", ChoicesDropdownFilter)]
    search_fields = ["name", "domain"]
    fields = ["name", "kind", "domain", "language"]
