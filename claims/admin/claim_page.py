"""A claim with all that hangs on it, and the moves open to whoever looks."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.http import HttpResponseRedirect as Redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from unfold.widgets import UnfoldAdminTextareaWidget

from claims.admin.base import actor_of
from claims.admin.locking import as_posted
from claims.admin.log import told
from claims.admin.moves import BY_NAME, may_draft, open_moves
from claims.choices import ClaimStage, VerdictStatus
from claims.models import Claim, ClaimLink, Decision
from claims.selectors import visible
from claims.services import drafts
from claims.services.errors import DeskError


class MoveForm(forms.Form):
    """A move with its comment, made on the version that was on the screen."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    comment = forms.CharField(widget=UnfoldAdminTextareaWidget(attrs={"rows": 3}))


class ClaimPageMixin:
    """The change form of a claim stays; around it stands what belongs to the claim."""

    admin_site: Any
    opts: Any
    change_form_outer_before_template = "claims/desk/claim_moves.html"
    change_form_outer_after_template = "claims/desk/claim_parts.html"

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("<int:pk>/move/<slug:name>/", view(self.move_view), name="claims_claim_move"),
            path("<int:pk>/draft/", view(self.draft_view), name="claims_claim_draft"),
            *super().get_urls(),  # type: ignore[misc]
        ]

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        claim = self.get_object(request, unquote(object_id))  # type: ignore[attr-defined]
        parts = _parts(claim, request) if claim is not None else {}
        response: HttpResponse = super().change_view(  # type: ignore[misc]
            request, object_id, form_url, {**parts, **(extra_context or {})}
        )
        return response

    def move_view(self, request: HttpRequest, pk: int, name: str) -> HttpResponse:
        """Make a move; one that needs a comment asks for it on a page of its own."""
        claim = self._claim(request, pk)
        move = BY_NAME.get(name)
        if move is None:
            raise Http404("There is no such move.")
        asks = bool(move.asks)
        if request.method != "POST" and not asks:
            return Redirect(_page_of(claim))
        form = MoveForm(request.POST or None, initial={"version": claim.version})
        if not asks:
            del form.fields["comment"]
        status = 200
        if request.method == "POST" and form.is_valid():
            try:
                move.service(
                    claim,
                    actor=actor_of(request),
                    expected_version=form.cleaned_data["version"],
                    **({"comment": form.cleaned_data["comment"]} if asks else {}),
                )
            except DeskError as refusal:
                if not asks:
                    messages.error(request, str(refusal))
                    return Redirect(_page_of(claim))
                form.add_error(None, str(refusal))
                claim.refresh_from_db()
                form.data = data = as_posted(form.data)
                data["version"] = str(claim.version)
                status = 409
            else:
                messages.success(request, move.done)
                return Redirect(_page_of(claim))
        context = {
            **self.admin_site.each_context(request),
            "title": move.label,
            "opts": self.opts,
            "original": claim,
            "move": move,
            "form": form,
            "log": told(claim.decisions.select_related("actor")[:1]),
        }
        return TemplateResponse(request, "claims/desk/move.html", context, status=status)

    def draft_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Begin the verdict, or open the one in work."""
        claim = self._claim(request, pk)
        if request.method != "POST":
            return Redirect(_page_of(claim))
        try:
            draft = drafts.start_draft(claim, actor=actor_of(request))
        except DeskError as refusal:
            messages.error(request, str(refusal))
            return Redirect(_page_of(claim))
        return Redirect(reverse("admin:claims_verdict_change", args=[draft.pk]))

    def _claim(self, request: HttpRequest, pk: int) -> Claim:
        claim: Claim | None = self.get_object(request, str(pk))  # type: ignore[attr-defined]
        if claim is None:
            raise Http404("There is no such claim.")
        if not self.has_view_or_change_permission(request, claim):  # type: ignore[attr-defined]
            raise PermissionDenied
        return claim


def _parts(claim: Claim, request: HttpRequest) -> dict[str, Any]:
    user: Any = request.user
    decisions = Decision.objects.filter(Q(claim=claim) | Q(verdict__claim=claim))
    verdicts = list(claim.verdicts.select_related("rating", "author", "approver"))
    appearances = (
        claim.appearances.select_related(
            "quote__speaker", "quote__article_version__article__source"
        )
        .defer("quote__article_version__text")
        .order_by("quote__article_version__article__published_at", "pk")
    )
    return {
        "claim": claim,
        "stages": ClaimStage.choices,
        "open_moves": open_moves(claim, user),
        "may_draft": may_draft(claim, user),
        "may_add_evidence": user.has_perm("claims.add_evidence"),
        "may_add_link": user.has_perm("claims.add_claimlink"),
        "appearances": appearances,
        "evidence": visible(claim.evidence.select_related("added_by"), user),
        "draft": next((v for v in verdicts if v.status == VerdictStatus.DRAFT), None),
        "answers": [v for v in verdicts if v.status != VerdictStatus.DRAFT],
        "links": _links(claim, user),
        "decisions": told(decisions.select_related("actor")),
    }


def _links(claim: Claim, user: Any) -> list[tuple[ClaimLink, str, Claim]]:
    """Each link with its wording as seen from ``claim``, and the claim at its other end."""
    rows = visible(ClaimLink.objects.all(), user).select_related(
        "from_claim", "to_claim", "confirmed_by"
    )
    out = [(r, r.get_relation_display(), r.to_claim) for r in rows.filter(from_claim=claim)]
    into = [
        (r, f"{r.get_relation_display()} (from the other side)", r.from_claim)
        for r in rows.filter(to_claim=claim)
    ]
    return out + into


def _page_of(claim: Claim) -> str:
    return reverse("admin:claims_claim_change", args=[claim.pk])
