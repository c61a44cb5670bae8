from __future__ import annotations

import pytest

from claims.extraction.marks import quoted_regions


def regions(text: str) -> list[str]:
    return [text[r.start : r.end] for r in quoted_regions(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # curly marks
        ("He said “yes” and “no”.", ["“yes”", "“no”"]),
        # straight marks
        ('He said "yes" and "no".', ['"yes"', '"no"']),
        # British single marks
        ("‘We won,’ he said. ‘At last.’", ["‘We won,’", "‘At last.’"]),
        # straight single marks
        ("'We won,' he said.", ["'We won,'"]),
        # guillemets, French and reversed
        ("Il a dit «oui» hier.", ["«oui»"]),
        ("Er sagte »ja« gestern.", ["»ja«"]),
        # German low marks
        ("Er sagte „ja“ gestern.", ["„ja“"]),
        # two apostrophes or two backticks for one mark
        ("''It works,'' he said.", ["''It works,''"]),
        ("``It works,'' he said.", ["``It works,''"]),
        # a quotation inside a quotation is part of it
        ("“She said ‘no’ twice,” he said.", ["“She said ‘no’ twice,”"]),
        ("‘She said “no” twice,’ he said.", ["‘She said “no” twice,’"]),
        # apostrophes inside single marks
        ("‘It’s the dogs’ dinner, isn’t it?’ she said.", ["‘It’s the dogs’ dinner, isn’t it?’"]),
        ("'It's the dogs' dinner, isn't it?' she said.", ["'It's the dogs' dinner, isn't it?'"]),
        # a mark of another style closes a curly quotation
        ('“It works," he said.', ['“It works,"']),
        ("“It works,“ he said.", ["“It works,“"]),
        # brackets and dashes stand before an opening mark
        ('He was ("sort of") late—"very late," he said.', ['("sort of")'[1:-1], '"very late,"']),
    ],
)
def test_marks_enclose(text: str, expected: list[str]) -> None:
    assert regions(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "It's the dogs' dinner and the boys' tea.",  # possessives
        "’Tis the season, and ’twas always so, ’til now.",  # lost first letters
        "'Tis the season, 'cause we say so.",  # the same, straight
        "The 1990s and the ’90s and the '80s were loud.",  # decades
        "He is 6'2\" tall and she is 5'10\" tall.",  # feet and inches
        'A 12" disc and a 7" disc.',  # inches
        "rock ’n’ roll",  # both ends lost
        "O’Brien and D'Angelo don't agree.",  # names and contractions
        "“”",  # nothing inside
        "“...”",  # no word inside
    ],
)
def test_apostrophes_and_inches_enclose_nothing(text: str) -> None:
    assert regions(text) == []


def test_inches_inside_a_quotation_do_not_close_it() -> None:
    text = '"It was a 12" disc and I sold it," he said.'
    assert regions(text) == ['"It was a 12" disc and I sold it,"']


def test_an_unclosed_mark_costs_its_own_paragraph_only() -> None:
    text = "He said “it works and left.\n“It does,” she said."
    found = quoted_regions(text)
    assert [text[r.start : r.end] for r in found] == ["“it works and left.", "“It does,”"]
    assert [r.closed for r in found] == [False, True]


def test_a_second_opening_mark_drops_the_first_one() -> None:
    text = 'He said "it works and left. Then "she left too," he wrote.'
    assert regions(text) == ['"she left too,"']


def test_a_stray_closing_mark_is_nothing() -> None:
    assert regions("It works” he said. “Yes.”") == ["“Yes.”"]


def test_paragraphs_that_repeat_the_opening_mark_are_one_quotation() -> None:
    text = "“One.\n\n“Two.\n\n“Three,” he said."
    found = quoted_regions(text)
    assert [text[r.start : r.end] for r in found] == ["“One.", "“Two.", "“Three,”"]
    assert [r.continues for r in found] == [True, True, False]
    assert [r.continued for r in found] == [False, True, True]


@pytest.mark.parametrize("mark", ['"', "“", "'", "‘", "’", "''", "«", "„", "“x” ", "'x "])
def test_the_work_grows_with_the_text_and_not_faster(
    mark: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Count the marks looked at: ten times the text may look at ten times as many."""
    from claims.extraction import marks

    class Counting(list[marks._Mark]):
        looked = 0

        def __getitem__(self, key: object) -> object:  # type: ignore[override]
            part = super().__getitem__(key)  # type: ignore[call-overload]
            Counting.looked += len(part) if isinstance(key, slice) else 1
            return part

    original = marks._marks
    monkeypatch.setattr(marks, "_marks", lambda *a: Counting(original(*a)))

    def looked_at(times: int) -> int:
        Counting.looked = 0
        quoted_regions(mark * times)
        return Counting.looked

    small, large = looked_at(500), looked_at(5000)
    assert large <= 11 * small + 200
