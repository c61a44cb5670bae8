"""Near copies end in one story, and the words they share come to the desk once."""

from datetime import UTC, datetime, timedelta

import pytest

from claims.choices import QuoteStatus, RejectReason
from claims.models import Article, Fingerprint, Quote, Story
from claims.selectors import candidates
from claims.services import copies, extraction, quotes
from claims.services.actors import person
from claims.services.articles import Outcome, store_document
from tests import factories
from tests.near_copies import base_texts
from tests.services.documents import document
from tests.services.finding import engine, found

pytestmark = pytest.mark.django_db

DAY = datetime(2026, 3, 12, 9, tzinfo=UTC)
BRANDT = "“No family in this valley should go to bed listening for the siren,”"
MONEY = "“Every cent of the rest is new money,”"
WIRE, OTHER = base_texts()[0], base_texts()[2]
HALF = "\n\n".join(WIRE.split("\n\n")[:6])
OWN = "\n\n".join(
    ["Readers of this paper had asked for it", *WIRE.split("\n\n")[:8], OTHER.split("\n\n")[3]]
)


def stored(name, text, *, hours=0, **values):
    return store_document(
        document(
            f"https://{name}.example/story",
            text=text,
            published_at=DAY + timedelta(hours=hours),
            site_name=name,
            **values,
        )
    )


def extracted(kept, *words):
    """Extract a stored text: exactly these words are found in it."""
    text = kept.version.text
    extraction.perform_run(
        kept.run.pk, engine=engine(*(found(text, part, name="Helena Brandt") for part in words))
    )
    return list(kept.version.quotes.order_by("start"))


def stories():
    """The articles of each story, by the name of their host."""
    grouped = {}
    for url, story in Article.objects.values_list("canonical_url", "story_id"):
        grouped.setdefault(story, set()).add(url.split("/")[2].split(".")[0])
    return grouped


@pytest.fixture
def desk(reporter):
    return person(reporter)


# --- Articles -----------------------------------------------------------------------------


def test_near_copies_are_one_story_and_other_articles_are_none():
    stored("wire", WIRE)
    assert stories() == {None: {"wire"}}
    stored("half", HALF)
    stored("own", OWN)
    stored("other", OTHER)
    assert stories() == {None: {"other"}, Story.objects.get().pk: {"wire", "half", "own"}}


def test_a_copy_to_the_word_is_of_the_story_too():
    stored("wire", WIRE)
    assert stored("copy", WIRE).outcome == Outcome.COPY
    assert stored("half", HALF).article.story_id == Story.objects.get().pk
    assert stories() == {Story.objects.get().pk: {"wire", "copy", "half"}}


def test_a_text_that_is_all_but_the_same_is_found_by_the_one_before():
    first = stored("wire", WIRE)
    second = stored("again", WIRE.replace("Thursday", "on Thursday"))
    third = stored("third", WIRE.replace("TOLLEBY —", "TOLLEBY (Meridian) —"))
    bands = {one.pk: len(one.bands) for one in Fingerprint.objects.all()}
    assert bands == {first.version.pk: 64, second.version.pk: 0, third.version.pk: 0}
    assert len(stories()) == 1


@pytest.mark.parametrize(("days", "together"), [(13, True), (15, False), (-13, True), (-15, False)])
def test_only_what_came_out_within_the_window_is_a_copy(days, together):
    stored("wire", WIRE)
    late = stored("late", HALF, hours=24 * days)
    assert (late.article.story_id is not None) is together


def test_a_date_in_the_future_is_the_day_of_reading():
    now = factories.timezone.now()
    stored("wire", WIRE, hours=(now - DAY) // timedelta(hours=1))
    wrong = stored("wrong", HALF, hours=24 * 4000)
    assert wrong.article.story_id is not None


@pytest.mark.parametrize(("language", "together"), [("en", True), ("", True), ("nl", False)])
def test_texts_of_two_languages_are_no_copies(language, together):
    stored("wire", WIRE)
    assert (stored("half", HALF, language=language).article.story_id is not None) is together


def test_short_texts_have_no_copies():
    brief = "“We have inspected 85% of the dykes,” Minna Aalto said on Monday."
    stored("wire", brief)
    stored("brief", brief + " She left.")
    assert not Fingerprint.objects.exists()
    assert stories() == {None: {"wire", "brief"}}


def test_two_stories_that_a_text_joins_become_the_older_one():
    parts = WIRE.split("\n\n")
    one, other = stored("one", "\n\n".join(parts[:6])), stored("two", "\n\n".join(parts[6:]))
    for name, kept in (("three", one), ("four", other)):
        stored(name, kept.version.text + " It is so.")
    first, second = Story.objects.order_by("pk")
    assert stories() == {first.pk: {"one", "three"}, second.pk: {"two", "four"}}
    stored("whole", WIRE)
    assert stories() == {first.pk: {"one", "two", "three", "four", "whole"}}
    assert list(Story.objects.all()) == [first]


def test_a_new_text_may_make_an_article_a_copy_and_no_text_makes_it_less_of_one():
    kept = stored("paper", OTHER)
    stored("wire", WIRE)
    assert stored("paper", HALF).article.story_id == Story.objects.get().pk
    assert stored("paper", OTHER + " Correction.").outcome == Outcome.CHANGED
    kept.article.refresh_from_db()
    assert kept.article.story_id == Story.objects.get().pk


def test_a_band_that_everybody_shares_is_passed_over(settings):
    settings.NEAR_COPY_BAND_ROWS = 2
    for number in range(3):
        version = factories.ArticleVersionFactory()
        made = copies.begin(WIRE)
        Fingerprint.objects.create(
            article_version=version,
            minhash=made.to_bytes(),
            bands=copies.similarity.bands(made, period=copies._period(DAY)),
            shingles=made.shingles + number,
        )
    assert stored("wire", WIRE).article.story_id is None


# --- Quotes -------------------------------------------------------------------------------


def test_the_words_of_a_wire_story_wait_once_in_the_queue():
    [first, money] = extracted(stored("wire", WIRE), BRANDT, MONEY)
    copied = extracted(stored("half", HALF, hours=2), BRANDT, MONEY)
    extracted(stored("other", OTHER))
    assert [quote.copy_of for quote in copied] == [first, money]
    assert set(candidates()) == {first, money}


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0), (2, 0, 1)])
def test_the_earliest_article_has_the_original_whatever_came_in_first(order):
    outlets = [("wire", WIRE, 0), ("half", HALF, 2), ("own", OWN, 5)]
    for index in order:
        name, text, hours = outlets[index]
        extracted(stored(name, text, hours=hours), BRANDT)
    [original] = candidates()
    assert original.article_version.article.canonical_url == "https://wire.example/story"
    assert set(original.copies.values_list("status", flat=True)) == {QuoteStatus.CANDIDATE}
    assert original.copies.count() == 2


def test_other_marks_and_an_editors_touch_are_the_same_words_and_another_number_is_not():
    text = HALF.translate({0x201C: "‘", 0x201D: "’"})
    share = "85% of the dykes along the lower river had been inspected since the water fell"
    extracted(stored("wire", WIRE), BRANDT, share)
    [siren, number] = extracted(
        stored("half", text.replace("85%", "58%"), hours=1),
        BRANDT.replace("“", "‘").replace("”", "’"),
        share.replace("85", "58"),
    )
    assert siren.copy_of is not None
    assert number.copy_of is None


def test_what_a_text_says_twice_is_two_utterances_and_so_are_their_copies():
    twice = WIRE + "\n\n“Nonsense,” Helena Brandt said. “Nonsense,” Helena Brandt said again."

    def both(kept):
        text = kept.version.text
        named = [found(text, "“Nonsense,”", name="Helena Brandt", nth=n) for n in (0, 1)]
        extraction.perform_run(kept.run.pk, engine=engine(*named))
        return list(kept.version.quotes.order_by("start"))

    first = both(stored("wire", twice))
    second = both(stored("copy", "By our desk\n\n" + twice, hours=1))
    assert [quote.copy_of for quote in second] == first


def test_accepting_an_original_changes_no_copy(desk):
    [original] = extracted(stored("wire", WIRE), BRANDT)
    [copy] = extracted(stored("half", HALF, hours=1), BRANDT)
    before = Quote.objects.filter(pk=copy.pk).values().get()
    quotes.accept_as_new_claim(original, actor=desk, text="No family should listen for the siren.")
    assert Quote.objects.filter(pk=copy.pk).values().get() == before
    assert not candidates().exists()
    assert extracted(stored("own", OWN, hours=3), BRANDT)[0].copy_of == original


@pytest.mark.parametrize(
    ("reason", "offered"),
    [
        # the words are judged, wherever they stand
        (RejectReason.NOT_CHECKABLE, None),
        (RejectReason.NOT_RELEVANT, None),
        (RejectReason.NOT_A_QUOTE, None),
        (RejectReason.DUPLICATE, None),
        # this row is wrong, and a copy may be right
        (RejectReason.WRONG_SPAN, "half"),
        (RejectReason.WRONG_SPEAKER, "half"),
    ],
)
def test_a_rejected_original_hands_over_unless_its_words_were_rejected(desk, reason, offered):
    [original] = extracted(stored("wire", WIRE), BRANDT)
    extracted(stored("half", HALF, hours=1), BRANDT)
    extracted(stored("own", OWN, hours=2), BRANDT)
    quotes.reject(original, actor=desk, reason_code=reason)
    waiting = [q.article_version.article.canonical_url.split(".")[0][8:] for q in candidates()]
    assert waiting == ([offered] if offered else [])
    # one that comes in late is treated the same
    extracted(stored("late", HALF + "\n\nMore follows.", hours=9), BRANDT)
    assert candidates().count() == (1 if offered else 0)


def test_a_withdrawn_original_hands_over():
    kept = stored("wire", WIRE)
    extracted(kept, BRANDT)
    [second] = extracted(stored("half", HALF, hours=1), BRANDT)
    [third] = extracted(stored("own", OWN, hours=2), BRANDT)
    run = extraction.request_run(kept.version, by="rules-next")
    extraction.perform_run(run.pk, engine=engine())
    second.refresh_from_db()
    third.refresh_from_db()
    assert (second.copy_of, third.copy_of) == (None, second)
    assert list(candidates()) == [second]


def test_an_accepted_copy_stands_for_its_words(desk):
    [original] = extracted(stored("wire", WIRE), BRANDT)
    [copy] = extracted(stored("half", HALF, hours=1), BRANDT)
    quotes.accept_as_new_claim(copy, actor=desk, text="No family should listen for the siren.")
    original.refresh_from_db()
    copy.refresh_from_db()
    assert (copy.copy_of, original.copy_of) == (None, copy)
    assert not candidates().exists()


def test_stories_that_meet_late_have_their_quotes_linked():
    parts = WIRE.split("\n\n")
    [first] = extracted(stored("one", "\n\n".join(parts[:6])), BRANDT)
    [second] = extracted(stored("two", "\n\n".join([*parts[6:], parts[1]]), hours=1), BRANDT)
    assert candidates().count() == 2
    stored("whole", WIRE, hours=2)
    second.refresh_from_db()
    assert second.copy_of == first


# --- Versions of one article -----------------------------------------------------------------


def test_a_later_text_does_not_offer_its_words_again(desk):
    [accepted, open_] = extracted(stored("paper", WIRE), BRANDT, MONEY)
    quotes.accept_as_new_claim(accepted, actor=desk, text="No family should listen for the siren.")
    newer = extracted(stored("paper", "Updated at noon.\n\n" + WIRE), BRANDT, MONEY)
    assert [quote.copy_of for quote in newer] == [accepted, open_]
    assert list(candidates()) == [open_]


def test_a_wrong_span_is_not_offered_again_in_a_later_text(desk):
    [wrong] = extracted(stored("paper", WIRE), BRANDT)
    quotes.reject(wrong, actor=desk, reason_code=RejectReason.WRONG_SPAN)
    extracted(stored("paper", "Updated at noon.\n\n" + WIRE), BRANDT)
    assert not candidates().exists()


def test_an_altered_number_in_a_later_text_is_another_utterance(desk):
    text = "“We have inspected 85% of the dykes along the lower river,” Helena Brandt said."
    words = text.split(" Helena")[0]
    [first] = extracted(stored("paper", text), words)
    quotes.accept_as_new_claim(first, actor=desk, text="85% of the dykes have been inspected.")
    [second] = extracted(stored("paper", text.replace("85", "58")), words.replace("85", "58"))
    assert second.copy_of is None
    assert list(candidates()) == [second]


def test_linking_again_changes_nothing():
    extracted(stored("wire", WIRE), BRANDT, MONEY)
    kept = stored("half", HALF, hours=1)
    extracted(kept, BRANDT, MONEY)
    before = list(Quote.objects.order_by("pk").values())
    copies.link_quotes(kept.article.pk)
    assert list(Quote.objects.order_by("pk").values()) == before
