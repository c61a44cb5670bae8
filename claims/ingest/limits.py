"""Every bound of the ingest, as values that the caller (Django settings) may replace."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class FetchLimits:
    """Bounds of one fetch, and how it goes out. Times in seconds, sizes in bytes."""

    #: For the answer of the name servers, and again for the connection with its TLS handshake.
    connect_timeout: float = 10.0
    #: The longest wait for the next bytes.
    read_timeout: float = 15.0
    #: From the call to the last byte, redirects included.
    total_timeout: float = 60.0
    max_redirects: int = 5
    #: Counted twice while streaming: as received, and after Content-Encoding is undone.
    max_bytes: int = 20_000_000
    #: A longer body is cut at `max_bytes` and not refused.
    cut: bool = False
    #: Content types, by their beginning, that are refused before their body is read.
    refuse_types: tuple[str, ...] = ("audio/", "font/", "image/", "video/")
    user_agent: str = "factcheck-ingest/0.1 (claim and quote tracking)"
    #: Networks in CIDR form that are open although they are not public ("127.0.0.1/32").
    allow_networks: tuple[str, ...] = ()
    #: Networks in CIDR form that are closed although they are public; they win.
    refuse_networks: tuple[str, ...] = ()
    #: `http://[user:password@]host:port` of a forward proxy, trusted as it stands; "" for none.
    proxy: str = ""


@dataclass(frozen=True, slots=True)
class ReadLimits:
    """Bounds of turning bytes into a document. Sizes in bytes, lengths in characters."""

    max_bytes: int = 20_000_000
    #: Of the text itself. A longer one is a book or a dump of data, and no article.
    max_chars: int = 5_000_000
    #: Parsing takes its time by the tag (some 4 s for these), not by the byte.
    max_tags: int = 100_000
    #: Of one tag, which the parser compares each with each.
    max_attributes: int = 256
    #: A page with less running text than this is a menu, a stub or a script shell.
    min_prose_chars: int = 40
    #: A line this long is running text if a sentence ends anywhere in it, not only at its end.
    prose_line_chars: int = 100
    #: Title, byline and site name are cut here.
    max_field_chars: int = 500
    #: The first line of a plain text is its title only up to this length.
    max_title_line_chars: int = 200
    #: A text that is called locked by its page's data and is shorter than this is a stub, unless
    #: the locked part came with it, of `locked_part_chars` at least.
    locked_stub_chars: int = 2_500
    locked_part_chars: int = 300
    #: With the words of a wall in an element called a wall, a shorter text than this is a stub.
    stub_chars: int = 1_500
    #: With the words alone, a text must be even shorter.
    short_stub_chars: int = 800
    #: A PDF with more pages is refused, and one that takes longer or more to read.
    pdf_max_pages: int = 500
    pdf_seconds: float = 30.0
    #: Bytes of address space, of which an ordinary file takes some 60 million.
    pdf_memory: int = 400_000_000
    fetch: FetchLimits = field(default_factory=FetchLimits)
