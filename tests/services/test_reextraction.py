"""Another engine reads the bundled articles again: decisions stay, what was missed comes in."""

from pathlib import Path

import pytest

from claims import demo
from claims.choices import QuoteStatus, RejectReason, WorkState
from claims.extraction import extractor
from claims.ingest import read_file
from claims.models import ExtractionRun, Quote
from claims.services import extraction, leasing, quotes
from claims.services.actors import person
from claims.services.articles import store_document

pytestmark = pytest.mark.django_db

ARTICLES = ("06-waiting-list-statement", "07-surgeon-testimony", "09-mayoral-debate")


def paths():
    folder = Path(demo.__path__[0]) / "articles"
    return [next(folder.glob(f"{name}*.html")) for name in ARTICLES]


@pytest.fixture
def versions():
    """The articles as the rules alone read them."""
    stored = [store_document(read_file(path)).run.article_version for path in paths()]
    ExtractionRun.objects.all().delete()
    for version in stored:
        extraction.perform_run(extraction.request_run(version, by=extractor("rules")).pk)
    return stored


def read_again(versions):
    runs = [extraction.request_run(version, by=extractor("model")) for version in versions]
    return [extraction.perform_run(run.pk) for run in runs]


def judge(reporter):
    """Accept every third quote, reject every other third; return the rows as they are then."""
    for number, row in enumerate(Quote.objects.order_by("pk")):
        if number % 3 == 0:
            quotes.accept_as_new_claim(row, actor=person(reporter), text="It was said.")
        elif number % 3 == 1:
            quotes.reject(row, actor=person(reporter), reason_code=RejectReason.NOT_RELEVANT)
    return reviewed()


def reviewed():
    return {row["id"]: row for row in Quote.objects.exclude(touched_at=None).values()}


def test_what_people_decided_stays_and_what_was_missed_is_added(versions, reporter):
    decided = judge(reporter)
    before = set(Quote.objects.values_list("article_version", "start", "end"))
    merged = read_again(versions)
    assert reviewed() == decided
    added = set(Quote.objects.values_list("article_version", "start", "end")) - before
    assert len(added) == sum(result.added for result in merged) > 0
    candidates = Quote.objects.filter(status=QuoteStatus.CANDIDATE)
    # Words that only the network ties to a speaker.
    missed = "The number of people waiting for an operation at Haverness General is 63,000"
    assert candidates.filter(text__startswith=missed).exists()
    assert set(candidates.values_list("run__extractor", flat=True)) == {extractor("model")}


def test_nothing_that_was_judged_is_offered_again(versions, reporter):
    decided = judge(reporter)
    read_again(versions)
    for row in Quote.objects.filter(status=QuoteStatus.CANDIDATE):
        same = [
            other
            for other in decided.values()
            if (other["article_version_id"], other["text"]) == (row.article_version_id, row.text)
        ]
        assert not same, row.text


def test_the_older_engine_queued_again_changes_nothing(versions):
    read_again(versions)
    before = list(Quote.objects.order_by("pk").values())
    ExtractionRun.objects.filter(extractor=extractor("rules")).update(state=WorkState.DEAD)
    for run in ExtractionRun.objects.filter(extractor=extractor("rules")):
        assert extraction.perform_run(leasing.replay(run).pk) is None
    assert list(Quote.objects.order_by("pk").values()) == before
