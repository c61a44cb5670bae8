"""Search and matching through the API."""

import pytest
from django.utils import timezone

from claims.choices import VerdictStatus
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk():
    """A claim that was voiced and answered, another one, and one under embargo."""
    speaker = factories.SpeakerFactory(name="Minna Aalto")
    quote = factories.QuoteFactory(speaker=speaker)
    claim = factories.ClaimFactory(text="The city has inspected 85% of the Senn dykes.")
    claim.topics.add(factories.TopicFactory(name="Flood defence", slug="floods"))
    factories.AppearanceFactory(claim=claim, quote=quote, state="confirmed")
    verdict = factories.VerdictFactory(
        claim=claim,
        status=VerdictStatus.PUBLISHED,
        approver=factories.UserFactory(),
        published_at=timezone.now(),
    )
    factories.ClaimFactory(text="The harbour has 40 dykes of its own.")
    factories.ClaimFactory(
        text="A secret report on dykes exists.",
        embargo_until=timezone.now() + timezone.timedelta(days=3),
    )
    return {"claim": claim, "speaker": speaker, "verdict": verdict, "quote": quote}


def find(client, **asked):
    answer = client.get("/api/v1/search", asked)
    assert answer.status_code == 200, answer.json()
    return {group["kind"]: group for group in answer.json()["groups"]}


def test_every_kind_is_searched_and_the_words_are_marked(client_of, reporter, desk):
    groups = find(client_of(reporter), q="dykes -harbour")

    (hit,) = groups["claims"]["results"]
    assert hit["href"] == f"/api/v1/claims/{desk['claim'].pk}"
    assert [hit["text"][a:b] for a, b in hit["highlights"]] == ["dykes"]
    (quote,) = groups["quotes"]["results"]
    assert quote["speaker"] == desk["speaker"].pk
    assert [quote["text"][a:b] for a, b in quote["highlights"]] == ["dykes"]
    assert find(client_of(reporter), q="minna aalto")["speakers"]["results"][0]["id"] == (
        desk["speaker"].pk
    )


def test_what_is_under_embargo_is_found_by_whom_may_see_it(client_of, reporter, checker, desk):
    assert len(find(client_of(checker), q="secret report")["claims"]["results"]) == 1
    assert find(client_of(reporter), q="secret report")["claims"]["results"] == []


def test_facets_say_what_matches_are_made_up_of_and_narrow_them_down(client_of, checker, desk):
    client = client_of(checker)
    asked = {"q": "dykes", "kind": "claims", "facets": "rating,speaker,outlet,topic,year"}
    group = find(client, **asked)["claims"]

    assert (group["counted"], group["complete"]) == (3, True)
    facets = {name: [(f["label"], f["count"]) for f in fs] for name, fs in group["facets"].items()}
    assert facets["rating"] == [(desk["verdict"].rating.label, 1)]
    assert facets["speaker"] == [("Minna Aalto", 1)]
    assert facets["topic"] == [("Flood defence", 1)]
    assert facets["year"] == [(str(timezone.now().year), 3)]
    for name in ("rating", "speaker", "outlet", "topic", "year"):
        value = group["facets"][name][0]["value"]
        narrowed = find(client, **{**asked, name: value})["claims"]["results"]
        assert len(narrowed) == group["facets"][name][0]["count"]
    assert "quotes" not in find(client, q="dykes", topic="floods")


def test_facets_of_more_matches_say_that_they_are_not_all(client_of, checker, desk, settings):
    settings.SEARCH_FACET_ROWS = 2
    group = find(client_of(checker), q="dykes", kind="claims", facets="year")["claims"]
    assert (group["counted"], group["complete"]) == (2, False)


def test_pages_of_one_kind_follow_each_other(client_of, checker, desk):
    client = client_of(checker)
    found, address = [], "/api/v1/search?q=dykes&kind=claims&limit=1"
    while address:
        (group,) = client.get(address).json()["groups"]
        found += [hit["id"] for hit in group["results"]]
        address = group["next"]
    assert len(found) == 3
    assert found == sorted(found, reverse=True)


@pytest.mark.parametrize(
    "query",
    ["", "?q=", "?q=%20", "?q=x&kind=users", "?q=x&limit=0", "?q=x&before=7", "?q=x&year=99999"],
)
def test_a_search_that_cannot_be_is_refused(client_of, reporter, query):
    answer = client_of(reporter).get(f"/api/v1/search{query}")
    assert (answer.status_code, answer.json()["code"]) == (400, "invalid")


@pytest.mark.parametrize("q", ["the", "'", "&|!", '"', "<->", "a" * 500, "ı̇", "🙂", "\\"])
def test_odd_words_find_nothing_and_break_nothing(client_of, reporter, desk, q):
    assert all(group["results"] == [] for group in find(client_of(reporter), q=q).values())


def compare(client, **body):
    answer = client.post("/api/v1/match", body, format="json")
    assert answer.status_code == 200, answer.json()
    return answer.json()


def test_a_text_is_matched_with_its_reasons_and_the_verdict_beside(client_of, reporter, desk):
    (found,) = compare(
        client_of(reporter), text="85 percent of the Senn dykes have been inspected by the city."
    )["matches"]

    assert (found["claim"], found["same"]) == (desk["claim"].pk, True)
    assert "the same number" in found["reasons"]
    assert found["latest_verdict"]["summary"] == desk["verdict"].summary


def test_what_others_reviewed_stands_beside(client_of, reporter, desk):
    review = factories.ExternalReviewFactory(
        claim_text="Haverness has inspected 85% of the Senn dykes."
    )
    (found,) = compare(
        client_of(reporter), text="85 percent of the Senn dykes have been inspected in Haverness."
    )["reviews_by_others"]
    assert (found["review"]["id"], found["same"]) == (review.pk, True)


def test_another_number_is_another_claim(client_of, reporter, desk):
    (found,) = compare(client_of(reporter), text="The city has inspected 58% of the Senn dykes.")[
        "matches"
    ]
    assert not found["same"]


def test_a_slogan_is_matched_only_with_its_speaker_or_its_date(client_of, reporter, desk):
    slogan = factories.ClaimFactory(text="Dykes protect us all.")
    factories.AppearanceFactory(claim=slogan, quote=desk["quote"], state="confirmed")
    client = client_of(reporter)

    bare = compare(client, text="Dykes protect us all")
    assert bare["matches"] == []
    assert "name the speaker or the date" in bare["withheld"]
    by_speaker = compare(client, text="Dykes protect us all", speaker=desk["speaker"].pk)
    assert [found["claim"] for found in by_speaker["matches"]] == [slogan.pk]
    other = factories.SpeakerFactory()
    assert compare(client, text="Dykes protect us all", speaker=other.pk)["matches"] == []
    near = desk["quote"].article_version.article.published_at.date()
    on_the_day = compare(client, text="Dykes protect us all", date=near.isoformat())
    assert [found["claim"] for found in on_the_day["matches"]] == [slogan.pk]
    assert compare(client, text="Dykes protect us all", date="1999-01-01")["matches"] == []


@pytest.mark.parametrize("date", ["0001-01-01", "9999-12-31"])
@pytest.mark.parametrize("text", ["Dykes protect us all", "It was 85% of the dykes last week."])
def test_nothing_was_said_at_the_ends_of_the_calendar(client_of, reporter, desk, text, date):
    body = {"text": text, "date": date}
    answer = client_of(reporter).post("/api/v1/match", body, format="json")
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (400, "#/date")
