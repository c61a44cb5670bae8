"""Headless Chromium walks the desk: from login to a claim made of a candidate."""

import pytest

from claims.choices import QuoteStatus
from claims.models import Claim, Quote
from tests import factories
from tests.admin.browsing import in_chromium

pytestmark = in_chromium


@pytest.fixture
def editor(staff):
    return staff("anna", "Editor")


@pytest.fixture
def desk(signed_in, editor):
    """A page that is signed in; any error of a script fails the test."""
    with signed_in(editor) as page:
        yield page


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
