"""Which engine reads: asked for, set, or the default; never another one in its place."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from claims.extraction import ENGINES, extract, extractor

ROOT = Path(__file__).resolve().parents[2]
TEXT = "“It works,” Ann Lee said."


@pytest.mark.parametrize("engine", ENGINES)
def test_the_engine_asked_for_signs_its_extraction(engine: str) -> None:
    assert extract(TEXT, engine=engine).extractor == extractor(engine)


def test_the_two_engines_sign_with_different_names() -> None:
    assert len({extractor(engine) for engine in ENGINES}) == len(ENGINES) == 2


@pytest.mark.parametrize("engine", ENGINES)
def test_the_setting_decides_where_none_is_asked_for(
    engine: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EXTRACTION_ENGINE", engine)
    assert extract(TEXT).extractor == extractor(engine)
    assert extract(TEXT, engine="rules").extractor == extractor("rules")


def test_an_unknown_engine_is_refused_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ValueError, match="engine='parser' is none of: rules, model"):
        extract(TEXT, engine="parser")
    monkeypatch.setenv("EXTRACTION_ENGINE", "modell")
    with pytest.raises(ValueError, match="EXTRACTION_ENGINE='modell'"):
        extract(TEXT)


@pytest.mark.parametrize("engine", ENGINES)
def test_the_command_line_takes_the_engine(engine: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "claims.extraction", "--engine", engine],
        input=TEXT.encode(),
        capture_output=True,
        cwd=ROOT,
        timeout=60,
        check=True,
    )
    (quote,) = json.loads(done.stdout)["quotes"]
    assert (quote["text"], quote["speaker"]) == ("“It works,”", "Ann Lee")


def test_the_command_line_refuses_an_engine_that_is_none() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "claims.extraction", "--engine", "parser"],
        input=b"",
        capture_output=True,
        cwd=ROOT,
        timeout=60,
        check=False,
    )
    assert done.returncode == 2
    assert b"parser" in done.stderr


def test_the_rules_load_neither_numpy_nor_onnxruntime() -> None:
    code = (
        "import sys; from claims.extraction import extract; extract('x', engine='rules');"
        "print([m for m in ('numpy', 'onnxruntime', 'tokenizers') if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, cwd=ROOT, timeout=60, check=True
    )
    assert done.stdout.strip() == b"[]"
