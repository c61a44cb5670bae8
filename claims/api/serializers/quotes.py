"""Quotes: who said what, at which characters of which text."""

from typing import Any

from django.db.models import Prefetch, QuerySet
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from claims.api.fields import Key, Path, StrictBoolean, StrictChar, StrictChoice, StrictInteger
from claims.api.serializers.base import Expansion, Input, Row
from claims.choices import RejectReason, Stance
from claims.models import Appearance, Article, ArticleVersion, Claim, Quote, Speaker
from claims.selectors import visible


def with_place(quotes: QuerySet[Quote]) -> QuerySet[Quote]:
    """Quotes with the version that they stand in, but not its text, which may be long."""
    versions = ArticleVersion.objects.only("pk", "article_id", "number")
    return quotes.prefetch_related(Prefetch("article_version", versions))


def _appearances(user: Any) -> list[Any]:
    return [Prefetch("appearances", visible(Appearance.objects.order_by("pk"), user))]


def _appearance_serializer() -> Any:
    from claims.api.serializers.claims import AppearanceSerializer

    return AppearanceSerializer


def _speaker_serializer() -> Any:
    from claims.api.serializers.speakers import SpeakerSerializer

    return SpeakerSerializer


def _article_serializer() -> Any:
    from claims.api.serializers.articles import ArticleSerializer

    return ArticleSerializer


@extend_schema_field(
    {
        "type": "array",
        "items": {
            "type": "array",
            "items": {"type": "integer", "minimum": 0},
            "minItems": 2,
            "maxItems": 2,
        },
    }
)
class Fragments(serializers.JSONField):
    """Pairs of a start and an end."""


class QuoteSerializer(Row):
    href = Path("quotes")
    article = serializers.IntegerField(source="article_version.article_id", read_only=True)
    fragments = Fragments(
        read_only=True, help_text="The content itself, which a cue may split, as [start, end]."
    )
    content = serializers.CharField(
        read_only=True, help_text="What was said; an ellipsis where the writer breaks in."
    )
    expansions = {
        "appearances": Expansion(_appearance_serializer, _appearances, many=True),
        "speaker": Expansion(
            _speaker_serializer,
            lambda user: [Prefetch("speaker", Speaker.objects.prefetch_related("aliases"))],
        ),
        "article": Expansion(
            _article_serializer,
            lambda user: [
                Prefetch(
                    "article_version__article",
                    Article.objects.select_related("source"),
                )
            ],
            source="article_version.article",
        ),
    }

    class Meta:
        model = Quote
        fields = [
            "id",
            "href",
            "article",
            "article_version",
            "start",
            "end",
            "fragments",
            "text",
            "content",
            "prefix",
            "suffix",
            "kind",
            "cue_start",
            "cue_end",
            "mention_start",
            "mention_end",
            "speaker",
            "suggested_name",
            "candidate_names",
            "role",
            "confidence",
            "check_worthiness",
            "status",
            "copy_of",
            "touched_at",
            "version",
            "created_at",
            "updated_at",
        ]
        read_only_fields = fields


# --- The bodies of actions ---------------------------------------------------------------


class Accept(Input):
    """A new claim by its ``text``, or another appearance of ``claim``: one of the two."""

    rules = {"oneOf": [{"required": ["text"]}, {"required": ["claim"]}]}

    text = StrictChar(
        max_length=10_000, required=False, help_text="The sentence of a new claim. Stands alone."
    )
    claim = Key(queryset=Claim.objects.all(), required=False, help_text="A claim of the desk.")
    stance = StrictChoice(choices=Stance.choices, default=Stance.ASSERTS.value)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Exactly one of the two."""
        if ("text" in attrs) == ("claim" in attrs):
            raise serializers.ValidationError(
                "Give the text of a new claim, or the key of one of the desk.", code="one_of"
            )
        return attrs


class Reject(Input):
    reason = StrictChoice(choices=RejectReason.choices)
    comment = StrictChar(max_length=10_000, required=False, allow_blank=True, default="")


class Reassign(Input):
    speaker = Key(
        queryset=Speaker.objects.current(), allow_null=True, help_text="Null: nobody is known."
    )
    role = StrictChar(
        max_length=300, required=False, allow_blank=True, help_text="As the article gave it."
    )
    all_of_name = StrictBoolean(
        default=False,
        help_text="For every candidate of the article that the extractor gave the same name.",
    )


class Span(Input):
    start = StrictInteger(min_value=0, help_text="In Unicode code points of the version's text.")
    end = StrictInteger(min_value=1, help_text="Behind the last one.")
