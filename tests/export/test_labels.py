"""Decisions on quotes as training data."""

import io
import json
from datetime import UTC, datetime

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims.choices import RejectReason
from claims.export import labels as module
from claims.export.labels import labels, lines
from claims.models import Quote
from claims.services import quotes, unresolved
from claims.services.actors import person
from claims.services.speaker_merging import merge
from tests import factories

pytestmark = pytest.mark.django_db
TEXT = "On Monday, she spoke. “We have inspected 85% of the dykes,” Minna Aalto said on Monday."


@pytest.fixture
def actor(editor):
    return person(editor)


def candidate(**fields):
    version = factories.ArticleVersionFactory(text=f"{Quote.objects.count()}. {TEXT}")
    run = factories.ExtractionRunFactory(article_version=version, extractor="model-3")
    return factories.QuoteFactory(article_version=version, run=run, **fields)


def only():
    (label,) = labels()
    return label


def test_an_accepted_quote_is_a_label_with_its_context(actor):
    quote = candidate()
    quotes.accept_as_new_claim(quote, actor=actor, text="85% of the dykes were inspected.")
    label = only()
    assert (label["decision"], label["reason"], label["fixed"]) == ("accepted", "", [])
    assert (label["extractor"], label["kind"]) == ("model-3", "direct")
    assert label["text"] == quote.text
    assert label["speaker"] == quote.speaker.name
    window = slice(label["start"] - label["context_start"], label["end"] - label["context_start"])
    assert label["context"][window] == quote.text
    assert label["context"] == quote.article_version.text
    assert label["offered"]["fragments"] == quote.fragments


def test_a_long_article_comes_as_a_window(actor, settings):
    settings.LABEL_CONTEXT_CHARACTERS = 10
    quote = candidate()
    quotes.reject(quote, actor=actor, reason_code=RejectReason.NOT_RELEVANT)
    label = only()
    text = quote.article_version.text
    assert label["context"] == text[quote.start - 10 : quote.end + 10]
    assert label["context_start"] == quote.start - 10


def test_a_rejection_has_its_reason_and_no_remark(actor):
    quotes.reject(
        candidate(), actor=actor, reason_code=RejectReason.NOT_A_QUOTE, comment="Ask Mara."
    )
    (line,) = lines()
    label = json.loads(line)
    assert (label["decision"], label["reason"]) == ("rejected", "not_a_quote")
    assert "Mara" not in line
    assert "editor" not in line


def test_a_corrected_span_comes_with_what_was_offered(actor):
    quote = candidate()
    start = quote.article_version.text.index("We have")
    quotes.fix_span(quote, actor=actor, start=start, end=start + len("We have inspected 85%"))
    label = only()
    assert (label["decision"], label["fixed"]) == ("fixed", ["span"])
    assert label["text"] == "We have inspected 85%"
    assert label["offered"]["text"] == quote.text
    assert (label["offered"]["start"], label["offered"]["end"]) == (quote.start, quote.end)
    quotes.accept_as_new_claim(Quote.objects.get(), actor=actor, text="85% inspected.")
    label = only()
    assert (label["decision"], label["fixed"]) == ("accepted", ["span"])


def test_a_corrected_speaker_comes_with_who_was_offered(actor):
    offered = factories.SpeakerFactory(name="Imran Khan")
    right = factories.SpeakerFactory(name="Sadiq Khan", wikidata_id="Q334155")
    quotes.set_speaker(candidate(speaker=offered), actor=actor, speaker=right)
    label = only()
    assert (label["decision"], label["fixed"]) == ("fixed", ["speaker"])
    assert (label["speaker"], label["wikidata"]) == ("Sadiq Khan", "Q334155")
    assert (label["offered"]["speaker"], label["offered"]["name"]) == ("Imran Khan", "Imran Khan")


def test_a_merge_corrects_no_extractor(actor):
    offered, kept = factories.SpeakerFactory.create_batch(2)
    quote = candidate(speaker=offered)
    quotes.accept_as_new_claim(quote, actor=actor, text="85% inspected.")
    merge(kept=kept, absorbed=offered, actor=actor)
    label = only()
    assert (label["speaker"], label["fixed"]) == (kept.name, [])


def test_settled_names_are_labels_too(actor):
    khan = factories.SpeakerFactory(name="Imran Khan")
    for name, speaker in (("Khan", khan), ("The source", None)):
        quote = candidate(speaker=None, suggested_name=name)
        unresolved.settle(name, actor=actor, speaker=speaker, up_to=quote.pk)
    assert [(label["speaker"], label["fixed"]) for label in labels()] == [
        ("Imran Khan", ["speaker"]),
        (None, ["speaker_open"]),
    ]


def test_what_nobody_judged_or_somebody_reopened_is_no_label(actor):
    candidate()
    quote = candidate()
    quotes.reject(quote, actor=actor, reason_code=RejectReason.DUPLICATE)
    quotes.reopen(Quote.objects.get(pk=quote.pk), actor=actor)
    assert list(labels()) == []


def test_one_marked_by_a_person_was_offered_by_nobody(actor):
    quote = factories.QuoteFactory()
    quotes.accept_as_new_claim(quote, actor=actor, text="85% inspected.")
    label = only()
    assert (label["extractor"], label["offered"]) == (None, None)


def test_memory_stays_flat_and_queries_grow_by_the_chunk_alone(actor, monkeypatch):
    for _ in range(5):
        quotes.reject(candidate(), actor=actor, reason_code=RejectReason.NOT_RELEVANT)
    monkeypatch.setattr(module, "CHUNK", 2)
    with CaptureQueriesContext(connection) as captured:
        found = labels()
        next(found)
    assert len(captured) == 4
    with CaptureQueriesContext(connection) as captured:
        assert len(list(labels())) == 5
    assert len(captured) == 3 * 4 + 1
    assert [label["quote"] for label in labels()] == sorted(label["quote"] for label in labels())


class TestTheCommand:
    def test_writes_lines_to_the_console_and_to_a_file(self, actor, tmp_path):
        quotes.reject(candidate(), actor=actor, reason_code=RejectReason.NOT_RELEVANT)
        out, told = io.StringIO(), io.StringIO()
        call_command("export_labels", stdout=out)
        assert json.loads(out.getvalue())["reason"] == "not_relevant"
        file = tmp_path / "labels.ndjson"
        call_command("export_labels", output=str(file), stderr=told)
        assert file.read_text(encoding="utf-8") == out.getvalue()
        assert "1 labels written" in told.getvalue()

    def test_takes_what_is_new_alone(self, actor):
        old, new = candidate(), candidate()
        for quote in (old, new):
            quotes.reject(quote, actor=actor, reason_code=RejectReason.NOT_RELEVANT)
        Quote.objects.filter(pk=old.pk).update(touched_at=datetime(2020, 1, 1, tzinfo=UTC))
        out = io.StringIO()
        call_command("export_labels", since="2021-01-01", stdout=out)
        assert [json.loads(line)["quote"] for line in out.getvalue().splitlines()] == [new.pk]
        with pytest.raises(CommandError, match="2026-03-31"):
            call_command("export_labels", since="yesterday")
