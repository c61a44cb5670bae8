"""Whether a page gives an article, or its beginning and a wall.

Most pages of outlets that sell subscriptions mention them, and many say so in data that is
never updated. So no sign counts alone: how much text came decides which signs are needed.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from .boilerplate import wall_named
from .head import Head
from .limits import ReadLimits

_WORDING = Path(__file__).parent / "wording" / "wall.txt"

# Cheap to look for: where none of these stands, no wall does.
_STEMS = (
    "subscri",
    "sign in",
    "log in",
    "login",
    "account",
    "member",
    "free article",
    "preview",
    "premium",
    "free stor",
    "abonn",
    "abbon",
    "abo",
    "registr",
    "suscri",
    "leyendo",
    "assin",
    "cadastre",
    "subskry",
    "prenumer",
    "dostępn",
    "передплат",
    "підписн",
    "подписч",
    "trial",
    "register",
)
_SKIPPED = frozenset({"script", "style", "template", "head", "title", "meta", "link", "option"})
_OUTSIDE = frozenset({"nav", "header", "footer"})
_INLINE = frozenset({"a", "b", "button", "em", "font", "i", "label", "mark", "small", "span"})
_INLINE |= {"strong", "sub", "sup", "u"}
_QUOTED = re.compile("[“”„«»「『]")
_SENTENCE = re.compile(r"(?<=[.!?:…])\s+|\n+")
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_SELECTOR = re.compile(r"([a-z][a-z0-9]*)?((?:[.#][\w-]+)+)", re.IGNORECASE)
# A wall says its piece in a few lines; a longer block is an article's.
_WALL_CHARS = 500
_PARAGRAPH_CHARS = 80


@dataclass(frozen=True, slots=True)
class Signs:
    """What on a page speaks for a wall."""

    #: What its data says; None for nothing.
    locked: bool | None = None
    #: Characters of prose in the parts that its data calls locked; None where it names none.
    locked_chars: int | None = None
    #: The words of a wall, "" without any.
    words: str = ""
    #: They stand in an element that is called what walls are called.
    boxed: bool = False


def read_signs(tree: Any, head: Head) -> Signs:
    """The signs of a wall in a page, whose wall is then taken out of the tree."""
    locked = head.locked()
    chars = _locked_chars(tree, head.data.locked) if locked else None
    words, boxed = "", False
    for element in _walls(tree):
        words = words or " ".join(element.text_content().split())
        boxed = boxed or any(wall_named(one) for one in (element, *_ancestors(element, 4)))
        if element.getparent() is not None:
            element.drop_tree()
    return Signs(locked=locked, locked_chars=chars, words=words, boxed=boxed)


def reason(signs: Signs, text: str, limits: ReadLimits) -> str:
    """Why a text is taken for the beginning of an article behind a wall; "" when it is not."""
    length = len(text)
    if signs.locked:
        if signs.locked_chars is not None and signs.locked_chars >= limits.locked_part_chars:
            return ""  # the part behind the wall came with the page
        if length < limits.locked_stub_chars:
            return "its own data says that it is for subscribers"
        return ""
    if not signs.words:
        return ""
    if signs.boxed and signs.locked is None and length < limits.stub_chars:
        return f"it ends with “{signs.words[:120]}”"
    if length < limits.short_stub_chars:
        return f"it ends with “{signs.words[:120]}”"
    return ""


def _walls(tree: Any) -> list[Any]:
    """The elements with the words of a wall that a reader would see."""
    found: list[Any] = []
    for element in list(tree.iter("*")):
        if element.tag in _SKIPPED or not _may_speak(element):
            continue
        block = element
        while block.tag in _INLINE and block.getparent() is not None:
            block = block.getparent()
        if not _speaks(block):
            # A page that parts its lines with <br> alone.
            block = next(filter(_speaks, _lines(block)), None)
        if block is not None and block not in found and _is_seen(block):
            found.append(block)
    return found


def _lines(block: Any) -> Iterator[Any]:
    """What stands on lines of its own between two `<br>`, as elements that can be taken out."""
    for line_break in list(block.iter("br")):
        text = (line_break.tail or "").strip()
        following = line_break.getnext()
        if text:
            if following is None or following.tag == "br":
                piece = line_break.makeelement("span")
                piece.text, line_break.tail = line_break.tail, None
                line_break.addnext(piece)
                yield piece
        elif following is not None and following.tag in _INLINE:
            yield following


def _may_speak(element: Any) -> bool:
    """Whether one of the stems stands in the element's own text, or right behind its children."""
    own = element.text or ""
    for child in element:
        own += child.tail or ""
    lowered = own.casefold()
    return len(own) > 5 and any(stem in lowered for stem in _STEMS)


def _speaks(block: Any) -> bool:
    text = " ".join(block.text_content().split())
    if len(text) > _WALL_CHARS or _QUOTED.search(text):
        return False
    sentences = _SENTENCE.split(text.casefold())
    return any(_wall_words().match(sentence.strip(" -–—|·•*>[](")) for sentence in sentences)


@cache
def _wall_words() -> re.Pattern[str]:
    lines = _WORDING.read_text(encoding="utf-8").splitlines()
    return re.compile("|".join(f"(?:{line})" for line in lines if line and line[0] != "#"))


def _is_seen(block: Any) -> bool:
    """Not in the frame of the page, and not hidden until a script shows it."""
    for element in (block, *_ancestors(block, 100)):
        if element.tag in _OUTSIDE and not any(True for _ in element.iterancestors("article")):
            return False
        if (
            element.get("hidden") is not None
            or element.get("aria-hidden") == "true"
            or _HIDDEN_STYLE.search(element.get("style") or "")
        ):
            return False
    return True


def _ancestors(element: Any, levels: int) -> Iterator[Any]:
    for level, ancestor in enumerate(element.iterancestors()):
        if level == levels:
            return
        yield ancestor


def _locked_chars(tree: Any, selectors: list[str]) -> int | None:
    """Prose in the parts that the selectors name; None when none of them can be followed."""
    paths = [path for path in map(_xpath, selectors) if path]
    if not paths:
        return None
    paragraphs = {
        paragraph for path in paths for part in tree.xpath(path) for paragraph in part.iter("p")
    }
    lengths = (len(p.text_content().strip()) for p in paragraphs if not _speaks(p))
    return sum(length for length in lengths if length >= _PARAGRAPH_CHARS)


def _xpath(selector: str) -> str:
    """A simple CSS selector (`.paywall`, `div.a.b`, `#x`; the last of several) as XPath, or ""."""
    steps = selector.split()
    match = _SELECTOR.fullmatch(steps[-1]) if steps else None
    if match is None:
        return ""
    conditions = "".join(
        f"[@id='{name[1:]}']"
        if name[0] == "#"
        else f"[contains(concat(' ', normalize-space(@class), ' '), ' {name[1:]} ')]"
        for name in re.findall(r"[.#][\w-]+", match[2])
    )
    return f"//{(match[1] or '*').lower()}{conditions}"
