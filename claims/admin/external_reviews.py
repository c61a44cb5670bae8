"""Reviews by others: what other fact-checkers published, looked at here and brought in."""

from collections import Counter
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http import HttpResponseRedirect as Redirect
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from unfold.contrib.filters.admin import RangeDateTimeFilter
from unfold.widgets import UnfoldAdminFileFieldWidget, UnfoldAdminTextInputWidget

from claims.admin.base import ReadOnlyAdmin, actor_of, desk_page, display
from claims.admin.searching import words_of
from claims.admin.wording import shortened
from claims.ingest import IngestError
from claims.models import ExternalReview
from claims.services import external_reviews
from claims.services.external_reviews import CHANGED, NEW, REFUSED, SAME, Outcome

SHOWN_REFUSALS = 5


class ReviewsForm(forms.Form):
    """A file of reviews, or the address of a page or feed that has them."""

    file = forms.FileField(
        label="File",
        required=False,
        widget=UnfoldAdminFileFieldWidget(attrs={"accept": ".json,.jsonld,.html"}),
        help_text="ClaimReview as JSON-LD: one, a list, or a feed such as that of Data Commons.",
    )
    address = forms.CharField(
        label="Or its address",
        required=False,
        widget=UnfoldAdminTextInputWidget(),
        help_text="A feed of reviews, or a page that carries one.",
    )

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if not self.errors and bool(given.get("file")) == bool(given.get("address")):
            raise forms.ValidationError("Give a file or an address.")
        return given


@admin.register(ExternalReview)
class ExternalReviewAdmin(ReadOnlyAdmin):
    empty_hint = "Nothing yet. Import what other fact-checkers publish as ClaimReview."
    list_before_template = "claims/desk/review_buttons.html"
    list_display = ["claim", "claimant", "publisher", "rating_label", "reviewed_at"]
    list_display_links = ["claim"]
    list_filter = [("reviewed_at", RangeDateTimeFilter)]
    list_filter_submit = True
    search_fields = ["claim_text"]
    search_help_text = "Words of the claim"
    fields = [
        "claim_text",
        "claimant",
        "claim_date",
        "rating_label",
        "scale",
        "publisher",
        "page",
        "title",
        "language",
        "reviewed_at",
        "imported_at",
        "imported_by",
        "job",
    ]

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("imported_by").defer("raw")

    def get_search_results(
        self, request: HttpRequest, queryset: Any, search_term: str
    ) -> tuple[Any, bool]:
        return words_of(queryset, "claim_text", search_term), False

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.import_view)
        return [
            path("import/", view, name="claims_externalreview_import"),
            *super().get_urls(),
        ]

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        shown = {
            "title": "Reviews by others",
            "may_import": request.user.has_perm(external_reviews.PERMISSION),
        }
        response: HttpResponse = super().changelist_view(
            request, {**shown, **(extra_context or {})}
        )
        return response

    def import_view(self, request: HttpRequest) -> HttpResponse:
        """Take in what a file or an address has."""
        if not request.user.has_perm(external_reviews.PERMISSION):
            raise PermissionDenied
        posted = request.method == "POST"
        form = ReviewsForm(request.POST, request.FILES) if posted else ReviewsForm()
        status = 200
        if posted:
            status = 400
            if form.is_valid():
                try:
                    done = _imported(form.cleaned_data, request)
                except IngestError as refusal:
                    form.add_error("file" if form.cleaned_data["file"] else "address", str(refusal))
                else:
                    _tell(request, done)
                    return Redirect(reverse("admin:claims_externalreview_changelist"))
        return desk_page(
            self,
            request,
            "review_import",
            status=status,
            title="Import reviews by others",
            form=form,
        )

    @display(description="Claim", ordering="claim_text")
    def claim(self, review: ExternalReview) -> str:
        return shortened(review.claim_text, 220)

    @display(description="Publisher", ordering="publisher_site")
    def publisher(self, review: ExternalReview) -> str:
        return review.publisher_name or review.publisher_site

    @display(description="Their scale")
    def scale(self, review: ExternalReview) -> str:
        if review.rating_value is None:
            return "—"
        ends = [review.worst_rating, review.best_rating]
        known = " to ".join(f"{end:g}" for end in ends if end is not None)
        return f"{review.rating_value:g}" + (f" on a scale of {known}" if known else "")

    @display(description="Page")
    def page(self, review: ExternalReview) -> SafeString:
        return format_html(
            '<a class="fc-link" href="{}" target="_blank" rel="noopener noreferrer">{}</a>',
            review.url,
            shortened(review.url, 120),
        )


def _imported(given: dict[str, Any], request: HttpRequest) -> list[Outcome]:
    actor = actor_of(request)
    if given["file"]:
        # One byte more than is allowed is enough to refuse it.
        data = given["file"].read(settings.REVIEWS_MAX_BYTES + 1)
        return external_reviews.import_reviews(data, actor=actor)
    return external_reviews.import_reviews_at(
        given["address"], actor=actor, seconds=settings.FEED_TEST_SECONDS
    )


def _tell(request: HttpRequest, done: list[Outcome]) -> None:
    counts = Counter(one.outcome for one in done)
    messages.success(
        request,
        f"Imported: {counts[NEW]} new, {counts[CHANGED]} changed, {counts[SAME]} as before.",
    )
    refused = [one for one in done if one.outcome == REFUSED]
    for one in refused[:SHOWN_REFUSALS]:
        messages.warning(request, f"Number {one.number} was refused: {one.reason}")
    if len(refused) > SHOWN_REFUSALS:
        messages.warning(request, f"{len(refused)} were refused in all.")
