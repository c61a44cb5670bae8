"""From a URL, a file or pasted text to a `Document`. Knows nothing of Django.

    from claims.ingest import IngestError, read
    document = read("https://example.org/story")

Limits come in as frozen dataclasses; whatever is wrong with the input is an `IngestError`.
"""

from .clean import clean_text, text_hash
from .document import Document
from .errors import (
    BadUrl,
    EmptyDocument,
    FetchError,
    ForbiddenAddress,
    IngestError,
    Paywalled,
    TooLarge,
    UnreadableFile,
    UnsupportedContent,
)
from .limits import FetchLimits, ReadLimits
from .reading import (
    Overrides,
    read,
    read_bytes,
    read_fetched,
    read_file,
    read_stream,
    read_text,
    read_url,
)
from .urls import canonicalize, url_hash

__all__ = [
    "BadUrl",
    "Document",
    "EmptyDocument",
    "FetchError",
    "FetchLimits",
    "ForbiddenAddress",
    "IngestError",
    "Overrides",
    "Paywalled",
    "ReadLimits",
    "TooLarge",
    "UnreadableFile",
    "UnsupportedContent",
    "canonicalize",
    "clean_text",
    "read",
    "read_bytes",
    "read_fetched",
    "read_file",
    "read_stream",
    "read_text",
    "read_url",
    "text_hash",
    "url_hash",
]
