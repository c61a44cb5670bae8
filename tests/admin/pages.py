"""What the tests of the admin's pages share: addresses, and rows by the model."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from axes.models import AccessAttempt
from django.contrib.auth.models import Group, User
from django.db.models import Model
from django.urls import reverse
from django_celery_beat import models as beat

from claims import models
from tests import factories


def url(model: type[Model], page: str, *args: Any) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


def messages_of(response) -> list[str]:
    return [str(message) for message in response.context["messages"]]


MAKERS: dict[type[Model], Callable[[], Model]] = {
    models.Affiliation: factories.AffiliationFactory,
    models.ApiKey: factories.ApiKeyFactory,
    models.Appearance: factories.AppearanceFactory,
    models.Article: lambda: factories.ArticleVersionFactory().article,
    models.ArticleVersion: factories.ArticleVersionFactory,
    models.Claim: factories.ClaimFactory,
    models.ClaimLink: factories.ClaimLinkFactory,
    models.Decision: factories.DecisionFactory,
    models.Evidence: factories.EvidenceFactory,
    models.ExternalReview: factories.ExternalReviewFactory,
    models.ExtractionRun: factories.ExtractionRunFactory,
    models.Feed: factories.FeedFactory,
    models.Fetch: factories.FetchFactory,
    models.Host: factories.HostFactory,
    models.Quote: factories.QuoteFactory,
    models.QuoteCheck: factories.QuoteCheckFactory,
    models.Rating: factories.RatingFactory,
    models.RatingScale: lambda: factories.RatingFactory().scale,
    models.Source: factories.SourceFactory,
    models.Speaker: lambda: factories.SpeakerAliasFactory().speaker,
    models.SpeakerAlias: factories.SpeakerAliasFactory,
    models.SpeakerMerge: factories.SpeakerMergeFactory,
    models.Story: factories.StoryFactory,
    models.Topic: factories.TopicFactory,
    models.Verdict: factories.VerdictFactory,
    models.WebhookDelivery: factories.WebhookDeliveryFactory,
    models.WebhookEndpoint: factories.WebhookEndpointFactory,
    AccessAttempt: lambda: AccessAttempt.objects.create(
        username=f"anna{AccessAttempt.objects.count()}",
        ip_address="192.0.2.7",
        failures_since_start=1,
    ),
    User: factories.UserFactory,
    Group: lambda: Group.objects.create(name=f"Group {Group.objects.count()}"),
    beat.IntervalSchedule: lambda: beat.IntervalSchedule.objects.create(
        every=beat.IntervalSchedule.objects.count() + 1, period="seconds"
    ),
    beat.CrontabSchedule: lambda: beat.CrontabSchedule.objects.create(
        minute=str(beat.CrontabSchedule.objects.count())
    ),
    beat.SolarSchedule: lambda: beat.SolarSchedule.objects.create(
        event="sunrise", latitude=beat.SolarSchedule.objects.count(), longitude=1
    ),
    beat.ClockedSchedule: lambda: beat.ClockedSchedule.objects.create(
        clocked_time=factories.datetime(2026, 3, 1, tzinfo=factories.UTC)
        + timedelta(days=beat.ClockedSchedule.objects.count())
    ),
    beat.PeriodicTask: lambda: beat.PeriodicTask.objects.create(
        name=f"Task {beat.PeriodicTask.objects.count()}",
        task="claims.tasks.ring_due_extractions",
        interval=beat.IntervalSchedule.objects.get_or_create(every=900, period="seconds")[0],
    ),
}

# Written by machines or services only: no form adds a row.
WITHOUT_ADD = {
    AccessAttempt,
    models.Appearance,
    models.ArticleVersion,
    models.Decision,
    models.ExternalReview,
    models.ExtractionRun,
    models.Host,
    models.Fetch,
    models.Quote,
    models.QuoteCheck,
    models.SpeakerMerge,
    models.Story,
    models.Verdict,
    models.WebhookDelivery,
}
READ_ONLY = {
    AccessAttempt,
    models.ArticleVersion,
    models.Decision,
    models.ExternalReview,
    models.ExtractionRun,
    models.Host,
    models.Fetch,
    models.QuoteCheck,
    models.SpeakerMerge,
    models.Story,
    models.WebhookDelivery,
}
