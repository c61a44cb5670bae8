"""Who said what, at which characters of which text."""

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models import F, FloatField, Func, Q
from django.db.models.expressions import Combinable

from claims.choices import QUOTE_MOVES, QuoteKind, QuoteStatus
from claims.models.article import ArticleVersion
from claims.models.base import Editable, fsm, one_of, ordered_span, search_index, tracked
from claims.models.change import announced
from claims.models.run import ExtractionRun
from claims.models.speaker import NAME_LENGTH, Speaker, follow_redirect

# Characters are code points in PostgreSQL (UTF-8) as in Python, so substr() and a slice agree.
# One substr() for all three selectors, since each walks the text from its beginning.
OFFSETS_GIVE_TEXT = r"""
    SELECT v.text INTO STRICT body FROM claims_articleversion v WHERE v.id = NEW.article_version_id;
    IF NEW.start < 0 OR NEW."end" - NEW.start <> length(NEW.text) OR substr(
        body,
        NEW.start - length(NEW.prefix) + 1,
        length(NEW.prefix) + length(NEW.text) + length(NEW.suffix)
    ) IS DISTINCT FROM NEW.prefix || NEW.text || NEW.suffix THEN
        RAISE EXCEPTION 'quote_offsets: characters % to % of version % are not its text',
            NEW.start, NEW."end", NEW.article_version_id USING ERRCODE = 'check_violation';
    END IF;
    reached := NEW.start;
    FOR fragment IN SELECT * FROM jsonb_array_elements(
        CASE jsonb_typeof(NEW.fragments) WHEN 'array' THEN NEW.fragments ELSE '[]' END
    ) LOOP
        -- Whole numbers only: a null would slip through every comparison.
        IF fragment::text !~ '^\[[0-9]+, [0-9]+\]$' THEN
            RAISE EXCEPTION 'quote_offsets: fragments % are not [[start, end], …]', NEW.fragments
                USING ERRCODE = 'check_violation';
        END IF;
        IF (fragment->>0)::bigint < reached OR (fragment->>1)::bigint <= (fragment->>0)::bigint THEN
            RAISE EXCEPTION 'quote_offsets: fragments % are not ordered', NEW.fragments
                USING ERRCODE = 'check_violation';
        END IF;
        reached := (fragment->>1)::bigint;
    END LOOP;
    IF reached <> NEW."end" OR (NEW.fragments->0->>0)::bigint <> NEW.start THEN
        RAISE EXCEPTION 'quote_offsets: fragments % do not reach from % to %',
            NEW.fragments, NEW.start, NEW."end" USING ERRCODE = 'check_violation';
    END IF;
    IF greatest(NEW.cue_end, NEW.mention_end) > length(body) THEN
        RAISE EXCEPTION 'quote_offsets: cue or mention ends behind the text'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
"""
FRESH_DAYS = 14
"""So many days older weighs as much as being sure that there is nothing to check."""


def queue_rank() -> Combinable:
    """Where a candidate stands in the queue: its check-worthiness, and how fresh it is.

    It never changes as time passes, so that an index holds it: what came in later has more.
    """
    seconds = Func(
        F("created_at"),
        template="EXTRACT(EPOCH FROM %(expressions)s AT TIME ZONE 'UTC')::float8",
        output_field=FloatField(),
    )
    return F("check_worthiness") + seconds / float(FRESH_DAYS * 24 * 60 * 60)


# Every column that the trigger reads.
OFFSET_COLUMNS = (
    "article_version_id",
    "start",
    "end",
    "fragments",
    "text",
    "prefix",
    "suffix",
    "cue_end",
    "mention_end",
)

# A name was found, and it is still open who that is.
UNRESOLVED = Q(speaker__isnull=True, status__in=[QuoteStatus.CANDIDATE, QuoteStatus.ACCEPTED]) & ~Q(
    suggested_name=""
)


@tracked()
@announced("quotes")
class Quote(Editable):
    """One quotation in one article version.

    ``article_version.text[start:end] == text`` always: a trigger refuses anything else.
    Offsets count characters (code points), half-open.
    """

    article_version = models.ForeignKey(
        ArticleVersion, on_delete=models.PROTECT, related_name="quotes"
    )
    run = models.ForeignKey(
        ExtractionRun,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="quotes",
        help_text="The run that found it last; empty for a quote marked by a person.",
    )
    start = models.PositiveIntegerField(help_text="First character, marks included.")
    end = models.PositiveIntegerField(help_text="One behind the last character.")
    fragments = models.JSONField(
        help_text="[[start, end], …]: the content itself, which a cue may split."
    )
    text = models.TextField(help_text="The characters from start to end.")
    prefix = models.TextField(blank=True, help_text="The characters before it (W3C selector).")
    suffix = models.TextField(blank=True, help_text="The characters behind it (W3C selector).")
    kind = models.CharField(max_length=10, choices=QuoteKind.choices)
    cue_start = models.PositiveIntegerField(null=True, blank=True)
    cue_end = models.PositiveIntegerField(null=True, blank=True)
    mention_start = models.PositiveIntegerField(
        null=True, blank=True, help_text="Where the article names the speaker for this quote."
    )
    mention_end = models.PositiveIntegerField(null=True, blank=True)
    speaker = models.ForeignKey(
        Speaker, null=True, blank=True, on_delete=models.PROTECT, related_name="quotes"
    )
    suggested_name = models.CharField(
        max_length=NAME_LENGTH,
        blank=True,
        help_text="The name that the extractor resolved within the article.",
    )
    candidate_names = ArrayField(
        models.CharField(max_length=NAME_LENGTH),
        default=list,
        blank=True,
        help_text="The names it may be, when the extractor was in doubt.",
    )
    role = models.CharField(
        max_length=300, blank=True, help_text="The speaker's role as the article gave it."
    )
    confidence = models.FloatField(help_text="0 to 1: that this is a quotation.")
    check_worthiness = models.FloatField(help_text="0 to 1: that it says something to check.")
    status = models.CharField(
        max_length=10, choices=QuoteStatus.choices, default=QuoteStatus.CANDIDATE, editable=False
    )
    copy_of = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="copies",
        help_text="The same words, where they are looked at: in the article of the story "
        "that had them first, in an earlier text of the article, or where they were reviewed.",
    )
    touched_at = models.DateTimeField(
        null=True,
        blank=True,
        editable=False,
        help_text="When a person last decided or changed it; no machine changes it after that.",
    )

    class Meta(Editable.Meta):
        ordering = ["article_version", "start", "end"]
        permissions = [
            ("review_quote", "Can accept and reject quotes"),
            ("export_quote", "Can export decisions on quotes as training data"),
        ]
        indexes = [
            models.Index(
                queue_rank().desc(),  # type: ignore[attr-defined]
                F("id").desc(),
                condition=Q(status=QuoteStatus.CANDIDATE, copy_of__isnull=True),
                name="quote_queue",
            ),
            # The queue of one kind: of a rare one it would else be walked to its end.
            models.Index(
                F("kind"),
                queue_rank().desc(),  # type: ignore[attr-defined]
                F("id").desc(),
                condition=Q(status=QuoteStatus.CANDIDATE, copy_of__isnull=True),
                name="quote_queue_of_kind",
            ),
            models.Index(fields=["status", "-id"], name="quote_by_status"),
            BrinIndex(fields=["created_at"], autosummarize=True, name="quote_in_time"),
            search_index("text", config="english", name="quote_text_search"),
            # Names that nobody has tied to a speaker: by age, and all quotes of one name.
            models.Index(fields=["-id"], condition=UNRESOLVED, name="quote_unresolved"),
            models.Index(
                fields=["suggested_name", "-id"],
                opclasses=["text_pattern_ops", "int8_ops"],
                condition=UNRESOLVED,
                name="quote_unresolved_name",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["article_version", "start", "end"], name="quote_span_once"
            ),
            ordered_span("start", "end", name="quote_span_ordered"),
            ordered_span("cue_start", "cue_end", name="quote_cue_ordered"),
            ordered_span("mention_start", "mention_end", name="quote_mention_ordered"),
            models.CheckConstraint(
                name="quote_confidence_share", condition=Q(confidence__range=(0, 1))
            ),
            models.CheckConstraint(
                name="quote_worthiness_share", condition=Q(check_worthiness__range=(0, 1))
            ),
            one_of("kind", QuoteKind, name="quote_kind_known"),
            one_of("status", QuoteStatus, name="quote_status_known"),
            models.CheckConstraint(
                name="quote_not_copy_of_itself",
                condition=Q(copy_of__isnull=True) | ~Q(copy_of=F("id")),
            ),
            models.CheckConstraint(
                name="quote_decided_by_people",
                condition=~Q(status__in=[QuoteStatus.ACCEPTED, QuoteStatus.REJECTED])
                | Q(touched_at__isnull=False),
            ),
        ]
        triggers = [
            *Editable.Meta.triggers,
            fsm("status", QUOTE_MOVES),
            follow_redirect(),
            pgtrigger.Trigger(
                name="offsets_give_text",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf(*OFFSET_COLUMNS),  # type: ignore[no-untyped-call]
                declare=[("body", "text"), ("reached", "bigint"), ("fragment", "jsonb")],
                func=OFFSETS_GIVE_TEXT,
            ),
        ]

    def __str__(self) -> str:
        words = self.content
        return words if len(words) <= 80 else f"{words[:79]}…"

    @property
    def content(self) -> str:
        """What was said, marks included, with an ellipsis where the writer breaks in."""
        return " … ".join(
            self.text[start - self.start : end - self.start] for start, end in self.fragments
        )

    @property
    def cue_span(self) -> tuple[int, int] | None:
        """Start and end of the cue, or None."""
        return _span(self.cue_start, self.cue_end)

    @property
    def mention_span(self) -> tuple[int, int] | None:
        """Start and end of the speaker's mention, or None."""
        return _span(self.mention_start, self.mention_end)


def _span(start: int | None, end: int | None) -> tuple[int, int] | None:
    return None if start is None or end is None else (start, end)
