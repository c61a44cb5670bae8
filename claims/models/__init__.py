"""The record: what is stored, and what the database itself refuses to store."""

from claims.models.article import Article, ArticleVersion, Story
from claims.models.claim import Appearance, Claim, ClaimLink, ClaimTopic, Topic
from claims.models.decision import Decision
from claims.models.evidence import Evidence
from claims.models.fetch import Fetch, Host
from claims.models.fingerprint import Fingerprint
from claims.models.heartbeat import Heartbeat
from claims.models.integrity import QuoteCheck
from claims.models.quote import Quote
from claims.models.run import ExtractionRun
from claims.models.source import Feed, Source
from claims.models.speaker import Affiliation, Speaker, SpeakerAlias, SpeakerMerge
from claims.models.verdict import Rating, RatingScale, Verdict

__all__ = [
    "Affiliation",
    "Appearance",
    "Article",
    "ArticleVersion",
    "Claim",
    "ClaimLink",
    "ClaimTopic",
    "Decision",
    "Evidence",
    "ExtractionRun",
    "Feed",
    "Fetch",
    "Fingerprint",
    "Heartbeat",
    "Host",
    "Quote",
    "QuoteCheck",
    "Rating",
    "RatingScale",
    "Source",
    "Speaker",
    "SpeakerAlias",
    "SpeakerMerge",
    "Story",
    "Topic",
    "Verdict",
]
