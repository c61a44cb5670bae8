"""``version.text[start:end] == text``, and not even raw SQL stores anything else."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.ingest import clean_text
from claims.models import Quote
from tests import factories
from tests.models.writing import every_way, refused, refused_every_way

pytestmark = pytest.mark.django_db

TEXT = "On Monday, “we inspected 85% of the dykes,” Minna Aalto said. “The rest follows.”"
START = TEXT.index("“we")
END = TEXT.index(" Minna")


@pytest.fixture
def version():
    return factories.ArticleVersionFactory(text=TEXT)


@pytest.fixture
def quote(version):
    return factories.QuoteFactory(
        article_version=version, words=TEXT[START:END], cue_start=56, cue_end=60
    )


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"text": "“we inspected 58% of the dykes,”"}, "are not its text"),
        ({"text": "“we inspected 85% of the dykes”"}, "are not its text"),  # one character short
        ({"start": START + 1, "end": END + 1}, "are not its text"),
        ({"start": START + 1}, "are not its text"),
        ({"end": END + 1}, "are not its text"),
        ({"start": END, "end": START}, "are not its text"),
        ({"end": START, "text": "", "suffix": ""}, "do not reach"),
        ({"end": len(TEXT) + 9}, "are not its text"),
        ({"prefix": "On Tuesday, "}, "are not its text"),
        ({"prefix": f" {TEXT[:START]}"}, "are not its text"),
        ({"prefix": "On Monday, and before it, "}, "are not its text"),  # longer than the text
        ({"suffix": " nobody said."}, "are not its text"),
        ({"suffix": f"{TEXT[END:]} more"}, "are not its text"),
    ],
)
def test_words_that_do_not_stand_in_the_text_are_refused(quote, changes, message):
    refused_every_way(quote, f"quote_offsets.*{message}", **changes)


@pytest.mark.parametrize(
    "fragments",
    [
        [],
        {},
        "x",
        [START, END],
        [[START]],
        [[START, END, END]],
        [[START, END + 1]],
        [[START - 1, END]],
        [[START, END - 1]],
        [[START, START + 5], [START + 4, END]],  # they overlap
        [[START + 5, END], [START, START + 5]],  # the second stands before the first
        [[START, START], [START, END]],  # an empty one
        [[START, START + 5], [START + 9, START + 7], [START + 9, END]],
        [[None, END]],
        [[START, None]],
        [[START, None], [None, END]],
        [[str(START), str(END)]],
        [[float(START), END]],
        [[True, END]],
        [{"0": START, "1": END}],
        [[START, END], None],
        [[START, 10**30]],
    ],
    ids=str,
)
def test_fragments_that_are_no_ordered_spans_from_start_to_end_are_refused(quote, fragments):
    refused_every_way(quote, r"quote_offsets|out of range", fragments=fragments)


@every_way
def test_a_quote_may_be_split_by_its_cue(quote, write):
    split = [[START, START + 13], [START + 17, END]]
    write(quote, fragments=split)
    quote.refresh_from_db()
    assert quote.fragments == split


@pytest.mark.parametrize("part", ["cue", "mention"])
@pytest.mark.parametrize(
    ("start", "end", "message"),
    [
        (3, len(TEXT) + 1, "ends behind the text"),
        (7, 7, "_ordered"),
        (9, 7, "_ordered"),
        (-1, 7, r"_ordered|_check"),
        (3, None, "_ordered"),
        (None, 7, "_ordered"),
    ],
)
def test_a_cue_or_mention_is_an_ordered_span_inside_the_text(quote, part, start, end, message):
    refused_every_way(quote, message, **{f"{part}_start": start, f"{part}_end": end})


def test_a_cue_and_a_mention_may_reach_the_very_end_or_be_missing(quote):
    Quote.objects.update(mention_start=0, mention_end=len(TEXT), cue_start=None, cue_end=None)
    quote.refresh_from_db()
    assert (quote.mention_span, quote.cue_span) == ((0, len(TEXT)), None)


def test_a_quote_cannot_move_to_a_version_with_other_words(quote):
    other = factories.ArticleVersionFactory(text=f"Then: {TEXT}")
    refused_every_way(quote, "are not its text", article_version=other)


def test_bulk_create_checks_every_row(version):
    good, bad = (
        factories.QuoteFactory.build(article_version=version, speaker=None, words=words)
        for words in ("we inspected", "the dykes")
    )
    bad.start += 1
    with refused("are not its text"):
        Quote.objects.bulk_create([good, bad])
    assert not Quote.objects.exists()


@pytest.mark.parametrize("field", ["confidence", "check_worthiness"])
@pytest.mark.parametrize("share", [-0.01, 1.01, float("nan"), float("inf")])
def test_a_share_lies_between_nought_and_one(quote, field, share):
    refused_every_way(quote, "_share", **{field: share})


# Characters that are one code point in some languages and two units in others.
TROUBLE = [
    "“👍🏽 agreed,” she said",  # an emoji with a skin tone: two code points, four UTF-16 units
    "“👨‍👩‍👧 first”",  # joined by zero-width joiners
    "“𝒜 𐍈 𠜎”",  # letters outside the basic plane
    "“e\u0323\u0301 q\u0307\u0323”",  # marks that NFC can compose in part or not at all
    "“ﬁve İstanbul ŉ ß”",
    "“नमस्ते ไม้ 한국”",
    "«עִבְרִית»",
    "“Z̸͇̿a̷l̴g̵o̶”",
    "“\u200cنمی\u200cخواهم”",
]


@pytest.mark.parametrize("passage", TROUBLE)
def test_python_and_postgresql_count_the_same_characters(passage):
    passage = clean_text(passage)
    text = clean_text(f"🌊🌊 Vögel – {passage} – ende 🦆. {passage}")
    version = factories.ArticleVersionFactory(text=text)
    start = text.rindex(passage)
    quote = factories.QuoteFactory(
        article_version=version, start=start, end=start + len(passage), text=passage
    )
    quote.refresh_from_db()
    version.refresh_from_db()
    assert version.text[quote.start : quote.end] == quote.text == passage


@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_any_slice_of_any_cleaned_text_is_accepted_and_any_other_refused(data):
    text = clean_text(data.draw(st.text(min_size=2, max_size=60), label="text")) or "–"
    start = data.draw(st.integers(0, len(text) - 1), label="start")
    end = data.draw(st.integers(start + 1, len(text)), label="end")
    article = factories.ArticleFactory(
        canonical_url=f"urn:{start}:{end}:{text}", source=factories.SourceFactory()
    )
    version = factories.ArticleVersionFactory(article=article, text=text, is_current=False)
    quote = factories.QuoteFactory(
        article_version=version, start=start, end=end, text=text[start:end], speaker=None
    )
    quote.refresh_from_db()
    assert quote.text == text[start:end]
    with refused("are not its text"):
        Quote.objects.filter(pk=quote.pk).update(text=f"{quote.text[:-1]}\x01")
    Quote.objects.filter(pk=quote.pk).delete()
