from __future__ import annotations

import pytest

from claims.extraction.marks import quoted_regions
from claims.extraction.tokens import MAX_SENTENCE_TOKENS, sentences


def split(text: str) -> list[str]:
    found = sentences(text, quoted_regions(text))
    return [text[s.starts[0] : s.ends[-1]] for s in found]


def tags(text: str) -> str:
    return "".join(tag for s in sentences(text, quoted_regions(text)) for tag in s.tags)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # two sentences
        ("He came. She left.", ["He came.", "She left."]),
        # titles and initials keep their stop
        ("Mr. J. Smith of the U.S. Senate came. He left.", 2),
        ("Sen. Ann Lee (D-Tex.) said no. He left.", 2),
        # figures
        ("It rose 3.5 per cent. It fell 2.1 per cent.", 2),
        # a quotation of several sentences stands inside one sentence of the article
        ("“It works. It does,” he said. She left.", ["“It works. It does,” he said.", "She left."]),
        # a question before its cue is not the end
        ("“Does it work?” Ann Lee asked. He left.", ["“Does it work?” Ann Lee asked.", "He left."]),
        # a finished quotation before another sentence is
        ("“It works.” Ann Lee left.", ["“It works.”", "Ann Lee left."]),
        # a line break always ends a sentence
        ("First line\nsecond line", ["First line", "second line"]),
    ],
)
def test_sentences(text: str, expected: list[str] | int) -> None:
    found = split(text)
    assert (len(found) if isinstance(expected, int) else found) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The minister said it works.", "DNVPV."),  # the plain case
        ("Lavrov's plans fail.", "CHNB."),  # possessive, plural noun
        ("He's late and she’ll stay.", "PANKPAB."),  # contractions are auxiliaries
        ("“It works,” he said", "QPV"),  # a quotation is one token
        ("Will Doyle said nothing.", "CCVN."),  # a name, not an auxiliary
        ("Currently Italy is waiting.", "RCAG."),  # adverb at the start, country not
        ("The novel “The Drowned Parish” won.", "DNCE."),  # a title is a name
    ],
)
def test_tags(text: str, expected: str) -> None:
    assert tags(text).startswith(expected)


def test_the_title_of_a_work_is_a_name() -> None:
    assert "Q" not in tags("He sang the song “Haul Away the Morning” twice.")
    assert "Q" in tags("He sang “haul away in the morning” twice.")


def test_no_sentence_is_longer_than_the_bound() -> None:
    text = "and " * (3 * MAX_SENTENCE_TOKENS)
    lengths = [len(s) for s in sentences(text, [])]
    assert max(lengths) == MAX_SENTENCE_TOKENS
    assert sum(lengths) == 3 * MAX_SENTENCE_TOKENS


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("PARIS (AP) — The bank has failed.", "The"),  # place and agency
        ("LONDON, March 3 (Reuters) - The bank has failed.", "The"),  # with the day
        ("ST. PETERSBURG, Fla. -- The bank has failed.", "The"),  # two words, a state
        ("TOLLEBY — The bank has failed.", "The"),  # the place alone
        ("US banks — the big ones — have failed.", "US"),  # no place: small letters follow
        ("The bank — it failed.", "The"),  # no capitals
    ],
)
def test_a_dateline_belongs_to_no_sentence(text, first):
    assert next(iter(sentences(text, []))).words[0] == first
