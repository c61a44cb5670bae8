"""What the ingest hands on, and what its readers find on the way there."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    # Files and pasted text need no HTTP client.
    from .fetch import Fetched


@dataclass(frozen=True, slots=True)
class Document:
    """One article as it was read at one moment. Empty string means "not known"."""

    #: The address as it was given, "" for a file or pasted text.
    url: str
    #: What identifies the article: http(s), `file://` or `urn:sha256:`; ASCII.
    canonical_url: str
    title: str
    byline: str
    #: Aware and in UTC; midnight where only the day is known.
    published_at: datetime | None
    #: Primary language subtag, lower case ("en", "uk").
    language: str
    site_name: str
    #: Cleaned by `clean_text`; never empty. Paragraphs of a page are parted by a blank line.
    text: str
    #: The bytes that were received, after Content-Encoding is undone and before decoding.
    raw: bytes
    #: "text/html", "text/plain" or "application/pdf".
    content_type: str
    #: The exchange that `raw` came in; None for a file or pasted text.
    exchange: "Fetched | None" = field(default=None, compare=False, repr=False)

    def __post_init__(self) -> None:
        if self.published_at is not None and self.published_at.utcoffset() != timedelta(0):
            raise ValueError("published_at must be aware and in UTC")


@dataclass(frozen=True, slots=True)
class Content:
    """What a page or a text says by itself. Empty string means "not found"."""

    title: str
    byline: str
    published_at: datetime | None
    language: str
    site_name: str
    #: The rel=canonical as it stands in the page, not yet judged.
    canonical: str
    #: Cleaned, never empty.
    text: str
    #: Why only the beginning of an article is here: a phrase for an editor, "" when all is.
    wall: str = ""
