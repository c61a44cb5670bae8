"""What can go wrong on the way from a target to a document, in an editor's words."""


class IngestError(Exception):
    """Reading a target failed. `code` is for programs, `str(error)` is for an editor.

    Every subclass has a default `code`; the message names the target and, where there is one,
    the mend.
    """

    code = "ingest_error"

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


class TooLarge(IngestError):
    """More bytes than the limits allow."""

    code = "too_large"


class UnsupportedContent(IngestError):
    """The content is neither HTML nor plain text."""

    code = "unsupported_content"


class FetchError(IngestError):
    """A page could not be fetched.

    `code` is one of: `dns` (no such name), `connect`, `tls`, `timeout`, `protocol` (broken or
    cut-off HTTP), `encoding` (unknown or broken Content-Encoding), `too_many_redirects`,
    `http_status` (then `status` holds it, else 0), `forbidden_address`.
    """

    code = "fetch_error"

    def __init__(self, message: str, *, code: str = "", status: int = 0) -> None:
        super().__init__(message, code=code)
        self.status = status


class ForbiddenAddress(FetchError):
    """The name leads to an address that is not on the public internet."""

    code = "forbidden_address"
