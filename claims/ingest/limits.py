"""Every bound of the ingest, as values that the caller (Django settings) may replace."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class FetchLimits:
    """Bounds of one fetch. Times in seconds, sizes in bytes."""

    connect_timeout: float = 10.0
    #: The longest wait for the next bytes, of the TLS handshake too.
    read_timeout: float = 15.0
    #: From the call to the last byte, redirects included. The resolver's own limit comes on top.
    total_timeout: float = 60.0
    max_redirects: int = 5
    #: Counted twice while streaming: as received, and after Content-Encoding is undone.
    max_bytes: int = 20_000_000
    user_agent: str = "factcheck-ingest/0.1 (claim and quote tracking)"
    #: Networks in CIDR form that are open although they are not public ("127.0.0.1/32").
    allow_networks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadLimits:
    """Bounds of turning bytes into a document. Sizes in bytes, lengths in characters."""

    max_bytes: int = 20_000_000
    #: Parsing takes its time by the tag (some 4 s for these), not by the byte.
    max_tags: int = 100_000
    #: A page with less running text than this is a menu, a stub or a script shell.
    min_prose_chars: int = 40
    #: A line this long is running text if a sentence ends anywhere in it, not only at its end.
    prose_line_chars: int = 100
    #: Title, byline and site name are cut here.
    max_field_chars: int = 500
    #: The first line of a plain text is its title only up to this length.
    max_title_line_chars: int = 200
    fetch: FetchLimits = field(default_factory=FetchLimits)
