"""The triage page and what its script asks for: fragments, decisions, holds, views."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from claims.choices import ClaimStage, QuoteStatus
from claims.models import CandidateHold, Claim, Quote, SavedView
from claims.services import quotes as quote_service
from claims.services.actors import person
from tests import factories

pytestmark = pytest.mark.django_db
PAGE = reverse("admin:claims_triage")


def to(name, *args):
    return reverse(f"admin:claims_triage_{name}", args=args)


@pytest.fixture
def quotes():
    """Three candidates of three articles, the most check-worthy first."""
    return [
        factories.QuoteFactory(speaker=factories.SpeakerFactory(name=name), check_worthiness=worth)
        for name, worth in (("Minna Aalto", 0.9), ("Piet Hollander", 0.6), ("Juho Lind", 0.3))
    ]


def decide(client, quote, **values):
    return client.post(to("decide", quote.pk), {"version": quote.version, **values})


# --- The page -----------------------------------------------------------------------------


def test_the_page_shows_the_first_of_the_queue_in_its_article_and_holds_it(
    as_reporter, reporter, quotes
):
    html = as_reporter.get(PAGE).content.decode()
    assert f'data-candidate="{quotes[0].pk}"' in html
    assert "Minna Aalto: We have inspected 85% of the dykes.</textarea>" in html
    assert f'data-covers="{quotes[0].pk}"' in html
    assert "85% of the dykes" in html
    assert "worth checking: high" in html
    assert CandidateHold.objects.get().user == reporter
    assert ">3</strong> waiting" in html


def test_an_empty_queue_says_what_to_do(as_reporter):
    html = as_reporter.get(PAGE).content.decode()
    assert "No candidates wait" in html
    assert reverse("admin:claims_article_add") in html


def test_filters_that_leave_nothing_say_so(as_reporter, quotes):
    html = as_reporter.get(PAGE, {"kind": "indirect"}).content.decode()
    assert "Nothing waits for you here" in html


def test_a_quote_asked_for_by_name_is_shown_whoever_looks_at_it(
    as_editor, editor, reporter, quotes
):
    CandidateHold.objects.create(
        quote=quotes[2], user=reporter, until=timezone.now() + timedelta(minutes=5)
    )
    html = as_editor.get(PAGE, {"at": quotes[2].pk}).content.decode()
    assert f'data-candidate="{quotes[2].pk}"' in html
    assert "<strong>reporter</strong> is looking at this candidate too" in html
    for odd in ("", "x", "9" * 30, "-1", "987654"):
        assert as_editor.get(PAGE, {"at": odd}).status_code == 200


def test_triage_is_for_those_who_may_review(sign_in, quotes):
    auditor = factories.UserFactory()
    client = sign_in(auditor)
    addresses = [(PAGE, "get"), (to("matches", quotes[0].pk), "get")]
    addresses += [(to(name), "post") for name in ("next", "undo", "hold", "save")]
    addresses += [(to(name, quotes[0].pk), "post") for name in ("show", "decide")]
    for address, method in addresses:
        assert getattr(client, method)(address).status_code == 403, address
    assert not CandidateHold.objects.exists()


def test_what_changes_something_is_posted(as_reporter, quotes):
    for name in ("next", "undo", "hold", "save"):
        assert as_reporter.get(to(name)).status_code == 405
    for name in ("show", "decide"):
        assert as_reporter.get(to(name, quotes[0].pk)).status_code == 405


# --- One after the other ------------------------------------------------------------------


def test_the_next_one_is_held_beside_the_one_on_the_screen(as_reporter, quotes):
    as_reporter.get(PAGE)
    first, second, third = quotes
    html = as_reporter.post(to("next"), {"after": first.pk, "keep": first.pk}).content.decode()
    assert f'data-candidate="{second.pk}"' in html
    assert set(CandidateHold.objects.values_list("quote", flat=True)) == {first.pk, second.pk}
    html = as_reporter.post(to("next"), {"after": second.pk, "keep": second.pk}).content.decode()
    assert f'data-candidate="{third.pk}"' in html
    assert as_reporter.post(to("next"), {"after": third.pk, "keep": third.pk}).status_code == 204


def test_a_colleague_gets_another_one(as_reporter, as_editor, quotes):
    assert as_reporter.get(PAGE).context["quote"] == quotes[0]
    assert as_editor.get(PAGE).context["quote"] == quotes[1]


def test_accepting_as_a_new_claim_answers_with_what_was_done(as_reporter, quotes):
    answer = decide(
        as_reporter, quotes[0], decision="new_claim", text="Most dykes hold.", stance="denies"
    ).json()
    claim = Claim.objects.get()
    assert claim.text == "Most dykes hold."
    assert claim.appearances.get().stance == "denies"
    assert answer["status"] == "accepted"
    assert reverse("admin:claims_claim_change", args=[claim.pk]) in answer["said"]


def test_what_is_said_is_escaped(as_reporter, quotes):
    text = "<img src=x onerror=alert(1)>"
    answer = decide(as_reporter, quotes[0], decision="new_claim", text=text, stance="asserts")
    assert "<img" not in answer.json()["said"]


def test_rejecting_takes_a_reason_and_a_comment(as_reporter, quotes):
    answer = decide(
        as_reporter, quotes[0], decision="reject", reason_code="not_checkable", comment="A wish."
    )
    assert answer.json()["status"] == "rejected"
    assert quotes[0].decisions.get().comment == "A wish."


def test_accepting_for_a_claim_we_have(as_reporter, quotes):
    claim = factories.ClaimFactory()
    decide(as_reporter, quotes[0], decision="appearance", claim=claim.pk, stance="questions")
    assert claim.appearances.get().stance == "questions"


def test_what_is_not_filled_in_comes_back_with_the_reason(as_reporter, quotes):
    response = decide(as_reporter, quotes[0], decision="new_claim", text=" ", stance="asserts")
    assert response.status_code == 400
    html = response.content.decode()
    assert "Not saved." in html
    assert "This field is required." in html
    assert decide(as_reporter, quotes[0], decision="dance").status_code == 400
    quotes[0].refresh_from_db()
    assert quotes[0].status == QuoteStatus.CANDIDATE


def test_anothers_decision_is_shown_and_not_overwritten(as_reporter, editor, quotes):
    quote_service.reject(
        quotes[0], actor=person(editor), reason_code="duplicate", comment="Have it."
    )
    response = decide(
        as_reporter, quotes[0], decision="new_claim", text="My own words.", stance="asserts"
    )
    html = response.content.decode()
    assert response.status_code == 409
    assert "Nothing was saved." in html
    assert "rejected (already on the desk), by <strong>editor</strong>" in html
    assert "Have it." in html
    assert "My own words." in html
    assert not Claim.objects.exists()


def test_an_older_row_is_refused_and_what_was_typed_stays(as_reporter, editor, quotes):
    speaker = factories.SpeakerFactory(name="Somebody Else")
    quote_service.set_speaker(quotes[0], actor=person(editor), speaker=speaker)
    response = decide(
        as_reporter, quotes[0], decision="new_claim", text="My own words.", stance="asserts"
    )
    html = response.content.decode()
    assert response.status_code == 409
    assert "My own words.</textarea>" in html
    assert "(speaker corrected), by <strong>editor</strong>" in html
    fresh = Quote.objects.get(pk=quotes[0].pk)
    assert f'data-row="{fresh.version}"' in html
    again = decide(as_reporter, fresh, decision="new_claim", text="My own words.", stance="asserts")
    assert again.status_code == 200


# --- Corrections --------------------------------------------------------------------------


def test_a_span_is_mended_and_the_candidate_comes_back(as_reporter, quotes):
    quote = quotes[0]
    start = quote.article_version.text.index("85%")
    response = decide(as_reporter, quote, decision="span", start=start, end=quote.end - 2)
    quote.refresh_from_db()
    assert quote.text == "85% of the dykes"
    assert "begins%20and%20ends%20there" in response["X-Said"]
    assert "85% of the dykes.</textarea>" in response.content.decode()


def test_a_speaker_is_set_for_every_candidate_of_the_name(as_reporter):
    version = factories.ArticleVersionFactory(text="“One,” said Khan. “Two,” said Khan. “Three.”")
    quotes = [
        factories.QuoteFactory(
            article_version=version, words=words, speaker=None, suggested_name="Khan"
        )
        for words in ("“One,”", "“Two,”")
    ]
    other = factories.QuoteFactory(article_version=version, words="“Three.”", speaker=None)
    khan = factories.SpeakerFactory(name="Imran Khan")
    decide(as_reporter, quotes[0], decision="speaker", speaker=khan.pk, everywhere="on", role="PM")
    assert [Quote.objects.get(pk=q.pk).speaker for q in (*quotes, other)] == [khan, khan, None]
    assert Quote.objects.get(pk=quotes[1].pk).role == ""


def test_a_new_speaker_is_made_and_set(as_reporter, quotes):
    decide(as_reporter, quotes[0], decision="new_speaker", full_name=" Ada  Lund ", kind="person")
    quotes[0].refresh_from_db()
    assert (quotes[0].speaker.name, quotes[0].speaker.is_confirmed) == ("Ada Lund", True)


def test_a_new_speaker_is_not_left_behind_when_the_quote_was_changed(as_reporter, quotes):
    Quote.objects.filter(pk=quotes[0].pk).update(role="Mayor")
    response = decide(
        as_reporter, quotes[0], decision="new_speaker", full_name="Ada Lund", kind="person"
    )
    assert response.status_code == 409
    assert not type(quotes[0].speaker).objects.filter(name="Ada Lund").exists()


def test_an_ambiguous_name_offers_those_it_may_be(as_reporter):
    khans = [
        factories.SpeakerAliasFactory(name="Khan", speaker=factories.SpeakerFactory(name=name))
        for name in ("Imran Khan", "Sadiq Khan")
    ]
    factories.QuoteFactory(speaker=None, suggested_name="Khan")
    html = as_reporter.get(PAGE).content.decode()
    assert all(f'value="{alias.speaker_id}"' in html for alias in khans)


# --- Claims that it may repeat -------------------------------------------------------------


def test_a_claim_that_it_may_repeat_is_shown_with_its_verdict_and_a_key(as_reporter, quotes):
    claim = factories.ClaimFactory(text="85% of the dykes were inspected.")
    rating = factories.RatingFactory(label="Mostly false")
    factories.VerdictFactory(
        claim=claim,
        rating=rating,
        status="published",
        approver=factories.UserFactory(),
        published_at=timezone.now(),
    )
    other = factories.ClaimFactory(text="58% of the dykes were inspected.")
    html = as_reporter.get(PAGE).content.decode()
    assert "Mostly false" in html
    assert "it does not carry over" in html
    assert html.count("The same claim <kbd>") == 1  # another number is another claim
    assert other.text in html
    assert "Another claim: it counts something else." in html


def test_a_claim_under_embargo_is_shown_to_nobody_who_may_not_see_it(
    as_reporter, as_editor, quotes
):
    factories.ClaimFactory(
        text="85% of the dykes were inspected.", embargo_until=timezone.now() + timedelta(days=1)
    )
    assert "85% of the dykes were inspected." not in as_reporter.get(PAGE).content.decode()
    page = as_editor.get(PAGE, {"at": quotes[0].pk}).content.decode()
    assert "85% of the dykes were inspected." in page


def test_the_claims_of_the_candidate_are_asked_for_again(as_reporter, quotes):
    claim = factories.ClaimFactory(text="85% of the dykes were inspected.")
    html = as_reporter.get(to("matches", quotes[0].pk)).content.decode()
    assert claim.text in html
    assert "<html" not in html


# --- Undo, holds --------------------------------------------------------------------------


def test_undo_gives_the_candidate_back(as_reporter, quotes):
    decide(as_reporter, quotes[0], decision="new_claim", text="It holds.", stance="asserts")
    answer = as_reporter.post(to("undo")).json()
    assert answer["quote"] == quotes[0].pk
    assert Claim.objects.get().stage == ClaimStage.SHELVED
    nothing = as_reporter.post(to("undo"))
    assert nothing.status_code == 409
    assert "nothing" in nothing.json()["said"]


def test_a_hold_is_made_longer_and_let_go_of(as_reporter, quotes):
    as_reporter.get(PAGE)
    before = CandidateHold.objects.get().until
    assert as_reporter.post(to("hold"), {"quote": [quotes[0].pk, "x"]}).json() == {"held": 1}
    assert CandidateHold.objects.get().until > before
    assert as_reporter.post(to("hold")).json() == {"held": 0}
    assert not CandidateHold.objects.exists()


# --- Filters and views ----------------------------------------------------------------------


def test_filters_stand_in_the_address_and_as_chips(as_reporter, quotes):
    source = quotes[1].article_version.article.source
    page = as_reporter.get(PAGE, {"source": source.pk, "kind": "direct", "since": "2026-03-01"})
    assert page.context["quote"] == quotes[1]
    assert page.context["query"] == f"source={source.pk}&kind=direct&since=2026-03-01"
    assert [words for words, _ in page.context["filters"].chips()] == [
        f"Outlet: {source.name}",
        "Direct",
        "Came out since: 1 March 2026",
    ]
    hostile = {"source": "x", "kind": "<b>", "since": "31.31.", "topic": "99999", "unresolved": "?"}
    assert as_reporter.get(PAGE, hostile).status_code == 200


def test_a_view_is_kept_shared_and_deleted(as_reporter, as_editor, reporter, quotes):
    as_reporter.post(to("save") + "?kind=direct&at=5", {"name": "Direct ones", "is_shared": "on"})
    as_reporter.post(to("save") + "?unresolved=on", {"name": "Mine"})
    shared = SavedView.objects.get(name="Direct ones")
    assert (shared.query, shared.owner, shared.is_shared) == ("kind=direct", reporter, True)
    assert [row["view"].name for row in as_editor.get(PAGE).context["views"]] == ["Direct ones"]
    assert as_editor.post(to("forget", shared.pk)).status_code == 404
    assert as_reporter.post(to("forget", shared.pk)).status_code == 302
    assert [view.name for view in SavedView.objects.all()] == ["Mine"]


def test_a_view_without_a_name_is_refused(as_reporter):
    as_reporter.post(to("save") + "?kind=direct", {"name": "  "})
    assert not SavedView.objects.exists()
    assert "a name of at most" in as_reporter.get(PAGE).content.decode()


# --- Size -----------------------------------------------------------------------------------


def test_a_long_article_is_shown_around_the_candidate(as_reporter, settings):
    settings.TRIAGE_TEXT_CHARACTERS = 1000
    text = f"{'word ' * 900}“We have inspected 85%,” she said. {'word ' * 900}"
    version = factories.ArticleVersionFactory(text=text)
    quote = factories.QuoteFactory(article_version=version)
    page = as_reporter.get(PAGE)
    html = page.content.decode()
    assert "The text begins before this part." in html
    assert "The text goes on." in html
    start = page.context["text_start"]
    assert 0 < start <= quote.start
    assert len(page.context["marked_text"]) < 2500
    assert f'data-offset="{start}"' in html
    assert text[start - 1] == " "


def costs(client, address, method="post", **data):
    with CaptureQueriesContext(
        connection,
    ) as queries:
        response = getattr(client, method)(address, data)
    assert response.status_code == 200
    return len(queries)


def test_the_page_and_its_parts_cost_the_same_for_few_and_many(as_reporter, quotes):
    claim = factories.ClaimFactory(text="85% of the dykes were inspected.")
    factories.AppearanceFactory(claim=claim, state="confirmed")
    article = {"at": quotes[0].pk}
    as_reporter.get(PAGE, article)
    few = costs(as_reporter, PAGE, "get", **article)
    few_next = costs(as_reporter, to("next"), after=quotes[0].pk, keep=quotes[0].pk)
    for number in range(25):
        factories.ClaimFactory(text=f"85% of the dykes were inspected, says report {number}.")
        factories.QuoteFactory(check_worthiness=0.2)
        SavedView.objects.create(
            owner=factories.UserFactory(), name=f"View {number}", is_shared=True
        )
        version = quotes[0].article_version
        factories.QuoteFactory(
            article_version=version, words=version.text[: number + 2], check_worthiness=0.1
        )
    assert costs(as_reporter, PAGE, "get", **article) == few
    assert costs(as_reporter, to("next"), after=quotes[0].pk, keep=quotes[0].pk) == few_next
    assert few_next <= 24


def test_each_filter_costs_no_query_that_grows(as_reporter, quotes):
    topic = factories.TopicFactory()
    speaker = quotes[0].speaker
    for filters in (
        {"unresolved": "on"},
        {"altered": "on"},
        {"topic": topic.pk},
        {"speaker": speaker.pk},
        {"since": "2026-01-01", "until": "2026-12-31"},
    ):
        as_reporter.get(PAGE, filters)
        with CaptureQueriesContext(connection) as queries:
            as_reporter.get(PAGE, filters)
        assert len(queries) <= 36, filters


def test_the_sidebar_and_the_home_page_lead_there(as_reporter, quotes):
    page = as_reporter.get(reverse("admin:index"))
    items = [i for g in page.context["sidebar_navigation"] for i in g["items"]]
    assert ("Triage", PAGE) in [(item["title"], item["link"]) for item in items]
    assert f"{PAGE}?at={quotes[0].pk}" in page.content.decode()
    triage = as_reporter.get(PAGE).context["sidebar_navigation"]
    assert [i["title"] for g in triage for i in g["items"] if i["active"]] == ["Triage"]
