"""Lists of feeds as OPML, the form in which feed readers exchange them."""

from collections.abc import Iterable
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring

from .clean import clean_line
from .errors import BadUrl, IngestError, TooLarge
from .feeds import ForbiddenMarkup
from .urls import normalize

#: The `type` of an outline that stands for an outlet, so that our own lists come back whole.
OUTLET = "outlet"
_MAX_FIELD = 300


class NotOpml(IngestError):
    """The file is no OPML."""

    code = "not_opml"


@dataclass(frozen=True, slots=True)
class OutlineFeed:
    """One feed of a list. Empty string means "not given"."""

    url: str
    title: str = ""
    #: The outlet's home page.
    site: str = ""
    #: The outlet's name, where the list says so; a folder of a reader is none.
    outlet: str = ""


def read_opml(
    data: bytes, *, max_bytes: int = 10_000_000, max_feeds: int = 10_000
) -> tuple[list[OutlineFeed], int]:
    """The feeds of a list, each once, however deep they are nested; and how many were unreadable.

    Raises NotOpml, ForbiddenMarkup (a file that declares entities) and TooLarge.
    """
    if len(data) > max_bytes:
        raise TooLarge(f"The list is larger than {max_bytes:,} bytes.")
    try:
        root = fromstring(data.lstrip(), forbid_entities=True, forbid_external=True)
    except DefusedXmlException as error:
        raise ForbiddenMarkup(
            "The list declares entities, which no list of feeds needs."
        ) from error
    except (ParseError, ValueError, LookupError) as error:
        raise NotOpml(f"This is no OPML: {error}.") from error
    if root.tag.lower() != "opml":
        raise NotOpml(f"This is no OPML, but begins with <{root.tag[:40]}>.")
    found: dict[str, OutlineFeed] = {}
    skipped = 0
    # Iterative: a list nested ten thousand deep must not overflow the stack.
    waiting = [(outline, "") for outline in reversed(root.findall("./body/outline"))]
    while waiting:
        outline, outlet = waiting.pop()
        said = {name.lower(): value for name, value in outline.attrib.items()}
        name = _line(said.get("text") or said.get("title"))
        if said.get("type", "").lower() == OUTLET:
            outlet = name
        waiting += [(child, outlet) for child in reversed(outline.findall("outline"))]
        if "xmlurl" not in said:
            continue
        try:
            url = normalize(said["xmlurl"].replace("feed://", "http://", 1))
        except BadUrl:
            skipped += 1
            continue
        found.setdefault(
            url, OutlineFeed(url, _line(said.get("title")) or name, said.get("htmlurl", ""), outlet)
        )
        if len(found) > max_feeds:
            raise TooLarge(f"The list holds more than {max_feeds:,} feeds.")
    return list(found.values()), skipped


def write_opml(feeds: Iterable[OutlineFeed], *, title: str) -> bytes:
    """An OPML 2.0 list with one outline for each outlet; `read_opml` gives the same feeds back."""
    root = Element("opml", version="2.0")
    SubElement(SubElement(root, "head"), "title").text = title
    body = SubElement(root, "body")
    outlets: dict[str, Element] = {}
    for feed in feeds:
        parent = outlets.get(feed.outlet)
        if parent is None:
            parent = SubElement(body, "outline", type=OUTLET, text=feed.outlet)
            outlets[feed.outlet] = parent
        label = feed.title or feed.url
        said = {"type": "rss", "text": label, "title": label, "xmlUrl": feed.url}
        if feed.site:
            said["htmlUrl"] = feed.site
        SubElement(parent, "outline", said)
    indent(root)
    written: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def _line(text: str | None) -> str:
    return clean_line(text or "", limit=_MAX_FIELD)
