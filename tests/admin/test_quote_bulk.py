"""Decisions by the dozen: one service call a quote, one message for all."""

import pytest
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.auth.models import Permission

from claims.choices import QuoteStatus
from claims.models import Claim, Quote
from claims.services import quotes as quote_service
from claims.services.actors import person
from tests import factories
from tests.admin.pages import messages_of, url

pytestmark = pytest.mark.django_db


def run_action(client, name, quotes, **fields):
    ticked = {ACTION_CHECKBOX_NAME: [quote.pk for quote in quotes]}
    return client.post(url(Quote, "changelist"), {"action": name, **ticked, **fields}, follow=True)


def statuses() -> list[str]:
    return list(Quote.objects.order_by("pk").values_list("status", flat=True))


@pytest.fixture
def quotes(db):
    return factories.QuoteFactory.create_batch(3)


def test_rejecting_many_asks_for_the_reason_first(as_reporter, quotes):
    response = run_action(as_reporter, "reject_all", quotes)
    assert "Reject 3 quotes" in response.content.decode()
    assert statuses() == [QuoteStatus.CANDIDATE] * 3


def test_rejecting_many_records_the_reason_on_each(as_reporter, quotes):
    response = run_action(
        as_reporter, "reject_all", quotes, decided=1, reason_code="not_relevant", comment="Sport."
    )
    assert messages_of(response) == ["3 rejected."]
    assert statuses() == [QuoteStatus.REJECTED] * 3
    for quote in quotes:
        decision = quote.decisions.get()
        assert (decision.reason_code, decision.comment) == ("not_relevant", "Sport.")


def test_rejecting_many_without_a_reason_asks_again(as_reporter, quotes):
    response = run_action(as_reporter, "reject_all", quotes, decided=1)
    assert "This field is required" in response.content.decode()
    assert statuses() == [QuoteStatus.CANDIDATE] * 3


def test_accepting_many_makes_a_claim_of_each(as_reporter, quotes):
    response = run_action(as_reporter, "accept_each", quotes)
    assert messages_of(response) == ["3 accepted as new claims."]
    assert statuses() == [QuoteStatus.ACCEPTED] * 3
    assert Claim.objects.count() == 3
    assert all("We have inspected 85% of the dykes" in claim.text for claim in Claim.objects.all())


def test_refusals_are_counted_with_their_reasons_and_the_rest_is_done(as_reporter, editor, quotes):
    quote_service.reject(quotes[1], actor=person(editor), reason_code="duplicate")
    response = run_action(as_reporter, "accept_each", quotes)
    [told] = messages_of(response)
    assert told.startswith("2 accepted as new claims. 1 refused:")
    assert "is rejected and cannot become accepted" in told
    assert statuses() == [QuoteStatus.ACCEPTED, QuoteStatus.REJECTED, QuoteStatus.ACCEPTED]


@pytest.mark.parametrize("action", ["accept_each", "reject_all"])
def test_too_many_at_once_are_refused(as_reporter, quotes, action, monkeypatch):
    monkeypatch.setattr("claims.admin.quotes.MOST_AT_ONCE", 2)
    response = run_action(as_reporter, action, quotes, decided=1, reason_code="duplicate")
    assert messages_of(response) == ["Nothing was changed: choose at most 2 quotes at a time."]
    assert statuses() == [QuoteStatus.CANDIDATE] * 3


@pytest.mark.parametrize("action", ["accept_each", "reject_all"])
def test_a_viewer_is_not_offered_the_actions_nor_obeyed(sign_in, quotes, action):
    viewer = factories.UserFactory()
    viewer.user_permissions.add(Permission.objects.get(codename="view_quote"))
    client = sign_in(viewer)
    assert action not in client.get(url(Quote, "changelist")).content.decode()
    run_action(client, action, quotes, decided=1, reason_code="duplicate")
    assert statuses() == [QuoteStatus.CANDIDATE] * 3
