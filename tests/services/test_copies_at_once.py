"""Near copies that arrive together, and are extracted together, end in one story."""

import pytest

from claims.models import Article, Quote, Story
from claims.selectors import candidates
from claims.services import extraction
from tests.services.finding import engine, found
from tests.services.test_copies import BRANDT, WIRE, stored

pytestmark = pytest.mark.usefixtures("committed")


def test_copies_that_are_stored_at_once_are_one_story(at_once):
    parts = WIRE.split("\n\n")
    texts = ["\n\n".join(parts[: 9 + number]) for number in range(5)]
    at_once(5, lambda number: stored(f"paper{number}", texts[number], hours=number))
    assert Article.objects.values("story").distinct().count() == 1
    assert Article.objects.filter(story=Story.objects.get()).count() == 5


def test_copies_that_are_extracted_at_once_have_one_original(at_once):
    kept = [stored(f"paper{n}", WIRE + f"\n\nPage {n}.", hours=n) for n in range(4)]

    def perform(number):
        text = kept[number].version.text
        extraction.perform_run(kept[number].run.pk, engine=engine(found(text, BRANDT)))

    at_once(4, perform)
    [original] = candidates()
    assert original.article_version == kept[0].version
    assert Quote.objects.filter(copy_of=original).count() == 3
