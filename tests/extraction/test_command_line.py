"""The command as a newsroom's script would call it: a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TEXT = "“It works,” Ann Lee said.\r\nThe mayor denied that the wall was weak."


def run(*arguments: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "claims.extraction", *arguments],
        input=given,
        capture_output=True,
        cwd=ROOT,
        timeout=60,
        check=False,
    )


def test_a_text_on_standard_input() -> None:
    done = run(given=TEXT.encode())
    assert done.returncode == 0
    found = json.loads(done.stdout)["quotes"]
    first, second = found
    assert first["speaker"] == "Ann Lee"
    assert first["text"] == "“It works,”"
    assert first["content"] == [[0, 11]]
    assert (first["kind"], second["kind"]) == ("direct", "indirect")
    # A carriage return is a character of the text as read, so offsets count it.
    start, end = second["content"][0]
    assert TEXT[start:end] == second["text"] == "that the wall was weak"


def test_every_key_of_a_quote() -> None:
    (quote, _) = json.loads(run(given=TEXT.encode()).stdout)["quotes"]
    assert set(quote) >= {
        "content", "cue", "source", "kind", "speaker", "confidence", "check_worthiness", "text",
    }  # fmt: skip


def test_a_file(tmp_path: Path) -> None:
    path = tmp_path / "article.txt"
    path.write_bytes(TEXT.encode())
    assert run(str(path)).stdout == run(given=TEXT.encode()).stdout


def test_lines_come_back_in_order() -> None:
    rows = [{"id": str(i), "text": f"“Number {i} works,” Ann Lee said."} for i in range(20)]
    done = run("--jsonl", given="\n".join(json.dumps(row) for row in rows).encode())
    assert done.returncode == 0
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert [answer["id"] for answer in answers] == [row["id"] for row in rows]
    assert all(len(answer["quotes"]) == 1 for answer in answers)


@pytest.mark.parametrize(
    "bad",
    [
        b"{not json",  # no JSON
        b'["a", "list"]',  # no object
        b'{"id": "x"}',  # no text
        b'{"id": "x", "text": 5}',  # a text that is none
        b'{"id": "x", "text": "\xff\xfe"}',  # no UTF-8
        b"[" * 100_000,  # nested beyond any reason
        b'{"id": ' + b"9" * 5000 + b', "text": ""}',  # a number beyond any reason
    ],
)
def test_a_bad_line_is_named_and_loses_no_other(bad: bytes) -> None:
    good = json.dumps({"id": "good", "text": TEXT}).encode()
    done = run("--jsonl", given=b"\n".join([good, bad, good]))
    assert done.returncode == 1
    assert [json.loads(line)["id"] for line in done.stdout.splitlines()] == ["good", "good"]
    assert b"line 2:" in done.stderr
    assert b"Traceback" not in done.stderr


def test_lines_are_answered_as_they_come() -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "claims.extraction", "--jsonl"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=ROOT,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    with process:
        process.stdin.write(json.dumps({"id": 1, "text": TEXT}).encode() + b"\n")
        process.stdin.flush()
        # Blocks for ever if the answer waits for the end of input.
        assert json.loads(process.stdout.readline())["id"] == 1
        process.stdin.close()
        assert process.wait(timeout=30) == 0


def test_a_file_that_is_not_there() -> None:
    done = run("no-such-file.txt")
    assert done.returncode == 2
    assert b"no-such-file.txt" in done.stderr
    assert b"Traceback" not in done.stderr


def test_a_file_that_is_not_text(tmp_path: Path) -> None:
    path = tmp_path / "picture.png"
    path.write_bytes(b"\x89PNG\xff\xfe")
    done = run(str(path))
    assert done.returncode == 2
    assert b"not UTF-8" in done.stderr


def test_help_says_what_it_reads_and_prints() -> None:
    done = run("--help")
    assert done.returncode == 0
    for word in (b"FILE", b"--jsonl", b"speaker", b"offsets"):
        assert word in done.stdout


def test_no_django_is_imported() -> None:
    code = (
        "import sys, claims.extraction.__main__; print([m for m in sys.modules if 'django' in m])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, cwd=ROOT, timeout=60, check=True
    )
    assert done.stdout.strip() == b"[]"


def test_several_files_give_a_line_each_and_a_bad_one_loses_no_other(tmp_path: Path) -> None:
    first, bad, last = (tmp_path / name for name in ("a.txt", "b.txt", "c.txt"))
    first.write_bytes(TEXT.encode())
    bad.write_bytes(b"\xff\xfe")
    last.write_bytes(b"She said that the dam broke.")
    done = run("--engine", "rules", str(first), str(bad), str(last))
    assert done.returncode == 1
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert [answer["id"] for answer in answers] == [str(first), str(last)]
    assert [len(answer["quotes"]) for answer in answers] == [2, 1]
    assert b"b.txt: it is not UTF-8 text" in done.stderr


def test_a_text_that_is_too_long_is_refused_with_both_figures(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EXTRACTION_MAX_CHARACTERS", "20")
    done = run(given=TEXT.encode())
    assert (done.returncode, done.stdout) == (2, b"")
    assert f"has {len(TEXT)} characters; EXTRACTION_MAX_CHARACTERS allows 20.".encode() in (
        done.stderr
    )
    rows = [{"id": 1, "text": TEXT}, {"id": 2, "text": "He said so."}]
    done = run("--jsonl", given="\n".join(json.dumps(row) for row in rows).encode())
    assert done.returncode == 1
    assert [json.loads(line)["id"] for line in done.stdout.splitlines()] == [2]
    assert b"line 1: The text has" in done.stderr


def test_the_desk_is_shown_utterances_that_state_something() -> None:
    text = "“It works,” Ann Lee said. “It always did.” She refused to say more."
    shown = json.loads(run("--engine", "rules", "--desk", given=text.encode()).stdout)["quotes"]
    assert [quote["text"] for quote in shown] == ["“It works,”", "“It always did.”"]


@pytest.mark.parametrize(
    ("name", "value"),
    [("EXTRACTION_MIN_CONFIDENCE", "2"), ("EXTRACTION_MAX_CHARACTERS", "many")],
)
def test_a_setting_that_cannot_be_right_is_named(
    name: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)
    done = run(given=TEXT.encode())
    assert done.returncode == 2
    assert name.encode() in done.stderr
    assert b"Traceback" not in done.stderr
