"""History that nobody alters quietly: each change leaves an event that says who made it."""

from uuid import uuid4

import pghistory
import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.db import connection
from django.http import HttpResponse
from django.test import override_settings
from django.urls import path

from claims.models import Claim, Feed, Quote, Topic
from tests import factories
from tests.models.test_factories import WITHOUT_HISTORY
from tests.models.writing import by_queryset, every_way, execute, refused

pytestmark = pytest.mark.django_db

TRACKED = [
    model
    for model in apps.get_app_config("claims").get_models()
    if not model.__name__.endswith("Event")
]
EVENTS = [
    model
    for model in apps.get_app_config("claims").get_models()
    if model.__name__.endswith("Event")
]


def events(model, **conditions):
    event = apps.get_model("claims", f"{model.__name__}Event")
    return event.objects.filter(**conditions).order_by("pgh_id")


def labels(model, **conditions):
    return list(events(model, **conditions).values_list("pgh_label", flat=True))


def test_every_model_has_a_history_but_caches_and_clocks():
    kept = {f"{model.__name__}Event" for model in TRACKED if model not in WITHOUT_HISTORY}
    assert kept == {event.__name__ for event in EVENTS}


@every_way
def test_a_change_leaves_an_event_with_the_row_as_it_became(write):
    claim = factories.ClaimFactory(text="At first.")
    write(claim, text="Then.")
    assert list(events(Claim).values_list("pgh_label", "text", "version")) == [
        ("insert", "At first.", 1),
        ("update", "Then.", 2),
    ]


def test_bulk_statements_leave_an_event_a_row():
    Topic.objects.bulk_create(Topic(name=f"T{n}", slug=f"t{n}") for n in range(3))
    execute("UPDATE claims_topic SET name = name || '!'")
    Topic.objects.all().delete()
    assert labels(Topic) == ["insert"] * 3 + ["update"] * 3 + ["delete"] * 3


def test_raw_sql_leaves_events():
    execute(
        "INSERT INTO claims_topic (name, slug, version, created_at, updated_at) "
        "VALUES ('Rivers', 'rivers', 1, now(), now())"
    )
    execute("UPDATE claims_topic SET name = 'Streams'")
    execute("DELETE FROM claims_topic")
    assert list(events(Topic).values_list("pgh_label", "name")) == [
        ("insert", "Rivers"),
        ("update", "Streams"),
        ("delete", "Streams"),
    ]


def test_an_update_that_changes_nothing_leaves_no_event():
    factories.TopicFactory()
    execute("UPDATE claims_topic SET name = name")
    assert labels(Topic) == ["insert"]


def test_filing_a_claim_under_a_topic_has_a_history_as_well():
    claim, topic = factories.ClaimFactory(), factories.TopicFactory()
    claim.topics.add(topic)
    claim.topics.clear()
    event = apps.get_model("claims", "ClaimTopicEvent")
    assert list(event.objects.order_by("pgh_id").values_list("pgh_label", "claim", "topic")) == [
        ("insert", claim.pk, topic.pk),
        ("delete", claim.pk, topic.pk),
    ]


def test_a_text_is_not_repeated_in_the_history_of_its_version():
    factories.ArticleVersionFactory()
    event = events(apps.get_model("claims", "ArticleVersion")).get()
    assert not hasattr(event, "text")
    assert event.sha256


def test_the_clock_of_a_feed_leaves_no_event():
    feed = factories.FeedFactory()
    by_queryset(feed, next_poll_at=feed.created_at)
    by_queryset(feed, leased_until=feed.created_at, lease_token=uuid4())
    assert labels(Feed) == ["insert"]
    by_queryset(feed, failures=3, last_error="410 Gone")
    assert labels(Feed) == ["insert", "update"]


@every_way
def test_an_event_carries_the_acting_user_or_job(write):
    user = factories.UserFactory()
    with pghistory.context(user=user.pk):
        claim = factories.ClaimFactory()
    with pghistory.context(job="match_claims", run=7):
        write(claim, priority="high")
    inserted, updated = events(Claim)
    assert inserted.pgh_context == {"user": user.pk}
    assert updated.pgh_context == {"job": "match_claims", "run": 7}
    assert inserted.pgh_context_id != updated.pgh_context_id


def test_a_change_without_context_is_told_apart():
    factories.ClaimFactory()
    assert events(Claim).get().pgh_context is None


def add_topic(request):
    Topic.objects.create(name="Rivers", slug="rivers")
    return HttpResponse()


urlpatterns = [path("topics", add_topic)]


@override_settings(ROOT_URLCONF=__name__)
def test_a_request_is_recorded_with_its_user(client, settings, tmp_path):
    settings.STATIC_ROOT = tmp_path
    user = factories.UserFactory()
    client.force_login(user)
    client.post("/topics")
    context = events(Topic).get().pgh_context
    assert context["user"] == user.pk
    assert context["url"] == "/topics"


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: event.__name__)
def test_an_event_can_be_neither_changed_nor_deleted(event):
    name = event.__name__.removesuffix("Event")
    if name == "ClaimTopic":
        factories.ClaimFactory().topics.add(factories.TopicFactory())
    else:
        getattr(factories, f"{name}Factory")()
    row = event.objects.latest("pgh_id")
    table = event._meta.db_table
    with refused("Cannot update"):
        event.objects.filter(pk=row.pk).update(pgh_label="nothing")
    with refused("Cannot update"):
        execute(f"UPDATE {table} SET pgh_context = '{{\"user\": 1}}'")
    with refused("Cannot (update or )?delete"):
        row.delete()
    with refused("Cannot (update or )?delete"):
        execute(f"DELETE FROM {table}")


def test_the_history_outlives_its_row():
    quote = factories.QuoteFactory()
    key = quote.pk
    quote.delete()
    assert labels(Quote, pgh_obj_id=key) == ["insert", "delete"]


def test_a_user_who_is_deleted_leaves_the_history_of_what_they_did():
    user = factories.UserFactory()
    claim = factories.ClaimFactory(created_by=user)
    key = user.pk
    User.objects.filter(pk=key).delete()
    assert labels(Claim, pgh_obj_id=claim.pk) == ["insert", "update"]
    assert events(Claim).first().created_by_id == key


@pytest.mark.django_db
def test_no_trigger_has_to_fail_to_learn_that_it_is_not_ignored():
    # Unset, the question costs a subtransaction that is rolled back, for each row and trigger.
    with connection.cursor() as cursor:
        cursor.execute("SHOW pgtrigger.ignore")
        assert cursor.fetchone() == ("{}",)
