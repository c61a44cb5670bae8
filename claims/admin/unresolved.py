"""Names that nobody has tied to a speaker: a list of them, and a page to settle one."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Max
from django.http import Http404, HttpRequest, HttpResponse
from django.http import HttpResponseRedirect as Redirect
from django.urls import URLPattern, path, reverse

from claims.admin.base import actor_of, desk_page
from claims.admin.speaker_forms import EXISTING, NEW, SettleForm
from claims.admin.speaker_pages import posted_keys
from claims.models import Speaker
from claims.models.speaker import NAME_LENGTH
from claims.services import unresolved
from claims.services.errors import DeskError
from claims.services.quotes import REVIEW
from claims.services.speaker_merging import counted

SEEN = "claims.view_quote"


class UnresolvedPagesMixin:
    """Two pages beneath the list of speakers."""

    admin_site: Any
    opts: Any

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("unresolved/", view(self.unresolved_view), name="claims_unresolved"),
            path("unresolved/settle/", view(self.settle_view), name="claims_unresolved_settle"),
            *super().get_urls(),  # type: ignore[misc]
        ]

    def unresolved_view(self, request: HttpRequest) -> HttpResponse:
        """The names with the most open quotes."""
        if not request.user.has_perm(SEEN):
            raise PermissionDenied
        beginning = _name(request.GET.get("q", ""))
        return desk_page(
            self,
            request,
            "unresolved",
            title="Names without a speaker",
            beginning=beginning,
            mentions=unresolved.mentions(beginning=beginning),
            gathered=settings.UNRESOLVED_GATHERED,
        )

    def settle_view(self, request: HttpRequest) -> HttpResponse:
        """One name with its quotes, and who it is; the answer counts for all of them at once."""
        if not request.user.has_perm(SEEN):
            raise PermissionDenied
        name = _name(request.GET.get("name", ""))
        may_settle = request.user.has_perm(REVIEW)
        if request.method == "POST" and not may_settle:
            raise PermissionDenied
        found = unresolved.quotes_of(name)
        newest = found.order_by().aggregate(newest=Max("pk"))["newest"]
        if request.method != "POST" and newest is None:
            raise Http404("No quote is open under this name.")
        listed = list(
            found.select_related("article_version__article__source").defer("article_version__text")[
                : settings.SPEAKER_SPLIT_QUOTES
            ]
        )
        form = SettleForm(
            request.POST if request.method == "POST" else None,
            suggested=_suggested(listed, name),
            initial={"up_to": newest, "full_name": name},
        )
        status = 200
        if request.method == "POST" and form.is_valid():
            try:
                messages.success(request, self._settle(request, name, form))
            except DeskError as refusal:
                form.add_error(None, str(refusal))
                status = 409
            else:
                return Redirect(reverse("admin:claims_unresolved"))
        left_out = posted_keys(request, "shown") - posted_keys(request, "quote")
        return desk_page(
            self,
            request,
            "unresolved_name",
            status=status,
            title=name,
            name=name,
            form=form,
            may_settle=may_settle,
            quotes=[(quote, quote.pk not in left_out) for quote in listed],
            total=found.count(),
        )

    def _settle(self, request: HttpRequest, name: str, form: SettleForm) -> str:
        given = form.cleaned_data
        common: dict[str, Any] = {
            "actor": actor_of(request),
            "up_to": given["up_to"],
            "but": posted_keys(request, "shown") - posted_keys(request, "quote"),
        }
        if given["answer"] == NEW:
            made, count = unresolved.settle_as_new(
                name,
                full_name=given["full_name"],
                kind=given["kind"],
                description=given["description"],
                remember=given["remember"],
                **common,
            )
            return f"{made} is on the record now, with {counted(count, 'quote')}."
        speaker = given["speaker"] if given["answer"] == EXISTING else None
        count = unresolved.settle(
            name, speaker=speaker, remember=given["remember"] and speaker is not None, **common
        )
        if speaker is None:
            return (
                f"Left open: {counted(count, 'quote')} of “{name}”. They are not asked about again."
            )
        return f"Settled: {counted(count, 'quote')} of “{name}” said by {speaker}."


def _name(text: str) -> str:
    """What may stand in a name column: no NUL, no more than it holds."""
    return text.replace("\x00", "").strip()[:NAME_LENGTH]


def _suggested(quotes: list[Any], name: str) -> list[Speaker]:
    """The speakers known by ``name``, and those that the extractor named when in doubt."""
    most = settings.SPEAKER_SUGGESTIONS_MAX
    others = {other for quote in quotes for other in quote.candidate_names} - {name}
    found = Speaker.objects.named(name)
    for other in sorted(others)[:most]:
        found |= Speaker.objects.named(other)
    return list(found.order_by("name", "pk")[:most])
