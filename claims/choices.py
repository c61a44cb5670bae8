"""The closed vocabularies of the record, and which moves between states exist at all.

The transition sets are read twice: the services attach to each move who may make it
and what it needs; the models turn the same sets into triggers, so that not even raw
SQL makes a move that is not listed here.
"""

from django.db.models import TextChoices


class SpeakerKind(TextChoices):
    PERSON = "person", "Person"
    ORGANISATION = "organisation", "Organisation"
    GROUP = "group", "Group"
    ANONYMOUS = "anonymous", "Anonymous"
    UNKNOWN = "unknown", "Not known"


class Scope(TextChoices):
    """What an API key may be used for, within its owner's role."""

    READ = "read", "Read"
    INGEST = "ingest", "Bring in articles, feeds and reviews by others"
    TRIAGE = "triage", "Decide on quotes"
    DESK = "desk", "Work on claims, evidence, verdicts and speakers"
    ADMIN = "admin", "Webhooks and what keeps the system"


class SourceKind(TextChoices):
    NEWSPAPER = "newspaper", "Newspaper"
    AGENCY = "agency", "News agency"
    BROADCASTER = "broadcaster", "Broadcaster"
    INSTITUTION = "institution", "Ministry, party or company site"
    PLATFORM = "platform", "Platform"
    OTHER = "other", "Other"


class ArticleKind(TextChoices):
    NEWS = "news", "News article"
    TRANSCRIPT = "transcript", "Transcript"
    RELEASE = "release", "Press release"
    POST = "post", "Post"


class FeedState(TextChoices):
    ACTIVE = "active", "Active"
    PAUSED = "paused", "Paused"
    FAILING = "failing", "Stopped after failures"
    GONE = "gone", "Gone"


class FeedFormat(TextChoices):
    RSS = "rss", "RSS"
    ATOM = "atom", "Atom"
    JSON = "json", "JSON Feed"
    SITEMAP = "sitemap", "News sitemap"


class FetchPurpose(TextChoices):
    FEED = "feed", "Found in a feed"
    REQUEST = "request", "Asked for"
    RECHECK = "recheck", "Read again"
    EVIDENCE = "evidence", "Archived as evidence"


class FetchOutcome(TextChoices):
    NEW = "new", "New article"
    CHANGED = "changed", "New text"
    UNCHANGED = "unchanged", "As it was"
    COPY = "copy", "Copy of another article"
    PAYWALL = "paywall", "Behind a paywall"
    EMPTY = "empty", "No article text"
    UNSUPPORTED = "unsupported", "Not a page, a text or a PDF"
    REFUSED = "refused", "Refused by the site"
    FORBIDDEN = "forbidden", "Not an address to read from"
    GONE = "gone", "Gone"
    ARCHIVED = "archived", "Archived"


class QuoteStanding(TextChoices):
    UNCHANGED = "unchanged", "Unchanged"
    MOVED = "moved", "Moved"
    ALTERED = "altered", "Altered"
    GONE = "gone", "Gone"


class AlertState(TextChoices):
    NONE = "none", "None"
    OPEN = "open", "Open"
    SETTLED = "settled", "Settled"


class WorkState(TextChoices):
    QUEUED = "queued", "Queued"
    RUNNING = "running", "Running"
    DONE = "done", "Done"
    DEAD = "dead", "Given up"


class QuoteKind(TextChoices):
    DIRECT = "direct", "Direct"
    MIXED = "mixed", "Mixed"
    INDIRECT = "indirect", "Indirect"


class QuoteStatus(TextChoices):
    CANDIDATE = "candidate", "Candidate"
    ACCEPTED = "accepted", "Accepted"
    REJECTED = "rejected", "Rejected"
    WITHDRAWN = "withdrawn", "Withdrawn"


class RejectReason(TextChoices):
    NOT_A_QUOTE = "not_a_quote", "Not a quotation"
    WRONG_SPAN = "wrong_span", "Wrong start or end"
    WRONG_SPEAKER = "wrong_speaker", "Wrong speaker"
    NOT_CHECKABLE = "not_checkable", "Opinion or prediction, not checkable"
    NOT_RELEVANT = "not_relevant", "Not worth checking"
    DUPLICATE = "duplicate", "Already on the desk"


class FixReason(TextChoices):
    """What a person corrected on a quote without deciding on it."""

    FIXED_SPAN = "fixed_span", "Start or end corrected"
    FIXED_SPEAKER = "fixed_speaker", "Speaker corrected"
    LEFT_OPEN = "left_open", "Speaker left open"


class ClaimStage(TextChoices):
    NEW = "new", "New"
    RESEARCHING = "researching", "Researching"
    IN_REVIEW = "in_review", "In review"
    PUBLISHED = "published", "Published"
    SHELVED = "shelved", "Shelved"


class Priority(TextChoices):
    LOW = "low", "Low"
    NORMAL = "normal", "Normal"
    HIGH = "high", "High"


class Stance(TextChoices):
    ASSERTS = "asserts", "Asserts"
    DENIES = "denies", "Denies"
    QUESTIONS = "questions", "Questions"


class MatchState(TextChoices):
    SUGGESTED = "suggested", "Suggested"
    CONFIRMED = "confirmed", "Confirmed"
    DISMISSED = "dismissed", "Dismissed"


class ClaimRelation(TextChoices):
    CONTRADICTS = "contradicts", "Contradicts"
    NARROWS = "narrows", "Narrows"
    SUPERSEDES = "supersedes", "Supersedes"


class ChangeKind(TextChoices):
    CREATED = "created", "Created"
    UPDATED = "updated", "Updated"
    DELETED = "deleted", "Deleted"


class VerdictStatus(TextChoices):
    DRAFT = "draft", "Draft"
    PUBLISHED = "published", "Published"
    SUPERSEDED = "superseded", "Superseded by a correction"
    RETRACTED = "retracted", "Retracted"


class NotificationKind(TextChoices):
    MENTION = "mention", "Somebody mentions me"
    ASSIGNED = "assigned", "A claim is assigned to me"
    RETURNED = "returned", "My claim comes back"
    APPROVAL = "approval", "A verdict waits for approval"
    ALTERED = "altered", "An outlet altered a quote that I accepted"
    WEBHOOK = "webhook", "A webhook of mine fails"


class EventType(TextChoices):
    """What webhooks tell of. The names are part of the interface: they are never reused."""

    QUOTE_ACCEPTED = "quote.accepted", "Quote accepted"
    QUOTE_REJECTED = "quote.rejected", "Quote rejected"
    QUOTE_ALTERED = "quote.altered", "Quote altered or dropped by its outlet"
    CLAIM_CREATED = "claim.created", "Claim created"
    CLAIM_ASSIGNED = "claim.assigned", "Claim assigned"
    CLAIM_SUBMITTED = "claim.submitted", "Claim submitted for approval"
    CLAIM_RETURNED = "claim.returned", "Claim returned to research"
    CLAIM_PUBLISHED = "claim.published", "Claim published"
    CLAIM_REPEATED = "claim.repeated", "Claim made again"
    VERDICT_PUBLISHED = "verdict.published", "First verdict published"
    VERDICT_CORRECTED = "verdict.corrected", "Verdict corrected"
    VERDICT_RETRACTED = "verdict.retracted", "Verdict retracted"
    ARTICLE_CHANGED = "article.changed", "New version of an article"
    SPEAKER_MERGED = "speaker.merged", "Speakers merged"
    PING = "ping", "Test event"


class WebhookState(TextChoices):
    ACTIVE = "active", "Active"
    PAUSED = "paused", "Paused"
    DISABLED = "disabled", "Disabled"


class MailTime(TextChoices):
    AT_ONCE = "at_once", "At once"
    DAILY = "daily", "In the daily summary"
    NEVER = "never", "Never"


class EvidenceStance(TextChoices):
    SUPPORTS = "supports", "Supports"
    REFUTES = "refutes", "Refutes"
    CONTEXT = "context", "Gives context"


class EvidenceKind(TextChoices):
    PRIMARY = "primary", "Primary"
    SECONDARY = "secondary", "Secondary"


Moves = frozenset[tuple[str, str]]

QUOTE_MOVES: Moves = frozenset(
    {
        (QuoteStatus.CANDIDATE.value, QuoteStatus.ACCEPTED.value),
        (QuoteStatus.CANDIDATE.value, QuoteStatus.REJECTED.value),
        (QuoteStatus.CANDIDATE.value, QuoteStatus.WITHDRAWN.value),
        (QuoteStatus.ACCEPTED.value, QuoteStatus.CANDIDATE.value),
        (QuoteStatus.REJECTED.value, QuoteStatus.CANDIDATE.value),
        (QuoteStatus.WITHDRAWN.value, QuoteStatus.CANDIDATE.value),
    }
)

CLAIM_MOVES: Moves = frozenset(
    {
        (ClaimStage.NEW.value, ClaimStage.RESEARCHING.value),
        (ClaimStage.NEW.value, ClaimStage.SHELVED.value),
        (ClaimStage.RESEARCHING.value, ClaimStage.IN_REVIEW.value),
        (ClaimStage.RESEARCHING.value, ClaimStage.SHELVED.value),
        (ClaimStage.RESEARCHING.value, ClaimStage.PUBLISHED.value),
        (ClaimStage.IN_REVIEW.value, ClaimStage.RESEARCHING.value),
        (ClaimStage.IN_REVIEW.value, ClaimStage.PUBLISHED.value),
        (ClaimStage.PUBLISHED.value, ClaimStage.RESEARCHING.value),
        (ClaimStage.SHELVED.value, ClaimStage.RESEARCHING.value),
    }
)

VERDICT_MOVES: Moves = frozenset(
    {
        (VerdictStatus.DRAFT.value, VerdictStatus.PUBLISHED.value),
        (VerdictStatus.PUBLISHED.value, VerdictStatus.SUPERSEDED.value),
        (VerdictStatus.PUBLISHED.value, VerdictStatus.RETRACTED.value),
    }
)
