"""Reviews by others come in, once each, and stand beside the claims that they resemble."""

import json
from datetime import date

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims.ingest.errors import FetchError, TooLarge
from claims.ingest.reviews import NoReviews
from claims.models import ExternalReview
from claims.services import external_reviews
from claims.services.actors import job, person
from claims.services.errors import NotAllowed
from claims.services.external_reviews import import_reviews, import_reviews_at, reviews_like
from tests import factories
from tests.feedweb import running
from tests.ingest.test_reviews import COMMONS, PAGE, REVIEW

pytestmark = pytest.mark.django_db
OPERATOR = job("import_reviews")
DYKES = "85% of the dykes on the lower Senn were inspected."


def brought(*reviews, actor=OPERATOR):
    return import_reviews(json.dumps(reviews).encode(), actor=actor)


def outcomes(done):
    return [one.outcome for one in done]


def review(number=1, **changes):
    return {**REVIEW, "url": f"https://checkers.example/{number}", **changes}


def test_a_review_is_on_record_with_what_it_says_and_who_brought_it(checker):
    (one,) = brought(REVIEW, actor=person(checker))
    row = ExternalReview.objects.get(pk=one.pk)
    assert (one.outcome, one.number) == ("new", 1)
    assert (row.claimant, row.rating_label, row.rating_value) == ("Minna Aalto", "Mostly false", 2)
    assert (row.publisher_name, row.publisher_site) == ("Checkers", "checkers.example")
    assert row.raw == REVIEW
    assert (row.imported_by, row.job) == (checker, "")


def test_importing_again_changes_nothing():
    first = brought(review(1), review(2))
    again = brought(review(1), review(2))
    assert (outcomes(first), outcomes(again)) == (["new", "new"], ["same", "same"])
    assert [one.pk for one in first] == [one.pk for one in again]
    assert {row.version for row in ExternalReview.objects.all()} == {1}


def test_what_its_publisher_changed_is_changed_and_the_history_keeps_the_old():
    brought(review())
    (one,) = brought(review(reviewRating={"alternateName": "True"}))
    row = ExternalReview.objects.get()
    assert one.outcome == "changed"
    assert (row.rating_label, row.rating_value, row.version) == ("True", None, 2)
    assert [event.rating_label for event in row.events.order_by("pgh_id")] == [
        "Mostly false",
        "True",
    ]


def test_one_page_may_review_several_claims():
    brought(review(), review(claimReviewed="The sea is sweet."))
    assert ExternalReview.objects.count() == 2


def test_what_is_named_twice_in_one_file_is_stored_once_in_its_first_form():
    twice = (review(), review(name="Another title"))
    assert outcomes(brought(*twice)) == ["new", "same"]
    assert ExternalReview.objects.get().title == REVIEW["name"]
    assert outcomes(brought(*twice)) == ["same", "same"]


def test_a_refused_review_harms_no_other():
    done = brought(review(1), review(2, claimReviewed=""), "nonsense", review(3))
    assert outcomes(done) == ["new", "refused", "new"]
    assert "names no claim" in done[1].reason
    assert ExternalReview.objects.count() == 2


def test_our_own_reviews_in_a_common_feed_are_left_out(settings):
    settings.PUBLISHER_URL = "https://www.facts.example/"
    (one,) = brought(review(author={"name": "Us", "url": "https://facts.example/about"}))
    assert (one.outcome, one.reason) == ("refused", "It is a review of our own.")


def test_many_come_in_batches_at_a_fixed_cost_a_batch(monkeypatch):
    monkeypatch.setattr(external_reviews, "BATCH", 10)

    def queries(number: int) -> int:
        with CaptureQueriesContext(connection) as captured:
            done = brought(*(review(f"{number}-{each}") for each in range(number)))
        assert outcomes(done) == ["new"] * number
        return len(captured)

    one, ten, twenty = queries(1), queries(10), queries(20)
    assert ten == one
    assert twenty < 2 * ten


@pytest.mark.parametrize("role", ["reporter", "administrator", "auditor"])
def test_only_checkers_and_editors_bring_reviews_in(request, role):
    user = request.getfixturevalue(role)
    with pytest.raises(NotAllowed):
        brought(REVIEW, actor=person(user))
    assert user.has_perm("claims.view_externalreview")


def test_hostile_text_is_stored_as_text():
    words = "<script>ran(1)</script> '; DROP TABLE claims_claim; --"
    brought(review(claimReviewed=words, name="a\0b\ud800", author={"name": words}))
    row = ExternalReview.objects.get()
    assert (row.claim_text, row.publisher_name) == (words, words)
    assert row.title == "ab\ufffd"


# --- Beside claims ------------------------------------------------------------------------


def test_a_review_of_a_like_claim_is_found_with_the_reasons():
    row = factories.ExternalReviewFactory(claim_text=DYKES)
    factories.ExternalReviewFactory(claim_text="The sea at Haverness is sweet.")
    (found,) = reviews_like("85 per cent of the dykes of the lower Senn have been inspected")
    assert (found.review, found.same, found.stance) == (row, True, "asserts")
    assert "the same number" in found.reasons


def test_another_number_or_date_is_another_claim():
    factories.ExternalReviewFactory(claim_text=DYKES)
    (found,) = reviews_like("58% of the dykes on the lower Senn were inspected")
    assert not found.same
    assert "another number" in found.reasons
    dated = factories.ExternalReviewFactory(claim_text="Prices of bread rose in February 2026.")
    by_day = {
        day: reviews_like("Last month prices of bread rose", day)[0]
        for day in (date(2026, 3, 12), date(2026, 5, 12))
    }
    assert [found.review for found in by_day.values()] == [dated, dated]
    assert [found.same for found in by_day.values()] == [True, False]


def test_as_many_queries_for_one_review_as_for_many(django_assert_num_queries):
    factories.ExternalReviewFactory(claim_text=DYKES)
    with django_assert_num_queries(2):
        reviews_like(DYKES)
    for number in range(30):
        factories.ExternalReviewFactory(claim_text=f"{DYKES} So says report {number}.")
    with django_assert_num_queries(2):
        assert len(reviews_like(DYKES)) == 5


# --- From a file or an address ------------------------------------------------------------


@pytest.fixture(scope="module")
def server():
    with running() as web:
        yield web


@pytest.fixture
def web(server, settings):
    settings.FETCH_ALLOWED_NETWORKS = ["127.0.0.1/32"]
    settings.FETCH_HOST_SECONDS = 0
    server.replies.clear()
    return server


def test_a_page_is_read_at_its_address(web):
    url = web.reply("/dykes", PAGE % json.dumps({**REVIEW, "url": "/dykes"}))
    (one,) = import_reviews_at(url, actor=OPERATOR)
    assert (one.outcome, one.url) == ("new", url)


def test_a_feed_is_read_by_the_command(web, tmp_path, capsys):
    url = web.reply("/feed.json", json.dumps(COMMONS), Content_Type="application/json")
    call_command("import_reviews", url)
    assert "2 new" in capsys.readouterr().out
    file = tmp_path / "reviews.json"
    file.write_text(json.dumps([REVIEW, {**REVIEW, "url": None}]))
    call_command("import_reviews", str(file))
    told = capsys.readouterr()
    assert "1 same" in told.out
    assert "1 refused" in told.out
    assert "no address" in told.err


def test_the_command_says_what_cannot_be_read(web, tmp_path):
    (tmp_path / "x").write_text("nothing")
    for target, why in (
        (str(tmp_path / "x"), "neither JSON nor a page"),
        (str(tmp_path / "none"), "cannot be read"),
        (f"{web.url}/gone", "answered 404"),
        ("http://10.0.0.1/feed", "not on the public internet"),
    ):
        with pytest.raises(CommandError, match=why):
            call_command("import_reviews", target)


def test_limits_are_those_of_the_settings(web, settings):
    settings.REVIEWS_MAX_BYTES = 200
    with pytest.raises(NoReviews, match="More than 200 bytes"):
        brought(REVIEW)
    with pytest.raises(TooLarge):
        import_reviews_at(web.reply("/feed", json.dumps(COMMONS)), actor=OPERATOR)
    with pytest.raises(FetchError):
        import_reviews_at(f"{web.url}/nothing", actor=OPERATOR)
