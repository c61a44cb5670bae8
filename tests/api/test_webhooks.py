"""Webhooks through the API: set up, changed, stopped, tested; the log and its replay."""

from datetime import timedelta

import pytest
from django.utils import timezone

from claims.choices import EventType, WebhookState, WorkState
from claims.models import IdempotentAnswer, WebhookDelivery, WebhookEndpoint
from claims.services import webhook_delivery
from claims.services.webhook_signing import secret_of
from tests import factories
from tests.receiver import receiving

pytestmark = pytest.mark.django_db

WEBHOOKS, DELIVERIES = "/api/v1/webhooks", "/api/v1/webhook-deliveries"
GIVEN = {
    "name": "Newsletter",
    "url": "https://receiver.example/hook",
    "event_types": ["claim.published", "verdict.corrected"],
}


@pytest.fixture
def client(client_of, editor):
    return client_of(editor, "admin")


@pytest.fixture
def endpoint(editor):
    return factories.WebhookEndpointFactory(owner=editor)


def address(row) -> str:
    base = WEBHOOKS if isinstance(row, WebhookEndpoint) else DELIVERIES
    return f"{base}/{row.pk}"


def act(client, row, name, body=None, **headers):
    tag = client.get(address(row)).headers["ETag"]
    return client.post(
        f"{address(row)}/{name}", body, format="json", headers={"If-Match": tag, **headers}
    )


# --- Setting up ---------------------------------------------------------------------------


def test_an_endpoint_is_set_up_and_its_secret_shown_this_once(client, editor):
    answer = client.post(WEBHOOKS, GIVEN, format="json")
    assert answer.status_code == 201, answer.json()
    made = WebhookEndpoint.objects.get()
    assert answer.json()["secret"] == secret_of(made.secret_seed)
    assert answer["Cache-Control"] == "no-store"
    assert answer["Location"] == address(made) == answer.json()["href"]
    assert (made.owner, answer.json()["owner"]) == (editor, "editor")
    for shown in (client.get(address(made)).json(), client.get(WEBHOOKS).json()["results"][0]):
        assert not {"secret", "secret_seed", "former_seed"} & set(shown)


def test_an_answer_that_is_said_again_holds_no_secret(client):
    first = client.post(WEBHOOKS, GIVEN, format="json", headers={"Idempotency-Key": "one"})
    again = client.post(WEBHOOKS, GIVEN, format="json", headers={"Idempotency-Key": "one"})
    assert first.json()["secret"].startswith("whsec_")
    assert again.json() == {k: v for k, v in first.json().items() if k != "secret"}
    assert "whsec_" not in str(IdempotentAnswer.objects.get().body)
    assert WebhookEndpoint.objects.count() == 1


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("url", "http://receiver.example/"),
        ("url", "https://u:p@receiver.example/"),
        ("url", 5),
        ("url", "https://receiver.example/\0"),
        ("event_types", []),
        ("event_types", ["ping"]),
        ("event_types", ["claim.exploded"]),
        ("event_types", "claim.published"),
        ("event_types", [5]),
        ("event_types", {"0": "claim.published"}),
        ("event_types", ["claim.published"] * 500),
        ("name", ""),
        ("name", None),
        ("name", "a" * 121),
        ("owner", 1),
        ("state", "active"),
        ("secret_seed", "0" * 64),
        ("failing_since", None),
    ],
)
def test_what_cannot_be_right_is_refused_with_a_pointer(client, endpoint, field, value):
    for answer in (
        client.post(WEBHOOKS, {**GIVEN, field: value}, format="json"),
        client.patch(address(endpoint), {field: value}, format="json", headers={"If-Match": "*"}),
    ):
        assert answer.status_code == 400, answer.json()
        assert answer["Content-Type"] == "application/problem+json"
        assert answer.json()["errors"][0]["pointer"].startswith(f"#/{field}")
    assert list(WebhookEndpoint.objects.values_list("url", flat=True)) == [endpoint.url]


def test_a_change_wants_the_version_that_it_is_based_on(client, endpoint):
    body = {"event_types": ["quote.altered"]}
    assert client.patch(address(endpoint), body, format="json").status_code == 428
    tag = client.get(address(endpoint))["ETag"]
    changed = client.patch(address(endpoint), body, format="json", headers={"If-Match": tag})
    assert changed.status_code == 200, changed.json()
    assert changed.json()["event_types"] == ["quote.altered"]
    stale = client.patch(address(endpoint), body, format="json", headers={"If-Match": tag})
    assert stale.status_code == 412


def test_it_is_removed_with_its_log(client, endpoint):
    factories.WebhookDeliveryFactory(endpoint=endpoint)
    assert client.delete(address(endpoint)).status_code == 428
    answer = client.delete(address(endpoint), headers={"If-Match": "*"})
    assert answer.status_code == 204
    assert not WebhookEndpoint.objects.exists()
    assert not WebhookDelivery.objects.exists()


# --- Who may ------------------------------------------------------------------------------


@pytest.mark.parametrize("scope", ["read", "ingest", "triage", "desk"])
def test_all_of_it_wants_the_scope_admin(client_of, editor, endpoint, scope):
    client = client_of(editor, scope)
    assert client.get(WEBHOOKS).status_code == 403
    assert client.get(DELIVERIES).status_code == 403
    assert client.post(WEBHOOKS, GIVEN, format="json").status_code == 403


@pytest.mark.parametrize("role", ["reporter", "checker", "auditor"])
def test_the_role_bounds_the_key(request, client_of, endpoint, role):
    client = client_of(request.getfixturevalue(role))
    assert client.get(WEBHOOKS).status_code == (200 if role == "auditor" else 403)
    assert client.post(WEBHOOKS, GIVEN, format="json").status_code == 403
    headers = {"If-Match": "*"}
    for name in ("pause", "resume", "rotate", "ping"):
        answer = client.post(f"{address(endpoint)}/{name}", headers=headers)
        assert answer.status_code == 403
    assert client.delete(address(endpoint), headers=headers).status_code == 403


def test_another_manager_may_stop_an_endpoint_but_not_turn_it_elsewhere(
    client_of, administrator, endpoint
):
    client = client_of(administrator)
    elsewhere = {"url": "https://me.example/"}
    answer = client.patch(address(endpoint), elsewhere, format="json", headers={"If-Match": "*"})
    assert (answer.status_code, answer.json()["code"]) == (403, "not_allowed")
    assert act(client, endpoint, "rotate").status_code == 403
    assert act(client, endpoint, "pause").status_code == 200


def test_nobody_hears_without_a_key(anybody, settings):
    settings.PUBLIC_READ = True
    assert anybody.get(WEBHOOKS).status_code == 401
    assert anybody.get(DELIVERIES).status_code == 401


# --- Acts ---------------------------------------------------------------------------------


def test_it_is_paused_with_a_reason_and_resumed(client, endpoint):
    paused = act(client, endpoint, "pause", {"reason": "Moving house."}).json()
    assert (paused["state"], paused["state_reason"]) == ("paused", "Moving house.")
    assert act(client, endpoint, "pause").status_code == 409
    assert act(client, endpoint, "ping").json()["code"] == "invalid_transition"
    assert act(client, endpoint, "resume").json()["state"] == "active"


def test_rotating_shows_another_secret(client, endpoint):
    before = secret_of(endpoint.secret_seed)
    rotated = act(client, endpoint, "rotate").json()
    endpoint.refresh_from_db()
    assert rotated["secret"] == secret_of(endpoint.secret_seed) != before
    assert rotated["former_secret_until"]


def test_a_ping_of_a_new_endpoint_arrives_and_stands_in_the_log(client, settings):
    settings.FETCH_ALLOWED_NETWORKS = ["127.0.0.1/32"]
    settings.WEBHOOK_ALLOW_HTTP = True
    with receiving() as receiver:
        made = client.post(WEBHOOKS, {**GIVEN, "url": receiver.url}, format="json").json()
        endpoint = WebhookEndpoint.objects.get()
        pinged = act(client, endpoint, "ping")
        assert (pinged.status_code, pinged.json()["type"]) == (202, "ping")
        webhook_delivery.perform_delivery(pinged.json()["id"])
        (got,) = receiver.received
    assert got.verified(made["secret"]) == pinged.json()["payload"]
    log = client.get(pinged["Location"]).json()
    assert (log["state"], log["last_status"], log["response"]) == ("done", 200, "taken")
    assert log["message_id"] == got.headers["webhook-id"]


def test_what_was_given_up_is_replayed(client, endpoint, django_capture_on_commit_callbacks):
    row = factories.WebhookDeliveryFactory(endpoint=endpoint, state=WorkState.DEAD, due_at=None)
    with django_capture_on_commit_callbacks() as rings:
        answer = act(client, row, "replay")
    assert (answer.status_code, answer.json()["state"]) == (200, "queued")
    assert [ring.args[1] for ring in rings] == [[row.pk]]
    assert act(client, row, "replay").status_code == 409
    assert client.post(f"{address(row)}/replay").status_code == 428
    stale = client.post(f"{address(row)}/replay", headers={"If-Match": answer["ETag"][:1] + '1."'})
    assert stale.status_code == 412
    WebhookEndpoint.objects.update(state=WebhookState.DISABLED)
    assert act(client, row, "replay").status_code == 409


# --- Lists --------------------------------------------------------------------------------


def test_the_log_is_narrowed_down_by_webhook_type_and_state(client, endpoint):
    wanted = factories.WebhookDeliveryFactory(endpoint=endpoint, state="dead", due_at=None)
    factories.WebhookDeliveryFactory(endpoint=endpoint, event__type=EventType.PING)
    factories.WebhookDeliveryFactory(state="dead", due_at=None)
    asked = {"webhook": endpoint.pk, "type": "claim.published", "state": "dead"}
    found = client.get(DELIVERIES, asked).json()["results"]
    assert [row["id"] for row in found] == [wanted.pk]
    assert client.get(DELIVERIES, {"type": "claim.exploded"}).status_code == 400
    assert client.get(DELIVERIES, {"endpoint__owner": 1}).status_code == 400


def test_events_of_claims_that_one_may_not_know_of_are_in_nobody_elses_log(
    client, client_of, administrator, endpoint
):
    claim = factories.ClaimFactory(embargo_until=timezone.now() + timedelta(days=1))
    row = factories.WebhookDeliveryFactory(endpoint=endpoint, event__claim=claim)
    other = client_of(administrator)
    assert other.get(DELIVERIES).json()["results"] == []
    assert other.get(address(row)).status_code == 404
    assert other.post(f"{address(row)}/replay").status_code == 404
    assert client.get(address(row)).status_code == 200


@pytest.mark.parametrize(
    ("path", "make"),
    [
        (WEBHOOKS, factories.WebhookEndpointFactory),
        (DELIVERIES, factories.WebhookDeliveryFactory),
    ],
)
def test_a_list_costs_a_fixed_number_of_queries(client, django_assert_max_num_queries, path, make):
    make.create_batch(3)
    with django_assert_max_num_queries(20) as few:
        client.get(path)
    make.create_batch(20)
    with django_assert_max_num_queries(len(few)):
        client.get(path)


def test_the_events_that_can_be_wanted_are_listed(client):
    listed = client.get(f"{WEBHOOKS}/event-types").json()
    assert {each["type"] for each in listed} == set(EventType.values) - {"ping"}
