"""A claim walks through three pairs of hands in Chromium, and is corrected."""

import pytest
from django.core import mail

from claims import tasks
from claims.choices import ClaimStage, VerdictStatus
from claims.models import Approval, Claim, Notification, Rating, Verdict
from claims.services import claims as claim_service
from claims.services import drafts
from claims.services.actors import person
from tests import factories
from tests.admin.browsing import in_chromium

pytestmark = in_chromium
CLAIM = "By March 2026, 85% of the Senn dykes had been inspected."


@pytest.fixture
def people(staff):
    return {
        "reporter": staff("rosa", "Reporter"),
        "checker": staff("carl", "Checker"),
        "editor": staff("anna", "Editor"),
    }


@pytest.fixture
def ratings(db) -> list[Rating]:
    scale = factories.RatingScaleFactory()
    return [
        factories.RatingFactory(scale=scale, label=label, value=value)
        for value, label in enumerate(("False", "Mostly false"))
    ]


def choose(page, field, words):
    """Pick a row in one of the admin's search boxes."""
    page.locator(f".field-{field} .select2-selection, [data-field={field}] .select2-selection").or_(
        page.locator(f"#id_{field} + .select2 .select2-selection")
    ).first.click()
    page.locator(".select2-search__field").last.fill(words)
    page.locator(".select2-results__option", has_text=words).first.click()


def open_claim(page, claim):
    page.goto(f"/admin/claims/claim/{claim.pk}/change/")


def write_verdict(page, rating, summary, *, note=""):
    choose(page, "rating", rating)
    page.get_by_label("Summary").fill(summary)
    if note:
        page.get_by_label("Correction note").fill(note)
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_role("button", name="Submit for review").wait_for()


def test_from_quote_to_published_verdict(people, ratings, signed_in):
    quote = factories.QuoteFactory(speaker=factories.SpeakerFactory(name="Minna Aalto"))

    with signed_in(people["reporter"]) as page:
        page.goto(f"/admin/claims/quote/{quote.pk}/change/")
        page.get_by_label("Claim", exact=True).first.fill(CLAIM)
        page.get_by_role("button", name="Accept as new claim").click()
        page.get_by_text("Accepted. The new claim is").wait_for()
        claim = Claim.objects.get()
        open_claim(page, claim)
        assert page.get_by_role("button", name="Start research").count() == 0
        assert "Minna Aalto asserts" in page.get_by_role("region", name="Appearances").inner_text()
        page.get_by_label("Comment", exact=True).fill("@carl please take it.")
        page.get_by_role("button", name="Comment", exact=True).click()
        page.get_by_text("Your comment stands below.").wait_for()

    with signed_in(people["checker"]) as page:
        page.get_by_role("link", name="Notifications").first.click()
        page.get_by_text("rosa mentions you: @carl please take it.").click()
        page.get_by_role("button", name="Start research").click()
        page.get_by_label("Assignee").select_option("carl")
        page.get_by_role("button", name="Assign", exact=True).click()
        page.get_by_text("Assigned to carl.").wait_for()
        assert "at least one piece of evidence is needed" in page.locator(".fc-moves").inner_text()
        assert page.get_by_role("button", name="Submit for review").is_disabled()
        page.get_by_role("link", name="Add evidence").click()
        page.get_by_label("Title").fill("Inspection log of the Audit Chamber")
        page.get_by_label("Excerpt").fill("Inspected by 1 March: 58 of 100 sections.")
        page.get_by_role("button", name="Save", exact=True).click()
        page.get_by_role("button", name="Begin the verdict").click()
        write_verdict(page, "False", "The log lists 58%, not 85%.")
        page.get_by_role("link", name="Ask for a reply").click()
        page.get_by_label("Who was asked, and how?").fill("Press office, by e-mail")
        page.get_by_role("button", name="Put on record").click()
        page.get_by_role("button", name="Submit for review").click()
        page.get_by_text("somebody who did not write it approves it").wait_for()
        # What is one's own is not one's own to approve.
        assert page.get_by_role("link", name="Approve").count() == 0

    with signed_in(people["editor"]) as page:
        page.get_by_role("link", name="Notifications").first.click()
        page.get_by_text("carl submitted a verdict for approval.").click()
        page.get_by_role("link", name="Approve and publish").click()
        assert "The log lists 58%, not 85%." in page.locator("form.fc-card").inner_text()
        page.get_by_label("Comment for colleagues").fill("Log seen.")
        page.get_by_role("button", name="Approve and publish").click()
        page.get_by_text("Approved and published.").wait_for()
        log = page.get_by_role("region", name="Log").inner_text()

    verdict = Verdict.objects.get()
    assert (verdict.status, verdict.author, verdict.approver) == (
        VerdictStatus.PUBLISHED,
        people["checker"],
        people["editor"],
    )
    for what in ("anna agreed to version 1", "Assigned to carl", "Evidence added", "Created"):
        assert what in log
    assert set(Notification.objects.values_list("user__username", "kind")) == {
        ("carl", "mention"),
        ("anna", "approval"),
    }
    # All was read before a mail left.
    tasks.send_mails()
    assert mail.outbox == []


def test_a_correction(people, ratings, signed_in):
    checker, editor = people["checker"], people["editor"]
    claim = factories.ClaimFactory(stage=ClaimStage.RESEARCHING, text=CLAIM)
    factories.EvidenceFactory(claim=claim)
    draft = drafts.start_draft(claim, actor=person(checker))
    changes = {"rating": ratings[0], "summary": "The log lists 58%."}
    drafts.save_draft(draft, actor=person(checker), changes=changes)
    claim_service.submit(claim, actor=person(checker))
    claim_service.publish(claim, actor=person(editor))

    with signed_in(editor) as page:
        open_claim(page, claim)
        page.get_by_role("link", name="Reopen for a correction").click()
        page.get_by_label("Why is it looked at again?").fill("The chamber sent a newer log.")
        page.get_by_role("button", name="Reopen for a correction").click()
        page.get_by_text("stays public until a correction replaces it").wait_for()
        assert page.get_by_role("button", name="Shelve").is_disabled()

    with signed_in(checker) as page:
        open_claim(page, claim)
        page.get_by_role("button", name="Begin a correction").click()
        write_verdict(page, "Mostly false", "The newer log lists 61%.", note="An older log.")
        verdicts = page.get_by_role("region", name="Verdict").inner_text()
        assert "In work: version 2" in verdicts
        assert "The log lists 58%." in verdicts
        page.get_by_role("button", name="Compare").click()
        assert page.locator("del", has_text="58%").count() == 1
        assert page.locator("ins", has_text="61%").count() == 1
        open_claim(page, claim)
        page.get_by_role("button", name="Submit for review").click()
        page.get_by_text("somebody who did not write it approves it").wait_for()

    with signed_in(editor) as page:
        open_claim(page, claim)
        page.get_by_role("link", name="Approve and publish").click()
        page.get_by_role("button", name="Approve and publish").click()
        page.get_by_text("Approved and published.").wait_for()
        assert (
            "Correction: An older log." in page.get_by_role("region", name="Verdict").inner_text()
        )

    assert list(claim.verdicts.values_list("number", "status")) == [
        (2, "published"),
        (1, "superseded"),
    ]


def test_an_editor_who_wrote_on_a_draft_is_refused_the_approval(people, ratings, signed_in):
    claim = factories.ClaimFactory(stage=ClaimStage.RESEARCHING, text=CLAIM)
    factories.EvidenceFactory(claim=claim)
    draft = drafts.start_draft(claim, actor=person(people["checker"]))
    changes = {"rating": ratings[0], "summary": "The log lists 58%."}
    drafts.save_draft(draft, actor=person(people["checker"]), changes=changes)

    with signed_in(people["editor"]) as page:
        page.goto(f"/admin/claims/verdict/{draft.pk}/change/")
        page.get_by_label("Summary").fill("It is 58%, says the log.")
        page.get_by_role("button", name="Save", exact=True).click()
        page.get_by_role("button", name="Submit for review").click()
        approve = page.get_by_role("button", name="Approve and publish")
        approve.wait_for()
        assert approve.is_disabled()
        told = page.locator("#missing-approve").inner_text()
        assert "somebody who did not write on it must approve it" in told
        # Past the button as well.
        page.goto(f"/admin/claims/claim/{claim.pk}/move/approve/")
        page.get_by_role("button", name="Approve and publish").click()
        page.get_by_text("Not yet: somebody who did not write on it").wait_for()
    assert not Approval.objects.exists()


@pytest.mark.parametrize("width", [1280, 390])
def test_the_pages_of_a_claim_fit_the_screen(people, ratings, signed_in, width):
    claim = factories.AppearanceFactory(claim__text=CLAIM).claim
    factories.EvidenceFactory(claim=claim, title="L" * 200, url=f"https://a.example/{'x' * 300}")
    factories.CommentFactory(claim=claim, text="w" * 300)
    factories.ReplyRequestFactory(claim=claim)
    factories.NotificationFactory(user=people["editor"], claim=claim)
    with signed_in(people["editor"]) as page:
        page.set_viewport_size({"width": width, "height": 844})
        for path in ("change/", "act/ask/", "move/shelve/"):
            page.goto(f"/admin/claims/claim/{claim.pk}/{path}")
            assert page.evaluate("document.documentElement.scrollWidth") <= width, path
        for path in ("", "mail/"):
            page.goto(f"/admin/claims/claim/news/{path}")
            assert page.evaluate("document.documentElement.scrollWidth") <= width, path
