"""Quotations in changed texts: what is the same, what moved, what was altered, what is gone."""

import pytest

from claims.ingest.anchoring import Selector, Standing, Text, same_typesetting, seek, similarity

BEFORE = "The minister came to Tolleby on Thursday. "
QUOTE = "“We have inspected 85% of the dykes along the lower river,”"
BEHIND = " Helena Brandt told reporters. The rest would follow before midsummer."
OTHER = "Volunteers had spent Wednesday sweeping silt from the market hall. "
ORIGINAL = Selector(exact=QUOTE, prefix=BEFORE, suffix=BEHIND[:64])


def sought(text, selector=ORIGINAL):
    found = seek(selector, Text(text), threshold=0.5)
    return found.standing, text[slice(*found.span)] if found.span else "", found.similarity


@pytest.mark.parametrize(
    ("text", "standing"),
    [
        (BEFORE + QUOTE + BEHIND, "unchanged"),
        # paragraphs put in above
        (OTHER * 3 + "\n\n" + BEFORE + QUOTE + BEHIND, "unchanged"),
        # only what stood before was rewritten, or only what stood behind
        (OTHER + QUOTE + BEHIND, "unchanged"),
        (BEFORE + QUOTE + " she announced.", "unchanged"),
        # its only paragraph left: nothing stands before or behind it
        (QUOTE, "unchanged"),
        (OTHER + QUOTE + " she said. " + OTHER, "moved"),
        # typesetting: marks, dashes, spaces, a full stop for the comma, a capital
        (BEFORE + QUOTE.replace("“", "‘").replace("”", "’") + BEHIND, "unchanged"),
        (BEFORE + QUOTE.replace("“", '"').replace("”", '"') + BEHIND, "unchanged"),
        (BEFORE + QUOTE.replace(" of the ", " of\xa0the\n") + BEHIND, "unchanged"),
        (BEFORE + QUOTE.replace(",”", ".”") + BEHIND, "unchanged"),
        (BEFORE + QUOTE.replace("We", "we") + BEHIND, "unchanged"),
        # a number, a word, a negation; a quotation cut short, or going on
        (BEFORE + QUOTE.replace("85", "58") + BEHIND, "altered"),
        (BEFORE + QUOTE.replace("85%", "nearly all") + BEHIND, "altered"),
        (BEFORE + QUOTE.replace("have", "have not") + BEHIND, "altered"),
        (BEFORE + QUOTE.replace(" along the lower river", "") + BEHIND, "altered"),
        (BEFORE + QUOTE.replace(",”", ", or will by May,”") + BEHIND, "altered"),
        (BEFORE + QUOTE.replace("“We", "“As I said, we") + BEHIND, "altered"),
        # direct speech made indirect: the marks are gone, and with them the promise
        (BEFORE + QUOTE.strip("“,”") + ", she said." + OTHER, "altered"),
        # all of it replaced, where it stood
        (BEFORE + "“No comment,”" + BEHIND, "altered"),
        (BEFORE + OTHER, "gone"),
        (OTHER * 20, "gone"),
    ],
)
def test_standings(text, standing):
    assert sought(text)[0] == Standing(standing)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (OTHER + BEFORE + QUOTE + BEHIND, QUOTE),
        (BEFORE + QUOTE.replace("85", "58") + BEHIND, QUOTE.replace("85", "58")),
        (
            BEFORE + QUOTE.replace(" along the lower river", "") + BEHIND,
            "“We have inspected 85% of the dykes,”",
        ),
        (
            BEFORE + QUOTE.replace(",”", ", or will by May,”") + BEHIND,
            QUOTE.replace(",”", ", or will by May,”"),
        ),
        (BEFORE + QUOTE.replace("We", "Our teams") + BEHIND, QUOTE.replace("We", "Our teams")),
        (BEFORE + QUOTE.translate({0x201C: "‘", 0x201D: "’"}) + BEHIND, "‘We"),
        (BEFORE + "“No comment,”" + BEHIND, "“No comment,”"),
    ],
)
def test_what_stands_there_now_is_cut_to_the_quotation(text, found):
    assert sought(text)[1].startswith(found)
    assert len(sought(text)[1]) <= max(len(found), len(QUOTE))


def test_of_several_places_the_one_at_home_is_taken():
    text = OTHER + QUOTE + " somebody else said. " + BEFORE + QUOTE + BEHIND
    found = seek(ORIGINAL, Text(text), threshold=0.5)
    assert (found.standing, found.span[0]) == (Standing.UNCHANGED, text.rindex(QUOTE))


SPLIT = "“We will come back,” said Marit Oskarsson, “as soon as the water is gone.”"
FRAGMENTS = ((0, SPLIT.index(" said")), (SPLIT.index("“as"), len(SPLIT)))


@pytest.mark.parametrize(
    ("now", "standing"),
    [
        (SPLIT, "unchanged"),
        # another cue, a longer name: not a word of hers
        (SPLIT.replace("said Marit Oskarsson", "added Ms Oskarsson, the baker of Quay Street"), 0),
        (SPLIT.replace("as soon as", "when"), "altered"),
        (SPLIT[: SPLIT.index(" “as")] + ".", "altered"),
    ],
)
def test_a_split_quotation_is_its_fragments(now, standing):
    selector = Selector(SPLIT, prefix=BEFORE, suffix="\n\n" + OTHER, fragments=FRAGMENTS)
    assert sought(f"{BEFORE}{now}\n\n{OTHER}", selector)[0] == (standing or "unchanged")


def test_an_indirect_quotation_is_whole_words():
    indirect = Selector("the work is late", prefix="Otto Senn said ", suffix=". He went home.")
    assert sought("Otto Senn said the work is late. He went home.", indirect)[0] == "unchanged"
    assert sought("Otto Senn said the work is later. He went home.", indirect)[0] == "altered"


def test_characters_that_change_their_length_in_lower_case_keep_their_place():
    text = "İİİ groß. " + BEFORE + QUOTE + BEHIND
    assert sought(text) == (Standing.UNCHANGED, QUOTE, 1.0)


def test_an_altered_quotation_is_never_wholly_like_the_old_one():
    assert sought(BEFORE + QUOTE.replace("85", "58") + BEHIND)[2] < 1
    assert similarity(QUOTE, QUOTE.replace("“", '"')) == pytest.approx(1, abs=0.05)
    assert same_typesetting("“It’s – fine,”", '"It\'s — fine."')
    assert not same_typesetting("“85%”", "“58%”")


@pytest.mark.parametrize("text", ["", "\n", "“", "“”" * 50, "a " * 3000, "’’’ ,,, …"])
@pytest.mark.parametrize("exact", [QUOTE, "“”", "…", "a", "'"])
def test_no_text_is_too_strange(exact, text):
    found = seek(Selector(exact), Text(text), threshold=0.5)
    assert (found.span is None) == (found.standing == Standing.GONE)
