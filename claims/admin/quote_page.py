"""One quote in its context, with what can be decided about it."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest
from django.http import HttpResponseRedirect as Redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse

from claims.admin.base import STATUS_COLOURS, actor_of
from claims.admin.diffing import word_diff
from claims.admin.log import told
from claims.admin.marking import speaker_of, text_around
from claims.admin.quote_forms import DECISIONS, DecisionForm
from claims.admin.wording import share_in_words
from claims.choices import QuoteStatus
from claims.extraction.quantities import find_quantities
from claims.models import Quote
from claims.selectors import (
    next_candidate,
    other_outlets,
    speakers_that_may_have_said,
    text_between,
    visible,
)
from claims.services.errors import DeskError

AROUND = 500
"""Characters of the article shown before and behind the quote."""

MOST_COPIES = 50
"""Copies that are listed beside the quote; a wire story has more of them than anybody reads."""

OPEN_TO: dict[str, tuple[str, ...]] = {
    QuoteStatus.CANDIDATE: ("new_claim", "appearance", "reject"),
    QuoteStatus.ACCEPTED: ("reopen",),
    QuoteStatus.REJECTED: ("reopen",),
    QuoteStatus.WITHDRAWN: (),
}


class QuotePageMixin:
    """The change page of ModelAdmin, replaced: a quote is decided on, not edited."""

    admin_site: Any
    opts: Any

    def get_urls(self) -> list[URLPattern]:
        decide = path(
            "<path:object_id>/decide/",
            self.admin_site.admin_view(self.decide_view),
            name="claims_quote_decide",
        )
        return [decide, *super().get_urls()]  # type: ignore[misc]

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        quote = self._quote(request, object_id)
        if request.method == "POST":
            return Redirect(_page_of(quote))
        return self._page(request, quote)

    def decide_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Take one decision, and go on to the next candidate."""
        quote = self._quote(request, object_id)
        if request.method != "POST":
            return Redirect(_page_of(quote))
        if not self.has_review_permission(request):
            raise PermissionDenied
        form_class = DECISIONS.get(request.POST.get("decision", ""))
        if form_class is None:
            return HttpResponseBadRequest("No such decision.")
        form = form_class(request.POST, quote=quote, viewer=request.user)
        if not form.is_valid():
            return self._page(request, quote, bound=form, status=400)
        # The service locks and changes a row of its own: what is shown here is read again.
        try:
            done = form.decide(actor_of(request))
        except DeskError as refusal:
            quote = self._quote(request, object_id)
            form.add_error(None, str(refusal))
            form.goes_on_from(quote)
            form.quote = quote
            return self._page(request, quote, bound=form, status=409)
        messages.success(request, done)
        if not form.onward:
            return Redirect(_page_of(quote))
        following = next_candidate(quote)
        if following is None:
            messages.info(request, "The queue is empty: every candidate has been decided on.")
            return Redirect(reverse("admin:claims_quote_changelist"))
        return Redirect(_page_of(following))

    def has_review_permission(self, request: HttpRequest) -> bool:
        """Whether the person may decide on quotes; actions ask for it by this name."""
        return request.user.has_perm("claims.review_quote")

    def _quote(self, request: HttpRequest, object_id: str) -> Quote:
        found = (
            Quote.objects.select_related("speaker", "run", "article_version__article__source")
            .defer("article_version__text")
            .filter(pk=object_id if object_id.isdecimal() else -1)
            .first()
        )
        if found is None:
            raise Http404("There is no such quote.")
        if not self.has_view_or_change_permission(request, found):  # type: ignore[attr-defined]
            raise PermissionDenied
        return found

    def _page(
        self,
        request: HttpRequest,
        quote: Quote,
        *,
        bound: DecisionForm | None = None,
        status: int = 200,
    ) -> HttpResponse:
        may_decide = self.has_review_permission(request)
        names = list(OPEN_TO[quote.status]) if may_decide else []
        if bound is not None and bound.name not in (*names, "speaker"):
            # Somebody else was quicker: what was typed is shown all the same.
            names.append(bound.name)
        forms = [
            bound
            if bound is not None and bound.name == name
            else DECISIONS[name](quote=quote, viewer=request.user)
            for name in names
        ]
        speaker_form = (
            bound
            if bound is not None and bound.name == "speaker"
            else DECISIONS["speaker"](quote=quote, viewer=request.user)
        )
        around, start, cut_after = _context(quote)
        context = {
            **self.admin_site.each_context(request),
            "title": str(quote),
            "opts": self.opts,
            "original": quote,
            "quote": quote,
            "status_colour": STATUS_COLOURS[quote.status],
            "history_link": reverse("admin:claims_quote_history", args=[quote.pk]),
            "article": quote.article_version.article,
            "around": text_around(around, quote, start=start),
            "cut_before": start > 0,
            "cut_after": cut_after,
            "speaker_in_words": speaker_of(quote),
            "doubtful": quote.speaker is None or not quote.speaker.is_confirmed,
            "maybe": speakers_that_may_have_said(quote).exclude(pk=quote.speaker_id or -1)
            if may_decide
            else (),
            "quantities": [quantity.text for quantity in find_quantities(quote.content)],
            "confidence": share_in_words(quote.confidence),
            "worth": share_in_words(quote.check_worthiness),
            "forms": forms,
            "refused": bound if status == 409 else None,
            "speaker_form": speaker_form if may_decide else None,
            "may_decide": may_decide,
            "following": next_candidate(quote),
            "appearances": visible(quote.appearances.select_related("claim"), request.user),
            "decisions": told(quote.decisions.select_related("actor")),
            **_elsewhere(quote),
            "media": self.media + speaker_form.media,  # type: ignore[attr-defined]
            "is_popup": False,
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, "claims/desk/quote.html", context, status=status)


def _elsewhere(quote: Quote) -> dict[str, Any]:
    """The same words in other articles, and what became of them in later texts of this one."""
    original = None
    if quote.copy_of_id is not None:
        original = (
            Quote.objects.select_related("article_version__article__source")
            .defer("article_version__text")
            .get(pk=quote.copy_of_id)
        )
    copied = (
        Quote.objects.filter(copy_of=quote)
        .exclude(status=QuoteStatus.WITHDRAWN)
        .select_related("article_version__article__source")
        .defer("article_version__text")
        .order_by("article_version__fetched_at", "pk")
    )
    checks = (
        quote.checks.select_related("article_version")
        .defer("article_version__text")
        .order_by("article_version__number")
    )
    return {
        "copied_from": original,
        "copied": copied[:MOST_COPIES],
        "outlets": other_outlets([quote])[quote.pk],
        "checks": [
            (check, STATUS_COLOURS[check.standing], word_diff(quote.text, check.found))
            for check in checks
        ],
    }


def _context(quote: Quote) -> tuple[str, int, bool]:
    """The article around ``quote``: text, its offset, and whether more follows; whole words."""
    start = max(0, quote.start - AROUND)
    text = text_between(quote.article_version_id, start, quote.end + AROUND + 1)
    before, behind = text[: quote.start - start], text[quote.end - start :]
    if start > 0:
        kept = before.partition(" ")[2]
        start += len(before) - len(kept)
        before = kept
    cut_after = len(behind) > AROUND
    if cut_after:
        behind = behind.rpartition(" ")[0]
    return before + quote.text + behind, start, cut_after


def _page_of(quote: Quote) -> str:
    return reverse("admin:claims_quote_change", args=[quote.pk])
