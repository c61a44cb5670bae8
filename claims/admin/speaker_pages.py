"""A speaker's page with all that it said, and the pages that merge, undo and split."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http import HttpResponseRedirect as Redirect
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_POST

from claims.admin.base import actor_of, desk_page
from claims.admin.speaker_forms import MergeForm, SplitForm
from claims.models import Speaker, SpeakerAlias, SpeakerMerge
from claims.selectors import quotes_of_speaker, record_of
from claims.services import speaker_merging
from claims.services.errors import DeskError
from claims.services.speaker_splitting import quotes_under, split_off

MOST_DIGITS = 19
"""Of a key that the database can hold at all."""


class SpeakerPagesMixin:
    """The change form of a speaker stays; around it stands what the speaker said."""

    admin_site: Any
    opts: Any
    change_form_outer_before_template = "claims/desk/speaker_record.html"
    change_form_outer_after_template = "claims/desk/speaker_merges.html"

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("<int:pk>/merge/", view(self.merge_view), name="claims_speaker_merge"),
            path("merge/<int:pk>/undo/", view(self.undo_view), name="claims_speaker_undo"),
            path("alias/<int:pk>/split/", view(self.split_view), name="claims_speaker_split"),
            *super().get_urls(),  # type: ignore[misc]
        ]

    def has_merge_permission(self, request: HttpRequest) -> bool:
        """Whether the person may merge, undo and split."""
        return request.user.has_perm(speaker_merging.MERGE)

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        speaker: Speaker | None = self.get_object(request, unquote(object_id))  # type: ignore[attr-defined]
        if speaker is not None and speaker.merged_into_id is not None:
            messages.info(request, f"{speaker} was merged into the speaker shown here.")
            return Redirect(page_of(speaker.merged_into_id))
        shown = self._record(request, speaker) if speaker is not None else {}
        response: HttpResponse = super().change_view(  # type: ignore[misc]
            request, object_id, form_url, {**shown, **(extra_context or {})}
        )
        return response

    def merge_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Choose the other speaker, look at what would move, and merge."""
        speaker = self._speaker(request, pk)
        posted = request.method == "POST"
        data = request.POST if posted else request.GET
        form = MergeForm(data if "other" in data else None, speaker=speaker)
        seen, status = None, 200
        if form.is_bound and form.is_valid():
            kept, absorbed = form.pair(speaker)
            if posted:
                try:
                    done = speaker_merging.merge(
                        kept=kept,
                        absorbed=absorbed,
                        actor=actor_of(request),
                        expected_versions=(
                            as_number(data.get("kept", "")),
                            as_number(data.get("absorbed", "")),
                        ),
                    )
                except DeskError as refusal:
                    form.add_error(None, str(refusal))
                    status = 409
                else:
                    messages.success(
                        request, f"{done.absorbed} was merged into {done.kept}. It can be undone."
                    )
                    return Redirect(page_of(kept.pk))
            seen = speaker_merging.preview(kept, absorbed)
        return desk_page(
            self,
            request,
            "speaker_merge",
            status=status,
            title=f"Merge {speaker}",
            speaker=speaker,
            form=form,
            seen=seen,
        )

    @method_decorator(require_POST)
    def undo_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Take a merge back, and say what did not come back."""
        if not self.has_merge_permission(request):
            raise PermissionDenied
        merge = get_object_or_404(SpeakerMerge.objects.select_related("kept", "absorbed"), pk=pk)
        try:
            undone = speaker_merging.undo(merge, actor=actor_of(request))
        except DeskError as refusal:
            messages.error(request, str(refusal))
            return Redirect(page_of(merge.kept_id))
        back = ", ".join(
            speaker_merging.counted(count, noun) for noun, count in undone.returned.items() if count
        )
        messages.success(
            request, f"{merge.absorbed} is a speaker again. Back: {back or 'nothing to give back'}."
        )
        for sentence in undone.changed_since:
            messages.warning(request, f"{sentence[:1].upper()}{sentence[1:]}.")
        return Redirect(page_of(merge.absorbed_id))

    def split_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Give a name of a speaker, with the quotes that are picked, a speaker of its own."""
        if not self.has_merge_permission(request):
            raise PermissionDenied
        alias = get_object_or_404(SpeakerAlias.objects.select_related("speaker"), pk=pk)
        named, listed = _quotes_to_pick(alias)
        more = named.count() > sum(quote.is_named for quote in listed)
        form = SplitForm(request.POST or None, alias=alias, more=more)
        if request.method == "POST" and form.is_valid():
            try:
                made = split_off(
                    alias,
                    actor=actor_of(request),
                    quotes=posted_keys(request, "quote"),
                    and_all_named_but=posted_keys(request, "shown")
                    if form.cleaned_data.get("rest")
                    else None,
                    name=form.cleaned_data["name"],
                    description=form.cleaned_data["description"],
                )
            except DeskError as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, f"{made} was split off {alias.speaker}.")
                return Redirect(page_of(made.pk))
        picked = posted_keys(request, "quote") if request.method == "POST" else None
        return desk_page(
            self,
            request,
            "speaker_split",
            title=f"Split off {alias}",
            alias=alias,
            form=form,
            quotes=[
                (quote, quote.is_named if picked is None else quote.pk in picked)
                for quote in listed
            ],
        )

    def _record(self, request: HttpRequest, speaker: Speaker) -> dict[str, Any]:
        shown = settings.SPEAKER_PAGE_ROWS
        quotes = list(quotes_of_speaker(speaker)[: shown + 1])
        return {
            "speaker": speaker,
            "may_merge": self.has_merge_permission(request),
            "record": record_of(speaker, request.user, shown=shown),
            "quotes": quotes[:shown],
            "more_quotes": len(quotes) > shown,
            "names": list(speaker.aliases.all()),
            "roles": list(speaker.affiliations.all()),
            "merges": speaker_merging.open_merges(speaker),
        }

    def _speaker(self, request: HttpRequest, pk: int) -> Speaker:
        if not self.has_merge_permission(request):
            raise PermissionDenied
        return get_object_or_404(Speaker, pk=pk)


def page_of(speaker: int) -> str:
    """The address of a speaker's page, by its key."""
    return reverse("admin:claims_speaker_change", args=[speaker])


def _quotes_to_pick(alias: SpeakerAlias) -> tuple[Any, list[Any]]:
    """All quotes under the alias, and those to be shown: these first, then the speaker's others."""
    named = quotes_under(alias)
    rows = quotes_of_speaker(alias.speaker)
    half = settings.SPEAKER_SPLIT_QUOTES // 2
    first: list[Any] = list(rows.filter(pk__in=named)[:half])
    others: list[Any] = list(rows.exclude(pk__in=named)[: settings.SPEAKER_SPLIT_QUOTES - half])
    for quote in (*first, *others):
        quote.is_named = quote in first
    return named, [*first, *others]


def posted_keys(request: HttpRequest, name: str) -> set[int]:
    """The primary keys that were posted under ``name``; what is none is left out."""
    return {number for number in map(as_number, request.POST.getlist(name)) if number}


def as_number(text: str) -> int:
    """A posted primary key or version; 0 for what is none."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < MOST_DIGITS else 0
