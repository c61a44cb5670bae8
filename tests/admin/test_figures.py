"""The figures are right, leave out what is kept, and cost the same for any period."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from claims.admin.figures import drawn
from claims.selectors import figures
from claims.services import claims as claim_service
from claims.services import drafts, publishing
from claims.services import quotes as quote_service
from claims.services.actors import person
from tests import factories

pytestmark = pytest.mark.django_db
PAGE = reverse("admin:claims_figures")


@pytest.fixture
def since():
    return timezone.now() - timedelta(days=30)


def test_the_scorecard_counts_what_people_decided_and_why(reporter, since):
    run = factories.ExtractionRunFactory(extractor="rules-9")
    accepted, rejected, fixed = (factories.QuoteFactory(run=run) for _ in range(3))
    by_hand = factories.QuoteFactory(run=None, kind="indirect")
    factories.QuoteFactory(run=run)  # nobody has looked at it
    actor = person(reporter)
    quote_service.accept_as_new_claim(accepted, actor=actor, text="It is so.")
    quote_service.reject(rejected, actor=actor, reason_code="not_a_quote")
    quote_service.reject(by_hand, actor=actor, reason_code="duplicate")
    quote_service.reject(fixed, actor=actor, reason_code="wrong_span")
    quote_service.reopen(fixed, actor=actor)
    factories.DecisionFactory(
        quote=fixed, actor=reporter, reason_code="fixed_span", to_state="candidate"
    )
    scores = figures.scorecard(since)
    [rules, hand] = scores["extractor"]
    assert (rules.name, rules.accepted, rules.rejected, rules.fixed) == ("rules-9", 1, 1, 1)
    assert rules.reasons == [("Not a quotation", 1)]
    assert rules.percent == 50
    assert (hand.name, hand.rejected) == ("Marked by a person", 1)
    assert {score.name: score.decided for score in scores["kind"]}["indirect"] == 1
    assert sum(score.decided for score in scores["outlet"]) == 3


def test_candidates_are_counted_by_day_and_outcome_and_copies_once(reporter, since):
    quote = factories.QuoteFactory()
    factories.QuoteFactory(copy_of=quote)
    quote_service.reject(factories.QuoteFactory(), actor=person(reporter), reason_code="duplicate")
    [(day, counts)] = figures.candidates_by_day(since).items()
    assert counts == {"candidate": 1, "rejected": 1}
    assert day == timezone.now().date()
    assert figures.candidates_by_day(timezone.now() + timedelta(hours=1)) == {}


def test_the_time_in_a_stage_is_the_median_of_those_that_left_it(checker, since):
    claims = [factories.ClaimFactory() for _ in range(3)]
    begun = timezone.now() - timedelta(days=10)
    for claim, hours in zip(claims, (1, 2, 30), strict=True):
        _decided(claim, checker, "", "new", begun)
        _decided(claim, checker, "new", "researching", begun + timedelta(hours=hours))
    assert figures.stage_times(since, checker) == {"new": (3, pytest.approx(7200))}


def _decided(claim, user, before, after, at):
    """A decision of another day: rows are only ever added, so the clock is turned back."""
    decision = factories.DecisionFactory.build(
        quote=None, claim=claim, actor=user, from_state=before, to_state=after
    )
    decision.pk = None
    decision._meta.get_field("at").auto_now_add = False
    try:
        decision.at = at
        decision.save()
    finally:
        decision._meta.get_field("at").auto_now_add = True


def test_what_is_kept_from_a_person_is_in_no_figure(reporter, checker, since):
    claim = factories.ClaimFactory(embargo_until=timezone.now() + timedelta(days=1))
    topic = factories.TopicFactory(name="Secret works")
    claim.topics.add(topic)
    claim_service.start_research(claim, actor=person(checker))
    _decided(claim, checker, "", "new", timezone.now() - timedelta(days=1))
    _decided(claim, checker, "new", "researching", timezone.now())
    assert figures.stage_times(since, reporter) == {}
    assert figures.stage_times(since, checker) != {}
    assert figures.balance(since, reporter, most=5)["topic"] == []
    [row] = figures.balance(since, checker, most=5)["topic"]
    assert (row.name, row.candidates, row.checked) == ("Secret works", 1, 1)


def test_the_balance_of_outlets_speakers_and_topics(reporter, checker, editor, since):
    quotes = factories.QuoteFactory.create_batch(2)
    claim = quote_service.accept_as_new_claim(quotes[0], actor=person(reporter), text="So it is.")
    claim.topics.add(factories.TopicFactory(name="Dykes"))
    claim_service.start_research(claim, actor=person(checker))
    draft = drafts.start_draft(claim, actor=person(checker))
    draft.rating, draft.summary = factories.RatingFactory(label="Mostly true"), "It is so."
    draft.save()
    factories.EvidenceFactory(claim=claim)
    claim_service.submit(claim, actor=person(checker))
    claim.refresh_from_db()
    publishing.approve(claim, actor=person(editor))
    found = figures.balance(since, reporter, most=5)
    outlet = quotes[0].article_version.article.source.name
    by_outlet = {row.name: row for row in found["outlet"]}
    assert (by_outlet[outlet].checked, by_outlet[outlet].verdicts) == (1, 1)
    assert sum(row.candidates for row in found["outlet"]) == 2
    assert {row.name: row.verdicts for row in found["speaker"]}[quotes[0].speaker.name] == 1
    assert [(row.name, row.verdicts) for row in found["topic"]] == [("Dykes", 1)]
    [(_, label, _, number)] = figures.verdicts_by_rating(since, reporter)
    assert (label, number) == ("Mostly true", 1)


def test_the_bars_of_a_day_stand_on_each_other_and_fill_the_height_at_most():
    first = date(2026, 3, 1)
    days = drawn(
        {
            first: {"candidate": 3, "rejected": 1},
            first + timedelta(days=2): {"accepted": 2},
        }
    )
    assert [day.counts for day in days] == [[3, 0, 1, 0], [0, 0, 0, 0], [0, 2, 0, 0]]
    low, high = days[0].bars
    assert (low.y + low.height, high.y + high.height, high.y) == (100, low.y, 0)
    assert days[2].bars[0].height == 50
    assert drawn({}) == []


def test_the_page_says_its_numbers_as_text_and_marks_small_samples(as_reporter, reporter):
    quote_service.reject(factories.QuoteFactory(), actor=person(reporter), reason_code="duplicate")
    html = as_reporter.get(PAGE).content.decode()
    assert "<svg" in html
    assert "1 already on the desk" in html
    assert "few" in html


def test_the_page_says_as_of_when_it_counts(as_reporter):
    assert "As of" in as_reporter.get(PAGE).content.decode()


@pytest.mark.parametrize("days", ["7", "365", "nonsense", ""])
def test_any_period_opens(as_reporter, days):
    assert as_reporter.get(PAGE, {"days": days}).status_code == 200


def test_an_empty_desk_says_what_to_do_next(as_reporter):
    html = as_reporter.get(PAGE).content.decode()
    assert "Choose a longer one" in html


def test_the_figures_cost_a_fixed_number_of_queries(as_reporter, reporter):
    def queries() -> int:
        as_reporter.get(PAGE)
        with CaptureQueriesContext(connection) as captured:
            assert as_reporter.get(PAGE).status_code == 200
        return len(captured)

    quote_service.reject(factories.QuoteFactory(), actor=person(reporter), reason_code="duplicate")
    few = queries()
    for _ in range(6):
        quote = factories.QuoteFactory()
        quote_service.accept_as_new_claim(quote, actor=person(reporter), text="It is so.")
    assert queries() == few
