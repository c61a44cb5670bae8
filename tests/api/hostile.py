"""What somebody who means harm, or a broken client, sends: made from the schema of an operation."""

import base64
import copy
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

import jsonschema
import orjson

DEEP = 100_000
RAW: dict[str, bytes] = {
    "no JSON": b"{text: 'x'}",
    "half a text": b'{"text": "x"',
    "NaN": b'{"text": NaN}',
    "a number without end": b'{"text": 1e999}',
    "400 digits": b'{"text": ' + b"9" * 400 + b"}",
    "deep lists": b"[" * DEEP + b"]" * DEEP,
    "deep objects": b'{"text":' * DEEP + b"1" + b"}" * DEEP,
    "half a character, escaped": b'{"text": "\\ud800"}',
    "half a character, raw": b'{"text": "\xed\xa0\x80"}',
    "no UTF-8": b'{"text": "\xff\xfe"}',
    "UTF-16": '{"text": "x"}'.encode("utf-16"),
    "a member twice": b'{"text": "one", "text": "two"}',
    "a member twice within": b'{"text": {"a": 1, "a": 2}}',
    "a list": b"[]",
    "a list of objects": b'[{"text": "x"}]',
    "a text": b'"text"',
    "a number": b"5",
    "null": b"null",
    "true": b"true",
}
OF_WRONG_TYPE: list[Any] = [5, 2**63, 1.5, True, None, "", "a\0b", {}, {"$ne": None}, [1, None]]
OF_WRONG_TYPE += ["x" * 100_001, ["a\0b"]]
FORMS = ["application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/plain"]
FORMS += ["application/xml", "application/json; charset=utf-16", "no type", ""]


def _cursor(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


QUERIES: dict[str, str] = {
    "an order by another table": "ordering=user__password",
    "an order by a column": "ordering=-created_at",
    "a field that is none": "fields=password",
    "a field of a relation": "fields=assignee__password",
    "a relation that is none": "expand=owner",
    "a relation of a relation": "expand=appearances__quote",
    "a filter across relations": "assignee__password__startswith=p",
    "a filter by a lookup": "id__gt=0",
    "a filter by a key": "pk=1",
    "a limit of none": "limit=0",
    "a limit below none": "limit=-1",
    "a limit of all": "limit=1000000000",
    "a limit of digits": "limit=" + "9" * 400,
    "a limit twice": "limit=1&limit=2",
    "an empty limit": "limit=",
    "a count of its own": "count=exact",
    "a NUL": "fields=%00",
    "a NUL in a name": "fi%00elds=id",
    "half a character": "fields=%ED%A0%80",
    "no UTF-8": "fields=%FF%FE",
    "a form": "format=api",
    "a forged cursor": "cursor=forged",
    "a cursor of words": "cursor=" + quote(_cursor("p=password")),
    "a cursor of SQL": "cursor=" + quote(_cursor("p=1;DROP TABLE claims_claim")),
    "a cursor of digits": "cursor=" + quote(_cursor("p=" + "9" * 400)),
    "a cursor with an offset": "cursor=" + quote(_cursor("o=100000&p=5")),
    "a cursor of no UTF-8": "cursor=%FF",
}
KEYS_IN_ADDRESSES = [
    "0",
    "-1",
    "1.5",
    "abc",
    "%00",
    "1%00",
    "9" * 18,
    "9" * 19,
    "9" * 400,
    "1 ",
    "१",
]


@dataclass(frozen=True)
class Sent:
    """One hostile request."""

    what: str
    query: str = ""
    body: bytes | None = None
    content_type: str = "application/json"
    headers: dict[str, str] = field(default_factory=dict)


def queries() -> Iterator[Sent]:
    """Parameters that mean nothing, or too much."""
    for what, query in QUERIES.items():
        yield Sent(what, query=query)


def raw_bodies() -> Iterator[Sent]:
    """Bodies that are no object at all."""
    for what, raw in RAW.items():
        yield Sent(what, body=raw)
    for form in FORMS:
        yield Sent(f"as {form!r}", body=b'{"text": "x"}', content_type=form)


def wrong_members(shape: dict[str, Any], components: dict[str, Any], good: Any) -> Iterator[Sent]:
    """``good``, with a value in each member that the ``shape`` of the body forbids."""
    for name, inner in shape.get("properties", {}).items():
        checker = jsonschema.Draft202012Validator({**inner, "components": components})
        for value in OF_WRONG_TYPE:
            # JSON Schema has no word for a text without NULs: none may be anywhere.
            if checker.is_valid(value) and "\\u0000" not in orjson.dumps(value).decode():
                continue
            body = {**copy.deepcopy(good), name: value}
            yield Sent(f"{name} = {str(value)[:40]!r}", body=orjson.dumps(body))
        surrogate = orjson.dumps({**good, name: "here"}).replace(b'"here"', b'"\\ud800"')
        yield Sent(f"{name} = half a character", body=surrogate)


def members_of_the_model(model: Any, shape: dict[str, Any], good: Any) -> Iterator[Sent]:
    """``good``, with each column of the model that is not the client's to set.

    A document in a form of others, which is open, sets no columns at all.
    """
    if shape and shape.get("additionalProperties") is not False:
        return
    names = {column.name for column in model._meta.get_fields()}
    names |= {column.attname for column in model._meta.concrete_fields}
    for name in sorted(names - set(shape.get("properties", {}))):
        yield Sent(f"sets {name}", body=orjson.dumps({**good, name: 1}))
