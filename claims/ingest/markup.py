"""How much markup a page has, told before a parser sees it.

The parser compares each attribute of a tag with all before it: 20,000 of them take a quarter
of a minute, a megabyte of them hours, and nothing can interrupt it.
"""

import re

from .errors import TooLarge
from .limits import ReadLimits

_TAG = re.compile(r"<(?:!--|([a-zA-Z][^\s/>]*))")
# One attribute as the tokenizer of HTML reads it. Quotes count only behind an equals sign.
_ATTRIBUTE = re.compile(
    r"""[\s/]*=?[^\s/>=]+(?:\s*=\s*(?:"[^"]*(?:"|\Z)|'[^']*(?:'|\Z)|[^\s>"'][^\s>]*)?)?"""
)
# Their content is text up to their own end.
_RAW = frozenset({"script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"})


def check_markup(html: str, limits: ReadLimits) -> None:
    """Raise TooLarge for a page with more tags, or more attributes in one, than the limits say.

    Takes time linear in the length.
    """
    if html.count("<") > limits.max_tags:
        raise TooLarge(f"The page has more than {limits.max_tags:,} tags.")
    at = 0
    while found := _TAG.search(html, at):
        if found[1] is None:
            end = html.find("-->", found.end())
            at = len(html) if end < 0 else end
            continue
        at = _after_attributes(html, found.end(), limits)
        name = found[1].lower()
        if name in _RAW:
            end_tag = re.compile(f"</{name}", re.IGNORECASE).search(html, at)
            at = end_tag.end() if end_tag else len(html)


def _after_attributes(html: str, at: int, limits: ReadLimits) -> int:
    for _ in range(limits.max_attributes):
        found = _ATTRIBUTE.match(html, at)
        if found is None:
            return at
        at = found.end()
    raise TooLarge(f"A tag of the page has more than {limits.max_attributes} attributes.")
