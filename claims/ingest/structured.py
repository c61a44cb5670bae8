"""What a page says of its article in JSON-LD (schema.org), as far as it is of use here."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

# Large enough for any article's own data, small enough to parse without a thought.
_MAX_JSON_CHARS = 500_000
_MAX_JSON_NODES = 10_000

_ARTICLE = ("Article", "Posting", "Report")
_NO = frozenset({"false", "http://schema.org/false", "https://schema.org/false"})
_YES = frozenset({"true", "http://schema.org/true", "https://schema.org/true"})


@dataclass(frozen=True, slots=True)
class Structured:
    """The main article of a page's data. Empty where nothing is said."""

    headline: str = ""
    authors: list[str] = field(default_factory=list)
    publisher: str = ""
    #: `datePublished` as it stands there.
    published: list[str] = field(default_factory=list)
    language: str = ""
    #: `isAccessibleForFree`; None where nothing is said.
    free: bool | None = None
    #: CSS selectors of the parts that are not free.
    locked: list[str] = field(default_factory=list)


def read_json_ld(blocks: list[str], *, urls: tuple[str, ...] = ()) -> Structured:
    """The article among the JSON-LD blocks of a page: the one at `urls`, else the first.

    Broken or oversized blocks count as absent.
    """
    articles: list[dict[str, Any]] = []
    pages: list[dict[str, Any]] = []
    named: dict[str, str] = {}
    for block in blocks:
        for node in _nodes(parse_block(block)):
            if _text(node.get("@id")) and _text(node.get("name")):
                named[_text(node["@id"])] = _text(node["name"])
            if _has_type(node, _ARTICLE):
                articles.append(node)
            elif _has_type(node, ("WebPage", "ItemPage")):
                pages.append(node)
    main = next((node for node in articles if _address(node) in urls), None)
    if main is None and articles:
        main = articles[0]
    sayings = [main, *pages[:1]] if main is not None else pages[:1]
    free = next((said for node in sayings if (said := _free(node)) is not None), None)
    locked = [selector for node in sayings for selector in _locked(node)]
    if main is None:
        return Structured(free=False if locked else free, locked=locked)
    return Structured(
        headline=_text(main.get("headline")),
        authors=_names(main.get("author"), named),
        publisher=next(iter(_names(main.get("publisher"), named)), ""),
        published=[_text(main.get("datePublished"))],
        language=_text(main.get("inLanguage")),
        # A part that is locked makes the whole not free, whatever else is said.
        free=False if locked else free,
        locked=locked,
    )


def json_ld_blocks(tree: Any) -> list[str]:
    """The texts of a page's JSON-LD scripts, from its parsed tree."""
    return [
        element.text or ""
        for element in tree.iter("script")
        if "ld+json" in (element.get("type") or "")
    ]


def parse_block(block: str) -> object:
    """The data of one script; None for what is broken or oversized."""
    if len(block) > _MAX_JSON_CHARS:
        return None
    text = block.strip().removeprefix("<!--").removesuffix("-->").strip().rstrip(";")
    try:
        return json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return None


def _nodes(data: object) -> Iterator[dict[str, Any]]:
    """Every object in the data, outer ones first."""
    queue = [data]
    for visited, item in enumerate(queue):
        if visited > _MAX_JSON_NODES:
            return
        if isinstance(item, dict):
            yield item
            queue.extend(item.values())
        elif isinstance(item, list):
            queue.extend(item)


def _has_type(node: dict[str, Any], endings: tuple[str, ...]) -> bool:
    kind = node.get("@type")
    kinds = kind if isinstance(kind, list) else [kind]
    return any(isinstance(one, str) and one.endswith(endings) for one in kinds)


def _address(node: dict[str, Any]) -> str:
    page = node.get("mainEntityOfPage")
    stated = page.get("@id") if isinstance(page, dict) else page
    return _text(stated) or _text(node.get("url")) or _text(node.get("@id"))


def _text(value: object) -> str:
    if isinstance(value, list) and value:
        value = value[0]
    return value.strip() if isinstance(value, str) else ""


def _names(value: object, named: dict[str, str]) -> list[str]:
    """The names of a person or organisation, or of several; `named` are those given elsewhere."""
    found: list[str] = []
    for one in value if isinstance(value, list) else [value]:
        if isinstance(one, dict):
            name = _text(one.get("name")) or named.get(_text(one.get("@id")), "")
        else:
            name = _text(one)
        if name and name not in found:
            found.append(name)
    return found


def _free(node: dict[str, Any]) -> bool | None:
    said = node.get("isAccessibleForFree")
    if isinstance(said, bool):
        return said
    word = _text(said).casefold()
    return False if word in _NO else True if word in _YES else None


def _locked(node: dict[str, Any]) -> list[str]:
    parts = node.get("hasPart")
    found = []
    for part in parts if isinstance(parts, list) else [parts]:
        if isinstance(part, dict) and _free(part) is False:
            selectors = part.get("cssSelector")
            for selector in selectors if isinstance(selectors, list) else [selectors]:
                if isinstance(selector, str):
                    found += [one.strip() for one in selector.split(",") if one.strip()]
    return found
