"""Articles are read again at set times, and what their address answers is kept."""

import threading
from contextlib import contextmanager
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from claims.choices import FetchOutcome, FetchPurpose, WorkState
from claims.models import Article, Fetch, QuoteCheck
from claims.services import fetching, integrity, leasing, quotes
from claims.services.actors import person
from tests import factories
from tests.services.test_copies import extracted

pytestmark = pytest.mark.django_db

PAGE = """<!doctype html><html lang="en"><head><title>Dykes</title></head><body><article>
<p>“We have inspected 85% of the dykes,” Helena Brandt told reporters in Tolleby on Thursday.</p>
<p>The rest would follow before midsummer, the minister said, if the weather allowed it.</p>
</article></body></html>"""


class Outlet(BaseHTTPRequestHandler):
    """One page that its owner changes: ``server.page`` is its text, None when it is gone."""

    def do_GET(self):
        if self.path != "/story":
            self.send_error(404)
            return
        page = self.server.page
        self.server.asked.append(self.headers.get("If-None-Match"))
        tag = f'"{hash(page)}"'
        if page is None:
            self.send_response(410)
        elif self.headers.get("If-None-Match") == tag:
            self.send_response(304)
        else:
            self.send_response(200)
        body = page.encode() if page else b""
        self.send_header("ETag", tag)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.headers.get("If-None-Match") != tag:
            self.wfile.write(body)

    def log_message(self, *args):
        """Silence."""


@contextmanager
def running():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Outlet)
    server.page, server.asked = PAGE, []
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture
def outlet(settings):
    settings.FETCH_ALLOWED_NETWORKS = ["127.0.0.1/32"]
    with running() as server:
        server.url = f"http://127.0.0.1:{server.server_address[1]}/story"
        yield server


def first_reading(outlet):
    row = fetching.request_fetch(outlet.url)
    return fetching.perform_fetch(row.pk)


def read_again():
    """Perform the next recheck as if its time had come."""
    row = Fetch.objects.get(purpose=FetchPurpose.RECHECK, state=WorkState.QUEUED)
    Fetch.objects.filter(pk=row.pk).update(due_at=leasing.database_now())
    Article.objects.update(created_at=leasing.database_now() - (row.due_at - row.created_at))
    stored = fetching.perform_fetch(row.pk)
    row.refresh_from_db()
    assert row.state == WorkState.DONE, row.error
    return row, stored


def waiting():
    rows = Fetch.objects.filter(purpose=FetchPurpose.RECHECK, state=WorkState.QUEUED)
    return [(row.step, row.due_at - row.article.created_at) for row in rows]


def test_an_article_is_read_again_after_an_hour_a_day_a_week_and_a_month(outlet):
    first_reading(outlet)
    for step, wait in enumerate(("1:0:0", "1 day", "7 days", "30 days"), start=1):
        expected = {"1:0:0": timedelta(hours=1)}.get(wait) or timedelta(days=int(wait.split()[0]))
        assert waiting() == [(step, expected)]
        row, _ = read_again()
        assert (row.outcome, row.http_status) == (FetchOutcome.UNCHANGED, 304)
    assert waiting() == []
    assert outlet.asked[0] is None
    assert all(outlet.asked[1:])


def test_a_changed_page_is_a_new_version_and_the_accepted_quote_an_alert(outlet, reporter):
    kept = first_reading(outlet)
    [quote] = extracted(kept, "“We have inspected 85% of the dykes,”")
    quotes.accept_as_new_claim(quote, actor=person(reporter), text="85% have been inspected.")
    outlet.page = PAGE.replace("85%", "58%")
    row, stored = read_again()
    assert (row.outcome, stored.version.number) == (FetchOutcome.CHANGED, 2)
    check = QuoteCheck.objects.get()
    assert (check.quote, check.alert, check.found) == (
        quote,
        "open",
        "“We have inspected 58% of the dykes,”",
    )
    assert [step for step, _ in waiting()] == [2]


def test_a_dead_link_is_recorded_and_the_text_stays_and_it_may_come_back(outlet):
    kept = first_reading(outlet)
    outlet.page = None
    row, _ = read_again()
    assert (row.outcome, row.http_status) == (FetchOutcome.GONE, 410)
    article = Article.objects.get()
    gone_at = article.gone_at
    assert gone_at is not None
    assert article.current_version == kept.version
    assert read_again()[0].outcome == FetchOutcome.GONE
    assert Article.objects.get().gone_at == gone_at
    outlet.page = PAGE
    assert read_again()[0].outcome == FetchOutcome.UNCHANGED
    assert Article.objects.get().gone_at is None


def test_an_article_has_one_next_reading_however_often_it_is_asked_for(outlet):
    first_reading(outlet)
    first_reading(outlet)
    assert [step for step, _ in waiting()] == [1]


def test_times_that_were_missed_are_left_out(outlet):
    first_reading(outlet)
    row = Fetch.objects.get(purpose=FetchPurpose.RECHECK)
    Article.objects.update(created_at=leasing.database_now() - timedelta(days=8))
    Fetch.objects.filter(pk=row.pk).update(due_at=leasing.database_now())
    fetching.perform_fetch(row.pk)
    assert waiting() == [(4, timedelta(days=30))]


def test_no_times_no_reading(outlet, settings):
    settings.RECHECK_AFTER = []
    first_reading(outlet)
    assert waiting() == []
    assert integrity.take_up_rechecks() == 0


def test_a_reading_that_was_given_up_is_followed_by_the_next():
    article = factories.ArticleVersionFactory().article
    dead = factories.FetchFactory(
        purpose="recheck", article=article, state="dead", step=1, due_at=None
    )
    assert integrity.take_up_rechecks() == 1
    assert integrity.take_up_rechecks() == 0
    assert [step for step, _ in waiting()] == [2]
    assert Fetch.objects.get(step=2).url == dead.url


def test_a_page_that_gave_no_article_is_not_read_again():
    row = factories.FetchFactory(
        state="done", outcome="empty", due_at=None, finished_at=factories.timezone.now()
    )
    assert integrity.schedule_recheck(row) is None
