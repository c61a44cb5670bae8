"""The check of the whole record finds what no constraint could keep out, and only that."""

import io
from contextlib import suppress
from datetime import timedelta

import pgtrigger
import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.utils import timezone

from claims.choices import ClaimStage, QuoteStatus, WorkState
from claims.models import Article, ArticleVersion, Claim, ExtractionRun, Quote, Speaker
from claims.services import archive
from claims.services.actors import person
from claims.services.articles import store_document
from claims.services.extraction import perform_run
from claims.services.quotes import accept_as_new_claim
from tests import factories
from tests.services.documents import document

pytestmark = pytest.mark.django_db
MADE_UP = "0" * 64


@pytest.fixture
def quote(reporter) -> Quote:
    """One accepted quote that came the whole way from a document."""
    stored = store_document(document())
    perform_run(stored.run.pk)
    quote = Quote.objects.order_by("pk").first()
    accept_as_new_claim(quote, actor=person(reporter), text="The gate closes on Monday.")
    return quote


HOLDS = "The record holds.\n"


def report() -> str:
    """What the command prints."""
    out = io.StringIO()
    with suppress(CommandError):
        call_command("check_record", stdout=out)
    return out.getvalue()


def test_a_record_made_by_the_services_holds(quote):
    assert report() == HOLDS


def test_a_quote_moved_with_its_trigger_off_is_found(quote):
    with pgtrigger.ignore("claims.Quote:offsets_give_text"):
        Quote.objects.filter(pk=quote.pk).update(text="something else")
    assert report() == f"offsets: quote {quote.pk}: its offsets do not give its text\n"


def test_a_finding_ends_the_command_with_an_error(quote):
    factories.ArticleFactory()
    with pytest.raises(CommandError, match="The record does not hold: articles 1"):
        call_command("check_record", stdout=io.StringIO())


def test_a_text_changed_with_its_trigger_off_is_found_by_its_hash(quote):
    version = quote.article_version
    with pgtrigger.ignore("claims.ArticleVersion:append_only"):
        ArticleVersion.objects.filter(pk=version.pk).update(text=version.text + " More.")
    assert f"text_hashes: article version {version.pk}" in report()


def test_changes_of_transactions_yet_to_come_are_found(quote):
    factories.ChangeFactory(xid=1 << 40)
    assert report().startswith("feed_of_changes: 1 changes: of transactions that")


def test_an_address_that_is_not_its_hash_is_found(quote):
    Article.objects.update(url_hash=MADE_UP)
    assert "text_hashes: article" in report()


def test_a_snapshot_that_is_gone_or_changed_is_found(quote):
    name = quote.article_version.snapshot.name
    default_storage.delete(name)
    default_storage.save(name, ContentFile(b"other bytes"))
    assert "cannot be read" in report()
    other = archive.keep(document(raw=b"other bytes")).name
    default_storage.delete(name)
    with default_storage.open(other) as file:
        default_storage.save(name, ContentFile(file.read()))
    assert "is not what was received" in report()
    default_storage.delete(name)
    assert "is gone" in report()


def test_a_lease_that_ended_unnoticed_is_found(quote):
    late = timezone.now() - timedelta(hours=1)
    ExtractionRun.objects.update(
        state=WorkState.RUNNING, lease_token="0" * 32, due_at=late, finished_at=None
    )
    assert "leases: extraction run" in report()
    assert "is beat running?" in report()


def test_a_lease_is_not_late_before_the_sweeper_came_by(quote, settings):
    settings.SWEEP_INTERVAL_SECONDS = 15
    just_now = timezone.now() - timedelta(seconds=20)
    factories.FetchFactory(state=WorkState.RUNNING, lease_token="0" * 32, due_at=just_now)
    assert report() == HOLDS


def test_the_leases_of_fetches_and_feeds_are_looked_at_too(quote):
    late = timezone.now() - timedelta(hours=1)
    fetch = factories.FetchFactory(state=WorkState.RUNNING, lease_token="0" * 32, due_at=late)
    feed = factories.FeedFactory(lease_token="1" * 32, leased_until=late)
    found = report()
    assert f"leases: fetch {fetch.pk}: its lease ended" in found
    assert f"leases: feed {feed.pk}: its lease ended" in found


def test_a_lease_longer_than_any_worker_gets_is_found(quote, settings):
    far = timezone.now() + timedelta(days=1)
    fetch = factories.FetchFactory(state=WorkState.RUNNING, lease_token="0" * 32, due_at=far)
    assert f"leases: fetch {fetch.pk}: its lease lasts longer than it may" in report()


def test_a_reading_whose_text_is_gone_or_another_articles_is_found(quote):
    done = {"state": WorkState.DONE, "finished_at": timezone.now(), "due_at": None}
    empty = factories.FetchFactory(outcome="new", **done)
    wrong = factories.FetchFactory(
        outcome="new",
        article=factories.ArticleVersionFactory(text="Another text.").article,
        article_version=quote.article_version,
        **done,
    )
    found = report()
    assert f"fetches: fetch {empty.pk}: the text that it brought is gone" in found
    assert f"fetches: fetch {wrong.pk}: it brought the text of another article" in found


def test_the_snapshots_of_fetches_and_evidence_are_looked_at_too(quote):
    fetch = factories.FetchFactory(snapshot="archive/00/none.warc.gz", snapshot_sha256=MADE_UP)
    evidence = factories.EvidenceFactory(snapshot="archive/00/no.warc.gz", sha256=MADE_UP)
    found = report()
    assert f"snapshots: fetch {fetch.pk}" in found
    assert f"snapshots: evidence {evidence.pk}" in found


def test_a_quote_without_a_run_or_of_another_text_is_found(quote):
    stray = factories.QuoteFactory()
    assert f"quotes: quote {stray.pk}: it has neither a run nor a person behind it" in report()
    Quote.objects.filter(pk=stray.pk).update(run=quote.run)
    assert f"quotes: quote {stray.pk}: its run read another text" in report()


def test_an_accepted_quote_in_no_claim_is_found():
    factories.QuoteFactory(status=QuoteStatus.ACCEPTED, touched_at=timezone.now())
    assert "it is accepted and appears in no claim" in report()


def test_an_article_without_text_or_with_that_of_another_is_found(quote):
    empty = factories.ArticleFactory()
    assert f"articles: article {empty.pk}: it has no text and is no copy" in report()
    Article.objects.filter(pk=empty.pk).update(current_version=quote.article_version)
    assert f"articles: article {empty.pk}: it shows the text of another article" in report()


def test_a_claim_published_without_a_verdict_is_found():
    with pgtrigger.ignore("claims.Claim:stage_moves"):
        claim = factories.ClaimFactory(stage=ClaimStage.PUBLISHED)
    assert report() == f"claims: claim {claim.pk}: it is published without a published verdict\n"
    assert Claim.objects.count() == 1


def test_a_name_that_a_bulk_update_left_under_its_old_key_is_found():
    speaker = factories.SpeakerFactory(name="Minna Aalto")
    Speaker.objects.update(name="Minna Virtanen")
    assert report() == f"name_keys: speaker {speaker.pk}: it is not found as 'Minna Virtanen'\n"
