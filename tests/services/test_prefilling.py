"""The sentence that an editor begins with, made of a quote and what the record knows of it."""

from datetime import UTC, date, datetime

import pytest

from claims.models import Quote
from claims.services.prefilling import bare_words, prefilled_claim
from tests import factories


def quote_of(text: str, *fragments: tuple[int, int], start: int = 100, **fields) -> Quote:
    spans = fragments or ((0, len(text)),)
    return Quote(
        text=text,
        start=start,
        end=start + len(text),
        fragments=[[start + a, start + b] for a, b in spans],
        **fields,
    )


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("“We have inspected 85%,”", "We have inspected 85%"),  # marks and the comma go
        ("‘Every cent is new.’", "Every cent is new."),  # single marks
        ("that 85% was inspected", "that 85% was inspected"),  # indirect: nothing to take off
        ("welcomed “a first step”", "welcomed “a first step”"),  # marks inside stay
        ("“It began", "It began"),  # left open, as in a quotation of several paragraphs
        ("“", "“"),  # a lone mark
    ],
)
def test_bare_words_are_those_between_the_marks(text, bare):
    assert bare_words(quote_of(text)) == bare


def test_a_split_quotation_is_read_without_what_splits_it():
    quote = quote_of("“One,” said Ann, “two.”", (0, 6), (17, 23))
    assert bare_words(quote) == "One, two."
    assert quote.content == "“One,” … “two.”"


def said(text, words, **fields):
    version = factories.ArticleVersionFactory(
        text=text, article__published_at=datetime(2026, 3, 12, 9, 30, tzinfo=UTC)
    )
    return factories.QuoteFactory(article_version=version, words=words, **fields)


@pytest.mark.django_db
def test_speaker_place_and_date_come_from_the_record():
    quote = said(
        "KABUL, July 9 (Reuters) - “I was here yesterday,” said Ann Bell.",
        "“I was here yesterday,”",
        speaker=factories.SpeakerFactory(name="Ann Bell"),
    )
    assert prefilled_claim(quote) == "Ann Bell was in Kabul on 11 March 2026."


@pytest.mark.django_db
def test_we_is_the_organisation_that_the_speaker_was_of_on_that_day():
    mayor = factories.SpeakerFactory(name="Ann Bell")
    for organisation, since, until in (
        ("Senn Ferries", None, date(2026, 3, 11)),
        ("the City of Haverness", date(2026, 3, 12), None),
    ):
        factories.AffiliationFactory(
            speaker=mayor, organisation=organisation, since=since, until=until
        )
    quote = said("“We have won,” she said.", "“We have won,”", speaker=mayor)
    assert prefilled_claim(quote) == "The City of Haverness has won."
    factories.AffiliationFactory(speaker=mayor, organisation="the Council")
    assert prefilled_claim(quote) == "Ann Bell: We have won."  # two roles: no guess


@pytest.mark.django_db
def test_a_promise_is_told_by_its_cue():
    text = "Ann Bell promised to cut taxes. She refused to raise them."
    speaker = factories.SpeakerFactory(name="Ann Bell")
    for words, cue, sentence in (
        ("to cut taxes", "promised", "Ann Bell will cut taxes."),
        ("to raise them", "refused", "Ann Bell: To raise them."),
    ):
        start = text.index(cue)
        quote = factories.QuoteFactory(
            article_version=factories.ArticleVersionFactory(text=text),
            words=words,
            kind="indirect",
            speaker=speaker,
            cue_start=start,
            cue_end=start + len(cue),
        )
        assert prefilled_claim(quote) == sentence


@pytest.mark.django_db
def test_a_name_that_the_extractor_gave_will_do_and_none_leaves_the_words():
    quote = said("“I paid,” he said.", "“I paid,”", speaker=None, suggested_name="Bo Ek")
    assert prefilled_claim(quote) == "Bo Ek paid."
    quote.suggested_name = ""
    assert prefilled_claim(quote) == "I paid."
