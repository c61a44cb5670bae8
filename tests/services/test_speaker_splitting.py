"""A name filed under the wrong speaker, split off with its quotes."""

import pytest

from claims.models import Speaker
from claims.services.actors import person
from claims.services.errors import InvalidTransition, NotAllowed, StaleRow
from claims.services.speaker_merging import merge
from claims.services.speaker_splitting import quotes_under, split_off
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def imran():
    return factories.SpeakerFactory(name="Imran Khan")


@pytest.fixture
def alias(imran):
    return factories.SpeakerAliasFactory(speaker=imran, name="Sadiq Khan")


def said(speaker, name):
    return factories.QuoteFactory(speaker=speaker, suggested_name=name)


def test_the_name_becomes_a_speaker_with_the_quotes_that_were_picked(imran, alias, editor):
    picked, left = said(imran, "Sadiq Khan"), said(imran, "Imran Khan")
    made = split_off(alias, actor=person(editor), quotes=[picked.pk], description="of London")
    assert (made.name, made.description, made.is_confirmed) == ("Sadiq Khan", "of London", True)
    assert list(made.quotes.all()) == [picked]
    assert list(imran.quotes.all()) == [left]
    assert not imran.aliases.exists()


def test_all_quotes_of_the_name_go_along_when_asked_for(imran, alias, editor):
    named = {said(imran, name) for name in ("Sadiq Khan", "SADIQ KHAN", "Sadiq khan")}
    said(imran, "Khan")
    assert set(quotes_under(alias)) == named
    left = min(named, key=lambda quote: quote.pk)
    made = split_off(alias, actor=person(editor), and_all_named_but=[left.pk])
    assert set(made.quotes.all()) == named - {left}


def test_a_fuller_name_keeps_the_alias_beside_it(alias, editor):
    made = split_off(alias, actor=person(editor), name="Sadiq Aman Khan")
    assert made.name == "Sadiq Aman Khan"
    assert [each.name for each in made.aliases.all()] == ["Sadiq Khan"]


def test_quotes_of_other_speakers_are_not_taken(alias, editor):
    others = factories.QuoteFactory()
    made = split_off(alias, actor=person(editor), quotes=[others.pk])
    assert not made.quotes.exists()


def test_it_takes_the_permission_to_merge(alias, checker):
    with pytest.raises(NotAllowed):
        split_off(alias, actor=person(checker))
    assert Speaker.objects.count() == 1


def test_a_name_that_has_moved_since_is_not_split_off(imran, alias, editor):
    other = factories.SpeakerFactory()
    type(alias).objects.filter(pk=alias.pk).update(speaker=other)
    with pytest.raises(StaleRow):
        split_off(alias, actor=person(editor))


def test_a_redirect_has_nothing_to_split_off(imran, editor):
    double = factories.SpeakerAliasFactory(speaker=imran, name="Khan")
    kept = factories.SpeakerAliasFactory(name="Khan").speaker
    merge(kept=kept, absorbed=imran, actor=person(editor))
    with pytest.raises(InvalidTransition, match="split it there"):
        split_off(double, actor=person(editor))
