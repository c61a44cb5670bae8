"""Many new claims at once, a line of JSON each, at the pace of COPY.

    for outcome in create_claims(lines, actor=person(user)):
        outcome.line, outcome.key, outcome.errors

What each line leaves is what `claims.create_claim` leaves: the sentence with its quantities,
the first entry in the log, the history, the event for webhooks. One bad line harms no other.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import islice
from typing import Any

import orjson
from django.db import DataError, IntegrityError, InternalError, connection, transaction
from django.utils import timezone

from claims.choices import ClaimStage, EventType, Priority
from claims.extraction.quantities import as_json, find_quantities
from claims.models import Claim, ClaimTopic, Decision, Topic
from claims.services import outbox
from claims.services.actors import Actor
from claims.services.claims import CREATE
from claims.services.copying import copy_lines, line_writer, take_keys

BATCH_LINES = 1_000
"""Lines that are written by one statement a table."""
TEXT_CHARACTERS = 10_000
TOPICS_MAX = 100
FIELDS = frozenset({"text", "topics", "priority", "recheck_by", "embargo_until"})
YEARS = range(2, 9999)
"""What has the same year in every time zone, for Python too."""


# Columns of a claim that its line gives, and that all of a batch have alike; of its entry in the
# log, beside the claim.
ROW = ("text", "quantities", "priority", "embargo_until", "recheck_by")
BEGINNING = ("stage", "created_by_id", "version", "created_at", "updated_at")
LOG = ("actor_id", "job", "from_state", "to_state", "reason_code", "comment", "at")
_ROW, _BEGUN = line_writer(Claim, ROW), line_writer(Claim, BEGINNING)
_LOGGED = line_writer(Decision, LOG)


@dataclass(frozen=True, slots=True)
class Wrong:
    """What is wrong with a line: where (a JSON pointer), in words, and as a code."""

    pointer: str
    detail: str
    code: str = "invalid"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a line, counted from 1: the key of the new claim, or what is wrong."""

    line: int
    key: int | None = None
    errors: Sequence[Wrong] = ()


@dataclass(slots=True)
class _Draft:
    """A line that has been read."""

    line: int
    text: str = ""
    topics: list[str] = field(default_factory=list)
    priority: str = Priority.NORMAL.value
    recheck_by: date | None = None
    embargo_until: datetime | None = None
    row: str = ""
    errors: list[Wrong] = field(default_factory=list)


def create_claims(lines: Iterable[bytes], *, actor: Actor) -> Iterator[Outcome]:
    """Make a claim of each line ``{text, topics?, priority?, recheck_by?, embargo_until?}``.

    Yields an outcome a line, in order; empty lines have none. Each batch is a transaction of
    its own. Raises NotAllowed.
    """
    actor.require(CREATE)
    numbered = ((n, line) for n, line in enumerate(lines, 1) if line.strip())

    def following() -> list[_Draft]:
        return [_read(number, line) for number, line in islice(numbered, BATCH_LINES)]

    # While the database writes one batch the next is read: each takes about as long.
    with ThreadPoolExecutor(max_workers=1) as reader:
        batch = following()
        while batch:
            coming = reader.submit(following)
            yield from _store(batch, actor)
            batch = coming.result()


def _store(batch: list[_Draft], actor: Actor) -> list[Outcome]:
    """Write those of a batch that can be; where the database refuses, one by one."""
    topics = _topics_of(batch)
    good = [draft for draft in batch if not draft.errors]
    outcomes = {draft.line: Outcome(draft.line, errors=draft.errors) for draft in batch}
    try:
        outcomes |= _written(good, topics, actor)
    except (DataError, IntegrityError, InternalError):
        for draft in good:
            try:
                outcomes |= _written([draft], topics, actor)
            except (DataError, IntegrityError, InternalError):
                refused = Wrong("#", "The database does not take this claim.", "refused")
                outcomes[draft.line] = Outcome(draft.line, errors=[refused])
    return [outcomes[draft.line] for draft in batch]


@transaction.atomic
def _written(drafts: list[_Draft], topics: Mapping[str, int], actor: Actor) -> dict[int, Outcome]:
    if not drafts:
        return {}
    now = timezone.now()
    user = actor.user.pk if actor.user else None
    keys = take_keys(Claim, len(drafts))
    keyed = list(zip(keys, drafts, strict=True))
    begun = _BEGUN((ClaimStage.NEW.value, user, 1, now, now))
    copy_lines(
        Claim,
        ["id", *ROW, *BEGINNING],
        (f"{key}\t{draft.row}\t{begun}" for key, draft in keyed),
    )
    copy_lines(
        ClaimTopic,
        ["claim_id", "topic_id"],
        (f"{key}\t{topics[slug]}" for key, draft in keyed for slug in draft.topics),
    )
    logged = _LOGGED((user, actor.job, "", ClaimStage.NEW.value, "", "", now))
    copy_lines(Decision, ["claim_id", *LOG], (f"{key}\t{logged}" for key in keys))
    with connection.cursor() as cursor:
        # A topic may have gone since it was looked up: now, and not when others have committed.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
    if outbox.is_wanted(EventType.CLAIM_CREATED):
        for claim in Claim.objects.filter(pk__in=keys).order_by("pk"):
            outbox.emit(EventType.CLAIM_CREATED, claim)
    return {draft.line: Outcome(draft.line, key=key) for key, draft in keyed}


def _topics_of(batch: list[_Draft]) -> dict[str, int]:
    """The keys of all topics that a batch names; those who name others are marked."""
    named = {slug for draft in batch for slug in draft.topics}
    known = dict(Topic.objects.filter(slug__in=named).values_list("slug", "pk"))
    for draft in batch:
        for place, slug in enumerate(draft.topics):
            if slug not in known:
                unknown = Wrong(f"#/topics/{place}", "There is no such topic.", "does_not_exist")
                draft.errors.append(unknown)
    return known


# --- Reading a line -------------------------------------------------------------------------


def _read(number: int, line: bytes) -> _Draft:
    draft = _Draft(number)
    try:
        content = orjson.loads(line)
    except orjson.JSONDecodeError as error:
        draft.errors.append(Wrong("#", f"This is no JSON: {error}.", "malformed"))
        return draft
    if not isinstance(content, dict):
        draft.errors.append(Wrong("#", "A JSON object is needed.", "malformed"))
        return draft
    for name in content.keys() - FIELDS:
        pointer = f"#/{name[:100].replace('~', '~0').replace('/', '~1')}"
        draft.errors.append(Wrong(pointer, "There is no such field.", "unknown_field"))
    for name, read in READERS.items():
        if name not in content:
            continue
        try:
            setattr(draft, name, read(content[name]))
        except ValueError as error:
            draft.errors.append(Wrong(f"#/{name}", str(error)))
    if "text" not in content:
        draft.errors.append(Wrong("#/text", "The claim needs a sentence of its own.", "required"))
    if not draft.errors:
        quantities = [as_json(quantity) for quantity in find_quantities(draft.text)]
        given = (draft.text, quantities, draft.priority, draft.embargo_until, draft.recheck_by)
        # Written here, where another batch is with the database meanwhile.
        draft.row = _ROW(given)
    return draft


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError("A string is needed.")
    if "\0" in value:
        raise ValueError("A NUL is in it.")
    text = " ".join(value.split())
    if not text:
        raise ValueError("The claim needs a sentence of its own.")
    if len(text) > TEXT_CHARACTERS:
        raise ValueError(f"At most {TEXT_CHARACTERS} characters are taken.")
    return text


def _topics(value: Any) -> list[str]:
    if not isinstance(value, list) or not all(isinstance(slug, str) for slug in value):
        raise ValueError("A list of slugs is needed.")
    if len(value) > TOPICS_MAX or any("\0" in slug for slug in value):
        raise ValueError(f"At most {TOPICS_MAX} slugs, none with a NUL.")
    return list(dict.fromkeys(value))


def _priority(value: Any) -> str:
    if not isinstance(value, str) or value not in Priority.values:
        raise ValueError(f"One of {', '.join(Priority.values)}.")
    return value


def _day(value: Any) -> date | None:
    if value is None:
        return None
    try:
        if isinstance(value, str) and len(value) == len("2026-03-01"):
            return date.fromisoformat(value)
    except ValueError:
        pass  # said below, for whatever is no date
    raise ValueError("A date is needed, such as 2026-03-01.")


def _moment(value: Any) -> datetime | None:
    if value is None:
        return None
    try:
        moment = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        moment = None
    if moment is None or moment.year not in YEARS:
        raise ValueError("A moment is needed, such as 2026-03-01T06:00:00Z.")
    return moment if moment.tzinfo else timezone.make_aware(moment)


READERS = {
    "text": _text,
    "topics": _topics,
    "priority": _priority,
    "recheck_by": _day,
    "embargo_until": _moment,
}
