"""Search over the record, and the claims that a text may repeat."""

import datetime as dt
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api.base import ApiView
from claims.api.errors import parameter_errors
from claims.api.fields import Key, StrictChar, StrictDate
from claims.api.pagination import number_in
from claims.api.schema import described
from claims.api.serializers.base import Input
from claims.api.serializers.claims import VerdictInBrief
from claims.api.serializers.formats import ExternalReviewSerializer
from claims.choices import Scope
from claims.models import Speaker
from claims.selectors import latest_verdicts, visible_claims
from claims.selectors.search import FACETS, KINDS, Found, Hit, search
from claims.services.external_reviews import reviews_like
from claims.services.matching import match, too_short

YEARS = range(1000, 9000)
"""In which something can have been said."""

MOST_HITS = 100
LAST_YEAR = 9998
"""Its end is a moment too."""
LAST_KEY = 2**63 - 1


def whole(most: int) -> dict[str, Any]:
    """The schema of a number from 1 on."""
    return {"type": "integer", "minimum": 1, "maximum": most}


KEY = whole(LAST_KEY)
WORDS = {"type": "string", "minLength": 1, "maxLength": settings.SEARCH_MAX_CHARACTERS}

BRIEF: dict[str, tuple[str, ...]] = {
    "claims": ("stage",),
    "quotes": ("status", "kind", "speaker_id"),
    "articles": ("published_at", "source_id"),
    "speakers": ("kind", "description", "merged_into_id"),
}
"""What a hit shows beside its text; the row itself is at its ``href``."""


class FacetValue(serializers.Serializer[Any]):
    value = serializers.JSONField(help_text="What to narrow the search down by.")
    label = serializers.CharField()
    count = serializers.IntegerField()


class HitShape(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    href = serializers.CharField()
    text = serializers.CharField()
    highlights = serializers.ListField(
        child=serializers.ListField(child=serializers.IntegerField()),
        help_text="Half-open ranges of the text, in Unicode code points.",
    )


class GroupShape(serializers.Serializer[Any]):
    kind = serializers.ChoiceField(choices=list(KINDS))
    results = HitShape(many=True)
    next = serializers.CharField(allow_null=True, help_text="Where the older ones are.")
    facets = serializers.DictField(child=FacetValue(many=True))
    counted = serializers.IntegerField(
        allow_null=True, help_text="Matches that the facets are counted over."
    )
    complete = serializers.BooleanField(allow_null=True, help_text="Whether these are all.")


class SearchShape(serializers.Serializer[Any]):
    q = serializers.CharField()
    groups = GroupShape(many=True)


class SearchView(ApiView):
    """Search."""

    parameters = {
        "get": ("q", "kind", "limit", "before", "facets", *FACETS),
    }

    @extend_schema(
        summary="Search claims, quotes, articles and speakers",
        description="Words as one types them into a search box: “quoted phrases”, or, -without. "
        "Of articles the titles are searched. Newest first.",
        parameters=[
            OpenApiParameter("q", WORDS, required=True),
            OpenApiParameter("kind", str, description=f"Some of {', '.join(KINDS)}; else all."),
            OpenApiParameter("limit", whole(MOST_HITS), description="Of each kind; else 10."),
            OpenApiParameter("before", KEY, description="Of one kind: older than this row."),
            OpenApiParameter("facets", str, description=f"Some of {', '.join(FACETS)}."),
            OpenApiParameter("rating", KEY, description="Claims with this public rating."),
            OpenApiParameter("speaker", KEY),
            OpenApiParameter("outlet", KEY, description="The key of a source."),
            OpenApiParameter("topic", str, description="Claims filed under this slug."),
            OpenApiParameter("year", whole(LAST_YEAR)),
        ],
        responses=SearchShape,
    )
    def get(self, request: Request) -> Response:
        """Each kind as a group. A filter that a kind does not have leaves that kind out."""
        asked = request.query_params
        text = asked.get("q", "").strip()
        if not text or len(text) > settings.SEARCH_MAX_CHARACTERS:
            wanted = f"1 to {settings.SEARCH_MAX_CHARACTERS} characters."
            raise parameter_errors({"q": [wanted]})
        kinds = self._some("kind", KINDS) or list(KINDS)
        narrowed = self._narrowed(asked)
        kinds = [each for each in kinds if set(narrowed) <= {*KINDS[each].facets, "year"}]
        before = self._number("before")
        if before is not None and len(kinds) != 1:
            raise parameter_errors({"before": ["Only where one kind is searched."]})
        limit = self._number("limit", most=MOST_HITS) or 10
        facets = self._some("facets", FACETS)
        groups = []
        for name in kinds:
            found = search(
                KINDS[name],
                text,
                viewer=request.user,
                narrowed=narrowed,
                facets=facets,
                before=before,
                limit=limit,
            )
            groups.append(self._group(name, found))
        return Response({"q": text, "groups": groups})

    def permissions_of(self, method: str | None) -> list[str]:
        """The right to see what is searched."""
        return [f"claims.view_{KINDS[name].model._meta.model_name}" for name in KINDS]

    def _group(self, name: str, found: Found) -> dict[str, Any]:
        following = None
        if found.more:
            given = {**self.request.query_params.dict(), "kind": name}
            given["before"] = str(found.hits[-1].row.pk)
            following = f"{self.request.path}?{urlencode(given)}"
        return {
            "kind": name,
            "results": [_shown(name, hit) for hit in found.hits],
            "next": following,
            "facets": {
                facet: [{"value": v, "label": label, "count": n} for v, label, n in values]
                for facet, values in found.facets.items()
            },
            "counted": found.counted,
            "complete": found.complete,
        }

    def _narrowed(self, asked: Mapping[str, str]) -> dict[str, Any]:
        narrowed: dict[str, Any] = {
            name: number
            for name in ("rating", "speaker", "outlet")
            if (number := self._number(name)) is not None
        }
        if "topic" in asked:
            narrowed["topic"] = asked["topic"]
        if (year := self._number("year", most=LAST_YEAR)) is not None:
            narrowed["year"] = year
        return narrowed

    def _number(self, name: str, most: int = LAST_KEY) -> int | None:
        return number_in(self.request, name, most=most)

    def _some(self, name: str, known: Any) -> list[str]:
        names = [each for each in self.request.query_params.get(name, "").split(",") if each]
        if not set(names) <= set(known):
            raise parameter_errors({name: [f"Some of {', '.join(known)}."]})
        return list(dict.fromkeys(names))


def _shown(kind: str, hit: Hit) -> dict[str, Any]:
    """A hit in brief; a key says whose it is without its suffix."""
    beside = {name.removesuffix("_id"): getattr(hit.row, name) for name in BRIEF[kind]}
    return {
        "id": hit.row.pk,
        "href": f"/api/v1/{kind}/{hit.row.pk}",
        "text": hit.text,
        "highlights": hit.highlights,
        **beside,
    }


# --- Matching ------------------------------------------------------------------------------


class MatchInput(Input):
    text = StrictChar(max_length=10_000, help_text="What was said.")
    speaker = Key(queryset=Speaker.objects.current(), required=False, help_text="Who said it.")
    date = StrictDate(required=False, help_text="When it was said.")

    def validate_date(self, date: dt.date) -> dt.date:
        """Days are counted from it: at the ends of the calendar there would be none."""
        if date.year not in YEARS:
            raise serializers.ValidationError(f"From {YEARS.start} to {YEARS.stop - 1}.")
        return date


class MatchedVerdict(VerdictInBrief):
    class Meta(VerdictInBrief.Meta):
        fields = [*VerdictInBrief.Meta.fields, "status"]
        read_only_fields = fields


class MatchShape(serializers.Serializer[Any]):
    claim = serializers.IntegerField()
    href = serializers.CharField()
    text = serializers.CharField()
    score = serializers.FloatField(help_text="0 to 1: how likely it is the same claim.")
    same = serializers.BooleanField(help_text="False: it counts or dates something else.")
    stance = serializers.CharField(help_text="What the text seems to do with the claim.")
    reasons = serializers.ListField(child=serializers.CharField())
    latest_verdict = MatchedVerdict(
        allow_null=True,
        help_text="The desk's last answer to that claim. It is no verdict on this text.",
    )


class ReviewShape(serializers.Serializer[Any]):
    review = ExternalReviewSerializer()
    score = serializers.FloatField()
    same = serializers.BooleanField()
    stance = serializers.CharField()
    reasons = serializers.ListField(child=serializers.CharField())


class MatchesShape(serializers.Serializer[Any]):
    matches = MatchShape(many=True)
    reviews_by_others = ReviewShape(
        many=True, help_text="What other desks published on claims that this text may repeat."
    )
    withheld = serializers.CharField(
        allow_null=True, help_text="Why nothing was compared, such as a text that is too short."
    )


class MatchView(ApiView):
    """Claims that a text may repeat."""

    scope = Scope.READ
    permissions = {
        "post": ["claims.view_claim", "claims.view_verdict", "claims.view_externalreview"],
    }

    @described(request=MatchInput, answer=MatchesShape)
    def post(self, request: Request) -> Response:
        """Say which claims of the desk a text may repeat, the likest first, with the reasons.

        Numbers are compared as quantities. A short slogan is compared only where its speaker or
        its date is named, with what was said by them or around then. Nothing is stored, and no
        verdict is implied: the latest one on each claim is shown beside it.
        """
        given = self.data_of(MatchInput)
        text: str = given["text"]
        speaker: Speaker | None = given.get("speaker")
        date: dt.date | None = given.get("date")
        if too_short(text) and speaker is None and date is None:
            withheld = "So few words fit many claims: name the speaker or the date."
            return Response({"matches": [], "reviews_by_others": [], "withheld": withheld})
        found = match(text, speaker, date, among=visible_claims(request.user), narrow=True)
        verdicts = latest_verdicts([each.claim for each in found], request.user)
        rows = [
            {
                "claim": each.claim.pk,
                "href": f"/api/v1/claims/{each.claim.pk}",
                "text": each.claim.text,
                "score": round(each.score, 4),
                "same": each.same,
                "stance": each.stance,
                "reasons": each.reasons,
                "latest_verdict": MatchedVerdict(verdicts[each.claim.pk]).data
                if each.claim.pk in verdicts
                else None,
            }
            for each in found
        ]
        # A slogan that its speaker is known for says nothing of what others reviewed.
        reviews = [] if too_short(text) else reviews_like(text, date)
        answer = {
            "matches": rows,
            "reviews_by_others": ReviewShape(reviews, many=True).data,
            "withheld": None,
        }
        return Response(answer)
