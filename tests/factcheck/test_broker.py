"""The local broker when a process was killed while it wrote."""

import threading
import uuid
from pathlib import Path

import pytest
from kombu import Connection, Exchange, Queue

from factcheck import celery_app
from factcheck.broker import Transport


@pytest.fixture
def folders(tmp_path) -> dict[str, str]:
    for name in ("queue", "control"):
        (tmp_path / name).mkdir()
    return {
        "data_folder_in": str(tmp_path / "queue"),
        "data_folder_out": str(tmp_path / "queue"),
        "control_folder": str(tmp_path / "control"),
    }


@pytest.fixture
def connection(folders):
    with Connection("filesystem://localhost//", transport_options=folders) as connection:
        yield connection


@pytest.fixture
def queue() -> Queue:
    """A queue of its own: kombu remembers for the whole process what it has bound."""
    name = f"desk-{uuid.uuid4().hex}"
    return Queue(name, Exchange(name, type="direct"), routing_key=name)


def send(connection: Connection, queue: Queue, body: object) -> None:
    with connection.Producer() as producer:
        where = {"exchange": queue.exchange, "routing_key": queue.routing_key}
        producer.publish(body, **where, declare=[queue])


def receive(connection: Connection, queue: Queue) -> object:
    with connection.SimpleQueue(queue) as waiting:
        message = waiting.get(timeout=5)
        message.ack()
        return message.payload


def test_the_application_uses_it(connection):
    assert isinstance(connection.transport, Transport)
    assert isinstance(celery_app.connection("filesystem://localhost//").transport, Transport)


def test_what_is_sent_is_received(connection, queue):
    send(connection, queue, {"run": 1})
    assert receive(connection, queue) == {"run": 1}


@pytest.mark.parametrize("left", [b"", b"[[", b"\xff"])
def test_an_exchange_whose_writer_was_killed_is_bound_anew(connection, folders, queue, left):
    Path(folders["control_folder"], f"{queue.name}.exchange").write_bytes(left)
    send(connection, queue, {"run": 2})
    assert receive(connection, queue) == {"run": 2}


@pytest.mark.parametrize("left", [b"", b"{", b"\xff"])
def test_a_message_whose_writer_was_killed_stops_nobody(connection, folders, queue, left):
    Path(folders["data_folder_in"], f"0_killed.{queue.name}.msg").write_bytes(left)
    send(connection, queue, {"run": 3})
    assert receive(connection, queue) == {"run": 3}


def test_no_reader_ever_sees_half_a_message(connection, folders, queue):
    seen, over = [], threading.Event()

    def watch() -> None:
        while not over.is_set():
            waiting = Path(folders["data_folder_in"]).glob("*.msg")
            seen.extend(path.stat().st_size for path in waiting)

    watcher = threading.Thread(target=watch)
    watcher.start()
    for number in range(300):
        send(connection, queue, {"run": number, "padding": "x" * 20_000})
    over.set()
    watcher.join()
    assert len(seen) > 0
    assert min(seen) > 20_000


def test_bindings_made_at_once_are_all_kept(connection):
    name = f"desk-{uuid.uuid4().hex}"
    channel = connection.default_channel

    def bind(number: int) -> None:
        for part in range(20):
            channel._queue_bind(name, "", "", f"{number}-{part}")

    threads = [threading.Thread(target=bind, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    bound = {entry.queue for entry in channel.get_table(name)}
    assert bound == {f"{number}-{part}" for number in range(4) for part in range(20)}


def test_a_deleted_queue_is_bound_no_more(connection, queue):
    send(connection, queue, {"run": 5})
    queue(connection.default_channel).delete()
    assert connection.default_channel.get_table(queue.name) == []
