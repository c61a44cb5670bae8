"""What an editor reads where the database holds numbers and spans."""

import pytest

from claims.admin.wording import share_in_words, shortened


@pytest.mark.parametrize(
    ("share", "word"), [(0.0, "low"), (0.49, "low"), (0.5, "medium"), (0.75, "high"), (1.0, "high")]
)
def test_shares_in_words(share, word):
    assert share_in_words(share) == word


def test_a_long_text_is_cut_at_a_word():
    assert shortened("one two three", 9) == "one two…"
    assert shortened(" one\n two ", 9) == "one two"
