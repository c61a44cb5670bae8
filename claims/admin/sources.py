"""Outlets."""

from django.contrib import admin
from unfold.contrib.filters.admin import ChoicesDropdownFilter

from claims.admin.base import VersionedAdmin
from claims.models import Source


@admin.register(Source)
class SourceAdmin(VersionedAdmin):
    list_display = ["name", "kind", "domain", "language"]
    list_filter = [("kind", ChoicesDropdownFilter)]
    search_fields = ["name", "domain"]
    fields = ["name", "kind", "domain", "language"]
