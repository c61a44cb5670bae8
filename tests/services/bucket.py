"""A bucket on this machine: as much of S3 as the archive uses."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Handler(BaseHTTPRequestHandler):
    """PUT, HEAD, GET and DELETE of objects under `/bucket/`."""

    protocol_version = "HTTP/1.1"
    server: "Bucket"

    def do_PUT(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.server.signed.append(self.headers.get("Authorization", ""))
        if self.server.full:
            self.answer(507, b"<Error><Code>InsufficientStorage</Code></Error>")
            return
        self.server.objects[self.path] = body
        self.answer(200, b"", ETag='"x"')

    def do_HEAD(self) -> None:
        self.do_GET()

    def do_GET(self) -> None:
        body = self.server.objects.get(self.path)
        if body is None:
            self.answer(404, b"<Error><Code>NoSuchKey</Code></Error>")
        else:
            self.answer(200, body, ETag='"x"')

    def do_DELETE(self) -> None:
        self.server.objects.pop(self.path, None)
        self.answer(204, b"")

    def answer(self, status: int, body: bytes, **headers: str) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        """Quiet."""


class Bucket(ThreadingHTTPServer):
    """The running server: `objects` by path, and the signatures that came with them."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.objects: dict[str, bytes] = {}
        self.signed: list[str] = []
        self.full = False
        self.url = f"http://127.0.0.1:{self.server_address[1]}"


@contextmanager
def running() -> Iterator[Bucket]:
    """A server in a thread."""
    with Bucket() as bucket:
        thread = threading.Thread(target=bucket.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield bucket
        finally:
            bucket.shutdown()
            thread.join()
