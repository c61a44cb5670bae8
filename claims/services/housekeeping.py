"""What has to be done now and then, by beat: any number of them, with the same result."""

from datetime import timedelta
from itertools import islice

import structlog
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.models import F
from django.db.models.functions import Greatest

from claims.models import Fetch, Heartbeat, Host, IdempotentAnswer, ImportDraft
from claims.models.work import OPEN
from claims.services import heartbeats, integrity, leasing, notifications, outbox
from claims.services.record_check import check_record

log = structlog.get_logger(__name__)

RECORD_CHECK = f"{heartbeats.TASK}check_record"
# How many findings are shown on the desk; `manage.py check_record` lists them all.
SHOWN_FINDINGS = 50
COUNTED_FINDINGS = 10_000


def check_and_report() -> None:
    """Read the whole record back and keep the result as a heartbeat; one check at a time."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(hashtext(%s))", [RECORD_CHECK])
        if not cursor.fetchone()[0]:
            return  # another scheduler's is under way
        try:
            _check_and_report()
        finally:
            cursor.execute("SELECT pg_advisory_unlock(hashtext(%s))", [RECORD_CHECK])


def _check_and_report() -> None:
    findings = list(islice(check_record(), COUNTED_FINDINGS))
    shown = [f"{each.rule}: {each.row}: {each.problem}" for each in findings[:SHOWN_FINDINGS]]
    heartbeats.leave(RECORD_CHECK, {"findings": len(findings), "first": shown})
    if findings:
        log.error("record_does_not_hold", findings=len(findings), first=shown[0])
    else:
        log.info("record_holds")


def tidy_up() -> None:
    """Forget what no longer serves, and take up readings again that were given up.

    Forgotten are sites that are no longer read, signs of life long past, files that nobody said
    yes to, ended sessions, old news and events, and answers of the API that nobody asks for
    again.
    """
    now = leasing.database_now()
    unread = Host.objects.annotate(
        last=Greatest(F("refilled_at"), F("robots_fetched_at"), F("held_until"))
    ).filter(last__lt=now - timedelta(days=settings.HOST_KEEP_DAYS))
    awaited = Fetch.objects.filter(state__in=OPEN).values("host")
    hosts, _ = unread.exclude(name__in=awaited).delete()
    signs, _ = (
        Heartbeat.objects.filter(seen_at__lt=now - timedelta(days=settings.HEARTBEAT_KEEP_DAYS))
        .exclude(name__startswith=heartbeats.TASK)
        .delete()
    )
    unasked = timedelta(hours=settings.IMPORT_DRAFT_HOURS)
    ImportDraft.objects.filter(created_at__lt=now - unasked).delete()
    unrepeated = timedelta(hours=settings.IDEMPOTENCY_HOURS)
    IdempotentAnswer.objects.filter(at__lt=now - unrepeated).delete()
    call_command("clearsessions", verbosity=0)
    taken_up = integrity.take_up_rechecks()
    forgotten = notifications.forget_old()
    events = outbox.forget_old()
    heartbeats.leave(
        f"{heartbeats.TASK}tidy_up",
        {
            "hosts": hosts,
            "signs": signs,
            "rechecks": taken_up,
            "news": forgotten,
            "events": events,
        },
    )
