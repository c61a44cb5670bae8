"""Where articles come from."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from claims.choices import FeedFormat, FeedState, SourceKind
from claims.models.base import Editable, count_version, one_of, tracked
from claims.models.change import announced

# A b-tree entry holds some 2,700 bytes; longer URLs are found by their hash.
URL_LENGTH = 2000


@tracked()
@announced("sources")
class Source(Editable):
    """An outlet: a newspaper, an agency, a ministry's site. Never the person who speaks."""

    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=SourceKind.choices, default=SourceKind.NEWSPAPER)
    domain = models.CharField(  # noqa: DJ001  unique, so that empty must be NULL
        max_length=253,
        null=True,
        blank=True,
        help_text="The host its articles are on, without www, such as example.org.",
    )
    language = models.CharField(max_length=12, blank=True, help_text="Such as en or pt-BR.")

    class Meta(Editable.Meta):
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["name"], name="source_name_once"),
            models.UniqueConstraint(fields=["domain"], name="source_domain_once"),
            models.CheckConstraint(name="source_name_filled", condition=~Q(name="")),
            models.CheckConstraint(name="source_domain_not_empty", condition=~Q(domain="")),
            one_of("kind", SourceKind, name="source_kind_known"),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: object, **kwargs: object) -> None:
        self.domain = self.domain or None
        super().save(*args, **kwargs)  # type: ignore[arg-type]


# What every poll writes: no news to an editor who has the feed open, nor to the history.
POLL_CLOCK = [
    "etag",
    "last_modified",
    "interval_seconds",
    "next_poll_at",
    "leased_until",
    "lease_token",
    "last_polled_at",
    "last_changed_at",
]


@tracked(exclude=POLL_CLOCK)
@announced("feeds", exclude=[*POLL_CLOCK, "updated_at"])
class Feed(Editable):
    """A feed or news sitemap of a source, with the state of its polling."""

    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="feeds")
    url = models.URLField(max_length=URL_LENGTH)
    title = models.CharField(max_length=300, blank=True, help_text="What it calls itself.")
    format = models.CharField(max_length=10, choices=FeedFormat.choices, blank=True, editable=False)
    state = models.CharField(
        max_length=10, choices=FeedState.choices, default=FeedState.ACTIVE, editable=False
    )
    etag = models.CharField(max_length=500, blank=True, editable=False)
    last_modified = models.CharField(max_length=100, blank=True, editable=False)
    interval_seconds = models.PositiveIntegerField(
        default=900,
        editable=False,
        help_text="Between two polls; adapts to how often the feed changes.",
    )
    next_poll_at = models.DateTimeField(null=True, blank=True, default=timezone.now, editable=False)
    leased_until = models.DateTimeField(null=True, blank=True, editable=False)
    lease_token = models.UUIDField(null=True, blank=True, editable=False)
    last_polled_at = models.DateTimeField(null=True, blank=True, editable=False)
    last_changed_at = models.DateTimeField(
        null=True, blank=True, editable=False, help_text="When a poll last found something new."
    )
    failures = models.PositiveIntegerField(
        default=0, editable=False, help_text="Failed polls in a row."
    )
    last_error = models.TextField(blank=True, editable=False)

    class Meta(Editable.Meta):
        ordering = ["source", "pk"]
        permissions = [("poll_feed", "Can poll, pause and resume feeds")]
        indexes = [
            models.Index(
                fields=["next_poll_at"], condition=Q(state=FeedState.ACTIVE), name="feed_due"
            )
        ]
        constraints = [
            models.UniqueConstraint(fields=["url"], name="feed_url_once"),
            models.CheckConstraint(name="feed_interval", condition=Q(interval_seconds__gt=0)),
            one_of("state", FeedState, name="feed_state_known"),
            models.CheckConstraint(
                name="feed_format_known",
                condition=Q(format="") | Q(format__in=sorted(FeedFormat.values)),
            ),
            models.CheckConstraint(
                name="feed_lease_whole",
                condition=Q(lease_token__isnull=True, leased_until__isnull=True)
                | Q(lease_token__isnull=False, leased_until__isnull=False),
            ),
        ]
        triggers = [count_version(exclude=[*POLL_CLOCK, "updated_at"])]

    def __str__(self) -> str:
        return self.title or self.url
