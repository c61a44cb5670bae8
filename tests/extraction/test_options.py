"""The extractor's own limits are those of the desk, though it reads them without Django."""

from __future__ import annotations

import pytest
from django.conf import settings

from claims.extraction import TextTooLong, extract_many, options


def test_the_defaults_are_those_of_the_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (options.MAX_CHARACTERS_SETTING, options.MIN_CONFIDENCE_SETTING):
        monkeypatch.delenv(name, raising=False)
    assert options.max_characters() == settings.EXTRACTION_MAX_CHARACTERS
    assert options.min_confidence() == settings.EXTRACTION_MIN_CONFIDENCE


def test_a_text_at_the_limit_is_read() -> None:
    options.check_length("a" * 20, 20)
    with pytest.raises(TextTooLong, match="21 characters; EXTRACTION_MAX_CHARACTERS allows 20"):
        options.check_length("a" * 21, 20)


def test_many_texts_are_read_one_by_one_as_they_come() -> None:
    asked = []

    def texts():  # type: ignore[no-untyped-def]
        for number in range(3):
            asked.append(number)
            yield f"“Number {number} works,” Ann Lee said."

    found = extract_many(texts(), engine="rules")
    assert [quote.text for quote in next(found).quotes] == ["“Number 0 works,”"]
    assert asked == [0]
    assert len(list(found)) == 2
    with pytest.raises(ValueError, match="parser"):
        extract_many([], engine="parser")
