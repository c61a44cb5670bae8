"""Pages around the list of feeds: add one, test one, take in and hand out lists."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http import HttpResponseRedirect as Redirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_POST
from unfold.widgets import UnfoldAdminFileFieldWidget, UnfoldAdminTextInputWidget

from claims import tasks
from claims.admin.base import actor_of
from claims.choices import FeedState
from claims.ingest import IngestError
from claims.models import Feed
from claims.services import feeds as feed_service
from claims.services.errors import DeskError

SHOWN_ENTRIES = 50

# Name, label, service, what is said, from which states; in the order of the buttons.
MOVES: dict[str, tuple[str, Callable[..., Feed], str, frozenset[str]]] = {
    "poll": (
        "Poll now",
        feed_service.poll_now,
        "The feed is polled as soon as a worker is free.",
        frozenset({FeedState.ACTIVE}),
    ),
    "resume": (
        "Resume",
        feed_service.resume,
        "The feed is polled again.",
        frozenset({FeedState.PAUSED, FeedState.FAILING, FeedState.GONE}),
    ),
    "pause": (
        "Pause",
        feed_service.pause,
        "The feed is not polled until somebody resumes it.",
        frozenset({FeedState.ACTIVE, FeedState.FAILING}),
    ),
}
RINGING = frozenset({"poll", "resume"})


class AddressForm(forms.Form):
    """The address of a feed, or of a page that names one."""

    address = forms.CharField(
        label="Address",
        max_length=2000,
        widget=UnfoldAdminTextInputWidget(attrs={"placeholder": "https://example.org/"}),
        help_text="Of the feed (RSS, Atom, JSON Feed, news sitemap), or of a page that names it.",
    )

    def clean_address(self) -> str:
        """With https:// where nothing was said."""
        address: str = self.cleaned_data["address"].strip()
        return address if "://" in address else f"https://{address}"


class AddFeedForm(AddressForm):
    """A feed to be added."""

    outlet = forms.CharField(
        label="Outlet",
        required=False,
        max_length=200,
        widget=UnfoldAdminTextInputWidget,
        help_text="Left empty: the outlet known for the site, or one named as the feed names it.",
    )


class ListForm(forms.Form):
    """A list of feeds to be taken in."""

    file = forms.FileField(
        label="OPML file",
        widget=UnfoldAdminFileFieldWidget(attrs={"accept": ".opml,.xml"}),
        help_text="As feed readers export it. Feeds that are known already are left alone.",
    )

    def clean_file(self) -> bytes:
        """The content, unless it is larger than a list may be."""
        file = self.cleaned_data["file"]
        if file.size > settings.FEED_MAX_BYTES:
            raise forms.ValidationError(
                f"The file is larger than {settings.FEED_MAX_BYTES:,} bytes."
            )
        content: bytes = file.read()
        return content


class FeedPagesMixin:
    """Feeds are added by reading them once: a page of its own, outside of any transaction."""

    admin_site: Any
    opts: Any

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("test/", view(self.test_view), name="claims_feed_test"),
            path("import/", view(self.import_view), name="claims_feed_import"),
            path("export/", view(self.export_view), name="claims_feed_export"),
            path("<int:pk>/move/<slug:name>/", view(self.move_view), name="claims_feed_move"),
            *super().get_urls(),  # type: ignore[misc]
        ]

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Add the feed at an address, or the one that the page there names."""
        if not self.has_add_permission(request):  # type: ignore[attr-defined]
            raise PermissionDenied
        form = AddFeedForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            try:
                added = feed_service.add_feed(
                    form.cleaned_data["address"],
                    actor=actor_of(request),
                    source_name=form.cleaned_data["outlet"],
                    seconds=settings.FEED_TEST_SECONDS,
                )
            except (IngestError, DeskError) as refusal:
                form.add_error("address", str(refusal))
            else:
                return self._added(request, added)
        return self._page(request, "feed_add", title="Add a feed", form=form)

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        shown: dict[str, Any] = {}
        if self.has_poll_permission(request):  # type: ignore[attr-defined]
            feed = Feed.objects.filter(pk=object_id if object_id.isdecimal() else -1).first()
            shown["feed_moves"] = [
                (name, label)
                for name, (label, _, _, since) in MOVES.items()
                if feed is not None and feed.state in since
            ]
            shown["feed"] = feed
        response: HttpResponse = super().change_view(  # type: ignore[misc]
            request, object_id, form_url, {**shown, **(extra_context or {})}
        )
        return response

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        shown = {
            "may_poll": self.has_poll_permission(request),  # type: ignore[attr-defined]
            "may_add": self.has_add_permission(request),  # type: ignore[attr-defined]
        }
        response: HttpResponse = super().changelist_view(  # type: ignore[misc]
            request, {**shown, **(extra_context or {})}
        )
        return response

    @method_decorator(require_POST)
    def move_view(self, request: HttpRequest, pk: int, name: str) -> HttpResponse:
        """Poll, pause or resume one feed."""
        if name not in MOVES:
            raise Http404("There is no such move.")
        if not self.has_poll_permission(request):  # type: ignore[attr-defined]
            raise PermissionDenied
        _, service, done, _ = MOVES[name]
        feed = get_object_or_404(Feed, pk=pk)
        try:
            service(feed, actor=actor_of(request))
        except DeskError as refusal:
            messages.error(request, str(refusal))
        else:
            if name in RINGING:
                tasks.ring_feeds([feed.pk])
            messages.success(request, done)
        return Redirect(reverse("admin:claims_feed_change", args=[feed.pk]))

    def test_view(self, request: HttpRequest) -> HttpResponse:
        """Show what would come in from an address; store nothing."""
        if not self.has_poll_permission(request):  # type: ignore[attr-defined]
            raise PermissionDenied
        form, seen = AddressForm(request.POST or None), None
        if request.method == "POST" and form.is_valid():
            try:
                seen = feed_service.preview(
                    form.cleaned_data["address"],
                    actor=actor_of(request),
                    seconds=settings.FEED_TEST_SECONDS,
                )
            except IngestError as refusal:
                form.add_error("address", str(refusal))
        return self._page(
            request,
            "feed_test",
            title="Test a feed",
            form=form,
            seen=seen,
            shown=seen.entries[:SHOWN_ENTRIES] if seen else (),
            known_feed=Feed.objects.filter(url=seen.url).first() if seen else None,
            may_add=self.has_add_permission(request),  # type: ignore[attr-defined]
        )

    def import_view(self, request: HttpRequest) -> HttpResponse:
        """Add the feeds of an OPML file."""
        if not self.has_add_permission(request):  # type: ignore[attr-defined]
            raise PermissionDenied
        form = ListForm(request.POST or None, request.FILES or None)
        if request.method == "POST" and form.is_valid():
            try:
                done = feed_service.import_opml(form.cleaned_data["file"], actor=actor_of(request))
            except IngestError as refusal:
                form.add_error("file", str(refusal))
            else:
                told = f"{done.added} feeds added, {done.known} known already."
                if done.skipped:
                    told += f" {done.skipped} have no address that can be read."
                messages.success(request, told)
                return Redirect(reverse("admin:claims_feed_changelist"))
        return self._page(request, "feed_import", title="Import feeds", form=form)

    def export_view(self, request: HttpRequest) -> HttpResponse:
        """All feeds as an OPML file."""
        if not self.has_view_permission(request):  # type: ignore[attr-defined]
            raise PermissionDenied
        response = HttpResponse(feed_service.export_opml(), content_type="text/x-opml")
        response["Content-Disposition"] = 'attachment; filename="feeds.opml"'
        return response

    def _added(self, request: HttpRequest, added: feed_service.Added) -> HttpResponse:
        feed = added.feed
        if added.created:
            tasks.ring_feeds([feed.pk])
            messages.success(request, f"“{feed}” is polled from now on.")
        else:
            messages.info(request, "This feed was on the record already.")
        for other in added.others[:5]:
            messages.info(request, f"The page also names: {other.url} {other.title}")
        return Redirect(reverse("admin:claims_feed_change", args=[feed.pk]))

    def _page(self, request: HttpRequest, template: str, **shown: Any) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "is_popup": False,
            "media": self.media + shown["form"].media,  # type: ignore[attr-defined]
            **shown,
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, f"claims/desk/{template}.html", context)
