"""Where articles come from."""

from django.db import models
from django.db.models import Q

from claims.choices import FeedState, SourceKind
from claims.models.base import Editable, count_version, one_of, tracked

# A b-tree entry holds some 2,700 bytes; longer URLs are found by their hash.
URL_LENGTH = 2000


@tracked()
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


# When the next poll is due, and who has it: no news to an editor, nor to the history.
POLL_CLOCK = ["next_poll_at", "leased_until"]


@tracked(exclude=POLL_CLOCK)
class Feed(Editable):
    """A feed of a source, with the state of its polling."""

    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="feeds")
    url = models.URLField(max_length=URL_LENGTH)
    state = models.CharField(max_length=10, choices=FeedState.choices, default=FeedState.ACTIVE)
    etag = models.CharField(max_length=500, blank=True, editable=False)
    last_modified = models.CharField(max_length=100, blank=True, editable=False)
    interval_seconds = models.PositiveIntegerField(default=900, help_text="Between two polls.")
    next_poll_at = models.DateTimeField(null=True, blank=True)
    leased_until = models.DateTimeField(null=True, blank=True, editable=False)
    failures = models.PositiveIntegerField(
        default=0, editable=False, help_text="Failed polls in a row."
    )
    last_error = models.TextField(blank=True, editable=False)

    class Meta(Editable.Meta):
        ordering = ["source", "pk"]
        indexes = [
            models.Index(
                fields=["next_poll_at"], condition=Q(state=FeedState.ACTIVE), name="feed_due"
            )
        ]
        constraints = [
            models.UniqueConstraint(fields=["url"], name="feed_url_once"),
            models.CheckConstraint(name="feed_interval", condition=Q(interval_seconds__gt=0)),
            one_of("state", FeedState, name="feed_state_known"),
        ]
        triggers = [count_version(exclude=[*POLL_CLOCK, "updated_at"])]

    def __str__(self) -> str:
        return self.url
