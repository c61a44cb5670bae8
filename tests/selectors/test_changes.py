"""The change feed: what gets into it, and that a reader gets each of it once, in order."""

from datetime import timedelta
from threading import Thread

import pgtrigger
import pytest
from django.contrib.auth.models import User
from django.core import signing
from django.db import connection, transaction
from django.utils import timezone

from claims import models
from claims.models import Change, ChangeEpoch, Claim
from claims.selectors import changes
from claims.services import changes as keeping
from tests import factories
from tests.faults.changes import run


def noted(resource=None):
    """Every change in the table, as (resource, key, kind)."""
    rows = Change.objects.order_by("pk")
    if resource:
        rows = rows.filter(resource=resource)
    return list(rows.values_list("resource", "object_id", "kind"))


def told(page):
    return [(entry.resource, entry.id, entry.kind) for entry in page.changes]


def read(cursor, viewer, *, limit=100, resources=None):
    return changes.read(cursor, limit=limit, viewer=viewer, resources=resources)


def in_another_connection(work):
    """Do ``work`` as another process would, to its end."""

    def done():
        try:
            work()
        finally:
            connection.close()

    thread = Thread(target=done)
    thread.start()
    thread.join()


@pytest.fixture
def all_seeing(committed):
    return User.objects.create(username="root", is_superuser=True)


# What is written


@pytest.mark.django_db
def test_a_row_that_comes_changes_and_goes_leaves_three_changes():
    topic = factories.TopicFactory()
    key = topic.pk
    topic.name = "Rivers"
    topic.save()
    topic.delete()
    assert noted("topics") == [
        ("topics", key, "created"),
        ("topics", key, "updated"),
        ("topics", key, "deleted"),
    ]


@pytest.mark.django_db
def test_an_update_that_changes_nothing_leaves_no_change():
    factories.TopicFactory()
    models.Topic.objects.update(name=models.Topic.objects.get().name)
    assert [kind for _, _, kind in noted("topics")] == ["created"]


@pytest.mark.django_db
def test_bulk_statements_leave_a_change_a_row():
    models.Topic.objects.bulk_create(models.Topic(name=f"T{n}", slug=f"t{n}") for n in range(3))
    with connection.cursor() as cursor:
        cursor.execute("UPDATE claims_topic SET name = name || '!' WHERE slug <> 't1'")
    assert [kind for _, _, kind in noted("topics")] == ["created"] * 3 + ["updated"] * 2


@pytest.mark.django_db
def test_what_a_row_is_shown_with_updates_it():
    speaker = factories.SpeakerFactory()
    alias = factories.SpeakerAliasFactory(speaker=speaker)
    factories.AffiliationFactory(speaker=speaker)
    alias.delete()
    claim = factories.ClaimFactory()
    topic = factories.TopicFactory()
    claim.topics.add(topic)
    claim.topics.remove(topic)
    assert noted("speakers") == [
        ("speakers", speaker.pk, "created"),
        *[("speakers", speaker.pk, "updated")] * 3,
    ]
    assert noted("claims") == [
        ("claims", claim.pk, "created"),
        *[("claims", claim.pk, "updated")] * 2,
    ]


@pytest.mark.django_db
def test_a_part_that_moves_updates_both_that_it_was_and_is_shown_with():
    alias = factories.SpeakerAliasFactory()
    other = factories.SpeakerFactory()
    former = alias.speaker_id
    before = len(noted("speakers"))
    alias.speaker = other
    alias.save()
    assert sorted(noted("speakers")[before:]) == sorted(
        [("speakers", former, "updated"), ("speakers", other.pk, "updated")]
    )


@pytest.mark.django_db
def test_the_clock_of_polls_and_leases_is_no_change():
    feed = factories.FeedFactory()
    run_ = factories.ExtractionRunFactory()
    models.Feed.objects.filter(pk=feed.pk).update(etag="x", last_polled_at=timezone.now())
    models.ExtractionRun.objects.filter(pk=run_.pk).update(rung_at=timezone.now())
    assert noted("feeds") == [("feeds", feed.pk, "created")]
    assert noted("runs") == [("runs", run_.pk, "created")]
    models.Feed.objects.filter(pk=feed.pk).update(failures=1)
    assert noted("feeds")[1:] == [("feeds", feed.pk, "updated")]


@pytest.mark.django_db
def test_every_resource_that_triggers_write_can_be_read_and_no_other():
    announced = {
        trigger.func.split("'")[1]
        for _, trigger in pgtrigger.registered()
        if trigger.name == "announce_insert"
    }
    assert announced == set(changes.RESOURCES)


@pytest.mark.django_db
def test_a_line_of_the_feed_is_never_rewritten():
    factories.TopicFactory()
    with pytest.raises(Exception, match="append_only"), transaction.atomic():
        Change.objects.update(kind="deleted")


# What is read


def test_a_reader_gets_what_was_committed_since_and_then_nothing(all_seeing):
    first = read(None, all_seeing)
    assert first.caught_up
    topic = factories.TopicFactory()
    page = read(first.next_cursor, all_seeing)
    assert told(page) == [("topics", topic.pk, "created")]
    assert page.changes[0].href == f"/api/v1/topics/{topic.pk}"
    assert page.caught_up
    assert read(page.next_cursor, all_seeing) == changes.Page([], page.next_cursor, True)
    # A cursor can be read again: it is the reader's own.
    assert told(read(first.next_cursor, all_seeing)) == told(page)


def test_pages_hold_as_many_as_asked_and_follow_each_other(all_seeing):
    cursor = changes.cursor_now()
    topics = [factories.TopicFactory().pk for _ in range(7)]
    sizes, keys = [], []
    while True:
        page = read(cursor, all_seeing, limit=3)
        sizes.append(len(page.changes))
        keys += [entry.id for entry in page.changes]
        cursor = page.next_cursor
        if page.caught_up:
            break
    assert (keys, sizes) == (topics, [3, 3, 1])


def test_what_is_committed_late_is_read_late_and_not_lost(all_seeing):
    cursor = changes.cursor_now()
    late = {}
    with transaction.atomic():
        late["topic"] = factories.TopicFactory().pk

        def meanwhile():
            late["other"] = factories.TopicFactory().pk
            late["page"] = read(cursor, all_seeing)

        in_another_connection(meanwhile)
        # The own transaction is not over either.
        assert told(read(cursor, all_seeing)) == [("topics", late["other"], "created")]
    assert told(late["page"]) == [("topics", late["other"], "created")]
    after = read(late["page"].next_cursor, all_seeing)
    assert told(after) == [("topics", late["topic"], "created")]
    assert read(after.next_cursor, all_seeing).changes == []


def test_a_transaction_younger_than_all_that_are_over_is_not_lost(all_seeing):
    """A snapshot does not name it among the running ones, and it has taken its id already."""
    looked = []
    with transaction.atomic():
        late = factories.TopicFactory().pk
        in_another_connection(lambda: looked.append(read(changes.cursor_now(), all_seeing)))
    assert looked[0].changes == []
    other = factories.TopicFactory().pk
    assert [entry.id for entry in read(looked[0].next_cursor, all_seeing).changes] == [late, other]


def test_a_window_half_read_stays_as_it_was_opened(all_seeing):
    cursor = changes.cursor_now()
    with transaction.atomic():
        late = factories.TopicFactory().pk
        halves = []

        def meanwhile():
            halves.extend(factories.TopicFactory().pk for _ in range(2))
            halves.append(read(cursor, all_seeing, limit=1))

        in_another_connection(meanwhile)
    page = halves[2]
    assert told(page) == [("topics", halves[0], "created")]
    seen = []
    while not page.caught_up:
        page = read(page.next_cursor, all_seeing, limit=1)
        seen += [entry.id for entry in page.changes]
    seen += [entry.id for entry in read(page.next_cursor, all_seeing).changes]
    assert seen == [halves[1], late]


def test_what_is_taken_back_is_never_read(all_seeing):
    cursor = changes.cursor_now()
    with transaction.atomic():
        factories.TopicFactory()
        transaction.set_rollback(True)
    assert read(cursor, all_seeing).changes == []


def test_resources_narrow_it_down(all_seeing, settings):
    cursor = changes.cursor_now()
    factories.TopicFactory.create_batch(5)
    claim = factories.ClaimFactory()
    page = read(cursor, all_seeing, resources={"claims"})
    assert told(page) == [("claims", claim.pk, "created")]
    settings.CHANGES_SCANNED = 2
    page = read(cursor, all_seeing, limit=2, resources={"claims"})
    assert (page.changes, page.caught_up) == ([], False)
    while not page.caught_up:
        page = read(page.next_cursor, all_seeing, limit=2, resources={"claims"})
    assert told(page) == [("claims", claim.pk, "created")]


@pytest.mark.parametrize(
    "text",
    # Named: what is signed has the time in it, and each process would call it otherwise.
    [
        *("", "1", "eyJ", "\x00"),
        pytest.param("x" * 500, id="long"),
        pytest.param(signing.dumps([1, 2]), id="signed with another salt"),
    ],
)
def test_a_cursor_of_somebody_elses_making_is_refused(text, all_seeing):
    with pytest.raises(changes.CursorError):
        read(text, all_seeing)


def test_a_cursor_of_another_life_of_the_database_is_refused(all_seeing):
    kept = factories.TopicFactory()
    cursor = changes.cursor_now()
    keeping.begin_new_life()
    with pytest.raises(changes.CursorExpired):
        read(cursor, all_seeing)
    assert ("topics", kept.pk, "created") in told(read(None, all_seeing))
    assert read(changes.cursor_now(), all_seeing).changes == []


def test_a_cursor_from_the_future_is_refused(all_seeing):
    epoch = str(ChangeEpoch.objects.get().epoch)
    ahead = changes.Snapshot(end=1 << 40, running=frozenset(), last=0)
    with pytest.raises(changes.CursorExpired):
        read(changes.Cursor(epoch, ahead, ahead).signed(), all_seeing)


def test_rows_that_a_backup_brought_from_a_later_transaction_are_read(all_seeing):
    Change.objects.create(resource="topics", object_id=5, kind="created", xid=1 << 40)
    assert ("topics", 5, "created") not in told(read(None, all_seeing))
    keeping.begin_new_life()
    assert ("topics", 5, "created") in told(read(None, all_seeing))


# Who may know


@pytest.fixture
def outsider(committed):
    return User.objects.create(username="outsider")


def hanging_on(claim):
    verdict = factories.VerdictFactory(claim=claim)
    return {
        ("claims", claim.pk),
        ("verdicts", verdict.pk),
        ("appearances", factories.AppearanceFactory(claim=claim).pk),
        ("claim-links", factories.ClaimLinkFactory(from_claim=claim).pk),
        ("claim-links", factories.ClaimLinkFactory(to_claim=claim).pk),
        ("evidence", factories.EvidenceFactory(claim=claim).pk),
        ("decisions", factories.DecisionFactory(claim=claim, quote=None).pk),
        ("decisions", factories.DecisionFactory(verdict=verdict, quote=None).pk),
    }


def of(page):
    return {(entry.resource, entry.id) for entry in page.changes}


def test_what_is_under_embargo_is_told_to_nobody_who_may_not_know(all_seeing, outsider):
    cursor = changes.cursor_now()
    claim = factories.ClaimFactory(embargo_until=timezone.now() + timedelta(days=1))
    rows = hanging_on(claim)
    secret = factories.EvidenceFactory(is_confidential=True)
    assert of(read(cursor, all_seeing)) >= rows
    assert of(read(cursor, outsider)).isdisjoint({*rows, ("evidence", secret.pk)})
    assert read(cursor, outsider).caught_up


@pytest.mark.parametrize("change", [{"embargo_until": None}, {"assignee": "outsider"}])
def test_with_an_embargo_lifted_or_a_claim_handed_over_all_of_it_is_told(
    change, all_seeing, outsider
):
    claim = factories.ClaimFactory(embargo_until=timezone.now() + timedelta(days=1))
    rows = hanging_on(claim)
    cursor = changes.cursor_now()
    values = {name: outsider if value else None for name, value in change.items()}
    Claim.objects.filter(pk=claim.pk).update(**values)
    assert of(read(cursor, outsider)) == rows


def test_an_embargo_that_ends_by_itself_is_told_once(all_seeing, outsider):
    moment = timezone.now() - timedelta(seconds=30)
    ChangeEpoch.objects.update(embargoes_told_until=moment - timedelta(seconds=30))
    claim = factories.ClaimFactory(embargo_until=moment)
    rows = hanging_on(claim)
    factories.ClaimFactory(embargo_until=timezone.now() + timedelta(days=1))
    cursor = changes.cursor_now()
    assert keeping.tell_of_ended_embargoes() == len(rows)
    page = read(cursor, outsider)
    assert of(page) == rows
    assert {entry.kind for entry in page.changes} == {"updated"}
    assert keeping.tell_of_ended_embargoes() == 0
    assert read(page.next_cursor, outsider).changes == []


def test_everybody_is_told_what_is_gone_and_nothing_but_its_key(all_seeing, outsider):
    claim = factories.ClaimFactory(embargo_until=timezone.now() + timedelta(days=1))
    key = claim.pk
    cursor = changes.cursor_now()
    claim.delete()
    (entry,) = read(cursor, outsider).changes
    assert (entry.resource, entry.id, entry.kind, entry.href) == ("claims", key, "deleted", None)


# Under many writers: the short form of tests/faults/changes.py


def test_readers_among_concurrent_writers_get_every_change_once(committed):
    counted = run(writes=1500, writers=6, readers=2, seed=1)
    assert counted["committed"] >= 1500
    assert counted["rolled back"] > 0
    assert counted["read behind later ones"] > 0
