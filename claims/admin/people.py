"""Users, roles and locked sign-ins, in the desk's looks.

Who manages people may put others into roles, and each such change is in the user's history.
Nobody but a superuser makes a superuser, changes one, or grants a permission past the roles;
nobody changes the roles of their own account.
"""

from collections.abc import Iterable
from typing import Any

from axes.models import AccessAttempt
from axes.utils import reset
from django.contrib import admin, messages
from django.contrib.auth.admin import GroupAdmin as PlainGroupAdmin
from django.contrib.auth.admin import UserAdmin as PlainUserAdmin
from django.contrib.auth.models import Group, User
from django.db.models import QuerySet
from django.http import HttpRequest
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice
from unfold.admin import ModelAdmin
from unfold.forms import AdminPasswordChangeForm, UserChangeForm, UserCreationForm

from claims.admin.base import ReadOnlyAdmin, action, display
from claims.admin.two_factor import TwoFactorMixin
from claims.services import two_factor

admin.site.unregister(User)
admin.site.unregister(Group)
# Secrets have no pages: claims.admin.two_factor shows each person their own, once.
admin.site.unregister(TOTPDevice)
admin.site.unregister(StaticDevice)

BEYOND_ROLES = ("is_superuser", "user_permissions")


@admin.register(User)
class UserAdmin(TwoFactorMixin, PlainUserAdmin, ModelAdmin):  # type: ignore[misc,type-arg]
    form = UserChangeForm
    add_form = UserCreationForm
    change_password_form = AdminPasswordChangeForm
    list_display = ["username", "full_name", "email", "roles", "is_active", "last_login"]
    show_full_result_count = False
    change_form_outer_before_template = "claims/desk/user_two_factor.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        queryset: QuerySet[User] = super().get_queryset(request)
        return queryset.prefetch_related("groups")

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        allowed: bool = super().has_change_permission(request, obj)
        if obj is not None and obj.is_superuser:
            return allowed and bool(request.user.is_superuser)
        return allowed

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> Any:
        fields = [*super().get_readonly_fields(request, obj)]
        if request.user.is_superuser:
            return fields
        own = obj is not None and obj.pk == request.user.pk
        return [*fields, *BEYOND_ROLES, *(["groups", "is_staff"] if own else [])]

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> Any:
        extra = {**(extra_context or {}), "may_reset_two_factor": request.user.is_superuser}
        if object_id.isdecimal():
            extra["two_factor_on"] = two_factor.is_on(User(pk=int(object_id)))
        return super().change_view(request, object_id, form_url, extra)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        before = _names(form.instance.groups.all()) if change else ""
        super().save_related(request, form, formsets, change)
        after = _names(form.instance.groups.all())
        if before != after:
            told = f"Roles: {before or 'none'} → {after or 'none'}."
            self.log_change(request, form.instance, told)

    @display(description="Name", ordering="last_name")
    def full_name(self, user: User) -> str:
        return user.get_full_name() or "—"

    @display(description="Roles")
    def roles(self, user: User) -> str:
        if user.is_superuser:
            return "Superuser"
        return _names(user.groups.all()) or "—"


@admin.register(Group)
class GroupAdmin(PlainGroupAdmin, ModelAdmin):  # type: ignore[misc]
    list_display = ["name"]


@admin.register(AccessAttempt)
class LockedSignInAdmin(ReadOnlyAdmin):
    """Wrong passwords lately, and the way out for a colleague who is locked out by them."""

    empty_hint = "Nobody is locked out."
    list_display = ["username", "ip_address", "failures_since_start", "attempt_time"]
    search_fields = ["username", "ip_address"]
    fields = ["username", "ip_address", "failures_since_start", "attempt_time", "user_agent"]
    actions = ["unlock"]
    ordering = ["-attempt_time"]

    def has_unlock_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("axes.delete_accessattempt")

    @action(description="Unlock", permissions=["unlock"])
    def unlock(self, request: HttpRequest, queryset: QuerySet[AccessAttempt]) -> None:
        for attempt in queryset:
            reset(username=attempt.username, ip=attempt.ip_address)
            self.log_deletions(request, [attempt])
        self.message_user(request, "Unlocked: they can try again at once.", messages.SUCCESS)


def _names(groups: Iterable[Group]) -> str:
    return ", ".join(sorted(group.name for group in groups))
