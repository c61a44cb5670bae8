"""A person's notifications: the list behind the bell, and how each kind is mailed."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.http import HttpResponseRedirect as Redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_POST
from unfold.widgets import UnfoldAdminSelectWidget

from claims.choices import MailTime, NotificationKind
from claims.models import Notification
from claims.selectors import visible
from claims.services import notifications

SHOWN = 50


class ChoicesForm(forms.Form):
    """For each kind of news, when it is mailed."""

    def __init__(self, data: Any = None, *, user: User) -> None:
        super().__init__(data, initial=notifications.choices_of(user))
        for kind in NotificationKind:
            self.fields[kind.value] = forms.ChoiceField(
                label=kind.label, choices=MailTime.choices, widget=UnfoldAdminSelectWidget
            )


class NewsMixin:
    """Pages of the signed-in person's own news, beneath the list of claims."""

    admin_site: Any
    opts: Any

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("news/", view(self.news_view), name="claims_news"),
            path("news/mail/", view(self.choices_view), name="claims_news_choices"),
            path("news/read/", view(self.read_view), name="claims_news_read"),
            path("news/<int:pk>/", view(self.open_view), name="claims_news_open"),
            *super().get_urls(),  # type: ignore[misc]
        ]

    def news_view(self, request: HttpRequest) -> HttpResponse:
        """The newest first, the unread ones marked."""
        user = _person(request)
        rows = visible(Notification.objects.filter(user=user), user)
        unread_only = request.GET.get("show") == "unread"
        if unread_only:
            rows = rows.filter(read_at=None)
        rows = rows.select_related("claim", "quote", "actor").defer(
            "quote__prefix", "quote__suffix"
        )
        page = Paginator(rows.order_by("-pk"), SHOWN).get_page(request.GET.get("page"))
        context = {
            "title": "Notifications",
            "page": page,
            "unread_only": unread_only,
            "unread": notifications.unread(user).count(),
        }
        return self._page(request, "claims/desk/news.html", context)

    def open_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Mark one as read and go where it leads."""
        user = _person(request)
        row = visible(Notification.objects.filter(user=user, pk=pk), user).first()
        if row is None:
            raise Http404("There is no such notification.")
        notifications.mark_read(user, only=row.pk)
        if row.claim_id is not None:
            return Redirect(reverse("admin:claims_claim_change", args=[row.claim_id]))
        if row.endpoint_id is not None:
            return Redirect(reverse("admin:claims_webhookendpoint_change", args=[row.endpoint_id]))
        return Redirect(reverse("admin:claims_quote_change", args=[row.quote_id]))

    @method_decorator(require_POST)
    def read_view(self, request: HttpRequest) -> HttpResponse:
        """Mark all as read, or the one that is named."""
        named = request.POST.get("pk", "")
        only = int(named) if named.isdecimal() else None
        notifications.mark_read(_person(request), only=only)
        return Redirect(reverse("admin:claims_news"))

    def choices_view(self, request: HttpRequest) -> HttpResponse:
        """When each kind of news is mailed."""
        user = _person(request)
        form = ChoicesForm(request.POST or None, user=user)
        if request.method == "POST" and form.is_valid():
            notifications.choose(user, form.cleaned_data)
            messages.success(request, "Your choices are kept.")
            return Redirect(reverse("admin:claims_news"))
        context = {"title": "Mail from the desk", "form": form, "address": user.email}
        return self._page(request, "claims/desk/news_choices.html", context)

    def _page(self, request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
        request.current_app = self.admin_site.name
        return TemplateResponse(
            request, template, {**self.admin_site.each_context(request), **context}
        )


def _person(request: HttpRequest) -> User:
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user
