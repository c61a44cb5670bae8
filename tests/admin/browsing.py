"""Headless Chromium for the tests that walk the desk."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.core.signals import request_finished, request_started
from playwright.sync_api import Page, sync_playwright

from tests import factories
from tests.conftest import remake_roles

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PASSWORD = "a-long-pass-word-of-the-tests"

in_chromium = [
    pytest.mark.skipif(not CHROMIUM.exists(), reason=f"{CHROMIUM} is not installed"),
    pytest.mark.django_db(transaction=True),
]


# What the browser refused, asked for with `violations`: listened for before a page begins.
LISTEN = """
window.violations = [];
document.addEventListener("securitypolicyviolation", (event) => window.violations.push(
    `${event.violatedDirective}: ${event.blockedURI} ${event.sample}`));
"""


@pytest.fixture(scope="module")
def _roles_stay(django_db_setup, django_db_blocker) -> Iterator[None]:
    """A live server's tests empty every table; the desk's roles are put back behind them."""
    with pytest.MonkeyPatch.context() as patch:
        # Playwright's loop runs in this thread; the ORM is only used between its steps.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        yield
        with django_db_blocker.unblock():
            remake_roles()


@pytest.fixture(scope="module")
def browser(_static_folder, _roles_stay):
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def staff(transactional_db) -> Callable[[str, str], User]:
    """``staff(username, role)``: somebody who can sign in; "superuser" is a role here."""
    remake_roles()

    def make(username: str, role: str) -> User:
        user = factories.UserFactory(username=username, is_superuser=role == "superuser")
        user.set_password(PASSWORD)
        user.save()
        if role != "superuser":
            user.groups.add(Group.objects.get(name=role))
        return user

    return make


class Requests:
    """How many requests the live server has begun and ended, and when the last of these was."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.open, self.last = 0, time.monotonic()

    def began(self, **_: Any) -> None:
        with self._lock:
            self.open, self.last = self.open + 1, time.monotonic()

    def ended(self, **_: Any) -> None:
        with self._lock:
            self.open, self.last = self.open - 1, time.monotonic()

    def settle(self, quiet: float = 0.2, patience: float = 20.0) -> None:
        """Wait until none is open and none has come for a while.

        A page that is closed tells the desk so, and may do it while the tables are emptied.
        """
        began = time.monotonic()
        while self.open or time.monotonic() - self.last < quiet:
            assert time.monotonic() - began < patience, f"{self.open} requests do not end"
            time.sleep(0.02)


@pytest.fixture
def requests_of_pages() -> Iterator[Requests]:
    """The requests of a test's pages; at its end all of them have ended."""
    counted = Requests()
    request_started.connect(counted.began)
    request_finished.connect(counted.ended)
    yield counted
    counted.settle()
    request_started.disconnect(counted.began)
    request_finished.disconnect(counted.ended)


@pytest.fixture
def signed_in(
    _static_folder, live_server, browser, requests_of_pages
) -> Iterator[Callable[[User], Any]]:
    """``signed_in(user, **options)`` as a context: a page, with options of a browser's context.

    Any error of a script, dialog or breach of the content security policy fails the test.
    """
    errors: list[str] = []

    def dismissed(dialog: Any) -> None:
        errors.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def told(message: Any) -> None:
        if "Content Security Policy" in message.text:
            errors.append(message.text)

    @contextmanager
    def page_of(user: User, **options: Any) -> Iterator[Page]:
        usual = {"viewport": {"width": 1280, "height": 900}, "base_url": live_server.url}
        context = browser.new_context(**{**usual, **options})
        context.add_init_script(LISTEN)
        context.set_default_timeout(20_000)
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("dialog", dismissed)
        page.on("console", told)
        page.goto("/")
        page.get_by_label("Username").fill(user.username)
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Log in").click()
        page.get_by_role("link", name="Notifications").first.wait_for()
        try:
            yield page
        finally:
            context.close()

    yield page_of
    assert errors == []
