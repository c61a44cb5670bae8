"""Which claims a text may repeat: (what is said, claim → may it be the same, with which stance)."""

from datetime import date

import pytest

from claims.choices import ClaimStage, MatchState
from claims.models import Claim
from claims.services import claims as claim_service
from claims.services.actors import person
from claims.services.matching import match
from tests import factories

pytestmark = pytest.mark.django_db
TALIBAN = "The Taliban control 85% of Afghanistan."


def claim(text):
    return claim_service.create_claim(
        text=text, actor=person(factories.UserFactory(is_superuser=True))
    )


@pytest.mark.parametrize(
    ("said", "known"),
    [
        ("The Taliban control 85% of Afghanistan.", TALIBAN),
        ("The Taliban now control 85 per cent of Afghanistan", TALIBAN),  # written otherwise
        ("85% of Afghanistan is under the control of the Taliban", TALIBAN),  # in another order
        ("A third of the dykes were never inspected", "33% of the dykes were never inspected."),
        ("Haverness spent 2.1 million euros on the ferry", "Haverness spent €2.1m on the ferry."),
        ("The ferry was closed by the council", "The council closed the ferry."),  # no number
        ("The mission in Afghanistan failed", "The mission in Afghanistan has failed."),
        # Marks of quotation belong to no word.
        ("“Haverness” has a “new” “ferry”", "Haverness has a new ferry."),
        # A day within the month of the claim.
        ("85% of the dykes were inspected by 12 March 2026",
         "By March 2026, 85% of the dykes had been inspected."),
    ],
)  # fmt: skip
def test_a_claim_that_is_repeated_is_found(said, known):
    kept = claim(known)
    claim("The council bought a new ferry from Norway.")
    [found] = [each for each in match(said) if each.claim == kept]
    assert found.same
    assert found.stance == "asserts"
    assert found.score >= 0.7
    assert found.reasons


@pytest.mark.parametrize(
    ("said", "known", "why"),
    [
        ("The Taliban control 58% of Afghanistan.", TALIBAN, "another number"),
        ("The Taliban control more than 85% of Afghanistan.", TALIBAN, "another number"),
        ("The Taliban control half of Afghanistan.", TALIBAN, "another number"),
        # One number shared, another different.
        ("58% of the 200 dykes were inspected", "85% of the 200 dykes were inspected.",
         "another number"),
        ("The army called up 30,000 reservists", "The army called up 20,000 reservists.",
         "another number"),
        ("Inflation was 2% in 2025", "Inflation was 2% in 2024.", "another date"),
    ],
)  # fmt: skip
def test_another_number_is_another_claim_however_alike_the_words(said, known, why):
    kept = claim(known)
    found = match(said)
    assert [(each.claim, each.same) for each in found] == [(kept, False)]
    assert why in found[0].reasons


def test_the_same_number_goes_before_another_one():
    other, same = (
        claim("58% of the dykes were inspected."),
        claim("85% of the dykes were inspected."),
    )
    found = match("85% of all dykes were inspected")
    assert [(each.claim, each.same) for each in found] == [(same, True), (other, False)]
    assert found[0].score > found[1].score


@pytest.mark.parametrize(
    ("said", "known"),
    [
        ("The Taliban do not control 85% of Afghanistan", TALIBAN),
        ("It isn't true that the Taliban control 85% of Afghanistan", TALIBAN),
        ("The ferry was closed by the council", "The council never closed the ferry."),
    ],
)
def test_a_not_on_one_side_is_a_denial_of_the_same_claim(said, known):
    claim(known)
    [found] = match(said)
    assert (found.same, found.stance) == (True, "denies")


@pytest.mark.parametrize(
    "said",
    [
        "The weather was fine",  # nothing in common
        "Afghanistan beat Bangladesh by six wickets",  # one word in common
        "",
        "the of and",  # words of grammar alone
        "'; DROP TABLE claims_claim; -- \\ & | ! :* <->",
    ],
)
def test_what_repeats_nothing_finds_nothing(said):
    claim(TALIBAN)
    assert match(said) == []
    assert Claim.objects.count() == 1


def test_words_that_count_from_the_day_are_compared_as_dates():
    kept = claim("In February 2026, 85% of the dykes were inspected.")
    said = "Last month 85% of the dykes were inspected"
    assert match(said, date=date(2026, 3, 12))[0].same
    [later] = match(said, date=date(2026, 5, 12))
    assert (later.claim, later.same) == (kept, False)


def test_who_is_on_record_with_a_claim_is_likelier_to_repeat_it():
    speaker = factories.SpeakerFactory()
    kept = claim(TALIBAN)
    said = "The Taliban have taken 85% of the land in Afghanistan"
    before = match(said, speaker)[0].score
    factories.AppearanceFactory(
        claim=kept, quote=factories.QuoteFactory(speaker=speaker), state=MatchState.CONFIRMED
    )
    found = match(said, speaker)[0]
    assert found.score > before
    assert "this speaker is on record with it" in found.reasons
    assert match(said, factories.SpeakerFactory())[0].score == before


def test_only_claims_that_the_caller_may_know_of_are_found():
    hidden, shown = claim(TALIBAN), claim(TALIBAN)
    assert [each.claim for each in match(TALIBAN, among=Claim.objects.exclude(pk=hidden.pk))] == [
        shown
    ]


def test_where_every_word_is_common_the_claims_with_all_of_them_are_found(settings):
    settings.MATCH_WORD_CLAIMS = 3
    for number in range(5):
        claim(f"Prices rose in town {number}.")
        claim(f"Wages fell in town {number}.")
    kept = claim("Prices and wages rose in town.")
    assert match("Prices and wages rose in the town")[0].claim == kept


def test_as_many_queries_for_one_claim_as_for_many(django_assert_num_queries):
    speaker = factories.SpeakerFactory()
    claim(TALIBAN)
    with django_assert_num_queries(3):
        match(TALIBAN, speaker)
    for number in range(30):
        claim(f"The Taliban control 85% of Afghanistan, report {number} says.")
    with django_assert_num_queries(3):
        assert len(match(TALIBAN, speaker)) == 5


def test_a_shelved_claim_is_found_too():
    kept = claim(TALIBAN)
    Claim.objects.filter(pk=kept.pk).update(stage=ClaimStage.SHELVED)
    assert [each.claim for each in match(TALIBAN)] == [kept]
