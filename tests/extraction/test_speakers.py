"""The gate for speakers: neither engine, nor the resolver alone, may fall below its floors.

A floor is raised by ``python -m tests.extraction.speakers --raise`` and lowered by nothing but
``--lower``, in a commit that says why.
"""

from __future__ import annotations

import pytest

from tests.extraction import marked, speakers

MARKED = "{1=lee:“It works,”} {1m:she} {1k:said}.\n----\nlee: Ann Lee | person | mayor\n"


@pytest.mark.parametrize("part", marked.PARTS)
@pytest.mark.parametrize("way", speakers.WAYS)
def test_speakers_are_given_no_worse_than_the_floors(part: str, way: str) -> None:
    reached = speakers.measure(part, way)
    below = {
        name: (reached[name], floor)
        for name, floor in speakers.floors()[part][way].items()
        if reached[name] < floor
    }
    assert not below, f"below the floor (reached, floor): {below}"


def test_every_part_and_way_has_every_floor() -> None:
    measures = {"found", "speaker", "kind", "role", "doubt"}
    stored = {part: {way: set(v) for way, v in ways.items()} for part, ways in _stored()}
    assert stored == dict.fromkeys(marked.PARTS, dict.fromkeys(speakers.WAYS, measures))


def _stored() -> list[tuple[str, dict[str, dict[str, float]]]]:
    return list(speakers.floors().items())


def test_the_corpus_is_as_large_as_it_says() -> None:
    counts = {part: sum(len(a.quotes) for a in marked.articles(part)) for part in marked.PARTS}
    assert counts == {"dev": 424, "held_out": 94}


@pytest.mark.parametrize("part", marked.PARTS)
def test_every_mention_stands_inside_one_sentence_and_outside_of_marks(part: str) -> None:
    for article in marked.articles(part):
        for quote in article.quotes:
            if quote.mention is not None:
                text = article.text[slice(*quote.mention)]
                assert text == text.strip()
                assert "\n" not in text


def test_marks_are_taken_out_and_counted() -> None:
    (quote,) = (article := marked.read("one", MARKED)).quotes
    assert article.text == "“It works,” she said."
    assert [article.text[slice(*span)] for span in quote.content] == ["“It works,”"]
    assert quote.mention is not None
    assert article.text[slice(*quote.mention)] == "she"
    assert [article.text[slice(*span)] for span in quote.cue] == ["said"]
    assert quote.speakers == (marked.GoldSpeaker(("Ann Lee",), ("person",), ("mayor",)),)
    assert marked.kind_of(article, quote) == "direct"


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        (("\n----\n", "\n"), "no line of dashes"),
        (("1=lee:", "1=leo:"), "no speaker"),
        (("1=lee:", "1:"), "says not who speaks"),
        (("{1k:said}", "{1k:said"), "never closed"),
        (("{1k:said}", "said}"), "a mark closes"),
        (("{1m:she}", "{1m:she} {2k:so}"), "has no content"),
        (("{1=lee:“It", "{1=lee: “It"), "bad edges"),
        (("{1=lee:", "{2=lee:"), "has no content"),
        (("| person |", "| somebody |"), "no kind"),
        (("| mayor", ""), "not 'alias"),
        (("{1=lee:", "{1=-:"), "say nothing"),
    ],
)
def test_a_corpus_that_does_not_hold_is_refused(damage: tuple[str, str], message: str) -> None:
    with pytest.raises(marked.CorpusError, match=message):
        marked.read("one", MARKED.replace(*damage))


def test_every_gold_name_stands_in_its_article() -> None:
    for _, article in marked.all_articles():
        low = article.text.lower()
        for speaker in {s for quote in article.quotes for s in quote.speakers}:
            words = " ".join(name or "" for name in speaker.names).lower().split()
            assert all(word in low or word == "-" for word in words), (article.name, speaker)
