"""What stands around an article and in between, and is no part of it.

Two passes. Elements go by their names before the text is looked for; lines go by their words
afterwards. Both leave what could be the article itself: an element with much of the page's
prose, a line that quotes somebody.
"""

import re
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

_WORDING = Path(__file__).parent / "wording"

_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_NAMES = re.compile(
    r"(?:^|[\s_-])(?:captions?|figcaption|photo-?credits?|image-?credits?|credits?|legend"
    r"|news-?letters?|nl-signup|sign-?up|mailing-?list"
    r"|related|recirc|recirculation|recommend(?:ed|ations?)|read-?more|also-?read|see-?also"
    r"|most-?(?:read|popular|viewed|shared)|trending|up-?next|more-?(?:stories|news|on|from)"
    r"|social|share|sharing|follow-?us"
    r"|comments?|disqus|respond|cookies?|consent|gdpr|onetrust"
    r"|ads?|advert(?:s|ising|isement)?|sponsor(?:ed)?|promo(?:s|tion)?|outbrain|taboola"
    r"|bread-?crumbs?|author-?(?:bio|box|card)|bio|tags|topics"
    r"|pull-?quotes?|sr-only|screen-reader-text|visually-hidden)(?:$|[\s_-])"
)
_WALL_NAMES = re.compile(
    r"(?:^|[\s_-])(?:pay-?wall\w*|reg-?wall\w*|(?:subscri(?:be|ber|bers|ption)|login|register"
    r"|registration|premium)-?(?:wall|gate|barrier|box|overlay|only|prompt|message|offer)"
    r"|article-?(?:gate|barrier|limit|lock|locked)|gate(?:d|way)?|barrier|locked|meter(?:ed|ing)?"
    r"|meter-?\w+|piano|tp-container-inner|tp-modal|leaky)(?:$|[\s_-])"
)
_KEPT_TAGS = frozenset({"html", "body", "main", "article", "head", "meta", "link", "script", "p"})
# More of the page's prose than this is no side matter, whatever it is called.
_MUCH = 0.3
# With less in paragraphs than this, a page writes its prose in other elements.
_SOME = 300

_QUOTED = re.compile('[“”„«»「『]|"\\w')
_SENTENCE_END = re.compile(r"[.!?…。！？؟।][\"'”’»)]*$")


def prune(tree: Any) -> None:
    """Take what is no article out of a page, by the names of its elements. Changes the tree."""
    found = [
        element
        for element in tree.iter(
            "div",
            "section",
            "aside",
            "ul",
            "ol",
            "span",
            "figcaption",
            "p",
            "blockquote",
            "details",
            "form",
        )
        if _is_named(element) or _is_list_of_links(element)
    ]
    if not found:
        return
    prose = sum(len(part.text_content()) for part in tree.iter("p"))
    if prose < _SOME:
        prose = len(tree.text_content())
    for element in found:
        if element.getparent() is None or _holds_article(element):
            continue
        if element.tag == "figcaption" or len(element.text_content()) <= _MUCH * prose:
            element.drop_tree()


def wall_named(element: Any) -> bool:
    """Whether an element is called what the walls before articles are called."""
    name = f"{element.get('class') or ''} {element.get('id') or ''}"
    return len(name) > 1 and _matches(name)[1]


def without_boilerplate(paragraphs: list[str]) -> list[str]:
    """The paragraphs that are an article's own: no "Read more", no sharing, no cookies."""
    return [paragraph for paragraph in paragraphs if not is_boilerplate(paragraph)]


def is_boilerplate(paragraph: str) -> bool:
    """Whether a whole paragraph is one of the phrases in `wording/`."""
    if len(paragraph) > 400:
        return False
    words = paragraph.strip(" \t-–—|·•*»›>[]()").casefold()
    if _phrases("label").fullmatch(words):
        return True
    return not _QUOTED.search(paragraph) and _phrases("notice").match(words) is not None


@cache
def _phrases(name: str) -> re.Pattern[str]:
    lines = (_WORDING / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return re.compile("|".join(f"(?:{line})" for line in lines if line and line[0] != "#"))


def _is_named(element: Any) -> bool:
    if element.tag == "figcaption":
        return True
    name = f"{element.get('class') or ''} {element.get('id') or ''}"
    return len(name) > 1 and _matches(name)[0]


@lru_cache(maxsize=8192)
def _matches(name: str) -> tuple[bool, bool]:
    """(side matter, wall) of an element's class and id. Pages repeat the same ones endlessly."""
    plain = _CAMEL.sub("-", name).lower()
    wall = _WALL_NAMES.search(plain) is not None
    return not wall and _NAMES.search(plain) is not None, wall


def _is_list_of_links(element: Any) -> bool:
    """Whether a list holds links and no sentence; or a paragraph nothing but one."""
    if element.tag in {"ul", "ol"}:
        items = [child for child in element if child.tag == "li"]
        return bool(items) and all(_is_link(item) for item in items)
    return element.tag == "p" and len(element) > 0 and _is_link(element)


def _is_link(element: Any) -> bool:
    text = element.text_content().strip()
    if not text or _SENTENCE_END.search(text):
        return False
    linked = sum(len(link.text_content().strip()) for link in element.iter("a"))
    return linked >= 0.9 * len(text)


def _holds_article(element: Any) -> bool:
    return element.tag in _KEPT_TAGS - {"p"} or element.get("itemprop") == "articleBody"
