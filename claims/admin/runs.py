"""Extraction runs: what was done, what was given up, and to try that again."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from unfold.contrib.filters.admin import ChoicesDropdownFilter, RangeDateTimeFilter

from claims.admin.base import STATUS_COLOURS, ReadOnlyAdmin, action, badge, display
from claims.admin.replaying import replay_chosen
from claims.admin.wording import shortened
from claims.models import ExtractionRun
from claims.services.pipeline import last_line


@admin.register(ExtractionRun)
class ExtractionRunAdmin(ReadOnlyAdmin):
    empty_hint = "Nothing has been read for quotes yet. That begins when an article is stored."
    list_display = [
        "article",
        "extractor",
        "status",
        "attempts",
        "quotes_found",
        "quotes_held_back",
        "duration_ms",
        "finished_at",
        "trouble",
    ]
    list_filter = [
        ("state", ChoicesDropdownFilter),
        ("extractor", admin.AllValuesFieldListFilter),
        ("created_at", RangeDateTimeFilter),
    ]
    list_filter_submit = True
    list_select_related = ["article_version__article"]
    search_fields = ["article_version__article__title", "error"]
    date_hierarchy = "created_at"
    actions = ["queue_again"]
    exclude = ["lease_token"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[ExtractionRun]:
        queryset: QuerySet[ExtractionRun] = super().get_queryset(request)
        return queryset.select_related("article_version__article").defer("article_version__text")

    def has_replay_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("claims.replay_extractionrun")

    @display(description="Article", ordering="article_version__article__title")
    def article(self, run: ExtractionRun) -> str:
        version = run.article_version
        return f"{shortened(str(version.article), 80)} (version {version.number})"

    @display(description="State", ordering="state", label=STATUS_COLOURS)
    def status(self, run: ExtractionRun) -> tuple[str, str]:
        return badge(run, "state")

    @display(description="Error")
    def trouble(self, run: ExtractionRun) -> str:
        return shortened(last_line(run.error), 120)

    @action(description="Queue again (runs given up)", permissions=["replay"])
    def queue_again(self, request: HttpRequest, queryset: QuerySet[ExtractionRun]) -> None:
        replay_chosen(self, request, queryset)
