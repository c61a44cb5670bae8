"""What an editor reads where the database holds numbers and spans."""

import pytest

from claims.admin.wording import bare_words, share_in_words, shortened, suggested_claim
from claims.models import Quote, Speaker


def quote_of(text: str, *fragments: tuple[int, int], start: int = 100, **fields) -> Quote:
    spans = fragments or ((0, len(text)),)
    return Quote(
        text=text,
        start=start,
        end=start + len(text),
        fragments=[[start + a, start + b] for a, b in spans],
        **fields,
    )


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("“We have inspected 85%,”", "We have inspected 85%"),  # marks and the comma go
        ("‘Every cent is new.’", "Every cent is new."),  # single marks
        ("that 85% was inspected", "that 85% was inspected"),  # indirect: nothing to take off
        ("welcomed “a first step”", "welcomed “a first step”"),  # marks inside stay
        ("“It began", "It began"),  # left open, as in a quotation of several paragraphs
        ("“", "“"),  # a lone mark
    ],
)
def test_bare_words_are_those_between_the_marks(text, bare):
    assert bare_words(quote_of(text)) == bare


def test_a_split_quotation_is_read_without_what_splits_it():
    quote = quote_of("“One,” said Ann, “two.”", (0, 6), (17, 23))
    assert bare_words(quote) == "One, two."
    assert quote.content == "“One,” … “two.”"


def test_a_claim_begins_with_the_speaker():
    words = "“It works.”"
    assert suggested_claim(quote_of(words, speaker=Speaker(name="Ann"))) == "Ann: It works."
    assert suggested_claim(quote_of(words, suggested_name="Bo")) == "Bo: It works."
    assert suggested_claim(quote_of(words)) == "It works."
    indirect = quote_of("that 85% was inspected", suggested_name="Bo")
    assert suggested_claim(indirect) == "Bo: 85% was inspected"


@pytest.mark.parametrize(
    ("share", "word"), [(0.0, "low"), (0.49, "low"), (0.5, "medium"), (0.75, "high"), (1.0, "high")]
)
def test_shares_in_words(share, word):
    assert share_in_words(share) == word


def test_a_long_text_is_cut_at_a_word():
    assert shortened("one two three", 9) == "one two…"
    assert shortened(" one\n two ", 9) == "one two"
