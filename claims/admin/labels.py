"""The button that takes the desk's decisions on quotes along, as training data."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import URLPattern, path
from django.utils.decorators import method_decorator
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from claims.export.labels import lines

NDJSON_TYPE = "application/x-ndjson; charset=utf-8"


class LabelsMixin:
    """A download beneath the list of quotes."""

    admin_site: Any
    list_before_template = "claims/desk/label_button.html"

    def get_urls(self) -> list[URLPattern]:
        labels = path(
            "labels/", self.admin_site.admin_view(self.labels_view), name="claims_quote_labels"
        )
        return [labels, *super().get_urls()]  # type: ignore[misc]

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        shown = {"may_export_labels": self.has_labels_permission(request)}
        response: HttpResponse = super().changelist_view(  # type: ignore[misc]
            request, {**shown, **(extra_context or {})}
        )
        return response

    def has_labels_permission(self, request: HttpRequest) -> bool:
        """Whether the person may take decisions along."""
        return request.user.has_perm("claims.export_quote")

    @method_decorator(require_safe)
    def labels_view(self, request: HttpRequest) -> StreamingHttpResponse:
        """All labels, a line each, sent as they are read."""
        if not self.has_labels_permission(request):
            raise PermissionDenied
        response = StreamingHttpResponse(lines(), content_type=NDJSON_TYPE)
        name = f"labels-{localdate():%Y-%m-%d}.ndjson"
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        return response
