"""What can go wrong on the way from a target to a document, in an editor's words."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    # A document module that imports these errors would go round in a circle.
    from .document import Document
    from .fetch import Fetched


class IngestError(Exception):
    """Reading a target failed. `code` is for programs, `str(error)` is for an editor.

    Every subclass has a default `code`; the message names the target and, where there is one,
    the mend.
    """

    code = "ingest_error"
    #: What was received before it went wrong, where something was.
    exchange: "Fetched | None" = None

    def __init__(self, message: str, *, code: str = "") -> None:
        super().__init__(message)
        self.message = message
        if code:
            self.code = code


class BadUrl(IngestError):
    """Not an http or https address that can be fetched or stored."""

    code = "bad_url"


class UnreadableFile(IngestError):
    """The file is missing, is not a regular file, or may not be read."""

    code = "unreadable_file"


class EmptyDocument(IngestError):
    """There is no article text in what was read."""

    code = "empty_document"


class Paywalled(IngestError):
    """Only the beginning of an article was given; `document` is what could be read of it."""

    code = "paywall"

    def __init__(self, message: str, *, document: "Document") -> None:
        super().__init__(message)
        self.document = document


class TooLarge(IngestError):
    """More bytes, pages, tags or time than the limits allow."""

    code = "too_large"


class UnsupportedContent(IngestError):
    """The content is neither HTML, plain text nor a PDF with a text in it."""

    code = "unsupported_content"


class FetchError(IngestError):
    """A page could not be fetched.

    `code` is one of: `dns` (no such name, or no answer), `connect`, `tls`, `proxy` (the proxy
    refused), `timeout`, `protocol` (broken or cut-off HTTP), `encoding` (unknown or broken
    Content-Encoding), `too_many_redirects`, `http_status` (then `status` holds it, else 0),
    `robots` (robots.txt is not to be had for now), `forbidden_address`.

    `retry_after`: the seconds the server asks to be left alone, or None where it does not say.
    """

    code = "fetch_error"

    def __init__(
        self,
        message: str,
        *,
        code: str = "",
        status: int = 0,
        retry_after: float | None = None,
    ) -> None:
        super().__init__(message, code=code)
        self.status = status
        self.retry_after = retry_after


class ForbiddenAddress(FetchError):
    """The name leads to an address that is not on the public internet."""

    code = "forbidden_address"
