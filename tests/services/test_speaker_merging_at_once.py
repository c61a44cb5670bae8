"""Merges that meet each other, and quotes that arrive in the middle of one."""

import threading

from django.db import connection, transaction

from claims.models import Quote, Speaker, SpeakerMerge
from claims.services.actors import person
from claims.services.errors import DeskError
from claims.services.speaker_merging import merge, undo
from claims.services.speakers import link_names
from tests import factories


def test_of_merges_in_a_ring_no_circle_comes(member, at_once):
    editor = person(member("Editor"))
    speakers = factories.SpeakerFactory.create_batch(3)

    def one(number):
        try:
            return merge(
                kept=speakers[number], absorbed=speakers[(number + 1) % 3], actor=editor
            ).absorbed_id
        except DeskError:
            return None

    done = [pk for pk in at_once(3, one) if pk is not None]
    merged = Speaker.objects.exclude(merged_into=None).select_related("merged_into")
    assert sorted(done) == sorted(merged.values_list("pk", flat=True))
    assert len(done) == 2
    assert all(speaker.merged_into.merged_into_id is None for speaker in merged)


def test_one_merge_undone_by_two_is_undone_once(member, at_once):
    editor = person(member("Editor"))
    done = merge(kept=factories.SpeakerFactory(), absorbed=factories.SpeakerFactory(), actor=editor)

    def one(_):
        try:
            return undo(done, actor=editor).merge.pk
        except DeskError:
            return None

    assert sorted(at_once(2, one), key=str) == [done.pk, None]
    assert SpeakerMerge.objects.get().undone_at is not None


def test_a_quote_that_an_extractor_ties_during_a_merge_ends_with_the_kept_speaker(member):
    editor = person(member("Editor"))
    kept, absorbed = factories.SpeakerFactory.create_batch(2)
    version = factories.ArticleVersionFactory()
    merging, tied = threading.Event(), []

    def extract():
        try:
            merging.wait(10)
            with transaction.atomic():
                factories.QuoteFactory(article_version=version, speaker=absorbed)
            tied.append(True)
        finally:
            connection.close()

    thread = threading.Thread(target=extract)
    thread.start()
    with transaction.atomic():
        merge(kept=kept, absorbed=absorbed, actor=editor)
        merging.set()
        thread.join(1)
        assert tied == []  # it waits
    thread.join(10)
    assert Quote.objects.get().speaker == kept


def test_a_name_linked_during_a_merge_means_the_kept_speaker(member):
    editor = person(member("Editor"))
    kept, absorbed = factories.SpeakerFactory.create_batch(2)
    merging, linked = threading.Event(), []

    def link():
        try:
            merging.wait(10)
            with transaction.atomic():
                linked.append(link_names({absorbed.name: "person"})[absorbed.name])
        finally:
            connection.close()

    thread = threading.Thread(target=link)
    thread.start()
    with transaction.atomic():
        merge(kept=kept, absorbed=absorbed, actor=editor)
        merging.set()
        thread.join(1)
        assert linked == []
    thread.join(10)
    assert linked == [kept]
