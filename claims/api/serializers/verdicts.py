"""Verdicts, the scales that they are given on, and the log of the desk."""

from rest_framework import serializers

from claims.api.fields import Key, Path, Username
from claims.api.serializers.base import Expansion, Row
from claims.models import Decision, Rating, RatingScale, Verdict


class RatingSerializer(Row):
    href = Path("ratings")

    class Meta:
        model = Rating
        fields = ["id", "href", "scale", "label", "value", "colour"]
        read_only_fields = fields


class RatingScaleSerializer(Row):
    href = Path("rating-scales")
    ratings = RatingSerializer(many=True, read_only=True)

    class Meta:
        model = RatingScale
        fields = ["id", "href", "name", "ratings"]
        read_only_fields = fields


class VerdictSerializer(Row):
    href = Path("verdicts")
    author = Username(read_only=True)
    approver = Username(read_only=True)
    rating = Key(queryset=Rating.objects.all(), allow_null=True, required=False)
    expansions = {
        "rating": Expansion(lambda: RatingSerializer, lambda user: ["rating"]),
    }

    class Meta:
        model = Verdict
        fields = [
            "id",
            "href",
            "claim",
            "number",
            "status",
            "rating",
            "summary",
            "explanation",
            "author",
            "approver",
            "valid_as_of",
            "correction_note",
            "published_at",
            "version",
            "created_at",
            "updated_at",
        ]
        read_only_fields = [
            "claim",
            "number",
            "status",
            "published_at",
            "version",
            "created_at",
            "updated_at",
        ]


class CorrectionSerializer(Row):
    """A published verdict that corrects the one before."""

    verdict = serializers.IntegerField(source="pk", read_only=True)
    href = Path("verdicts")
    rating = serializers.CharField(source="rating.label", read_only=True)

    class Meta:
        model = Verdict
        fields = [
            "verdict",
            "href",
            "claim",
            "number",
            "status",
            "rating",
            "summary",
            "correction_note",
            "published_at",
        ]
        read_only_fields = fields


class DecisionSerializer(Row):
    href = Path("decisions")
    actor = Username(read_only=True)

    class Meta:
        model = Decision
        fields = [
            "id",
            "href",
            "quote",
            "claim",
            "verdict",
            "actor",
            "job",
            "from_state",
            "to_state",
            "reason_code",
            "comment",
            "at",
        ]
        read_only_fields = fields
