"""What a feed says: RSS, RDF, Atom, JSON Feed and news sitemaps in one form.

Of an entry only the link, the title, the date and the author are read: the article comes from
its page. lxml reads the XML, with recovery, within the depth that libxml2 allows, and without
a DTD. Why not feedparser: docs/decisions/0015.
"""

import html
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from html.entities import html5
from typing import Any, Literal
from urllib.parse import urljoin

from lxml import etree

from . import dates, inflate, urls
from .charset import decode
from .clean import clean_line
from .errors import BadUrl, IngestError, TooLarge
from .sniff import split_content_type

FeedFormat = Literal["rss", "atom", "json", "sitemap"]

#: In a page's head, best first.
FEED_TYPES = (
    "application/atom+xml",
    "application/rss+xml",
    "application/feed+json",
    "application/rdf+xml",
)


class NotAFeed(IngestError):
    """What was read is no feed and no sitemap, or one that is too broken to tell."""

    code = "not_a_feed"


class ForbiddenMarkup(IngestError):
    """The document declares entities: no feed needs them, and attacks are made of them."""

    code = "forbidden_markup"


@dataclass(frozen=True, slots=True)
class FeedLimits:
    """Bounds of one document."""

    max_bytes: int = 10_000_000
    #: Parsing takes its time by the tag, not by the byte.
    max_tags: int = 500_000
    #: The newest are kept.
    max_entries: int = 500
    #: Sitemaps named by an index; the newest are kept.
    max_parts: int = 3
    max_field_chars: int = 500


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """One article that a feed names. Empty string means "not given"."""

    #: Absolute, http or https, normalised; trackers still on.
    url: str
    title: str = ""
    #: Aware and in UTC.
    published: datetime | None = None
    byline: str = ""
    #: The feed's own name for the entry.
    id: str = ""


@dataclass(frozen=True, slots=True)
class FeedDocument:
    """A feed as it stood at one moment: entries with a date first, the newest first of all."""

    title: str
    format: FeedFormat
    entries: tuple[FeedEntry, ...]
    #: Of a sitemap index: the sitemaps to be read for its entries, newest first.
    parts: tuple[str, ...] = ()
    #: Entries without an address that can be read.
    skipped: int = 0
    #: Entries, or parts, beyond the limit.
    left_out: int = 0
    #: The home page that the feed belongs to.
    site: str = ""
    language: str = ""
    #: Where changes could be subscribed to (WebSub).
    hub: str = ""
    #: How long the feed asks not to be read again.
    ttl: timedelta | None = None


@dataclass(frozen=True, slots=True)
class FoundFeed:
    """A feed that a page points to."""

    url: str
    title: str = ""


_DEFAULT_LIMITS = FeedLimits()
_GZIP = b"\x1f\x8b"

_ROOT = re.compile(
    r"<(?:[\w.-]{1,40}:)?(rss|feed|rdf|urlset|sitemapindex)(?=[\s>/])", re.IGNORECASE
)
_HTML = re.compile(r"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
#: How far in the root element may stand: behind a DTD of a usual size, a licence, some junk.
_ROOT_WITHIN = 20_000
_ENTITY = re.compile(r"<!ENTITY", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]{0,2000}>")
_EMAIL = re.compile(r"[^\s<>()]+@[^\s<>()]+")
#: All but those of XML itself and numeric ones.
_BARE_AMPERSAND = re.compile(
    r"&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#[xX][0-9a-fA-F]{1,6});)(?:\w{2,31};)?"
)
#: Each costs a microsecond or two; nobody's feed has more.
_MOST_MENDED = 100_000
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_PREFIXES = {
    "http://purl.org/dc/elements/1.1/": "dc:",
    "http://purl.org/dc/terms/": "dcterms:",
    "http://www.w3.org/2005/Atom": "atom:",
    "http://purl.org/rss/1.0/modules/syndication/": "sy:",
    "http://rssnamespace.org/feedburner/ext/1.0": "feedburner:",
}
_DATES = (
    *("pubdate", "published", "issued", "dc:date", "dcterms:issued", "dcterms:created"),
    *("updated", "modified", "dcterms:modified"),
)
_PERIODS = {"hourly": 1, "daily": 24, "weekly": 168, "monthly": 720, "yearly": 8760}
_MAX_TTL = timedelta(days=7)


def read_feed(
    body: bytes, content_type: str = "", url: str = "", *, limits: FeedLimits = _DEFAULT_LIMITS
) -> FeedDocument:
    """The feed in `body`, which came from `url` with the header `content_type`.

    Broken XML is read as far as it goes. Raises NotAFeed, ForbiddenMarkup, TooLarge, and
    FetchError (code `encoding` or `protocol`) for a packed file that is broken.
    """
    too_large = TooLarge(f"The feed is larger than {limits.max_bytes:,} bytes: {url}")
    if body.startswith(_GZIP):  # sitemaps are often files that were packed beforehand
        try:
            body = b"".join(inflate.unpacked([body], "gzip", limit=limits.max_bytes))
        except TooLarge:
            raise too_large from None
    if len(body) > limits.max_bytes:
        raise too_large
    _, charset = split_content_type(content_type)
    text = decode(body, charset=charset, html=True).replace("\0", "")
    if text.lstrip()[:1] in ("{", "["):
        return _read_json(text, url, limits)
    root = _ROOT.search(text, 0, _ROOT_WITHIN)
    before = text[: root.start() if root else _ROOT_WITHIN]
    if _ENTITY.search(before):
        raise ForbiddenMarkup(f"The document declares entities, which no feed needs: {url}")
    if root is None or _HTML.search(before):
        raise NotAFeed(f"This is no feed and no sitemap: {url}")
    if text.count("<") > limits.max_tags:
        raise TooLarge(f"The feed has more than {limits.max_tags:,} tags: {url}")
    # From the root element on: no DTD is left that a parser could follow.
    if root[1].lower() in ("urlset", "sitemapindex"):
        return _read_sitemap(text[root.start() :], url, limits)
    return _read_xml(text[root.start() :], url, limits)


def find_feeds(page: str | bytes, url: str) -> list[FoundFeed]:
    """The feeds that a page names in `<link rel=alternate>`, the likeliest for its news first.

    Those of comments come last. Nothing is raised; of what is no page there are none.
    """
    text = decode(page, html=True) if isinstance(page, bytes) else page
    parser = etree.HTMLParser(no_network=True, recover=True, huge_tree=False)
    try:
        tree = etree.fromstring(text.replace("\0", "").encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError):
        return []
    if tree is None:
        return []
    base = _joined(url, next(iter(tree.xpath("//base/@href")), ""))
    found: dict[str, tuple[tuple[bool, int], FoundFeed]] = {}
    for link in tree.iter("link"):
        kind = split_content_type(link.get("type") or "")[0]
        if "alternate" not in (link.get("rel") or "").lower().split() or kind not in FEED_TYPES:
            continue
        address = _address(link.get("href") or "", base)
        title = clean_line(link.get("title") or "", limit=200)
        if address and address not in found:
            of_comments = "comment" in f"{title} {address}".lower()
            rank = (of_comments, FEED_TYPES.index(kind))
            found[address] = rank, FoundFeed(address, title)
    return [feed for _, feed in sorted(found.values(), key=lambda ranked: ranked[0])]


def _read_xml(text: str, url: str, limits: FeedLimits) -> FeedDocument:
    """RSS 0.9 to 2.0, RDF and Atom."""
    tree = _tree(text, url)
    is_atom = _name(tree)[1] == "feed"
    head = tree if is_atom else next((e for e in tree.iter("{*}channel")), tree)
    said = _children(head)
    site = next((link for link in _links(said, "alternate", url)), "")
    # A feed may be served from elsewhere; its relative links are meant from the home page.
    base = url if is_atom else site or url
    document = FeedDocument(
        title=_text(said, "title", limits),
        format="atom" if is_atom else "rss",
        entries=(),
        site=site,
        language=clean_line(_raw(said, "language") or tree.get(_XML_LANG, ""), limit=12),
        hub=next(_links(said, "hub", url), ""),
        ttl=_ttl(said),
    )
    entries = (
        _of_xml(_children(element), base, limits)
        for element in tree.iter(f"{{*}}{'entry' if is_atom else 'item'}")
    )
    return _with_entries(document, entries, limits)


def _of_xml(said: "Said", base: str, limits: FeedLimits) -> FeedEntry | None:
    original = _address(_raw(said, "feedburner:origlink"), base)
    address = original or next(_links(said, "alternate", base), "")
    if not address:
        return None
    moments = (_moment(_raw(said, name)) for name in _DATES)
    authors = [*said.get("author", []), *said.get("dc:creator", [])]
    return FeedEntry(
        url=address,
        title=_text(said, "title", limits),
        published=next((moment for moment in moments if moment), None),
        byline=_byline((_raw(_children(a), "name") or _content(a) for a in authors), limits),
        id=clean_line(_raw(said, "guid") or _raw(said, "id"), limit=limits.max_field_chars),
    )


#: The children of an element by name; those of other namespaces with a prefix.
Said = dict[str, list[Any]]


def _children(element: Any) -> Said:
    """Of a broken document too, where a prefix that nobody declared is part of the name."""
    own, _ = _name(element)
    found: Said = {}
    for child in element:
        if not isinstance(child.tag, str):  # an entity that stands for nothing
            continue
        namespace, local = _name(child)
        prefix = "" if namespace in (own, "") else _PREFIXES.get(namespace, "other:")
        found.setdefault(f"{prefix}{local}", []).append(child)
    return found


def _links(said: Said, relation: str, base: str) -> Iterator[str]:
    """The addresses that an entry or a channel has under a relation, its own page first."""
    for link in said.get("link", []) + said.get("atom:link", []):
        href = link.get("href")
        if href is None:
            href = _content(link) if relation == "alternate" else ""
        elif link.get("rel", "alternate").lower() != relation:
            continue
        # xml:base, where there is one.
        if address := _address(href, _joined(base, link.base or "")):
            yield address
    if relation == "alternate":
        for guid in said.get("guid", []):
            if guid.get("isPermaLink", "true").lower() != "false" and _content(guid)[:4] == "http":
                yield from filter(None, [_address(_content(guid), base)])


def _moment(stated: str) -> datetime | None:
    """A date of RFC 822 or ISO 8601 in UTC, None for any other, and for an implausible one."""
    stated = stated.strip()[:60]
    try:
        moment = parsedate_to_datetime(stated)
    except (ValueError, TypeError, OverflowError):
        return dates.parse_date(stated)
    return dates.parse_date(moment.isoformat())


def _tree(text: str, url: str) -> Any:
    """The document's root; what is broken in it is mended, or left out."""
    tree = _parsed(text, recover=False)
    if tree is None:
        # Recovery would drop a bare ampersand, and an address with it: outside of CDATA it is
        # written as it should have been. Names of HTML entities become what they stand for.
        tree = _parsed("".join(_mended(text)), recover=True)
    if tree is None or not isinstance(tree.tag, str):
        raise NotAFeed(f"The document is too broken to be read: {url}")
    return tree


def _parsed(text: str, *, recover: bool) -> Any:
    parser = etree.XMLParser(
        recover=recover,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        encoding="utf-8",
    )
    try:
        return etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError):
        return None


def _mended(text: str) -> Iterator[str]:
    """The document in pieces, its CDATA as it stands."""
    at, left = 0, _MOST_MENDED
    while at < len(text):
        opens = text.find("<![CDATA[", at)
        closes = text.find("]]>", opens) if opens >= 0 else -1
        # Opened and never closed: it is no CDATA.
        end = opens if closes >= 0 else len(text)
        piece, mended = _BARE_AMPERSAND.subn(_meant, text[at:end], count=left) if left else ("", 0)
        left -= mended
        yield piece if left else _BARE_AMPERSAND.sub("", piece or text[at:end])
        if closes < 0:
            return
        yield text[opens : closes + 3]
        at = closes + 3


def _meant(ampersand: re.Match[str]) -> str:
    meant = html5.get(ampersand[0][1:])
    return "&amp;" + ampersand[0][1:] if meant is None else html.escape(meant)


def _name(element: Any) -> tuple[str, str]:
    """Namespace and name in lower case; of a broken document, the name with its prefix."""
    namespace, _, local = element.tag.rpartition("}")
    return namespace.removeprefix("{"), local.lower()


def _content(element: Any) -> str:
    return "".join(element.itertext()).strip()


def _raw(said: Said, name: str) -> str:
    """The content of the first child of that name that has any."""
    return next(filter(None, map(_content, said.get(name, []))), "")


def _text(said: Said, name: str, limits: FeedLimits) -> str:
    return _line(_raw(said, name), limits)


def _read_json(text: str, url: str, limits: FeedLimits) -> FeedDocument:
    """JSON Feed 1 and 1.1."""
    try:
        data = json.loads(text, strict=False)
    except (ValueError, RecursionError) as error:
        raise NotAFeed(f"This is JSON that cannot be read ({error}): {url}") from error
    version = data.get("version") if isinstance(data, dict) else None
    items = data.get("items") if isinstance(data, dict) else None
    if "jsonfeed.org" not in str(version) or not isinstance(items, list):
        raise NotAFeed(f"This is JSON, but no JSON Feed: {url}")
    hubs = [h.get("url") for h in _objects(data.get("hubs")) if h.get("type") == "WebSub"]
    document = FeedDocument(
        title=_line(data.get("title"), limits),
        format="json",
        entries=(),
        site=_address(data.get("home_page_url"), url),
        language=clean_line(str(data.get("language") or ""), limit=12),
        hub=_address(hubs[0], url) if hubs else "",
    )
    entries = (_of_json(item, url, limits) for item in items)
    return _with_entries(document, entries, limits)


def _of_json(item: Any, base: str, limits: FeedLimits) -> FeedEntry | None:
    if not isinstance(item, dict):
        return None
    address = _address(item.get("url") or item.get("external_url"), base)
    if not address:
        return None
    authors = _objects(item.get("authors")) or _objects([item.get("author")])
    stated = item.get("date_published") or item.get("date_modified")
    return FeedEntry(
        url=address,
        title=_line(item.get("title"), limits),
        published=dates.parse_date(stated) if isinstance(stated, str) else None,
        byline=_byline([str(a.get("name") or "") for a in authors], limits),
        id=clean_line(str(item.get("id") or ""), limit=limits.max_field_chars),
    )


def _read_sitemap(text: str, url: str, limits: FeedLimits) -> FeedDocument:
    """A sitemap, or an index of sitemaps. Namespaces are ignored, as many get them wrong."""
    tree = _tree(text, url)
    document = FeedDocument(title="", format="sitemap", entries=())
    if _name(tree)[1] == "sitemapindex":
        found = [_of_sitemap(row, url, limits) for row in tree.iter("{*}sitemap")]
        parts = _newest_first(part for part in found if part is not None)
        return replace(
            document,
            parts=tuple(part.url for part in parts[: limits.max_parts]),
            skipped=len(found) - len(parts),
            left_out=max(0, len(parts) - limits.max_parts),
        )
    entries = [_of_sitemap(row, url, limits) for row in tree.iter("{*}url")]
    names = tree.iter("{*}name")
    title = next((_line(name.text, limits) for name in names), "")
    return _with_entries(replace(document, title=title), entries, limits)


def _of_sitemap(row: Any, base: str, limits: FeedLimits) -> FeedEntry | None:
    said: dict[str, str] = {}
    for element in [*row, *(inner for child in row for inner in child)]:
        if isinstance(element.tag, str) and (element.getparent() is row or _is_news(element)):
            said.setdefault(_name(element)[1], _content(element))
    address = _address(said.get("loc", ""), base)
    if not address:
        return None
    return FeedEntry(
        url=address,
        title=_line(said.get("title", ""), limits),
        published=_moment(said.get("publication_date") or said.get("lastmod", "")),
    )


def _is_news(element: Any) -> bool:
    """Whether it belongs to the news of an entry: images and videos have titles of their own."""
    return _name(element.getparent())[1].rpartition(":")[2] == "news"


def _with_entries(
    document: FeedDocument, entries: Iterable[FeedEntry | None], limits: FeedLimits
) -> FeedDocument:
    """The document with the newest of its entries, each address once."""
    found = list(entries)
    readable = {entry.url: entry for entry in reversed(found) if entry is not None}
    newest = _newest_first(reversed(readable.values()))
    return replace(
        document,
        entries=tuple(newest[: limits.max_entries]),
        skipped=sum(entry is None for entry in found),
        left_out=max(0, len(newest) - limits.max_entries),
    )


def _newest_first(entries: Iterable[FeedEntry]) -> list[FeedEntry]:
    """By date; those without one behind, in the order of the document."""

    def rank(entry: FeedEntry) -> tuple[bool, float]:
        return entry.published is None, -entry.published.timestamp() if entry.published else 0.0

    return sorted(entries, key=rank)


def _address(link: Any, base: str) -> str:
    """An absolute http(s) address in normal form, "" for anything else."""
    if not isinstance(link, str) or not link.strip():
        return ""
    try:
        return urls.normalize(_joined(base, link.strip()))
    except BadUrl:
        return ""


def _joined(base: str, link: str) -> str:
    try:
        return urljoin(base, link)
    except ValueError:  # a bracket out of place
        return link


def _line(text: Any, limits: FeedLimits) -> str:
    """A title without its markup, on one line."""
    if not isinstance(text, str):
        return ""
    text = text[: 20 * limits.max_field_chars]
    return clean_line(html.unescape(_TAG.sub(" ", text)), limit=limits.max_field_chars)


def _byline(names: Iterable[str], limits: FeedLimits) -> str:
    """Names joined by commas; RSS wants an e-mail address there, which is nobody's name."""
    told = (_EMAIL.sub("", name[:1000]).strip(" ()<>,") for name in names)
    return _line(", ".join(dict.fromkeys(name for name in told if name)), limits)


def _ttl(said: Said) -> timedelta | None:
    """RSS `ttl` in minutes, or the `sy` module's period and frequency."""
    minutes = _raw(said, "ttl")
    if re.fullmatch(r"[0-9]{1,6}", minutes):
        return min(timedelta(minutes=int(minutes)), _MAX_TTL) or None
    hours = _PERIODS.get(_raw(said, "sy:updateperiod").lower())
    if hours is None:
        return None
    often = _raw(said, "sy:updatefrequency")
    times = int(often) if re.fullmatch(r"[1-9][0-9]{0,3}", often) else 1
    return min(timedelta(hours=hours) / times, _MAX_TTL)


def _objects(data: Any) -> list[dict[str, Any]]:
    return [each for each in data if isinstance(each, dict)] if isinstance(data, list) else []
