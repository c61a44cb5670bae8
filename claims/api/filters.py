"""What lists can be narrowed down by. Each filter has an index, or a small table, to go by."""

from typing import Any

import django_filters as filters
from django import forms
from django.db.models import Q, QuerySet
from rest_framework import serializers

from claims import choices, models
from claims.api.fields import StrictDateTime

LARGEST = 10**18 - 1
"""As long as keys in addresses may be."""


class Several(filters.BaseInFilter, filters.ChoiceFilter):
    """One or more of the named values, parted by commas."""


class Number(filters.Filter):
    """The key of a row."""

    class Digits(forms.RegexField):
        """A whole number as JSON writes it."""

        def __init__(self, **options: Any) -> None:
            super().__init__(regex=r"\A[1-9][0-9]{0,17}\Z", strip=False, **options)

        def clean(self, value: Any) -> int | None:
            found = super().clean(value)
            return int(found) if found else None

    field_class = Digits


class Flag(filters.TypedChoiceFilter):
    """JSON's true or false. Django's own takes any other word for neither."""

    def __init__(self, **options: Any) -> None:
        choices = [("true", "true"), ("false", "false")]
        super().__init__(choices=choices, coerce=lambda given: given == "true", **options)


class Moment(filters.Filter):
    """A moment as RFC 3339 writes it, with its offset from UTC."""

    class Stamp(forms.Field):
        """Read as bodies are."""

        def to_python(self, value: Any) -> Any:
            if value in self.empty_values:
                return None
            try:
                return StrictDateTime().run_validation(value)
            except serializers.ValidationError as error:
                raise forms.ValidationError([str(each) for each in error.detail]) from error

    field_class = Stamp


class Text(filters.CharFilter):
    """Exactly these characters."""

    def __init__(self, **options: Any) -> None:
        super().__init__(strip=False, **options)


class Changed(filters.FilterSet):
    """Of rows that people edit."""

    updated_since = Moment(field_name="updated_at", lookup_expr="gte")


class ClaimFilter(Changed):
    stage = Several(choices=choices.ClaimStage.choices)
    priority = Several(choices=choices.Priority.choices)
    topic = Text(field_name="topics__slug")
    assignee = Text(field_name="assignee__username")
    speaker = Number(method="voiced_by")
    rating = Number(method="rated")

    class Meta:
        model = models.Claim
        fields: list[str] = []

    def voiced_by(self, queryset: QuerySet[Any], name: str, value: Any) -> QuerySet[Any]:
        """Claims that a speaker is on record with."""
        voiced = models.Appearance.objects.filter(
            quote__speaker=int(value), state=choices.MatchState.CONFIRMED
        )
        return queryset.filter(pk__in=voiced.values("claim"))

    def rated(self, queryset: QuerySet[Any], name: str, value: Any) -> QuerySet[Any]:
        """Claims with a public verdict of this rating."""
        rated = models.Verdict.objects.filter(
            rating=int(value), status=choices.VerdictStatus.PUBLISHED
        )
        return queryset.filter(pk__in=rated.values("claim"))


class QuoteFilter(Changed):
    status = Several(choices=choices.QuoteStatus.choices)
    kind = Several(choices=choices.QuoteKind.choices)
    article = Number(field_name="article_version__article")
    article_version = Number()
    speaker = Number()
    source = Number(field_name="article_version__article__source")
    unresolved = Flag(field_name="speaker", lookup_expr="isnull")

    class Meta:
        model = models.Quote
        fields: list[str] = []


class AtAddress(filters.FilterSet):
    """Of what has an address of its own."""

    url = Text(method="at_address")

    def at_address(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """What is at an address, however it is written."""
        from claims.ingest import BadUrl, canonicalize, url_hash

        try:
            return queryset.filter(url_hash=url_hash(canonicalize(value)))
        except BadUrl:
            return queryset.none()


class ArticleFilter(Changed, AtAddress):
    source = Number()
    kind = Several(choices=choices.ArticleKind.choices)
    published_since = Moment(field_name="published_at", lookup_expr="gte")
    published_until = Moment(field_name="published_at", lookup_expr="lte")

    class Meta:
        model = models.Article
        fields: list[str] = []


class SpeakerFilter(Changed):
    kind = Several(choices=choices.SpeakerKind.choices)
    wikidata_id = Text()
    name = Text(method="named")
    is_confirmed = Flag()

    class Meta:
        model = models.Speaker
        fields: list[str] = []

    def named(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Speakers known by exactly this name, whatever its case and accents."""
        return queryset.filter(pk__in=models.Speaker.objects.named(value).values("pk"))


class SourceFilter(Changed):
    domain = Text()
    name = Text()

    class Meta:
        model = models.Source
        fields: list[str] = []


class FeedFilter(Changed):
    source = Number()
    state = Several(choices=choices.FeedState.choices)
    url = Text()

    class Meta:
        model = models.Feed
        fields: list[str] = []


class VerdictFilter(Changed):
    claim = Number()
    status = Several(choices=choices.VerdictStatus.choices)
    rating = Number()

    class Meta:
        model = models.Verdict
        fields: list[str] = []


class CorrectionFilter(filters.FilterSet):
    claim = Number()
    published_since = Moment(field_name="published_at", lookup_expr="gte")

    class Meta:
        model = models.Verdict
        fields: list[str] = []


class EvidenceFilter(Changed):
    claim = Number()
    stance = Several(choices=choices.EvidenceStance.choices)

    class Meta:
        model = models.Evidence
        fields: list[str] = []


class AppearanceFilter(Changed):
    claim = Number()
    quote = Number()
    state = Several(choices=choices.MatchState.choices)
    stance = Several(choices=choices.Stance.choices)

    class Meta:
        model = models.Appearance
        fields: list[str] = []


class ClaimLinkFilter(Changed):
    claim = Number(method="of_claim")
    relation = Several(choices=choices.ClaimRelation.choices)
    state = Several(choices=choices.MatchState.choices)

    class Meta:
        model = models.ClaimLink
        fields: list[str] = []

    def of_claim(self, queryset: QuerySet[Any], name: str, value: Any) -> QuerySet[Any]:
        """Links from or to a claim."""
        return queryset.filter(Q(from_claim=int(value)) | Q(to_claim=int(value)))


class DecisionFilter(filters.FilterSet):
    quote = Number()
    claim = Number()
    verdict = Number()
    actor = Text(field_name="actor__username")
    since = Moment(field_name="at", lookup_expr="gte")

    class Meta:
        model = models.Decision
        fields: list[str] = []


class WorkFilter(filters.FilterSet):
    state = Several(choices=choices.WorkState.choices)


class RunFilter(WorkFilter):
    article = Number(field_name="article_version__article")
    article_version = Number()

    class Meta:
        model = models.ExtractionRun
        fields: list[str] = []


class FetchFilter(WorkFilter):
    article = Number()
    outcome = Several(choices=choices.FetchOutcome.choices)

    class Meta:
        model = models.Fetch
        fields: list[str] = []


class RatingFilter(filters.FilterSet):
    scale = Number()

    class Meta:
        model = models.Rating
        fields: list[str] = []


class TopicFilter(Changed):
    slug = Text()

    class Meta:
        model = models.Topic
        fields: list[str] = []


class ExternalReviewFilter(AtAddress):
    publisher_site = Text()

    class Meta:
        model = models.ExternalReview
        fields: list[str] = []


class VersionFilter(filters.FilterSet):
    article = Number()
    sha256 = Text()

    class Meta:
        model = models.ArticleVersion
        fields: list[str] = []


class WebhookFilter(Changed):
    state = Several(choices=choices.WebhookState.choices)

    class Meta:
        model = models.WebhookEndpoint
        fields: list[str] = []


class WebhookDeliveryFilter(WorkFilter):
    webhook = Number(field_name="endpoint")
    type = Several(field_name="event__type", choices=choices.EventType.choices)

    class Meta:
        model = models.WebhookDelivery
        fields: list[str] = []
