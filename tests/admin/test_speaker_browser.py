"""Headless Chromium merges two speakers, undoes it, and settles a name by its quotes."""

import pytest

from claims.models import Quote, Speaker
from tests import factories
from tests.admin.browsing import in_chromium

pytestmark = in_chromium


@pytest.fixture
def desk(staff, signed_in, request):
    """An editor's page with the names that are open, as wide as asked for."""
    width = getattr(request, "param", 1280)
    with signed_in(staff("anna", "Editor")) as page:
        page.set_viewport_size({"width": width, "height": 844})
        page.goto("/admin/claims/speaker/unresolved/")
        yield page
        assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("desk", [1280, 390], indirect=True)
def test_two_speakers_are_merged_and_taken_apart_again(desk):
    kept = factories.SpeakerFactory(name="Sadiq Khan")
    double = factories.SpeakerFactory(name="Mayor Khan")
    quote = factories.QuoteFactory(speaker=double)
    desk.goto(f"/admin/claims/speaker/{kept.pk}/change/")
    desk.get_by_role("link", name="Merge …").click()
    desk.locator(".select2-selection").first.click()
    desk.locator(".select2-search__field").fill("mayor")
    desk.locator(".select2-results__option", has_text="Mayor Khan").click()
    desk.get_by_role("button", name="Show what moves").click()
    preview = desk.get_by_role("region", name="Mayor Khan → Sadiq Khan")
    assert "We have inspected 85% of the dykes" in preview.inner_text()
    assert Speaker.objects.current().count() == 2
    desk.get_by_role("button", name="Merge Mayor Khan into Sadiq Khan").click()
    desk.get_by_text("Mayor Khan was merged into Sadiq Khan.").wait_for()
    assert Quote.objects.get(pk=quote.pk).speaker == kept
    desk.get_by_role("button", name="Undo the merge of Mayor Khan").click()
    desk.get_by_text("Mayor Khan is a speaker again. Back: 1 quote.").wait_for()
    assert Quote.objects.get(pk=quote.pk).speaker == double
    assert Speaker.objects.current().count() == 2


def test_a_name_is_settled_for_all_its_quotes_but_one(desk):
    speaker = factories.SpeakerFactory(name="Sadiq Khan", description="Mayor of London")
    factories.SpeakerAliasFactory(speaker=speaker, name="Khan")
    quotes = factories.QuoteFactory.create_batch(3, speaker=None, suggested_name="Khan")
    desk.reload()
    assert "3 quotes in 3 articles" in desk.locator("ol.fc-rows").inner_text()
    desk.get_by_role("link", name="Settle Khan").click()
    desk.locator("input[name=quote]").first.uncheck()  # the newest comes first
    desk.get_by_label("Sadiq Khan (Mayor of London)").check()
    desk.get_by_role("button", name="Settle").click()
    desk.get_by_text("Settled: 2 quotes of “Khan” said by Sadiq Khan.").wait_for()
    assert set(speaker.quotes.all()) == set(quotes[:2])


def test_a_table_is_shown_before_it_is_written(desk, tmp_path):
    speaker = factories.SpeakerFactory(name="Sadiq Khan")
    desk.goto("/admin/claims/speaker/")
    with desk.expect_download() as download:
        desk.get_by_role("link", name="Download CSV").click()
    file = tmp_path / "speakers.csv"
    download.value.save_as(file)
    file.write_bytes(file.read_bytes().replace(b"Sadiq Khan", b"Sir Sadiq Khan"))
    desk.get_by_role("link", name="Import a table").click()
    desk.locator("input[type=file]").set_input_files(file)
    desk.get_by_role("button", name="Show what would change").click()
    desk.get_by_text("0 new · 1 changed · 0 as before · 0 refused").wait_for()
    assert Speaker.objects.get(pk=speaker.pk).name == "Sadiq Khan"
    desk.get_by_role("button", name="Write these changes").click()
    desk.get_by_text("Imported: 0 new, 1 changed, 0 as before.").wait_for()
    assert Speaker.objects.get(pk=speaker.pk).name == "Sir Sadiq Khan"
