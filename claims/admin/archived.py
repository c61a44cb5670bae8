"""What was received, as the archive has it: to be looked at and taken along, never to be run.

A page out of the archive is somebody else's code. It is shown as text only, and whatever
leaves here as a file is an attachment that no browser opens under this address.
"""

from hashlib import sha256
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from claims.admin.base import display
from claims.ingest.charset import decode
from claims.ingest.sniff import split_content_type
from claims.services import archive
from claims.services.archive import Snapshot
from claims.services.errors import ArchiveBroken, ArchiveUnavailable

SHOWN_CHARACTERS = 200_000
# No script, no request to anywhere, no form, no origin.
SEALED = "sandbox; default-src 'none'"
ENDINGS = {"text/html": "html", "text/plain": "txt", "application/pdf": "pdf"}


class ArchivedMixin:
    """Three pages beneath each row with a ``snapshot``: what it is, its source, its file."""

    admin_site: Any
    model: Any
    opts: Any
    digest_field = "snapshot_sha256"
    """Where the row keeps the SHA-256 of what was received."""

    def archived_urls(self) -> list[URLPattern]:
        views = {
            "archived": ("archived/", self.archived_view),
            "archived_source": ("archived/source/", self.archived_source_view),
            "archived_file": ("archived/file/", self.archived_file_view),
            "archived_warc": ("archived/warc/", self.archived_warc_view),
        }
        return [
            path(
                f"<int:pk>/{address}",
                self.admin_site.admin_view(view),
                name=f"{self.opts.app_label}_{self.opts.model_name}_{name}",
            )
            for name, (address, view) in views.items()
        ]

    def get_urls(self) -> list[URLPattern]:
        return [*self.archived_urls(), *super().get_urls()]  # type: ignore[misc]

    @display(description="What was received")
    def received(self, row: Any) -> SafeString | str:
        if not row.snapshot:
            return "Nothing was kept."
        return format_html(
            '<a class="fc-link" href="{}">Look at it, or download it</a>',
            self._address(row.pk, "archived"),
        )

    def archived_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """What was received, when, from where, and whether it is still that."""
        row = self._row(request, pk)
        context: dict[str, Any] = {
            **self.admin_site.each_context(request),
            "title": "What was received",
            "subtitle": str(row),
            "opts": self.opts,
            "original": row,
            "warc": self._address(pk, "archived_warc"),
            "file": self._address(pk, "archived_file"),
            "source": self._address(pk, "archived_source"),
        }
        try:
            snapshot = archive.open_archived(row.snapshot.name)
        except (ArchiveUnavailable, ArchiveBroken) as error:
            context["trouble"] = str(error)
        else:
            context |= {
                "snapshot": snapshot,
                "size": len(snapshot.payload),
                "intact": sha256(snapshot.payload).hexdigest() == getattr(row, self.digest_field),
                "text": _text_of(snapshot)[:SHOWN_CHARACTERS],
                "cut": len(_text_of(snapshot)) > SHOWN_CHARACTERS,
            }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, "claims/desk/archived.html", context)

    def archived_source_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The whole payload as text."""
        text = _text_of(self._snapshot(request, pk))
        return _sealed(HttpResponse(text, content_type="text/plain; charset=utf-8"))

    def archived_file_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The payload itself, byte for byte."""
        snapshot = self._snapshot(request, pk)
        media_type = split_content_type(snapshot.content_type)[0]
        name = f"{sha256(snapshot.payload).hexdigest()[:16]}.{ENDINGS.get(media_type, 'bin')}"
        return _attached(snapshot.payload, name, "application/octet-stream")

    def archived_warc_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The archive's own file, for other programs."""
        row = self._row(request, pk)
        try:
            content = archive.archived_bytes(row.snapshot.name)
        except ArchiveUnavailable as error:
            raise Http404(str(error)) from error
        return _attached(content, row.snapshot.name.rpartition("/")[2], archive.MEDIA_TYPE)

    def _row(self, request: HttpRequest, pk: int) -> Any:
        row = get_object_or_404(self.get_queryset(request), pk=pk)  # type: ignore[attr-defined]
        if not self.has_view_permission(request, row):  # type: ignore[attr-defined]
            raise PermissionDenied
        if not row.snapshot:
            raise Http404("Nothing was kept.")
        return row

    def _snapshot(self, request: HttpRequest, pk: int) -> Snapshot:
        try:
            return archive.open_archived(self._row(request, pk).snapshot.name)
        except (ArchiveUnavailable, ArchiveBroken) as error:
            raise Http404(str(error)) from error

    def _address(self, pk: int, name: str) -> str:
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_{name}", args=[pk])


def _text_of(snapshot: Snapshot) -> str:
    """The payload as text; "" for a PDF, which is none."""
    media_type, charset = split_content_type(snapshot.content_type)
    if media_type == "application/pdf" or snapshot.payload.startswith(b"%PDF-"):
        return ""
    return decode(snapshot.payload, charset=charset, html=media_type != "text/plain")


def _attached(content: bytes, name: str, media_type: str) -> HttpResponse:
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return _sealed(response)


def _sealed(response: HttpResponse) -> HttpResponse:
    """Nothing in it runs, whatever a browser makes of it."""
    response["Content-Security-Policy"] = SEALED
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
