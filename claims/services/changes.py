"""What the change feed needs done from time to time; triggers do the rest (models/change.py)."""

from datetime import timedelta
from uuid import uuid4

import pgtrigger
from django.db import connection, transaction

from claims.models import Change, ChangeEpoch
from claims.models.change import NOTED, SHOWN_WITH
from claims.services import leasing

CLOCKS_DIFFER = timedelta(seconds=5)
"""An embargo is told of only when it has ended by the clock of every machine that is asked."""

RESTORED = 1
"""The transaction of all changes that a backup brought: over, whatever is compared with it."""

ENDED = "SELECT id FROM claims_claim WHERE embargo_until > %(since)s AND embargo_until <= %(until)s"


@transaction.atomic
def tell_of_ended_embargoes() -> int:
    """Write the claims whose embargo has ended, and what hangs on them, into the feed.

    Nothing changed in them, but to whoever could not see them they are new. Returns the
    number of changes written.
    """
    # Somebody else at it is as good.
    epoch = ChangeEpoch.objects.select_for_update(skip_locked=True).first()
    if epoch is None:
        return 0
    until = leasing.database_now() - CLOCKS_DIFFER
    ended = f"SELECT 'claims', c.id, 'updated' FROM ({ENDED}) AS c"  # noqa: S608  a constant
    rows = f"{ended} UNION ALL {SHOWN_WITH.format(claims=ENDED)}"
    with connection.cursor() as cursor:
        cursor.execute(
            NOTED.format(rows=rows), {"since": epoch.embargoes_told_until, "until": until}
        )
        written = int(cursor.rowcount)
    if written:
        epoch.embargoes_told_until = until
        epoch.save(update_fields=["embargoes_told_until"])
    return written


@transaction.atomic
def begin_new_life() -> None:
    """After a restore: the numbers of transactions in the feed, and all cursors, are of another
    database. The former are made older than any of this one; the latter are refused from now on."""
    ChangeEpoch.objects.update_or_create(pk=1, defaults={"epoch": uuid4()})
    with pgtrigger.ignore("claims.Change:append_only"):
        Change.objects.exclude(xid=RESTORED).update(xid=RESTORED)
