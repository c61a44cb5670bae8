"""The queue: its order, its filters, and where it goes on."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.utils import timezone

from claims.choices import MatchState
from claims.models import Quote
from claims.models.quote import FRESH_DAYS
from claims.selectors import candidates
from claims.services.queue import Wanted, following, is_altered, queue
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def wanted(reporter):
    """The candidates that fit, as a set."""
    return lambda **filters: set(queue(Wanted(**filters), viewer=reporter))


def aged(days, worth):
    quote = factories.QuoteFactory(check_worthiness=worth)
    Quote.objects.filter(pk=quote.pk).update(created_at=timezone.now() - timedelta(days=days))
    return quote


def test_the_most_check_worthy_comes_first_and_age_weighs_against_it():
    good_old, good, fair, poor = aged(5, 0.9), aged(0, 0.9), aged(0, 0.6), aged(0, 0.1)
    ancient = aged(FRESH_DAYS, 1.0)  # so old that it weighs as little as nothing to check
    assert list(candidates()) == [good, fair, good_old, poor, ancient]


def test_every_candidate_comes_once_from_first_to_last(reporter):
    quotes = [factories.QuoteFactory(check_worthiness=worth) for worth in (0.5, 0.5, 0.2, 0.9)]
    seen, after = [], None
    while found := following(queue(None, viewer=reporter), after).first():
        seen.append(found)
        after = found.pk
    assert len(seen) == len(quotes)
    assert seen == list(candidates())


def test_the_queue_goes_on_behind_a_quote_that_is_decided_by_now(reporter, editor):
    first, second = aged(0, 0.9), aged(0, 0.4)
    Quote.objects.filter(pk=first.pk).update(status="rejected", touched_at=timezone.now())
    assert following(queue(None, viewer=reporter), first.pk).first() == second


def test_the_index_of_the_queue_gives_its_order():
    for _ in range(3):
        factories.QuoteFactory()
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_sort = off")
    plan = candidates()[:5].explain()
    assert "quote_queue" in plan
    assert "Sort" not in plan


def test_outlet_speaker_kind_and_date(wanted):
    one = factories.QuoteFactory(
        kind="direct",
        article_version__article__published_at=datetime(2026, 3, 12, 23, 30, tzinfo=UTC),
    )
    other = factories.QuoteFactory(
        kind="mixed",
        article_version__article__published_at=datetime(2026, 3, 14, 0, 0, tzinfo=UTC),
    )
    undated = factories.QuoteFactory(kind="indirect", article_version__article__published_at=None)
    assert wanted() == {one, other, undated}
    assert wanted(source=one.article_version.article.source_id) == {one}
    assert wanted(speaker=other.speaker_id) == {other}
    assert wanted(kind="indirect") == {undated}
    assert wanted(since=date(2026, 3, 13)) == {other}
    assert wanted(until=date(2026, 3, 12)) == {one}
    assert wanted(until=date(2026, 3, 13)) == {one}
    assert wanted(since=date(2026, 3, 12), until=date(2026, 3, 14)) == {one, other}
    assert wanted(kind="direct", speaker=other.speaker_id) == set()


def test_what_has_no_speaker(wanted):
    factories.QuoteFactory()
    alone = factories.QuoteFactory(speaker=None)
    assert wanted(unresolved=True) == {alone}


def test_what_the_outlet_has_changed_since(wanted):
    version = factories.ArticleVersionFactory(text="“We hold.” she said. “We win.”")
    kept = factories.QuoteFactory(article_version=version, words="“We hold.”")
    dropped = factories.QuoteFactory(article_version=version, words="“We win.”")
    assert wanted(altered=True) == set()
    later = factories.ArticleVersionFactory(article=version.article, text="“We hold.” she said.")
    copy = factories.QuoteFactory(article_version=later, words="“We hold.”", copy_of=kept)
    assert wanted(altered=True) == {dropped}
    assert [is_altered(fresh(quote)) for quote in (kept, dropped, copy)] == [False, True, False]


def fresh(quote):
    return Quote.objects.get(pk=quote.pk)


def test_a_topic_is_named_in_the_words_or_has_claims_from_the_article(wanted, editor, reporter):
    topic = factories.TopicFactory(name="Flood defence")
    named = factories.QuoteFactory(
        article_version__text="“Our defences against floods cost money,” she said.",
    )
    claim = factories.ClaimFactory()
    claim.topics.add(topic)
    version = factories.ArticleVersionFactory(text="“It costs much.” “It pays.” she said.")
    factories.AppearanceFactory(
        claim=claim,
        quote=factories.QuoteFactory(
            article_version=version,
            words="“It costs much.”",
            status="accepted",
            touched_at=timezone.now(),
        ),
        state=MatchState.CONFIRMED,
    )
    beside = factories.QuoteFactory(article_version=version, words="“It pays.”")
    factories.QuoteFactory()
    assert wanted(topic=topic.pk) == {named, beside}
    # What hangs on a claim under embargo shows to nobody who may not see it.
    type(claim).objects.filter(pk=claim.pk).update(embargo_until=timezone.now() + timedelta(days=1))
    assert wanted(topic=topic.pk) == {named}
    assert set(queue(Wanted(topic=topic.pk), viewer=editor)) == {named, beside}


def test_a_topic_leads_to_the_articles_of_its_newest_claims(wanted, settings):
    topic = factories.TopicFactory(name="Flood defence")
    beside = []
    for _ in range(3):
        version = factories.ArticleVersionFactory(text="“It costs much.” “It pays.” she said.")
        voicing = factories.QuoteFactory(article_version=version, words="“It costs much.”")
        voiced = factories.AppearanceFactory(quote=voicing, state=MatchState.CONFIRMED)
        voiced.claim.topics.add(topic)
        beside.append(factories.QuoteFactory(article_version=version, words="“It pays.”"))
    settings.TRIAGE_TOPIC_CLAIMS = 2
    assert {quote for quote in wanted(topic=topic.pk) if "pays" in quote.text} == set(beside[1:])


def test_a_topic_of_no_searchable_word_names_nothing(wanted):
    factories.QuoteFactory()
    assert wanted(topic=factories.TopicFactory(name="The & |").pk) == set()
    assert wanted(topic=987654) == set()
