"""Two texts side by side: versions of an article, or articles of a story."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path

from claims.admin.diffing import text_diff
from claims.ingest.similarity import compare
from claims.models import ArticleVersion, QuoteCheck


class ComparePageMixin:
    """For the admin of article versions: ``compare/<old>/<new>/``."""

    admin_site: Any
    opts: Any

    def get_urls(self) -> list[URLPattern]:
        page = path(
            "compare/<int:old>/<int:new>/",
            self.admin_site.admin_view(self.compare_view),
            name="claims_articleversion_compare",
        )
        return [page, *super().get_urls()]  # type: ignore[misc]

    def compare_view(self, request: HttpRequest, old: int, new: int) -> HttpResponse:
        """The words of ``new`` that ``old`` lacks, and the other way round."""
        if not self.has_view_or_change_permission(request):  # type: ignore[attr-defined]
            raise PermissionDenied
        found = ArticleVersion.objects.select_related("article__source").in_bulk([old, new])
        if old not in found or new not in found:
            raise Http404("There is no such text.")
        before, behind = found[old], found[new]
        versions = before.article_id == behind.article_id
        title = (
            f"Version {before.number} and version {behind.number}" if versions else "Two outlets"
        )
        context = {
            **self.admin_site.each_context(request),
            "title": title,
            "opts": self.opts,
            "original": behind,
            "before": before,
            "behind": behind,
            "same_article": versions,
            "likeness": compare(before.text, behind.text),
            "parts": text_diff(before.text, behind.text),
            "checks": _checks(before, behind) if versions else (),
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, "claims/desk/compare.html", context)


def _checks(before: ArticleVersion, behind: ArticleVersion) -> Any:
    """What became in the later of the two texts of the quotes that were reviewed."""
    later = max(before, behind, key=lambda version: version.number)
    return (
        QuoteCheck.objects.filter(article_version=later)
        .select_related("quote")
        .defer("quote__prefix", "quote__suffix")
        .order_by("quote__start")
    )
