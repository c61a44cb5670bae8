"""Signing in: the form, the page for who is locked out, and the links of one's own account."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from unfold.forms import AuthenticationForm
from unfold.widgets import UnfoldAdminTextInputWidget

from claims.services import two_factor
from claims.services.errors import NotReady

# The name and the password are refused with the theme's words; a code with ours.
TOO_MANY_REQUESTS = 429


class SignInForm(AuthenticationForm):  # type: ignore[misc]
    """Name, password and, from those who have switched it on, a code of their app."""

    code = forms.CharField(
        label="Code of your authenticator app",
        required=False,
        max_length=20,
        widget=UnfoldAdminTextInputWidget(
            attrs={"autocomplete": "one-time-code", "spellcheck": "false"}
        ),
        help_text="Only if you have switched on two-factor sign-in. A recovery code does as well.",
    )

    def confirm_login_allowed(self, user: Any) -> None:
        """Called by Django once the password was right."""
        super().confirm_login_allowed(user)
        if not two_factor.is_on(user):
            return
        code = self.cleaned_data.get("code", "")
        if not code:
            raise ValidationError("This account also needs a code of its authenticator app.")
        try:
            two_factor.check(user, code)
        except NotReady as refusal:
            raise ValidationError(str(refusal)) from refusal


def locked_out(
    request: HttpRequest, response: HttpResponse | None, credentials: dict[str, Any] | None
) -> HttpResponse:
    """What somebody sees after too many wrong passwords. It says nothing about the account."""
    minutes = int(settings.AXES_COOLOFF_TIME.total_seconds() // 60)
    context = {
        **admin.site.each_context(request),
        "title": "Locked out",
        "minutes": minutes,
    }
    page = TemplateResponse(
        request, "claims/desk/locked_out.html", context, status=TOO_MANY_REQUESTS
    )
    page["Retry-After"] = str(minutes * 60)
    return page.render()


def account_links(request: HttpRequest) -> list[dict[str, str]]:
    """unfold's ACCOUNT navigation: what a person changes about their own sign-in."""
    user = request.user
    if not isinstance(user, User):
        return []
    links = [{"title": "Two-factor sign-in", "link": reverse("admin:two_factor")}]
    if user.has_usable_password():
        links.append({"title": "Change password", "link": reverse("admin:password_change")})
    return links
