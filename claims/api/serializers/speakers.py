"""Speakers, the names that they are known by, and the roles that they held."""

from typing import Any

from rest_framework import serializers

from claims.api.fields import Key, Path, StrictChar, StrictInteger
from claims.api.serializers.base import Input, Row
from claims.models import Affiliation, Speaker
from claims.models.speaker import NAME_LENGTH


class AffiliationSerializer(Row):
    class Meta:
        model = Affiliation
        fields = ["id", "title", "organisation", "since", "until"]
        read_only_fields = fields


class Names(serializers.ListField):
    """All other names of a speaker."""

    child = StrictChar(max_length=NAME_LENGTH)

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"max_length": 200, "required": False, **options})

    def to_representation(self, value: Any) -> list[str]:
        return [alias.name for alias in value.all()]


class SpeakerSerializer(Row):
    href = Path("speakers")
    aliases = Names()

    class Meta:
        model = Speaker
        fields = [
            "id",
            "href",
            "name",
            "kind",
            "description",
            "wikidata_id",
            "aliases",
            "is_confirmed",
            "merged_into",
            "version",
            "created_at",
            "updated_at",
        ]
        read_only_fields = ["merged_into", "version", "created_at", "updated_at"]


class Merge(Input):
    absorbed = Key(
        queryset=Speaker.objects.current(), help_text="It becomes a redirect to this speaker."
    )
    absorbed_version = StrictInteger(min_value=1, help_text="Its version as you read it.")
