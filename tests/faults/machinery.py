"""The parts that faults happen to, as processes of our own: brokers, workers, schedulers."""

import json
import os
import resource
import selectors
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from random import Random

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 90


class FolderBroker:
    """The local broker: a folder. It cannot be stopped, only emptied."""

    stoppable = False

    def __init__(self, folder: Path) -> None:
        self.url = "filesystem://localhost//"
        self._queue = folder / "broker" / "queue"

    def start(self) -> None:
        """It is there."""

    stop = start

    def flush(self) -> None:
        for message in self._queue.glob("*.msg"):
            message.unlink(missing_ok=True)


class RedisBroker:
    """A Redis of our own on a socket, with what it holds on disk."""

    stoppable = True

    def __init__(self, folder: Path) -> None:
        self._folder = folder / "redis"
        self._folder.mkdir()
        self._socket = self._folder / "redis.sock"
        self.url = f"redis+socket://{self._socket}"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        self._process = subprocess.Popen(
            [
                *(shutil.which("redis-server"), "--port", "0", "--save", ""),
                *("--unixsocket", str(self._socket), "--dir", str(self._folder)),
                *("--appendonly", "yes", "--appendfsync", "everysec"),
            ],
            stdout=subprocess.DEVNULL,
        )
        wait_until(self._answers, "Redis answers")

    def stop(self) -> None:
        if self._process:
            self._process.kill()
            self._process.wait()

    def hang(self, seconds: float) -> None:
        """Stand still, connections open, and go on."""
        assert self._process
        self._process.send_signal(signal.SIGSTOP)
        time.sleep(seconds)
        self._process.send_signal(signal.SIGCONT)

    def flush(self) -> None:
        self._ask(b"FLUSHALL\r\n")

    def _answers(self) -> bool:
        with suppress(OSError):
            return self._ask(b"PING\r\n").startswith(b"+PONG")
        return False

    def _ask(self, command: bytes) -> bytes:
        with socket.socket(socket.AF_UNIX) as line:
            line.settimeout(5)
            line.connect(str(self._socket))
            line.sendall(command)
            return line.recv(100)


class ProxiedBroker:
    """A shared RabbitMQ behind a TCP proxy: stopping the proxy is the broker gone, for us alone."""

    stoppable = True

    def __init__(self, url: str) -> None:
        from urllib.parse import urlsplit

        parts = urlsplit(url)
        self._real = url
        self._behind = (parts.hostname or "127.0.0.1", parts.port or 5672)
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self._port = probe.getsockname()[1]
        user = f"{parts.username}:{parts.password}@" if parts.username else ""
        self.url = f"{parts.scheme}://{user}127.0.0.1:{self._port}{parts.path}"
        self._open = threading.Event()
        self._stopped = threading.Event()
        self._stopped.set()

    def start(self) -> None:
        self._stopped.clear()
        listener = socket.create_server(("127.0.0.1", self._port), backlog=64)
        threading.Thread(target=self._pump, args=[listener], daemon=True).start()

    def stop(self) -> None:
        self._stopped.set()
        time.sleep(0.3)  # the pump closes everything within its turn

    def flush(self) -> None:
        from kombu import Connection

        with Connection(self._real) as connection:
            for name in ("fetch", "extract", "poll", "housekeeping"):
                with suppress(*connection.channel_errors):
                    connection.default_channel.queue_purge(name)

    def _pump(self, listener: socket.socket) -> None:
        turn = selectors.DefaultSelector()
        other: dict[socket.socket, socket.socket] = {}
        listener.setblocking(False)
        turn.register(listener, selectors.EVENT_READ)
        while not self._stopped.is_set():
            for key, _ in turn.select(timeout=0.1):
                line = key.fileobj
                assert isinstance(line, socket.socket)
                if line is listener:
                    ours, _ = listener.accept()
                    theirs = socket.create_connection(self._behind)
                    other |= {ours: theirs, theirs: ours}
                    turn.register(ours, selectors.EVENT_READ)
                    turn.register(theirs, selectors.EVENT_READ)
                elif line in other:
                    try:
                        data = line.recv(65536)
                        if data:
                            other[line].sendall(data)
                            continue
                    except OSError:
                        pass  # one side is gone, as the end of data
                    for end in (line, other[line]):
                        turn.unregister(end)
                        other.pop(end)
                        end.close()
        for line in [*other, listener]:
            line.close()


class Forge:
    """The process that our workers and schedulers are forked from (`tests.faults.forge`)."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.forge"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def order(self, **order: object) -> int | None:
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()
        answer: int | None = json.loads(self._process.stdout.readline())
        return answer

    def close(self) -> None:
        self._process.kill()
        self._process.communicate()


class Celery:
    """One process group of Celery: a worker with its children, or a scheduler."""

    def __init__(self, forge: Forge, log: Path, *arguments: str, ahead: int = 0) -> None:
        self.ahead = ahead
        self._forge = forge
        pid = forge.order(argv=arguments, log=str(log), ahead=ahead)
        assert pid
        self.pid = pid

    @property
    def status(self) -> int | None:
        """The exit status, None while it lives."""
        return self._forge.order(status=self.pid)

    @property
    def alive(self) -> bool:
        return self.status is None

    def children(self) -> list[int]:
        listed = Path(f"/proc/{self.pid}/task/{self.pid}/children")
        with suppress(FileNotFoundError):
            return [int(child) for child in listed.read_text().split()]
        return []

    def kill_child(self, rng: Random) -> None:
        if children := self.children():
            with suppress(ProcessLookupError):
                os.kill(rng.choice(children), signal.SIGKILL)

    def kill_parent(self) -> None:
        """What becomes of its children is another matter."""
        self._kill(os.kill)

    def kill_group(self) -> None:
        self._kill(os.killpg)

    def _kill(self, kill: Callable[[int, int], None]) -> None:
        with suppress(ProcessLookupError):
            kill(self.pid, signal.SIGKILL)
        wait_until(lambda: not self.alive, "a killed process ends")

    def ask_to_stop(self) -> None:
        """SIGTERM."""
        with suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGTERM)

    def stopped_within(self, seconds: float) -> int | None:
        """The exit status after `ask_to_stop`; None when it had to be killed."""
        with suppress(SystemExit):
            wait_until(lambda: not self.alive, "it stops", seconds, pause=0.1)
            return self.status
        self.kill_group()
        return None

    def may_write(self, may: bool) -> None:
        """Let no process of the group write a byte to any file, or let them again."""
        for pid in (self.pid, *self.children()):
            with suppress(ProcessLookupError):
                limit = resource.RLIM_INFINITY if may else 0
                resource.prlimit(pid, resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))


def worker(forge: Forge, log: Path, name: str, *, ahead: int = 0) -> Celery:
    return Celery(
        forge,
        log,
        *("worker", "--hostname", f"{name}@%h", "--concurrency", "2"),
        *("--loglevel", "WARNING", "--without-gossip", "--without-mingle"),
        ahead=ahead,
    )


def beat(forge: Forge, log: Path, number: int) -> Celery:
    pid = log.parent / f"beat-{number}.pid"
    return Celery(forge, log, "beat", "--loglevel", "WARNING", "--pidfile", str(pid))


def wait_until(condition, what: str, seconds: float = START_SECONDS, pause: float = 0.05) -> None:
    """Poll until ``condition()``; SystemExit when it does not come true in time."""
    give_up_at = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > give_up_at:
            raise SystemExit(f"gave up waiting: not within {seconds:.0f} s: {what}")
        time.sleep(pause)
