"""The list of hosts says how each is treated; editors may release one and have its file read."""

from datetime import timedelta

import pytest
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.utils import timezone

from claims.models import Host
from tests import factories
from tests.admin.pages import messages_of, url

pytestmark = pytest.mark.django_db


@pytest.fixture
def held(db):
    return factories.HostFactory(
        name="held.example",
        held_until=timezone.now() + timedelta(hours=1),
        robots="User-agent: *\nDisallow: /<script>alert(1)</script>",
        robots_status=200,
        robots_fetched_at=timezone.now(),
    )


def act(client, action, *hosts):
    return client.post(
        url(Host, "changelist"),
        {"action": action, ACTION_CHECKBOX_NAME: [host.pk for host in hosts]},
        follow=True,
    )


def test_the_list_says_how_a_host_stands(as_reporter, held):
    factories.HostFactory(name="broken.example", robots_status=503)
    factories.HostFactory(name="fine.example", robots_status=404)
    page = as_reporter.get(url(Host, "changelist")).content.decode()
    for word in ("Held", "Out of order", "Free"):
        assert word in page
    only = as_reporter.get(url(Host, "changelist"), {"held": "yes"}).content.decode()
    assert "held.example" in only
    assert "fine.example" not in only


def test_the_page_shows_the_rules_as_text(as_reporter, held):
    page = as_reporter.get(url(Host, "change", held.pk)).content.decode()
    assert "Disallow: /&lt;script&gt;" in page


def test_an_editor_releases_a_host_and_has_its_file_read_again(as_editor, held):
    other = factories.HostFactory()
    assert messages_of(act(as_editor, "release", held, other)) == ["Released: 1."]
    act(as_editor, "read_robots_again", held)
    held.refresh_from_db()
    assert (held.held_until, held.robots_fetched_at) == (None, None)
    assert held.robots


@pytest.mark.parametrize("role", ["reporter", "checker"])
def test_others_may_look_only(request, sign_in, role, held):
    client = sign_in(request.getfixturevalue(role))
    assert "read_robots_again" not in client.get(url(Host, "changelist")).content.decode()
    act(client, "release", held)
    held.refresh_from_db()
    assert held.held_until
