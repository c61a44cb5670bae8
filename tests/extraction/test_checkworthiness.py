from __future__ import annotations

import pytest

from claims.extraction.checkworthiness import check_worthiness

FACTS = [
    "having taken 85% of the country",
    "that the true figure may be as high as 70,000",
    "Unemployment fell to 4.2 percent last year.",
    "The company has cut 3,000 jobs since January",
    "that spending rose by €1.2 billion over six years",
    "some 20,000 extra reservists were sent to the border",
]
OPINIONS = [
    "“I hope we can all be proud of this wonderful city.”",
    "“Absolutely not.”",
    "to make the country great again",
    "“Why should we believe them?”",
    "“Thank you, God bless you all.”",
    "that he believes the plan is terrible",
]


@pytest.mark.parametrize("fact", FACTS)
@pytest.mark.parametrize("opinion", OPINIONS)
def test_figures_and_facts_stand_above_opinion(fact: str, opinion: str) -> None:
    assert check_worthiness(fact) > check_worthiness(opinion)


def test_a_short_figure_is_not_pushed_down() -> None:
    assert check_worthiness("85% of the country") > 0.5


def test_a_question_is_worth_less_than_the_same_assertion() -> None:
    assert check_worthiness("The rate fell in 2019?") < check_worthiness("The rate fell in 2019.")


@pytest.mark.parametrize("text", ["", "“…”", "85" * 5000, "word " * 5000, "\ud800"])
def test_the_score_is_always_a_probability(text: str) -> None:
    assert 0.0 <= check_worthiness(text) <= 1.0
