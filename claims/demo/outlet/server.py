"""The outlet's web server: this machine only, a free port, nothing kept."""

import hashlib
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

from . import pages
from .articles import HELD_BACK, Story, stories

#: What `Outlet.alter` does, and to which article.
ALTERED = ("reservoir-levels", "stands at 46% of what", "stands at 64% of what")

HTML, XML, TEXT = "text/html; charset=utf-8", "application/xml; charset=utf-8", "text/plain"
CONTROL = {"/alter": "alter", "/publish": "publish", "/restore": "restore"}


class Handler(BaseHTTPRequestHandler):
    """Answers from the outlet as it stands, conditionally where the client asks so."""

    protocol_version = "HTTP/1.1"
    server: "Outlet"

    def do_GET(self) -> None:
        """Send the page, the feed, the sitemap or robots.txt, or 304 by its ETag."""
        path = urlsplit(self.path).path
        self.server.requests.append(self.path)
        found = self.server.page(path)
        body, content_type = (b"Not found.", TEXT) if found is None else found
        etag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
        status = 404 if found is None else 200
        if found is not None and self.headers.get("If-None-Match") == etag:
            status, body = 304, b""
        self._send(status, body, {"Content-Type": content_type, "ETag": etag})

    def do_POST(self) -> None:
        """`/alter`, `/publish` and `/restore` change the outlet while it runs."""
        name = CONTROL.get(self.path)
        if name is not None:
            getattr(self.server, name)()
        self._send(204 if name else 404, b"", {})

    def _send(self, status: int, body: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if status not in (204, 304):
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        with suppress(ConnectionError):
            self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        """Quiet: the command says what there is to see."""


class Outlet(ThreadingHTTPServer):
    """The running site; `requests` are the paths that were asked for."""

    daemon_threads = True

    def __init__(self, port: int = 0) -> None:
        super().__init__(("127.0.0.1", port), Handler)
        self.url = f"http://127.0.0.1:{self.server_address[1]}"
        self.requests: list[str] = []
        self._altered = self._published = False

    @property
    def feed(self) -> str:
        """The address of its feed."""
        return f"{self.url}/feed.xml"

    def alter(self) -> None:
        """Quietly put another figure into a quotation."""
        self._altered = True

    def publish(self) -> None:
        """Put out the article that was held back."""
        self._published = True

    def restore(self) -> None:
        """Be again as at the start."""
        self._altered = self._published = False

    def stories(self) -> list[Story]:
        """What is out, the newest first."""
        shown = [s for s in stories() if self._published or s.slug != HELD_BACK]
        return [_altered(story) if self._altered else story for story in shown]

    def page(self, path: str) -> tuple[bytes, str] | None:
        """Body and content type of what is at ``path``."""
        shown = self.stories()
        fixed = {
            "/": (pages.front(shown, self.url), HTML),
            "/feed.xml": (pages.feed(shown, self.url), "application/rss+xml; charset=utf-8"),
            "/news-sitemap.xml": (pages.sitemap(shown, self.url), XML),
            "/robots.txt": (pages.ROBOTS.format(url=self.url), TEXT),
        }
        articles = {story.path: (pages.article(story, self.url), HTML) for story in shown}
        found = {**fixed, **articles}.get(path)
        return None if found is None else (found[0].encode(), found[1])


def _altered(story: Story) -> Story:
    slug, before, after = ALTERED
    if story.slug != slug:
        return story
    return replace(story, paragraphs=tuple(p.replace(before, after) for p in story.paragraphs))


@contextmanager
def running(port: int = 0) -> Iterator[Outlet]:
    """The outlet in a thread, for as long as the block lasts."""
    with Outlet(port) as outlet:
        thread = threading.Thread(target=outlet.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield outlet
        finally:
            outlet.shutdown()
            thread.join()
