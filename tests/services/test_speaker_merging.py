"""Two rows that are one speaker: merged, and taken apart again."""

from datetime import date

import pytest

from claims.models import Quote, Speaker, SpeakerMerge
from claims.services.actors import job, person
from claims.services.errors import InvalidTransition, NotAllowed, StaleRow
from claims.services.speaker_merging import CannotMerge, merge, preview, undo
from claims.services.speakers import link_names
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def kept():
    return factories.SpeakerFactory(name="Imran Khan")


@pytest.fixture
def absorbed():
    return factories.SpeakerFactory(name="Imran Ahmed Khan", wikidata_id="Q155164")


def fresh(row):
    return type(row).objects.get(pk=row.pk)


def names(speaker):
    return sorted(alias.name for alias in fresh(speaker).aliases.all())


def state_of(*speakers):
    """All that a merge may touch, but for the counters and clocks."""
    return [
        (
            *(speaker.name, speaker.wikidata_id, speaker.is_confirmed, speaker.merged_into_id),
            sorted(speaker.quotes.values_list("pk", flat=True)),
            sorted(speaker.aliases.values_list("pk", "name")),
            sorted(speaker.affiliations.values_list("pk", flat=True)),
            sorted(speaker.reply_requests.values_list("pk", flat=True)),
            sorted(speaker.absorbed.values_list("pk", flat=True)),
        )
        for speaker in map(fresh, speakers)
    ]


def everything(speaker):
    """A row of each kind that hangs on ``speaker``."""
    return [
        factories.QuoteFactory(speaker=speaker),
        factories.SpeakerAliasFactory(speaker=speaker),
        factories.AffiliationFactory(speaker=speaker),
        factories.ReplyRequestFactory(speaker=speaker),
    ]


class TestAMerge:
    def test_moves_all_that_hangs_on_the_absorbed_speaker(self, kept, absorbed, editor):
        rows = everything(absorbed)
        done = merge(kept=kept, absorbed=absorbed, actor=person(editor))
        assert {fresh(row).speaker for row in rows} == {kept}
        assert fresh(absorbed).merged_into == kept
        assert (done.merged_by, done.undone_at) == (editor, None)

    def test_keeps_the_absorbed_name_as_one_of_the_kept_speakers(self, kept, absorbed, editor):
        merge(kept=kept, absorbed=absorbed, actor=person(editor))
        assert names(kept) == ["Imran Ahmed Khan"]
        assert link_names({"Imran Ahmed Khan": "person"}) == {"Imran Ahmed Khan": kept}

    def test_doubles_no_name_and_no_role(self, kept, absorbed, editor):
        for speaker in (kept, absorbed):
            factories.SpeakerAliasFactory(speaker=speaker, name="Khan")
            factories.AffiliationFactory(speaker=speaker, title="Prime Minister", organisation="")
        merge(kept=kept, absorbed=absorbed, actor=person(editor))
        assert names(kept) == ["Imran Ahmed Khan", "Khan"]
        assert fresh(kept).affiliations.count() == 1

    def test_keeps_both_terms_of_one_office(self, kept, absorbed, editor):
        for speaker, year in ((kept, 2018), (absorbed, 2021)):
            factories.AffiliationFactory(speaker=speaker, since=date(year, 1, 1))
        merge(kept=kept, absorbed=absorbed, actor=person(editor))
        assert fresh(kept).affiliations.count() == 2

    def test_takes_the_wikidata_item_and_the_confirmation_over(self, absorbed, editor):
        kept = factories.SpeakerFactory(name="I. Khan", is_confirmed=False)
        merge(kept=kept, absorbed=absorbed, actor=person(editor))
        assert (fresh(kept).wikidata_id, fresh(kept).is_confirmed) == ("Q155164", True)
        assert fresh(absorbed).wikidata_id is None

    def test_leads_earlier_redirects_straight_to_the_kept_speaker(self, kept, absorbed, editor):
        first = factories.SpeakerFactory(name="Kaptaan")
        merge(kept=absorbed, absorbed=first, actor=person(editor))
        merge(kept=kept, absorbed=fresh(absorbed), actor=person(editor))
        assert fresh(first).merged_into == kept
        assert names(kept) == ["Imran Ahmed Khan", "Kaptaan"]

    def test_shows_beforehand_what_it_then_does(self, kept, absorbed, editor):
        everything(absorbed)
        seen = preview(kept, absorbed)
        merge(kept=kept, absorbed=absorbed, actor=person(editor))
        assert sorted(seen.new_names) == names(kept)
        assert (seen.quotes, seen.reply_requests, len(seen.affiliations)) == (1, 1, 1)
        assert (seen.wikidata_id, seen.problem) == ("Q155164", "")
        assert fresh(kept).quotes.count() == seen.quotes


class TestAMergeIsRefused:
    def test_to_who_may_not(self, kept, absorbed, checker):
        for actor in (person(checker), job("rules")):
            with pytest.raises(NotAllowed):
                merge(kept=kept, absorbed=absorbed, actor=actor)
        assert fresh(absorbed).merged_into is None

    def test_of_a_speaker_with_itself(self, kept, editor):
        with pytest.raises(CannotMerge, match="into itself"):
            merge(kept=kept, absorbed=kept, actor=person(editor))

    def test_of_and_into_a_redirect(self, kept, absorbed, editor):
        merge(kept=kept, absorbed=absorbed, actor=person(editor))
        third = factories.SpeakerFactory(name="Sadiq Khan")
        for pair in ((third, absorbed), (absorbed, third), (absorbed, kept)):
            with pytest.raises(CannotMerge, match="already merged into Imran Khan"):
                merge(kept=pair[0], absorbed=pair[1], actor=person(editor))
        assert SpeakerMerge.objects.count() == 1

    def test_where_wikidata_knows_two(self, absorbed, editor):
        kept = factories.SpeakerFactory(name="Sadiq Khan", wikidata_id="Q334155")
        assert "Q334155" in preview(kept, absorbed).problem
        with pytest.raises(CannotMerge, match="Q155164"):
            merge(kept=kept, absorbed=absorbed, actor=person(editor))

    def test_on_rows_that_have_changed_since(self, kept, absorbed, editor):
        seen = (kept.version, absorbed.version)
        absorbed.description = "of the PTI"
        absorbed.save()
        with pytest.raises(StaleRow):
            merge(kept=kept, absorbed=absorbed, actor=person(editor), expected_versions=seen)


class TestUndoing:
    def test_puts_everything_back_where_it_was(self, kept, absorbed, editor):
        for speaker in (kept, absorbed):
            everything(speaker)
            factories.SpeakerAliasFactory(speaker=speaker, name="Khan")
            factories.SpeakerFactory(merged_into=speaker)
        absorbed.affiliations.update(title="Captain")
        before = state_of(kept, absorbed)
        done = merge(kept=kept, absorbed=absorbed, actor=person(editor))
        assert state_of(kept, absorbed) != before
        undone = undo(done, actor=person(editor))
        assert state_of(kept, absorbed) == before
        assert undone.changed_since == []
        assert undone.returned == {
            "name": 1,
            "quote": 1,
            "role": 1,
            "request for a reply": 1,
            "redirect": 1,
        }
        assert fresh(done).undone_at is not None

    def test_takes_the_confirmation_back_that_the_merge_gave(self, absorbed, editor):
        kept = factories.SpeakerFactory(name="I. Khan", is_confirmed=False)
        before = state_of(kept, absorbed)
        undo(merge(kept=kept, absorbed=absorbed, actor=person(editor)), actor=person(editor))
        assert state_of(kept, absorbed) == before

    def test_leaves_what_somebody_has_moved_on_and_says_so(self, kept, absorbed, editor):
        stays, goes = factories.QuoteFactory.create_batch(2, speaker=absorbed)
        done = merge(kept=kept, absorbed=absorbed, actor=person(editor))
        other = factories.SpeakerFactory(name="Sadiq Khan")
        Quote.objects.filter(pk=stays.pk).update(speaker=other)
        Speaker.objects.filter(pk=kept.pk).update(wikidata_id="Q1")
        kept.aliases.all().delete()
        undone = undo(done, actor=person(editor))
        assert (fresh(stays).speaker, fresh(goes).speaker) == (other, absorbed)
        assert (fresh(kept).wikidata_id, fresh(absorbed).wikidata_id) == ("Q1", None)
        assert undone.changed_since == [
            "the Wikidata item is no longer Q155164 and stays as it is",
            "1 quote that had moved belong elsewhere now, and stay there",
            "the name Imran Ahmed Khan was taken off Imran Khan already",
        ]

    def test_leaves_what_came_since_and_says_so(self, kept, absorbed, editor):
        done = merge(kept=kept, absorbed=absorbed, actor=person(editor))
        came = factories.QuoteFactory(speaker=kept, suggested_name="Imran Ahmed Khan")
        undone = undo(done, actor=person(editor))
        assert fresh(came).speaker == kept
        assert undone.changed_since == [
            "1 quote found since under these names stay with Imran Khan"
        ]

    def test_of_merges_that_followed_each_other_goes_backwards(self, kept, absorbed, editor):
        first = factories.SpeakerFactory(name="Kaptaan")
        everything(first)
        before = state_of(kept, absorbed, first)
        one = merge(kept=absorbed, absorbed=first, actor=person(editor))
        two = merge(kept=kept, absorbed=fresh(absorbed), actor=person(editor))
        with pytest.raises(InvalidTransition, match="Undo that merge first"):
            undo(one, actor=person(editor))
        undo(two, actor=person(editor))
        undo(one, actor=person(editor))
        assert state_of(kept, absorbed, first) == before

    def test_happens_once_and_by_who_may(self, kept, absorbed, editor, checker):
        done = merge(kept=kept, absorbed=absorbed, actor=person(editor))
        with pytest.raises(NotAllowed):
            undo(done, actor=person(checker))
        undo(done, actor=person(editor))
        with pytest.raises(InvalidTransition, match="undone already"):
            undo(done, actor=person(editor))
        assert fresh(absorbed).merged_into is None

    def test_of_a_name_that_the_extractor_has_found_anew_keeps_both(self, kept, editor):
        absorbed = factories.SpeakerFactory(name="Kaptaan", is_confirmed=False)
        done = merge(kept=kept, absorbed=absorbed, actor=person(editor))
        kept.aliases.all().delete()
        found = link_names({"Kaptaan": "person"})["Kaptaan"]
        undone = undo(done, actor=person(editor))
        assert found not in {kept, absorbed}
        assert (fresh(absorbed).is_confirmed, fresh(found).is_confirmed) == (True, False)
        assert "Kaptaan counts as confirmed" in undone.changed_since[0]

    def test_allows_the_merge_to_be_made_again(self, kept, absorbed, editor):
        undo(merge(kept=kept, absorbed=absorbed, actor=person(editor)), actor=person(editor))
        merge(kept=fresh(kept), absorbed=fresh(absorbed), actor=person(editor))
        assert fresh(absorbed).merged_into == kept


class TestARedirect:
    def test_is_followed_by_whatever_is_tied_to_it(self, kept, absorbed, editor):
        merge(kept=kept, absorbed=absorbed, actor=person(editor))
        quote = factories.QuoteFactory(speaker=absorbed)
        other = factories.QuoteFactory(speaker=None)
        Quote.objects.filter(pk=other.pk).update(speaker=absorbed)
        asked = factories.ReplyRequestFactory(speaker=absorbed)
        assert {fresh(row).speaker for row in (quote, other, asked)} == {kept}

    def test_is_no_hindrance_to_a_row_without_a_speaker(self):
        assert fresh(factories.QuoteFactory(speaker=None)).speaker is None


def test_every_relation_to_a_speaker_is_one_that_a_merge_knows():
    """A new table that points to speakers must be moved by the merge, or left alone knowingly."""
    known = {
        *("quotes", "aliases", "affiliations", "reply_requests", "absorbed"),
        *("merges_kept", "merges_absorbed"),
    }
    related = {
        relation.related_name
        for relation in Speaker._meta.related_objects
        if not relation.related_model.__name__.endswith("Event")
    }
    assert related == known
