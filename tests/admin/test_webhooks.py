"""Webhooks in the admin: the secret shown once, the buttons, the log with its replay."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from claims.choices import NotificationKind, WebhookState, WorkState
from claims.models import OutboxEntry, WebhookDelivery, WebhookEndpoint
from claims.services import notifications
from claims.services.webhook_signing import secret_of
from tests import factories
from tests.admin.pages import url

pytestmark = pytest.mark.django_db

GIVEN = {
    "name": "Newsletter",
    "url": "https://Receiver.example/hook",
    "event_types": ["claim.published", "verdict.corrected"],
    "description": "",
}


@pytest.fixture
def as_editor(sign_in, editor):
    return sign_in(editor)


@pytest.fixture
def endpoint(editor):
    return factories.WebhookEndpointFactory(owner=editor)


def button(endpoint, name: str) -> str:
    return reverse("admin:claims_webhookendpoint_move", args=[endpoint.pk, name])


def test_a_webhook_is_added_and_its_secret_shown_this_once(as_editor, editor):
    answer = as_editor.post(url(WebhookEndpoint, "add"), GIVEN)
    endpoint = WebhookEndpoint.objects.get()
    secret = secret_of(endpoint.secret_seed)
    assert re.findall(r"whsec_[\w+/=]+", answer.content.decode()) == [secret]
    assert "no-store" in answer["Cache-Control"]
    assert (endpoint.owner, endpoint.url) == (editor, "https://receiver.example/hook")
    for page in ("change", "history"):
        shown = as_editor.get(url(WebhookEndpoint, page, endpoint.pk)).content.decode()
        assert "whsec_" not in shown
        assert endpoint.secret_seed not in shown


@pytest.mark.parametrize(
    ("field", "value"),
    [("url", "http://receiver.example/"), ("url", "nowhere"), ("event_types", []), ("name", "")],
)
def test_what_cannot_be_right_is_said_at_its_field(as_editor, field, value):
    answer = as_editor.post(url(WebhookEndpoint, "add"), {**GIVEN, field: value})
    assert answer.context["form"].errors[field]
    assert not WebhookEndpoint.objects.exists()


def test_when_there_are_too_many_the_form_says_so(as_editor, endpoint, settings):
    settings.WEBHOOK_ENDPOINTS_MAX = 1
    answer = as_editor.post(url(WebhookEndpoint, "add"), GIVEN)
    assert "1 webhooks already" in answer.content.decode()


def test_its_owner_changes_it_and_a_stale_form_is_refused(as_editor, endpoint):
    path = url(WebhookEndpoint, "change", endpoint.pk)
    given = {**GIVEN, "version": endpoint.version}
    assert as_editor.post(path, given).status_code == 302
    endpoint.refresh_from_db()
    assert endpoint.event_types == GIVEN["event_types"]
    stale = as_editor.post(path, {**given, "name": "Other"})
    assert "changed by somebody else" in stale.content.decode()


def test_another_manager_sees_it_and_may_stop_it_but_not_turn_it_elsewhere(
    sign_in, administrator, endpoint
):
    client = sign_in(administrator)
    path = url(WebhookEndpoint, "change", endpoint.pk)
    page = client.get(path).content.decode()
    assert "Pause" in page
    assert "Rotate the secret" not in page
    assert client.post(path, {**GIVEN, "version": endpoint.version}).status_code == 403
    rotate = reverse("admin:claims_webhookendpoint_rotate", args=[endpoint.pk])
    assert client.post(rotate).status_code == 403
    client.post(button(endpoint, "pause"), {"reason": "Too many errors."})
    endpoint.refresh_from_db()
    assert (endpoint.state, endpoint.state_reason) == (WebhookState.PAUSED, "Too many errors.")


def test_rotating_shows_the_new_secret_and_until_when_the_former_signs(as_editor, endpoint):
    answer = as_editor.post(reverse("admin:claims_webhookendpoint_rotate", args=[endpoint.pk]))
    endpoint.refresh_from_db()
    page = answer.content.decode()
    assert secret_of(endpoint.secret_seed) in page
    assert "signed with the former secret too" in page


def test_a_test_event_is_queued_and_a_paused_one_says_why_not(as_editor, endpoint):
    as_editor.post(button(endpoint, "ping"))
    assert WebhookDelivery.objects.get().event.type == "ping"
    as_editor.post(button(endpoint, "pause"))
    answer = as_editor.post(button(endpoint, "ping"), follow=True)
    assert "resume it first" in answer.content.decode()
    as_editor.post(button(endpoint, "resume"))
    endpoint.refresh_from_db()
    assert endpoint.state == WebhookState.ACTIVE


def test_given_up_deliveries_are_sent_again_from_list_and_page(as_editor, endpoint):
    rows = [
        factories.WebhookDeliveryFactory(endpoint=endpoint, state=WorkState.DEAD, due_at=None)
        for _ in range(2)
    ]
    as_editor.post(
        url(WebhookDelivery, "changelist"),
        {"action": "replay_each", "_selected_action": [rows[0].pk]},
    )
    as_editor.post(reverse("admin:claims_webhookdelivery_replay", args=[rows[1].pk]))
    assert set(WebhookDelivery.objects.values_list("state", flat=True)) == {WorkState.QUEUED}


def test_the_log_narrows_down_and_shows_what_was_posted_and_answered(as_editor, endpoint):
    row = factories.WebhookDeliveryFactory(
        endpoint=endpoint, last_status=500, response="<b>Oh no</b>", duration_ms=12
    )
    factories.WebhookDeliveryFactory()
    path = url(WebhookDelivery, "changelist")
    listed = as_editor.get(path, {"endpoint__id__exact": endpoint.pk}).context["cl"].queryset
    assert list(listed) == [row]
    assert len(as_editor.get(path, {"event__type__exact": "ping"}).context["cl"].queryset) == 0
    page = as_editor.get(url(WebhookDelivery, "change", row.pk)).content.decode()
    assert row.message_id in page
    assert "&lt;b&gt;Oh no" in page


def test_the_log_hides_events_of_claims_that_one_may_not_know_of(
    sign_in, administrator, editor, endpoint
):
    claim = factories.ClaimFactory(embargo_until=timezone.now() + timedelta(days=1))
    row = factories.WebhookDeliveryFactory(endpoint=endpoint, event__claim=claim)
    path = url(WebhookDelivery, "changelist")
    assert list(sign_in(administrator).get(path).context["cl"].queryset) == []
    assert list(sign_in(editor).get(path).context["cl"].queryset) == [row]
    assert OutboxEntry.objects.count() == 1


def test_news_of_a_webhook_leads_to_it(as_editor, editor, endpoint):
    (row,) = notifications.notify(
        [editor], kind=NotificationKind.WEBHOOK, text="It was disabled.", endpoint=endpoint
    )
    assert "It was disabled." in as_editor.get(reverse("admin:claims_news")).content.decode()
    answer = as_editor.get(reverse("admin:claims_news_open", args=[row.pk]))
    assert answer["Location"] == url(WebhookEndpoint, "change", endpoint.pk)


@pytest.mark.parametrize(("role", "listed"), [("reporter", False), ("editor", True)])
def test_the_pipeline_shows_deliveries_to_those_who_may_open_them(
    request, sign_in, endpoint, role, listed
):
    factories.WebhookDeliveryFactory(endpoint=endpoint, state=WorkState.DEAD, due_at=None)
    client = sign_in(request.getfixturevalue(role))
    page = client.get(reverse("admin:claims_pipeline")).content.decode()
    assert ("Telling webhooks" in page) == listed
    assert (endpoint.name in page) == listed
