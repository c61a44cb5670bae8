"""ClaimReview of others: from whatever they publish to one plain record a review.

Takes one ClaimReview, a list or an `@graph` of them, a DataFeed (that of Data Commons is one)
and an HTML page that carries any of these. Publishers write the same thing in many ways, and
most can be understood; a review without a claim or an address is of no use and is refused, and
so is what goes past the limits, one by one.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from urllib.parse import urljoin, urlsplit

from .charset import decode
from .clean import clean_line, clean_text
from .dates import parse_date
from .errors import BadUrl, IngestError
from .json_ld import MAX_NAME, Node, language_of, line_of, number_of, storable, text_of, value_of
from .limits import ReadLimits
from .markup import check_markup
from .structured import json_ld_blocks, parse_block
from .urls import canonicalize, normalize, url_hash

MAX_TITLE = 1000
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


class NoReviews(IngestError):
    """There is no ClaimReview in it, or it is no JSON and no page at all."""

    code = "no_reviews"


@dataclass(frozen=True, slots=True)
class ReviewLimits:
    """Bounds of one reading. Sizes in bytes, lengths in characters."""

    max_bytes: int = 50_000_000
    max_items: int = 100_000
    #: Objects that lie deeper in each other are not looked at.
    max_depth: int = 20
    max_claim_chars: int = 5_000
    #: Of one review as JSON.
    max_review_bytes: int = 100_000
    page: ReadLimits = field(default_factory=ReadLimits)


@dataclass(frozen=True, slots=True)
class Review:
    """One review of another organisation. What it does not say is "" or None."""

    url: str
    """Canonical."""
    claim_text: str
    claimant: str = ""
    claim_date: date | None = None
    publisher_name: str = ""
    publisher_site: str = ""
    """Host name without www."""
    title: str = ""
    rating_label: str = ""
    rating_value: float | None = None
    best_rating: float | None = None
    worst_rating: float | None = None
    language: str = ""
    reviewed_at: datetime | None = None
    raw: Node = field(default_factory=dict, repr=False)
    """As it came, without what a database cannot hold."""

    @property
    def identity(self) -> tuple[str, str]:
        """The hashes of its address and of its claim: one page may review several claims."""
        return url_hash(self.url), url_hash(self.claim_text)


@dataclass(frozen=True, slots=True)
class Refused:
    """A review that is of no use, with the reason in a sentence."""

    reason: str
    url: str = ""
    claim_text: str = ""


def read_reviews(
    raw: bytes, *, url: str = "", limits: ReviewLimits | None = None
) -> Iterator[Review | Refused]:
    """The reviews in a file or a page, in its order, each read by itself.

    ``url`` is where it came from, for addresses that are relative to it. Raises NoReviews, and
    TooLarge for an HTML page of too much markup.
    """
    limits = limits or ReviewLimits()
    if len(raw) > limits.max_bytes:
        raise NoReviews(f"More than {limits.max_bytes:,} bytes are not read at once.")
    data = _data(raw, limits)
    named: dict[str, Node] = {}
    found = list(_found(data, limits, named))
    if not found:
        raise NoReviews("There is no ClaimReview in it.")
    for number, node in enumerate(found):
        if number >= limits.max_items:
            yield Refused(f"More than {limits.max_items:,} reviews are not read at once.")
        else:
            yield _Reading(node, named, url).review(limits)


def _data(raw: bytes, limits: ReviewLimits) -> Any:
    """The JSON of the file, or the list of what the scripts of the page hold."""
    text = decode(raw, charset="", html=raw.lstrip()[:1] == b"<").lstrip("\ufeff \t\r\n")
    if not text.startswith("<"):
        try:
            return json.loads(text, strict=False)
        except (ValueError, RecursionError) as error:
            reason = "too deep" if isinstance(error, RecursionError) else error
            raise NoReviews(f"This is neither JSON nor a page: {reason}") from None
    check_markup(text, limits.page)
    # Imported here: whoever reads JSON should not wait for an HTML parser.
    from lxml import etree, html

    try:
        tree = html.document_fromstring(text.replace("\0", ""))
    except (etree.ParserError, ValueError) as error:
        raise NoReviews(f"The page cannot be read: {error}") from None
    return [parse_block(block) for block in json_ld_blocks(tree)]


def _found(data: Any, limits: ReviewLimits, named: dict[str, Node]) -> Iterator[Node]:
    """Every ClaimReview, outer before inner; ``named`` gathers what others may point to."""
    stack: list[tuple[Any, int]] = [(data, 0)]
    while stack:
        item, depth = stack.pop()
        if depth > limits.max_depth:
            continue
        inner: list[Any] = item if isinstance(item, list) else []
        if isinstance(item, dict):
            key = item.get("@id")
            if isinstance(key, str) and len(item) > 1:
                named.setdefault(key, item)
            if _is_review(item):
                yield item
            inner = list(item.values())
        stack += [(each, depth + 1) for each in reversed(inner)]


def _is_review(node: Node) -> bool:
    kinds = node.get("@type")
    return any(
        isinstance(kind, str) and re.split("[/:#]", kind)[-1] == "ClaimReview"
        for kind in (kinds if isinstance(kinds, list) else [kinds])
    )


class _Reading:
    """What one ClaimReview says."""

    def __init__(self, node: Node, named: dict[str, Node], base: str) -> None:
        self._node, self._named, self._base = node, named, base

    def review(self, limits: ReviewLimits) -> Review | Refused:
        node = self._node
        said = text_of(value_of(node, "claimReviewed"))
        shown = clean_line(said, limit=MAX_NAME)
        address = self._address(node)
        try:
            raw = storable(node, limits.max_depth)
        except RecursionError:
            return Refused("Its objects lie too deep in each other.", address, shown)
        if not shown:
            return Refused("It names no claim (claimReviewed).", address)
        if not address:
            return Refused("It has no address (url).", "", shown)
        if len(said) > limits.max_claim_chars:
            return Refused(
                f"Its claim has more than {limits.max_claim_chars:,} characters.", address, shown
            )
        if len(json.dumps(raw)) > limits.max_review_bytes:
            return Refused(f"It is larger than {limits.max_review_bytes:,} bytes.", address, shown)
        try:
            # normalize() first: the identities of files and pasted text are no addresses here.
            url = canonicalize(normalize(address))
        except BadUrl as error:
            # Without the address, which may hold a password: the reason shows what may be shown.
            return Refused(str(error), "", shown)
        claim = self._one(value_of(node, "itemReviewed"))
        publisher = self._one(value_of(node, "author")) or self._one(value_of(node, "publisher"))
        rating = self._one(value_of(node, "reviewRating"))
        value = number_of(value_of(rating, "ratingValue"))
        label = line_of(value_of(rating, "alternateName")) or line_of(value_of(rating, "name"))
        if not label and value is None:
            label = line_of(value_of(rating, "ratingValue"))
        named = value_of(node, "name") or value_of(node, "headline")
        return Review(
            url=url,
            claim_text=" ".join(clean_text(said).split()),
            claimant=line_of(value_of(self._one(value_of(claim, "author")), "name")),
            claim_date=_date(text_of(value_of(claim, "datePublished"))),
            publisher_name=line_of(value_of(publisher, "name")),
            publisher_site=_site(self._address(publisher)) or _site(url),
            title=line_of(named, limit=MAX_TITLE),
            rating_label=label,
            rating_value=value,
            best_rating=number_of(value_of(rating, "bestRating")),
            worst_rating=number_of(value_of(rating, "worstRating")),
            language=language_of(value_of(node, "inLanguage")),
            reviewed_at=parse_date(text_of(value_of(node, "datePublished"))),
            raw=raw,
        )

    def _one(self, value: Any) -> Node:
        """The first object of a value, followed where it points; a bare word is a name."""
        for each in value if isinstance(value, list) else [value]:
            if isinstance(each, dict):
                return self._named.get(str(each.get("@id")), each) if len(each) == 1 else each
            if isinstance(each, str) and each.strip():
                return {"name": each}
        return {}

    def _address(self, node: Node) -> str:
        """The web address of an object, "" where it has none."""
        for name in ("url", "mainEntityOfPage", "@id"):
            stated = text_of(value_of(node, name)).strip()
            if not stated or (name == "@id" and not stated.startswith("http")):
                continue
            try:
                return urljoin(self._base, stated) if self._base else stated
            except ValueError:  # a bracket out of place
                return ""
        return ""


def _date(stated: str) -> date | None:
    """A day; a mere year or month is none, since the record guesses nothing."""
    found = parse_date(stated)
    if found is None:
        return None
    # The day as it is written: with an offset, the day in UTC may be another.
    return date.fromisoformat(stated.strip()[:10]) if _DAY.match(stated.strip()) else found.date()


def _site(url: str) -> str:
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return ""
    return clean_line(host.removeprefix("www."), limit=253)
