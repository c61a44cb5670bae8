"""The desk as a web process that knows no name but its own: nothing leaves this machine."""

import socket
from typing import Any

_look_up = socket.getaddrinfo


def _only_here(host: Any, *arguments: Any, **options: Any) -> Any:
    name = host.decode() if isinstance(host, bytes) else host
    if name in (None, "", "localhost", "127.0.0.1", "::1"):
        return _look_up(host, *arguments, **options)
    raise socket.gaierror(socket.EAI_NONAME, "this machine knows no other")


socket.getaddrinfo = _only_here

from factcheck.wsgi import application  # noqa: E402

__all__ = ["application"]
