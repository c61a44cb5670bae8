"""A receiver of webhooks on this machine that behaves as a test tells it to."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from standardwebhooks import Webhook


@dataclass(frozen=True, slots=True)
class Received:
    """One request as it came."""

    body: bytes
    #: Names in lower case.
    headers: dict[str, str]

    def verified(self, secret: str) -> dict:
        """The event; raises where the signature is not one of the secret's."""
        return Webhook(secret).verify(self.body, self.headers)


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: "Receiver"

    def do_GET(self) -> None:
        """Nobody should ask: a redirect would have been followed."""
        self.server.followed.append(self.path)
        self.answer(200, b"")

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.server.received.append(Received(body, headers))
        self.close_connection = True
        with suppress(ConnectionError, TimeoutError):
            self.server.behave(self)

    def answer(self, status: int, body: bytes = b"taken", **headers: str) -> None:
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        """Quiet."""


Behaviour = Callable[[Handler], None]


def answering(status: int, body: bytes = b"taken", **headers: str) -> Behaviour:
    return lambda request: request.answer(status, body, **headers)


def slow(seconds: float) -> Behaviour:
    """An answer that comes too late."""

    def behave(request: Handler) -> None:
        request.server.over.wait(seconds)
        request.answer(200)

    return behave


def huge(request: Handler) -> None:
    """200, and then megabytes."""
    request.send_response(200)
    request.end_headers()
    for _ in range(1000):
        request.wfile.write(b"x" * 100_000)


def dripping(request: Handler) -> None:
    """200, and then a byte now and then for ever."""
    request.send_response(200)
    request.end_headers()
    while not request.server.over.is_set():
        request.wfile.write(b"x")
        time.sleep(0.05)


class Receiver(ThreadingHTTPServer):
    """``url``, what was ``received``, and ``behave``, which a test may replace."""

    daemon_threads = True

    def __init__(self, port: int = 0) -> None:
        super().__init__(("127.0.0.1", port), Handler)
        self.port = self.server_address[1]
        self.url = f"http://127.0.0.1:{self.port}/hook"
        self.received: list[Received] = []
        self.followed: list[str] = []
        self.behave: Behaviour = answering(200)
        self.over = threading.Event()

    def handle_error(self, *args: object) -> None:
        """A sender that hangs up is what some of these answers are for."""


@contextmanager
def receiving(port: int = 0) -> Iterator[Receiver]:
    with Receiver(port) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield server
        finally:
            server.over.set()
            server.shutdown()
            thread.join()
