"""Claims, where they were voiced, what bears on them, and how they relate."""

from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, Prefetch, QuerySet
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from claims.api.fields import (
    Path,
    Username,
)
from claims.api.serializers.base import Expansion, Row
from claims.choices import MatchState, VerdictStatus
from claims.models import Appearance, Claim, ClaimLink, Evidence, Quote, Topic, Verdict
from claims.selectors import visible

# What PUBLIC_READ shows of a claim: what readers may see, and nothing of the work on it.
PUBLIC_FIELDS = ("id", "href", "text", "topics", "quantities", "verdict", "version", "updated_at")


class TopicSerializer(Row):
    href = Path("topics")

    class Meta:
        model = Topic
        fields = ["id", "href", "name", "slug", "version", "created_at", "updated_at"]
        read_only_fields = ["version", "created_at", "updated_at"]


class VerdictInBrief(Row):
    """The public answer, as a claim shows it."""

    href = Path("verdicts")
    rating = serializers.CharField(source="rating.label", read_only=True)

    class Meta:
        model = Verdict
        fields = ["id", "href", "number", "rating", "summary", "published_at", "valid_as_of"]
        read_only_fields = fields


@extend_schema_field(VerdictInBrief(allow_null=True))
class PublicVerdict(serializers.Field[Any, Any, Any, Any]):
    """The published verdict among those that were prefetched (`with_parts`), or null."""

    def __init__(self, **options: Any) -> None:
        super().__init__(source="public_verdicts", read_only=True, **options)
        self.shape = VerdictInBrief()

    def to_representation(self, value: Any) -> Any:
        return self.shape.to_representation(value[0]) if value else None


@extend_schema_field(
    {
        "type": "array",
        "items": {
            "type": "object",
            "required": ["value", "unit", "comparator", "of"],
            "properties": {
                "value": {
                    "description": "A number, the ends of a range, or an ISO date.",
                    "anyOf": [
                        {"type": "number"},
                        {
                            "type": "array",
                            "items": {"type": "number"},
                            "minItems": 2,
                            "maxItems": 2,
                        },
                        {"type": "string"},
                    ],
                },
                "unit": {"type": "string"},
                "comparator": {"type": "string", "enum": ["=", "~", "<", "<=", ">", ">="]},
                "of": {"type": "string", "description": "What is counted."},
            },
        },
    }
)
class Quantities(serializers.JSONField):
    """What a claim counts, read from its sentence."""

    def __init__(self, **options: Any) -> None:
        super().__init__(read_only=True, **options)


def with_parts(claims: QuerySet[Claim]) -> QuerySet[Claim]:
    """Claims with all that their representation shows, in two queries.

    Slugs and names come with the row itself: as objects they would cost more than the rest.
    """
    filed = Topic.objects.filter(claims=OuterRef("pk")).order_by("name")
    published = Verdict.objects.filter(status=VerdictStatus.PUBLISHED).select_related("rating")
    return claims.annotate(
        topic_slugs=ArraySubquery(filed.values("slug")),
        assignee_name=F("assignee__username"),
        created_by_name=F("created_by__username"),
    ).prefetch_related(Prefetch("verdicts", queryset=published, to_attr="public_verdicts"))


def _appearances(user: Any) -> list[Any]:
    from claims.api.serializers.quotes import with_place

    quotes = with_place(Quote.objects.all())
    rows = visible(Appearance.objects.order_by("pk"), user)
    return [Prefetch("appearances", rows.prefetch_related(Prefetch("quote", quotes)))]


def _verdicts(user: Any) -> list[Any]:
    rows = visible(Verdict.objects.order_by("number"), user)
    return [Prefetch("verdicts", rows.select_related("rating__scale", "author", "approver"))]


def _evidence(user: Any) -> list[Any]:
    return [Prefetch("evidence", visible(Evidence.objects.select_related("added_by"), user))]


def _links_out(user: Any) -> list[Any]:
    return [Prefetch("links_out", _links(user))]


def _links_in(user: Any) -> list[Any]:
    return [Prefetch("links_in", _links(user))]


def _links(user: Any) -> Any:
    rows = visible(ClaimLink.objects.exclude(state=MatchState.DISMISSED), user)
    return rows.select_related("confirmed_by").order_by("pk")


def _verdict_serializer() -> Any:
    from claims.api.serializers.verdicts import VerdictSerializer

    return VerdictSerializer


class ClaimSerializer(Row):
    href = Path("claims")
    topics = serializers.ListField(
        child=serializers.CharField(), source="topic_slugs", read_only=True, help_text="Slugs."
    )
    assignee = serializers.CharField(source="assignee_name", read_only=True, allow_null=True)
    created_by = serializers.CharField(source="created_by_name", read_only=True, allow_null=True)
    quantities = Quantities(help_text="Another number makes another claim.")
    verdict = PublicVerdict()
    expansions = {
        "appearances": Expansion(lambda: AppearanceInClaim, _appearances, many=True),
        "verdicts": Expansion(_verdict_serializer, _verdicts, many=True),
        "evidence": Expansion(lambda: EvidenceSerializer, _evidence, many=True),
        "links_out": Expansion(lambda: ClaimLinkSerializer, _links_out, many=True),
        "links_in": Expansion(lambda: ClaimLinkSerializer, _links_in, many=True),
    }

    class Meta:
        model = Claim
        fields = [
            "id",
            "href",
            "text",
            "topics",
            "quantities",
            "stage",
            "priority",
            "assignee",
            "embargo_until",
            "recheck_by",
            "verdict",
            "created_by",
            "version",
            "created_at",
            "updated_at",
        ]
        read_only_fields = ["quantities", "stage", "version", "created_at", "updated_at"]

    def get_fields(self) -> dict[str, Any]:
        """To the public, what readers may see."""
        found = super().get_fields()
        view = self.context.get("view")
        if view is None or not view.is_anonymous:
            return found
        return {name: field for name, field in found.items() if name in PUBLIC_FIELDS}


class AppearanceSerializer(Row):
    href = Path("appearances")
    expansions = {
        "quote": Expansion(
            lambda: _quote_serializer(),
            lambda user: [Prefetch("quote", _with_place())],
        ),
        "claim": Expansion(
            lambda: ClaimSerializer,
            lambda user: [
                Prefetch(
                    "claim",
                    with_parts(Claim.objects.all()),
                )
            ],
        ),
    }

    class Meta:
        model = Appearance
        fields = [
            "id",
            "href",
            "claim",
            "quote",
            "stance",
            "state",
            "score",
            "method",
            "version",
            "created_at",
            "updated_at",
        ]
        read_only_fields = fields


def _quote_serializer() -> Any:
    from claims.api.serializers.quotes import QuoteSerializer

    return QuoteSerializer


def _with_place() -> Any:
    from claims.api.serializers.quotes import with_place

    return with_place(Quote.objects.all())


class AppearanceInClaim(AppearanceSerializer):
    """An appearance with its quote in place."""

    def get_fields(self) -> dict[str, Any]:
        """The quote itself instead of its key."""
        found = super().get_fields()
        found["quote"] = _quote_serializer()(read_only=True)
        return found


class ClaimLinkSerializer(Row):
    href = Path("claim-links")
    confirmed_by = Username(read_only=True)

    class Meta:
        model = ClaimLink
        fields = [
            "id",
            "href",
            "from_claim",
            "to_claim",
            "relation",
            "state",
            "score",
            "method",
            "confirmed_by",
            "version",
            "created_at",
            "updated_at",
        ]
        read_only_fields = ["state", "score", "method", "version", "created_at", "updated_at"]
        # Said twice, the same link is confirmed: that is the service's to judge.
        validators: list[Any] = []


class EvidenceSerializer(Row):
    href = Path("evidence")
    added_by = Username(read_only=True)

    class Meta:
        model = Evidence
        fields = [
            "id",
            "href",
            "claim",
            "stance",
            "kind",
            "title",
            "url",
            "excerpt",
            "sha256",
            "accessed_at",
            "is_confidential",
            "added_by",
            "version",
            "created_at",
            "updated_at",
        ]
        read_only_fields = ["sha256", "version", "created_at", "updated_at"]


class EventShape(serializers.Serializer[Any]):
    """Something that happened to a claim."""

    at = serializers.DateTimeField()
    kind = serializers.ChoiceField(choices=["voiced", "decided", "evidence"])
    what = serializers.CharField(help_text="The stance, the step or the title.")
    who = serializers.CharField(help_text="Who said it or did it, where that is known.")
    comment = serializers.CharField()
    resource = serializers.CharField()
    id = serializers.IntegerField()
    href = serializers.SerializerMethodField()

    def get_href(self, event: Any) -> str:
        """The row that it is about."""
        return f"/api/v1/{event.resource}/{event.id}"


__all__ = [
    "PUBLIC_FIELDS",
    "AppearanceInClaim",
    "AppearanceSerializer",
    "ClaimLinkSerializer",
    "ClaimSerializer",
    "EventShape",
    "EvidenceSerializer",
    "TopicSerializer",
    "with_parts",
]
