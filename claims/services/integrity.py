"""Whether an outlet still prints what it printed: articles read again, their quotes sought.

When a text changes, every quote that somebody has reviewed is sought in the new one, in the
transaction that stores it (`check_version`). An accepted quote that the current text has
altered or dropped raises one alert, for a person to settle; the alert falls away when the
words come back. The standing of a quote in a text is worked out once and kept for good.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from claims.choices import (
    AlertState,
    EventType,
    FetchOutcome,
    FetchPurpose,
    NotificationKind,
    QuoteStanding,
    QuoteStatus,
    WorkState,
)
from claims.ingest import anchoring
from claims.ingest.anchoring import Selector, Text
from claims.models import (
    Article,
    ArticleVersion,
    Decision,
    Fetch,
    Notification,
    Quote,
    QuoteCheck,
)
from claims.models.work import OPEN
from claims.services import leasing, notifications, outbox
from claims.services.actors import Actor
from claims.services.errors import InvalidTransition, NotReady
from claims.services.locking import lock

SETTLE = "claims.settle_quotecheck"
REVIEWED = (QuoteStatus.ACCEPTED, QuoteStatus.REJECTED)
BROKEN = (QuoteStanding.ALTERED, QuoteStanding.GONE)
# The address answered, and with an article.
CONFIRMING = frozenset(
    {FetchOutcome.NEW, FetchOutcome.CHANGED, FetchOutcome.UNCHANGED, FetchOutcome.COPY}
)


# --- Quotes in later texts ----------------------------------------------------------------


@transaction.atomic
def check_version(version: ArticleVersion) -> int:
    """Seek every reviewed quote of the article's earlier texts in ``version``; how many.

    Raises the alerts. Doing it again changes nothing.
    """
    quotes = list(
        Quote.objects.filter(
            article_version__article=version.article_id,
            article_version__number__lt=version.number,
            status__in=REVIEWED,
        ).exclude(checks__article_version=version)
    )
    _check(quotes, version.pk, version.text)
    update_alerts(version.article_id)
    return len(quotes)


@transaction.atomic
def quote_reviewed(quote: Quote) -> None:
    """After a decision on ``quote``: seek it in the texts that came since, and see to its alert."""
    home = ArticleVersion.objects.values("article_id", "number").get(pk=quote.article_version_id)
    later = ArticleVersion.objects.filter(
        article=home["article_id"], number__gt=home["number"]
    ).exclude(quote_checks__quote=quote)
    if quote.status in REVIEWED:
        for pk, text in later.values_list("pk", "text"):
            _check([quote], pk, text)
    update_alerts(home["article_id"], only=quote.pk)


def _check(quotes: list[Quote], version_id: int, text: str) -> None:
    made, sought = [], Text(text)
    for quote in quotes:
        found = anchoring.seek(
            _selector(quote), sought, threshold=settings.QUOTE_ALTERED_SIMILARITY
        )
        start, end = found.span or (None, None)
        made.append(
            QuoteCheck(
                quote=quote,
                article_version_id=version_id,
                standing=QuoteStanding(found.standing.value),
                start=start,
                end=end,
                found=text[start:end] if found.span else "",
                similarity=found.similarity,
            )
        )
    QuoteCheck.objects.bulk_create(made, ignore_conflicts=True)


def _selector(quote: Quote) -> Selector:
    return Selector(
        exact=quote.text,
        prefix=quote.prefix,
        suffix=quote.suffix,
        fragments=tuple((start - quote.start, end - quote.start) for start, end in quote.fragments),
    )


# --- Alerts -------------------------------------------------------------------------------


def update_alerts(article_id: int, *, only: int | None = None) -> None:
    """Let each accepted quote that the current text has altered or dropped have one open alert.

    It stands on the check of the current text; what a person has settled is not raised again
    as long as the words are the same. All other open alerts are closed, with the reason.
    """
    current = (
        Article.objects.filter(pk=article_id)
        .values_list("current_version_id", "current_version__number")
        .get()
    )
    checks = (
        QuoteCheck.objects.filter(quote__article_version__article=article_id)
        .select_related("quote", "article_version")
        .defer("article_version__text", "quote__prefix", "quote__suffix")
        .select_for_update(of=("self",))
        .order_by("quote_id", "article_version__number")
    )
    if only is not None:
        checks = checks.filter(quote=only)
    by_quote: dict[int, list[QuoteCheck]] = {}
    for check in checks:
        by_quote.setdefault(check.quote_id, []).append(check)
    opened = [
        check for of_quote in by_quote.values() for check in _update_alert(of_quote, *current)
    ]
    if opened:
        _tell_acceptors(opened)
        _tell_webhooks(opened)


def _update_alert(
    checks: list[QuoteCheck], current_id: int | None, number: int | None
) -> list[QuoteCheck]:
    """See to the alert of one quote; its checks by the number of the text. What was opened."""
    opened: list[QuoteCheck] = []
    quote = checks[0].quote
    now = next((check for check in checks if check.article_version_id == current_id), None)
    accepted = quote.status == QuoteStatus.ACCEPTED
    broken = accepted and now is not None and now.standing in BROKEN
    for check in checks:
        wanted = check.alert
        if broken and check is now and not _settled(check, checks):
            wanted = AlertState.OPEN
        elif check.alert == AlertState.OPEN and not (broken and check is now):
            wanted = AlertState.NONE
        if wanted == check.alert:
            continue
        if wanted == AlertState.OPEN:
            check.note = ""
        elif not accepted:
            check.note = "Closed: the quote is no longer accepted."
        elif broken:
            check.note = f"Closed: version {number} raises it again."
        else:
            check.note = f"Closed: version {number} has the words again."
        check.alert = wanted
        check.save(update_fields=["alert", "note", "updated_at"])
        if wanted == AlertState.OPEN:
            opened.append(check)
    return opened


def _tell_acceptors(opened: list[QuoteCheck]) -> None:
    """Whoever accepted a quote is told what became of it."""
    decisions = (
        Decision.objects.filter(
            quote__in=[check.quote_id for check in opened], to_state=QuoteStatus.ACCEPTED
        )
        .exclude(actor=None)
        .select_related("actor")
        .order_by("pk")
    )
    acceptor = {decision.quote_id: decision.actor for decision in decisions}
    rows: list[Notification] = []
    for check in opened:
        user = acceptor.get(check.quote_id)
        became = "dropped" if check.standing == QuoteStanding.GONE else "altered"
        rows += notifications.news(
            [user] if user is not None else [],
            kind=NotificationKind.ALTERED,
            text=f"An outlet {became} a quote that you accepted: {check.quote.content}",
            quote=check.quote,
        )
    notifications.write(rows)


def _tell_webhooks(opened: list[QuoteCheck]) -> None:
    if outbox.is_wanted(EventType.QUOTE_ALTERED):
        for check in opened:
            outbox.emit(EventType.QUOTE_ALTERED, check.quote, facts={"standing": check.standing})


def _settled(check: QuoteCheck, checks: Iterable[QuoteCheck]) -> bool:
    """Whether a person has settled the same alteration, here or in another text."""
    return any(
        other.alert == AlertState.SETTLED
        and other.standing == check.standing
        and anchoring.same_typesetting(other.found, check.found)
        for other in checks
    )


@transaction.atomic
def settle_alert(
    check: QuoteCheck, *, actor: Actor, note: str, expected_version: int | None = None
) -> QuoteCheck:
    """Close an open alert; ``note`` is what the desk makes of it. Raises DeskError when refused."""
    user = actor.require(SETTLE)
    check = lock(check, expected_version=expected_version)
    if check.alert != AlertState.OPEN:
        raise InvalidTransition("There is no open alert on this quote any more.")
    if not note.strip():
        raise NotReady(["a note is needed"])
    check.alert = AlertState.SETTLED
    check.settled_by = user
    check.settled_at = timezone.now()
    check.note = note.strip()
    check.save(update_fields=["alert", "settled_by", "settled_at", "note", "updated_at"])
    check.refresh_from_db(fields=["version"])
    return check


# --- Articles read again ------------------------------------------------------------------


def after_fetch(fetch: Fetch) -> None:
    """Note whether the article is still there, and queue its next reading.

    Called with the completed row, in the transaction that completes it.
    """
    if fetch.article_id is None:
        return
    articles = Article.objects.filter(pk=fetch.article_id)
    if fetch.outcome == FetchOutcome.GONE:
        articles.filter(gone_at=None).update(gone_at=timezone.now(), updated_at=timezone.now())
    elif fetch.outcome in CONFIRMING:
        articles.exclude(gone_at=None).update(gone_at=None, updated_at=timezone.now())
    schedule_recheck(fetch)


def schedule_recheck(fetch: Fetch) -> Fetch | None:
    """Queue the next reading of what ``fetch`` read; None when there is none or it is queued.

    The times count from the article's first reading; those that were missed are left out. The
    row carries the validators of this reading, so that an unchanged page costs its headers.
    """
    if fetch.article_id is None:
        return None
    began = Article.objects.values_list("created_at", flat=True).get(pk=fetch.article_id)
    turn = _next_turn(began, fetch.step or 0, leasing.database_now())
    if turn is None:
        return None
    step, due_at = turn
    rechecks = Fetch.objects.filter(purpose=FetchPurpose.RECHECK, state__in=OPEN)
    if rechecks.filter(article=fetch.article_id).exists():
        return None
    confirmed = fetch.outcome in CONFIRMING
    row = Fetch(
        purpose=FetchPurpose.RECHECK,
        url=fetch.url,
        url_hash=fetch.url_hash,
        host=fetch.host,
        article_id=fetch.article_id,
        step=step,
        due_at=due_at,
        etag=fetch.etag if confirmed else "",
        last_modified=fetch.last_modified if confirmed else "",
    )
    # One statement, so that of two that end at once one makes the row.
    Fetch.objects.bulk_create([row], ignore_conflicts=True)
    return rechecks.filter(article=fetch.article_id).first()


def _next_turn(began: datetime, step: int, now: datetime) -> tuple[int, datetime] | None:
    """Number and time of the next reading after the ``step``-th (0: the first of all)."""
    after: list[timedelta] = settings.RECHECK_AFTER
    for number, wait in enumerate(after, start=1):
        if number > step and began + wait > now:
            return number, began + wait
    return None


@transaction.atomic
def take_up_rechecks() -> int:
    """Queue the next reading of articles whose last one was given up; how many."""
    if not settings.RECHECK_AFTER:
        return 0
    later = Fetch.objects.filter(article=OuterRef("article"), pk__gt=OuterRef("pk"))
    ended = (
        Fetch.objects.filter(purpose=FetchPurpose.RECHECK, state=WorkState.DEAD)
        .exclude(article=None)
        .filter(
            ~Exists(later),
            step__lt=len(settings.RECHECK_AFTER),
            article__created_at__gt=leasing.database_now() - settings.RECHECK_AFTER[-1],
        )
        .order_by("pk")[: settings.SWEEP_BATCH]
    )
    return sum(schedule_recheck(fetch) is not None for fetch in ended)
