"""What people should know: written in the transaction of what happened, mailed once at most.

The desk shows every notification. A mail is claimed in the database (`mailed_at`) before it is
sent, so that no two workers send it and none is sent twice; one that a server loses after that
is not sent again (docs/decisions/0020).
"""

from collections.abc import Iterable, Mapping
from datetime import timedelta

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from claims.choices import MailTime, NotificationKind
from claims.models import Claim, Notification, NotificationChoice, Quote, WebhookEndpoint
from claims.selectors.visibility import is_visible, visible
from claims.services.actors import Actor

TEXT_CHARACTERS = 500
# What people wait for comes at once; the rest can wait for the morning.
USUAL: Mapping[str, MailTime] = {
    NotificationKind.MENTION: MailTime.AT_ONCE,
    NotificationKind.ASSIGNED: MailTime.AT_ONCE,
    NotificationKind.RETURNED: MailTime.AT_ONCE,
    NotificationKind.APPROVAL: MailTime.AT_ONCE,
    NotificationKind.ALTERED: MailTime.DAILY,
    NotificationKind.WEBHOOK: MailTime.AT_ONCE,
}


def name_of(actor: Actor) -> str:
    """What to call who did it, in a sentence."""
    if actor.user is None:
        return actor.job
    return actor.user.get_full_name() or actor.user.username


def notify(
    users: Iterable[User],
    *,
    kind: NotificationKind,
    text: str,
    claim: Claim | None = None,
    quote: Quote | None = None,
    endpoint: WebhookEndpoint | None = None,
    actor: Actor | None = None,
) -> list[Notification]:
    """Write `news`."""
    return write(
        news(users, kind=kind, text=text, claim=claim, quote=quote, endpoint=endpoint, actor=actor)
    )


def write(rows: list[Notification]) -> list[Notification]:
    """Store ``rows`` in the transaction of what happened."""
    return Notification.objects.bulk_create(rows)


def news(
    users: Iterable[User],
    *,
    kind: NotificationKind,
    text: str,
    claim: Claim | None = None,
    quote: Quote | None = None,
    endpoint: WebhookEndpoint | None = None,
    actor: Actor | None = None,
) -> list[Notification]:
    """A row for each of ``users``, but not for who did it, is gone, or may not see the claim.

    ``text`` is one sentence, cut at its limit. At least one of ``claim``, ``quote`` and
    ``endpoint`` is given.
    """
    doer = actor.user if actor is not None else None
    told = {
        user.pk: user
        for user in users
        if user.is_active and user != doer and (claim is None or is_visible(claim, user))
    }
    sentence = " ".join(text.split())
    if len(sentence) > TEXT_CHARACTERS:
        sentence = f"{sentence[: TEXT_CHARACTERS - 1]}…"
    return [
        Notification(
            user=user,
            kind=kind,
            text=sentence,
            claim=claim,
            quote=quote,
            endpoint=endpoint,
            actor=doer,
        )
        for user in told.values()
    ]


# --- Reading ------------------------------------------------------------------------------


def unread(user: User) -> QuerySet[Notification]:
    """What ``user`` has not looked at, of what they may know of by now."""
    return visible(Notification.objects.filter(user=user, read_at=None), user)


def mark_read(user: User, *, only: int | None = None) -> int:
    """Mark one of ``user``'s notifications as read, or all of them; how many that were."""
    rows = unread(user) if only is None else unread(user).filter(pk=only)
    return rows.update(read_at=timezone.now())


# --- How people want to be told -----------------------------------------------------------


def choices_of(user: User) -> dict[str, str]:
    """When ``user`` wants mail, for each kind."""
    chosen = NotificationChoice.objects.filter(user=user).values_list("kind", "mail")
    return {**{kind: str(mail) for kind, mail in USUAL.items()}, **dict(chosen)}


@transaction.atomic
def choose(user: User, wanted: Mapping[str, str]) -> None:
    """Keep when ``user`` wants mail; ``wanted`` is a MailTime for each kind."""
    for kind, mail in wanted.items():
        NotificationChoice.objects.update_or_create(
            user=user, kind=NotificationKind(kind), defaults={"mail": MailTime(mail)}
        )


# --- What is to be mailed -----------------------------------------------------------------


def to_mail(when: MailTime) -> QuerySet[Notification]:
    """Unread and unmailed news of the last NOTIFICATION_MAIL_HOURS that is wanted ``when``."""
    mine = NotificationChoice.objects.filter(user=OuterRef("user"), kind=OuterRef("kind"))
    usually = [kind for kind, mail in USUAL.items() if mail == when]
    since = timezone.now() - timedelta(hours=settings.NOTIFICATION_MAIL_HOURS)
    return (
        Notification.objects.filter(
            mailed_at=None, read_at=None, created_at__gte=since, user__is_active=True
        )
        .exclude(user__email="")
        .filter(Exists(mine.filter(mail=when)) | (Q(kind__in=usually) & ~Exists(mine)))
        .order_by("pk")
    )


def claim_for_mail(pks: Iterable[int]) -> list[Notification]:
    """Take these for the mail that is about to be sent; what another worker took is left out."""
    now = timezone.now()
    with transaction.atomic():
        free = list(
            Notification.objects.select_for_update(of=("self",), skip_locked=True)
            .select_related("user", "claim", "quote", "endpoint")
            .filter(pk__in=list(pks), mailed_at=None)
            .order_by("pk")
        )
        Notification.objects.filter(pk__in=[row.pk for row in free]).update(mailed_at=now)
    return free


def forget_old() -> int:
    """Delete news that was read, or written, long ago; how many."""
    before = timezone.now() - timedelta(days=settings.NOTIFICATION_KEEP_DAYS)
    return Notification.objects.filter(created_at__lt=before).delete()[0]
