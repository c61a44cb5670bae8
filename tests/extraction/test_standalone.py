"""From words of a quotation to a sentence that stands alone: (words, what is known → sentence)."""

from datetime import date

import pytest

from claims.extraction.relative_dates import with_dates
from claims.extraction.standalone import Said, place_of, stand_alone

DAY = date(2026, 3, 12)  # a Thursday
AALTO = {"speaker": "Minna Aalto"}
KABUL = {"place": "Kabul", "country": "Afghanistan"}


@pytest.mark.parametrize(
    ("words", "dated"),
    [
        ("it rained yesterday", "it rained on 11 March 2026"),
        ("Yesterday it rained", "On 11 March 2026 it rained"),  # the capital stays
        ("we meet tomorrow morning", "we meet on the morning of 13 March 2026"),
        ("it fell last night", "it fell on the night of 11 March 2026"),
        ("polls close tonight", "polls close on the evening of 12 March 2026"),
        ("he left this morning", "he left on the morning of 12 March 2026"),
        ("prices rose this week", "prices rose in the week of 9 March 2026"),  # from its Monday
        ("prices rose last week", "prices rose in the week of 2 March 2026"),
        ("prices rose last month", "prices rose in February 2026"),
        ("prices fell earlier this month", "prices fell earlier in March 2026"),
        ("taxes fall next year", "taxes fall in 2027"),
        ("it is open since last year", "it is open since 2025"),  # its own preposition is enough
        ("by the end of next month", "by the end of April 2026"),
        ("more than last year", "more than in 2025"),
        ("growth in the last quarter was 2%", "growth in the last quarter was 2%"),  # of what?
        ("exports fell last quarter", "exports fell in the fourth quarter of 2025"),
        ("this year's budget", "the 2026 budget"),
        ("yesterday’s vote", "the 11 March 2026 vote"),
        ("this week's vote", "this week's vote"),  # no short form: left to the editor
        ("this summer", "in the summer of 2026"),
        ("last winter", "last winter"),  # of which year?
        ("two days ago", "on 10 March 2026"),
        ("three weeks ago", "in the week of 16 February 2026"),
        ("five months ago", "in October 2025"),
        ("a year ago", "in 2025"),
        ("10 years ago", "in 2016"),
        ("until two years ago", "until 2024"),
        ("over the past year", "over the year to March 2026"),
        ("in the last three months", "in the three months to March 2026"),
        ("in the past 14 days", "in the 14 days to 12 March 2026"),
        ("in the last year of the war", "in the last year of the war"),  # not counted from today
        ("they voted on Monday", "they voted on Monday 9 March 2026"),
        ("they voted on Thursday", "they voted on Thursday 12 March 2026"),  # today
        ("they will vote on Monday", "they will vote on Monday 16 March 2026"),
        ("they voted last Thursday", "they voted on Thursday 5 March 2026"),
        ("the vote is next Friday", "the vote is on Friday 13 March 2026"),
        ("on Monday, March 2, they voted", "on Monday, March 2, they voted"),  # dated already
        ("in 2014", "in 2014"),
        ("the day before", "the day before"),
        ("", ""),
    ],
)
def test_words_that_count_from_the_article_become_dates(words, dated):
    assert with_dates(words, DAY) == dated


@pytest.mark.parametrize(
    ("words", "known", "sentence"),
    [
        # Nobody to be put in: the words alone are the claim.
        ("85% of the dykes are safe", AALTO, "85% of the dykes are safe."),
        ("The dykes are safe.", AALTO, "The dykes are safe."),
        # I: the verb agrees.
        ("I have inspected every dyke", AALTO, "Minna Aalto has inspected every dyke."),
        ("I’ve inspected every dyke", AALTO, "Minna Aalto has inspected every dyke."),
        ("I'm in favour", AALTO, "Minna Aalto is in favour."),
        ("I never pay taxes", AALTO, "Minna Aalto never pays taxes."),
        ("I don't know him", AALTO, "Minna Aalto does not know him."),
        ("I won’t resign", AALTO, "Minna Aalto will not resign."),
        ("I paid my taxes", AALTO, "Minna Aalto paid Aalto’s taxes."),
        ("They gave me 20 euros", AALTO, "Minna Aalto: They gave me 20 euros."),  # who did?
        ("The council gave me 20 euros", AALTO, "The council gave Minna Aalto 20 euros."),
        # An unknown verb is not bent.
        ("I frobnicate daily", AALTO, "Minna Aalto: I frobnicate daily."),
        # We: an organisation itself, a group, a person of an organisation, and anybody else.
        ("We have won", {"speaker": "the Senn Water Board", "kind": "organisation"},
         "The Senn Water Board has won."),
        ("We have taken 85% of the country", {"speaker": "the Taliban", "kind": "group", **KABUL},
         "The Taliban have taken 85% of Afghanistan."),
        ("We raised our fares", {**AALTO, "organisation": "Haverness Ferries"},
         "Haverness Ferries raised Haverness Ferries’ fares."),
        ("We have inspected 85% of the dykes", AALTO,
         "Minna Aalto: We have inspected 85% of the dykes."),
        ("You have lost", AALTO, "Minna Aalto: You have lost."),
        ("He has lied", AALTO, "Minna Aalto: He has lied."),
        # A writer's account.
        ("that he had paid", {"speaker": "Juho Lind", "quoted": False}, "Juho Lind had paid."),
        ("her party had won", {**AALTO, "quoted": False}, "Minna Aalto’s party had won."),
        ("it had won", {"speaker": "the board", "kind": "organisation", "quoted": False},
         "The board had won."),
        ("85% was inspected", {"speaker": "Bo", "quoted": False}, "85% was inspected."),
        ("of having taken 85% of the country",
         {"speaker": "the Taliban leadership", "kind": "organisation", "quoted": False, **KABUL},
         "The Taliban leadership has taken 85% of Afghanistan."),
        ("to cut taxes next year", {**AALTO, "quoted": False, "cue": "has promised", "day": DAY},
         "Minna Aalto will cut taxes in 2027."),
        ("to cut taxes", {**AALTO, "quoted": False, "cue": "refused"},
         "Minna Aalto: To cut taxes."),
        # Place.
        ("nobody is safe here", KABUL, "Nobody is safe in Kabul."),
        ("Here is the plan", KABUL, "Here is the plan."),
        ("this city is safe", KABUL, "Kabul is safe."),
        ("France has more than the country", KABUL, "France has more than the country."),
        ("prices rose in the country", {}, "Prices rose in the country."),
        # All together; one line, no comma at the end.
        ("I paid  20 euros\nhere yesterday,", {**AALTO, **KABUL, "day": DAY},
         "Minna Aalto paid 20 euros in Kabul on 11 March 2026."),
        ("We won", {}, "We won."),  # nobody known: nothing to put in
        ("", AALTO, ""),
    ],
)  # fmt: skip
def test_a_sentence_that_stands_alone(words, known, sentence):
    assert stand_alone(words, Said(**known)) == sentence


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("KABUL, July 9 (Reuters) - The Taliban", ("Kabul", "Afghanistan")),
        ("NEW DELHI (AP) — India", ("New Delhi", "India")),
        ("HAVERNESS — The council", ("Haverness", "")),
        ("AUSTIN, Texas (AP) — The governor", ("Austin", "")),  # a state is no country
        ("PARIS, Texas (AP) — The mayor", ("Paris", "")),
        ("KANO, Nigeria (AP) — The", ("Kano", "Nigeria")),
        ("The council met in Kabul.", ("", "")),
        ("", ("", "")),
    ],
)
def test_a_dateline_says_where_it_was(text, place):
    assert place_of(text) == place
