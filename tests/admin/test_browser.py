"""Headless Chromium walks the desk: from login to a claim made of a candidate."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.models import Group
from playwright.sync_api import sync_playwright

from claims.choices import QuoteStatus
from claims.models import Claim, Quote
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

pytestmark = [
    pytest.mark.skipif(not CHROMIUM.exists(), reason=f"{CHROMIUM} is not installed"),
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture(scope="session", autouse=True)
def _static_folder() -> None:
    """The live server starts before any test has a folder of its own, and WhiteNoise wants one."""
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)


@pytest.fixture(scope="module", autouse=True)
def _roles_stay(django_db_setup, django_db_blocker) -> Iterator[None]:
    """A live server's tests empty every table; the desk's roles are put back behind them."""
    with pytest.MonkeyPatch.context() as patch:
        # Playwright's loop runs in this thread; the ORM is only used between its steps.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        yield
        with django_db_blocker.unblock():
            remake_roles()


@pytest.fixture(scope="module")
def browser():
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def editor(transactional_db):
    remake_roles()
    user = factories.UserFactory(username="anna")
    user.set_password(PASSWORD)
    user.save()
    user.groups.add(Group.objects.get(name="Editor"))
    return user


@pytest.fixture
def desk(live_server, browser, editor):
    """A page that is signed in; any error of a script fails the test."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.set_default_timeout(20_000)
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("dialog", lambda dialog: errors.append(f"dialog: {dialog.message}"))
    page.goto(f"{live_server.url}/")
    page.get_by_label("Username").fill(editor.username)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    page.get_by_role("heading", name="Next in the queue").wait_for()
    yield page
    context.close()
    assert errors == []


@pytest.fixture
def quotes(editor) -> list[Quote]:
    """Two candidates, the more check-worthy one first."""
    return [
        factories.QuoteFactory(speaker=factories.SpeakerFactory(name=name), check_worthiness=worth)
        for name, worth in (("Minna Aalto", 0.9), ("Piet Hollander", 0.4))
    ]


def test_from_login_to_a_claim_made_of_a_candidate(quotes, desk):
    desk.get_by_role("link", name="Candidates", exact=False).first.click()
    desk.locator("#result_list a", has_text="We have inspected 85% of the dykes").first.click()
    claim = desk.get_by_label("Claim", exact=True).first
    assert claim.input_value() == "Minna Aalto: We have inspected 85% of the dykes."
    claim.fill("By March 2026, 85% of the dykes had been inspected.")
    desk.get_by_role("button", name="Accept as new claim").click()
    desk.get_by_text("Accepted. The new claim is").wait_for()
    assert "Piet Hollander" in desk.locator(".fc-facts").inner_text()
    desk.get_by_role("link", name="By March 2026, 85% of the dykes had been inspected.").click()
    appearances = desk.get_by_role("region", name="Appearances")
    assert "Minna Aalto asserts" in appearances.inner_text()
    assert desk.get_by_role("button", name="Start research").is_enabled()
    quotes[0].refresh_from_db()
    assert quotes[0].status == QuoteStatus.ACCEPTED
    assert Claim.objects.get().text == "By March 2026, 85% of the dykes had been inspected."


def test_a_candidate_is_rejected_with_a_reason(quotes, desk, live_server):
    desk.goto(f"{live_server.url}/admin/claims/quote/{quotes[1].pk}/change/")
    desk.locator("summary", has_text="Reject").click()
    desk.get_by_label("Opinion or prediction, not checkable").check()
    desk.get_by_label("Comment").first.fill("A promise.")
    desk.get_by_role("button", name="Reject", exact=True).click()
    desk.get_by_text("Rejected: opinion or prediction").wait_for()
    quotes[1].refresh_from_db()
    assert quotes[1].status == QuoteStatus.REJECTED
    assert quotes[1].decisions.get().comment == "A promise."


def test_a_claim_we_have_is_found_by_typing_and_gets_the_appearance(quotes, desk, live_server):
    claim = factories.ClaimFactory(text="The ferry raises €2.1m a year.")
    desk.goto(f"{live_server.url}/admin/claims/quote/{quotes[0].pk}/change/")
    desk.locator("summary", has_text="Accept as a claim we have").click()
    desk.locator("details[open] .select2-selection").first.click()
    desk.locator(".select2-search__field").fill("ferr")
    desk.locator(".select2-results__option", has_text="The ferry raises").click()
    desk.get_by_role("button", name="Accept for this claim").click()
    desk.get_by_text("Accepted as another appearance of").wait_for()
    assert claim.appearances.get().quote == quotes[0]


def test_many_candidates_are_rejected_from_the_list(quotes, desk, live_server):
    desk.goto(f"{live_server.url}/admin/claims/quote/?status__exact=candidate")
    for box in desk.locator("#result_list input.action-select").all():
        box.check()
    desk.get_by_label("Select action to run").select_option("reject_all")
    desk.get_by_role("button", name="Run", exact=True).click()
    desk.get_by_label("Not worth checking").check()
    desk.get_by_role("button", name="Reject", exact=True).click()
    desk.get_by_text("2 rejected.").wait_for()
    assert not Quote.objects.filter(status=QuoteStatus.CANDIDATE).exists()


def test_a_click_on_a_marked_quote_opens_it(quotes, desk, live_server):
    article = quotes[0].article_version.article
    desk.goto(f"{live_server.url}/admin/claims/article/{article.pk}/change/")
    desk.locator(".fc-text a.fc-quote").first.click()
    desk.get_by_role("heading", name=article.title).wait_for()
    assert f"/quote/{quotes[0].pk}/" in desk.url


@pytest.mark.parametrize("width", [1280, 390])
def test_no_page_is_wider_than_the_screen(quotes, desk, live_server, width):
    claim = factories.AppearanceFactory(quote=quotes[0]).claim
    desk.set_viewport_size({"width": width, "height": 844})
    for path in (
        "",
        "claims/quote/?status__exact=candidate",
        f"claims/quote/{quotes[0].pk}/change/",
        f"claims/article/{quotes[0].article_version.article_id}/change/",
        f"claims/claim/{claim.pk}/change/",
        f"claims/quote/{quotes[0].pk}/history/",
    ):
        desk.goto(f"{live_server.url}/admin/{path}")
        assert desk.evaluate("document.documentElement.scrollWidth") <= width, path


def test_hostile_text_runs_nothing(desk, live_server):
    payload = "<img src=x onerror=alert(1)><script>alert(2)</script>"
    version = factories.ArticleVersionFactory(
        article__title=payload, article__byline=payload, text=f"“Hi {payload},” said Ann."
    )
    quote = factories.QuoteFactory(
        article_version=version, speaker=factories.SpeakerFactory(name=payload), role=payload
    )
    for path in (
        "",
        "claims/quote/",
        f"claims/quote/{quote.pk}/change/",
        f"claims/article/{version.article_id}/change/",
        f"claims/speaker/{quote.speaker_id}/change/",
    ):
        desk.goto(f"{live_server.url}/admin/{path}")
        desk.wait_for_load_state("networkidle")
    assert desk.locator("img[src=x]").count() == 0
