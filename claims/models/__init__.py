"""The record: what is stored, and what the database itself refuses to store."""

from claims.models.access import ApiKey, IdempotentAnswer
from claims.models.article import Article, ArticleVersion, Story
from claims.models.change import Change, ChangeEpoch
from claims.models.claim import Appearance, Claim, ClaimLink, ClaimTopic, Topic
from claims.models.decision import Decision
from claims.models.discussion import Comment, ReplyRequest
from claims.models.evidence import Evidence
from claims.models.exchange import ImportDraft
from claims.models.external_review import ExternalReview
from claims.models.fetch import Fetch, Host
from claims.models.fingerprint import Fingerprint
from claims.models.heartbeat import Heartbeat
from claims.models.integrity import QuoteCheck
from claims.models.kept_figures import KeptFigures
from claims.models.notification import Notification, NotificationChoice
from claims.models.quote import Quote
from claims.models.run import ExtractionRun
from claims.models.source import Feed, Source
from claims.models.speaker import Affiliation, Speaker, SpeakerAlias, SpeakerMerge
from claims.models.triage import CandidateHold, SavedView
from claims.models.verdict import Approval, Rating, RatingScale, Verdict, VerdictWriter
from claims.models.webhook import OutboxEntry, WebhookDelivery, WebhookEndpoint

__all__ = [
    "Affiliation",
    "ApiKey",
    "Appearance",
    "Approval",
    "Article",
    "ArticleVersion",
    "CandidateHold",
    "Change",
    "ChangeEpoch",
    "Claim",
    "ClaimLink",
    "ClaimTopic",
    "Comment",
    "Decision",
    "Evidence",
    "ExternalReview",
    "ExtractionRun",
    "Feed",
    "Fetch",
    "Fingerprint",
    "Heartbeat",
    "Host",
    "IdempotentAnswer",
    "ImportDraft",
    "KeptFigures",
    "Notification",
    "NotificationChoice",
    "OutboxEntry",
    "Quote",
    "QuoteCheck",
    "Rating",
    "RatingScale",
    "ReplyRequest",
    "SavedView",
    "Source",
    "Speaker",
    "SpeakerAlias",
    "SpeakerMerge",
    "Story",
    "Topic",
    "Verdict",
    "VerdictWriter",
    "WebhookDelivery",
    "WebhookEndpoint",
]
