"""Published verdicts as ClaimReview: what is in it, what never is, and that it is schema.org."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from claims import demo
from claims.choices import MatchState, SpeakerKind, Stance, VerdictStatus
from claims.demo import morning
from claims.export.claim_review import claim_review, feed
from claims.export.publisher import publisher
from claims.models import Article, Claim, Source, Verdict
from claims.selectors import published_verdicts
from claims.services import extraction, intake
from tests import factories
from tests.export.published import MARCH, published, voiced
from tests.export.schema_org import problems

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _publisher(settings):
    settings.PUBLISHER_NAME = "Haverness Facts"
    settings.PUBLISHER_URL = "https://facts.example/"
    settings.PUBLIC_CLAIM_URL = "https://facts.example/claims/{id}"


def reviews():
    return [claim_review(verdict, publisher()) for verdict in published_verdicts()]


def only():
    (review,) = reviews()
    return review


def test_the_verdicts_of_the_demo_are_schema_org():
    for path in sorted((Path(demo.__path__[0]) / "articles").glob("*.html")):
        extraction.perform_run(intake.take_in(str(path)).run.pk)
    morning.work()
    (review,) = reviews()
    assert problems(review) == []
    assert review["claimReviewed"].startswith("By 12 March 2026, 85% of the dykes")
    claim = review["itemReviewed"]
    assert claim["author"]["name"]
    assert claim["firstAppearance"] == claim["appearance"][0]
    assert review["reviewRating"]["alternateName"] == "False"
    # The Audit Chamber's denial did not spread the claim.
    assert len(claim["appearance"]) == 3
    assert problems(json.loads(b"".join(feed(published_verdicts(), publisher())))) == []


def test_a_review_says_what_was_checked_by_whom_and_what_came_out():
    scale = factories.RatingScaleFactory()
    false, true = (
        factories.RatingFactory(scale=scale, label=label, value=value)
        for label, value in (("False", 1), ("True", 5))
    )
    verdict = published(rating=false, explanation="Section by section.")
    review = only()
    assert problems(review) == []
    url = f"https://facts.example/claims/{verdict.claim_id}"
    assert review["url"] == url
    assert review["claimReviewed"] == verdict.claim.text
    assert review["author"]["name"] == "Haverness Facts"
    assert review["inLanguage"] == "en"
    assert review["reviewRating"] == {
        "@type": "Rating",
        "ratingValue": false.value,
        "bestRating": true.value,
        "worstRating": false.value,
        "alternateName": "False",
    }
    assert (review["description"], review["reviewBody"]) == (
        verdict.summary,
        "Section by section.",
    )
    assert review["itemReviewed"] == {"@type": "Claim", "@id": f"{url}#claim"}
    assert "correction" not in review


def test_the_earliest_confirmed_assertion_is_where_it_was_said_first():
    claim = published().claim
    later = voiced(claim, at=MARCH + timedelta(days=3))
    minister = factories.SpeakerFactory(name="Minna Aalto", wikidata_id="Q42")
    first = voiced(claim, at=MARCH, speaker=minister, role="Water Minister")
    undated = voiced(claim, at=None)
    voiced(claim, at=MARCH - timedelta(days=9), stance=Stance.DENIES)
    voiced(claim, at=MARCH - timedelta(days=9), stance=Stance.QUESTIONS)
    voiced(claim, at=MARCH - timedelta(days=9), state=MatchState.SUGGESTED)
    voiced(claim, at=MARCH - timedelta(days=9), state=MatchState.DISMISSED)
    reviewed = only()["itemReviewed"]
    urls = [one.quote.article_version.article.canonical_url for one in (first, later, undated)]
    assert [work["url"] for work in reviewed["appearance"]] == urls
    assert reviewed["firstAppearance"]["url"] == urls[0]
    assert reviewed["firstAppearance"]["publisher"]["name"].startswith("The Daily")
    assert reviewed["datePublished"] == "2026-03-12T09:30:00Z"
    assert reviewed["author"] == {
        "@type": "Person",
        "name": "Minna Aalto",
        "jobTitle": "Water Minister",
        "sameAs": "https://www.wikidata.org/entity/Q42",
    }
    assert problems(only()) == []


@pytest.mark.parametrize(
    ("kind", "type_"),
    [
        (SpeakerKind.PERSON, "Person"),
        (SpeakerKind.UNKNOWN, "Person"),
        (SpeakerKind.ORGANISATION, "Organization"),
        (SpeakerKind.GROUP, "Organization"),
        (SpeakerKind.ANONYMOUS, "Organization"),
    ],
)
def test_a_claimant_is_a_person_or_an_organisation(kind, type_):
    claim = published().claim
    voiced(claim, speaker=factories.SpeakerFactory(kind=kind), role="Spokesman")
    author = only()["itemReviewed"]["author"]
    assert author["@type"] == type_
    assert problems(only()) == []


def test_a_claim_of_nobody_known_has_no_author():
    voiced(published().claim, speaker=None, suggested_name="Khan")
    assert "author" not in only()["itemReviewed"]
    assert "Khan" not in json.dumps(only())


def test_many_appearances_are_cut_to_the_earliest(settings):
    settings.CLAIM_REVIEW_APPEARANCES = 2
    claim = published().claim
    made = [voiced(claim, at=MARCH + timedelta(days=day)) for day in (5, 1, 3)]
    assert [work["datePublished"][:10] for work in only()["itemReviewed"]["appearance"]] == [
        "2026-03-13",
        "2026-03-15",
    ]
    assert len(made) == 3


def test_two_speakers_of_one_article_make_one_appearance():
    claim = published().claim
    version = factories.ArticleVersionFactory(text="“So it is,” Ann said. “It is so,” Bob said.")
    for words in ("“So it is,”", "“It is so,”"):
        quote = factories.QuoteFactory(article_version=version, words=words)
        factories.AppearanceFactory(claim=claim, quote=quote, state=MatchState.CONFIRMED)
    assert len(only()["itemReviewed"]["appearance"]) == 1


@pytest.mark.parametrize("address", ["file:///srv/desk/tip.html", "urn:sha256:" + "a" * 64])
def test_what_has_no_public_address_is_named_without_one(address):
    appearance = voiced(published().claim)
    Article.objects.filter(pk=appearance.quote.article_version.article_id).update(
        canonical_url=address
    )
    Source.objects.update(domain=None)
    work = only()["itemReviewed"]["firstAppearance"]
    assert "url" not in work
    assert address not in json.dumps(only())
    assert problems(only()) == []


def test_a_correction_says_what_was_wrong_and_when():
    verdict = published(summary="It is 85%.")
    first_at = verdict.published_at
    Verdict.objects.filter(pk=verdict.pk).update(status=VerdictStatus.SUPERSEDED)
    corrected = published(
        claim=verdict.claim,
        correction_note="We counted a section twice.",
        published_at=timezone.now(),
    )
    factories.VerdictFactory(claim=verdict.claim, summary="A draft that nobody is to read.")
    review = only()
    assert review["datePublished"] == f"{first_at:%Y-%m-%dT%H:%M:%SZ}"
    assert review["dateModified"] == f"{corrected.published_at:%Y-%m-%dT%H:%M:%SZ}"
    assert review["correction"] == [
        {
            "@type": "CorrectionComment",
            "text": "We counted a section twice.",
            "datePublished": review["dateModified"],
        }
    ]
    assert problems(review) == []
    assert "nobody is to read" not in json.dumps(review)


def test_only_what_is_public_now_is_given_out():
    shown = published()
    embargoed = published()
    Claim.objects.filter(pk=embargoed.claim_id).update(
        embargo_until=timezone.now() + timedelta(days=1)
    )
    over = published()
    Claim.objects.filter(pk=over.claim_id).update(embargo_until=timezone.now() - timedelta(days=1))
    retracted = published()
    Verdict.objects.filter(pk=retracted.pk).update(status=VerdictStatus.RETRACTED)
    factories.VerdictFactory()
    assert {verdict.pk for verdict in published_verdicts()} == {shown.pk, over.pk}
    for verdict in (Verdict.objects.get(pk=retracted.pk), factories.VerdictFactory()):
        with pytest.raises(ValueError, match="not public"):
            claim_review(verdict, publisher())


def test_evidence_and_colleagues_are_in_no_review():
    author = factories.UserFactory(username="mara-at-the-desk")
    verdict = published(author=author)
    factories.EvidenceFactory(claim=verdict.claim, title="The leak", is_confidential=True)
    factories.EvidenceFactory(claim=verdict.claim, title="The log")
    said = json.dumps(only())
    for secret in ("leak", "The log", "mara-at-the-desk", verdict.approver.username):
        assert secret not in said


def test_the_feed_holds_every_review_and_costs_a_fixed_number_of_queries():
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            read = json.loads(b"".join(feed(published_verdicts(), publisher())))
        assert len(read["dataFeedElement"]) == Verdict.objects.count()
        assert problems(read) == []
        return len(captured)

    assert json.loads(b"".join(feed(published_verdicts(), publisher())))["dataFeedElement"] == []
    voiced(published().claim)
    one = queries()
    for _ in range(12):
        voiced(published().claim)
    assert queries() == one
    newest = json.loads(b"".join(feed(published_verdicts(), publisher())))["dataFeedElement"][0]
    assert newest["item"]["@type"] == "ClaimReview"
    assert newest["url"] == newest["item"]["url"]


def test_hostile_text_is_text():
    words = '</script><script>alert("x")</script> \u2028 "quoted" \\ '
    published(claim=factories.ClaimFactory(text=words))
    (item,) = json.loads(b"".join(feed(published_verdicts(), publisher())))["dataFeedElement"]
    assert item["item"]["claimReviewed"] == words
