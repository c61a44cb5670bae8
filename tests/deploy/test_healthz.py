"""/healthz: what a health check sees. The database being down is in test_web.py."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("application/json", "application/json"),
        ("text/plain", "text/plain; charset=utf-8"),
        ("text/html", "text/html; charset=utf-8"),
        ("*/*", "text/html; charset=utf-8"),  # what curl and most probes send
    ],
)
def test_a_healthy_desk_says_so_in_the_form_asked_for(client, accept, kind):
    response = client.get("/healthz", headers={"accept": accept})
    assert response.status_code == 200
    assert response["Content-Type"] == kind
    assert "no-store" in response["Cache-Control"]


def test_nobody_has_to_log_in_for_it(client):
    response = client.get("/healthz", headers={"accept": "application/json"})
    assert response.json() == {"Database(alias='default')": "OK"}


def test_it_is_not_redirected_to_https_where_everything_else_is(settings):
    settings.SECURE_SSL_REDIRECT = True
    client = Client()
    assert client.get("/healthz").status_code == 200
    assert client.get("/admin/login/").status_code == 301


def test_a_check_under_a_strange_name_is_refused_like_any_request(settings):
    settings.ALLOWED_HOSTS = ["desk.example.org"]
    client = Client()
    assert client.get("/healthz", headers={"host": "10.0.0.7"}).status_code == 400
    assert client.get("/healthz", headers={"host": "desk.example.org"}).status_code == 200
