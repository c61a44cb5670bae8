"""A web server on this machine that answers as a test tells it to."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

NOON = datetime(2024, 6, 1, 12, tzinfo=UTC)


def rss(*slugs: str, base: str = "", ttl: int = 0, dated: bool = True) -> bytes:
    """A feed of entries, the newest first, an hour apart."""
    items = "".join(
        f"<item><title>On {slug}</title><link>{base}/{slug}</link>"
        + (f"<pubDate>{format_datetime(NOON - timedelta(hours=n))}</pubDate>" if dated else "")
        + "</item>"
        for n, slug in enumerate(slugs)
    )
    said = f"<ttl>{ttl}</ttl>" if ttl else ""
    return (
        f"<rss version='2.0'><channel><title>The Daily</title>{said}{items}</channel></rss>"
    ).encode()


class Handler(BaseHTTPRequestHandler):
    """Replies with what was set for the path; 304 where the ETag fits; 404 elsewhere.

    Questions for robots.txt are not counted among the requests.
    """

    protocol_version = "HTTP/1.1"
    server: "FeedWeb"

    def do_GET(self) -> None:
        if self.path != "/robots.txt":
            self.server.requests.append((self.path, dict(self.headers.items())))
        status, body, headers = self.server.replies.get(self.path, (404, b"", {}))
        etag = headers.get("Etag")
        if etag and self.headers.get("If-None-Match") == etag:
            status, body = 304, b""
        self.send_response(status)
        for name, value in {"Content-Type": "application/xml", **headers}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        """Quiet."""


class FeedWeb(ThreadingHTTPServer):
    """``web.reply(path, body, status=…, **headers)`` says what there is; ``web.url``."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server_address[1]}"
        self.replies: dict[str, tuple[int, bytes, dict[str, str]]] = {}
        self.requests: list[tuple[str, dict[str, str]]] = []

    def reply(
        self, path: str, body: bytes | str = b"", *, status: int = 200, **headers: str
    ) -> str:
        """Set the reply of a path; return its address."""
        raw = body.encode() if isinstance(body, str) else body
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.replies[path] = (
            status,
            raw,
            {"ETag" if k == "etag" else k: v for k, v in named.items()},
        )
        return self.url + path

    def paths(self) -> list[str]:
        return [path for path, _ in self.requests]


@contextmanager
def running() -> Iterator[FeedWeb]:
    with FeedWeb() as web:
        thread = threading.Thread(target=web.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield web
        finally:
            web.shutdown()
            thread.join()
