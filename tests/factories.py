"""One factory a model. What a factory makes is valid and complete, and nothing more."""

from datetime import UTC, datetime
from hashlib import sha256

import factory
from django.contrib.auth.models import User
from django.utils import timezone
from factory.django import DjangoModelFactory

from claims import choices, models


class UserFactory(DjangoModelFactory):
    class Meta:
        model = User
        skip_postgeneration_save = True

    username = factory.Sequence("user{}".format)
    email = factory.LazyAttribute(lambda user: f"{user.username}@desk.example")
    is_staff = True


class SourceFactory(DjangoModelFactory):
    class Meta:
        model = models.Source

    name = factory.Sequence("The Daily {}".format)
    domain = factory.Sequence("daily{}.example".format)
    language = "en"


class FeedFactory(DjangoModelFactory):
    class Meta:
        model = models.Feed

    source = factory.SubFactory(SourceFactory)
    url = factory.Sequence("https://daily.example/feed/{}.xml".format)


class SpeakerFactory(DjangoModelFactory):
    class Meta:
        model = models.Speaker

    name = factory.Sequence("Minna Aalto {}".format)


class SpeakerAliasFactory(DjangoModelFactory):
    class Meta:
        model = models.SpeakerAlias

    speaker = factory.SubFactory(SpeakerFactory)
    name = factory.Sequence("M. Aalto {}".format)


class AffiliationFactory(DjangoModelFactory):
    class Meta:
        model = models.Affiliation

    speaker = factory.SubFactory(SpeakerFactory)
    title = "Mayor"
    organisation = "City of Haverness"


class SpeakerMergeFactory(DjangoModelFactory):
    class Meta:
        model = models.SpeakerMerge

    kept = factory.SubFactory(SpeakerFactory)
    absorbed = factory.SubFactory(SpeakerFactory)
    merged_by = factory.SubFactory(UserFactory)


class ArticleFactory(DjangoModelFactory):
    class Meta:
        model = models.Article

    source = factory.SubFactory(SourceFactory)
    canonical_url = factory.Sequence("https://daily.example/news/{}".format)
    url_hash = factory.LazyAttribute(lambda a: sha256(a.canonical_url.encode()).hexdigest())
    title = factory.Sequence("Council votes on dyke number {}".format)
    language = "en"
    published_at = datetime(2026, 3, 12, 9, 30, tzinfo=UTC)


class ArticleVersionFactory(DjangoModelFactory):
    class Meta:
        model = models.ArticleVersion
        skip_postgeneration_save = True

    article = factory.SubFactory(ArticleFactory)
    number = factory.LazyAttribute(lambda v: v.article.versions.count() + 1)
    text = factory.Sequence(
        lambda n: f"Number {n}. “We have inspected 85% of the dykes,” Minna Aalto said on Monday."
    )
    sha256 = factory.LazyAttribute(lambda v: sha256(v.text.encode()).hexdigest())
    fetched_at = factory.LazyFunction(timezone.now)

    @factory.post_generation
    def is_current(self, create: bool, extracted: bool | None, **_: object) -> None:
        if create and extracted is not False:
            self.article.current_version = self
            self.article.save(update_fields=["current_version"])


class ExtractionRunFactory(DjangoModelFactory):
    class Meta:
        model = models.ExtractionRun

    article_version = factory.SubFactory(ArticleVersionFactory)
    extractor = "rules-test"
    due_at = factory.LazyFunction(timezone.now)


class QuoteFactory(DjangoModelFactory):
    """A candidate over the quotation of its version's text, or over ``words``."""

    class Meta:
        model = models.Quote

    class Params:
        words = factory.LazyAttribute(
            lambda q: q.article_version.text[
                q.article_version.text.find("“") : q.article_version.text.find("”") + 1
            ]
        )

    article_version = factory.SubFactory(ArticleVersionFactory)
    start = factory.LazyAttribute(lambda q: q.article_version.text.index(q.words))
    end = factory.LazyAttribute(lambda q: q.start + len(q.words))
    fragments = factory.LazyAttribute(lambda q: [[q.start, q.end]])
    text = factory.LazyAttribute(lambda q: q.article_version.text[q.start : q.end])
    prefix = factory.LazyAttribute(lambda q: q.article_version.text[: q.start][-64:])
    suffix = factory.LazyAttribute(lambda q: q.article_version.text[q.end :][:64])
    kind = choices.QuoteKind.DIRECT
    speaker = factory.SubFactory(SpeakerFactory)
    suggested_name = factory.LazyAttribute(lambda q: q.speaker.name if q.speaker else "")
    confidence = 0.9
    check_worthiness = 0.7


class TopicFactory(DjangoModelFactory):
    class Meta:
        model = models.Topic

    name = factory.Sequence("Flood defence {}".format)
    slug = factory.Sequence("flood-defence-{}".format)


class ClaimFactory(DjangoModelFactory):
    class Meta:
        model = models.Claim

    text = factory.Sequence("By March 2026, {}% of the Senn dykes had been inspected.".format)


class AppearanceFactory(DjangoModelFactory):
    class Meta:
        model = models.Appearance

    claim = factory.SubFactory(ClaimFactory)
    quote = factory.SubFactory(QuoteFactory)


class ClaimLinkFactory(DjangoModelFactory):
    class Meta:
        model = models.ClaimLink

    from_claim = factory.SubFactory(ClaimFactory)
    to_claim = factory.SubFactory(ClaimFactory)
    relation = choices.ClaimRelation.CONTRADICTS


class RatingScaleFactory(DjangoModelFactory):
    class Meta:
        model = models.RatingScale

    name = factory.Sequence("Truth scale {}".format)


class RatingFactory(DjangoModelFactory):
    class Meta:
        model = models.Rating

    scale = factory.SubFactory(RatingScaleFactory)
    label = factory.Sequence("Mostly true {}".format)
    value = factory.Sequence(int)


class VerdictFactory(DjangoModelFactory):
    """A draft that lacks nothing but approval."""

    class Meta:
        model = models.Verdict

    claim = factory.SubFactory(ClaimFactory)
    number = factory.LazyAttribute(lambda v: v.claim.verdicts.count() + 1)
    rating = factory.SubFactory(RatingFactory)
    summary = "The inspection log lists 58% of the dykes."
    author = factory.SubFactory(UserFactory)


class EvidenceFactory(DjangoModelFactory):
    class Meta:
        model = models.Evidence

    claim = factory.SubFactory(ClaimFactory)
    title = "Inspection log of the Audit Chamber"
    url = "https://audit.example/log"


class DecisionFactory(DjangoModelFactory):
    class Meta:
        model = models.Decision

    quote = factory.SubFactory(QuoteFactory)
    actor = factory.SubFactory(UserFactory)
    from_state = choices.QuoteStatus.CANDIDATE
    to_state = choices.QuoteStatus.ACCEPTED


class FetchFactory(DjangoModelFactory):
    class Meta:
        model = models.Fetch

    purpose = "request"
    host = "daily.example"
    url = factory.Sequence(lambda n: f"https://daily.example/fetch/{n}")
    url_hash = factory.LazyAttribute(lambda fetch: sha256(fetch.url.encode()).hexdigest())
    due_at = factory.LazyFunction(timezone.now)


class QuoteCheckFactory(DjangoModelFactory):
    class Meta:
        model = models.QuoteCheck

    quote = factory.SubFactory(QuoteFactory)
    article_version = factory.SelfAttribute("quote.article_version")
    standing = "gone"
    similarity = 0.0


class FingerprintFactory(DjangoModelFactory):
    class Meta:
        model = models.Fingerprint

    article_version = factory.SubFactory(ArticleVersionFactory)
    minhash = b"\0" * 512
    bands = [1, 2, 3]
    shingles = 100


class StoryFactory(DjangoModelFactory):
    class Meta:
        model = models.Story


class HostFactory(DjangoModelFactory):
    class Meta:
        model = models.Host

    name = factory.Sequence("host-{}.example".format)


class HeartbeatFactory(DjangoModelFactory):
    class Meta:
        model = models.Heartbeat

    name = factory.Sequence("worker:machine-{}".format)
    seen_at = factory.LazyFunction(timezone.now)


class KeptFiguresFactory(DjangoModelFactory):
    class Meta:
        model = models.KeptFigures

    days = factory.Sequence(lambda n: n + 1)
    with_embargoed = False
    made_at = factory.LazyFunction(timezone.now)
    content = factory.LazyFunction(lambda: {"days": {}})


class CommentFactory(DjangoModelFactory):
    class Meta:
        model = models.Comment

    claim = factory.SubFactory(ClaimFactory)
    author = factory.SubFactory(UserFactory)
    text = "The ministry's table says otherwise."


class ReplyRequestFactory(DjangoModelFactory):
    class Meta:
        model = models.ReplyRequest

    claim = factory.SubFactory(ClaimFactory)
    asked = "Press office, by e-mail"
    asked_at = factory.LazyFunction(timezone.now)


class ApprovalFactory(DjangoModelFactory):
    class Meta:
        model = models.Approval

    verdict = factory.SubFactory(VerdictFactory)
    verdict_version = 1
    user = factory.SubFactory(UserFactory)
    agrees = True


class VerdictWriterFactory(DjangoModelFactory):
    class Meta:
        model = models.VerdictWriter

    verdict = factory.SubFactory(VerdictFactory)
    user = factory.SubFactory(UserFactory)


class CandidateHoldFactory(DjangoModelFactory):
    class Meta:
        model = models.CandidateHold

    quote = factory.SubFactory(QuoteFactory)
    user = factory.SubFactory(UserFactory)
    until = factory.LazyFunction(timezone.now)


class SavedViewFactory(DjangoModelFactory):
    class Meta:
        model = models.SavedView

    owner = factory.SubFactory(UserFactory)
    name = factory.Sequence("Mornings {}".format)
    query = "kind=direct"


class NotificationFactory(DjangoModelFactory):
    class Meta:
        model = models.Notification

    user = factory.SubFactory(UserFactory)
    kind = choices.NotificationKind.MENTION
    claim = factory.SubFactory(ClaimFactory)
    text = "Mara mentions you."


class NotificationChoiceFactory(DjangoModelFactory):
    class Meta:
        model = models.NotificationChoice

    user = factory.SubFactory(UserFactory)
    kind = choices.NotificationKind.MENTION


class ImportDraftFactory(DjangoModelFactory):
    class Meta:
        model = models.ImportDraft

    user = factory.SubFactory(UserFactory)
    kind = "speakers"
    name = "speakers.csv"
    content = b"id,version,name\r\n"


class ChangeFactory(DjangoModelFactory):
    class Meta:
        model = models.Change

    resource = "claims"
    object_id = factory.Sequence(int)
    kind = choices.ChangeKind.UPDATED


class ChangeEpochFactory(DjangoModelFactory):
    """The one that there is."""

    class Meta:
        model = models.ChangeEpoch
        django_get_or_create = ("id",)

    id = 1


class ApiKeyFactory(DjangoModelFactory):
    """A row alone: `services.api_keys.create_key` makes one that lets somebody in."""

    class Meta:
        model = models.ApiKey

    owner = factory.SubFactory(UserFactory)
    name = factory.Sequence("nightly import {}".format)
    prefix = factory.Sequence("abcd{:04}".format)
    digest = factory.LazyAttribute(lambda key: sha256(key.prefix.encode()).hexdigest())
    scopes = ["read"]


class WebhookEndpointFactory(DjangoModelFactory):
    class Meta:
        model = models.WebhookEndpoint

    owner = factory.SubFactory(UserFactory)
    name = factory.Sequence("Newsletter {}".format)
    url = factory.Sequence("https://receiver{}.example/hook".format)
    event_types = factory.LazyFunction(lambda: [choices.EventType.CLAIM_PUBLISHED.value])
    secret_seed = factory.Sequence("{:064x}".format)


class OutboxEntryFactory(DjangoModelFactory):
    class Meta:
        model = models.OutboxEntry

    type = choices.EventType.CLAIM_PUBLISHED
    kind = "claim"
    object_id = 12
    row_version = 3
    payload = factory.LazyAttribute(
        lambda e: {
            "type": str(e.type),
            "timestamp": "2026-03-12T09:30:00+00:00",
            "data": {"claim": {"id": 12, "version": 3, "href": "/api/v1/claims/12"}},
        }
    )


class WebhookDeliveryFactory(DjangoModelFactory):
    class Meta:
        model = models.WebhookDelivery

    event = factory.SubFactory(OutboxEntryFactory)
    endpoint = factory.SubFactory(WebhookEndpointFactory)
    due_at = factory.LazyFunction(timezone.now)


class ExternalReviewFactory(DjangoModelFactory):
    class Meta:
        model = models.ExternalReview

    url = factory.Sequence("https://checkers.example/reviews/{}".format)
    url_hash = factory.LazyAttribute(lambda r: sha256(r.url.encode()).hexdigest())
    claim_text = factory.Sequence("By March 2026, {}% of the Senn dykes were inspected.".format)
    claim_hash = factory.LazyAttribute(lambda r: sha256(r.claim_text.encode()).hexdigest())
    publisher_name = "Checkers United"
    publisher_site = "checkers.example"
    rating_label = "Mostly false"
    raw = factory.LazyAttribute(lambda r: {"@type": "ClaimReview", "url": r.url})
    imported_at = factory.LazyFunction(timezone.now)
    job = "tests"


class IdempotentAnswerFactory(DjangoModelFactory):
    class Meta:
        model = models.IdempotentAnswer

    owner = factory.SubFactory(UserFactory)
    key = factory.Sequence("import-{}".format)
    fingerprint = "0" * 64
    http_status = 201
    headers = {"Location": "/api/v1/claims/1"}
    body = "{}"
