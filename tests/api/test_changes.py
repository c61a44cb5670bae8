"""The change feed through the API: cursors that a script keeps, and what it is told."""

import pytest
from rest_framework.test import APIClient

from claims.models import ChangeEpoch
from claims.services.changes import begin_new_life
from tests import factories


@pytest.fixture
def feed(committed, client_of, editor):
    """A client, and the cursor of now."""
    client = client_of(editor)
    cursor = None
    while True:
        page = client.get("/api/v1/changes", {"since": cursor} if cursor else {}).json()
        cursor = page["cursor"]
        if page["caught_up"]:
            return client, cursor


def read(client, **parameters):
    answer = client.get("/api/v1/changes", parameters)
    assert answer.status_code == 200, answer.json()
    return answer.json()


def test_a_script_is_told_what_came_changed_and_went(feed):
    client, cursor = feed
    topic = factories.TopicFactory()
    key = topic.pk
    topic.name = "Rivers"
    topic.save()
    first = read(client, since=cursor)
    assert [(c["resource"], c["id"], c["kind"], c["href"]) for c in first["changes"]] == [
        ("topics", key, "created", f"/api/v1/topics/{key}"),
        ("topics", key, "updated", f"/api/v1/topics/{key}"),
    ]
    assert client.get(first["changes"][0]["href"]).json()["name"] == "Rivers"
    topic.delete()
    (gone,) = client.get(first["next"]).json()["changes"]
    assert (gone["id"], gone["kind"], gone["href"]) == (key, "deleted", None)


def test_every_address_of_a_change_is_one_of_the_api(feed):
    client, cursor = feed
    factories.AppearanceFactory()
    factories.ClaimLinkFactory()
    factories.EvidenceFactory()
    factories.VerdictFactory()
    factories.DecisionFactory()
    factories.FeedFactory()
    factories.ExtractionRunFactory()
    factories.TopicFactory()
    told = read(client, since=cursor, limit=500)["changes"]
    addresses = {change["resource"]: change["href"] for change in told}
    assert len(addresses) >= 15
    for address in addresses.values():
        assert client.get(address).status_code == 200, address


def test_pages_follow_each_other_by_next(feed):
    client, cursor = feed
    keys = [factories.TopicFactory().pk for _ in range(5)]
    page = read(client, since=cursor, limit=2)
    found = [change["id"] for change in page["changes"]]
    while not page["caught_up"]:
        page = client.get(page["next"]).json()
        assert len(page["changes"]) <= 2
        found += [change["id"] for change in page["changes"]]
    assert found == keys


def test_where_nothing_happened_the_answer_is_304(feed):
    client, cursor = feed
    answer = client.get("/api/v1/changes", {"since": cursor})
    again = client.get("/api/v1/changes", {"since": cursor}, HTTP_IF_NONE_MATCH=answer["ETag"])
    assert again.status_code == 304


def test_resources_narrow_it_down_to_what_the_role_may_see(feed):
    client, cursor = feed
    factories.TopicFactory()
    claim = factories.ClaimFactory()
    assert [c["id"] for c in read(client, since=cursor, resource="claims,quotes")["changes"]] == [
        claim.pk
    ]
    nobody = APIClient()
    nobody.force_login(factories.UserFactory())
    assert nobody.get("/api/v1/changes", {"resource": "claims"}).status_code == 403
    assert read(nobody, since=cursor)["changes"] == []


@pytest.mark.parametrize(
    ("parameters", "pointed"),
    [
        ({"since": "nonsense"}, "since"),
        ({"since": "a:b:c"}, "since"),
        ({"since": ""}, "since"),
        ({"limit": "0"}, "limit"),
        ({"limit": "501"}, "limit"),
        ({"limit": "x"}, "limit"),
        ({"resource": "users"}, "resource"),
        ({"resource": ""}, "resource"),
    ],
)
@pytest.mark.django_db
def test_what_makes_no_sense_is_refused_with_its_place(client_of, editor, parameters, pointed):
    answer = client_of(editor).get("/api/v1/changes", parameters)
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["parameter"] == pointed


def test_after_a_restore_the_cursor_is_gone(feed):
    client, cursor = feed
    begin_new_life()
    answer = client.get("/api/v1/changes", {"since": cursor})
    assert (answer.status_code, answer.json()["code"]) == (410, "cursor_expired")
    assert ChangeEpoch.objects.count() == 1


@pytest.mark.django_db
def test_it_needs_a_key(anybody):
    assert anybody.get("/api/v1/changes").status_code == 401
