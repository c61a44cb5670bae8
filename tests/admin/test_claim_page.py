"""A claim from new to published on its page, with only the moves that are open."""

import pytest
from django.urls import reverse
from django.utils import timezone

from claims.choices import ClaimStage, VerdictStatus
from claims.models import Claim, Evidence, Verdict
from claims.services import claims as claim_service
from claims.services.actors import person
from tests import factories
from tests.admin.pages import url

pytestmark = pytest.mark.django_db


def make_move(client, claim, name, **fields):
    fields.setdefault("version", claim.version)
    draft = claim.verdicts.filter(status=VerdictStatus.DRAFT).first()
    fields.setdefault("verdict_version", draft.version if draft else "")
    path = reverse("admin:claims_claim_move", args=[claim.pk, name])
    response = client.post(path, fields, follow=True)
    claim.refresh_from_db()
    return response


def moves_on(client, claim) -> dict[str, list[str]]:
    page = client.get(url(Claim, "change", claim.pk))
    return {open_.move.name: open_.missing for open_ in page.context["open_moves"]}


@pytest.fixture
def claim(db):
    return factories.ClaimFactory()


@pytest.fixture
def in_review(claim, checker):
    """A claim whose verdict waits for somebody other than its author."""
    actor = person(checker)
    claim_service.start_research(claim, actor=actor)
    factories.VerdictFactory(claim=claim, author=checker)
    factories.EvidenceFactory(claim=claim)
    claim_service.submit(claim, actor=actor)
    claim.refresh_from_db()
    return claim


def test_each_role_is_offered_its_own_moves(claim, in_review, as_reporter, as_checker, as_editor):
    new = factories.ClaimFactory()
    assert moves_on(as_reporter, new) == {}
    assert set(moves_on(as_checker, new)) == {"start_research", "shelve"}
    assert moves_on(as_checker, in_review) == {}
    assert set(moves_on(as_editor, in_review)) == {"approve", "dissent", "send_back"}


def test_what_is_missing_is_said_beside_the_button(claim, as_checker):
    make_move(as_checker, claim, "start_research")
    assert claim.stage == ClaimStage.RESEARCHING
    assert moves_on(as_checker, claim)["submit"] == [
        "a rating is needed",
        "a summary is needed",
        "at least one piece of evidence is needed",
    ]
    page = as_checker.get(url(Claim, "change", claim.pk)).content.decode()
    assert "at least one piece of evidence is needed" in page


def test_a_claim_goes_from_new_to_published_through_the_pages(
    claim, as_checker, as_editor, checker, editor
):
    make_move(as_checker, claim, "start_research")
    as_checker.post(reverse("admin:claims_claim_draft", args=[claim.pk]))
    draft = Verdict.objects.get(claim=claim)
    assert draft.author == checker
    rating = factories.RatingFactory()
    response = as_checker.post(
        url(Verdict, "change", draft.pk),
        {
            "version": draft.version,
            "rating": rating.pk,
            "summary": "58%, says the log.",
            "explanation": "",
            "valid_as_of": "",
            "correction_note": "",
        },
    )
    assert response.url == url(Claim, "change", claim.pk)
    as_checker.post(
        url(Evidence, "add"),
        {
            "claim": claim.pk,
            "title": "Log",
            "stance": "refutes",
            "kind": "primary",
            "url": "https://audit.example/log",
            "excerpt": "",
            "accessed_at_0": "",
            "accessed_at_1": "",
        },
    )
    assert Evidence.objects.get().added_by == checker
    make_move(as_checker, claim, "submit")
    assert claim.stage == ClaimStage.IN_REVIEW
    make_move(as_editor, claim, "approve")
    assert claim.stage == ClaimStage.PUBLISHED
    draft.refresh_from_db()
    assert (draft.status, draft.approver) == (VerdictStatus.PUBLISHED, editor)
    page = as_editor.get(url(Claim, "change", claim.pk)).content.decode()
    assert "58%, says the log." in page
    assert "approved by editor" in page


def test_nobody_publishes_a_verdict_of_their_own(claim, as_editor, editor):
    claim_service.start_research(claim, actor=person(editor))
    factories.VerdictFactory(claim=claim, author=editor)
    factories.EvidenceFactory(claim=claim)
    claim_service.submit(claim, actor=person(editor))
    claim.refresh_from_db()
    assert moves_on(as_editor, claim)["approve"] == [
        "somebody other than the author must approve it"
    ]
    response = make_move(as_editor, claim, "approve")
    assert claim.stage == ClaimStage.IN_REVIEW
    assert response.status_code == 409
    assert "somebody other than the author" in response.content.decode()


def test_returning_asks_for_a_comment_and_keeps_it_in_the_log(in_review, as_editor):
    form = as_editor.get(reverse("admin:claims_claim_move", args=[in_review.pk, "send_back"]))
    assert "What should be done differently?" in form.content.decode()
    make_move(as_editor, in_review, "send_back")
    assert in_review.stage == ClaimStage.IN_REVIEW
    make_move(as_editor, in_review, "send_back", comment="Ask the chamber itself.")
    assert in_review.stage == ClaimStage.RESEARCHING
    assert in_review.decisions.first().comment == "Ask the chamber itself."
    assert (
        "Ask the chamber itself."
        in as_editor.get(url(Claim, "change", in_review.pk)).content.decode()
    )


@pytest.mark.parametrize("name", ["reopen", "retract"])
def test_a_published_claim_is_reopened_or_retracted_with_a_comment(in_review, as_editor, name):
    make_move(as_editor, in_review, "approve")
    make_move(as_editor, in_review, name, comment="The log was wrong.")
    assert in_review.stage == ClaimStage.RESEARCHING
    wanted = VerdictStatus.RETRACTED if name == "retract" else VerdictStatus.PUBLISHED
    assert in_review.verdicts.get().status == wanted


def test_a_claim_is_shelved_and_taken_up_again(claim, as_checker):
    make_move(as_checker, claim, "shelve", comment="Nobody repeats it.")
    assert claim.stage == ClaimStage.SHELVED
    make_move(as_checker, claim, "start_research")
    assert claim.stage == ClaimStage.RESEARCHING


def test_a_stale_move_is_refused_and_the_comment_stays(in_review, as_editor):
    seen = in_review.version
    Claim.objects.filter(pk=in_review.pk).update(priority="high")
    response = make_move(as_editor, in_review, "send_back", version=seen, comment="Not enough.")
    assert response.status_code == 409
    assert "changed by somebody else" in response.content.decode()
    assert "Not enough.</textarea>" in response.content.decode()
    assert in_review.stage == ClaimStage.IN_REVIEW


@pytest.mark.parametrize("name", ["approve", "send_back"])
def test_a_checker_cannot_do_what_editors_do(in_review, as_checker, name):
    make_move(as_checker, in_review, name, comment="Let me.")
    assert in_review.stage == ClaimStage.IN_REVIEW


def test_a_reporter_cannot_begin_a_verdict(claim, as_reporter, checker):
    claim_service.start_research(claim, actor=person(checker))
    as_reporter.post(reverse("admin:claims_claim_draft", args=[claim.pk]))
    assert not Verdict.objects.exists()


def test_a_verdict_is_read_only_in_review_and_once_published(in_review, as_checker, as_editor):
    verdict = in_review.verdicts.get()
    data = {"version": verdict.version, "summary": "Something else.", "rating": verdict.rating_id}
    assert as_checker.post(url(Verdict, "change", verdict.pk), data).status_code == 403
    make_move(as_editor, in_review, "approve")
    verdict.refresh_from_db()
    assert as_editor.get(url(Verdict, "change", verdict.pk)).status_code == 200
    data["version"] = verdict.version
    assert as_editor.post(url(Verdict, "change", verdict.pk), data).status_code == 403
    verdict.refresh_from_db()
    assert verdict.summary == "The inspection log lists 58% of the dykes."


def test_the_sentence_stands_still_while_it_is_judged(in_review, as_editor):
    before = in_review.text
    data = {
        "version": in_review.version,
        "text": "Another sentence.",
        "priority": "high",
        "embargo_until_0": "",
        "embargo_until_1": "",
        "recheck_by": "",
        "assignee": "",
    }
    assert as_editor.post(url(Claim, "change", in_review.pk), data).status_code == 302
    in_review.refresh_from_db()
    assert (in_review.text, in_review.priority) == (before, "high")


def test_stage_and_status_are_no_fields_of_any_form(claim, as_editor):
    data = {
        "version": claim.version,
        "text": "A sentence.",
        "stage": "published",
        "priority": "normal",
        "quantities": "[]",
        "embargo_until_0": "",
        "embargo_until_1": "",
        "recheck_by": "",
        "assignee": "",
    }
    assert as_editor.post(url(Claim, "change", claim.pk), data).status_code == 302
    claim.refresh_from_db()
    assert (claim.stage, claim.text) == (ClaimStage.NEW, "A sentence.")


def test_a_claim_written_by_hand_is_made_by_the_service(as_reporter, reporter):
    topic = factories.TopicFactory()
    response = as_reporter.post(
        url(Claim, "add"),
        {
            "text": " 85%  of the dykes\nwere inspected. ",
            "topics": [topic.pk],
            "priority": "high",
            "assignee": "",
        },
    )
    claim = Claim.objects.get()
    assert response.status_code == 302
    assert claim.text == "85% of the dykes were inspected."
    assert (claim.created_by, claim.priority) == (reporter, "high")
    assert list(claim.topics.all()) == [topic]
    assert claim.decisions.get().to_state == ClaimStage.NEW


def test_the_page_shows_appearances_evidence_links_and_log(as_editor, claim):
    said = factories.AppearanceFactory(claim=claim, stance="denies", state="confirmed")
    factories.EvidenceFactory(claim=claim, is_confidential=True, accessed_at=timezone.now())
    link = factories.ClaimLinkFactory(from_claim=claim)
    html = as_editor.get(url(Claim, "change", claim.pk)).content.decode()
    assert said.quote.speaker.name in html
    assert "denies" in html
    assert "Inspection log of the Audit Chamber" in html
    assert "confidential" in html
    assert link.to_claim.text in html


def test_an_unknown_move_is_not_found(as_editor, claim):
    path = reverse("admin:claims_claim_move", args=[claim.pk, "burn"])
    assert as_editor.post(path, {"version": claim.version}).status_code == 404
