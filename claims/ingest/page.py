"""The article in a page of HTML, and what the page says about it."""

import re
import warnings
from typing import Any

from lxml.etree import iterwalk, strip_tags

from . import boilerplate, paywall
from .clean import clean_line, clean_text
from .document import Content
from .errors import EmptyDocument
from .head import Head
from .limits import ReadLimits
from .markup import check_markup

with warnings.catch_warnings():
    # It loads a proxy client of its own, never used here, that misses an optional package.
    warnings.filterwarnings("ignore", message="SOCKS support in urllib3")
    import trafilatura
    from trafilatura.settings import Extractor, use_config

# At the end of a line, whatever signs and emoji follow.
_SENTENCE_END = re.compile("[.!?…。！？」』؟।][^\\w]*$")
_LAST = 12
# Thai and Lao end no sentence with a mark: their letters stand for it.
_SENTENCE_MARK = re.compile("[.!?…。！？؟।။።\u0e01-\u0edf]")
_QUOTE_ENDS = tuple("\"'”’»")
_QUOTE_MARKS = tuple("\"'“”‘’«»„‚「『")

# Of the tags in trafilatura's result; all others begin a paragraph. It writes one line break
# for two, which many pages part paragraphs with, so that each has to count as one.
_INLINE = frozenset({"hi", "ref", "del", "code", "span", "graphic"})
_WHITE = re.compile(r"\s+")


def _options() -> Extractor:
    """Without comments and tables. A brief item is an article, and no reason to take the whole
    page for one, as trafilatura does below its own limit of 250 characters."""
    config = use_config()
    config.set("DEFAULT", "MIN_EXTRACTED_SIZE", "50")
    return Extractor(config=config, comments=False, tables=False, with_metadata=False)


_OPTIONS = _options()


def read_page(html: str, *, url: str, limits: ReadLimits) -> Content:
    """The article of a page; `url` ("" if unknown) helps to tell the site from its title.

    `Content.wall` says why the text is taken for the beginning of an article behind a wall.
    Raises EmptyDocument when there is no running text besides menus and notices, and TooLarge
    for more markup than the limits allow.
    """
    check_markup(html, limits)
    empty = EmptyDocument("No article text was found in the page.")
    tree = trafilatura.load_html(html.replace("\0", ""))
    if tree is None:
        raise empty
    head = Head(tree, url=url)
    headlines = {" ".join(element.text_content().split()) for element in tree.iter("h1")}
    limit = limits.max_field_chars
    title = clean_line(head.title(), limit=limit)
    byline = clean_line(head.byline(), limit=limit)
    published = head.published()
    boilerplate.prune(tree)
    signs = paywall.read_signs(tree, head)
    _write_quotation_marks(tree)
    try:
        # Its own reading of the metadata is left out: `Head` has read the page already.
        found = trafilatura.bare_extraction(tree, url=url or None, options=_OPTIONS)
    except RecursionError:
        raise empty from None
    body = getattr(found, "body", None)
    text = "" if body is None else _text(body, headlines={title, *headlines})
    wall = paywall.reason(signs, text, limits)
    if _prose_chars(text, limits) < limits.min_prose_chars and not (wall and text):
        raise empty
    return Content(
        title=title,
        byline=byline,
        published_at=published,
        language=head.language(),
        site_name=clean_line(head.site_name(), limit=limit),
        canonical=head.canonical,
        text=text,
        wall=wall,
    )


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


def _text(body: Any, *, headlines: set[str]) -> str:
    """The paragraphs of trafilatura's result, which keeps the line ends of the source in its own
    text: a sentence wrapped in the HTML would fall apart.

    The headline goes: quotes are sought in the text, and the title is kept beside it. So does
    a heading with nothing below it.
    """
    pieces: list[str] = []
    headings: set[str] = set()
    for event, element in iterwalk(body, events=("start", "end")):
        if element.tag not in _INLINE:
            pieces.append("\n")
        if element.tag == "head" and event == "start":
            headings.add(" ".join(clean_text("".join(element.itertext())).split()))
        pieces.append(_WHITE.sub(" ", (element.text if event == "start" else element.tail) or ""))
    lines = (" ".join(line.split()) for line in clean_text("".join(pieces)).split("\n"))
    paragraphs = boilerplate.without_boilerplate([line for line in lines if line])
    if len(paragraphs) > 1 and paragraphs[0].casefold() in {one.casefold() for one in headlines}:
        del paragraphs[0]
    while paragraphs and paragraphs[-1] in headings:
        del paragraphs[-1]
    return "\n\n".join(paragraphs)


def _prose_chars(text: str, limits: ReadLimits) -> int:
    """How much of a text is sentences. For a page without any, trafilatura gives its menu."""
    return sum(
        len(line)
        for line in text.split("\n")
        if _SENTENCE_END.search(line[-_LAST:])
        or line.endswith(_QUOTE_ENDS)
        or (len(line) >= limits.prose_line_chars and _SENTENCE_MARK.search(line))
    )
