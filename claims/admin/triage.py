"""The triage page: candidate after candidate, decided on without leaving the keyboard.

The page comes once. What follows are fragments of it (a candidate with its article) and short
answers, asked for by ``static/claims/triage.js``.
"""

from typing import Any
from urllib.parse import quote as percent_encoded

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBadRequest,
    HttpResponseRedirect,
    JsonResponse,
)
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.utils.html import conditional_escape
from django.views.decorators.http import require_GET, require_POST

from claims.admin.base import actor_of
from claims.admin.quote_forms import DecisionForm
from claims.admin.triage_card import candidate, matches, reviews, shown_quotes
from claims.admin.triage_forms import FORMS, FilterForm
from claims.models import Quote, SavedView
from claims.selectors import candidates
from claims.services import saved_views, triage
from claims.services.errors import DeskError
from claims.services.prefilling import prefilled_claim
from claims.services.queue import queue
from claims.services.quotes import REVIEW

COUNTED = 1000
"""The page counts no further: nobody reads more digits, and counting is not free."""


class TriageMixin:
    """The page and what its script asks for, beneath the list of quotes."""

    admin_site: Any

    def triage_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        pages = {
            "": ("claims_triage", self.triage_view),
            "next/": ("claims_triage_next", self.triage_next_view),
            "undo/": ("claims_triage_undo", self.triage_undo_view),
            "hold/": ("claims_triage_hold", self.triage_hold_view),
            "views/": ("claims_triage_save", self.triage_save_view),
            "views/<int:pk>/delete/": ("claims_triage_forget", self.triage_forget_view),
            "<int:pk>/": ("claims_triage_show", self.triage_show_view),
            "<int:pk>/decide/": ("claims_triage_decide", self.triage_decide_view),
            "<int:pk>/matches/": ("claims_triage_matches", self.triage_matches_view),
        }
        return [
            path(f"triage/{route}", view(function), name=name)
            for route, (name, function) in pages.items()
        ]

    # --- The page -------------------------------------------------------------------------

    @method_decorator(require_GET)
    def triage_view(self, request: HttpRequest) -> HttpResponse:
        """The whole page, with the candidate that ``at`` names, or the first of the queue."""
        _require_review(request)
        filters = FilterForm(request.GET)
        quote, hold = self._first(request, filters)
        context = {
            **self.admin_site.each_context(request),
            "title": "Triage",
            "filters": filters,
            "query": filters.query(),
            "views": _views(request, filters.query()),
            "waiting": _waiting(request, filters),
            "counted": COUNTED,
            "hold_seconds": settings.TRIAGE_HOLD_SECONDS,
            "empty_queue": quote is None and not candidates().exists(),
            **(candidate(quote, request.user, hold=hold) if quote else {"quote": None}),
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, "claims/desk/triage.html", context)

    def _first(self, request: HttpRequest, filters: FilterForm) -> tuple[Quote | None, Any]:
        actor = actor_of(request)
        asked = request.GET.get("at", "")
        if asked.isdecimal() and len(asked) < 19:
            quote = shown_quotes().filter(pk=int(asked)).first()
            if quote is not None:
                return quote, _held(quote, request)
        taken = triage.take_next(actor=actor, wanted=filters.wanted())
        return (shown_quotes().get(pk=taken.pk) if taken else None), None

    # --- One candidate after the other ----------------------------------------------------

    @method_decorator(require_POST)
    def triage_next_view(self, request: HttpRequest) -> HttpResponse:
        """The candidate that follows ``after``, held for this person; 204 behind the last.

        ``keep`` is the one on the screen: this one is made ready while it is looked at.
        """
        _require_review(request)
        taken = triage.take_next(
            actor=actor_of(request),
            wanted=FilterForm(request.GET).wanted(),
            after=_key(request, "after"),
            keep=_key(request, "keep"),
        )
        if taken is None:
            return HttpResponse(status=204)
        return self._fragment(request, shown_quotes().get(pk=taken.pk))

    @method_decorator(require_POST)
    def triage_show_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """One quote, asked for by name; whoever else looks at it is told of, not kept out."""
        _require_review(request)
        quote = get_object_or_404(shown_quotes(), pk=pk)
        return self._fragment(request, quote, hold=_held(quote, request))

    @method_decorator(require_GET)
    def triage_matches_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The claims that a quote may repeat as of now: the last decision may have made one."""
        _require_review(request)
        quote = get_object_or_404(shown_quotes(), pk=pk)
        words = prefilled_claim(quote)
        context = {
            "quote": quote,
            "matches": matches(quote, words, request.user),
            "reviews": reviews(quote, words),
        }
        return TemplateResponse(request, "claims/desk/triage_matches.html", context)

    @method_decorator(require_POST)
    def triage_decide_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Take one decision. What is corrected or refused comes back as a candidate's fragment."""
        _require_review(request)
        quote = get_object_or_404(shown_quotes(), pk=pk)
        form_class = FORMS.get(request.POST.get("decision", ""))
        if form_class is None:
            return HttpResponseBadRequest("No such decision.")
        form = form_class(request.POST, quote=quote, viewer=request.user)
        if not form.is_valid():
            return self._fragment(request, quote, bound=form, status=400)
        try:
            said = form.decide(actor_of(request))
        except DeskError as refusal:
            form.add_error(None, str(refusal))
            fresh = shown_quotes().get(pk=pk)
            return self._fragment(request, fresh, bound=form, status=409)
        fresh = shown_quotes().get(pk=pk)
        if form.onward:
            return JsonResponse({"said": conditional_escape(said), "status": fresh.status})
        response = self._fragment(request, fresh)
        response["X-Said"] = _header(said)
        return response

    @method_decorator(require_POST)
    def triage_undo_view(self, request: HttpRequest) -> HttpResponse:
        """Take this person's last decision back; its quote is to be shown again."""
        _require_review(request)
        try:
            quote = triage.undo(actor=actor_of(request))
        except DeskError as refusal:
            return JsonResponse({"said": conditional_escape(str(refusal))}, status=409)
        return JsonResponse({"said": "Taken back: a candidate again.", "quote": quote.pk})

    @method_decorator(require_POST)
    def triage_hold_view(self, request: HttpRequest) -> HttpResponse:
        """Hold what is on the screen for longer; with nothing named, let go of everything."""
        _require_review(request)
        keys = [int(key) for key in request.POST.getlist("quote") if key.isdecimal()][:2]
        actor = actor_of(request)
        if keys:
            return JsonResponse({"held": triage.renew(keys, actor=actor)})
        triage.release(actor=actor)
        return JsonResponse({"held": 0})

    # --- Views by name --------------------------------------------------------------------

    @method_decorator(require_POST)
    def triage_save_view(self, request: HttpRequest) -> HttpResponse:
        """Keep the filters under a name."""
        _require_review(request)
        query = FilterForm(request.GET).query()
        try:
            view = saved_views.save_view(
                actor=actor_of(request),
                name=request.POST.get("name", ""),
                query=query,
                is_shared=request.POST.get("is_shared") == "on",
            )
        except DeskError as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, f"The view “{view}” is kept.")
        return HttpResponseRedirect(_page(query))

    @method_decorator(require_POST)
    def triage_forget_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Delete a view of one's own."""
        _require_review(request)
        view = get_object_or_404(SavedView, pk=pk)
        if view.owner_id != request.user.pk:
            raise Http404
        saved_views.delete_view(view, actor=actor_of(request))
        messages.success(request, f"The view “{view}” is gone.")
        return HttpResponseRedirect(_page(FilterForm(request.GET).query()))

    # --- Parts ----------------------------------------------------------------------------

    def _fragment(
        self,
        request: HttpRequest,
        quote: Quote,
        *,
        hold: Any = None,
        bound: DecisionForm | None = None,
        status: int = 200,
    ) -> HttpResponse:
        typed = dict(bound.data.items()) if bound is not None else {}
        context = {
            **candidate(quote, request.user, hold=hold),
            "bound": bound,
            "conflict": status == 409,
            "typed": typed,
            "written": typed.get("text") or typed.get("comment") or "",
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(
            request, "claims/desk/triage_candidate.html", context, status=status
        )


def _require_review(request: HttpRequest) -> None:
    if not request.user.has_perm(REVIEW):
        raise PermissionDenied


def _held(quote: Quote, request: HttpRequest) -> Any:
    """Hold ``quote`` for this person; the hold of the colleague who was first, if one was."""
    actor = actor_of(request)
    if triage.take(quote.pk, actor=actor):
        return None
    return triage.held_by_another(quote, actor=actor)


def _key(request: HttpRequest, name: str) -> int | None:
    value = request.POST.get(name, "")
    return int(value) if value.isdecimal() and len(value) < 19 else None


def _waiting(request: HttpRequest, filters: FilterForm) -> int:
    viewer = actor_of(request).require(REVIEW)
    return queue(filters.wanted(), viewer=viewer).order_by()[: COUNTED + 1].count()


def _views(request: HttpRequest, query: str) -> list[dict[str, Any]]:
    """The views that this person may use, with which of them is on the screen."""
    return [
        {
            "view": view,
            "link": _page(view.query),
            "mine": view.owner_id == request.user.pk,
            "current": view.query == query,
        }
        for view in saved_views.views_for(actor_of(request).require(REVIEW).pk)
    ]


def _page(query: str) -> str:
    return reverse("admin:claims_triage") + (f"?{query}" if query else "")


def _header(said: str) -> str:
    """A sentence as a header carries it: ASCII, so percent-encoded."""
    return percent_encoded(said)
