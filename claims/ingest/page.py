"""The article in a page of HTML, and what the page says about it."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from . import dates
from .clean import clean_line, clean_text
from .errors import EmptyDocument
from .limits import ReadLimits

_SENTENCE_END = tuple(".!?…\"'”’»“。！？」』؟।")
_LANGUAGE = re.compile(r"([A-Za-z]{2,3})(?:[-_]|$)")


@dataclass(frozen=True, slots=True)
class Page:
    """What was found. Empty string means "not found"."""

    title: str
    byline: str
    published_at: datetime | None
    language: str
    site_name: str
    #: The rel=canonical as it stands in the page, not yet judged.
    canonical: str
    #: Cleaned, never empty; a blank line between paragraphs.
    text: str


def read_page(html: str, *, url: str, limits: ReadLimits) -> Page:
    """The article of a page; `url` ("" if unknown) helps to tell the site from its title.

    Raises EmptyDocument when there is no running text besides menus and notices.
    """
    # Imported here: models import the cleaning, and should not wait for an HTML parser.
    import trafilatura

    empty = EmptyDocument("No article text was found in the page.")
    tree = trafilatura.load_html(html.replace("\0", ""))
    if tree is None:
        raise empty
    head = _Head(tree)
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
    text = _text(found.text or "", title=title)
    if _prose_chars(text, limits) < limits.min_prose_chars:
        raise empty
    return Page(
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


def _text(extracted: str, *, title: str) -> str:
    """Each line that trafilatura gives is a block of the page: a paragraph of its own.

    A headline that repeats the title goes: quotes are sought in the text, and the title is
    kept beside it.
    """
    lines = [line for line in clean_text(extracted).split("\n") if line]
    if len(lines) > 1 and lines[0].casefold() == title.casefold():
        del lines[0]
    return "\n\n".join(lines)


def _prose_chars(text: str, limits: ReadLimits) -> int:
    return sum(
        len(line)
        for line in text.split("\n")
        if len(line) >= limits.prose_line_chars or line.endswith(_SENTENCE_END)
    )
