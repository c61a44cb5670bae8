"""A newer extractor over an article that people have already worked on."""

import pytest

from claims.choices import QuoteStatus, RejectReason, WorkState
from claims.extraction import ArticleExtraction, Quote, QuoteKind, Span, SpeakerGuess, SpeakerKind
from claims.models import Decision, Speaker
from claims.models import Quote as Stored
from claims.services import extraction, quotes
from claims.services.actors import person
from claims.services.merging import overlap
from tests import factories
from tests.services.finding import engine, found

pytestmark = pytest.mark.django_db

TEXT = (
    "🌊 “The dykes are safe,” Minna Aalto said. “We inspected 85% of them,” she added. "
    "According to Otto Senn, the work is late. “Nonsense,” Aalto replied."
)
SAFE = found(TEXT, "“The dykes are safe,”", name="Minna Aalto", cue="said")
SHARE = found(TEXT, "“We inspected 85% of them,”", name="Minna Aalto", cue="added")
LATE = found(TEXT, "the work is late", name="Otto Senn", kind=QuoteKind.INDIRECT)
NONSENSE = found(TEXT, "“Nonsense,”", name="Minna Aalto", cue="replied")


@pytest.fixture
def version():
    return factories.ArticleVersionFactory(text=TEXT)


@pytest.fixture
def extract(version):
    """``extract(*quotes)`` runs the next extractor, which finds exactly these."""
    numbers = iter(range(1, 100))

    def run(*found_quotes):
        made = factories.ExtractionRunFactory(
            article_version=version, extractor=f"rules-{next(numbers)}"
        )
        merged = extraction.perform_run(made.pk, engine=engine(*found_quotes))
        made.refresh_from_db()
        return merged, made

    return run


def stored(quote):
    return Stored.objects.get(start=quote.start, end=quote.end)


def statuses():
    return {quote.text: quote.status for quote in Stored.objects.all()}


@pytest.fixture
def desk(reporter):
    return person(reporter)


def test_a_first_run_stores_each_quote_with_all_that_was_found(extract):
    merged, run = extract(SAFE, SHARE)
    assert (merged.added, merged.updated, merged.withdrawn, merged.kept) == (2, 0, 0, 0)
    assert (run.quotes_found, run.quotes_added, run.quotes_withdrawn) == (2, 2, 0)
    quote = stored(SHARE)
    assert quote.text == "“We inspected 85% of them,”"
    assert TEXT[: quote.start].endswith(quote.prefix)
    assert quote.suffix == TEXT[quote.end : quote.end + 64]
    assert TEXT[slice(*quote.cue_span)] == "added"
    assert TEXT[slice(*quote.mention_span)] == "Minna Aalto"
    assert (quote.kind, quote.confidence, quote.check_worthiness) == ("direct", 0.9, 0.5)
    assert quote.speaker == Speaker.objects.get(name="Minna Aalto")
    assert (quote.suggested_name, quote.run) == ("Minna Aalto", run)


def test_a_split_quote_keeps_its_fragments_and_its_hull(extract):
    split = found(TEXT, "the work", "late", kind=QuoteKind.MIXED)
    extract(split)
    quote = Stored.objects.get()
    assert quote.text == TEXT[split.start : split.end]
    assert [TEXT[a:b] for a, b in quote.fragments] == list(split.fragments)


def test_each_utterance_of_an_attribution_is_a_quote_of_its_own(extract):
    extract(found(TEXT, *SAFE.fragments, *SHARE.fragments, name="Minna Aalto", cue="said"))
    said, floating = Stored.objects.order_by("start")
    assert (said.text, floating.text) == (*SAFE.fragments, *SHARE.fragments)
    assert (said.speaker, said.kind) == (floating.speaker, floating.kind)
    assert (said.cue_start is None, floating.cue_start is None) == (False, True)


def test_words_judged_as_one_quote_are_not_offered_again_in_two(extract, desk):
    row = factories.QuoteFactory(
        article_version=extract(SAFE)[1].article_version,
        start=SAFE.start,
        end=SHARE.end,
        text=TEXT[SAFE.start : SHARE.end],
        fragments=[[q.start, q.end] for q in (SAFE, SHARE)],
    )
    quotes.reject(row, actor=desk, reason_code=RejectReason.NOT_RELEVANT)
    merged, _ = extract(SAFE, SHARE, LATE)
    assert (merged.kept, merged.added) == (2, 1)


def test_a_newer_extractor_adds_updates_and_withdraws(extract):
    extract(SAFE, SHARE)
    before = stored(SAFE)
    surer = found(
        TEXT, "“The dykes are safe,”", name="Minna Aalto", cue="said", confidence=0.99, role="Mayor"
    )
    merged, run = extract(surer, LATE)
    assert (merged.added, merged.updated, merged.withdrawn) == (1, 1, 1)
    assert statuses() == {
        "“The dykes are safe,”": QuoteStatus.CANDIDATE,
        "“We inspected 85% of them,”": QuoteStatus.WITHDRAWN,
        "the work is late": QuoteStatus.CANDIDATE,
    }
    after = stored(SAFE)
    assert (after.pk, after.confidence, after.role, after.run) == (before.pk, 0.99, "Mayor", run)
    assert after.version == before.version + 1
    assert after.updated_at > before.updated_at
    assert (run.quotes_found, run.quotes_added, run.quotes_withdrawn) == (2, 1, 1)
    assert Decision.objects.get().job == run.extractor


def test_a_withdrawn_quote_comes_back_when_it_is_found_again(extract):
    extract(SAFE)
    extract()
    extract()
    merged, run = extract(SAFE)
    assert (merged.added, merged.withdrawn) == (0, 0)
    quote = Stored.objects.get()
    assert (quote.status, quote.run) == (QuoteStatus.CANDIDATE, run)
    steps = quote.decisions.order_by("pk").values_list("to_state", "job")
    assert list(steps) == [("withdrawn", "rules-2"), ("candidate", "rules-4")]


def test_what_people_decided_is_neither_changed_nor_withdrawn(extract, desk):
    extract(SAFE, SHARE, LATE)
    quotes.accept_as_new_claim(stored(SAFE), actor=desk, text="The dykes are safe.")
    quotes.reject(stored(SHARE), actor=desk, reason_code=RejectReason.NOT_RELEVANT)
    speaker = factories.SpeakerFactory(name="The Audit Chamber")
    quotes.set_speaker(stored(LATE), actor=desk, speaker=speaker, role="Auditor")
    before = list(Stored.objects.values())
    other = [
        found(TEXT, *quote.fragments, name="Otto Senn", confidence=0.5)
        for quote in (SAFE, SHARE, LATE)
    ]
    merged, _ = extract(*other)
    assert (merged.kept, merged.added, merged.updated, merged.withdrawn) == (3, 0, 0, 0)
    assert list(Stored.objects.values()) == before
    merged, _ = extract()
    assert merged.withdrawn == 0
    assert list(Stored.objects.values()) == before


def test_a_reopened_quote_stays_a_persons(extract, desk):
    extract(SAFE)
    quotes.reject(stored(SAFE), actor=desk, reason_code=RejectReason.DUPLICATE)
    quotes.reopen(stored(SAFE), actor=desk)
    extract()
    assert stored(SAFE).status == QuoteStatus.CANDIDATE


@pytest.mark.parametrize("decide", ["accept", "reject", "speaker"])
def test_the_same_utterance_cut_otherwise_is_not_offered_again(extract, desk, decide):
    extract(SHARE)
    if decide == "accept":
        quotes.accept_as_new_claim(stored(SHARE), actor=desk, text="85% were inspected.")
    elif decide == "reject":
        quotes.reject(stored(SHARE), actor=desk, reason_code=RejectReason.WRONG_SPAN)
    else:
        quotes.set_speaker(stored(SHARE), actor=desk, speaker=None)
    without_marks = found(TEXT, "We inspected 85% of them")
    longer = found(TEXT, "“We inspected 85% of them,” she added")
    merged, _ = extract(without_marks, longer, NONSENSE)
    assert (merged.kept, merged.added) == (2, 1)
    assert set(statuses()) == {SHARE.text, NONSENSE.text}


def test_an_overlap_below_the_threshold_is_another_utterance(extract, desk, settings):
    extract(SHARE)
    quotes.accept_as_new_claim(stored(SHARE), actor=desk, text="85% were inspected.")
    part = found(TEXT, "85%")
    assert extract(part)[0].added == 1
    settings.REVIEWED_OVERLAP = overlap((part.start, part.end), (SHARE.start, SHARE.end))
    assert extract(part)[0].kept == 1


def test_a_threshold_of_nought_still_lets_other_passages_through(extract, desk, settings):
    settings.REVIEWED_OVERLAP = 0.0
    extract(SHARE)
    quotes.accept_as_new_claim(stored(SHARE), actor=desk, text="85% were inspected.")
    merged, _ = extract(found(TEXT, "85%"), NONSENSE)
    assert (merged.kept, merged.added) == (1, 1)


def test_an_untouched_duplicate_of_a_decided_quote_is_withdrawn(extract, desk):
    shorter = found(TEXT, "We inspected 85% of them")
    extract(SHARE, shorter)
    quotes.accept_as_new_claim(stored(SHARE), actor=desk, text="85% were inspected.")
    extract(SHARE, shorter)
    assert stored(shorter).status == QuoteStatus.WITHDRAWN
    assert stored(SHARE).status == QuoteStatus.ACCEPTED


def test_a_run_that_finds_the_same_again_says_so(extract):
    extract(SAFE, SHARE)
    merged, run = extract(SAFE, SHARE)
    # Their run is another: that much is updated.
    assert (merged.added, merged.updated, merged.withdrawn) == (0, 2, 0)
    assert run.quotes_added == 0


def test_versions_of_an_article_do_not_disturb_each_other(extract, version):
    extract(SAFE)
    newer = factories.ArticleVersionFactory(article=version.article, text=f"{TEXT} More.")
    run = factories.ExtractionRunFactory(article_version=newer)
    extraction.perform_run(run.pk, engine=engine())
    assert stored(SAFE).status == QuoteStatus.CANDIDATE


def test_a_re_extraction_of_many_quotes_takes_few_queries(
    extract, version, django_assert_max_num_queries
):
    words = [found(TEXT, TEXT[start : start + 2]) for start in range(2, 62, 2)]
    words = [quote for quote in words if TEXT.index(quote.fragments[0]) == quote.start]
    assert len({quote.start for quote in words}) > 15
    words = list({quote.start: quote for quote in words}.values())
    extract(*words)
    run = factories.ExtractionRunFactory(article_version=version, extractor="newer")
    with django_assert_max_num_queries(20):
        extraction.perform_run(run.pk, engine=engine(*words))


# --- Wrong offsets ----------------------------------------------------------------------


def made(*spans, fragments=None, cue=(), source=()):
    return Quote(
        content=tuple(Span(*span) for span in spans),
        cue=tuple(Span(*span) for span in cue),
        source=tuple(Span(*span) for span in source),
        kind=QuoteKind.DIRECT,
        speaker=SpeakerGuess(name=None, kind=SpeakerKind.UNKNOWN),
        confidence=0.5,
        check_worthiness=0.5,
        fragments=fragments or tuple(TEXT[slice(*span)] for span in spans),
    )


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        (made((2, 9), fragments=("shifted",)), "is not 'shifted'"),
        (made((5, 9), (2, 5)), "is not"),  # not in order
        (made((2, 6), (5, 9)), "is not"),  # they overlap
        (made((2, len(TEXT) + 5)), "ends behind the text"),
        (made((2, 9), cue=((5, len(TEXT) + 1),)), "ends behind the text"),
        (made((2, 9), source=((5, len(TEXT) + 1),)), "ends behind the text"),
        (made((2, 9), (11, 12), fragments=(TEXT[2:9],)), "ValueError"),  # a fragment is missing
        (SAFE, "two quotes have the same start and end"),
    ],
)
def test_wrong_offsets_store_nothing_and_the_run_says_why(extract, wrong, why):
    extract(LATE)
    merged, run = extract(SAFE, wrong)
    assert merged is None
    assert run.state == WorkState.QUEUED
    assert why in run.error
    assert statuses() == {"the work is late": QuoteStatus.CANDIDATE}


def test_an_engine_that_read_another_text_stores_nothing(extract, version):
    run = factories.ExtractionRunFactory(article_version=version, extractor="other-text")
    elsewhere = found(f"x{TEXT}", "“Nonsense,”")
    extraction.perform_run(
        run.pk, engine=lambda text: ArticleExtraction(text, (elsewhere,), "other")
    )
    run.refresh_from_db()
    assert "WrongOffsets" in run.error
    assert not Stored.objects.exists()


def test_a_cue_in_two_parts_is_stored_as_its_hull_whatever_their_order(extract):
    extract(made((2, 9), cue=((40, 43), (30, 35)), source=((50, 52), (45, 47))))
    quote = Stored.objects.get()
    assert (quote.cue_span, quote.mention_span) == ((30, 43), (45, 52))


def test_a_share_outside_nought_to_one_stores_nothing_and_the_run_says_so(extract):
    _, run = extract(found(TEXT, "“Nonsense,”", confidence=1.2))
    assert "quote_confidence_share" in run.error
    assert not Stored.objects.exists()


# --- Speakers ---------------------------------------------------------------------------


def test_names_in_doubt_are_offered_and_none_is_chosen(extract):
    for name in ("Otto Senn", "Otto Senn"):
        factories.SpeakerFactory(name=name)
    unsure = found(TEXT, "“Nonsense,”", name=None, candidates=("Minna Aalto", "Otto Senn"))
    extract(LATE, unsure)
    assert (stored(LATE).speaker, stored(LATE).suggested_name) == (None, "Otto Senn")
    assert stored(unsure).speaker is None
    assert stored(unsure).candidate_names == ["Minna Aalto", "Otto Senn"]


def test_a_name_that_is_far_too_long_is_cut_and_links_nobody(extract):
    endless = found(TEXT, "“Nonsense,”", name="N" * 900, role="R" * 900)
    extract(endless)
    quote = Stored.objects.get()
    assert (quote.suggested_name, quote.role, quote.speaker) == ("N" * 300, "R" * 300, None)


def test_anonymous_speakers_stay_open(extract):
    extract(found(TEXT, "“Nonsense,”", name="officials", speaker_kind=SpeakerKind.ANONYMOUS))
    assert (Stored.objects.get().speaker, Stored.objects.get().suggested_name) == (
        None,
        "officials",
    )


@pytest.mark.parametrize(
    ("one", "other", "share"),
    [
        ((0, 10), (0, 10), 1.0),
        ((0, 10), (5, 15), 1 / 3),
        ((0, 10), (10, 20), 0.0),
        ((0, 10), (2, 7), 0.5),
        ((2, 7), (0, 10), 0.5),
        ((0, 1), (50, 60), 0.0),
    ],
)
def test_overlap_is_the_intersection_over_the_union(one, other, share):
    assert overlap(one, other) == pytest.approx(share)
