"""Mail to people of the desk: each piece of news at once, or a summary a day."""

from smtplib import SMTPException
from typing import Any
from urllib.parse import urljoin

import structlog
from django.conf import settings
from django.contrib.auth.models import User
from django.core.mail import EmailMessage, get_connection
from django.urls import reverse

from claims.choices import MailTime
from claims.models import Notification
from claims.selectors.visibility import is_visible
from claims.services import notifications

log = structlog.get_logger(__name__)


def send_due() -> int:
    """Mail what is wanted at once, a mail for each; how many were sent."""
    waiting = list(
        notifications.to_mail(MailTime.AT_ONCE).values_list("pk", flat=True)[
            : settings.NOTIFICATION_MAIL_BATCH
        ]
    )
    return _send([[pk] for pk in waiting])


def send_daily() -> int:
    """Mail everybody the summary of what they have not looked at; how many were sent."""
    of_user: dict[int, list[int]] = {}
    rows = notifications.to_mail(MailTime.DAILY).values_list("user_id", "pk")
    for user, pk in rows:
        of_user.setdefault(user, []).append(pk)
    return _send(list(of_user.values()))


def _send(bundles: list[list[int]]) -> int:
    """One mail for each bundle of one person's notifications.

    The server is reached first: while it is away nothing is claimed, and all is tried again.
    """
    if not bundles:
        return 0
    connection: Any = get_connection()
    try:
        connection.open()
    except (OSError, SMTPException) as error:
        log.warning("mail_server_unreachable", waiting=len(bundles), error=str(error))
        return 0
    sent = 0
    try:
        for bundle in bundles:
            # An embargo may have been put on the claim since.
            claimed = notifications.claim_for_mail(bundle)
            rows = [row for row in claimed if is_visible(row, row.user)]
            if not rows:
                continue
            try:
                sent += _mail(rows[0].user, rows, connection).send()
            except (OSError, SMTPException) as error:
                # Whether it left is not known: sent again it could come twice.
                log.error("mail_lost", notifications=bundle, error=str(error))
    finally:
        connection.close()
    return sent


def _mail(user: User, rows: list[Notification], connection: Any) -> EmailMessage:
    lines = [f"Hello {user.get_full_name() or user.username},", ""]
    for row in rows:
        lines += [row.text, *_about(row), address_of(row), ""]
    lines += [
        "When the desk writes to you, you choose here:",
        _absolute("admin:claims_news_choices"),
    ]
    subject = rows[0].get_kind_display() if len(rows) == 1 else f"{len(rows)} pieces of news"
    return EmailMessage(
        subject=f"Fact-check desk: {subject}",
        body="\n".join(lines) + "\n",
        to=[user.email],
        connection=connection,
    )


def _about(row: Notification) -> list[str]:
    if row.claim is not None:
        return [f"Claim: {row.claim}"]
    return [f"Quote: {row.quote.content}"] if row.quote is not None else []


def address_of(row: Notification) -> str:
    """Where the news leads to, in full."""
    if row.claim_id is not None:
        return _absolute("admin:claims_claim_change", row.claim_id)
    if row.endpoint_id is not None:
        return _absolute("admin:claims_webhookendpoint_change", row.endpoint_id)
    return _absolute("admin:claims_quote_change", row.quote_id)


def _absolute(name: str, *args: Any) -> str:
    return urljoin(settings.DESK_URL, reverse(name, args=args))
