"""From a feed's address to candidates, and from a quiet change of a page to an alert."""

import io
import os
import time

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from claims.choices import AlertState, QuoteStanding
from claims.demo import outlet
from claims.demo.worker import celery_worker, check_alive
from claims.models import Article, Feed, Fetch, Quote, QuoteCheck
from claims.services import quotes
from claims.services.actors import person
from tests.processes import database_url

BEFORE = "The reservoir stands at 46% of what it can hold"
WAIT_SECONDS = 90


@pytest.fixture
def site(settings, monkeypatch):
    monkeypatch.setenv("EXTRACTION_ENGINE", "rules")
    settings.FETCH_ALLOWED_NETWORKS = ["127.0.0.1/32"]
    settings.FETCH_HOST_SECONDS = 0
    with outlet.running() as running:
        yield running


def manage(*arguments):
    out = io.StringIO()
    call_command(*arguments, stdout=out, stderr=out)
    return out.getvalue()


@pytest.mark.django_db
def test_commands_alone_lead_from_an_address_to_candidates(site):
    assert "4 entries, 4 new" in manage("test_feed", site.url)
    assert not Feed.objects.exists()
    assert "added: Osterholt Gazette" in manage("add_feed", site.url)
    assert "there already, active" in manage("add_feed", site.feed)
    told = manage("poll_feeds", "--due", "--now")
    assert "Osterholt Gazette: 4 new" in told
    assert told.count("New article: ") == 4
    article = Article.objects.get(canonical_url__endswith="/reservoir-levels")
    assert (article.byline, article.source.name) == ("Tilda Marrow", "Osterholt Gazette")
    candidate = Quote.objects.get(text__contains=BEFORE)
    assert (candidate.status, candidate.suggested_name) == ("candidate", "Joren Askeland")
    assert "every 15 min" in manage("feeds")
    assert "0 new" in manage("test_feed", site.feed)
    site.publish()
    again = manage("poll_feeds", "--feed", site.feed, "--now")
    assert "1 new" in again
    assert Article.objects.filter(title__startswith="Mill Bridge").exists()


@pytest.mark.django_db
def test_a_sitemap_names_the_same_articles_and_brings_them_once(site):
    manage("add_feed", site.feed)
    manage("add_feed", f"{site.url}/news-sitemap.xml", "--source", "Osterholt Gazette")
    manage("poll_feeds", "--now")
    assert Article.objects.count() == Fetch.objects.filter(purpose="feed").count() == 4


@pytest.mark.django_db
def test_what_goes_wrong_is_said_and_nothing_is_added(site):
    with pytest.raises(CommandError, match="names none"):
        manage("add_feed", site.url + "/robots.txt")
    with pytest.raises(CommandError, match=r"robots\.txt"):
        manage("add_feed", site.url + "/archive/feed.xml")
    with pytest.raises(CommandError, match="There is no feed 12"):
        manage("poll_feeds", "--feed", "12")
    assert not Feed.objects.exists()


def wait_for(found, what, worker, log):
    give_up_at = time.monotonic() + WAIT_SECONDS
    while time.monotonic() < give_up_at:
        if result := found():
            return result
        check_alive(worker, log)
        time.sleep(0.2)
    pytest.fail(f"not within {WAIT_SECONDS} s: {what}\n{log.read_text()[-4000:]}")


def test_beat_alone_takes_a_feed_to_candidates_and_sees_an_altered_quotation(
    site, short_tmp, settings, committed, editor
):
    settings.MEDIA_ROOT = short_tmp / "media"
    call_command("add_feed", site.feed, stdout=io.StringIO())
    log = short_tmp / "worker.log"
    environment = {
        "PATH": os.environ["PATH"],
        "ENV_FILE": "",
        "DEBUG": "1",
        "LOG_FORMAT": "json",
        "VAR_DIR": str(short_tmp),
        "DATABASE_URL": database_url(),
        "CELERY_BROKER_URL": "filesystem://localhost//",
        "EXTRACTION_ENGINE": "rules",
        "FETCH_ALLOWED_NETWORKS": "127.0.0.1/32",
        "FETCH_HOST_SECONDS": "0",
        "SWEEP_INTERVAL_SECONDS": "1",
        "RECHECK_AFTER": "5s,15s,30s,60s",
    }
    with celery_worker(log, environment=environment) as worker:
        candidate = wait_for(
            lambda: Quote.objects.filter(text__contains=BEFORE).first(), "a candidate", worker, log
        )
        quotes.accept_as_new_claim(candidate, actor=person(editor), text=candidate.text)
        site.alter()
        alert = wait_for(
            lambda: QuoteCheck.objects.filter(alert=AlertState.OPEN).first(),
            "an alert",
            worker,
            log,
        )
    assert (alert.quote_id, alert.standing) == (candidate.pk, QuoteStanding.ALTERED)
    assert "64%" in alert.found
