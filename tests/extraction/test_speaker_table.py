"""Whom the words for a speaker mean: the rows of ``speaker_cases.txt``."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.extraction.helpers import quotes

CASES = Path(__file__).with_name("speaker_cases.txt")


def rows() -> list[list[str]]:
    """Return (text, name, kind, role) of every row."""
    lines = CASES.read_text(encoding="utf-8").splitlines()
    kept = [line for line in lines if line and not line.startswith("#")]
    return [[part.strip() for part in f"{line} |||".split("|")[:4]] for line in kept]


@pytest.mark.parametrize(("text", "name", "kind", "role"), rows())
def test_the_speaker_as_the_article_names_him_or_her(
    text: str, name: str, kind: str, role: str
) -> None:
    speaker = quotes(text.replace("\\n", "\n"))[-1].speaker
    several = name.split(" + ")
    if len(several) > 1:
        assert (speaker.name, set(speaker.candidates)) == (None, set(several))
    else:
        assert (speaker.name or "").lower() == name.lower()
        assert not kind or speaker.kind == kind
    assert not role or speaker.role == role
