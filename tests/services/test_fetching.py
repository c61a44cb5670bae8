"""An address is fetched once and ends as an article, an answer, or given up with a reason."""

from datetime import timedelta

import pytest
from django.utils import timezone

from claims.choices import FetchOutcome, FetchPurpose, WorkState
from claims.ingest import BadUrl
from claims.models import Article, ArticleVersion, ExtractionRun, Fetch
from claims.services import fetching, leasing
from tests import factories
from tests.ingest.web import running

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def server():
    with running() as web:
        yield web


@pytest.fixture
def web(server, settings):
    settings.FETCH_ALLOWED_NETWORKS = ["127.0.0.1/32"]
    server.requests.clear()
    return server


def performed(url, **values):
    row = fetching.request_fetch(url, **values)
    stored = fetching.perform_fetch(row.pk)
    row.refresh_from_db()
    return row, stored


def test_a_page_becomes_an_article_with_its_extraction_queued(web):
    row, stored = performed(web.url + "/story")
    assert (row.state, row.outcome, row.http_status) == (WorkState.DONE, FetchOutcome.NEW, 200)
    assert row.article == stored.article == Article.objects.get()
    assert row.article_version.text.startswith("“We hold 85% of the country,”")
    assert ExtractionRun.objects.get().state == WorkState.QUEUED
    assert (row.lease_token, row.due_at, row.error) == (None, None, "")


def test_a_page_is_asked_for_once_while_it_is_open(web):
    first = fetching.request_fetch(web.url + "/story")
    assert fetching.request_fetch(web.url + "/story?utm_source=mail") is None
    fetching.perform_fetch(first.pk)
    again, stored = performed(web.url + "/story")
    assert again.outcome == FetchOutcome.UNCHANGED
    assert ArticleVersion.objects.count() == 1
    assert stored.version == first.__class__.objects.get(pk=first.pk).article_version


def test_what_a_feed_found_once_is_not_fetched_for_it_again(web):
    feed = factories.FeedFactory()
    row, _ = performed(web.url + "/story", purpose=FetchPurpose.FEED, feed=feed)
    assert row.article.source == feed.source
    assert fetching.request_fetch(web.url + "/story", purpose=FetchPurpose.FEED, feed=feed) is None


def test_a_fetch_waits_for_its_time(web):
    row = fetching.request_fetch(web.url + "/story", due_at=timezone.now() + timedelta(hours=1))
    assert fetching.perform_fetch(row.pk) is None
    row.refresh_from_db()
    assert (row.state, row.attempts) == (WorkState.QUEUED, 0)
    assert fetching.due_fetches() == []
    assert web.requests == []


@pytest.mark.parametrize(
    ("path", "outcome"),
    [
        ("/missing", FetchOutcome.GONE),
        ("/status/410", FetchOutcome.GONE),
        ("/status/403", FetchOutcome.REFUSED),
        ("/empty", FetchOutcome.EMPTY),
    ],
)
def test_an_answer_that_is_no_article_is_kept_as_such(web, path, outcome):
    row, stored = performed(web.url + path)
    assert stored is None
    assert (row.state, row.outcome) == (WorkState.DONE, outcome)
    assert row.error
    assert not Article.objects.exists()


def test_a_private_address_is_not_asked(web, settings):
    settings.FETCH_ALLOWED_NETWORKS = []
    row, _ = performed(web.url + "/story")
    assert (row.state, row.outcome) == (WorkState.DONE, FetchOutcome.FORBIDDEN)
    assert web.requests == []


def test_what_is_no_web_address_is_refused_at_once():
    with pytest.raises(BadUrl):
        fetching.request_fetch("gopher://daily.example/1")
    assert not Fetch.objects.exists()


def test_a_server_in_trouble_is_asked_again_later_and_given_up_in_the_end(web, settings):
    settings.FETCH_MAX_ATTEMPTS, settings.FETCH_RETRY_SECONDS = 2, 60
    row, _ = performed(web.url + "/status/500")
    assert (row.state, row.attempts) == (WorkState.QUEUED, 1)
    assert row.due_at > timezone.now() + timedelta(seconds=50)
    assert "500" in row.error
    for _ in range(50):  # a message that is delivered over and over
        fetching.perform_fetch(row.pk)
    assert len(web.requests) == 1
    Fetch.objects.update(due_at=timezone.now())
    fetching.perform_fetch(row.pk)
    row.refresh_from_db()
    assert (row.state, row.attempts, row.outcome) == (WorkState.DEAD, 2, "")
    leasing.replay(row)
    assert (row.state, row.attempts) == (WorkState.QUEUED, 0)


def test_a_sweep_begins_a_few_pages_of_each_host(settings):
    settings.FETCHES_PER_HOST_AND_SWEEP = 2
    past = timezone.now() - timedelta(minutes=1)
    slow = factories.FetchFactory.create_batch(5, due_at=past)
    other = factories.FetchFactory.create_batch(1, due_at=timezone.now(), host="other.example")
    assert fetching.due_fetches() == [slow[0].pk, slow[1].pk, other[0].pk]
    assert fetching.due_fetches() == []


def test_an_article_read_again_stays_itself_and_gets_a_new_version(web):
    row, _ = performed(web.url + "/story")
    article = row.article
    row, stored = performed(web.url + "/latin", purpose=FetchPurpose.RECHECK, article=article)
    assert row.outcome == FetchOutcome.CHANGED
    assert stored.version.article == article
    assert [v.number for v in article.versions.all()] == [1, 2]


def test_a_page_that_did_not_change_is_not_read_again(web):
    row, _ = performed(web.url + "/story")
    known = fetching.new_fetch(
        web.url + "/unchanged", purpose=FetchPurpose.RECHECK, article=row.article
    )
    known.etag = '"v1"'
    known.save()
    assert fetching.perform_fetch(known.pk) is None
    known.refresh_from_db()
    assert (known.outcome, known.http_status) == (FetchOutcome.UNCHANGED, 304)
    assert web.requests[-1][1]["If-None-Match"] == '"v1"'
