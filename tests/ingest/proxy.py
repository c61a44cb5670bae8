"""A small forward proxy on this machine: absolute addresses and CONNECT, nothing else."""

import socket
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: "Proxy"

    def do_GET(self) -> None:
        self._note()
        parts = urlsplit(self.path)
        with closing(HTTPConnection(*self.server.route(parts.netloc), timeout=5)) as onward:
            onward.request("GET", parts.path or "/", headers={"Host": self.headers["Host"]})
            response = onward.getresponse()
            body = response.read()
        self.send_response(response.status)
        for name in ("Content-Type", "Location"):
            if response.headers[name]:
                self.send_header(name, response.headers[name])
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_CONNECT(self) -> None:
        self._note()
        if self.server.refuses:
            self.send_response(403)
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        with closing(socket.create_connection(self.server.route(self.path), timeout=5)) as onward:
            self.send_response(200)
            self.end_headers()
            back = threading.Thread(target=_copy, args=(onward, self.connection))
            back.start()
            _copy(self.connection, onward)
            back.join()
        self.close_connection = True

    def _note(self) -> None:
        self.server.asked.append((self.command, self.path))
        self.server.credentials.append(self.headers.get("Proxy-Authorization"))

    def log_message(self, *args: object) -> None:
        """Quiet."""


def _copy(source: socket.socket, sink: socket.socket) -> None:
    with suppress(OSError):
        while piece := source.recv(65536):
            sink.sendall(piece)
        sink.shutdown(socket.SHUT_WR)


class Proxy(ThreadingHTTPServer):
    """What was asked of it in `asked`; every name leads to this machine."""

    daemon_threads = False
    block_on_close = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.asked: list[tuple[str, str]] = []
        self.credentials: list[str | None] = []
        self.refuses = False
        self.address = f"127.0.0.1:{self.server_address[1]}"

    def route(self, netloc: str) -> tuple[str, int]:
        """Where the proxy takes a name to: its own view of the world."""
        return "127.0.0.1", int(netloc.rpartition(":")[2])

    def handle_error(self, *args: object) -> None:
        """A client that hangs up."""


@contextmanager
def running_proxy() -> Iterator[Proxy]:
    """A proxy in a thread."""
    with Proxy() as proxy:
        thread = threading.Thread(target=proxy.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield proxy
        finally:
            proxy.shutdown()
            thread.join()
