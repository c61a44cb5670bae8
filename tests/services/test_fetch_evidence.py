"""What a fetch received is kept before it is read, article or not."""

import pytest
from django.utils import timezone

from claims.choices import FetchOutcome, WorkState
from claims.models import Article, Fetch
from claims.services import fetching
from claims.services.archive import open_archived
from tests.ingest.pages import WALLED, outlet, paragraphs
from tests.ingest.pdfs import typeset
from tests.ingest.web import STORY, running

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def server():
    with running() as web:
        web.files = {
            "/walled": ("text/html; charset=utf-8", WALLED["named-box"].encode()),
            "/shell": ("text/html", b'<html><body><div id="app"></div><script>x</script></body>'),
            "/statement": ("application/pdf", typeset(["The quay is closed, the port said."] * 2)),
            "/article": ("text/html; charset=utf-8", outlet(paragraphs(7)).encode()),
        }
        yield web


@pytest.fixture
def web(server, settings):
    settings.FETCH_ALLOWED_NETWORKS = ["127.0.0.1/32"]
    return server


def performed(url) -> Fetch:
    row = fetching.request_fetch(url)
    fetching.perform_fetch(row.pk)
    row.refresh_from_db()
    return row


@pytest.mark.parametrize(
    ("path", "outcome"),
    [
        ("/walled", FetchOutcome.PAYWALL),
        ("/shell", FetchOutcome.EMPTY),
        ("/article", FetchOutcome.NEW),
        ("/statement", FetchOutcome.NEW),
    ],
)
def test_what_came_is_kept_whatever_it_is(web, path, outcome):
    row = performed(web.url + path)
    assert (row.state, row.outcome, row.http_status) == (WorkState.DONE, outcome, 200)
    assert open_archived(row.snapshot.name).payload == web.files[path][1]
    assert Article.objects.exists() == (outcome == FetchOutcome.NEW)
    assert bool(row.error) == (outcome != FetchOutcome.NEW)


def test_an_article_and_its_fetch_share_one_snapshot(web):
    row = performed(web.url + "/story")
    assert row.article_version.snapshot.name == row.snapshot.name
    snapshot = open_archived(row.snapshot.name)
    assert (snapshot.payload, snapshot.status) == (STORY, 200)
    assert snapshot.url == f"{web.url}/story"


def test_a_full_disk_leaves_the_fetch_for_another_attempt(web, settings, tmp_path):
    # A file where the folder should be: writing fails as on a disk that takes nothing.
    (tmp_path / "media").mkdir(exist_ok=True)
    (tmp_path / "media" / "archive").write_text("in the way")
    row = performed(web.url + "/story")
    assert (row.state, row.attempts) == (WorkState.QUEUED, 1)
    assert "cannot be kept" in row.error
    assert not Article.objects.exists()
    (tmp_path / "media" / "archive").unlink()
    Fetch.objects.update(due_at=timezone.now())
    fetching.perform_fetch(row.pk)
    row.refresh_from_db()
    assert (row.state, row.outcome) == (WorkState.DONE, FetchOutcome.NEW)
