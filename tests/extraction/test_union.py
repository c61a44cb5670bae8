"""How the network's reading and the rules' become one: each case is a text and a reading made up.

No network runs here; ``test_model_engine.py`` and ``test_article.py`` read with the real one.
"""

from __future__ import annotations

import pytest

from claims.extraction import assembly
from claims.extraction.marks import quoted_regions
from claims.extraction.neural.attributions import Attribution
from claims.extraction.neural.union import Article, combined
from claims.extraction.tokens import sentences

Found = list[tuple[list[str], list[str], list[str]]]


def spans(text: str, words: list[str]) -> list[tuple[int, int]]:
    at = 0
    found = []
    for part in words:
        at = text.index(part, at)
        found.append((at, at + len(part)))
        at += len(part)
    return found


def network(
    text: str, source: str, cue: str, *content: str, confidence: float = 0.8
) -> Attribution:
    return Attribution(
        spans(text, list(content)),
        spans(text, [cue] if cue else []),
        spans(text, [source] if source else []),
        confidence=confidence,
    )


def read(text: str, *found: Attribution) -> Found:
    """Return (source, cue, content) in words of each attribution of both readers together."""
    regions = quoted_regions(text)
    read_sentences, by_rules = assembly.assemble(sentences(text, regions))
    article = Article(text, regions, [s.starts[0] for s in read_sentences])
    return [
        tuple([text[a:b] for a, b in part] for part in (a.source, a.cue, a.content))
        for a in combined(article, found, by_rules)
    ]  # type: ignore[misc]


def test_a_quoted_passage_ends_at_its_marks() -> None:
    text = "“We tested the wells in spring,” she said, according to the board."
    cut = network(text, "she", "said", "tested the wells in spring,” she")
    assert read(text, cut) == [(["she"], ["said"], ["“We tested the wells in spring,”"])]


def test_who_stands_beside_the_marks_wins_over_who_relays() -> None:
    text = "“We tested the wells in spring,” he said according to state media."
    relayed = network(text, "state media", "according to", "“We tested the wells in spring,”")
    assert read(text, relayed) == [(["he"], ["said"], ["“We tested the wells in spring,”"])]


def test_a_remark_on_a_content_does_not_say_it() -> None:
    text = "The rebels boasted of having taken 40% of the valley, something the army disputes."
    remark = network(text, "the army", "disputes", "having taken 40% of the valley")
    assert read(text, remark) == [
        (["The rebels"], ["boasted of"], ["having taken 40% of the valley"])
    ]


def test_a_passage_with_a_cue_of_its_own_is_split_off() -> None:
    text = "“Never. Not while I live,” Khan said, before repeating coolly, “Not while I live.”"
    joined = network(text, "Khan", "said", "“Never. Not while I live,”", "“Not while I live.”")
    assert read(text, joined) == [
        (["Khan"], ["said"], ["“Never. Not while I live,”"]),
        (["Khan"], ["repeating"], ["“Not while I live.”"]),
    ]


def test_a_quotation_in_a_paragraph_of_its_own_floats_and_keeps_the_source() -> None:
    text = "“We tested it,” Ann Lee said.\n“Nobody has tested it since the winter.”\nIt rained."
    joined = network(
        text, "Ann Lee", "said", "“We tested it,”", "“Nobody has tested it since the winter.”"
    )
    assert read(text, joined) == [
        (["Ann Lee"], ["said"], ["“We tested it,”"]),
        (["Ann Lee"], [], ["“Nobody has tested it since the winter.”"]),
    ]


def test_what_goes_on_in_one_paragraph_stays_one_attribution() -> None:
    text = "“We tested it,” Ann Lee said. “Nobody has tested it since the winter.”"
    whole = ["“We tested it,”", "“Nobody has tested it since the winter.”"]
    assert read(text, network(text, "Ann Lee", "said", *whole)) == [(["Ann Lee"], ["said"], whole)]


def test_a_passage_over_paragraphs_is_held_together_by_its_marks() -> None:
    text = (
        "“It rained,” said Ann Lee, smiling.\n“I have waited for it.\n“I will wait no more.”\n"
        "“Good,” Tom Fox said."
    )
    torn = network(text, "Ann Lee", "said", "“It rained,”", "“I have waited for it.")
    wrong = network(text, "Tom Fox", "said", "“I will wait no more.”", "“Good,”")
    assert read(text, torn, wrong) == [
        (["Ann Lee"], ["said"], ["“It rained,”"]),
        (["Ann Lee"], [], ["“I have waited for it.", "“I will wait no more.”"]),
        (["Tom Fox"], ["said"], ["“Good,”"]),
    ]


@pytest.mark.parametrize("words", ["In recent days", "last week", "Monday", "2016"])
def test_a_time_says_nothing(words: str) -> None:
    text = f"{words} nobody knew that the wall had been weak all along."
    (found, *_) = read(text, network(text, words, "knew", "the wall had been weak all along"))
    assert found[0] != [words]


def test_a_month_may_be_a_name() -> None:
    text = "May said that the wall was weak."
    assert read(text, network(text, "May", "said", "that the wall was weak"))[0][0] == ["May"]


def test_words_in_another_sentence_are_nobodys() -> None:
    text = "Officials said the cost could double. Asked whether that was true, she left the room."
    joined = network(text, "Officials", "said", "the cost could double", "whether that was true")
    assert read(text, joined) == [(["Officials"], ["said"], ["the cost could double"])]


def test_a_list_behind_a_colon_stays_with_its_cue() -> None:
    text = "The board wants three things:\nmore pumps\na new wall"
    listed = ["three things", "more pumps", "a new wall"]
    assert read(text, network(text, "The board", "wants", *listed))[0][2] == listed


def test_a_that_clause_goes_on_to_its_end() -> None:
    text = "He suggested that the army is leaving, which is dragging the country into war."
    short = network(text, "He", "suggested", "that the army is leaving, which is dragging")
    assert read(text, short) == [
        (
            ["He"],
            ["suggested"],
            ["that the army is leaving, which is dragging the country into war"],
        )
    ]


def test_a_that_clause_which_the_network_missed_is_added() -> None:
    text = "State officials have long maintained that the river has never flooded the town."
    assert read(text) == [
        (
            ["State officials"],
            ["have long maintained"],
            ["that the river has never flooded the town"],
        )
    ]


def test_the_title_of_a_work_is_no_speech() -> None:
    text = "The band would play “Stones and Promises” until midnight, and nobody danced."
    assert read(text, network(text, "The band", "play", "“Stones and Promises”")) == []


def test_a_surer_network_keeps_its_source() -> None:
    text = "Police have said they have no plans to release the tape, according to her lawyers."
    sure = network(text, "her lawyers", "according to", "they have no plans to release the tape")
    assert read(text, sure)[0][0] == ["her lawyers"]
