"""Names that an extractor resolved, tied to the speakers of the record."""

import random

import pytest
from django.db import transaction

from claims.choices import SpeakerKind
from claims.models import Speaker
from claims.services.speakers import link_names
from tests import factories

PERSON = SpeakerKind.PERSON.value


def link(name, kind=PERSON):
    return link_names({name: kind})[name]


@pytest.mark.django_db
class TestOneName:
    @pytest.mark.parametrize("name", ["Jose Mujica", "JOSÉ  MUJICA", "Pepe Mújica", "Mujica, Pepe"])
    def test_that_means_one_speaker_is_linked(self, name):
        speaker = factories.SpeakerFactory(name="José Mujica")
        factories.SpeakerAliasFactory(speaker=speaker, name="Pepe Mujica")
        factories.SpeakerAliasFactory(speaker=speaker, name="Mujica Pepe")
        assert link(name) == speaker
        assert Speaker.objects.count() == 1

    def test_that_is_a_speakers_name_and_alias_at_once_is_linked(self):
        speaker = factories.SpeakerFactory(name="Imran Khan")
        factories.SpeakerAliasFactory(speaker=speaker, name="Imran Khan")
        assert link("Imran Khan") == speaker

    def test_that_several_share_is_left_open(self):
        factories.SpeakerFactory(name="Imran Khan")
        factories.SpeakerFactory(name="Imran Khan")
        assert link("Imran Khan") is None
        assert Speaker.objects.count() == 2

    def test_that_two_have_as_an_alias_is_left_open(self):
        for name in ("Imran Khan", "Sadiq Khan"):
            factories.SpeakerAliasFactory(speaker=factories.SpeakerFactory(name=name), name="Khan")
        assert link("Khan") is None

    def test_that_is_one_speakers_name_and_anothers_alias_is_left_open(self):
        factories.SpeakerFactory(name="Khan")
        factories.SpeakerAliasFactory(name="Khan")
        assert link("Khan") is None

    def test_that_nobody_has_is_a_new_speaker_whom_nobody_has_confirmed(self):
        speaker = link("Taliban leadership", "group")
        assert (speaker.name, speaker.key) == ("Taliban leadership", "taliban leadership")
        assert (speaker.kind, speaker.is_confirmed) == ("group", False)
        assert link("TALIBAN leadership") == speaker

    def test_of_a_merged_speaker_is_not_linked_to_that_row(self):
        kept = factories.SpeakerFactory(name="Sergei Lavrov")
        factories.SpeakerFactory(name="Sergey Lavrov", merged_into=kept)
        factories.SpeakerAliasFactory(speaker=kept, name="Sergey Lavrov")
        assert link("Sergey Lavrov") == kept

    def test_of_a_merged_speaker_that_nobody_took_over_is_new(self):
        gone = factories.SpeakerFactory(
            name="S. Lavrov", is_confirmed=False, merged_into=factories.SpeakerFactory()
        )
        speaker = link("S. Lavrov")
        assert speaker not in {gone, None}
        assert speaker.merged_into is None

    def test_of_an_anonymous_kind_names_nobody_even_if_a_speaker_has_it(self):
        factories.SpeakerFactory(name="Officials")
        assert link("Officials", "anonymous") is None
        assert link("Witnesses", "anonymous") is None
        assert Speaker.objects.count() == 1

    @pytest.mark.parametrize(
        ("name", "kind"),
        [("her ministry", "organisation"), ("state auditors", "group"), ("A patient", "unknown")],
    )
    def test_that_only_describes_names_nobody(self, name, kind):
        assert link(name, kind) is None
        assert not Speaker.objects.exists()

    def test_in_a_script_without_case_is_a_name(self):
        assert link("محمد جواد ظریف").name == "محمد جواد ظریف"

    @pytest.mark.parametrize("name", ["", "  ", "…", "“”", "X" * 301])
    def test_that_is_no_name_is_left_open(self, name):
        assert link(name) is None
        assert not Speaker.objects.exists()

    @pytest.mark.parametrize("name", ["X" * 300, "ﷺ" * 50, "ẞ" * 200])
    def test_whose_key_grows_too_long_is_still_stored(self, name):
        speaker = link(name)
        speaker.refresh_from_db()
        assert link(name) == speaker


@pytest.mark.django_db
def test_two_spellings_in_one_article_are_one_new_speaker():
    linked = link_names({"José Mujica": PERSON, "Jose MUJICA": PERSON})
    assert linked["José Mujica"] == linked["Jose MUJICA"] == Speaker.objects.get()


@pytest.mark.django_db
def test_many_names_take_few_queries(django_assert_max_num_queries):
    names = {f"Member {number}": PERSON for number in range(50)}
    with django_assert_max_num_queries(6):
        link_names(names)
    with django_assert_max_num_queries(3):
        assert None not in link_names(names).values()


@pytest.mark.parametrize("attempt", range(3))
def test_workers_that_meet_the_same_new_names_make_each_speaker_once(committed, at_once, attempt):
    names = [f"Member {number}" for number in range(60)]

    def work(number):
        shuffled = random.Random(number).sample(names, len(names))
        with transaction.atomic():
            return {
                name: speaker.pk
                for name, speaker in link_names(dict.fromkeys(shuffled, PERSON)).items()
            }

    results = at_once(8, work)
    assert all(result == results[0] for result in results)
    assert Speaker.objects.count() == len(names)


@pytest.mark.django_db
def test_new_names_are_added_in_one_order_so_that_workers_never_wait_in_a_circle():
    names = ["Zoë Berg", "Minna AALTO", "Ibrahim Khan", "Anna Senn"]
    link_names(dict.fromkeys(names, PERSON))
    added = Speaker.objects.order_by("pk").values_list("key", flat=True)
    assert list(added) == ["anna senn", "ibrahim khan", "minna aalto", "zoe berg"]
