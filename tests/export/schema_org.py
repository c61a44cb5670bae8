"""Whether JSON-LD is schema.org as its vocabulary has it: nothing here is of our own making.

Two sources, since neither says all: rdflib's list of every term (`SDO`), against a graph that
its own JSON-LD parser makes; and pydantic2-schemaorg, classes generated from the vocabulary,
whose fields say which type has which property (domain) and what may stand there (range).
"""

import json
import re
import warnings
from collections.abc import Iterator
from datetime import date, datetime
from functools import cache
from importlib import import_module
from inspect import get_annotations
from typing import Any

from rdflib import RDF, Graph, Literal, URIRef
from rdflib.namespace import SDO

NAMESPACES = ("https://schema.org", "https://schema.org/", "http://schema.org")
_NAMED = re.compile(r"'(\w+)'")


def problems(document: dict[str, Any]) -> list[str]:
    """What is wrong with a document, one sentence each; [] when it is as it should be."""
    assert document["@context"] in NAMESPACES
    body = {name: value for name, value in document.items() if name != "@context"}
    return [*_unknown_terms(body), *_misplaced(body, "$")]


def _unknown_terms(body: dict[str, Any]) -> Iterator[str]:
    # There is no network: the vocabulary is named instead of its context being fetched.
    with warnings.catch_warnings():
        # rdflib's parser calls what rdflib has deprecated.
        warnings.simplefilter("ignore", DeprecationWarning)
        graph = Graph().parse(
            data=json.dumps({"@context": {"@vocab": str(SDO)}, **body}), format="json-ld"
        )
    if not len(graph):
        yield "says nothing"
    for subject, predicate, value in graph:
        terms = [value] if predicate == RDF.type else [predicate]
        for term in terms:
            if URIRef(str(term)) not in SDO:
                yield f"{term} is no term of schema.org"
        if isinstance(value, Literal) and not str(value).strip():
            yield f"{predicate} of {subject} is empty"


def _misplaced(node: dict[str, Any], at: str) -> Iterator[str]:
    kind = node.get("@type")
    if not isinstance(kind, str):
        yield f"{at} has no type"
        return
    for name, value in node.items():
        if name.startswith("@"):
            continue
        expected = ranges(kind).get(name)
        if expected is None:
            yield f"{at}: {kind} has no property {name}"
            continue
        for each in value if isinstance(value, list) else [value]:
            if isinstance(each, dict):
                yield from _misplaced(each, f"{at}.{name}")
            if not any(_is(each, one) for one in expected):
                yield f"{at}.{name} is {each!r:.80}, and should be one of {sorted(expected)}"


@cache
def model(kind: str) -> type:
    """The class of a type: `ClaimReview` is a `Review` is a `CreativeWork` is a `Thing`."""
    found: type = getattr(import_module(f"pydantic2_schemaorg.{kind}"), kind)
    return found


@cache
def ranges(kind: str) -> dict[str, frozenset[str]]:
    """Each property that a type has, its own and inherited, with the types of its values."""
    found: dict[str, frozenset[str]] = {}
    for one in model(kind).__mro__:
        for name, annotation in get_annotations(one).items():
            found.setdefault(name, frozenset(_NAMED.findall(str(annotation))))
    return found


def _is(value: Any, expected: str) -> bool:
    if isinstance(value, dict):
        names = {one.__name__ for one in model(value["@type"]).__mro__} if "@type" in value else ()
        return expected in names
    if isinstance(value, bool):
        return expected == "Boolean"
    if isinstance(value, int | float):
        return expected in {"Number", "Integer" if isinstance(value, int) else "Float"}
    readers = {
        "Text": str,
        "URL": _web_address,
        "Date": date.fromisoformat,
        "DateTime": datetime.fromisoformat,
    }
    try:
        return expected in readers and bool(readers[expected](value))
    except ValueError:
        return False


def _web_address(value: str) -> bool:
    return re.fullmatch(r"https?://[!-~]+", value) is not None


READERS = {
    "Text": str,
    "URL": _web_address,
    "Date": date.fromisoformat,
    "DateTime": datetime.fromisoformat,
}
