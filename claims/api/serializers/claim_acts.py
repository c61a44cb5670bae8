"""The bodies of what is done to claims, appearances and links."""

from typing import Any

from django.conf import settings
from rest_framework import serializers

from claims.api.fields import (
    Key,
    StrictChar,
    StrictChoice,
    StrictDate,
    StrictDateTime,
    StrictInteger,
    Username,
)
from claims.api.serializers.base import Input
from claims.choices import Priority, Stance
from claims.models import Claim, ClaimLink, Topic


class StrictList(serializers.ManyRelatedField):
    """A JSON list."""

    def to_internal_value(self, data: Any) -> list[Any]:
        if not isinstance(data, list):
            self.fail("not_a_list", input_type=type(data).__name__)
        return list(super().to_internal_value(data))


class Slugs(serializers.SlugRelatedField[Topic]):
    """Topics, by their slugs."""

    @classmethod
    def many_init(cls, *args: Any, **options: Any) -> Any:
        """A list of them is a list, and nothing else that could be gone through."""
        of_list = {name: options[name] for name in ("required", "help_text") if name in options}
        return StrictList(child_relation=cls(*args, **options), **of_list)

    def to_internal_value(self, data: Any) -> Topic:
        if not isinstance(data, str) or "\0" in data:
            self.fail("invalid")
        return super().to_internal_value(data)


class Comment(Input):
    comment = StrictChar(max_length=settings.COMMENT_MAX_CHARACTERS)


class OptionalComment(Input):
    comment = StrictChar(
        max_length=settings.COMMENT_MAX_CHARACTERS, required=False, allow_blank=True, default=""
    )


class Assign(Input):
    assignee = Username(allow_null=True, help_text="Null: nobody.")


class Approve(OptionalComment):
    verdict_version = StrictInteger(
        min_value=1, help_text="The version of the draft that you read."
    )


class Dissent(Comment):
    verdict_version = StrictInteger(
        min_value=1, help_text="The version of the draft that you read."
    )


class NewClaim(Input):
    text = StrictChar(
        max_length=10_000, help_text="One sentence that stands alone: names and dates in it."
    )
    topics = Slugs(slug_field="slug", many=True, required=False, queryset=Topic.objects.all())
    priority = StrictChoice(choices=Priority.choices, required=False)
    assignee = Username(required=False, allow_null=True)
    embargo_until = StrictDateTime(required=False, allow_null=True)
    recheck_by = StrictDate(required=False, allow_null=True)


class ConfirmAppearance(Input):
    stance = StrictChoice(
        choices=Stance.choices, required=False, help_text="Left out: as it was suggested."
    )


class LinkClaims(Input):
    from_claim = Key(queryset=Claim.objects.all())
    to_claim = Key(queryset=Claim.objects.all())
    relation = StrictChoice(choices=ClaimLink._meta.get_field("relation").choices)
