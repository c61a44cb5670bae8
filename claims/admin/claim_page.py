"""A claim with all that hangs on it, and the moves open to whoever looks."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http import HttpResponseRedirect as Redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from unfold.widgets import UnfoldAdminTextareaWidget

from claims import tasks
from claims.admin.act_forms import ACTS, ActForm
from claims.admin.base import actor_of
from claims.admin.claim_parts import parts_of
from claims.admin.locking import as_posted
from claims.admin.log import told
from claims.admin.moves import BY_NAME, Move, Situation, done_by, worded
from claims.models import Claim
from claims.selectors import is_visible
from claims.services import claim_rules, drafts, replies
from claims.services.errors import DeskError


class MoveForm(forms.Form):
    """A move with its comment, made on the versions that were on the screen."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    verdict_version = forms.IntegerField(widget=forms.HiddenInput)
    comment = forms.CharField(widget=UnfoldAdminTextareaWidget(attrs={"rows": 3}))

    def __init__(self, data: Any, *, claim: Claim, move: Move) -> None:
        draft = claim_rules.draft_of(claim) if move.of_draft else None
        super().__init__(
            data,
            initial={"version": claim.version, "verdict_version": draft.version if draft else None},
        )
        if not move.asks:
            del self.fields["comment"]
        else:
            self.fields["comment"].required = not move.may_be_silent
        if not move.of_draft:
            del self.fields["verdict_version"]

    def arguments(self) -> dict[str, Any]:
        """What the service behind the move is called with."""
        given = dict(self.cleaned_data)
        return {"expected_version": given.pop("version"), **given}


class ClaimPageMixin:
    """The change form of a claim stays; around it stands what belongs to the claim."""

    admin_site: Any
    opts: Any
    change_form_outer_before_template = "claims/desk/claim_page.html"
    change_form_outer_after_template = "claims/desk/claim_log.html"

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("<int:pk>/move/<slug:name>/", view(self.move_view), name="claims_claim_move"),
            path("<int:pk>/draft/", view(self.begin_draft_view), name="claims_claim_draft"),
            path("<int:pk>/act/<slug:name>/", view(self.act_view), name="claims_claim_act"),
            path(
                "<int:pk>/act/<slug:name>/<int:row>/",
                view(self.act_view),
                name="claims_claim_act_on",
            ),
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
        parts = parts_of(claim, request.user) if claim is not None else {}
        response: HttpResponse = super().change_view(  # type: ignore[misc]
            request, object_id, form_url, {**parts, **(extra_context or {})}
        )
        return response

    def move_view(self, request: HttpRequest, pk: int, name: str) -> HttpResponse:
        """Make a move; one that asks for a comment has a page of its own."""
        claim = self._claim(request, pk)
        move = BY_NAME.get(name)
        if move is None:
            raise Http404("There is no such move.")
        if request.method != "POST" and not move.asks:
            return Redirect(_page_of(claim))
        form = MoveForm(request.POST or None, claim=claim, move=move)
        status = 200
        if request.method == "POST" and form.is_valid():
            try:
                result = move.service(claim, actor=actor_of(request), **form.arguments())
            except DeskError as refusal:
                if not move.asks:
                    messages.error(request, str(refusal))
                    return Redirect(_page_of(claim))
                status = 409
                form.add_error(None, str(refusal))
                claim.refresh_from_db()
                self._go_on_from(form, claim, move)
            else:
                tasks.ring_mails()
                messages.success(request, done_by(move, claim, result))
                return Redirect(_page_of(claim))
        user: Any = request.user
        move = worded(move, Situation.of(claim, user))
        context = {
            **self.admin_site.each_context(request),
            "title": move.label,
            "opts": self.opts,
            "original": claim,
            "move": move,
            "form": form,
            "draft": claim_rules.draft_of(claim) if move.of_draft else None,
            "warnings": replies.warnings(claim) if move.name == "approve" else [],
            "log": told(claim.decisions.select_related("actor")[:1]),
        }
        return TemplateResponse(request, "claims/desk/move.html", context, status=status)

    def _go_on_from(self, form: MoveForm, claim: Claim, move: Move) -> None:
        """Let a refused form be sent again, on what is on the screen now."""
        form.data = data = as_posted(form.data)
        fresh = MoveForm(None, claim=claim, move=move)
        for name in ("version", "verdict_version"):
            if fresh.initial[name] is not None:
                data[name] = str(fresh.initial[name])

    def begin_draft_view(self, request: HttpRequest, pk: int) -> HttpResponse:
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

    def act_view(
        self, request: HttpRequest, pk: int, name: str, row: int | None = None
    ) -> HttpResponse:
        """Do something to a part of the claim; what cannot be done is shown with its form."""
        claim = self._claim(request, pk)
        form_class = ACTS.get(name)
        if form_class is None:
            raise Http404("There is no such thing to do.")
        if not request.user.has_perm(form_class.permission):
            raise PermissionDenied
        rows = form_class.rows(claim, request.user)
        target = rows.filter(pk=row).first() if rows is not None and row is not None else None
        if (rows is None) != (row is None) or (row is not None and target is None):
            raise Http404("There is no such part of the claim.")
        form = form_class(request.POST or None, claim=claim, row=target, viewer=request.user)
        status = 200
        if request.method == "POST":
            status = 400
            # A form of nothing but a button is bound by being posted.
            form.is_bound = True
            if form.is_valid():
                try:
                    said = form.act(actor_of(request))
                except DeskError as refusal:
                    status = 409
                    form.add_error(None, str(refusal))
                else:
                    tasks.ring_mails()
                    messages.success(request, said)
                    # Whoever handed an embargoed claim on may know of it no more.
                    if not is_visible(claim, request.user):
                        return Redirect(reverse("admin:claims_claim_changelist"))
                    return Redirect(f"{_page_of(claim)}#{form.anchor}")
        return self._act_page(request, claim, form, status)

    def _act_page(
        self, request: HttpRequest, claim: Claim, form: ActForm, status: int
    ) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": form.title,
            "opts": self.opts,
            "original": claim,
            "form": form,
            "media": form.media,
        }
        return TemplateResponse(request, "claims/desk/claim_act.html", context, status=status)

    def _claim(self, request: HttpRequest, pk: int) -> Claim:
        claim: Claim | None = self.get_object(request, str(pk))  # type: ignore[attr-defined]
        if claim is None:
            raise Http404("There is no such claim.")
        if not self.has_view_or_change_permission(request, claim):  # type: ignore[attr-defined]
            raise PermissionDenied
        return claim


def _page_of(claim: Claim) -> str:
    return reverse("admin:claims_claim_change", args=[claim.pk])
