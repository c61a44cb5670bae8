"""Webhooks: every event arrives at last or stands in the log as given up, signed either way."""

import base64
import json
import socket
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from standardwebhooks import Webhook, WebhookVerificationError

from claims.choices import EventType, NotificationKind, WebhookState, WorkState
from claims.models import Notification, WebhookDelivery, WebhookEndpoint
from claims.services import claims, mailing, outbox, webhook_delivery, webhooks
from claims.services.actors import job, person
from claims.services.errors import InvalidTransition, NotAllowed, NotReady, StaleRow
from claims.services.webhook_signing import secret_of
from tests import factories
from tests.receiver import answering, dripping, huge, receiving, slow

pytestmark = pytest.mark.django_db

ALL = [kind.value for kind in webhooks.OFFERED]


@pytest.fixture(scope="module")
def server():
    with receiving() as running:
        yield running


@pytest.fixture
def receiver(server, settings):
    """It answers 200 until a test says otherwise."""
    settings.FETCH_ALLOWED_NETWORKS = ["127.0.0.1/32"]
    settings.WEBHOOK_ALLOW_HTTP = True
    settings.WEBHOOK_TIMEOUT_SECONDS = 1
    server.received.clear()
    server.followed.clear()
    server.behave = answering(200)
    return server


@pytest.fixture
def made(receiver, editor):
    """The endpoint of an editor, with its secret."""
    return webhooks.create(actor=person(editor), name="Us", url=receiver.url, event_types=ALL)


@pytest.fixture
def endpoint(made):
    return made.endpoint


def emitted(**values) -> WebhookDelivery:
    """An event as the desk makes it, on its way to the one endpoint."""
    outbox.emit(EventType.CLAIM_CREATED, factories.ClaimFactory(**values))
    return WebhookDelivery.objects.latest("pk")


def performed(delivery) -> WebhookDelivery:
    webhook_delivery.perform_delivery(delivery.pk)
    delivery.refresh_from_db()
    return delivery


def tried_until_the_end(delivery, settings) -> WebhookDelivery:
    """Every attempt that the schedule allows, without waiting for its times."""
    for _ in range(len(settings.WEBHOOK_RETRY_AFTER) + 5):
        WebhookDelivery.objects.filter(pk=delivery.pk, state=WorkState.QUEUED).update(
            due_at=timezone.now()
        )
        performed(delivery)
    return delivery


# --- What a receiver gets -----------------------------------------------------------------


def test_an_event_arrives_signed_as_its_receiver_can_verify(made, receiver):
    delivery = performed(emitted())
    assert (delivery.state, delivery.last_status, delivery.response) == ("done", 200, "taken")
    (got,) = receiver.received
    assert got.verified(made.secret) == delivery.event.payload
    assert got.headers["webhook-id"] == delivery.message_id
    assert got.headers["content-type"] == "application/json"
    assert "." not in delivery.message_id
    made.endpoint.refresh_from_db()
    assert made.endpoint.last_success_at is not None
    assert made.endpoint.failing_since is None


def test_a_signature_by_another_secret_or_over_another_body_is_none(made, receiver):
    performed(emitted())
    (got,) = receiver.received
    with pytest.raises(WebhookVerificationError):
        got.verified(secret_of("another"))
    with pytest.raises(WebhookVerificationError):
        Webhook(made.secret).verify(got.body.replace(b"claim", b"quote"), got.headers)


def test_after_a_rotation_both_secrets_verify_until_the_former_ends(
    made, receiver, editor, settings
):
    renewed = webhooks.rotate(made.endpoint, actor=person(editor))
    assert renewed.secret != made.secret
    performed(emitted())
    (got,) = receiver.received
    assert got.verified(made.secret) == got.verified(renewed.secret) == json.loads(got.body)
    WebhookEndpoint.objects.update(former_until=timezone.now() - timedelta(seconds=1))
    performed(emitted())
    got = receiver.received[-1]
    assert got.verified(renewed.secret)
    with pytest.raises(WebhookVerificationError):
        got.verified(made.secret)


def test_the_database_holds_no_secret_and_the_history_no_seed(made, settings):
    stored = str(WebhookEndpoint.objects.values().get())
    assert made.secret not in stored
    assert made.secret.removeprefix("whsec_") not in stored
    assert len(base64.b64decode(made.secret.removeprefix("whsec_"))) == 32
    names = {field.name for field in type(made.endpoint).pgh_event_model._meta.get_fields()}
    assert not names & {"secret_seed", "former_seed", "former_until"}
    seed = made.endpoint.secret_seed
    settings.SECRET_KEY = "x" * 60
    assert secret_of(seed) != made.secret


# --- Receivers in trouble -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("behaviour", "status", "code"),
    [
        (answering(500), 500, "http_500"),
        (answering(404), 404, "http_404"),
        (answering(302, Location="http://10.0.0.1/"), 302, "http_302"),
        (answering(307, Location="/elsewhere"), 307, "http_307"),
        (slow(3), None, "timeout"),
        (lambda request: request.wfile.write(b"SMTP ready\r\n\r\n"), None, "protocol"),
    ],
)
def test_what_is_no_success_is_tried_again_later(endpoint, receiver, behaviour, status, code):
    receiver.behave = behaviour
    delivery = performed(emitted())
    assert (delivery.state, delivery.attempts) == (WorkState.QUEUED, 1)
    assert delivery.last_status == status
    assert delivery.error.startswith(code)
    assert 9 < (delivery.due_at - timezone.now()).total_seconds() < 12
    assert receiver.followed == []
    endpoint.refresh_from_db()
    assert endpoint.failing_since is not None
    assert webhook_delivery.due_deliveries() == []


@pytest.mark.parametrize("behaviour", [huge, dripping])
def test_an_answer_without_end_is_cut_and_its_status_counts(endpoint, receiver, behaviour):
    receiver.behave = behaviour
    delivery = performed(emitted())
    assert (delivery.state, delivery.last_status) == (WorkState.DONE, 200)
    assert 0 < len(delivery.response) <= 2000
    assert delivery.duration_ms < 3000


def test_an_answer_of_any_bytes_is_kept_as_text(endpoint, receiver):
    receiver.behave = answering(200, b"\x00\xff<script>")
    assert "<script>" in performed(emitted()).response


def test_every_event_arrives_at_last_once_a_receiver_is_back(endpoint, settings, server):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    WebhookEndpoint.objects.update(url=f"http://127.0.0.1:{port}/hook")
    deliveries = [performed(emitted()) for _ in range(3)]
    assert {each.state for each in deliveries} == {WorkState.QUEUED}
    assert {each.error.partition(":")[0] for each in deliveries} == {"connect"}
    with receiving(port) as back:
        WebhookDelivery.objects.update(due_at=timezone.now())
        due = webhook_delivery.due_deliveries()
        assert sorted(due) == sorted(each.pk for each in deliveries)
        for each in deliveries:
            performed(each)
    assert {each.state for each in deliveries} == {WorkState.DONE}
    assert {got.headers["webhook-id"] for got in back.received} == {
        each.message_id for each in deliveries
    }
    endpoint.refresh_from_db()
    assert endpoint.failing_since is None


def test_after_the_last_attempt_it_is_given_up_the_endpoint_disabled_its_owner_told(
    endpoint, receiver, settings, editor
):
    receiver.behave = answering(500)
    waiting = emitted()
    delivery = tried_until_the_end(emitted(), settings)
    assert (delivery.state, delivery.attempts) == (WorkState.DEAD, 9)
    assert len(receiver.received) == 9
    assert len({got.headers["webhook-id"] for got in receiver.received}) == 1
    endpoint.refresh_from_db()
    assert endpoint.state == WebhookState.DISABLED
    assert endpoint.state_reason == "Every attempt to deliver an event failed."
    waiting.refresh_from_db()
    assert waiting.state == WorkState.DEAD
    assert waiting.error.startswith("disabled:")
    news = Notification.objects.get(user=editor, kind=NotificationKind.WEBHOOK)
    assert "disabled" in news.text
    outbox.emit(EventType.CLAIM_CREATED, factories.ClaimFactory())
    assert WebhookDelivery.objects.count() == 2


def test_the_attempts_of_one_event_take_a_day(settings):
    waits = [
        webhook_delivery.wait_after(attempt)
        for attempt in range(1, 1 + len(settings.WEBHOOK_RETRY_AFTER))
    ]
    assert timedelta(hours=24) <= sum(waits, timedelta()) <= timedelta(hours=26.4)
    assert waits == sorted(waits)


def test_one_event_that_is_refused_while_others_arrive_leaves_the_endpoint_active(
    endpoint, receiver, settings
):
    refused = emitted()
    performed(emitted())
    receiver.behave = answering(500)
    assert tried_until_the_end(refused, settings).state == WorkState.DEAD
    endpoint.refresh_from_db()
    assert endpoint.state == WebhookState.ACTIVE
    assert "refused one" in Notification.objects.get().text


def test_410_disables_at_once(endpoint, receiver):
    receiver.behave = answering(410)
    delivery = performed(emitted())
    assert (delivery.state, delivery.attempts) == (WorkState.DEAD, 1)
    endpoint.refresh_from_db()
    assert (endpoint.state, endpoint.state_reason) == ("disabled", "It answered 410 Gone.")


@pytest.mark.parametrize(("asked", "hours"), [("7200", 2), ("99999999", 24), ("soon", 0)])
def test_a_receiver_may_ask_for_patience_up_to_a_day(endpoint, receiver, asked, hours):
    receiver.behave = answering(429, Retry_After=asked)
    delivery = performed(emitted())
    wait = (delivery.due_at - timezone.now()).total_seconds()
    assert hours * 3600 - 5 < wait < hours * 3600 + 15


@pytest.mark.parametrize(
    ("url", "code"),
    [("http://10.0.0.1/", "forbidden_address"), ("http://127.0.0.1:22/", "forbidden_address")],
)
def test_no_private_address_and_no_other_protocol_is_posted_to(endpoint, settings, url, code):
    settings.FETCH_ALLOWED_NETWORKS = ["127.0.0.1/32"]
    WebhookEndpoint.objects.update(url=url)
    assert performed(emitted()).error.startswith(code)


def test_localhost_is_private_unless_a_setting_opens_it(endpoint, receiver, settings):
    settings.FETCH_ALLOWED_NETWORKS = []
    assert performed(emitted()).error.startswith("forbidden_address")
    assert receiver.received == []


def test_an_endpoint_that_is_down_keeps_no_other_waiting(endpoint, settings):
    settings.WEBHOOK_DELIVERIES_PER_SWEEP = 2
    for _ in range(5):
        factories.WebhookDeliveryFactory(endpoint=endpoint)
    other = factories.WebhookDeliveryFactory()
    due = webhook_delivery.due_deliveries()
    assert len(due) == 3
    assert other.pk in due


def test_workers_killed_at_every_attempt_end_in_giving_up(endpoint, settings):
    delivery = emitted()
    WebhookDelivery.objects.update(
        attempts=9,
        state=WorkState.RUNNING,
        lease_token="3f1c0d6a-0e5c-4a55-a1d2-b8f9c7e60b1d",
        due_at=timezone.now(),
    )
    assert webhook_delivery.due_deliveries() == []
    delivery.refresh_from_db()
    assert (delivery.state, delivery.error[:7]) == (WorkState.DEAD, "killed:")
    endpoint.refresh_from_db()
    assert endpoint.state == WebhookState.DISABLED


def test_an_embargo_that_is_put_on_later_holds_an_event_back(endpoint, receiver, administrator):
    WebhookEndpoint.objects.update(owner=administrator)
    delivery = emitted()
    claim = delivery.event.claim
    claim.embargo_until = timezone.now() + timedelta(days=1)
    claim.save()
    assert performed(delivery).state == WorkState.DEAD
    assert delivery.error.startswith("withheld")
    assert receiver.received == []


def test_an_owner_without_the_permission_is_delivered_to_no_more(endpoint, receiver, editor):
    delivery = emitted()
    editor.groups.clear()
    assert performed(delivery).state == WorkState.DEAD
    endpoint.refresh_from_db()
    assert endpoint.state == WebhookState.DISABLED
    assert receiver.received == []


# --- What people do -----------------------------------------------------------------------


def test_pausing_keeps_what_waits_and_resuming_sends_it(endpoint, receiver, editor):
    waiting = emitted()
    webhooks.pause(endpoint, actor=person(editor), reason="Moving house.")
    assert outbox.emit(EventType.CLAIM_CREATED, factories.ClaimFactory()) is None
    assert performed(waiting).state == WorkState.QUEUED
    assert webhook_delivery.due_deliveries() == []
    endpoint = webhooks.resume(endpoint, actor=person(editor))
    assert webhook_delivery.due_deliveries() == [waiting.pk]
    assert performed(waiting).state == WorkState.DONE


def test_a_delivery_that_was_begun_before_the_pause_is_parked(endpoint, receiver):
    delivery = emitted()
    WebhookEndpoint.objects.update(state=WebhookState.PAUSED)
    assert performed(delivery).due_at is None
    assert (delivery.state, delivery.attempts) == (WorkState.QUEUED, 0)
    assert receiver.received == []


def test_whoever_manages_webhooks_may_stop_one_and_its_owner_is_told(
    endpoint, administrator, editor
):
    webhooks.pause(endpoint, actor=person(administrator), reason="Too many errors.")
    assert Notification.objects.get(user=editor).text.endswith("was paused: Too many errors.")
    webhooks.resume(endpoint, actor=person(administrator))
    with pytest.raises(InvalidTransition):
        webhooks.resume(endpoint, actor=person(administrator))


def test_only_its_owner_says_where_events_go_and_how_they_are_signed(endpoint, administrator):
    """Else whoever manages webhooks would hear what only the owner may know of."""
    with pytest.raises(NotAllowed):
        webhooks.change(endpoint, actor=person(administrator), changes={"url": "https://me.test/"})
    with pytest.raises(NotAllowed):
        webhooks.rotate(endpoint, actor=person(administrator))


@pytest.mark.parametrize("role", ["reporter", "checker", "auditor"])
def test_others_may_do_nothing_with_webhooks(request, endpoint, role):
    actor = person(request.getfixturevalue(role))
    delivery = factories.WebhookDeliveryFactory(endpoint=endpoint)
    for act in (webhooks.pause, webhooks.resume, webhooks.rotate, webhooks.ping):
        with pytest.raises(NotAllowed):
            act(endpoint, actor=actor)
    with pytest.raises(NotAllowed):
        webhooks.create(actor=actor, name="Mine", url="https://me.test/", event_types=ALL)
    with pytest.raises(NotAllowed):
        webhooks.replay(delivery, actor=actor)
    with pytest.raises(NotAllowed):
        webhooks.pause(endpoint, actor=job("somebody"))


def test_a_change_over_somebody_elses_is_refused(endpoint, editor):
    version = endpoint.version
    webhooks.change(endpoint, actor=person(editor), changes={"name": "Ours"})
    with pytest.raises(StaleRow):
        webhooks.change(
            endpoint, actor=person(editor), changes={"name": "Mine"}, expected_version=version
        )


def test_a_delivery_does_not_make_an_open_form_stale(endpoint, receiver):
    version = WebhookEndpoint.objects.get().version
    performed(emitted())
    assert WebhookEndpoint.objects.get().version == version


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("url", "http://receiver.example/"),
        ("url", "ftp://receiver.example/"),
        ("url", "https://user:password@receiver.example/"),
        ("url", "https://receiver.example/" + "a" * 2000),
        ("url", ""),
        ("event_types", []),
        ("event_types", ["claim.exploded"]),
        ("event_types", ["ping"]),
        ("name", "  "),
        ("state", "active"),
        ("owner", 1),
    ],
)
def test_what_cannot_be_right_is_refused_with_its_field(endpoint, editor, settings, field, value):
    settings.WEBHOOK_ALLOW_HTTP = False
    with pytest.raises(ValidationError) as refused:
        webhooks.change(endpoint, actor=person(editor), changes={field: value})
    assert field in refused.value.message_dict


def test_there_are_only_so_many_endpoints(endpoint, editor, settings):
    settings.WEBHOOK_ENDPOINTS_MAX = 1
    with pytest.raises(NotReady):
        webhooks.create(actor=person(editor), name="More", url="https://me.test/", event_types=ALL)


def test_a_ping_arrives_whatever_the_endpoint_wants(made, receiver, editor):
    WebhookEndpoint.objects.update(event_types=["quote.altered"])
    performed(webhooks.ping(made.endpoint, actor=person(editor)))
    (got,) = receiver.received
    assert got.verified(made.secret)["type"] == "ping"


def test_a_replay_has_the_id_of_the_first_attempt(endpoint, receiver, editor, settings):
    delivery = performed(emitted())
    webhooks.replay(delivery, actor=person(editor))
    performed(delivery)
    first, second = receiver.received
    assert first.headers["webhook-id"] == second.headers["webhook-id"]
    WebhookDelivery.objects.update(state=WorkState.QUEUED, due_at=timezone.now())
    with pytest.raises(InvalidTransition):
        webhooks.replay(delivery, actor=person(editor))


def test_what_was_given_up_is_replayed_once_the_endpoint_is_resumed(endpoint, receiver, editor):
    receiver.behave = answering(410)
    delivery = performed(emitted())
    with pytest.raises(InvalidTransition):
        webhooks.replay(delivery, actor=person(editor))
    receiver.behave = answering(200)
    webhooks.resume(endpoint, actor=person(editor))
    webhooks.replay(delivery, actor=person(editor))
    assert performed(delivery).state == WorkState.DONE


def test_the_owner_is_mailed_with_a_link_to_the_webhook(endpoint, receiver, mailoutbox, settings):
    settings.DESK_URL = "https://desk.example/"
    receiver.behave = answering(410)
    performed(emitted())
    mailing.send_due()
    assert f"/webhookendpoint/{endpoint.pk}/change/" in mailoutbox[0].body


def test_a_claim_of_the_desk_arrives(made, receiver, checker):
    claim = claims.create_claim(text="A sentence.", actor=person(checker))
    performed(WebhookDelivery.objects.get())
    event = receiver.received[0].verified(made.secret)
    assert (event["type"], event["data"]["claim"]["id"]) == ("claim.created", claim.pk)
