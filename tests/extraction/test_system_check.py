"""The start-up check on the engine: a wrong name or a damaged model is said before work begins."""

from __future__ import annotations

from pathlib import Path

import pytest

from claims.checks import the_engine_can_read
from claims.extraction import ModelUnavailable
from claims.extraction.neural import model


@pytest.mark.parametrize("engine", ["rules", "model"])
def test_an_engine_that_is_there_is_no_complaint(
    engine: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EXTRACTION_ENGINE", engine)
    assert the_engine_can_read() == []


def test_a_wrong_name_is_an_error_that_says_what_to_write(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EXTRACTION_ENGINE", "modell")
    (error,) = the_engine_can_read()
    assert error.id == "factcheck.E003"
    assert "modell" in error.msg
    assert error.hint is not None
    assert "EXTRACTION_ENGINE=rules" in error.hint


def test_a_model_that_is_not_whole_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EXTRACTION_ENGINE", "model")
    monkeypatch.setattr(model.check, "__defaults__", (tmp_path,))
    (error,) = the_engine_can_read()
    assert error.id == "factcheck.E004"
    assert str(tmp_path) in error.msg
    with pytest.raises(ModelUnavailable):
        model.check()


def test_the_rules_need_no_model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EXTRACTION_ENGINE", "rules")
    monkeypatch.setattr(model.check, "__defaults__", (tmp_path,))
    assert the_engine_can_read() == []
