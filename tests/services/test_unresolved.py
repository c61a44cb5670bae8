"""Names that nobody has tied to a speaker: gathered, and settled in one go."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims.choices import QuoteStatus
from claims.models import Decision, Quote, Speaker
from claims.services.actors import person
from claims.services.errors import NotAllowed, NotReady
from claims.services.speakers import link_names
from claims.services.unresolved import mentions, quotes_of, settle, settle_as_new
from tests import factories

pytestmark = pytest.mark.django_db
TEXT = "“One of them is enough,” Khan said. “Two of them are too many,” he added."


def open_quotes(name, articles=1, **fields):
    """Two quotes in each of so many articles, the oldest first."""
    quotes = []
    for number in range(articles):
        version = factories.ArticleVersionFactory(text=f"{name} {number}: {TEXT}")
        quotes += [
            factories.QuoteFactory(
                article_version=version, words=words, speaker=None, suggested_name=name, **fields
            )
            for words in ("“One of them is enough,”", "“Two of them are too many,”")
        ]
    return quotes


def newest():
    return Quote.objects.order_by("-pk").values_list("pk", flat=True)[0]


def test_names_come_with_their_quotes_and_articles_the_most_frequent_first():
    open_quotes("Aalto", articles=1)
    open_quotes("Khan", articles=3)
    found = [(mention.name, mention.quotes, mention.articles) for mention in mentions()]
    assert found == [("Khan", 6, 3), ("Aalto", 2, 1)]


def test_what_is_settled_rejected_withdrawn_or_nameless_is_not_among_them():
    open_quotes("", articles=1)
    factories.QuoteFactory(suggested_name="Khan")
    for status in (QuoteStatus.REJECTED, QuoteStatus.WITHDRAWN):
        version = factories.ArticleVersionFactory()
        factories.QuoteFactory(
            article_version=version,
            speaker=None,
            suggested_name="Khan",
            status=status,
            touched_at=version.fetched_at,
        )
    assert mentions() == []


def test_names_are_found_by_their_beginning():
    open_quotes("Khan")
    open_quotes("Kahn")
    assert [mention.name for mention in mentions(beginning="Kh")] == ["Khan"]
    assert mentions(beginning="100%_") == []


def test_counts_are_of_all_quotes_though_names_are_gathered_from_the_newest(settings):
    settings.UNRESOLVED_GATHERED = 2
    open_quotes("Khan", articles=3)
    open_quotes("Aalto", articles=1)
    assert [mention.name for mention in mentions()] == ["Aalto"]
    settings.UNRESOLVED_GATHERED = 3
    assert [(mention.name, mention.quotes) for mention in mentions()] == [("Khan", 6), ("Aalto", 2)]
    settings.UNRESOLVED_SHOWN = 1
    assert [mention.name for mention in mentions()] == ["Aalto"]


def test_gathering_takes_as_many_queries_for_many_names_as_for_one():
    open_quotes("Khan")
    with CaptureQueriesContext(connection) as few:
        mentions()
    for number in range(10):
        open_quotes(f"Speaker {number}")
    with CaptureQueriesContext(connection) as many:
        assert len(mentions()) == 11
    assert len(many) == len(few) <= 3


def test_settling_ties_all_of_the_name_to_one_speaker(reporter):
    quotes = open_quotes("Khan", articles=2)
    elsewhere = open_quotes("Aalto")
    khan = factories.SpeakerFactory(name="Imran Khan")
    done = settle("Khan", actor=person(reporter), speaker=khan, up_to=newest())
    assert done == 4
    assert set(khan.quotes.all()) == set(quotes)
    assert not Quote.objects.filter(pk__in=[q.pk for q in quotes], touched_at=None).exists()
    assert {quote.speaker for quote in elsewhere} == {None}
    logged = Decision.objects.filter(quote__in=quotes)
    assert set(logged.values_list("actor", "from_state", "to_state", "reason_code")) == {
        (reporter.pk, "candidate", "candidate", "fixed_speaker")
    }
    assert logged.count() == 4


def test_what_came_after_the_look_and_what_was_left_out_stays_open(reporter):
    kept_out, settled = open_quotes("Khan")
    seen = newest()
    later = open_quotes("Khan")
    khan = factories.SpeakerFactory()
    settle("Khan", actor=person(reporter), speaker=khan, up_to=seen, but=[kept_out.pk])
    assert set(khan.quotes.all()) == {settled}
    assert set(quotes_of("Khan")) == {kept_out, *later}


def test_left_open_is_an_answer_too(reporter):
    quotes = open_quotes("Khan")
    assert settle("Khan", actor=person(reporter), speaker=None, up_to=newest()) == 2
    assert mentions() == []
    assert set(Decision.objects.values_list("quote", "reason_code")) == {
        (quote.pk, "left_open") for quote in quotes
    }


def test_a_new_speaker_is_made_on_the_spot(reporter):
    open_quotes("Khan")
    made, count = settle_as_new(
        "Khan",
        actor=person(reporter),
        up_to=newest(),
        full_name=" Sadiq  Khan ",
        description="Mayor of London",
    )
    assert (made.name, made.description, made.is_confirmed) == (
        "Sadiq Khan",
        "Mayor of London",
        True,
    )
    assert made.quotes.count() == count == 2


def test_a_name_is_remembered_only_when_asked(reporter):
    khan = factories.SpeakerFactory(name="Imran Khan")
    open_quotes("The Captain")
    settle("The Captain", actor=person(reporter), speaker=khan, up_to=newest())
    assert not khan.aliases.exists()
    open_quotes("The Captain")
    for _ in range(2):
        settle("The Captain", actor=person(reporter), speaker=khan, up_to=newest(), remember=True)
    assert link_names({"The Captain": "person"}) == {"The Captain": khan}
    assert khan.aliases.count() == 1


def test_two_who_settle_one_name_do_not_overwrite_each_other(reporter, editor):
    open_quotes("Khan")
    first, second = factories.SpeakerFactory.create_batch(2)
    assert settle("Khan", actor=person(reporter), speaker=first, up_to=newest()) == 2
    assert settle("Khan", actor=person(editor), speaker=second, up_to=newest()) == 0
    assert not second.quotes.exists()


def test_nameless_speakers_and_people_without_the_right_are_refused(reporter):
    open_quotes("Khan")
    with pytest.raises(NotReady):
        settle_as_new("Khan", actor=person(reporter), up_to=newest(), full_name=" … ")
    outsider = person(factories.UserFactory())
    for attempt in (
        lambda: settle("Khan", actor=outsider, speaker=None, up_to=newest()),
        lambda: settle_as_new("Khan", actor=outsider, up_to=newest(), full_name="Sadiq Khan"),
    ):
        with pytest.raises(NotAllowed):
            attempt()
    assert not Speaker.objects.exists()
    assert len(quotes_of("Khan")) == 2
