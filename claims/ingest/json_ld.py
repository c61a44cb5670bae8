"""Values of JSON-LD as people write it: a text, a list or an object for the same thing."""

import math
import re
from typing import Any

from .clean import clean_line

MAX_NAME = 300
_MAX_NUMBER = 1e9
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")
# How a term of schema.org may be spelled.
_SPELLINGS = ("{}", "schema:{}", "https://schema.org/{}", "http://schema.org/{}")

Node = dict[str, Any]


def value_of(node: Node, name: str) -> Any:
    """What an object says under a term, however that is spelled; None for nothing."""
    if name.startswith("@"):
        return node.get(name)
    for spelling in _SPELLINGS:
        if (value := node.get(spelling.format(name))) is not None:
            return value
    return None


def text_of(value: Any) -> str:
    """The first text in a value, whether it stands alone, in a list or in an object."""
    if isinstance(value, list):
        return next((text for each in value[:10] if (text := text_of(each))), "")
    if isinstance(value, dict):
        inner = (value.get(name) for name in ("@value", "name", "@id", "url"))
        return next((each for each in inner if isinstance(each, str)), "")
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return str(value)


def line_of(value: Any, *, limit: int = MAX_NAME) -> str:
    """The first text in a value on one line, cleaned, at most ``limit`` characters."""
    return clean_line(text_of(value), limit=limit)


def number_of(value: Any) -> float | None:
    """The numbers 4, "4" and "3,5"; None for words and for what no scale has."""
    try:
        number = float(text_of(value).strip().replace(",", "."))
    except (ValueError, OverflowError):
        return None
    return number if math.isfinite(number) and abs(number) < _MAX_NUMBER else None


def language_of(value: Any) -> str:
    """A language as in BCP 47, given by itself or as an object; "" for anything else."""
    if isinstance(value, dict):
        value = value_of(value, "alternateName") or value_of(value, "name")
    stated = line_of(value, limit=35)
    return stated.replace("_", "-") if _LANGUAGE.fullmatch(stated) else ""


def storable(value: Any, depth: int) -> Any:
    """The value without NUL, lone surrogates and numbers that JSON does not have.

    Raises RecursionError where its objects lie deeper in each other than ``depth``.
    """
    if depth < 0:
        raise RecursionError
    if isinstance(value, dict):
        return {_plain(key): storable(each, depth - 1) for key, each in value.items()}
    if isinstance(value, list):
        return [storable(each, depth - 1) for each in value]
    if isinstance(value, str):
        return _plain(value)
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if isinstance(value, int) and abs(value) > 10**300:
        return None
    return value


def _plain(text: str) -> str:
    return text.replace("\0", "").encode("utf-8", "replace").decode()
