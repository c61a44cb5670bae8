"""The local broker: kombu's filesystem transport, made to survive a kill at any moment.

kombu opens a file and then fills it. A worker that is killed in between leaves an empty
one, which every worker after it fails on for good; and a message may be read before it is
written. Here files appear whole, under their final name, or not at all, and one that
cannot be read is set aside: the sweeper rings again for whatever it meant.
"""

import uuid
from pathlib import Path
from time import monotonic
from typing import Any

import structlog
from kombu.exceptions import ChannelError
from kombu.transport import TRANSPORT_ALIASES, filesystem
from kombu.utils.json import dumps

log = structlog.get_logger(__name__)


class Channel(filesystem.Channel):
    """The channel of kombu's filesystem transport, writing whole files and reading warily."""

    def _put(  # type: ignore[override]  # the stubs name it differently from class to class
        self, queue: str, payload: Any, **_: Any
    ) -> None:
        name = f"{round(monotonic() * 1000)}_{uuid.uuid4()}.{queue}.msg"
        _write_whole(Path(self.data_folder_out) / name, payload)

    def _get(self, queue: str, timeout: float | None = None) -> Any:
        while True:
            try:
                return super()._get(queue)
            except ValueError as error:  # Empty ends the loop
                log.warning("broker_message_unreadable", queue=queue, error=str(error))

    def get_table(self, exchange: str) -> list[Any]:
        try:
            table: list[Any] = super().get_table(exchange)
        except ValueError:
            return []  # bound anew by the next who declares it
        return table

    def _queue_bind(
        self, exchange: str, routing_key: str | None, pattern: str | None, queue: str
    ) -> None:
        bound = [list(entry) for entry in self.get_table(exchange)]
        entry = [routing_key or "", pattern or "", queue or ""]
        if entry not in bound:
            self.control_folder.mkdir(parents=True, exist_ok=True)
            table = self._exchange_file(exchange)  # type: ignore[attr-defined]
            _write_whole(table, [entry, *bound])


class Transport(filesystem.Transport):
    Channel = Channel


def install() -> None:
    """Serve ``filesystem://`` broker addresses with this transport."""
    TRANSPORT_ALIASES["filesystem"] = f"{__name__}:Transport"


def _write_whole(path: Path, content: Any) -> None:
    """Make the file appear with its content; ChannelError when it cannot be written."""
    # No reader takes a name that ends so: they look for .msg and .exchange.
    draft = path.with_name(f".{uuid.uuid4()}.draft")
    try:
        draft.write_bytes(dumps(content).encode())
        draft.replace(path)
    except OSError as error:
        draft.unlink(missing_ok=True)
        raise ChannelError(f"Cannot write {path}: {error}") from error
