"""Hosts: how each is treated, and the two things that a person may change about it."""

from datetime import datetime

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from claims.admin.base import ReadOnlyAdmin, action, display
from claims.models import Host
from claims.services import politeness

CHANGE = "claims.change_host"

FREE, HELD, OUT_OF_ORDER, UNKNOWN = "Free", "Held", "Out of order", "Not asked yet"
STANDING_COLOURS = {FREE: "success", HELD: "warning", OUT_OF_ORDER: "danger", UNKNOWN: "default"}


class HeldFilter(admin.SimpleListFilter):
    title = "standing"
    parameter_name = "held"

    def lookups(self, request: HttpRequest, model_admin: object) -> list[tuple[str, str]]:
        return [("yes", HELD)]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Host]) -> QuerySet[Host]:
        return queryset.filter(held_until__gt=timezone.now()) if self.value() else queryset


@admin.register(Host)
class HostAdmin(ReadOnlyAdmin):
    empty_hint = "No site has been asked for a page yet."
    list_display = ["name", "standing", "held", "crawl_delay", "robots_status", "robots_fetched_at"]
    list_filter = [HeldFilter]
    search_fields = ["name"]
    actions = ["release", "read_robots_again"]
    fieldsets = [
        (None, {"fields": ["name", "standing", "held", "crawl_delay"]}),
        ("robots.txt", {"fields": ["robots_status", "robots_fetched_at", "rules"]}),
    ]
    readonly_fields = ["standing", "held", "rules"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Host]:
        queryset: QuerySet[Host] = super().get_queryset(request)
        matched = request.resolver_match
        listing = matched is not None and str(matched.url_name).endswith("changelist")
        # Half a megabyte each, which the list does not show.
        return queryset.defer("robots") if listing else queryset

    def has_manage_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(CHANGE)

    @display(description="Standing", label=STANDING_COLOURS)
    def standing(self, host: Host) -> str:
        if _is_held(host):
            return HELD
        if host.robots_status is None:
            return UNKNOWN
        return OUT_OF_ORDER if politeness.is_out_of_order(host) else FREE

    @display(description="Held until", ordering="held_until", empty_value="-")
    def held(self, host: Host) -> datetime | None:
        return host.held_until if _is_held(host) else None

    @display(description="Rules", empty_value="-")
    def rules(self, host: Host) -> SafeString | None:
        return format_html('<pre class="fc-plain">{}</pre>', host.robots) if host.robots else None

    @action(description="Ask again at once (held hosts)", permissions=["manage"])
    def release(self, request: HttpRequest, queryset: QuerySet[Host]) -> None:
        held = [host for host in queryset if _is_held(host)]
        for host in held:
            politeness.release(host)
        self.message_user(request, f"Released: {len(held)}.", messages.SUCCESS)

    @action(description="Read robots.txt again", permissions=["manage"])
    def read_robots_again(self, request: HttpRequest, queryset: QuerySet[Host]) -> None:
        chosen = list(queryset)
        for host in chosen:
            politeness.forget_robots(host)
        self.message_user(
            request, f"Read before the next page of: {len(chosen)}.", messages.SUCCESS
        )


def _is_held(host: Host) -> bool:
    return host.held_until is not None and host.held_until > timezone.now()
