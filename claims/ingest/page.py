"""The article in a page of HTML, and what the page says about it."""

import re
import warnings
from datetime import datetime
from typing import Any

from lxml.etree import iterwalk, strip_tags

from . import dates
from .clean import clean_line, clean_text
from .document import Content
from .errors import EmptyDocument, TooLarge
from .limits import ReadLimits

with warnings.catch_warnings():
    # It loads a proxy client of its own, never used here, that misses an optional package.
    warnings.filterwarnings("ignore", message="SOCKS support in urllib3")
    import trafilatura

_SENTENCE_END = tuple(".!?…\"'”’»“。！？」』؟।")
# Thai and Lao end no sentence with a mark: their letters stand for it.
_SENTENCE_MARK = re.compile("[.!?…。！？؟।။។\u0e01-\u0edf]")
_LANGUAGE = re.compile(r"([A-Za-z]{2,3})(?:[-_]|$)")
_QUOTE_MARKS = tuple("\"'“”‘’«»„‚「『")

# Of the tags in trafilatura's result; all others begin a paragraph. It writes one line break
# for two, which many pages part paragraphs with, so that each has to count as one.
_INLINE = frozenset({"hi", "ref", "del", "code", "span", "graphic"})
_WHITE = re.compile(r"\s+")


def read_page(html: str, *, url: str, limits: ReadLimits) -> Content:
    """The article of a page; `url` ("" if unknown) helps to tell the site from its title.

    Raises EmptyDocument when there is no running text besides menus and notices, and TooLarge
    for more markup than the limits allow.
    """
    if html.count("<") > limits.max_tags:
        raise TooLarge(f"The page has more than {limits.max_tags:,} tags.")
    empty = EmptyDocument("No article text was found in the page.")
    tree = trafilatura.load_html(html.replace("\0", ""))
    if tree is None:
        raise empty
    head = _Head(tree)
    _write_quotation_marks(tree)
    try:
        found = trafilatura.bare_extraction(
            tree,
            url=url or None,
            include_comments=False,
            include_tables=False,
            with_metadata=True,
            # A date searched for in the running text is a guess, and a record holds no guesses.
            date_extraction_params={"original_date": True, "extensive_search": False},
        )
    except RecursionError:
        raise empty from None
    if not isinstance(found, trafilatura.settings.Document):
        raise empty
    limit = limits.max_field_chars
    title = clean_line(found.title or "", limit=limit)
    text = _text(found.body, title=title)
    if _prose_chars(text, limits) < limits.min_prose_chars:
        raise empty
    return Content(
        title=title,
        byline=clean_line(found.author or "", limit=limit),
        published_at=head.published() or dates.parse_date(found.date or ""),
        language=head.language(),
        site_name=clean_line(found.sitename or "", limit=limit),
        canonical=head.first("//link[contains(concat(' ', @rel, ' '), ' canonical ')]/@href"),
        text=text,
    )


class _Head:
    """Metadata that trafilatura does not give, or gives without the time of day."""

    def __init__(self, tree: Any) -> None:
        self._tree = tree

    def first(self, xpath: str) -> str:
        for value in self._tree.xpath(xpath):
            if str(value).strip():
                return str(value).strip()
        return ""

    def published(self) -> datetime | None:
        stated = self.first(
            "//meta[@property='article:published_time' or @name='article:published_time'"
            " or @itemprop='datePublished']/@content"
        )
        return dates.parse_date(stated) or dates.json_ld_date(
            [str(b) for b in self._tree.xpath("//script[@type='application/ld+json']/text()")]
        )

    def language(self) -> str:
        stated = self.first("/html/@lang") or self.first("//meta[@property='og:locale']/@content")
        match = _LANGUAGE.match(stated)
        return match[1].lower() if match else ""


def _write_quotation_marks(tree: Any) -> None:
    """Put the marks of `<q>` into the text: browsers add them, and an extractor drops the tag."""
    for element in list(tree.iter("q")):
        quoted = element.text_content().strip()
        if quoted and not quoted.startswith(_QUOTE_MARKS):
            nested = any(True for _ in element.iterancestors("q"))
            before, after = "‘’" if nested else "“”"
            element.text = before + (element.text or "")
            last = element[-1] if len(element) else None
            if last is None:
                element.text += after
            else:
                last.tail = (last.tail or "") + after
    strip_tags(tree, "q")


def _text(body: Any, *, title: str) -> str:
    """The paragraphs of trafilatura's result, which keeps the line ends of the source in its own
    text: a sentence wrapped in the HTML would fall apart.

    A headline that repeats the title goes: quotes are sought in the text, and the title is
    kept beside it.
    """
    pieces: list[str] = []
    for event, element in iterwalk(body, events=("start", "end")):
        if element.tag not in _INLINE:
            pieces.append("\n")
        pieces.append(_WHITE.sub(" ", (element.text if event == "start" else element.tail) or ""))
    paragraphs = [" ".join(line.split()) for line in clean_text("".join(pieces)).split("\n")]
    paragraphs = [paragraph for paragraph in paragraphs if paragraph]
    if len(paragraphs) > 1 and paragraphs[0].casefold() == title.casefold():
        del paragraphs[0]
    return clean_text("\n\n".join(paragraphs))


def _prose_chars(text: str, limits: ReadLimits) -> int:
    """How much of a text is sentences. For a page without any, trafilatura gives its menu."""
    return sum(
        len(line)
        for line in text.split("\n")
        if line.endswith(_SENTENCE_END)
        or (len(line) >= limits.prose_line_chars and _SENTENCE_MARK.search(line))
    )
