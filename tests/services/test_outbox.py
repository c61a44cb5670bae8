"""What happens at the desk is told to who wants it and may know of it, with what made it."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.db import connection, transaction
from django.db.utils import DatabaseError
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from claims.choices import EventType, MatchState, WebhookState, WorkState
from claims.models import Claim, OutboxEntry, Quote, WebhookDelivery, WebhookEndpoint
from claims.services import (
    appearances,
    articles,
    bulk,
    claims,
    housekeeping,
    outbox,
    quotes,
    speaker_merging,
)
from claims.services.actors import person
from claims.services.errors import DeskError
from claims.services.webhooks import OFFERED
from tests import factories
from tests.deploy.files import ROOT
from tests.services.documents import document

pytestmark = pytest.mark.django_db


@pytest.fixture
def endpoint(editor):
    """It wants everything, and its owner may see all of the record."""
    return factories.WebhookEndpointFactory(owner=editor, event_types=[t.value for t in OFFERED])


def told() -> list[str]:
    return list(OutboxEntry.objects.order_by("pk").values_list("type", flat=True))


def last() -> dict:
    return OutboxEntry.objects.latest("pk").payload


# --- Which events there are ---------------------------------------------------------------


def test_accepting_a_quote_tells_of_the_quote_and_of_the_claim(endpoint, checker):
    quote = factories.QuoteFactory()
    claim = quotes.accept_as_new_claim(quote, actor=person(checker), text="A sentence.")
    assert told() == ["quote.accepted", "claim.created"]
    assert last()["data"] == {
        "claim": {"id": claim.pk, "version": 1, "href": f"/api/v1/claims/{claim.pk}"}
    }
    assert WebhookDelivery.objects.filter(endpoint=endpoint, state=WorkState.QUEUED).count() == 2


def test_claims_made_by_the_thousand_are_told_of_like_single_ones(endpoint, checker):
    lines = [b'{"text": "One sentence."}', b"no claim", b'{"text": "Another sentence."}']
    made = [outcome.key for outcome in bulk.create_claims(lines, actor=person(checker))]
    assert told() == ["claim.created"] * 2
    assert [each for each in made if each] == list(
        OutboxEntry.objects.order_by("pk").values_list("object_id", flat=True)
    )


def test_rejecting_a_quote_tells(endpoint, reporter):
    quote = quotes.reject(
        factories.QuoteFactory(), actor=person(reporter), reason_code="not_relevant"
    )
    assert told() == ["quote.rejected"]
    assert last()["data"]["quote"]["version"] == quote.version == 2


def test_a_claim_is_repeated_when_a_further_quote_voices_it(endpoint, checker):
    actor = person(checker)
    claim = quotes.accept_as_new_claim(factories.QuoteFactory(), actor=actor, text="A sentence.")
    OutboxEntry.objects.all().delete()
    appearance = quotes.accept_as_appearance(factories.QuoteFactory(), actor=actor, claim=claim)
    assert told() == ["quote.accepted", "claim.repeated"]
    assert last()["data"]["appearance"] == {
        "id": appearance.pk,
        "version": appearance.version,
        "href": f"/api/v1/appearances/{appearance.pk}",
    }
    assert last()["data"]["quote"]["id"] == appearance.quote_id


def test_the_first_quote_of_a_claim_repeats_nothing(endpoint, checker):
    quotes.accept_as_appearance(
        factories.QuoteFactory(), actor=person(checker), claim=factories.ClaimFactory()
    )
    assert told() == ["quote.accepted"]


def test_confirming_a_suggested_appearance_repeats_the_claim_once(endpoint, checker):
    actor = person(checker)
    claim = quotes.accept_as_new_claim(factories.QuoteFactory(), actor=actor, text="A sentence.")
    accepted = factories.QuoteFactory(status="accepted", touched_at=timezone.now())
    suggested = factories.AppearanceFactory(claim=claim, quote=accepted, state=MatchState.SUGGESTED)
    OutboxEntry.objects.all().delete()
    appearances.confirm(suggested, actor=actor)
    appearances.confirm(suggested, actor=actor, stance="denies")
    assert told() == ["claim.repeated"]


def test_a_claim_tells_of_its_way_to_a_correction(endpoint, checker, editor):
    def verdict_of(claim):
        factories.VerdictFactory(
            claim=claim,
            author=checker,
            number=claim.verdicts.count() + 1,
            correction_note="The figure was wrong." if claim.verdicts.exists() else "",
        )
        return claims.submit(claim, actor=person(checker))

    claim = claims.create_claim(text="A sentence.", actor=person(checker), assignee=checker)
    factories.EvidenceFactory(claim=claim)
    claim = verdict_of(claims.start_research(claim, actor=person(checker)))
    claim = claims.send_back(claim, actor=person(editor), comment="Not yet.")
    claim = claims.submit(claim, actor=person(checker))
    claims.publish(claim, actor=person(editor))
    claim = claims.reopen(claim, actor=person(editor), comment="New figures.")
    claims.publish(verdict_of(claim), actor=person(editor))
    claims.retract(claim, actor=person(editor), comment="Wrong after all.")
    assert told() == [
        *("claim.created", "claim.assigned", "claim.submitted", "claim.returned"),
        *("claim.submitted", "claim.published", "verdict.published", "claim.submitted"),
        *("claim.published", "verdict.corrected", "verdict.retracted"),
    ]
    claim.refresh_from_db()
    assert last()["data"]["claim"]["version"] == claim.version
    assigned = OutboxEntry.objects.get(type="claim.assigned")
    assert assigned.payload["data"]["assignee"] == checker.pk


def test_an_article_tells_of_a_new_text_and_of_the_quote_that_it_altered(endpoint, reporter):
    first = articles.store_document(
        document(text="“We hold 85% of the country,” he said on Friday.")
    )
    quote = factories.QuoteFactory(
        article_version=first.version, words="“We hold 85% of the country,”"
    )
    Quote.objects.filter(pk=quote.pk).update(status="accepted", touched_at=timezone.now())
    assert told() == []
    articles.store_document(document(text="“We hold 58% of the country,” he said on Friday."))
    assert sorted(told()) == ["article.changed", "quote.altered"]
    altered = OutboxEntry.objects.get(type="quote.altered").payload["data"]
    assert (altered["quote"]["id"], altered["standing"]) == (quote.pk, "altered")
    changed = OutboxEntry.objects.get(type="article.changed").payload["data"]
    assert (changed["article"]["id"], changed["number"]) == (first.article.pk, 2)


def test_merging_speakers_tells_which_one_is_left(endpoint, editor):
    kept, absorbed = factories.SpeakerFactory(), factories.SpeakerFactory()
    speaker_merging.merge(kept=kept, absorbed=absorbed, actor=person(editor))
    assert told() == ["speaker.merged"]
    assert last()["data"]["speaker"]["id"] == kept.pk
    assert last()["data"]["absorbed"] == absorbed.pk


# --- Who is told --------------------------------------------------------------------------


def made_by(user) -> Claim:
    return claims.create_claim(text="A sentence.", actor=person(user))


@pytest.mark.parametrize(
    "values",
    [
        {"event_types": [EventType.QUOTE_ACCEPTED.value]},
        {"state": WebhookState.PAUSED},
        {"state": WebhookState.DISABLED},
    ],
)
def test_where_nobody_listens_nothing_is_written(endpoint, checker, values):
    WebhookEndpoint.objects.update(**values)
    made_by(checker)
    assert told() == []


def test_with_nobody_to_hear_an_event_costs_one_small_query(checker):
    claim = factories.ClaimFactory()
    with CaptureQueriesContext(connection) as captured, transaction.atomic():
        outbox.emit(EventType.CLAIM_CREATED, claim)
    assert sum("webhookendpoint" in query["sql"] for query in captured) == 1
    assert sum(query["sql"].startswith("SELECT") for query in captured) == 1


@pytest.mark.parametrize("loss", ["role", "account"])
def test_an_owner_who_may_no_longer_manage_webhooks_hears_nothing(endpoint, checker, editor, loss):
    if loss == "role":
        editor.groups.clear()
    else:
        editor.is_active = False
        editor.save()
    made_by(checker)
    assert told() == []


def test_an_embargoed_claim_is_told_of_to_those_who_may_know_of_it(
    endpoint, checker, administrator
):
    other = factories.WebhookEndpointFactory(owner=administrator, event_types=endpoint.event_types)
    claim = factories.ClaimFactory(embargo_until=timezone.now() + timedelta(days=1))
    claims.assign(claim, actor=person(checker), assignee=checker)
    assert [row.endpoint for row in WebhookDelivery.objects.all()] == [endpoint]
    made_by(checker)
    assert WebhookDelivery.objects.filter(endpoint=other).count() == 1


def test_an_event_carries_no_text_of_the_record(endpoint, checker):
    claims.create_claim(text="A very secret sentence.", actor=person(checker))
    assert "secret" not in str(last())


# --- With what made it, or not at all -----------------------------------------------------


def test_what_is_rolled_back_is_not_told(endpoint, checker):
    with transaction.atomic():
        made_by(checker)
        assert told() == ["claim.created"]
        transaction.set_rollback(True)
    assert told() == []
    assert not WebhookDelivery.objects.exists()


def test_what_is_refused_is_not_told(endpoint, reporter):
    with pytest.raises(DeskError):
        claims.start_research(factories.ClaimFactory(), actor=person(reporter))
    quote = factories.QuoteFactory()
    with pytest.raises(DeskError):
        quotes.accept_as_new_claim(quote, actor=person(reporter), text=" ")
    assert told() == []


def test_messages_are_sent_after_the_commit_and_not_to_an_endpoint_that_fails(
    endpoint, checker, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks() as callbacks:
        made_by(checker)
    assert [callback.args[1] for callback in callbacks] == [[WebhookDelivery.objects.get().pk]]
    endpoint.failing_since = timezone.now()
    endpoint.save()
    with django_capture_on_commit_callbacks() as callbacks:
        made_by(checker)
    assert callbacks == []
    assert WebhookDelivery.objects.latest("pk").rung_at is None


def test_an_event_is_never_changed():
    event = factories.OutboxEntryFactory()
    event.payload = {}
    with pytest.raises(DatabaseError), transaction.atomic():
        event.save()


def test_old_events_are_forgotten_with_their_deliveries_unless_they_still_wait(settings):
    done = factories.WebhookDeliveryFactory(
        state=WorkState.DONE, due_at=None, finished_at=timezone.now()
    )
    waiting = factories.WebhookDeliveryFactory()
    settings.WEBHOOK_KEEP_DAYS = 0
    housekeeping.tidy_up()
    assert list(WebhookDelivery.objects.all()) == [waiting]
    assert not OutboxEntry.objects.filter(pk=done.event_id).exists()


def test_every_event_that_is_offered_is_described_for_receivers():
    page = (ROOT / "docs" / "webhooks.md").read_text(encoding="utf-8")
    assert all(f"`{kind.value}`" in page for kind in EventType)


def test_the_permission_is_one_of_editors_and_administrators():
    permission = Permission.objects.get(codename="manage_webhooks")
    roles = permission.group_set.order_by("name").values_list("name", flat=True)
    assert list(roles) == ["Administrator", "Editor"]
