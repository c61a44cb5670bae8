"""What the desk did in a period, as numbers: the figures behind the charts.

Each figure is one query, whatever the period. Claims that are kept from the viewer are in
none of them. Machines are measured by what people decided: see `scorecard`.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import TruncDate

from claims.choices import FixReason, MatchState, QuoteStatus, RejectReason, VerdictStatus
from claims.models import Appearance, Claim, Decision, Quote
from claims.selectors.visibility import hidden_claims, visible, visible_claims, visible_verdicts

DECIDED = (QuoteStatus.ACCEPTED, QuoteStatus.REJECTED)

# Seconds from the decision that brought a claim to a stage to the one that took it on.
STAGE_TIMES = """
    SELECT d.from_state, count(*), percentile_cont(0.5) WITHIN GROUP (
        ORDER BY extract(epoch FROM d.at - before.at))
    FROM claims_decision d
    CROSS JOIN LATERAL (
        SELECT p.at FROM claims_decision p
        WHERE p.claim_id = d.claim_id AND p.id < d.id AND p.to_state = d.from_state
        ORDER BY p.id DESC LIMIT 1
    ) before
    WHERE d.at >= %s AND d.claim_id IS NOT NULL AND d.claim_id <> ALL(%s)
      AND d.from_state <> '' AND d.from_state <> d.to_state
    GROUP BY d.from_state
"""


@dataclass(slots=True)
class Score:
    """What people made of one reader's, one kind's or one outlet's candidates."""

    name: str
    accepted: int = 0
    rejected: int = 0
    fixed: int = 0
    """Corrections of span or speaker, whatever was decided later."""
    why: Counter[str] = field(default_factory=Counter)

    @property
    def decided(self) -> int:
        return self.accepted + self.rejected

    @property
    def reasons(self) -> list[tuple[str, int]]:
        """Why candidates were rejected, the most frequent reason first."""
        return self.why.most_common()

    @property
    def percent(self) -> int:
        """Of the decided, how many were accepted."""
        return round(100 * self.accepted / self.decided) if self.decided else 0


@dataclass(slots=True)
class Balance:
    """How much of one outlet, speaker or topic came in, was taken up and was answered."""

    name: str
    candidates: int = 0
    checked: int = 0
    verdicts: int = 0


def candidates_by_day(since: datetime) -> dict[date, dict[str, int]]:
    """For each day, how many quotes were found and what has become of them, by status."""
    found = (
        Quote.objects.filter(created_at__gte=since, copy_of=None)
        .order_by()
        .annotate(day=TruncDate("created_at"))
        .values_list("day", "status")
        .annotate(n=Count("pk"))
    )
    days: dict[date, dict[str, int]] = {}
    for day, status, number in found:
        days.setdefault(day, {})[status] = number
    return dict(sorted(days.items()))


def scorecard(since: datetime) -> dict[str, list[Score]]:
    """Acceptance by "extractor", "kind" and "outlet", from people's decisions and reasons.

    A decision counts while it is the quote's standing one; corrections count as such.
    """
    rows = (
        Decision.objects.filter(at__gte=since, quote__isnull=False, actor__isnull=False)
        .filter(
            Q(to_state__in=DECIDED, quote__status=F("to_state"))
            | Q(reason_code__in=FixReason.values)
        )
        .order_by()
        .values_list(
            "quote__run__extractor",
            "quote__kind",
            "quote__article_version__article__source__name",
            "to_state",
            "reason_code",
        )
        .annotate(n=Count("quote", distinct=True))
    )
    scores: dict[str, dict[str, Score]] = {"extractor": {}, "kind": {}, "outlet": {}}
    for extractor, kind, outlet, to_state, reason, number in rows:
        named = {"extractor": extractor or "Marked by a person", "kind": kind, "outlet": outlet}
        for group, name in named.items():
            _count(scores[group].setdefault(name, Score(name)), to_state, reason, number)
    return {
        group: sorted(found.values(), key=lambda score: (-score.decided, score.name))
        for group, found in scores.items()
    }


def _count(score: Score, to_state: str, reason: str, number: int) -> None:
    if reason in FixReason.values:
        score.fixed += number
    elif to_state == QuoteStatus.ACCEPTED:
        score.accepted += number
    else:
        score.rejected += number
        label = dict(RejectReason.choices).get(reason, reason)
        score.why[label] += number


def stage_times(since: datetime, user: Any) -> dict[str, tuple[int, float]]:
    """For each stage that claims left in the period: how many, and the median in seconds."""
    hidden = list(hidden_claims(user).values_list("pk", flat=True))
    with connection.cursor() as cursor:
        cursor.execute(STAGE_TIMES, [since, hidden])
        return {stage: (number, float(median)) for stage, number, median in cursor.fetchall()}


def verdicts_by_rating(since: datetime, user: Any) -> list[tuple[str, str, str, int]]:
    """Scale, label, colour and number of the verdicts published and still standing."""
    standing = visible_verdicts(user).filter(
        published_at__gte=since, status=VerdictStatus.PUBLISHED
    )
    found = (
        standing.order_by()
        .values_list("rating__scale__name", "rating__value", "rating__label", "rating__colour")
        .annotate(n=Count("pk"))
        .order_by("rating__scale__name", "rating__value")
    )
    return [(scale, label, colour, number) for scale, _, label, colour, number in found]


def balance(since: datetime, user: Any, *, most: int) -> dict[str, list[Balance]]:
    """By "outlet", "speaker" and "topic": what came in, what was checked, what was answered.

    Quotes are counted once however many outlets carry them, where they stood first; claims in
    a topic stand for candidates, which have none. The ``most`` frequent of each.
    """
    outlet, speaker = "article_version__article__source__name", "speaker__name"
    quotes = Quote.objects.filter(created_at__gte=since, copy_of=None)
    found = {
        "outlet": _of_quotes(quotes, outlet, most),
        "speaker": _of_quotes(quotes.filter(speaker__isnull=False), speaker, most),
        "topic": _of_topics(visible_claims(user).filter(created_at__gte=since), most),
    }
    answered = visible(
        Appearance.objects.filter(
            state=MatchState.CONFIRMED,
            claim__verdicts__published_at__gte=since,
            claim__verdicts__status=VerdictStatus.PUBLISHED,
        ),
        user,
    )
    for name, path in (("outlet", f"quote__{outlet}"), ("speaker", f"quote__{speaker}")):
        _add_verdicts(found[name], answered, path)
    return found


def _of_quotes(quotes: QuerySet[Quote], path: str, most: int) -> list[Balance]:
    counted = (
        quotes.order_by()
        .values_list(path)
        .annotate(n=Count("pk"), checked=Count("pk", filter=Q(status=QuoteStatus.ACCEPTED)))
        .order_by("-n", path)[:most]
    )
    return [Balance(name, n, checked) for name, n, checked in counted]


def _of_topics(claims: QuerySet[Claim], most: int) -> list[Balance]:
    answered = Q(verdicts__status=VerdictStatus.PUBLISHED)
    counted = (
        claims.filter(topics__isnull=False)
        .order_by()
        .values_list("topics__name")
        .annotate(
            n=Count("pk", distinct=True),
            checked=Count("pk", distinct=True, filter=~Q(stage="new")),
            verdicts_=Count("verdicts", distinct=True, filter=answered),
        )
        .order_by("-n", "topics__name")[:most]
    )
    return [Balance(*row) for row in counted]


def _add_verdicts(rows: Iterable[Balance], appearances: QuerySet[Appearance], path: str) -> None:
    named = {row.name: row for row in rows}
    counted = (
        appearances.filter(**{f"{path}__in": list(named)})
        .order_by()
        .values_list(path)
        .annotate(n=Count("claim", distinct=True))
    )
    for name, number in counted:
        named[name].verdicts = number
