"""Several people who ask for a candidate at the same moment."""

import pytest

from claims.models import CandidateHold, Quote
from claims.services import triage
from claims.services.actors import person
from tests import factories


def test_no_two_people_get_the_same_candidate(member, at_once):
    people = [person(member("Reporter")) for _ in range(4)]
    quotes = {factories.QuoteFactory().pk for _ in range(6)}
    taken = at_once(4, lambda number: triage.take_next(actor=people[number]).pk)
    assert len(set(taken)) == 4
    assert set(taken) <= quotes
    assert CandidateHold.objects.count() == 4


@pytest.mark.parametrize("ended", [False, True])
def test_one_candidate_goes_to_one_of_them(member, at_once, ended):
    people = [person(member("Reporter")) for _ in range(4)]
    quote = factories.QuoteFactory()
    if ended:
        old = triage.take(quote.pk, actor=person(member("Editor")))
        assert old
        CandidateHold.objects.update(until=quote.created_at)
    taken = at_once(4, lambda number: triage.take(quote.pk, actor=people[number]))
    assert sorted(taken) == [False, False, False, True]
    hold = CandidateHold.objects.get()
    assert hold.user == people[taken.index(True)].user
    assert Quote.objects.get().status == "candidate"
