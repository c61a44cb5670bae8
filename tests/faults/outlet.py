"""An outlet on this machine: feeds that grow, and a page with quotations for each entry."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from random import Random

from django.utils import timezone

SPEAKERS = ["Ada Lindqvist", "Piet Hollander", "Mara Senn", "Jonas Tolleby", "Iris Valmere"]
THINGS = ["dykes", "ferries", "surgeries", "cranes", "schools", "bridges", "pumps", "harbours"]
HOSTS, FEEDS = 20, 4
ENTRIES_SHOWN = 400


class Outlet:
    """Pages by number, spread over HOSTS addresses of this machine and FEEDS feeds."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.published: list[int] = []

    def publish(self, number: int) -> list[str]:
        """Put so many new pages into the feeds; return their addresses."""
        first = len(self.published)
        self.published += range(first, first + number)
        return [self.address(page) for page in range(first, first + number)]

    def address(self, page: int) -> str:
        return f"http://127.0.1.{page % HOSTS + 1}:{self.port}/page/{page}"

    def feed_address(self, feed: int) -> str:
        return f"http://127.0.1.{feed + 1}:{self.port}/feed/{feed}"

    def feed(self, feed: int) -> str:
        own = [page for page in list(self.published) if page % FEEDS == feed][-ENTRIES_SHOWN:]
        items = "".join(
            f"<item><title>Report {page}</title><link>{self.address(page)}</link>"
            f"<guid>{self.address(page)}</guid>"
            f"<pubDate>{format_datetime(timezone.now())}</pubDate></item>"
            for page in reversed(own)
        )
        return (
            '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel>'
            f"<title>Outlet {feed}</title><link>http://127.0.1.{feed + 1}/</link>"
            f"<description>Of a test.</description>{items}</channel></rss>"
        )


def page_html(page: int) -> str:
    """An article of its own for each number: no two share a paragraph."""
    rng = Random(page)
    paragraphs = "".join(
        f"<p>“In year {1900 + page} we mended {rng.randint(10, 999)} of {1000 + page} "
        f"{rng.choice(THINGS)} near mile {rng.randint(1, 10**6)},” {rng.choice(SPEAKERS)} said on "
        f"day {page * 7 + n} of the inquiry. The {rng.choice(THINGS)} of district {page}-{n} had "
        f"been closed since storm number {rng.randint(1, 10**6)}.</p>"
        for n in range(6)
    )
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Report {page}</title>'
        f"</head><body><main><article><h1>Report {page} of the inquiry</h1>{paragraphs}"
        "</article></main></body></html>"
    )


@contextmanager
def serve() -> Iterator[Outlet]:
    """The outlet, served on every loopback address of this machine."""
    outlet = Outlet(0)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            _, kind, *rest = self.path.split("/")
            if kind == "page" and rest and int(rest[0]) in outlet.published:
                self._send(200, "text/html; charset=utf-8", page_html(int(rest[0])))
            elif kind == "feed":
                self._send(200, "application/rss+xml", outlet.feed(int(rest[0])))
            elif kind == "robots.txt":
                self._send(200, "text/plain", "User-agent: *\nAllow: /\n")
            else:
                self._send(404, "text/plain", "not here")

        def _send(self, status: int, kind: str, text: str) -> None:
            body = text.encode()
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Nothing: thousands of requests are made."""

    class Server(ThreadingHTTPServer):
        daemon_threads = True
        request_queue_size = 128

        def handle_error(self, *_: object) -> None:
            """A client that was killed in mid-request is what this is for."""

    with Server(("0.0.0.0", 0), Handler) as server:
        outlet.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield outlet
        finally:
            server.shutdown()
            thread.join()
