"""An editor adds an article, a worker reads it, and a candidate of it becomes a claim.

Server, worker and browser are processes of their own, with one database and one broker: nothing
is extracted in the test's process.
"""

import os
import time
from pathlib import Path

import pytest
from playwright.sync_api import expect

from claims import demo
from claims.choices import QuoteStatus, WorkState
from claims.demo.worker import celery_worker, check_alive
from claims.models import Article, Claim, ExtractionRun, Quote
from claims.selectors import candidates
from tests.admin.browsing import in_chromium
from tests.models.test_history import events
from tests.processes import database_url, desk_server

pytestmark = in_chromium
ARTICLE = Path(demo.__path__[0]) / "articles" / "01-flood-budget-presser-haverness-courier.html"
WAIT_SECONDS = 90


@pytest.fixture
def editor(staff):
    return staff("edda", "Editor")


@pytest.fixture
def environment(short_tmp, editor):
    """What the server and the worker have in common."""
    return {
        "PATH": os.environ["PATH"],
        "ENV_FILE": "",
        "DEBUG": "1",
        "LOG_FORMAT": "json",
        "VAR_DIR": str(short_tmp),
        "DATABASE_URL": database_url(),
        "CELERY_BROKER_URL": "filesystem://localhost//",
        # Nobody rings again within the test: what is read, the desk's own message has asked for.
        "RING_AGAIN_SECONDS": "600",
    }


@pytest.fixture
def worker(short_tmp, environment):
    """Ends the test when the worker has ended; the desk's article is waited for with it."""
    log = short_tmp / "worker.log"
    with celery_worker(log, concurrency=1, environment=environment) as process:
        yield lambda: check_alive(process, log)


@pytest.fixture
def edda(short_tmp, environment, editor, signed_in):
    with (
        desk_server(short_tmp / "server.log", environment) as address,
        signed_in(editor, base_url=address) as page,
    ):
        yield page


def test_an_article_added_on_the_desk_is_read_by_a_worker_and_becomes_a_claim_by_keyboard(
    edda, worker
):
    edda.goto("/admin/claims/article/add/")
    edda.get_by_label("File", exact=True).set_input_files(ARTICLE)
    edda.get_by_role("button", name="Save", exact=True).click()
    edda.wait_for_url("**/admin/claims/article/")
    article = Article.objects.get()
    give_up_at = time.monotonic() + WAIT_SECONDS
    while not ExtractionRun.objects.filter(
        article_version__article=article, state=WorkState.DONE
    ).exists():
        worker()
        assert time.monotonic() < give_up_at, f"not read within {WAIT_SECONDS} s"
        time.sleep(0.2)
    first, second, *_ = candidates()
    assert events(Quote, pgh_obj_id=first.pk).first().pgh_context["job"] == (
        "extract_article_version"
    )

    edda.goto("/admin/claims/quote/triage/")
    edda.wait_for_selector(f'[data-candidate="{first.pk}"]')
    prefilled = edda.locator("#triage-claim").input_value()
    edda.keyboard.press("a")
    expect(edda.locator("#triage-said")).to_contain_text("Accepted", timeout=20_000)
    edda.wait_for_selector(f'[data-candidate="{second.pk}"]')
    claim = Claim.objects.get()
    assert (claim.text, claim.created_by.username) == (prefilled, "edda")
    assert claim.appearances.get().quote == first
    assert Quote.objects.get(pk=first.pk).status == QuoteStatus.ACCEPTED
