"""The short form of the kill -9 rounds; the long one is ``python -m tests.faults.kill_worker``."""

import shutil
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ROUNDS = 2


@contextmanager
def own_redis():
    """A Redis of this test's own, on a socket in its own folder."""
    with tempfile.TemporaryDirectory(prefix="fc-redis-") as folder:
        path = Path(folder) / "redis.sock"
        server = subprocess.Popen(
            [shutil.which("redis-server"), "--port", "0", "--unixsocket", str(path), "--save", ""],
            stdout=subprocess.DEVNULL,
            cwd=folder,
        )
        try:
            for _ in range(100):
                if path.exists():
                    break
                time.sleep(0.05)
            yield f"redis+socket://{path}"
        finally:
            server.terminate()
            server.wait()


def kill_rounds(broker: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [
            *(sys.executable, "-m", "tests.faults.kill_worker"),
            *("--rounds", str(ROUNDS), "--broker", broker),
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=170,
        check=False,
    )


def test_a_killed_worker_loses_nothing_and_doubles_nothing_on_the_local_broker():
    result = kill_rounds("filesystem://localhost//")
    assert result.returncode == 0, result.stdout + result.stderr
    assert "nothing lost, nothing doubled" in result.stdout


@pytest.mark.skipif(shutil.which("redis-server") is None, reason="redis-server is not installed")
def test_a_killed_worker_loses_nothing_and_doubles_nothing_on_redis():
    with own_redis() as broker:
        result = kill_rounds(broker)
    assert result.returncode == 0, result.stdout + result.stderr
    assert "nothing lost, nothing doubled" in result.stdout
