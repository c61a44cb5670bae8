"""Quantities: a table of what is read and what is not, and what holds for any string."""

from __future__ import annotations

import json
import sys
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from claims.extraction.quantities import Quantity, as_json, find_quantities, same_quantity

Row = tuple[object, str, str, str]

ONE: dict[str, tuple[object, str, str, str, str]] = {
    # text: value, unit, comparator, what is counted, exact text
    # -- percentages
    "taken 85% of the country": (85, "percent", "=", "country", "85% of the country"),
    "It is 85 per cent.": (85, "percent", "=", "", "85 per cent"),
    "It is 85 percent.": (85, "percent", "=", "", "85 percent"),
    "It is 85 % now": (85, "percent", "=", "", "85 %"),
    "85 per\ncent of pupils": (85, "percent", "=", "pupils", "85 per\ncent of pupils"),
    "0.5% of goods": (0.5, "percent", "=", "goods", "0.5% of goods"),
    "(85%)": (85, "percent", "=", "", "85%"),
    "eighty-five per cent": (85, "percent", "=", "", "eighty-five per cent"),
    "one percent": (1, "percent", "=", "", "one percent"),
    "20 percentage points": (20, "percentage point", "=", "", "20 percentage points"),
    "85% of the world's population": (
        85, "percent", "=", "world's population", "85% of the world's population",
    ),
    "٣٤% so": (34, "percent", "=", "", "٣٤%"),
    # -- money
    "£900m a year": (900_000_000, "GBP", "=", "", "£900m"),
    "$1.2 billion": (1_200_000_000, "USD", "=", "", "$1.2 billion"),
    "€1.2bn": (1_200_000_000, "EUR", "=", "", "€1.2bn"),
    "US$5 million": (5_000_000, "USD", "=", "", "US$5 million"),
    "A$5": (5, "AUD", "=", "", "A$5"),
    "EUR 50": (50, "EUR", "=", "", "EUR 50"),
    "50 €": (50, "EUR", "=", "", "50 €"),
    "50 EUR": (50, "EUR", "=", "", "50 EUR"),
    "£5 m": (5_000_000, "GBP", "=", "", "£5 m"),
    "450 million euros": (450_000_000, "EUR", "=", "", "450 million euros"),
    "about 1,200.50 euros": (1200.5, "EUR", "~", "", "about 1,200.50 euros"),
    "ten US dollars": (10, "USD", "=", "", "ten US dollars"),
    "It cost $5.": (5, "USD", "=", "", "$5"),
    "$20 billion of aid": (20_000_000_000, "USD", "=", "aid", "$20 billion of aid"),
    "millions of dollars": (1_000_000, "USD", ">=", "", "millions of dollars"),
    # -- counts in figures
    "1,200 people died": (1200, "", "=", "people", "1,200 people"),
    "1,200,000 homes": (1_200_000, "", "=", "homes", "1,200,000 homes"),
    "1.2 million": (1_200_000, "", "=", "", "1.2 million"),
    "1.2m people": (1_200_000, "", "=", "people", "1.2m people"),
    "20k jobs": (20_000, "", "=", "jobs", "20k jobs"),
    "20 thousand jobs": (20_000, "", "=", "jobs", "20 thousand jobs"),
    "0 people": (0, "", "=", "people", "0 people"),
    "1500 people": (1500, "", "=", "people", "1500 people"),
    "He said 20.": (20, "", "=", "", "20"),
    "In 20 cities": (20, "", "=", "cities", "20 cities"),
    "• 3 eggs": (3, "", "=", "eggs", "3 eggs"),
    "20 wounded soldiers": (20, "", "=", "wounded soldiers", "20 wounded soldiers"),
    "20 soldiers wounded": (20, "", "=", "soldiers", "20 soldiers"),
    "300 Rohingya Muslims say": (300, "", "=", "Rohingya Muslims", "300 Rohingya Muslims"),
    "20 died": (20, "", "=", "", "20"),
    "20 of Russia's soldiers": (20, "", "=", "Russia's soldiers", "20 of Russia's soldiers"),
    # -- counts in words
    "two men": (2, "", "=", "men", "two men"),
    "zero cases": (0, "", "=", "cases", "zero cases"),
    "twenty-five soldiers": (25, "", "=", "soldiers", "twenty-five soldiers"),
    "one hundred and ten thousand": (110_000, "", "=", "", "one hundred and ten thousand"),
    "two hundred and fifty-six": (256, "", "=", "", "two hundred and fifty-six"),
    "one thousand two hundred": (1200, "", "=", "", "one thousand two hundred"),
    "six hundred thousand": (600_000, "", "=", "", "six hundred thousand"),
    "a hundred soldiers": (100, "", "=", "soldiers", "a hundred soldiers"),
    "a million people": (1_000_000, "", "=", "people", "a million people"),
    "a million and a half": (1_500_000, "", "=", "", "a million and a half"),
    "two and a half million people": (
        2_500_000, "", "=", "people", "two and a half million people",
    ),
    "a dozen eggs": (12, "", "=", "eggs", "a dozen eggs"),
    "two dozen officers": (24, "", "=", "officers", "two dozen officers"),
    "half a dozen men": (6, "", "=", "men", "half a dozen men"),
    "half a million people": (500_000, "", "=", "people", "half a million people"),
    "half-million people": (500_000, "", "=", "people", "half-million people"),
    "a quarter of a million people": (
        250_000, "", "=", "people", "a quarter of a million people",
    ),
    # -- vague counts: the least that the word can mean
    "thousands of refugees": (1000, "", ">=", "refugees", "thousands of refugees"),
    "thousands fled": (1000, "", ">=", "", "thousands"),
    "hundreds of troops": (100, "", ">=", "troops", "hundreds of troops"),
    "hundreds of Afghan national troops have poured in": (
        100, "", ">=", "Afghan national troops", "hundreds of Afghan national troops",
    ),
    "tens of thousands of people": (10_000, "", ">=", "people", "tens of thousands of people"),
    "hundreds of thousands": (100_000, "", ">=", "", "hundreds of thousands"),
    "dozens of homes": (12, "", ">=", "homes", "dozens of homes"),
    "scores of people": (20, "", ">=", "people", "scores of people"),
    "several hundred troops": (100, "", ">=", "troops", "several hundred troops"),
    # -- parts
    "three-quarters of the country": (
        0.75, "fraction", "=", "country", "three-quarters of the country",
    ),
    "a third of voters": (0.3333, "fraction", "=", "voters", "a third of voters"),
    "cut by a third": (0.3333, "fraction", "=", "", "a third"),
    "one third": (0.3333, "fraction", "=", "", "one third"),
    "two thirds of Afghan women": (
        0.6667, "fraction", "=", "Afghan women", "two thirds of Afghan women",
    ),
    "two fifths": (0.4, "fraction", "=", "", "two fifths"),
    "half the population": (0.5, "fraction", "=", "population", "half the population"),
    "half of them": (0.5, "fraction", "=", "", "half"),
    "1/3 of the budget": (0.3333, "fraction", "=", "budget", "1/3 of the budget"),
    "½ of the land": (0.5, "fraction", "=", "land", "½ of the land"),
    "one in five women": (0.2, "fraction", "=", "women", "one in five women"),
    "nine out of ten doctors said": (0.9, "fraction", "=", "doctors", "nine out of ten doctors"),
    "nearly 6 in 10 white men": (0.6, "fraction", "~", "white men", "nearly 6 in 10 white men"),
    "Four in ten women": (0.4, "fraction", "=", "women", "Four in ten women"),
    # -- multiples
    "twice as many troops as": (2, "times", "=", "troops", "twice as many troops"),
    "twice the size": (2, "times", "=", "", "twice"),
    "three times as many jobs": (3, "times", "=", "jobs", "three times as many jobs"),
    # -- measures
    "after 20 Years In": (20, "year", "=", "", "20 Years"),
    "after two decades there": (20, "year", "=", "", "two decades"),
    "half a century": (50, "year", "=", "", "half a century"),
    "half an hour": (0.5, "hour", "=", "", "half an hour"),
    "2½ years": (2.5, "year", "=", "", "2½ years"),
    "a 20-year war": (20, "year", "=", "", "20-year"),
    "a five-year-old girl": (5, "year", "=", "", "five-year"),
    "two fortnights": (28, "day", "=", "", "two fortnights"),
    "40 kilometres": (40, "km", "=", "", "40 kilometres"),
    "a 40-kilometre road": (40, "km", "=", "", "40-kilometre"),
    "5 m": (5, "m", "=", "", "5 m"),
    "200 square kilometres": (200, "km2", "=", "", "200 square kilometres"),
    "7 tonnes of grain": (7, "tonne", "=", "grain", "7 tonnes of grain"),
    "at 60 mph": (60, "mph", "=", "", "60 mph"),
    "it was -5 degrees": (-5, "degree", "=", "", "-5 degrees"),
    # -- ranges
    "from 3 to 5 million": ([3_000_000, 5_000_000], "", "=", "", "from 3 to 5 million"),
    "between 10 and 12 dykes": ([10, 12], "", "=", "dykes", "between 10 and 12 dykes"),
    "10-12 per cent": ([10, 12], "percent", "=", "", "10-12 per cent"),
    "10–12%": ([10, 12], "percent", "=", "", "10–12%"),
    "10-12 people": ([10, 12], "", "=", "people", "10-12 people"),
    "20,000 to 30,000 jobs": ([20_000, 30_000], "", "=", "jobs", "20,000 to 30,000 jobs"),
    "two or three days": ([2, 3], "day", "=", "", "two or three days"),
    "$3-5 billion": ([3_000_000_000, 5_000_000_000], "USD", "=", "", "$3-5 billion"),
    "£3m-£5m": ([3_000_000, 5_000_000], "GBP", "=", "", "£3m-£5m"),
    "$3 million to $5 million": (
        [3_000_000, 5_000_000], "USD", "=", "", "$3 million to $5 million",
    ),
    "between 5% and 6%": ([5, 6], "percent", "=", "", "between 5% and 6%"),
    "about 5 to 10 percent of goods": (
        [5, 10], "percent", "~", "goods", "about 5 to 10 percent of goods",
    ),
    # -- comparators
    "some 20,000 extra reservists to": (
        20_000, "", "~", "extra reservists", "some 20,000 extra reservists",
    ),
    "an estimated 20,000 people": (20_000, "", "~", "people", "an estimated 20,000 people"),
    "around 5%": (5, "percent", "~", "", "around 5%"),
    "nearly a third of voters": (0.3333, "fraction", "~", "voters", "nearly a third of voters"),
    "~50 people": (50, "", "~", "people", "~50 people"),
    "20 people or so": (20, "", "=", "people", "20 people"),
    "20 or so people": (20, "", "~", "people", "20 or so people"),
    "more than 20 dykes": (20, "", ">", "dykes", "more than 20 dykes"),
    "over two decades": (20, "year", ">", "", "over two decades"),
    "just over 2 million": (2_000_000, "", ">", "", "just over 2 million"),
    "up from 3%": (3, "percent", ">", "", "up from 3%"),
    "at least 300 dead": (300, "", ">=", "dead", "at least 300 dead"),
    "no fewer than 12 people": (12, "", ">=", "people", "no fewer than 12 people"),
    "20,000 or more voters": (20_000, "", ">=", "voters", "20,000 or more voters"),
    "20% or more of pupils": (20, "percent", ">=", "pupils", "20% or more of pupils"),
    "3,000+ jobs": (3000, "", ">=", "jobs", "3,000+ jobs"),
    "≥ 50 %": (50, "percent", ">=", "", "≥ 50 %"),
    "less than a third of it": (0.3333, "fraction", "<", "", "less than a third"),
    "under 5 years": (5, "year", "<", "", "under 5 years"),
    "fewer than 50 men": (50, "", "<", "men", "fewer than 50 men"),
    "up to 20,000 homes": (20_000, "", "<=", "homes", "up to 20,000 homes"),
    "up to about 20 people": (20, "", "<=", "people", "up to about 20 people"),
    "No more than 5%": (5, "percent", "<=", "", "No more than 5%"),
    "5 days at most": (5, "day", "<=", "", "5 days at most"),
    "as many as 50 people": (50, "", "<=", "people", "as many as 50 people"),
    # -- dates
    "by August 31st; however": ("--08-31", "date", "=", "", "August 31st"),
    "August 31, 2021": ("2021-08-31", "date", "=", "", "August 31, 2021"),
    "31 August 2021": ("2021-08-31", "date", "=", "", "31 August 2021"),
    "the 31st of August": ("--08-31", "date", "=", "", "31st of August"),
    "Sept. 11, 2001": ("2001-09-11", "date", "=", "", "Sept. 11, 2001"),
    "Friday, Jul 16, 2021 -": ("2021-07-16", "date", "=", "", "Jul 16, 2021"),
    "on 2021-08-31": ("2021-08-31", "date", "=", "", "2021-08-31"),
    "29 February 2020": ("2020-02-29", "date", "=", "", "29 February 2020"),
    "August 2021": ("2021-08", "date", "=", "", "August 2021"),
    "in 2014": ("2014", "date", "=", "", "2014"),
    "the 2014 elections": ("2014", "date", "=", "", "2014"),
    # -- a month that is none
    "may 5 people": (5, "", "=", "people", "5 people"),
    "In March 3 million": (3_000_000, "", "=", "", "3 million"),
}  # fmt: skip

SEVERAL: dict[str, list[object]] = {
    "rose from 5% to 7%": [5, 7],  # a change is no range
    "fell from 5 to 3 per cent": [5, 3],
    "between 2014 and 2018": ["2014", "2018"],
    "2014-2018": ["2014", "2018"],
    "5 million and 6 million": [5_000_000, 6_000_000],
    "two men, three women": [2, 3],
    "20 of the 30 men": [20, 30],
    "killed two in ten days": [2, 10],  # no part of ten
}

NONE = [
    # ranks
    "the 5th", "the 21st century", "the twenty-first century", "a third man", "the second half",
    # a "one" that counts nothing, words that need more
    "one of them", "one day he came", "million", "scores", "a couple of men", "cut in half",
    # names and labels
    "G7", "Covid-19", "F-16", "No. 5", "page 12", "#5", "v2", "a two-state solution", "Boeing 747.",
    # scores, phone numbers, versions, times, other calendars
    "won 3-2", "lost 2-3", "the 2-1 win", "4-4-2", "call 555-1234", "+44 20 7946 0958",
    "020 7946 0958", "1.2.3.4", "1,2345", "9/11", "24/7", "10:30", "10pm", "10 a.m. today", "1980s",
    "31/08/2021", "nineteen eighty-four", "99999999999999999999", "01234", "Feb 30", "2021-02-30",
    # list numbers and notes
    "1. First thing", "x\n 2) next", "10\nAnn Lee", "he said [12]", "he said (5)",
    # nothing
    "", " ", "August", "%", "$", "the",
]  # fmt: skip


def row(quantity: Quantity) -> Row:
    values = as_json(quantity)
    return values["value"], str(values["unit"]), str(values["comparator"]), str(values["of"])


def only(text: str) -> Quantity:
    (quantity,) = find_quantities(text)
    return quantity


@pytest.mark.parametrize("text", ONE)
def test_one_quantity_is_read(text: str) -> None:
    quantity = only(text)
    assert (*row(quantity), quantity.text) == ONE[text]


@pytest.mark.parametrize("text", SEVERAL)
def test_several_are_kept_apart(text: str) -> None:
    assert [row(quantity)[0] for quantity in find_quantities(text)] == SEVERAL[text]


@pytest.mark.parametrize("text", NONE)
def test_what_is_no_quantity(text: str) -> None:
    assert find_quantities(text) == ()


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("85 per cent", "85%"),
        ("some 20,000 men", "20 thousand people"),  # what is counted is not compared
        ("two decades", "20 years"),
        ("more than 5%", "at least 5 percent"),
        ("two-thirds of them", "67%"),  # a fraction and the percentage it rounds to
        ("66.7%", "two-thirds of them"),
        ("August 31st", "31 August 2021"),
        ("$1.2bn", "1.2 billion dollars"),
        ("from 3 to 5 million", "3 million to 5 million"),
    ],
)
def test_the_same_number(a: str, b: str) -> None:
    assert same_quantity(only(a), only(b))
    assert same_quantity(only(b), only(a))


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("85%", "58%"),
        ("85%", "85 people"),
        ("85%", "more than 85%"),
        ("up to 85%", "at least 85%"),
        ("two-thirds of them", "66%"),
        ("from 3 to 5 million", "3 million"),
        ("31 August 2020", "31 August 2021"),
        ("August 31st", "August 30th"),
        ("in 2014", "2014 people"),
        ("$5", "€5"),
    ],
)
def test_another_number(a: str, b: str) -> None:
    assert not same_quantity(only(a), only(b))
    assert not same_quantity(only(b), only(a))


def test_fields_are_exact_decimals() -> None:
    assert (only("1.1%").low, only("1.1%").high) == (Decimal("1.1"), Decimal("1.1"))
    date = only("in 2014")
    assert (date.low, date.high, date.date) == (None, None, "2014")


PIECES = [
    "85", "%", " per cent", " of the country", "1,200", ".", ",", "-", "–", " to ", " and ", "a ",
    "half ", "third", "twenty", "one ", " hundred", " thousand", " million", "m", "$", "£", "US$",
    "August ", "31st", "2021", " from ", "between ", "some ", "more than ", "no ", "twice as many ",
    "tens of ", "thousands", " people", " or more", "\n", "\n\n", "(", ")", "/", "½", "'", "s",
    "\ud800", "\x00", "٣", "²", "İ", "0", "out of ", "in ", "2021-02-30", "years",
]  # fmt: skip
prose = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)
anything = st.text(st.characters(exclude_categories=()), max_size=200)


@given(st.one_of(prose, anything))
@example("one hundred and")
@example("from 5 to")
@example("0000-00-00")
def test_any_string_gives_exact_disjoint_spans(text: str) -> None:
    end = 0
    for quantity in find_quantities(text):
        assert end <= quantity.span.start
        end = quantity.span.end
        assert quantity.span.text(text) == quantity.text
        assert quantity.comparator in {"=", "~", ">", ">=", "<", "<="}
        assert (quantity.unit == "date") == (quantity.low is None) == (quantity.date != "")
        assert same_quantity(quantity, quantity)
        json.dumps(as_json(quantity), allow_nan=False)


def calls(text: str) -> int:
    count = 0

    def profile(frame: object, event: str, argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(profile)
    try:
        find_quantities(text)
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize(
    "piece",
    ["5", "5-", "1,", "$", "of ", "a ", "tens of ", "August ", "one hundred and ", "5 to ", "'s",
     "some ", "twenty-", "some 20,000 extra reservists of the country went on August 31st. "],
)  # fmt: skip
def test_the_work_grows_with_the_text_and_not_faster(piece: str) -> None:
    find_quantities(piece * 9)  # the word lists are read
    short, long = (calls((piece * size)[:size]) for size in (4_000, 16_000))
    assert long <= 4.2 * short + 200
