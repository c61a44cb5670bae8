"""A web server on this machine that does what the worst ones on the web do."""

import gzip
import ssl
import threading
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import unquote

import brotli
import zstandard

#: One paragraph is enough to be an article.
STORY = """<!doctype html><html lang="en-GB"><head><meta charset="utf-8">
<title>Kabul balks at claim</title><link rel="canonical" href="/story"></head><body>
<p>“We hold 85% of the country,” a spokesman said on Friday, a claim that Kabul denied.</p>
<p>The ministry added that it had retaken three districts.</p></body></html>""".encode()

_MEGABYTE = 1 << 20


@cache
def bomb() -> bytes:
    """100 MB of nothing in 100 kB."""
    packer = zlib.compressobj(9, wbits=31)
    return b"".join(packer.compress(b"\0" * _MEGABYTE) for _ in range(100)) + packer.flush()


class Handler(BaseHTTPRequestHandler):
    """One method per evil: `/bomb` and `/bomb/x` are answered by `page_bomb`."""

    protocol_version = "HTTP/1.1"
    server: "Web"

    def do_GET(self) -> None:
        """Note the request and answer by the first segment of its path."""
        noted = self.server.for_robots if self.path == "/robots.txt" else self.server.requests
        noted.append((self.path, dict(self.headers.items())))
        self.close_connection = True
        name = self.path.strip("/").partition("/")[0].partition("?")[0]
        with suppress(ConnectionError, TimeoutError):
            if self.path in self.server.files:
                media_type, body = self.server.files[self.path]
                self.send(body, Content_Type=media_type)
            elif self.path == "/robots.txt":
                self.answer_robots()
            else:
                getattr(self, f"page_{name}", self.page_missing)()

    def send(self, body: bytes, *, status: int = 200, **headers: str) -> None:
        """A reply with a true Content-Length, unless another is given."""
        self.send_response(status)
        merged = {"Content-Type": "text/html; charset=utf-8", "Content-Length": str(len(body))}
        merged |= {name.replace("_", "-"): value for name, value in headers.items()}
        for name, value in merged.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def redirect(self, location: str) -> None:
        """302 with a body that no one should read; the address goes out in UTF-8."""
        self.send(b"moved", status=302, Location=location.encode().decode("latin-1"))

    def answer_robots(self) -> None:
        """What the test put there: a text, or for a redirect an address."""
        status, body = self.server.robots
        headers = {"Location": body.decode()} if status in (301, 302) else {}
        self.send(body, status=status, Content_Type="text/plain", **headers)

    def page_busy(self) -> None:
        """`/busy/120`: too many requests, come back in two minutes."""
        stated = self.path.rpartition("/")[2]
        self.send(b"", status=429, **({"Retry_After": stated} if stated else {}))

    def page_missing(self) -> None:
        self.send(b"<p>Nothing here.</p>", status=404)

    def page_gone(self) -> None:
        self.send(b"", status=410)

    def page_broken(self) -> None:
        self.send(b"", status=503)

    def page_status(self) -> None:
        """`/status/403`: that answer."""
        self.send(b"<p>No.</p>", status=int(self.path.rsplit("/", 1)[1]))

    def page_story(self) -> None:
        self.send(STORY)

    def page_gzip(self) -> None:
        self.send(gzip.compress(STORY), Content_Encoding="gzip")

    def page_joined(self) -> None:
        half = len(STORY) // 2
        body = gzip.compress(STORY[:half]) + gzip.compress(STORY[half:]) + b"\0\0"
        self.send(body, Content_Encoding="gzip")

    def page_deflate(self) -> None:
        self.send(zlib.compress(STORY), Content_Encoding="deflate")

    def page_rawdeflate(self) -> None:
        packer = zlib.compressobj(wbits=-15)
        self.send(packer.compress(STORY) + packer.flush(), Content_Encoding="deflate")

    def page_bomb(self) -> None:
        self.send(bomb(), Content_Encoding="gzip")

    def page_twice(self) -> None:
        """Packed by the program and by the server before it."""
        body = brotli.compress(gzip.compress(STORY))
        self.send(body, Content_Encoding="gzip, identity, br")

    def page_layers(self) -> None:
        body = gzip.compress(gzip.compress(gzip.compress(STORY)))
        self.send(body, Content_Encoding="gzip, gzip, gzip")

    def page_brotli(self) -> None:
        self.send(brotli.compress(STORY), Content_Encoding="br")

    def page_zstd(self) -> None:
        """In two frames, as programs write that compress as they go."""
        half = len(STORY) // 2
        pack = zstandard.ZstdCompressor().compress
        self.send(pack(STORY[:half]) + pack(STORY[half:]), Content_Encoding="zstd")

    def page_compress(self) -> None:
        self.send(STORY, Content_Encoding="compress")

    def page_badgzip(self) -> None:
        self.send(b"\x1f\x8b\x08\0\0\0\0\0\0\0 not deflate at all", Content_Encoding="gzip")

    def page_cutgzip(self) -> None:
        self.send(gzip.compress(STORY)[:-20], Content_Encoding="gzip")

    def page_hollow(self) -> None:
        """Deflate blocks without content: an endless body that decodes to nothing."""
        self.endless(b"\x00\x00\x00\xff\xff" * 1000, Content_Encoding="deflate")

    def page_endless(self) -> None:
        self.endless(b"<p>and so on</p>" * 1000)

    def endless(self, piece: bytes, **headers: str) -> None:
        """Until the client hangs up, or 50 MB."""
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        for _ in range(50 * _MEGABYTE // len(piece)):
            self.wfile.write(piece)

    def page_long(self) -> None:
        """Announces a gigabyte and sends nothing of it."""
        self.send(b"", Content_Length="1000000000")

    def page_short(self) -> None:
        """Announces more than it sends."""
        self.send(STORY, Content_Length=str(len(STORY) + 100))

    def page_more(self) -> None:
        """Sends more than it announces."""
        self.send(STORY + b"<p>hidden</p>", Content_Length=str(len(STORY)))

    def page_garbled(self) -> None:
        self.send(STORY, Content_Length="many")

    def page_nonsense(self) -> None:
        self.wfile.write(b"SMTP ready\r\n\r\n")

    def page_silent(self) -> None:
        """Accepts and never answers."""
        self.server.over.wait(5)

    def page_drip(self) -> None:
        """A byte now and then, each within any time-out between bytes."""
        self.send_response(200)
        self.end_headers()
        while not self.server.over.is_set():
            self.wfile.write(b"a")
            time.sleep(0.05)

    def page_dripheaders(self) -> None:
        self.wfile.write(b"HTTP/1.1 200 OK\r\n")
        while not self.server.over.is_set():
            self.wfile.write(b"X-A: b\r\n")
            time.sleep(0.05)

    def page_headers(self) -> None:
        """More header than anyone needs."""
        self.send(STORY, X_Long="a" * 500_000)

    def page_once(self) -> None:
        self.redirect("/story")

    def page_loop(self) -> None:
        self.redirect("/loop")

    def page_hops(self) -> None:
        """`/hops/3` redirects three times."""
        left = int(self.path.rpartition("/")[2])
        self.redirect(f"/hops/{left - 1}" if left > 1 else "/story")

    def page_nowhere(self) -> None:
        self.send(b"", status=302)

    def page_to(self) -> None:
        """`/to/<URL>` redirects to any address at all."""
        self.redirect(unquote(self.path.removeprefix("/to/")))

    def page_jump(self) -> None:
        """`/jump?<URL>` does the same from the root of the site."""
        self.redirect(unquote(self.path.partition("?")[2]))

    def page_cookie(self) -> None:
        """The wall that lets those through who bring back its cookie."""
        if "seen=1" in self.headers.get("Cookie", ""):
            self.send(STORY)
        else:
            self.send(b"", status=302, Location="/cookie", Set_Cookie="seen=1")

    def page_baked(self) -> None:
        """A cookie, and a redirect to whatever the query says."""
        target = unquote(self.path.partition("?")[2])
        self.send(b"", status=302, Location=target, Set_Cookie="mine=1")

    def page_unchanged(self) -> None:
        if self.headers.get("If-None-Match") == '"v1"':
            self.send(b"", status=304, ETag='"v1"')
        else:
            self.send(STORY, ETag='"v1"')

    def page_png(self) -> None:
        self.send(b"\x89PNG\r\n\x1a\n" + b"\0" * 50, Content_Type="image/png")

    def page_latin(self) -> None:
        body = "<html><body><p>Le ministre a déclaré que la réforme était prête.</p></body></html>"
        self.send(body.encode("latin-1"), Content_Type="text/html; charset=iso-8859-1")

    def page_empty(self) -> None:
        self.send(b"")

    def log_message(self, *args: object) -> None:
        """Quiet."""


class Web(ThreadingHTTPServer):
    """The running server: `url`, and what was asked of it in `requests`.

    Requests for robots.txt are in `for_robots` alone.
    """

    daemon_threads = False
    block_on_close = True

    def __init__(self, handler: type[Handler] = Handler, tls: ssl.SSLContext | None = None) -> None:
        super().__init__(("127.0.0.1", 0), handler)
        #: What a test puts there: path → (media type, body).
        self.files: dict[str, tuple[str, bytes]] = {}
        self.requests: list[tuple[str, dict[str, str]]] = []
        self.for_robots: list[tuple[str, dict[str, str]]] = []
        #: Status and body of /robots.txt.
        self.robots: tuple[int, bytes] = (404, b"")
        self.names: list[str | None] = []
        self.over = threading.Event()
        self.port = self.server_address[1]
        self.url = f"{'https' if tls else 'http'}://127.0.0.1:{self.port}"
        if tls:
            self.socket = tls.wrap_socket(
                self.socket, server_side=True, do_handshake_on_connect=False
            )

    def handle_error(self, *args: object) -> None:
        """A client that hangs up is what most of these pages are for."""


@contextmanager
def running(handler: type[Handler] = Handler, tls: ssl.SSLContext | None = None) -> Iterator[Web]:
    """A server in a thread, closed with all its sockets at the end."""
    with Web(handler, tls) as web:
        thread = threading.Thread(target=web.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield web
        finally:
            web.over.set()
            web.shutdown()
            thread.join()
