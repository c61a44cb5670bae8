"""Keys of the API: each person makes and revokes their own, who may, those of others."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from unfold.widgets import (
    UnfoldAdminCheckboxSelectMultipleWidget,
    UnfoldAdminSelectWidget,
    UnfoldAdminSplitDateTimeWidget,
    UnfoldAdminTextInputWidget,
)

from claims.admin.base import ReadOnlyAdmin, action, actor_of, desk_page, display
from claims.choices import Scope
from claims.models import ApiKey
from claims.services import api_keys
from claims.services.actors import Actor
from claims.services.errors import DeskError

KEY_COLOURS = {"active": "success", "expired": "default", "revoked": "danger"}


class KeyForm(forms.Form):
    """What a new key is for."""

    name = forms.CharField(
        max_length=100,
        widget=UnfoldAdminTextInputWidget,
        help_text="What uses it, such as “nightly import”.",
    )
    scopes = forms.MultipleChoiceField(
        choices=Scope.choices,
        initial=[Scope.READ.value],
        widget=UnfoldAdminCheckboxSelectMultipleWidget,
        help_text="What it may be used for, as far as its owner's role allows it.",
    )
    expires_at = forms.SplitDateTimeField(
        label="Expires",
        required=False,
        widget=UnfoldAdminSplitDateTimeWidget,
        help_text="Left empty: it does not, until it is revoked.",
    )
    owner = forms.ModelChoiceField(
        queryset=User.objects.filter(is_active=True).order_by("username"),
        required=False,
        widget=UnfoldAdminSelectWidget,
        help_text="Left empty: yourself.",
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if actor.user is None or not actor.user.has_perm(api_keys.MANAGE):
            del self.fields["owner"]


@admin.register(ApiKey)
class ApiKeyAdmin(ReadOnlyAdmin):
    empty_hint = "No key yet. Add one for each program that reads or writes here."
    list_display = ["name", "prefix", "owner", "scopes_named", "standing", "last_used_at"]
    list_select_related = ["owner"]
    search_fields = ["name", "prefix"]
    search_help_text = "The name, or the part of the key after fck_"
    fields = [
        *("name", "owner", "prefix", "scopes_named"),
        *("created_at", "expires_at", "revoked_at", "last_used_at"),
    ]
    readonly_fields = ["scopes_named"]
    actions = ["revoke_each"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[ApiKey]:
        """One's own, or everybody's."""
        if not isinstance(request.user, User):
            raise PermissionDenied
        return api_keys.keys_for(request.user)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm(api_keys.MAKE)

    def has_revoke_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(api_keys.MAKE)

    @method_decorator(never_cache)
    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """A form; then, this once, the key."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = KeyForm(request.POST or None, actor=actor_of(request))
        key = ""
        if request.method == "POST" and form.is_valid():
            given = form.cleaned_data
            try:
                row, key = api_keys.create_key(
                    actor=actor_of(request),
                    name=given["name"],
                    scopes=given["scopes"],
                    owner=given.get("owner"),
                    expires_at=given["expires_at"],
                )
            except DeskError as refusal:
                form.add_error(None, str(refusal))
            else:
                self.log_addition(request, row, "Made an API key.")
        # In the answer itself: a message would keep the key in the session.
        return desk_page(self, request, "api_key", title="New API key", form=form, key=key)

    @display(description="For")
    def scopes_named(self, key: ApiKey) -> str:
        return ", ".join(key.scopes)

    @display(description="State", label=KEY_COLOURS)
    def standing(self, key: ApiKey) -> tuple[str, str]:
        if key.revoked_at is not None:
            return "revoked", "Revoked"
        if key.expires_at is not None and key.expires_at <= timezone.now():
            return "expired", "Expired"
        return "active", "Active"

    @action(description="Revoke, for good", permissions=["revoke"])
    def revoke_each(self, request: HttpRequest, queryset: QuerySet[ApiKey]) -> None:
        for key in queryset:
            try:
                api_keys.revoke(key, actor=actor_of(request))
            except DeskError as refusal:
                messages.warning(request, f"{key}: {refusal}")
            else:
                self.log_change(request, key, "Revoked.")
                messages.success(request, f"{key} was revoked.")
