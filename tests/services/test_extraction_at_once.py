"""Several workers and sweepers at one run, in threads with connections of their own."""

from datetime import timedelta

from django.utils import timezone

from claims.choices import WorkState
from claims.models import ExtractionRun, Quote, Speaker
from claims.services import extraction
from tests import factories
from tests.services.documents import TEXT
from tests.services.finding import engine, found

QUOTE = found(TEXT, "“We have inspected 85% of the dykes,”", name="Minna Aalto", cue="said")


def make_run(**values):
    version = factories.ArticleVersionFactory(text=TEXT)
    return factories.ExtractionRunFactory(article_version=version, **values)


def test_eight_workers_claim_a_run_and_one_gets_it(committed, at_once):
    run = make_run()
    leases = at_once(8, lambda _: extraction.claim_run(run.pk))
    assert sum(lease is not None for lease in leases) == 1
    run.refresh_from_db()
    assert (run.attempts, run.state) == (1, WorkState.RUNNING)


def test_eight_workers_claim_a_run_whose_lease_ended_and_one_gets_it(committed, at_once):
    run = make_run()
    extraction.claim_run(run.pk)
    ExtractionRun.objects.update(due_at=timezone.now() - timedelta(seconds=1))
    leases = at_once(8, lambda _: extraction.claim_run(run.pk))
    assert sum(lease is not None for lease in leases) == 1
    run.refresh_from_db()
    assert run.attempts == 2


def test_four_workers_perform_a_run_and_one_set_of_quotes_is_stored(committed, at_once):
    run = make_run()
    merged = at_once(4, lambda _: extraction.perform_run(run.pk, engine=engine(QUOTE)))
    assert [result.added for result in merged if result] == [1]
    assert (Quote.objects.count(), Speaker.objects.filter(is_confirmed=False).count()) == (1, 1)
    run.refresh_from_db()
    assert (run.state, run.attempts) == (WorkState.DONE, 1)


def test_two_extractors_over_one_version_at_once_leave_each_quote_once(committed, at_once):
    run = make_run(extractor="rules-1")
    runs = [
        run,
        *(
            factories.ExtractionRunFactory(
                article_version=run.article_version, extractor=f"rules-{number}"
            )
            for number in (2, 3, 4)
        ),
    ]
    merged = at_once(4, lambda n: extraction.perform_run(runs[n].pk, engine=engine(QUOTE)))
    assert sum(result.added for result in merged if result) == 1
    assert Quote.objects.count() == 1
    for result, run in zip(merged, ExtractionRun.objects.order_by("pk"), strict=True):
        # One that comes after a run that was asked for later has nothing to say any more.
        late = run.state == WorkState.DEAD and "has read this version since" in run.error
        assert late if result is None else run.state == WorkState.DONE


def test_two_sweepers_never_ring_for_the_same_run(committed, at_once):
    past = timezone.now() - timedelta(minutes=1)
    version = factories.ArticleVersionFactory(text=TEXT)
    ExtractionRun.objects.bulk_create(
        ExtractionRun(article_version=version, extractor=f"rules-{number}", due_at=past)
        for number in range(60)
    )
    swept = [pk for runs in at_once(4, lambda _: extraction.due_runs()) for pk in runs]
    assert len(swept) == len(set(swept)) == 60
