"""The extractor's own limits are those of the desk, though it reads them without Django."""

from __future__ import annotations

import pytest
from django.conf import settings

from claims.extraction import TextTooLong, extract_many, options
from claims.extraction.options import TextLimits


def test_the_defaults_are_those_of_the_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    names = (options.MAX_CHARACTERS_SETTING, options.MAX_WORDS_SETTING)
    for name in (*names, options.MIN_CONFIDENCE_SETTING):
        monkeypatch.delenv(name, raising=False)
    desk = TextLimits(settings.EXTRACTION_MAX_CHARACTERS, settings.EXTRACTION_MAX_WORDS)
    assert options.text_limits() == TextLimits() == desk
    assert options.min_confidence() == settings.EXTRACTION_MIN_CONFIDENCE


def test_a_text_at_the_limit_is_read() -> None:
    limits = TextLimits(characters=20, words=4)
    limits.check("a" * 20)
    with pytest.raises(TextTooLong, match="21 characters; EXTRACTION_MAX_CHARACTERS allows 20"):
        limits.check("a" * 21)


@pytest.mark.parametrize(
    ("text", "words"),
    [("one two, three", 4), ("“““““", 5), ("他说没有问题", 6), ("a\n\n-- b", 4), ("l'État", 3)],
)
def test_words_and_marks_are_counted(text: str, words: int) -> None:
    TextLimits(words=words).check(text)
    with pytest.raises(TextTooLong, match=f"has {words} words and marks; EXTRACTION_MAX_WORDS"):
        TextLimits(words=words - 1).check(text)


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
