"""What a page says about itself: title, byline, date, language, outlet, address."""

import re
import warnings
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from . import dates
from .structured import Structured, json_ld_blocks, read_json_ld

with warnings.catch_warnings():
    # It loads a proxy client of its own, never used here, that misses an optional package.
    warnings.filterwarnings("ignore", message="SOCKS support in urllib3")
    from htmldate import find_date
    from trafilatura.metadata import extract_author, extract_title

_LANGUAGE = re.compile(r"([A-Za-z]{2,3})(?:[-_]|$)")
_BY = re.compile(r"(?:by|von|par|por|di|door|od)\s+", re.IGNORECASE)
_SEPARATORS = ("|", "–", "—", "-", "·", "•", ":", "»", "/")

# In this order: what is said for the article, before what is said for its sharing.
_TITLES = ("og:title", "dc.title", "dcterms.title", "citation_title", "twitter:title", "title")
_AUTHORS = ("author", "article:author", "dc.creator", "dcterms.creator", "citation_author", "byl")
_PUBLISHED = (
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "date",
    "pubdate",
    "publishdate",
    "publish-date",
    "publish_date",
    "parsely-pub-date",
    "sailthru.date",
    "dc.date",
    "dc.date.issued",
    "dcterms.created",
    "dcterms.date",
    "citation_publication_date",
    "originalpublicationdate",
    "cxenseparse:recs:publishtime",
)
_SITES = ("og:site_name", "application-name", "dc.publisher", "dcterms.publisher")
_LANGUAGES = ("content-language", "language", "dc.language", "og:locale")


class Head:
    """The statements of one page, read when asked for."""

    def __init__(self, tree: Any, *, url: str) -> None:
        self._tree = tree
        self._url = url
        self._metas: dict[str, list[str]] = {}
        for element in tree.iter("meta"):
            content = (element.get("content") or "").strip()
            if content:
                for attribute in ("property", "name", "itemprop", "http-equiv"):
                    name = element.get(attribute)
                    if name:
                        self._metas.setdefault(name.strip().lower(), []).append(content)
        self.canonical = self._canonical()
        self.data: Structured = read_json_ld(json_ld_blocks(tree), urls=(self.canonical, url))

    def title(self) -> str:
        stated = next(self._said(_TITLES), "") or self.data.headline
        return self._without_site(stated or extract_title(self._tree) or "")

    def byline(self) -> str:
        """The author or authors; never the outlet, an address or an account."""
        for names in (self.data.authors, list(self._said(_AUTHORS))):
            kept = [name for name in map(_person, names) if name and name != self.site_name()]
            if kept:
                return ", ".join(dict.fromkeys(kept))
        return _person((extract_author(self._tree) or "").replace("; ", ", "))

    def site_name(self) -> str:
        stated = next(self._said(_SITES), "") or self.data.publisher
        return stated or urlsplit(self._url).netloc.removeprefix("www.")

    def published(self) -> datetime | None:
        stated = [*self._said(_PUBLISHED), *self.data.published, *self._times()]
        found = dates.earliest(stated)
        if found is None:
            # A date searched for in the running text is a guess: a record holds no guesses.
            guessed = find_date(
                self._tree, url=self._url or None, original_date=True, extensive_search=False
            )
            return dates.parse_date(guessed or "")
        return dates.earliest([*stated, dates.day_in_path(urlsplit(self._url).path)])

    def language(self) -> str:
        root = self._tree.getroottree().getroot()
        stated = (
            (root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang") or "")
            or self.data.language
            or next(self._said(_LANGUAGES), "")
        )
        match = _LANGUAGE.match(stated.strip())
        return match[1].lower() if match else ""

    def locked(self) -> bool | None:
        """Whether the page says that it is not free to read; None when it says nothing."""
        if self.data.free is not None:
            return not self.data.free
        for name in ("isaccessibleforfree", "article:content_tier"):
            for word in self._metas.get(name, []):
                if word.lower() in {"false", "locked"}:
                    return True
                if word.lower() in {"true", "free"}:
                    return False
        return None

    def _said(self, names: tuple[str, ...]) -> Iterator[str]:
        for name in names:
            yield from self._metas.get(name, [])

    def _times(self) -> Iterator[str]:
        for element in self._tree.iter("time"):
            if element.get("itemprop") == "datePublished" or element.get("pubdate") is not None:
                yield element.get("datetime") or element.get("content") or ""

    def _canonical(self) -> str:
        """The rel=canonical; "" where there are several, since then none can be meant."""
        found = {
            (element.get("href") or "").strip()
            for element in self._tree.iter("link")
            if "canonical" in (element.get("rel") or "").lower().split()
        } - {""}
        return found.pop() if len(found) == 1 else ""

    def _without_site(self, title: str) -> str:
        """A title without the outlet's name behind or before it."""
        site = self.site_name()
        for separator in _SEPARATORS:
            for ending in (f" {separator} {site}", f"{separator} {site}"):
                if site and title.endswith(ending) and len(title) > len(ending):
                    return title.removesuffix(ending).rstrip()
            if site and title.startswith(f"{site} {separator} "):
                return title.removeprefix(f"{site} {separator} ").lstrip()
        return title


def _person(name: str) -> str:
    """A name without "By"; "" for what is an address or an account."""
    name = " ".join(name.split())
    if name.startswith(("http:", "https:", "@", "www.")) or "/" in name:
        return ""
    return _BY.sub("", name, count=1) if _BY.match(name) else name
