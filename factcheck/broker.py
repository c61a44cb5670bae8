"""The local broker: kombu's filesystem transport, made to survive a kill at any moment.

kombu opens a file and then fills it. A worker that is killed in between leaves an empty
one, which every worker after it fails on for good; and a message may be read before it is
written. Here files appear whole, under their final name, or not at all, and one that
cannot be read is set aside: the sweeper rings again for whatever it meant.
"""

import fcntl
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
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
        entry = [routing_key or "", pattern or "", queue or ""]
        with self._table(exchange) as table:
            if entry not in table:
                table.insert(0, entry)

    def _delete(
        self, queue: str, exchange: str, routing_key: str, pattern: str, *args: Any, **options: Any
    ) -> None:
        # Not kombu's own, which writes into the file that others read.
        super(filesystem.Channel, self)._delete(
            queue, exchange, routing_key, pattern, *args, **options
        )
        entry = [routing_key or "", pattern or "", queue or ""]
        with self._table(exchange) as table:
            if entry in table:
                table.remove(entry)

    @contextmanager
    def _table(self, exchange: str) -> Iterator[list[list[str]]]:
        """What is bound to the exchange, to be changed by one process at a time."""
        self.control_folder.mkdir(parents=True, exist_ok=True)
        with (self.control_folder / ".lock").open("wb") as guard:
            fcntl.flock(guard, fcntl.LOCK_EX)  # until it is closed
            before = [list(entry) for entry in self.get_table(exchange)]
            after = list(before)
            yield after
            if after != before:
                _write_whole(self._exchange_file(exchange), after)  # type: ignore[attr-defined]


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
