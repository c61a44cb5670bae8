"""The change feed, read: every committed change once, in the order of ids within each window.

A cursor says "all that snapshot A could see has been delivered" and, half way through, "of
what B sees and A did not, the rows up to this one". Reading takes no lock and writes nothing.
Why nothing is skipped or doubled stands in docs/decisions/0025.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, TypeAlias

from django.conf import settings
from django.core import signing
from django.db import connection
from django.db.models import Model

from claims import models
from claims.choices import ChangeKind
from claims.models import ChangeEpoch
from claims.selectors.visibility import may_see_all, visible

SALT = "claims.changes"
ROUND = 2_000
"""Rows read at once where many of them may not be for the reader."""

RESOURCES: dict[str, type[Model]] = {
    "speakers": models.Speaker,
    "sources": models.Source,
    "feeds": models.Feed,
    "articles": models.Article,
    "article-versions": models.ArticleVersion,
    "quotes": models.Quote,
    "claims": models.Claim,
    "appearances": models.Appearance,
    "claim-links": models.ClaimLink,
    "evidence": models.Evidence,
    "verdicts": models.Verdict,
    "ratings": models.Rating,
    "rating-scales": models.RatingScale,
    "topics": models.Topic,
    "decisions": models.Decision,
    "runs": models.ExtractionRun,
    "external-reviews": models.ExternalReview,
}

Row: TypeAlias = tuple[int, str, int, str, datetime]


class CursorError(ValueError):
    """The cursor is none of ours."""


class CursorExpired(CursorError):
    """The cursor belongs to a former life of the database: read the whole record anew."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One change. What was deleted is nowhere any more."""

    resource: str
    id: int
    kind: str
    at: datetime
    href: str | None


@dataclass(frozen=True, slots=True)
class Page:
    """Changes in order; ``caught_up`` when nothing that was committed by now comes after them.

    Without it there is more, even where this page holds few changes or none: what the reader
    may not know of was passed over.
    """

    changes: list[Entry]
    next_cursor: str
    caught_up: bool


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Which transactions were over: those below ``end``, but for ``running``."""

    end: int
    running: frozenset[int]
    last: int
    """The highest id that a change could have by then."""

    def sees(self, xid: int) -> bool:
        return xid < self.end and xid not in self.running


NOTHING = Snapshot(end=1, running=frozenset(), last=0)


@dataclass(frozen=True, slots=True)
class Cursor:
    """What ``seen`` sees was delivered, and what ``window`` sees beside it, up to ``after``.

    Where both are the same, the next read opens a window. ``late``: the transactions of the
    window that have taken ids before ``seen`` was.
    """

    epoch: str
    seen: Snapshot
    window: Snapshot
    late: tuple[int, ...] = ()
    after: int = 0

    def signed(self) -> str:
        """As clients hold it."""
        content = [
            self.epoch,
            _packed(self.seen),
            _packed(self.window),
            self.late,
            self.after,
        ]
        return signing.Signer(salt=SALT).sign_object(content, compress=True)

    @classmethod
    def read(cls, text: str) -> "Cursor":
        """Raises CursorError for anything that `signed` did not write."""
        try:
            epoch, seen, window, late, after = signing.Signer(salt=SALT).unsign_object(text)
        except signing.BadSignature as error:
            raise CursorError("This is no cursor of this feed.") from error
        return cls(epoch, _unpacked(seen), _unpacked(window), tuple(late), after)


def read(
    cursor: str | None, *, limit: int, viewer: Any, resources: Collection[str] | None = None
) -> Page:
    """At most ``limit`` changes behind ``cursor`` that ``viewer`` may know of.

    Without a cursor from the first one on. ``resources`` narrows them down. CHANGES_SCANNED
    bounds how many rows one read looks at, so that a page may hold fewer and not be the last.
    Raises CursorError and CursorExpired.
    """
    at = _opened(cursor)
    found: list[Entry] = []
    scanned, size = 0, limit
    while True:
        rows, more = _next(at, size)
        kept = [row for row in rows if resources is None or row[1] in resources]
        for row in _known_to(viewer, kept):
            found.append(_entry(row))
            if len(found) == limit and (more or row is not rows[-1]):
                return Page(found, replace(at, after=row[0]).signed(), caught_up=False)
        if not more:
            rest = Cursor(at.epoch, at.window, at.window).signed()
            # Where nothing has happened the cursor stays, and with it the whole answer.
            unmoved = cursor is not None and not rows and not scanned and not at.after
            return Page(found, cursor if unmoved and cursor else rest, caught_up=True)
        at = replace(at, after=rows[-1][0])
        scanned += len(rows)
        if scanned >= settings.CHANGES_SCANNED:
            return Page(found, at.signed(), caught_up=False)
        size = ROUND


def cursor_now() -> str:
    """The cursor behind everything that is committed by now."""
    seen = _now()
    return Cursor(_epoch(), seen, seen).signed()


def _opened(text: str | None) -> Cursor:
    """The cursor with a window on what has been committed since."""
    epoch, now = _epoch(), _now()
    cursor = Cursor.read(text) if text is not None else Cursor(epoch, NOTHING, NOTHING)
    # The second: it has seen transactions or ids that have yet to come here.
    if cursor.epoch != epoch or cursor.window.end > now.end or cursor.window.last > now.last:
        raise CursorExpired(
            "The database was restored since this cursor was given: export anew, and go on from "
            "the cursor of the export."
        )
    if cursor.window != cursor.seen:
        return cursor
    return replace(cursor, window=now, late=_late_transactions(cursor.seen, now))


def _epoch() -> str:
    return str(ChangeEpoch.objects.get(pk=1).epoch)


def _now() -> Snapshot:
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT pg_current_snapshot()::text, pg_current_xact_id_if_assigned()::text::bigint,
                   CASE WHEN is_called THEN last_value ELSE 0 END FROM claims_change_id_seq
            """
        )
        text, own, last = cursor.fetchone()
    _, end, running = text.split(":")
    # What this very transaction has written is not committed, though no snapshot says so.
    busy = {int(xid) for xid in running.split(",") if xid} | ({own} if own else set())
    return Snapshot(int(end), frozenset(busy), last)


def _late_transactions(seen: Snapshot, window: Snapshot) -> tuple[int, ...]:
    """Those that ``window`` sees and ``seen`` did not, with changes among the ids taken by then.

    They were running. Most of these ``seen`` names; but not those with numbers above the
    highest that was over, and these are found by what they have written. The index holds all
    that is asked, and no more of it is read than the window has.
    """
    ended = {xid for xid in seen.running if window.sees(xid)}
    if seen.last:
        found = _rows(
            "SELECT DISTINCT xid FROM claims_change WHERE xid >= %s AND xid < %s AND id <= %s",
            [seen.end, window.end, seen.last],
        )
        ended |= {xid for (xid,) in found if window.sees(xid)}
    return tuple(sorted(ended))


def _next(at: Cursor, number: int) -> tuple[list[Row], bool]:
    """The next rows of the window, and whether it has more."""
    rows: list[Row] = []
    if at.late and at.after < at.seen.last:
        rows = _late(at, number + 1)
    if len(rows) <= number:
        rows += _fresh(at, number + 1 - len(rows))
    return rows[:number], len(rows) > number


def _late(at: Cursor, number: int) -> list[Row]:
    """Ids from before the last look: a probe of the index for each late transaction, however
    many rows of others lie between."""
    return _rows(
        """
        SELECT c.* FROM unnest(%s::bigint[]) AS late (xid) CROSS JOIN LATERAL (
            SELECT id, resource, object_id, kind, at FROM claims_change
            WHERE xid = late.xid AND id > %s AND id <= %s ORDER BY id LIMIT %s
        ) AS c ORDER BY c.id LIMIT %s
        """,
        [list(at.late), at.after, at.seen.last, number, number],
    )


def _fresh(at: Cursor, number: int) -> list[Row]:
    """Ids from after it: the table is walked by its key, to the end of the window."""
    return _rows(
        """
        SELECT id, resource, object_id, kind, at FROM claims_change
        WHERE id > %s AND id <= %s
          AND xid < %s AND xid <> ALL (%s::bigint[])
          AND (xid >= %s OR xid = ANY (%s::bigint[]))
        ORDER BY id LIMIT %s
        """,
        [
            max(at.after, at.seen.last),
            at.window.last,
            at.window.end,
            sorted(at.window.running),
            at.seen.end,
            sorted(at.seen.running),
            number,
        ],
    )


def _rows(sql: str, values: list[Any]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        rows: list[Any] = cursor.fetchall()
    return rows


def _known_to(viewer: Any, rows: list[Row]) -> Iterable[Row]:
    """Those of ``rows`` that ``viewer`` may know of. That something is gone, everybody may."""
    if may_see_all(viewer):
        return rows
    keys: dict[str, set[int]] = defaultdict(set)
    for _, resource, key, kind, _ in rows:
        if kind != ChangeKind.DELETED:
            keys[resource].add(key)
    known = {
        resource: set(
            visible(RESOURCES[resource]._default_manager.filter(pk__in=asked), viewer).values_list(
                "pk", flat=True
            )
        )
        for resource, asked in keys.items()
    }
    return [row for row in rows if row[3] == ChangeKind.DELETED or row[2] in known[row[1]]]


def _entry(row: Row) -> Entry:
    _, resource, key, kind, at = row
    gone = kind == ChangeKind.DELETED
    return Entry(resource, key, kind, at, None if gone else f"/api/v1/{resource}/{key}")


def _packed(snapshot: Snapshot) -> list[Any]:
    return [snapshot.end, sorted(snapshot.running), snapshot.last]


def _unpacked(content: list[Any]) -> Snapshot:
    end, running, last = content
    return Snapshot(end, frozenset(running), last)
