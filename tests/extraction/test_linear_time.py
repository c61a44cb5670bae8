"""The work grows with the text and not faster: counted in calls, not in seconds."""

from __future__ import annotations

import sys
from collections.abc import Callable

import pytest

from claims.extraction import extract

MEGABYTE = 1_000_000
PATHOLOGICAL = [
    '"', "(", "a", "said ", "“x” ", "A. ", "\n", "'", "he said “", "and ", "Ann Lee, ",
    "“So it goes on.”\n", "“So it goes on.\n", "“Yes,” he said. ", "according to Ann Lee, ",
    "Imran Khan came. Sadiq Khan came. “No,” Khan said. ", "the minister said that ",
]  # fmt: skip


def calls(work: Callable[[], object]) -> int:
    """Count the Python function calls of ``work``: a measure that no busy machine changes."""
    count = 0

    def profile(frame: object, event: str, argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(profile)
    try:
        work()
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize("unit", PATHOLOGICAL)
def test_ten_times_the_text_is_at_most_ten_times_the_work(unit: str) -> None:
    extract(unit, engine="rules")
    small = calls(lambda: extract(unit * 400, engine="rules"))
    large = calls(lambda: extract(unit * 4000, engine="rules"))
    assert large <= 12 * small + 2000


@pytest.mark.timeout(60)
@pytest.mark.parametrize("unit", ['"', "(", "a", "“x” ", "\n", "'"])
def test_a_megabyte_of_one_thing_gives_a_result(unit: str) -> None:
    text = (unit * (MEGABYTE // len(unit) + 1))[:MEGABYTE]
    assert extract(text, engine="rules").text == text
