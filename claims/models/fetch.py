"""Pages to be read: what was asked for, and what came of it. Hosts, and how to treat them."""

from django.db import models
from django.db.models import Q

from claims.choices import FetchOutcome, FetchPurpose, WorkState
from claims.models.article import Article, ArticleVersion
from claims.models.base import one_of, tracked
from claims.models.source import Feed
from claims.models.work import OPEN, Work, due_index, ended_index, leased_while_running

HOST_LENGTH = 260

# A worker's hold on the row is no news to the history; how it ended is.
WORK_CLOCK = ["attempts", "lease_token", "due_at", "rung_at"]


class Host(models.Model):
    """A web server as all workers together see it: its robots.txt, and how fast it may be asked.

    ``tokens`` is a bucket that fills with time; a request takes one. A cache and a clock, no
    record: nothing is lost with a row.
    """

    name = models.CharField(
        max_length=HOST_LENGTH, unique=True, help_text="Host in lower case, with a port not 80/443."
    )
    tokens = models.FloatField(default=1.0, help_text="Requests that may be made at once.")
    refilled_at = models.DateTimeField(null=True, blank=True)
    held_until = models.DateTimeField(
        null=True, blank=True, help_text="No request before: the server said so (Retry-After)."
    )
    crawl_delay = models.FloatField(
        null=True, blank=True, help_text="Seconds between requests, from robots.txt."
    )
    robots = models.TextField(blank=True, help_text="Its robots.txt, cut at its limit.")
    robots_status = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="The HTTP status it came with; empty: no answer."
    )
    robots_fetched_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["name"]
        constraints = [models.CheckConstraint(name="host_name_filled", condition=~Q(name=""))]

    def __str__(self) -> str:
        return self.name


@tracked(exclude=WORK_CLOCK)
class Fetch(Work):
    """One reading of one address: found in a feed, asked for by somebody, or read again.

    DONE is an answer, be it "refused" or "gone"; DEAD is no answer after every attempt.
    """

    purpose = models.CharField(max_length=10, choices=FetchPurpose.choices)
    url = models.TextField(help_text="As it was given.")
    url_hash = models.CharField(max_length=64, help_text="SHA-256 of the canonical URL.")
    host = models.CharField(max_length=HOST_LENGTH, help_text="Whose turn it takes.")
    feed = models.ForeignKey(
        Feed, null=True, blank=True, on_delete=models.SET_NULL, related_name="fetches"
    )
    hints = models.JSONField(
        default=dict, blank=True, help_text="What the feed says of the page: title, date, byline."
    )
    article = models.ForeignKey(
        Article,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="fetches",
        help_text="What it is to be read again for, or what came of it.",
    )
    article_version = models.ForeignKey(
        ArticleVersion,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="fetches",
        help_text="The text that the address gave.",
    )
    step = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="Which of the set times of reading again this is."
    )
    outcome = models.CharField(max_length=12, choices=FetchOutcome.choices, blank=True)
    final_url = models.TextField(blank=True, help_text="Where redirects led.")
    http_status = models.PositiveSmallIntegerField(null=True, blank=True)
    etag = models.CharField(max_length=500, blank=True)
    last_modified = models.CharField(max_length=100, blank=True)
    snapshot = models.FileField(
        max_length=200, blank=True, help_text="What was received (WARC), article or not."
    )
    snapshot_sha256 = models.CharField(max_length=64, blank=True)

    class Meta(Work.Meta):
        verbose_name_plural = "fetches"
        permissions = [("replay_fetch", "Can ask for pages and queue fetches again")]
        indexes = [
            due_index("fetch_due"),
            ended_index("fetch_ended"),
            models.Index(fields=["url_hash"], name="fetch_by_url"),
            models.Index(fields=["host", "due_at"], condition=Q(state__in=OPEN), name="fetch_turn"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["url_hash", "purpose"],
                condition=Q(state__in=OPEN),
                name="fetch_open_once",
            ),
            models.UniqueConstraint(
                fields=["url_hash"],
                condition=Q(purpose=FetchPurpose.FEED),
                name="fetch_found_once",
            ),
            one_of("purpose", FetchPurpose, name="fetch_purpose_known"),
            one_of("state", WorkState, name="fetch_state_known"),
            leased_while_running("fetch_leased_while_running"),
            models.CheckConstraint(
                name="fetch_outcome_known",
                condition=Q(outcome="") | Q(outcome__in=sorted(FetchOutcome.values)),
            ),
            models.CheckConstraint(
                name="fetch_done_has_outcome",
                condition=~Q(state=WorkState.DONE)
                | (~Q(outcome="") & Q(finished_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="fetch_hash_form", condition=Q(url_hash__regex=r"^[0-9a-f]{64}$")
            ),
        ]

    def __str__(self) -> str:
        return self.url
