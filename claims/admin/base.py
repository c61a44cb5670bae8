"""What the pages of the desk have in common."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.contrib.admin.utils import unquote
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from unfold import decorators
from unfold.admin import ModelAdmin, TabularInline
from unfold.widgets import UnfoldAdminTextareaWidget, UnfoldAdminTextInputWidget

from claims.admin import history
from claims.admin.locking import VersionedForm
from claims.admin.paging import DeskPaginator, TypedPaginator
from claims.selectors import visible
from claims.services.actors import Actor, person

# Badge colours of unfold, by the value of a status.
STATUS_COLOURS = {
    "candidate": "warning",
    "accepted": "success",
    "rejected": "danger",
    "withdrawn": "default",
    "new": "info",
    "researching": "warning",
    "in_review": "primary",
    "published": "success",
    "shelved": "default",
    "draft": "warning",
    "superseded": "default",
    "retracted": "danger",
    "queued": "info",
    "running": "warning",
    "done": "success",
    "dead": "danger",
    "active": "success",
    "paused": "warning",
    "gone": "danger",
    "unchanged": "success",
    "moved": "info",
    "altered": "danger",
    "open": "danger",
    "settled": "success",
    "none": "default",
    "suggested": "warning",
    "confirmed": "success",
    "dismissed": "default",
}

Method = TypeVar("Method", bound=Callable[..., Any])


def display(**options: Any) -> Callable[[Method], Method]:
    """unfold's decorator for columns, with the type of the method kept."""
    decorate: Callable[[Method], Method] = decorators.display(**options)
    return decorate


def action(**options: Any) -> Callable[[Method], Method]:
    """unfold's decorator for actions, with the type of the method kept."""
    decorate: Callable[[Method], Method] = decorators.action(**options)
    return decorate


def actor_of(request: HttpRequest) -> Actor:
    """The signed-in person, as services want to know them."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return person(request.user)


def badge(row: models.Model, field: str) -> tuple[str, str]:
    """Value and wording of a choice, for ``@display(label=STATUS_COLOURS)``."""
    return getattr(row, field), getattr(row, f"get_{field}_display")()


def desk_page(
    model_admin: Any, request: HttpRequest, template: str, *, status: int = 200, **shown: Any
) -> TemplateResponse:
    """A page of the desk beneath a list, from ``claims/desk/<template>.html``.

    The media of a ``form`` among ``shown`` come with it.
    """
    media = model_admin.media + shown["form"].media if "form" in shown else model_admin.media
    context = {
        **model_admin.admin_site.each_context(request),
        "opts": model_admin.opts,
        "is_popup": False,
        "media": media,
        **shown,
    }
    request.current_app = model_admin.admin_site.name
    return TemplateResponse(request, f"claims/desk/{template}.html", context, status=status)


class VisibleMixin:
    """Rows, and the choices of a form, that the person may know of: see selectors.visibility."""

    def get_queryset(self, request: HttpRequest) -> Any:
        return visible(super().get_queryset(request), request.user)  # type: ignore[misc]

    def get_field_queryset(self, db: str | None, db_field: Any, request: HttpRequest) -> Any:
        """What a foreign key or many-to-many field offers and takes."""
        offered = super().get_field_queryset(db, db_field, request)  # type: ignore[misc]
        if offered is None:
            offered = db_field.remote_field.model._default_manager.using(db)
        return visible(offered.all(), request.user)


class DeskAdmin(VisibleMixin, ModelAdmin):  # type: ignore[misc]
    """Lists that stay quick on big tables, and a history that shows what changed."""

    show_full_result_count = False
    list_per_page = 50
    paginator = DeskPaginator
    empty_hint = ""
    """What an empty list says, and what to do next."""
    text_rows: dict[str, int] = {}
    """How many lines a text field is given; 1 makes it a line."""
    object_history_template = "claims/desk/history.html"

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if isinstance(db_field, models.TextField) and not db_field.choices:
            rows = self.text_rows.get(db_field.name, 3)
            kwargs["widget"] = (
                UnfoldAdminTextInputWidget
                if rows == 1
                else UnfoldAdminTextareaWidget(attrs={"rows": rows})
            )
        if isinstance(db_field, models.URLField):
            kwargs.setdefault("assume_scheme", "https")
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def get_paginator(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if request.resolver_match is not None and request.resolver_match.url_name == "autocomplete":
            return TypedPaginator(*args, **kwargs)
        return super().get_paginator(request, *args, **kwargs)

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        actions: dict[str, Any] = super().get_actions(request)
        # The record loses nothing by the dozen.
        actions.pop("delete_selected", None)
        return actions

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Every change of the row as the database saw it, not only those made in the admin."""
        if not history.is_tracked(self.model):
            response: HttpResponse = super().history_view(request, object_id, extra_context)
            return response
        row = self.get_object(request, unquote(object_id))
        if row is None:
            missing: HttpResponse = self._get_obj_does_not_exist_redirect(
                request, self.opts, object_id
            )
            return missing
        if not self.has_view_or_change_permission(request, row):
            raise PermissionDenied
        context = {
            **self.admin_site.each_context(request),
            "title": "History",
            "subtitle": None,
            "opts": self.opts,
            "object": row,
            "original": row,
            "preserved_filters": self.get_preserved_filters(request),
            "entries": history.entries(row, request.user),
            **(extra_context or {}),
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, self.object_history_template, context)


class VersionedAdmin(DeskAdmin):
    """For models with ``version``: a save over somebody else's change is refused."""

    form = VersionedForm
    change_form_before_template = "claims/desk/version_field.html"

    def get_form(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        form = super().get_form(request, *args, **kwargs)
        form.viewer = request.user  # a class made for this request alone
        return form


class ReadOnlyMixin:
    """Rows that are looked at here and written elsewhere."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class ReadOnlyAdmin(ReadOnlyMixin, DeskAdmin):
    """A page that only shows."""


class KeptMixin:
    """Rows that may be changed but never removed here."""

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class SmallInline(VisibleMixin, TabularInline):  # type: ignore[misc]
    """Dependent rows edited with their parent."""

    extra = 0
    tab = False

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """The heading of the column is no label of the field below it: it says its own name."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is not None:
            widget = getattr(field.widget, "widget", field.widget)
            widget.attrs.setdefault("aria-label", str(db_field.verbose_name).capitalize())
        return field
