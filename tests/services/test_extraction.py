"""Extraction as leased work: claimed once, stored once, retried, given up, replayed."""

from datetime import timedelta

import pytest
from django.utils import timezone

from claims.choices import WorkState
from claims.extraction import QuoteKind, extractor
from claims.models import ExtractionRun, Quote
from claims.services import extraction, leasing
from claims.services.articles import store_document
from tests import factories
from tests.services.documents import TEXT, document
from tests.services.finding import engine, found

pytestmark = pytest.mark.django_db

QUOTE = found(TEXT, "“We have inspected 85% of the dykes,”", name="Minna Aalto", cue="said")


@pytest.fixture
def run():
    version = factories.ArticleVersionFactory(text=TEXT)
    return factories.ExtractionRunFactory(article_version=version)


def break_down(text):
    raise ZeroDivisionError("the engine broke down")


def set_run(run, **values):
    ExtractionRun.objects.filter(pk=run.pk).update(**values)
    run.refresh_from_db()


def test_the_real_engine_stores_what_the_article_says():
    run = store_document(document()).run
    merged = extraction.perform_run(run.pk)
    run.refresh_from_db()
    quote = Quote.objects.get()
    assert (run.state, run.quotes_found, run.quotes_added, merged.added) == ("done", 1, 1, 1)
    assert (run.lease_token, run.due_at, run.error) == (None, None, "")
    assert run.duration_ms is not None
    assert run.finished_at is not None
    assert (quote.text, quote.run) == ("“We have inspected 85% of the dykes,”", run)
    assert (quote.speaker.name, quote.speaker.is_confirmed) == ("Minna Aalto", False)
    assert quote.suffix == " Minna Aalto said on Monday."


def test_a_run_is_asked_for_once_a_version_and_extractor(run):
    version = run.article_version
    assert extraction.request_run(version, by=run.extractor) == run
    newer = extraction.request_run(version)
    assert (newer.extractor, newer.state) == (extractor(), WorkState.QUEUED)
    assert extraction.request_run(version) == newer


def test_a_run_is_read_by_the_engine_that_it_asks_for():
    run = store_document(document()).run
    by_rules = extraction.request_run(run.article_version, by=extractor("rules"))
    extraction.perform_run(by_rules.pk)
    by_rules.refresh_from_db()
    assert by_rules.state == WorkState.DONE
    assert Quote.objects.get().run.extractor == extractor("rules")


def test_a_run_that_asks_for_an_engine_of_another_version_is_done_by_none(run):
    set_run(run, extractor="rules-0")
    assert extraction.perform_run(run.pk) is None
    run.refresh_from_db()
    assert run.state == WorkState.QUEUED
    assert "There is no engine 'rules-0' here, only model-3, rules-3." in run.error
    assert not Quote.objects.exists()


def test_a_second_performance_changes_nothing(run):
    assert extraction.perform_run(run.pk, engine=engine(QUOTE)).added == 1
    assert extraction.perform_run(run.pk, engine=engine(QUOTE)) is None
    assert extraction.perform_run(run.pk, engine=engine()) is None
    quote = Quote.objects.get()
    assert (quote.version, quote.status) == (1, "candidate")


def test_a_run_that_does_not_exist_is_nothing_to_do():
    assert extraction.perform_run(987654321) is None


@pytest.mark.parametrize("state", [WorkState.DONE, WorkState.DEAD])
def test_a_run_that_ended_is_not_claimed(run, state):
    set_run(run, state=state, quotes_found=0, finished_at=timezone.now(), due_at=None)
    assert extraction.claim_run(run.pk) is None


def test_a_run_is_claimed_again_only_when_its_lease_has_ended(run):
    first = extraction.claim_run(run.pk)
    assert first.attempt == 1
    assert extraction.claim_run(run.pk) is None
    set_run(run, due_at=timezone.now())
    second = extraction.claim_run(run.pk)
    assert (second.attempt, second.token == first.token) == (2, False)


def test_a_run_without_attempts_left_is_not_claimed(run, settings):
    set_run(run, attempts=settings.EXTRACTION_MAX_ATTEMPTS)
    assert extraction.claim_run(run.pk) is None


def test_a_worker_that_lost_its_lease_while_it_computed_stores_nothing(run):
    def slow(text):
        set_run(run, due_at=timezone.now())
        assert extraction.claim_run(run.pk) is not None  # another worker takes over
        return engine(QUOTE)(text)

    assert extraction.perform_run(run.pk, engine=slow) is None
    run.refresh_from_db()
    assert (run.state, run.attempts) == (WorkState.RUNNING, 2)
    assert not Quote.objects.exists()


def test_a_worker_that_lost_its_lease_and_then_failed_leaves_the_run_to_the_other(run):
    def slow(text):
        set_run(run, due_at=timezone.now())
        extraction.claim_run(run.pk)
        break_down(text)

    extraction.perform_run(run.pk, engine=slow)
    run.refresh_from_db()
    assert (run.state, run.error) == (WorkState.RUNNING, "")


def test_a_sweeper_fences_off_the_worker_whose_lease_ended(run):
    def slow(text):
        set_run(run, due_at=timezone.now())
        assert extraction.due_runs() == [run.pk]
        return engine(QUOTE)(text)

    assert extraction.perform_run(run.pk, engine=slow) is None
    run.refresh_from_db()
    assert (run.state, run.lease_token) == (WorkState.QUEUED, None)
    assert not Quote.objects.exists()
    assert extraction.perform_run(run.pk, engine=engine(QUOTE)).added == 1


def test_a_failing_engine_is_tried_again_ever_later_and_then_given_up(run, settings):
    settings.EXTRACTION_MAX_ATTEMPTS = 4
    settings.EXTRACTION_RETRY_SECONDS = 30
    waits = []
    for attempt in (1, 2, 3):
        before = timezone.now()
        assert extraction.perform_run(run.pk, engine=break_down) is None
        run.refresh_from_db()
        assert (run.state, run.attempts, run.lease_token) == (WorkState.QUEUED, attempt, None)
        assert "ZeroDivisionError: the engine broke down" in run.error
        waits.append(round((run.due_at - before).total_seconds()))
        assert extraction.due_runs() == []
        # A message that comes twice, or late, burns no attempt.
        assert extraction.claim_run(run.pk) is None
        ExtractionRun.objects.filter(pk=run.pk).update(due_at=timezone.now())
    assert waits == [30, 60, 120]
    extraction.perform_run(run.pk, engine=break_down)
    run.refresh_from_db()
    assert (run.state, run.due_at, run.lease_token) == (WorkState.DEAD, None, None)
    assert "the engine broke down" in run.error
    assert run.finished_at is not None
    assert extraction.perform_run(run.pk, engine=engine(QUOTE)) is None
    assert not Quote.objects.exists()


@pytest.mark.parametrize(
    "words",
    ["a NUL \x00 in it", "half a pair \ud83d", "x" * 3_000_000, "100% %s {} \\"],
    ids=["NUL", "surrogate", "long", "percent"],
)
def test_whatever_a_failure_says_it_ends_on_the_runs_row(run, words):
    def fail(text):
        raise ValueError(words)

    extraction.perform_run(run.pk, engine=fail)
    run.refresh_from_db()
    assert run.state == WorkState.QUEUED
    assert run.error.strip()
    assert len(run.error) <= leasing.ERROR_CHARACTERS
    assert run.error.endswith(("in it\n", "pair ?\n", "xxx\n", "%s {} \\\n"))


@pytest.mark.parametrize("failure", [MemoryError(), RecursionError(), StopIteration(), KeyError(1)])
def test_any_exception_of_the_engine_is_kept(run, failure):
    def fail(text):
        raise failure

    extraction.perform_run(run.pk, engine=fail)
    run.refresh_from_db()
    assert type(failure).__name__ in run.error


def test_a_given_up_run_is_replayed_from_its_first_attempt(run, settings):
    settings.EXTRACTION_MAX_ATTEMPTS = 1
    extraction.perform_run(run.pk, engine=break_down)
    replayed = leasing.replay(run)
    assert (replayed.state, replayed.attempts) == (WorkState.QUEUED, 0)
    assert (replayed.finished_at, replayed.due_at is None) == (None, False)
    assert extraction.perform_run(run.pk, engine=engine(QUOTE)).added == 1
    run.refresh_from_db()
    assert (run.state, run.error) == (WorkState.DONE, "")


def test_only_a_given_up_run_is_replayed(run):
    extraction.perform_run(run.pk, engine=engine(QUOTE))
    done = leasing.replay(run)
    assert (done.state, done.attempts) == (WorkState.DONE, 1)


def test_a_text_that_is_too_long_is_given_up_with_the_reason(run, settings):
    settings.EXTRACTION_MAX_CHARACTERS = len(TEXT) - 1
    assert extraction.perform_run(run.pk, engine=engine(QUOTE)) is None
    run.refresh_from_db()
    assert (run.state, run.lease_token) == (WorkState.DEAD, None)
    assert run.error == (
        f"The text has {len(TEXT)} characters; EXTRACTION_MAX_CHARACTERS allows {len(TEXT) - 1}."
    )
    settings.EXTRACTION_MAX_CHARACTERS = len(TEXT)
    leasing.replay(run)
    assert extraction.perform_run(run.pk, engine=engine(QUOTE)).added == 1


def test_an_older_run_never_writes_over_a_newer_one(run):
    """A run that was given up, and queued again when another engine had read the version."""
    newer = factories.ExtractionRunFactory(article_version=run.article_version, extractor="model-9")
    extraction.perform_run(newer.pk, engine=engine(QUOTE))
    before = list(Quote.objects.values())
    assert extraction.perform_run(run.pk, engine=engine()) is None
    run.refresh_from_db()
    assert run.state == WorkState.DEAD
    assert run.error == (
        f"model-9 has read this version since (run {newer.pk}); nothing was written."
    )
    assert list(Quote.objects.values()) == before


def test_a_newer_run_that_was_given_up_supersedes_nothing(run):
    factories.ExtractionRunFactory(
        article_version=run.article_version, extractor="model-9", state=WorkState.DEAD
    )
    assert extraction.perform_run(run.pk, engine=engine(QUOTE)).added == 1


def test_what_is_too_unsure_is_held_back_and_the_run_says_so(run, settings):
    settings.EXTRACTION_MIN_CONFIDENCE = 0.7
    unsure = found(TEXT, "on Monday", kind=QuoteKind.MIXED, confidence=0.69)
    assert extraction.perform_run(run.pk, engine=engine(QUOTE, unsure)).added == 1
    run.refresh_from_db()
    assert (run.quotes_found, run.quotes_held_back) == (1, 1)


# --- The sweeper ------------------------------------------------------------------------


def make_run(**values):
    return factories.ExtractionRunFactory(due_at=timezone.now() - timedelta(seconds=1), **values)


def test_the_sweeper_finds_what_is_due_and_nothing_else(settings):
    now = timezone.now()
    queued = make_run()
    leased = {"state": WorkState.RUNNING, "lease_token": "6f0b1d43-7ae4-4a55-8d5a-0a3a5f5bb1d8"}
    expired = make_run(attempts=1, **leased)
    later = make_run()
    set_run(later, due_at=now + timedelta(seconds=60))
    running = make_run(attempts=1, **leased)
    set_run(running, due_at=now + timedelta(seconds=60))
    for state in (WorkState.DONE, WorkState.DEAD):
        set_run(make_run(), state=state, quotes_found=0, finished_at=now)
    assert set(extraction.due_runs()) == {queued.pk, expired.pk}
    for run in (queued, expired, later, running):
        run.refresh_from_db()
    assert (expired.state, expired.lease_token, expired.attempts) == (WorkState.QUEUED, None, 1)
    assert running.state == WorkState.RUNNING
    # Rung for: not again before the message had its time.
    assert extraction.due_runs() == []
    again = now + timedelta(seconds=settings.RING_AGAIN_SECONDS + 61)
    assert {queued.pk, expired.pk} <= set(extraction.due_runs(now=again))


def test_the_sweeper_gives_up_what_was_killed_too_often(settings):
    leased = {"state": WorkState.RUNNING, "lease_token": "6f0b1d43-7ae4-4a55-8d5a-0a3a5f5bb1d8"}
    killed = make_run(attempts=settings.EXTRACTION_MAX_ATTEMPTS, **leased)
    failed = make_run(attempts=settings.EXTRACTION_MAX_ATTEMPTS, error="It broke.", **leased)
    assert extraction.due_runs() == []
    killed.refresh_from_db()
    failed.refresh_from_db()
    assert (killed.state, killed.due_at, killed.lease_token) == (WorkState.DEAD, None, None)
    assert killed.error.startswith("killed: ")
    assert killed.finished_at is not None
    assert (failed.state, failed.error) == (WorkState.DEAD, "It broke.")


def test_the_sweeper_takes_a_batch_of_the_longest_waiting(settings):
    settings.SWEEP_BATCH = 2
    runs = [make_run() for _ in range(5)]
    for age, run in enumerate(runs):
        set_run(run, due_at=timezone.now() - timedelta(minutes=age + 1))
    oldest_first = [run.pk for run in reversed(runs)]
    assert set(extraction.due_runs()) == set(oldest_first[:2])
    assert set(extraction.due_runs()) == set(oldest_first[2:4])
    assert extraction.due_runs() == oldest_first[4:]
