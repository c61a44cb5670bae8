"""Near copies are found by their bands and told from look-alikes by their words."""

import random

import pytest

from claims.ingest import read
from claims.ingest.similarity import (
    PERMUTATIONS,
    Thresholds,
    bands,
    compare,
    estimate,
    from_bytes,
    key_words,
    same_words,
    sketch,
)
from tests.near_copies import DEMO, base_texts, pairs


def test_near_copies_are_found_and_look_alikes_are_not():
    """A short form of benchmarks/near_copies.py, by a seed of its own."""
    outcomes = []
    for pair in pairs(seed=7, count=60):
        one, other = sketch(pair.one), sketch(pair.other)
        meet = bool(set(bands(one)) & set(bands(other)))
        outcomes.append((pair.copies, meet and Thresholds().hold(compare(pair.one, pair.other))))
    found = outcomes.count((True, True))
    assert found / sum(copies for copies, _ in outcomes) >= 0.95
    assert found / sum(taken for _, taken in outcomes) >= 0.98


def test_the_bundled_near_copies_are_found():
    wire, paper = (read(str(next(DEMO.glob(f"{number}-*.html")))).text for number in ("10", "08"))
    assert Thresholds().hold(compare(wire, paper))
    assert set(bands(sketch(wire))) & set(bands(sketch(paper)))


def test_the_estimate_is_near_the_resemblance():
    texts = base_texts()
    for text in texts[:6]:
        half = "\n\n".join(text.split("\n\n")[: text.count("\n\n") // 2 + 1])
        real = compare(text, half)
        assert estimate(sketch(text), sketch(half)) == pytest.approx(real.resemblance, abs=0.16)
        assert real.containment == pytest.approx(1, abs=0.02)


def test_a_sketch_is_stored_and_read_again():
    made = sketch(base_texts()[0])
    again = from_bytes(made.to_bytes(), made.shingles)
    assert len(made.to_bytes()) == 4 * PERMUTATIONS
    assert estimate(made, again) == 1.0
    assert bands(again) == bands(made)
    with pytest.raises(ValueError, match="minima"):
        from_bytes(b"\0" * 8, 1)


def test_fingerprints_are_the_same_for_ever():
    """Stored ones are compared with those of later years: a change here needs all made anew."""
    made = sketch("The dykes of the lower Senn had been inspected since the water fell.")
    assert made.shingles == 11
    assert made.minima[:3].tolist() == [50656303, 187927733, 470206646]
    assert bands(made)[:2] == [1881391086987044367, 4359295049779938818]


def test_bands_are_signed_and_differ_by_period():
    made = sketch(base_texts()[0])
    assert all(-(2**63) <= band < 2**63 for band in bands(made, period=-3))
    assert not set(bands(made, period=1)) & set(bands(made, period=2))


def test_the_words_count_and_not_how_they_are_set():
    text = base_texts()[0]
    shouted = text.upper().replace("“", "«").replace("\n\n", "\n")
    assert compare(text, shouted).containment == 1.0


@pytest.mark.parametrize("text", ["", "—", "One.", "One two", "word " * 3000])
def test_no_text_is_too_strange(text):
    made = sketch(text)
    assert len(bands(made)) == 64
    assert compare(text, "").containment == 0.0
    assert compare(text, text).containment in (0.0, 1.0)


def test_a_very_long_text_is_sketched_in_chunks():
    words = [f"w{number}" for number in range(3000)]
    text = " ".join(words)
    random.Random(1).shuffle(words)
    assert estimate(sketch(text), sketch(text + " and so on")) > 0.98
    assert estimate(sketch(text), sketch(" ".join(words))) < 0.05


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("“We have inspected 85% of the dykes,”", "‘We have inspected 85% of the dykes.’", True),
        # an editor's touch in a long one
        (
            "the rest of the dykes would follow before midsummer and not later than July",
            "the rest of the dykes would follow before midsummer, and not later than in July",
            True,
        ),
        (
            "85% of the dykes along the lower river had been inspected since the water fell",
            "58% of the dykes along the lower river had been inspected since the water fell",
            False,
        ),
        (
            "we do know how many people had stopped work at the port in those days",
            "we do not know how many people had stopped work at the port in those days",
            False,
        ),
        (
            "You can automate the winter of ’14, when we were breaking ice off the cleats",
            "You can’t automate the winter of ’14, when we were breaking ice off the cleats",
            False,
        ),
        # short ones are the same to the word or not at all
        ("a promise with a use-by date", "a promise with no use-by date", False),
        ("Nonsense", "“Nonsense!”", True),
    ],
)
def test_one_utterance_or_two(one, other, same):
    assert same_words(key_words(one), key_words(other), threshold=0.9) is same
