"""One's own second factor: switch it on with an app, get recovery codes, switch it off."""

from typing import Any

import qrcode
from django import forms
from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST
from unfold.widgets import UnfoldAdminTextInputWidget

from claims.admin.base import actor_of
from claims.services import two_factor
from claims.services.errors import DeskError


class CodeForm(forms.Form):
    """A code of the app, or a recovery code."""

    code = forms.CharField(
        label="Code",
        max_length=20,
        widget=UnfoldAdminTextInputWidget(
            attrs={"autocomplete": "one-time-code", "spellcheck": "false"}
        ),
    )


def squares(text: str) -> tuple[int, str]:
    """``text`` as a QR code: its width in squares, and the dark ones as the path of an SVG."""
    code = qrcode.QRCode(border=4)
    code.add_data(text)
    matrix = code.get_matrix()
    dark = (f"M{x} {y}h1v1h-1z" for y, row in enumerate(matrix) for x, on in enumerate(row) if on)
    return len(matrix), "".join(dark)


class TwoFactorMixin:
    """The page of one's own, and the superuser's reset, beneath the list of users."""

    admin_site: Any
    opts: Any

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("two-factor/", view(self.two_factor_view), name="two_factor"),
            path("<int:pk>/reset-two-factor/", view(self.reset_view), name="two_factor_reset"),
            *super().get_urls(),  # type: ignore[misc]
        ]

    @method_decorator([never_cache, sensitive_post_parameters("code")])
    def two_factor_view(self, request: HttpRequest) -> HttpResponse:
        """Off: the secret to scan, and a code to confirm it. On: what can be done about it."""
        user = _self(request)
        act = ACTS.get(request.POST.get("act", ""))
        form = CodeForm(request.POST if act else None)
        codes: list[str] = []
        if act is not None and form.is_valid():
            try:
                codes, told = act(user, form.cleaned_data["code"])
            except DeskError as refusal:
                form.add_error("code", str(refusal))
            else:
                self.log_change(request, user, told)  # type: ignore[attr-defined]
                messages.success(request, told)
                if not codes:
                    return HttpResponseRedirect(reverse("admin:two_factor"))
                form = CodeForm()
        return TemplateResponse(
            request, "claims/desk/two_factor.html", self._page(request, user, form, codes)
        )

    def _page(
        self, request: HttpRequest, user: User, form: CodeForm, codes: list[str]
    ) -> dict[str, Any]:
        context = {
            **self.admin_site.each_context(request),
            "title": "Two-factor sign-in",
            "form": form,
            "codes": codes,
            "on": two_factor.is_on(user),
            "left": two_factor.recovery_codes_left(user),
        }
        if not context["on"]:
            begun = two_factor.begin(user)
            context["width"], context["squares"] = squares(begun.config_url)
            secret = begun.config_url.partition("secret=")[2].partition("&")[0]
            context["secret"] = " ".join(secret[i : i + 4] for i in range(0, len(secret), 4))
        return context

    @method_decorator(require_POST)
    def reset_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """For somebody who has lost phone and codes."""
        user = get_object_or_404(User, pk=pk)
        try:
            two_factor.reset(user, actor=actor_of(request))
        except DeskError as refusal:
            raise PermissionDenied from refusal
        told = "Two-factor sign-in was reset."
        self.log_change(request, user, told)  # type: ignore[attr-defined]
        messages.success(request, told)
        return HttpResponseRedirect(reverse("admin:auth_user_change", args=[pk]))


def _self(request: HttpRequest) -> User:
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def _confirm(user: User, code: str) -> tuple[list[str], str]:
    return two_factor.confirm(user, code), "Two-factor sign-in was switched on."


def _renew(user: User, code: str) -> tuple[list[str], str]:
    return two_factor.renew_codes(user, code), "New recovery codes were made."


def _switch_off(user: User, code: str) -> tuple[list[str], str]:
    two_factor.switch_off(user, code)
    return [], "Two-factor sign-in was switched off."


ACTS = {"confirm": _confirm, "renew": _renew, "switch_off": _switch_off}
