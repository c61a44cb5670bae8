"""Tables out and in, beneath the lists of speakers, claims, verdicts and evidence."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http import HttpResponseRedirect as Redirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe
from unfold.widgets import UnfoldAdminFileFieldWidget

from claims.admin.base import actor_of, desk_page
from claims.models import ImportDraft
from claims.services.errors import DeskError, NotAllowed
from claims.services.exchange import importing
from claims.services.exchange.exporting import Table, table
from claims.services.exchange.files import CSV_TYPE, XLSX_TYPE
from claims.services.exchange.importing import REFUSED, SAME, Report
from claims.services.exchange.records import RESOURCES

FORMS = ("csv", "xlsx")
SHORT_NAME = 200


class TableForm(forms.Form):
    """A table to be looked at."""

    file = forms.FileField(
        label="CSV or XLSX file",
        widget=UnfoldAdminFileFieldWidget(attrs={"accept": ".csv,.xlsx"}),
        help_text="As it was downloaded here, with your changes in it. Nothing is written before "
        "you have seen what would change.",
    )


class ExchangeMixin:
    """Buttons above a list: its rows as a file, and a file of rows."""

    admin_site: Any
    opts: Any
    list_before_template = "claims/desk/exchange_buttons.html"

    def get_urls(self) -> list[URLPattern]:
        view, prefix = self.admin_site.admin_view, f"claims_{self._kind}"
        return [
            path("export/<slug:form>/", view(self.export_view), name=f"{prefix}_export"),
            path("import/", view(self.import_view), name=f"{prefix}_import"),
            path("import/<int:pk>/", view(self.draft_view), name=f"{prefix}_import_draft"),
            *super().get_urls(),  # type: ignore[misc]
        ]

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        shown = {
            "exports": [(form.upper(), self._at("export", form)) for form in FORMS]
            if self.has_export_permission(request)
            else [],
            "import_page": self._at("import") if self.has_import_permission(request) else "",
            "export_filters": request.GET.urlencode(),
        }
        response: HttpResponse = super().changelist_view(  # type: ignore[misc]
            request, {**shown, **(extra_context or {})}
        )
        return response

    def has_export_permission(self, request: HttpRequest) -> bool:
        """Whether the person may take rows out."""
        return request.user.has_perm(f"claims.export_{self._kind}")

    def has_import_permission(self, request: HttpRequest) -> bool:
        """Whether the person may bring rows in."""
        return request.user.has_perm(f"claims.import_{self._kind}")

    @method_decorator(require_safe)
    def export_view(self, request: HttpRequest, form: str) -> HttpResponseBase:
        """The rows of the list, with its filters, as a file."""
        if not self.has_export_permission(request):
            raise PermissionDenied
        if form not in FORMS:
            raise Http404("There is no such kind of file.")
        listed = self.get_changelist_instance(request)  # type: ignore[attr-defined]
        try:
            found = table(self._kind, listed.queryset, actor=actor_of(request))
            return _sent(found, form)
        except DeskError as refusal:
            messages.error(request, str(refusal))
            return Redirect(f"{self._at('changelist')}?{request.GET.urlencode()}")

    def import_view(self, request: HttpRequest) -> HttpResponse:
        """Take a file and show what it would change."""
        if not self.has_import_permission(request):
            raise PermissionDenied
        form = TableForm(request.POST or None, request.FILES or None)
        status = 200
        if request.method == "POST" and form.is_valid():
            file = form.cleaned_data["file"]
            try:
                # One byte more than is allowed is enough to refuse it.
                draft = importing.receive(
                    self._kind,
                    name=file.name,
                    content=file.read(settings.IMPORT_MAX_BYTES + 1),
                    actor=actor_of(request),
                )
            except DeskError as refusal:
                form.add_error("file", str(refusal))
                status = 400
            else:
                return Redirect(self._at("import_draft", draft.pk))
        return desk_page(
            self,
            request,
            "table_import",
            list_page=self._at("changelist"),
            status=status,
            title=f"Import {self.opts.verbose_name_plural}",
            form=form,
            columns=RESOURCES[self._kind](actor=actor_of(request)).columns,
            limit=settings.IMPORT_MAX_ROWS,
        )

    def draft_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """What the file would change; and, on yes, the change."""
        if not self.has_import_permission(request):
            raise PermissionDenied
        drafts = ImportDraft.objects.defer("content").filter(kind=self._kind)
        if request.method == "POST":
            draft = drafts.filter(pk=pk, user=request.user.pk).first()
            if draft is None:
                messages.info(request, "This file was imported already, or another took its place.")
                return Redirect(self._at("changelist"))
        else:
            draft = get_object_or_404(drafts, pk=pk, user=request.user.pk)
        status = 200
        try:
            if request.method == "POST":
                report = importing.write(draft, actor=actor_of(request))
                if report.may_be_written:
                    messages.success(request, _written(report))
                    return Redirect(self._at("changelist"))
                status = 409
            else:
                report = importing.look(draft, actor=actor_of(request))
        except NotAllowed as refusal:
            raise PermissionDenied from refusal
        except DeskError as refusal:
            messages.error(request, str(refusal))
            return Redirect(self._at("import"))
        return desk_page(
            self,
            request,
            "table_report",
            list_page=self._at("changelist"),
            status=status,
            title=f"Import {draft.name[-SHORT_NAME:]}",
            draft=draft,
            report=report,
            counts=report.counts,
            rows=_to_show(report),
            back=self._at("import"),
        )

    @property
    def _kind(self) -> str:
        return str(self.opts.model_name)

    def _at(self, page: str, *args: Any) -> str:
        return reverse(f"admin:claims_{self._kind}_{page}", args=args)


def _sent(found: Table, form: str) -> HttpResponseBase:
    name = f"{found.kind}-{localdate():%Y-%m-%d}.{form}"
    if form == "xlsx":
        return FileResponse(found.xlsx(), as_attachment=True, filename=name, content_type=XLSX_TYPE)
    response = StreamingHttpResponse(found.csv(), content_type=CSV_TYPE)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _to_show(report: Report) -> list[Any]:
    """The rows worth a look: the refused ones, then those that change something."""
    moving = [row for row in report.rows if row.outcome != SAME]
    moving.sort(key=lambda row: row.outcome != REFUSED)
    return moving[: settings.IMPORT_SHOWN_ROWS]


def _written(report: Report) -> str:
    counts = report.counts
    return (
        f"Imported: {counts['new']} new, {counts['changed']} changed, {counts['same']} as before."
    )
