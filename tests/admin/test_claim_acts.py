"""The parts of a claim's page: comments, assignment, replies, appearances, links, copies, log."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from claims.admin.timeline import timeline
from claims.choices import ClaimStage, MatchState, Stance, VerdictStatus, WorkState
from claims.models import Approval, Claim, ClaimLink, Comment, Evidence, Verdict, VerdictWriter
from claims.services import claims as claim_service
from claims.services import drafts
from claims.services.actors import person
from tests import factories
from tests.admin.pages import url

pytestmark = pytest.mark.django_db


def act(client, claim, name, row=None, **fields):
    if row is None:
        path = reverse("admin:claims_claim_act", args=[claim.pk, name])
    else:
        path = reverse("admin:claims_claim_act_on", args=[claim.pk, name, row.pk])
    return client.post(path, fields)


def page_of(client, claim):
    return client.get(url(Claim, "change", claim.pk))


@pytest.fixture
def claim(db):
    return factories.ClaimFactory()


@pytest.fixture
def in_review(claim, checker):
    claim_service.start_research(claim, actor=person(checker))
    factories.EvidenceFactory(claim=claim)
    draft = drafts.start_draft(claim, actor=person(checker))
    changes = {"rating": factories.RatingFactory(), "summary": "The log lists 58%."}
    drafts.save_draft(draft, actor=person(checker), changes=changes)
    return claim_service.submit(claim, actor=person(checker))


# --- Four eyes, on the page -------------------------------------------------------------------


def approve(client, claim, name="approve", **fields):
    draft = claim.verdicts.get(status=VerdictStatus.DRAFT)
    fields = {"version": claim.version, "verdict_version": draft.version, **fields}
    return client.post(reverse("admin:claims_claim_move", args=[claim.pk, name]), fields)


def test_who_wrote_on_a_draft_through_its_form_cannot_approve_it(claim, as_editor, editor, checker):
    claim_service.start_research(claim, actor=person(checker))
    factories.EvidenceFactory(claim=claim)
    draft = factories.VerdictFactory(claim=claim, author=checker)
    data = {"version": 1, "rating": draft.rating_id, "summary": "It is 58%."}
    data |= {"explanation": "", "valid_as_of": "", "correction_note": ""}
    assert as_editor.post(url(Verdict, "change", draft.pk), data).status_code == 302
    assert VerdictWriter.objects.get().user == editor
    claim = claim_service.submit(claim, actor=person(checker))
    moves = {open_.move.name: open_ for open_ in page_of(as_editor, claim).context["open_moves"]}
    assert moves["approve"].missing == ["somebody who did not write on it must approve it"]
    for name in ("approve", "dissent"):
        response = approve(as_editor, claim, name, comment="Mine.")
        assert response.status_code == 409
        assert "somebody who did not write on it" in response.content.decode()
    assert not Approval.objects.exists()


def test_the_button_says_what_an_approval_brings_about(in_review, as_editor, settings):
    def label():
        moves = page_of(as_editor, in_review).context["open_moves"]
        return {open_.move.name: open_.move.label for open_ in moves}["approve"]

    assert label() == "Approve and publish"
    Claim.objects.update(embargo_until=datetime(2127, 5, 4, 6, 30, tzinfo=UTC))
    assert label() == "Approve for 04 May 2127, 06:30"
    settings.APPROVALS_NEEDED = 2
    assert label() == "Approve (1 of 2)"


def test_an_approval_under_embargo_is_told_and_not_offered_twice(in_review, as_editor):
    Claim.objects.update(embargo_until=datetime(2127, 5, 4, 6, 30, tzinfo=UTC))
    in_review.refresh_from_db()
    response = approve(as_editor, in_review, comment="Log seen.")
    assert response.status_code == 302
    page = page_of(as_editor, in_review)
    names = {open_.move.name for open_ in page.context["open_moves"]}
    assert names == {"send_back"}
    html = page.content.decode()
    assert "You approved this version; it becomes public when the embargo ends." in html
    assert "Log seen." in html


def test_only_who_may_publish_moves_the_embargo_of_a_claim_in_review(
    in_review, as_checker, as_editor
):
    data = {"version": in_review.version, "priority": "high", "recheck_by": "", "topics": []}
    data |= {"embargo_until_0": "2127-05-04", "embargo_until_1": "06:30"}
    as_checker.post(url(Claim, "change", in_review.pk), data)
    in_review.refresh_from_db()
    assert (in_review.priority, in_review.embargo_until) == ("high", None)
    data["version"] = in_review.version
    as_editor.post(url(Claim, "change", in_review.pk), data)
    in_review.refresh_from_db()
    assert in_review.embargo_until is not None


def test_the_page_to_approve_on_shows_the_verdict_and_warns(in_review, as_editor):
    path = reverse("admin:claims_claim_move", args=[in_review.pk, "approve"])
    html = as_editor.get(path).content.decode()
    assert "The log lists 58%." in html
    assert "Nobody has been asked for a reply." in html


# --- Comments, assignment, replies ------------------------------------------------------------


def test_a_comment_stands_on_the_page_with_whom_it_calls(claim, as_reporter, reporter):
    response = act(as_reporter, claim, "comment", text="@editor <b>look</b>")
    assert response.url == f"{url(Claim, 'change', claim.pk)}#comments"
    assert Comment.objects.get().author == reporter
    html = page_of(as_reporter, claim).content.decode()
    assert '<strong class="fc-mention">@editor</strong> &lt;b&gt;look&lt;/b&gt;' in html


def test_an_empty_comment_is_asked_for_again(claim, as_reporter):
    response = act(as_reporter, claim, "comment", text=" ")
    assert response.status_code == 400
    assert not Comment.objects.exists()


def test_a_claim_is_assigned_on_its_page(claim, as_editor, checker, reporter):
    act(as_editor, claim, "assign", assignee=checker.pk, version=1)
    claim.refresh_from_db()
    assert claim.assignee == checker
    response = act(as_editor, claim, "assign", assignee=reporter.pk, version=claim.version)
    assert response.status_code == 400  # a reporter is no choice
    stale = act(as_editor, claim, "assign", assignee="", version=1)
    assert stale.status_code == 409
    assert "Assigned to checker" in page_of(as_editor, claim).content.decode()


def test_a_reply_is_asked_for_and_recorded(in_review, as_checker):
    html = page_of(as_checker, in_review).content.decode()
    assert "Nobody has been asked for a reply." in html
    now = timezone.localtime() - timedelta(minutes=1)
    later = now + timedelta(days=2)
    fields = {"asked": "Press office, by e-mail", "asked_at_0": f"{now:%Y-%m-%d}"}
    fields |= {"asked_at_1": f"{now:%H:%M:%S}", "deadline_0": f"{later:%Y-%m-%d}"}
    fields |= {"deadline_1": f"{later:%H:%M}", "speaker": ""}
    assert act(as_checker, in_review, "ask", **fields).status_code == 302
    asked = in_review.reply_requests.get()
    assert "the deadline runs until" in page_of(as_checker, in_review).content.decode()
    act(as_checker, in_review, "answer", asked, answer="We stand by it.", version=1)
    html = page_of(as_checker, in_review).content.decode()
    assert "We stand by it." in html
    assert "deadline runs" not in html


@pytest.mark.parametrize("name", ["assign", "ask", "suggest-links"])
def test_a_reporter_is_neither_offered_nor_let_do_what_checkers_do(claim, as_reporter, name):
    path = reverse("admin:claims_claim_act", args=[claim.pk, name])
    assert as_reporter.post(path).status_code == 403
    assert path not in page_of(as_reporter, claim).content.decode()


def test_parts_of_another_claim_are_not_found(claim, as_checker):
    stranger = factories.AppearanceFactory()
    assert act(as_checker, claim, "dismiss", stranger, version=1).status_code == 404
    assert act(as_checker, claim, "burn").status_code == 404
    assert act(as_checker, claim, "dismiss").status_code == 404


# --- Appearances and links --------------------------------------------------------------------


def test_a_suggested_appearance_is_judged_on_the_page(claim, as_checker):
    first, other = (factories.AppearanceFactory(claim=claim, method="text") for _ in range(2))
    act(as_checker, claim, "confirm", first, version=1, stance="denies")
    act(as_checker, claim, "dismiss", other, version=1)
    first.refresh_from_db()
    other.refresh_from_db()
    assert (first.state, first.stance) == (MatchState.CONFIRMED, Stance.DENIES)
    assert other.state == MatchState.DISMISSED
    html = page_of(as_checker, claim).content.decode()
    assert "Dismissed (1)" in html
    assert "Appearance confirmed (denies)" in html


def test_contradictions_are_looked_for_and_confirmed(claim, as_checker, checker):
    topic = factories.TopicFactory()
    share = {"value": 85, "unit": "percent", "comparator": "=", "of": "dykes"}
    other = factories.ClaimFactory(quantities=[{**share, "value": 58}])
    Claim.objects.filter(pk=claim.pk).update(quantities=[share])
    for one in (claim, other):
        one.topics.add(topic)
    act(as_checker, claim, "suggest-links")
    link = ClaimLink.objects.get()
    assert other.text in page_of(as_checker, claim).content.decode()
    act(as_checker, claim, "confirm-link", link)
    link.refresh_from_db()
    assert link.confirmed_by == checker
    act(as_checker, claim, "dismiss-link", link)
    assert page_of(as_checker, claim).context["links"] == []


def appearance_at(day, stance=Stance.ASSERTS, state=MatchState.CONFIRMED):
    said = datetime(2026, 3, day, tzinfo=UTC)
    version = factories.ArticleVersionFactory(article__published_at=said)
    quote = factories.QuoteFactory(article_version=version)
    return factories.AppearanceFactory(quote=quote, stance=stance, state=state)


def test_the_timeline_says_who_was_first_and_what_came_after_the_verdict():
    early = appearance_at(1, state=MatchState.SUGGESTED)
    first, denial, late = appearance_at(2), appearance_at(3, Stance.DENIES), appearance_at(30)
    gone = appearance_at(4, state=MatchState.DISMISSED)
    verdict = factories.VerdictFactory(
        status=VerdictStatus.PUBLISHED,
        approver=factories.UserFactory(),
        published_at=datetime(2026, 3, 15, tzinfo=UTC),
    )
    drawn = timeline([late, denial, gone, first, early], [verdict])
    assert [mark.appearance for mark in drawn.marks] == [early, first, denial, late]
    # What nobody has confirmed is not the first.
    assert [mark.is_first for mark in drawn.marks] == [False, True, False, False]
    assert [mark.since for mark in drawn.marks] == ["", "", "", "version 1"]
    places = [float(mark.x.rstrip("%")) for mark in drawn.marks]
    assert places == sorted(places)
    assert places[2] < float(drawn.lines[0].x.rstrip("%")) < places[3]
    assert [stance for stance, _ in drawn.lanes] == [Stance.ASSERTS, Stance.DENIES]


@pytest.mark.parametrize("number", [0, 1])
def test_a_timeline_of_little_is_no_trouble(number):
    drawn = timeline([appearance_at(1) for _ in range(number)], [])
    assert [mark.x for mark in drawn.marks] == ["50.0%"] * number


# --- Evidence ---------------------------------------------------------------------------------


def evidence_form(claim, **values):
    data = {"claim": claim.pk, "title": "Log", "stance": "refutes", "kind": "primary"}
    data |= {"url": "", "excerpt": "58 of 100.", "accessed_at_0": "", "accessed_at_1": ""}
    return {**data, **values}


def test_a_copy_of_new_evidence_is_asked_for_and_shown_as_it_stands(claim, as_checker):
    form = evidence_form(claim, url="https://audit.example/log")
    response = as_checker.post(url(Evidence, "add"), form)
    assert response.url == url(Claim, "change", claim.pk)
    piece = claim.evidence.get()
    assert piece.fetch.state == WorkState.QUEUED
    assert "a copy is being fetched" in page_of(as_checker, claim).content.decode()
    type(piece.fetch).objects.update(
        state=WorkState.DEAD, due_at=None, error="Traceback\ntimeout: no answer"
    )
    html = page_of(as_checker, claim).content.decode()
    assert "No copy could be archived: timeout: no answer" in html
    act(as_checker, claim, "copy", piece)
    assert "a copy is being fetched" in page_of(as_checker, claim).content.decode()


def test_confidential_evidence_is_for_those_who_may_see_it(claim, as_checker, as_reporter):
    form = evidence_form(claim, url="https://leak.example/x", title="A ledger")
    form["is_confidential"] = "on"
    as_checker.post(url(Evidence, "add"), form)
    piece = claim.evidence.get()
    assert piece.fetch is None
    assert "its site would see who reads it" in page_of(as_checker, claim).content.decode()
    page = page_of(as_reporter, claim)
    assert page.context["pieces"] == []
    assert "58 of 100." not in page.content.decode()
    assert "A ledger" not in page.content.decode()
    assert all("Evidence" not in line.what for line in page.context["happenings"])
    assert act(as_checker, claim, "copy", piece).status_code == 409


# --- Versions and the log ---------------------------------------------------------------------


def test_any_two_versions_are_compared(in_review, as_editor, editor, checker, as_reporter):
    claim_service.publish(in_review, actor=person(editor))
    claim = claim_service.reopen(in_review, actor=person(editor), comment="A newer log.")
    draft = drafts.start_draft(claim, actor=person(checker))
    drafts.save_draft(draft, actor=person(checker), changes={"summary": "The log lists 61%."})
    path = reverse("admin:claims_claim_verdicts", args=[claim.pk])
    html = as_reporter.get(path).content.decode()
    assert '<del><span class="fc-heard">deleted: </span>58%</del>' in html
    assert '<ins><span class="fc-heard">inserted: </span>61%</ins>' in html
    assert as_reporter.get(path, {"old": 2, "new": 1}).status_code == 200
    assert as_reporter.get(path, {"old": 1, "new": 9}).status_code == 404
    none = reverse("admin:claims_claim_verdicts", args=[factories.ClaimFactory().pk])
    assert as_reporter.get(none).status_code == 404


def test_the_log_tells_decisions_and_changes_in_one_order(in_review, as_editor):
    act(as_editor, in_review, "comment", text="Fine.")
    approve(as_editor, in_review, comment="Log seen.")
    lines = page_of(as_editor, in_review).context["happenings"]
    told = [line.what for line in lines]
    assert told[:3] == [
        "Verdict: Draft → published",
        "Claim: In review → published",
        "editor agreed to version 1",
    ]
    for what in ("Evidence added", "Version 1 begun", "Version 1 written: rating, summary"):
        assert any(line.startswith(what) for line in told), what
    assert [line.at for line in lines] == sorted((line.at for line in lines), reverse=True)


def test_a_reopened_claim_offers_a_way_out_but_no_shelf(in_review, as_editor, editor):
    claim_service.publish(in_review, actor=person(editor))
    claim = claim_service.reopen(in_review, actor=person(editor), comment="A doubt.")
    moves = {open_.move.name: open_ for open_ in page_of(as_editor, claim).context["open_moves"]}
    assert set(moves) == {"submit", "let_stand", "retract", "shelve"}
    assert moves["shelve"].missing == ["its verdict is public and must be retracted first"]
    path = reverse("admin:claims_claim_move", args=[claim.pk, "let_stand"])
    as_editor.post(path, {"version": claim.version, "comment": "It was right."})
    claim.refresh_from_db()
    assert claim.stage == ClaimStage.PUBLISHED


def test_the_page_costs_a_fixed_number_of_queries(claim, as_editor):
    def fill():
        factories.AppearanceFactory(claim=claim)
        factories.EvidenceFactory(claim=claim)
        factories.ReplyRequestFactory(claim=claim)
        factories.CommentFactory(claim=claim)
        factories.ClaimLinkFactory(from_claim=claim)

    def queries():
        with CaptureQueriesContext(connection) as captured:
            assert page_of(as_editor, claim).status_code == 200
        return [query["sql"] for query in captured]

    fill()
    queries()
    # Only now: what follows a request within this one transaction is told of in its person's name.
    fill()
    few = queries()
    for _ in range(10):
        fill()
    many = queries()
    assert len(many) == len(few), "\n".join(many)
    assert not any('"claims_articleversion"."text"' in sql for sql in many)
