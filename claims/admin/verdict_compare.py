"""Two versions of the desk's answer to a claim, side by side, with what differs."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.safestring import SafeString

from claims.admin.diffing import word_diff
from claims.models import Claim, Verdict
from claims.selectors import visible


@dataclass(frozen=True, slots=True)
class Field:
    """One field of the two versions."""

    label: str
    old: str
    new: str
    diff: SafeString

    @property
    def differs(self) -> bool:
        return self.old != self.new


class VerdictCompareMixin:
    """For the admin of claims: ``<pk>/verdicts/?old=1&new=2``, by the versions' numbers."""

    admin_site: Any
    opts: Any

    def get_urls(self) -> list[URLPattern]:
        page = path(
            "<int:pk>/verdicts/",
            self.admin_site.admin_view(self.verdicts_view),
            name="claims_claim_verdicts",
        )
        return [page, *super().get_urls()]  # type: ignore[misc]

    def verdicts_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The two versions named, or the newest and the one before it."""
        if not request.user.has_perm("claims.view_verdict"):
            raise PermissionDenied
        claim: Claim | None = self.get_object(request, str(pk))  # type: ignore[attr-defined]
        if claim is None:
            raise Http404("There is no such claim.")
        rows = visible(claim.verdicts.all(), request.user)
        versions = {
            verdict.number: verdict
            for verdict in rows.select_related("rating", "author", "approver").order_by("number")
        }
        numbers = list(versions)
        old = _chosen(request.GET.get("old"), numbers, numbers[-2:][:1])
        new = _chosen(request.GET.get("new"), numbers, numbers[-1:])
        if old is None or new is None:
            raise Http404("There is no such version.")
        context = {
            **self.admin_site.each_context(request),
            "title": f"Version {old} and version {new}",
            "opts": self.opts,
            "original": claim,
            "versions": list(versions.values()),
            "old": versions[old],
            "new": versions[new],
            "fields": _fields(versions[old], versions[new]),
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, "claims/desk/verdicts.html", context)


def _chosen(given: str | None, numbers: list[int], usual: list[int]) -> int | None:
    if given is None:
        return usual[0] if usual else None
    return int(given) if given.isdecimal() and int(given) in numbers else None


def _fields(old: Verdict, new: Verdict) -> list[Field]:
    """What differs first is what readers see first."""
    return [
        Field(label, before, behind, word_diff(before, behind))
        for label, before, behind in (
            ("Rating", _rating(old), _rating(new)),
            ("Summary", old.summary, new.summary),
            ("Explanation", old.explanation, new.explanation),
            ("Facts checked up to", _day(old), _day(new)),
            ("Public note on the correction", old.correction_note, new.correction_note),
        )
        if before or behind
    ]


def _rating(verdict: Verdict) -> str:
    return verdict.rating.label if verdict.rating else ""


def _day(verdict: Verdict) -> str:
    return f"{verdict.valid_as_of:%d %B %Y}" if verdict.valid_as_of else ""
