"""Whole tables as NDJSON or CSV, piece by piece, written by PostgreSQL itself.

    for piece in pieces("claims", "ndjson", Claim.objects.all()): ...

The database writes the lines itself; Python hands them on. Each piece is a statement of its
own over the next rows by key, so that memory is flat and no statement runs for minutes. Names
and values are those of the API.
"""

import io
from collections import deque
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import islice
from queue import SimpleQueue
from typing import Any, Literal, TypeAlias

from django.contrib.postgres.fields import ArrayField
from django.db import connection, models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Model, QuerySet

from claims.export.cells import FORMULA_MARKS, GUARD
from claims.models import Appearance, Article, Claim, Decision, Evidence, Quote, Speaker, Verdict

Format: TypeAlias = Literal["ndjson", "csv"]

PIECE_ROWS = 10_000
"""At most: so many keys are one piece."""


@dataclass(frozen=True, slots=True)
class Table:
    """What is exported of a model: its columns in order, as paths of fields; and lists behind
    them, as SQL that gives the key and a JSON array for the keys of a range."""

    model: type[Model]
    columns: Mapping[str, str]
    lists: Mapping[str, str] = field(default_factory=dict)

    @property
    def names(self) -> list[str]:
        """All columns, as they are called in what is written."""
        return [*self.columns, *self.lists]


@dataclass(frozen=True, slots=True)
class Statement:
    """What gives the lines of a piece, with the values for its places."""

    sql: str
    values: tuple[Any, ...]
    form: Format


def _same(*names: str) -> dict[str, str]:
    return {name: name for name in names}


CLOCKS = _same("version", "created_at", "updated_at")


# The parts of rows that stand in tables of their own, gathered once for each piece: a subquery
# a row would take longer than everything else.
TOPICS = """
    SELECT filed.claim_id, json_agg(t.slug ORDER BY t.slug)
    FROM claims_claim_topics AS filed JOIN claims_topic AS t ON t.id = filed.topic_id
    WHERE filed.claim_id > %s AND filed.claim_id <= %s GROUP BY filed.claim_id
"""
ALIASES = """
    SELECT a.speaker_id, json_agg(a.name ORDER BY a.name, a.id) FROM claims_speakeralias AS a
    WHERE a.speaker_id > %s AND a.speaker_id <= %s GROUP BY a.speaker_id
"""

TABLES: dict[str, Table] = {
    "claims": Table(
        Claim,
        {
            **_same("id", "text", "quantities", "stage", "priority"),
            "assignee": "assignee__username",
            **_same("embargo_until", "recheck_by"),
            "created_by": "created_by__username",
            **CLOCKS,
        },
        lists={"topics": TOPICS},
    ),
    "quotes": Table(
        Quote,
        {
            "id": "id",
            "article": "article_version__article_id",
            "article_version": "article_version_id",
            **_same("start", "end", "fragments", "text", "prefix", "suffix", "kind"),
            **_same("cue_start", "cue_end", "mention_start", "mention_end"),
            "speaker": "speaker_id",
            **_same("suggested_name", "candidate_names", "role", "confidence"),
            **_same("check_worthiness", "status"),
            "copy_of": "copy_of_id",
            **_same("touched_at"),
            **CLOCKS,
        },
    ),
    "verdicts": Table(
        Verdict,
        {
            "id": "id",
            "claim": "claim_id",
            **_same("number", "status"),
            "rating": "rating_id",
            **_same("summary", "explanation"),
            "author": "author__username",
            "approver": "approver__username",
            **_same("valid_as_of", "correction_note", "published_at"),
            **CLOCKS,
        },
    ),
    "speakers": Table(
        Speaker,
        {
            **_same("id", "name", "kind", "description", "wikidata_id", "is_confirmed"),
            "merged_into": "merged_into_id",
            **CLOCKS,
        },
        lists={"aliases": ALIASES},
    ),
    "articles": Table(
        Article,
        {
            "id": "id",
            "url": "canonical_url",
            "source": "source_id",
            **_same("kind", "title", "byline", "language", "published_at"),
            "current_version": "current_version_id",
            "copy_of": "copy_of_id",
            "story": "story_id",
            "gone_at": "gone_at",
            **CLOCKS,
        },
    ),
    "evidence": Table(
        Evidence,
        {
            "id": "id",
            "claim": "claim_id",
            **_same("stance", "kind", "title", "url", "excerpt", "sha256", "accessed_at"),
            "added_by": "added_by__username",
            **CLOCKS,
        },
    ),
    "decisions": Table(
        Decision,
        {
            "id": "id",
            "quote": "quote_id",
            "claim": "claim_id",
            "verdict": "verdict_id",
            "actor": "actor__username",
            **_same("job", "from_state", "to_state", "reason_code", "comment", "at"),
        },
    ),
    "appearances": Table(
        Appearance,
        {
            "id": "id",
            "claim": "claim_id",
            "quote": "quote_id",
            **_same("stance", "state", "score", "method"),
            **CLOCKS,
        },
    ),
}


def pieces(
    resource: str, form: Format, rows: QuerySet[Any], *, readers: int = 1
) -> Iterator[bytes]:
    """``rows`` of a resource (a key of TABLES) as bytes, in the order of their keys.

    So many ``readers``, each a connection of its own, are at it at once, and two pieces more
    than that are held in memory. Inside a transaction this connection reads alone: to others
    its rows may not be there yet. What may leave the desk is for whoever chose the rows to say
    (services.exports).
    """
    table = TABLES[resource]
    if form == "csv":
        yield ",".join(table.names).encode() + b"\n"
    statements = (_statement(table, form, rows, *ends) for ends in _ends(rows))
    if readers == 1 or connection.in_atomic_block:
        for statement in statements:
            yield _read(statement, connection)
    else:
        yield from _read_ahead(statements, readers)


def _read_ahead(statements: Iterator[Statement], readers: int) -> Iterator[bytes]:
    """What each statement gives, in order, while the next ones are at it."""
    idle: SimpleQueue[Any] = SimpleQueue()
    opened = [connection.copy() for _ in range(readers)]
    for each in opened:
        each.inc_thread_sharing()
        idle.put(each)

    def read(statement: Statement) -> bytes:
        reader = idle.get()
        try:
            return _read(statement, reader)
        finally:
            idle.put(reader)

    try:
        with ThreadPoolExecutor(readers) as pool:
            begun = deque(pool.submit(read, each) for each in islice(statements, readers + 1))
            while begun:
                piece = begun.popleft().result()
                begun.extend(pool.submit(read, each) for each in islice(statements, 1))
                yield piece
    finally:
        for each in opened:
            each.close()


def _ends(rows: QuerySet[Any]) -> Iterator[tuple[int, int]]:
    """Key behind which each piece begins, and the last one that it may hold.

    Spans of keys, since to count off the rows would cost a tenth of writing them.
    """
    keys, last = rows.order_by("pk").values_list("pk", flat=True), 0
    while (first := keys.filter(pk__gt=last).first()) is not None:
        last = first + PIECE_ROWS - 1
        yield first - 1, last


def _statement(table: Table, form: Format, rows: QuerySet[Any], last: int, end: int) -> Statement:
    """What gives the rows with keys behind ``last`` up to ``end``."""
    chosen = rows.filter(pk__gt=last, pk__lte=end).order_by().values_list(*table.columns.values())
    sql, values = chosen.query.sql_with_params()
    names = ", ".join(map(_name, table.columns))
    gathered = "".join(
        f"LEFT JOIN ({part}) AS {_name(name)} (of, list) ON {_name(name)}.of = r.id "
        for name, part in table.lists.items()
    )
    lists = "".join(f", coalesce({_name(name)}.list, '[]')" for name in table.lists)
    # Names of columns from above and SQL that Django made: nothing here is anybody's input.
    source = (
        f"(SELECT r.*{lists} FROM ({sql}) AS r ({names}) {gathered}) "  # noqa: S608
        f"AS w ({', '.join(map(_name, table.names))}) ORDER BY w.id"
    )
    if form == "csv":
        whole = f"COPY (SELECT {', '.join(_cells(table))} FROM {source}) TO STDOUT (FORMAT csv)"  # noqa: S608
    else:
        # One value for all lines: a row each would take Python as long as the database.
        line = f"SELECT {_line(table)} AS line FROM {source}"  # noqa: S608
        whole = f"SELECT string_agg(line, E'\\n') FROM ({line}) AS lines"  # noqa: S608
    return Statement(whole, (*values, *(last, end) * len(table.lists)), form)


def _read(statement: Statement, reader: BaseDatabaseWrapper) -> bytes:
    """The lines that a statement gives."""
    with reader.cursor() as cursor:
        if statement.form == "csv":
            content = io.BytesIO()
            cursor.copy_expert(cursor.mogrify(statement.sql, statement.values).decode(), content)
            return content.getvalue()
        cursor.execute(statement.sql, statement.values)
        (lines,) = cursor.fetchone()
    # None where all rows of the piece have gone since its ends were looked up.
    return f"{lines}\n".encode() if lines else b""


def _name(column: str) -> str:
    return f'"{column}"'


# --- Lines of JSON --------------------------------------------------------------------------


def _line(table: Table) -> str:
    """The expression of a line. As row_to_json writes it, which looks up each column's type
    anew for each row and takes half as long again."""
    parts = [
        *((name, _json_of(table.model, path, _name(name))) for name, path in table.columns.items()),
        *((name, f"w.{_name(name)}") for name in table.lists),
    ]
    written = ", ',".join(f'"{name}":\', {expression}' for name, expression in parts)
    return f"concat('{{{written}, '}}')"


def _json_of(model: type[Model], path: str, name: str) -> str:
    """How the field at the end of a path is written as JSON."""
    found, may_be_null = _found(model, path)
    written = f"to_json(w.{name})"
    if isinstance(found, models.JSONField | models.IntegerField | models.ForeignKey):
        written = f"w.{name}"
    elif found.choices:  # a constraint holds each to words that need no escaping
        written = f"'\"' || w.{name} || '\"'"
    return f"coalesce({written}::text, 'null')" if may_be_null else written


# --- Cells ----------------------------------------------------------------------------------

# What a spreadsheet would run is made harmless as `cells.guarded` does it.
_BLANKS = "".join(c for c in map(chr, range(0x3001)) if c.isspace())


def _literal(text: str) -> str:
    return "E'" + "".join(f"\\u{ord(c):04x}" for c in text) + "'"


_MARKS = ", ".join(_literal(mark) for mark in sorted(FORMULA_MARKS))
_TEXT = f"""CASE WHEN left({{0}}, 1) IN ({_literal(GUARD)}, {_MARKS})
    OR left(ltrim({{0}}, {_literal(_BLANKS)}), 1) IN ({_MARKS})
    THEN {_literal(GUARD)} || {{0}} ELSE {{0}} END"""
_MOMENT = "trim(both '\"' from to_json({0})::text)"
_LIST = "array_to_json({0})"


def _cells(table: Table) -> Iterator[str]:
    """The expression of each cell."""
    for name, path in table.columns.items():
        yield _form_of(table.model, path).format(f"w.{_name(name)}")
    for name in table.lists:
        yield f"w.{_name(name)}::text"


def _form_of(model: type[Model], path: str) -> str:
    """How the field at the end of a path is written in a cell."""
    found, _ = _found(model, path)
    if isinstance(found, ArrayField):
        return _LIST
    if isinstance(found, models.DateTimeField):
        return _MOMENT
    return _TEXT if isinstance(found, models.CharField | models.TextField) else "{0}"


def _found(model: type[Model], path: str) -> tuple[Any, bool]:
    """The field at the end of a path, and whether its value may be NULL."""
    options = model._meta
    *steps, last = path.split("__")
    for step in steps:
        related: Any = options.get_field(step).related_model
        options = related._meta
    found = next(each for each in options.concrete_fields if last in (each.name, each.attname))
    # What stands behind a key is there or not as the key is.
    return found, found.null or bool(steps)
