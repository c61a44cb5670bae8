"""Who may open which page and act on it: the whole URLconf against the table permissions.txt.

A page or an action that the table does not know fails, and so does one that is gone. The
message says which lines to write; whether they are right is for a person to judge.
"""

from pathlib import Path

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group, User
from django.db import transaction
from django.template.response import SimpleTemplateResponse
from django.test import Client, RequestFactory
from django.urls import reverse

from tests import factories
from tests.admin.site import pages, rows_of_everything

pytestmark = pytest.mark.django_db

TABLE = Path(__file__).parent / "permissions.txt"
# In the order of the letters: N is staff without a role, S a superuser.
ROLES = {
    "N": None,
    "R": "Reporter",
    "C": "Checker",
    "E": "Editor",
    "A": "Administrator",
    "U": "Auditor",
    "S": "superuser",
}
# Anybody may ask for these; what they tell is no secret, or asks for a token of its own.
PUBLIC = {"home", "login", "logout", "jsi18n", "healthz", "readyz", "metrics"}
# Not the desk's: probes, and what ends the session that the walk is made in.
LEFT_OUT = {"healthz", "readyz", "metrics", "logout"}


@pytest.fixture
def unrendered(monkeypatch):
    """What is asked is who gets an answer; that the answers are well is asked elsewhere."""
    monkeypatch.setattr(SimpleTemplateResponse, "rendered_content", "")
    monkeypatch.setattr(type(admin.site), "each_context", lambda site, request: {})


def member(letter: str) -> User:
    role = ROLES[letter]
    user = factories.UserFactory(username=f"member-{letter}", is_superuser=letter == "S")
    if role and letter != "S":
        user.groups.add(Group.objects.get(name=role))
    return user


def expected() -> dict[str, tuple[str, str]]:
    """Page or action → the letters of who opens it, and of who may post to it."""
    lines = TABLE.read_text(encoding="utf-8").splitlines()
    told = [line.split() for line in lines if line and not line.startswith("#")]
    return {name: (opens, posts) for name, opens, posts in told}


def answered(client, path: str, method: str) -> int:
    """The status of an answer, with whatever it did undone; a redirect to the login is a 403."""
    with transaction.atomic():
        answer = getattr(client, method)(path)
        transaction.set_rollback(True)
    if answer.status_code == 302 and answer["Location"].startswith(reverse("admin:login")):
        return 403
    return answer.status_code


def allowed(client, path: str) -> tuple[bool, bool]:
    """Whether the page opens, and whether it can be posted to."""
    statuses = [answered(client, path, method) for method in ("get", "post")]
    assert max(statuses) < 500, f"{path} breaks: {statuses}"
    opens, posts = (status not in {403, 405} for status in statuses)
    return opens, posts


def test_every_page_opens_for_whom_the_table_says(unrendered):
    rows, table, wrong = rows_of_everything(), expected(), []
    clients = {letter: Client() for letter in ROLES}
    for letter, client in clients.items():
        client.force_login(member(letter))
        client.get(reverse("admin:jsi18n"))  # the session notes the time once, and is kept
    known = [page for page in pages() if page.name not in LEFT_OUT]
    for page in known:
        path = page.path(rows)
        found = {letter: allowed(client, path) for letter, client in clients.items()}
        line = tuple(
            "".join(letter if cells[act] else "-" for letter, cells in found.items())
            for act in (0, 1)
        )
        if table.get(page.name) != line:
            wrong.append(f"{page.name:48} {line[0]:8} {line[1]}")
    gone = {name for name in table if "!" not in name} - {page.name for page in known}
    assert not wrong, f"In {TABLE.name}, if that is how it should be:\n" + "\n".join(wrong)
    assert not gone, f"In {TABLE.name}, no longer there: {gone}"


def test_every_action_of_a_list_is_offered_to_whom_the_table_says():
    table, wrong, seen = expected(), [], set()
    members = {letter: member(letter) for letter in ROLES}
    for model, page in admin.site._registry.items():
        found: dict[str, str] = {}
        for letter, user in members.items():
            request = RequestFactory().get("/")
            request.user = user
            if not page.has_view_or_change_permission(request):
                continue
            for action in page.get_actions(request):
                found[action] = found.get(action, "") + letter
        for action, letters in found.items():
            name = f"{model._meta.label_lower}!{action}"
            seen.add(name)
            line = "".join(letter if letter in letters else "-" for letter in ROLES)
            if table.get(name) != (line, line):
                wrong.append(f"{name:48} {line:8} {line}")
    gone = {name for name in table if "!" in name} - seen
    assert not wrong, f"In {TABLE.name}, if that is how it should be:\n" + "\n".join(wrong)
    assert not gone, f"In {TABLE.name}, no longer there: {gone}"


def test_nobody_gets_past_the_login_without_signing_in():
    rows = rows_of_everything()
    for page in pages():
        if page.name not in PUBLIC:
            opens, posts = allowed(Client(), page.path(rows))
            assert not opens, page
            assert not posts, page


@pytest.mark.parametrize("letter", ROLES)
def test_the_sidebar_leads_nowhere_that_is_closed(letter):
    client = Client()
    client.force_login(member(letter))
    home = client.get(reverse("admin:index"))
    for group in home.context["sidebar_navigation"]:
        for item in group["items"]:
            assert client.get(item["link"]).status_code == 200, item["title"]
