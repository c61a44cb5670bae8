"""Headless Chromium goes through candidates: by keyboard alone, and two people at once."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from claims import demo
from claims.choices import ClaimStage, QuoteStatus
from claims.models import Claim, Quote
from claims.selectors import candidates
from claims.services import intake
from claims.services.extraction import perform_run
from tests import factories
from tests.admin.browsing import in_chromium

pytestmark = in_chromium
ARTICLE = Path(demo.__path__[0]) / "articles" / "01-flood-budget-presser-haverness-courier.html"
TRIAGE = "/admin/claims/quote/triage/"


@pytest.fixture
def reporter(staff):
    return staff("rita", "Reporter")


@pytest.fixture
def waiting(reporter) -> list[Quote]:
    """The candidates of a demo article, in the order of the queue."""
    stored = intake.take_in(str(ARTICLE))
    perform_run(stored.run.pk)
    found = list(candidates())
    assert len(found) >= 8
    return found


@pytest.fixture
def rita(signed_in, reporter):
    """A page of the reporter."""
    with signed_in(reporter) as page:
        yield page


@pytest.fixture
def triage(rita, waiting):
    """The triage page of a reporter."""
    rita.goto(TRIAGE)
    shows(rita, waiting[0])
    # A page that was loaded anew would have forgotten it.
    rita.evaluate("window.loadedOnce = true")
    return rita


def shows(page, quote: Quote) -> None:
    page.wait_for_selector(f'[data-candidate="{quote.pk}"]')


def says(page, words: str) -> None:
    expect(page.locator("#triage-said")).to_contain_text(words, timeout=20_000)


def fresh(quote: Quote) -> Quote:
    return Quote.objects.select_related("speaker").get(pk=quote.pk)


def test_a_demo_article_is_gone_through_by_keyboard_alone(triage, waiting):
    press = triage.keyboard.press
    # The keys, shown and put away.
    press("?")
    triage.get_by_role("heading", name="Keys").wait_for()
    press("Escape")

    # As a new claim, as it stands.
    prefilled = triage.locator("#triage-claim").input_value()
    press("a")
    says(triage, "Accepted")
    shows(triage, waiting[1])
    assert Claim.objects.get().text == prefilled
    assert fresh(waiting[0]).status == QuoteStatus.ACCEPTED

    # In other words, and denied.
    press("t")
    press("e")
    press("Control+a")
    triage.keyboard.type("The flood budget was cut by half.")
    press("Control+Enter")
    says(triage, "The flood budget was cut by half.")
    shows(triage, waiting[2])
    assert Claim.objects.get(text="The flood budget was cut by half.").appearances.get().stance == (
        "denies"
    )

    # Rejected with a reason.
    press("r")
    says(triage, "press the number of the reason")
    press("4")
    says(triage, "Rejected: opinion or prediction")
    shows(triage, waiting[3])
    assert fresh(waiting[2]).decisions.get().reason_code == "not_checkable"

    # Skipped: it still waits.
    press("j")
    shows(triage, waiting[4])
    assert fresh(waiting[3]).status == QuoteStatus.CANDIDATE

    # Taken back: the rejected one is here again, and goes on from there.
    press("u")
    says(triage, "Taken back")
    shows(triage, waiting[2])
    assert fresh(waiting[2]).status == QuoteStatus.CANDIDATE
    assert triage.evaluate("window.loadedOnce")


def test_speaker_and_span_are_mended_by_keyboard(triage, waiting):
    press = triage.keyboard.press
    factories.SpeakerFactory(name="Yrsa Quill")
    press("s")
    triage.keyboard.type("Yrsa")
    triage.get_by_role("option", name="Yrsa Quill").wait_for()
    press("Enter")
    press("Enter")
    says(triage, "The speaker is Yrsa Quill.")
    assert fresh(waiting[0]).speaker.name == "Yrsa Quill"

    before = fresh(waiting[0])
    press("x")
    says(triage, "The ends of the quote")
    press("ArrowLeft")
    press("ArrowLeft")
    press("Shift+ArrowRight")
    press("Enter")
    says(triage, "begins and ends there now")
    after = fresh(waiting[0])
    assert after.start > before.start
    assert after.end < before.end
    assert after.article_version.text[after.start : after.end] == after.text
    assert before.text.endswith(after.text) is False
    assert not after.text[0].isspace()

    press("n")
    press("Control+a")
    triage.keyboard.type("Ada Lund")
    press("Enter")
    says(triage, "Ada Lund is on the record now")
    assert fresh(waiting[0]).speaker.name == "Ada Lund"


def test_a_selection_with_the_mouse_becomes_the_span_whatever_letters_are_before_it(
    rita,
):
    text = "Mayor 😀😀 said: “We have inspected 85% of the dykes, and more.”"
    version = factories.ArticleVersionFactory(text=text)
    quote = factories.QuoteFactory(article_version=version)
    page = rita
    page.goto(TRIAGE)
    shows(page, quote)
    page.evaluate(
        """() => {
            const walker = document.createTreeWalker(
                document.querySelector(".fc-text"), NodeFilter.SHOW_TEXT);
            let node = walker.nextNode();
            while (!node.data.includes("85%")) node = walker.nextNode();
            const at = node.data.indexOf("85%");
            window.getSelection().setBaseAndExtent(node, at, node, at + "85% of the dykes".length);
        }"""
    )
    page.keyboard.press("x")
    says(page, "begins and ends there now")
    assert fresh(quote).text == "85% of the dykes"


def test_a_claim_we_have_is_taken_by_its_number_and_by_search(triage, waiting):
    press = triage.keyboard.press
    words = triage.locator("#triage-claim").input_value()
    known = factories.ClaimFactory(text=words)
    triage.reload()
    shows(triage, waiting[0])
    triage.get_by_role("button", name="The same claim").wait_for()
    press("1")
    says(triage, "Accepted as another appearance")
    shows(triage, waiting[1])
    assert known.appearances.get().quote == waiting[0]

    other = factories.ClaimFactory(text="Zebras graze on the dykes.")
    press("c")
    triage.keyboard.type("zebras")
    triage.get_by_role("option", name="Zebras graze").wait_for()
    press("Enter")
    press("Enter")
    says(triage, "Accepted as another appearance")
    assert other.appearances.get().quote == waiting[1]


def test_a_claim_just_made_is_offered_for_the_next_candidate(rita):
    for worth in (0.9, 0.8):
        factories.QuoteFactory(check_worthiness=worth)
    first, second = candidates()
    page = rita
    page.goto(TRIAGE)
    shows(page, first)
    page.keyboard.press("a")
    shows(page, second)
    page.get_by_role("button", name="The same claim").wait_for()
    page.keyboard.press("1")
    page.get_by_role("heading", name="You are through the queue").wait_for()
    assert Claim.objects.get().appearances.count() == 2


@pytest.fixture
def bens(signed_in, staff):
    """A page of a colleague."""
    with signed_in(staff("ben", "Editor")) as page:
        yield page


def test_two_people_never_get_the_same_candidate_unawares(triage, bens, waiting):
    ritas = triage
    ritas.wait_for_load_state("networkidle")  # the next one is hers too by now
    bens.goto(TRIAGE)
    shows(bens, waiting[2])

    # He asks for hers by name: he is told.
    bens.goto(f"{TRIAGE}?at={waiting[0].pk}")
    shows(bens, waiting[0])
    bens.get_by_text("rita is looking at this candidate too").wait_for()
    bens.keyboard.press("r")
    bens.keyboard.press("6")
    says(bens, "Rejected: already on the desk")

    # She decides on it all the same: she sees his decision, and nothing is overwritten.
    ritas.keyboard.press("a")
    alert = ritas.get_by_role("alert")
    alert.wait_for()
    assert "Nothing was saved" in alert.inner_text()
    assert "rejected (already on the desk), by ben" in alert.inner_text()
    assert not Claim.objects.exists()
    assert fresh(waiting[0]).status == QuoteStatus.REJECTED
    ritas.keyboard.press("j")
    shows(ritas, waiting[1])


def test_undoing_a_new_claim_shelves_it(triage, waiting):
    triage.keyboard.press("a")
    shows(triage, waiting[1])
    triage.keyboard.press("u")
    says(triage, "Taken back")
    shows(triage, waiting[0])
    assert Claim.objects.get().stage == ClaimStage.SHELVED


@pytest.mark.parametrize("width", [1280, 390])
def test_the_page_fits_the_screen(rita, waiting, width):
    page = rita
    page.set_viewport_size({"width": width, "height": 844})
    page.goto(TRIAGE)
    shows(page, waiting[0])
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    text, card = (
        page.locator(".fc-reading").bounding_box(),
        page.locator("[data-card]").bounding_box(),
    )
    if width == 390:
        assert card["y"] >= text["y"] + text["height"]  # text above, card below
    else:
        assert card["x"] >= text["x"] + text["width"]
    mark = page.locator(".fc-current").first.bounding_box()
    pane = page.locator(".fc-pane").bounding_box()
    assert pane["y"] <= mark["y"] <= pane["y"] + pane["height"]
    page.get_by_role("button", name="Skip").click()
    shows(page, waiting[1])
