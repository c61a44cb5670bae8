"""Headless Chromium merges two speakers, undoes it, and settles a name by its quotes."""

import pytest
from django.contrib.auth.models import Group

from claims.models import Quote, Speaker
from tests import factories
from tests.admin.test_browser import (  # noqa: F401  a fixture that is used by its name alone
    CHROMIUM,
    FLAGS,
    PASSWORD,
    _static_folder,
)
from tests.conftest import remake_roles

sync_playwright = pytest.importorskip("playwright.sync_api").sync_playwright

pytestmark = [
    pytest.mark.skipif(not CHROMIUM.exists(), reason=f"{CHROMIUM} is not installed"),
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture(scope="module", autouse=True)
def _orm_between_steps(django_db_setup, django_db_blocker):
    """Playwright's loop runs in this thread; the ORM is only used between its steps.

    A live server's tests empty every table: the desk's roles are put back behind them.
    """
    with pytest.MonkeyPatch.context() as patch:
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
def anna(transactional_db):
    remake_roles()
    user = factories.UserFactory(username="anna")
    user.set_password(PASSWORD)
    user.save()
    user.groups.add(Group.objects.get(name="Editor"))
    return user


@pytest.fixture
def desk(live_server, browser, anna, request):
    """A page that is signed in, as wide as asked for; an error of a script fails the test."""
    width = getattr(request, "param", 1280)
    context = browser.new_context(viewport={"width": width, "height": 844})
    context.set_default_timeout(20_000)
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("dialog", lambda dialog: errors.append(f"dialog: {dialog.message}"))
    page.goto(f"{live_server.url}/admin/login/?next=/admin/claims/speaker/unresolved/")
    page.get_by_label("Username").fill(anna.username)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    page.get_by_role("heading", name="Names without a speaker").wait_for()
    yield page
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    context.close()
    assert errors == []


def open_page(desk, live_server, speaker):
    desk.goto(f"{live_server.url}/admin/claims/speaker/{speaker.pk}/change/")


@pytest.mark.parametrize("desk", [1280, 390], indirect=True)
def test_two_speakers_are_merged_and_taken_apart_again(desk, live_server):
    kept = factories.SpeakerFactory(name="Sadiq Khan")
    double = factories.SpeakerFactory(name="Mayor Khan")
    quote = factories.QuoteFactory(speaker=double)
    open_page(desk, live_server, kept)
    desk.get_by_role("link", name="Merge …").click()
    desk.locator(".select2-selection").first.click()
    desk.locator(".select2-search__field").fill("mayor")
    desk.locator(".select2-results__option", has_text="Mayor Khan").click()
    desk.get_by_role("button", name="Show what moves").click()
    preview = desk.get_by_role("region", name="Mayor Khan → Sadiq Khan")
    assert "We have inspected 85% of the dykes" in preview.inner_text()
    assert Speaker.objects.current().count() == 2
    desk.get_by_role("button", name="Merge Mayor Khan into Sadiq Khan").click()
    desk.get_by_text("Mayor Khan was merged into Sadiq Khan.").wait_for()
    assert Quote.objects.get(pk=quote.pk).speaker == kept
    desk.get_by_role("button", name="Undo the merge of Mayor Khan").click()
    desk.get_by_text("Mayor Khan is a speaker again. Back: 1 quote.").wait_for()
    assert Quote.objects.get(pk=quote.pk).speaker == double
    assert Speaker.objects.current().count() == 2


def test_a_name_is_settled_for_all_its_quotes_but_one(desk, live_server):
    speaker = factories.SpeakerFactory(name="Sadiq Khan", description="Mayor of London")
    factories.SpeakerAliasFactory(speaker=speaker, name="Khan")
    quotes = factories.QuoteFactory.create_batch(3, speaker=None, suggested_name="Khan")
    desk.reload()
    assert "3 quotes in 3 articles" in desk.locator("ol.fc-rows").inner_text()
    desk.get_by_role("link", name="Settle Khan").click()
    desk.locator("input[name=quote]").first.uncheck()  # the newest comes first
    desk.get_by_label("Sadiq Khan (Mayor of London)").check()
    desk.get_by_role("button", name="Settle").click()
    desk.get_by_text("Settled: 2 quotes of “Khan” said by Sadiq Khan.").wait_for()
    assert set(speaker.quotes.all()) == set(quotes[:2])


def test_a_table_is_shown_before_it_is_written(desk, live_server, tmp_path):
    speaker = factories.SpeakerFactory(name="Sadiq Khan")
    desk.goto(f"{live_server.url}/admin/claims/speaker/")
    with desk.expect_download() as download:
        desk.get_by_role("link", name="Download CSV").click()
    file = tmp_path / "speakers.csv"
    download.value.save_as(file)
    file.write_bytes(file.read_bytes().replace(b"Sadiq Khan", b"Sir Sadiq Khan"))
    desk.get_by_role("link", name="Import a table").click()
    desk.locator("input[type=file]").set_input_files(file)
    desk.get_by_role("button", name="Show what would change").click()
    desk.get_by_text("0 new · 1 changed · 0 as before · 0 refused").wait_for()
    assert Speaker.objects.get(pk=speaker.pk).name == "Sadiq Khan"
    desk.get_by_role("button", name="Write these changes").click()
    desk.get_by_text("Imported: 0 new, 1 changed, 0 as before.").wait_for()
    assert Speaker.objects.get(pk=speaker.pk).name == "Sir Sadiq Khan"
