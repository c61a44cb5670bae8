"""The whole way in: read a target, store what it says."""

from typing import Unpack

from django.conf import settings

from claims import ingest
from claims.services.articles import Stored, store_document


def read_limits() -> ingest.ReadLimits:
    """The bounds of reading and fetching, from the settings."""
    return ingest.ReadLimits(
        max_bytes=settings.INGEST_MAX_BYTES,
        max_chars=settings.INGEST_MAX_CHARACTERS,
        pdf_max_pages=settings.INGEST_PDF_MAX_PAGES,
        pdf_seconds=settings.INGEST_PDF_SECONDS,
        pdf_memory=settings.INGEST_PDF_MEMORY_MIB * 1024 * 1024,
        stub_chars=settings.INGEST_STUB_CHARACTERS,
        fetch=ingest.FetchLimits(
            connect_timeout=settings.FETCH_CONNECT_SECONDS,
            read_timeout=settings.FETCH_READ_SECONDS,
            total_timeout=settings.FETCH_TOTAL_SECONDS,
            max_redirects=settings.FETCH_MAX_REDIRECTS,
            max_bytes=settings.INGEST_MAX_BYTES,
            user_agent=user_agent(),
            allow_networks=tuple(map(str, settings.FETCH_ALLOWED_NETWORKS)),
            refuse_networks=tuple(map(str, settings.FETCH_REFUSED_NETWORKS)),
            proxy=settings.FETCH_PROXY,
        ),
    )


def user_agent() -> str:
    """Who we are, and where to complain: `factcheck/0.1 (+https://desk.example.org/bot)`."""
    contact = settings.FETCH_CONTACT
    return f"{settings.FETCH_USER_AGENT} (+{contact})" if contact else settings.FETCH_USER_AGENT


def take_in(target: str, *, source_name: str = "", **overrides: Unpack[ingest.Overrides]) -> Stored:
    """Read a path, a URL or ``-`` and store it. Raises ingest.IngestError.

    Reads any file that the process may read, so it is for commands, never for requests.
    """
    document = ingest.read(target, limits=read_limits(), **overrides)
    return store_document(document, source_name=source_name)
