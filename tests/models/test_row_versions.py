"""``version`` rises with every change of an editable row, whoever makes it."""

from uuid import uuid4

import pytest

from claims.models import Claim, Feed
from tests import factories
from tests.models.writing import by_queryset, by_save, every_way, execute

pytestmark = pytest.mark.django_db

CASES = [
    (factories.ArticleFactory, "title"),
    (factories.SourceFactory, "language"),
    (factories.FeedFactory, "last_error"),
    (factories.SpeakerFactory, "description"),
    (factories.QuoteFactory, "role"),
    (factories.ClaimFactory, "text"),
    (factories.AppearanceFactory, "method"),
    (factories.VerdictFactory, "summary"),
    (factories.EvidenceFactory, "excerpt"),
]


@every_way
@pytest.mark.parametrize(
    ("factory", "field"), CASES, ids=[factory._meta.model.__name__ for factory, _ in CASES]
)
def test_every_change_raises_the_version(write, factory, field):
    row = factory()
    row.refresh_from_db()
    before = row.version
    write(row, **{field: "changed"})
    row.refresh_from_db()
    assert row.version == before + 1


def test_the_version_cannot_be_set_back():
    row = factories.ClaimFactory()
    for text in ("one", "two"):
        by_queryset(row, text=text)
    by_save(row, text="three", version=1)
    by_queryset(row, version=1)
    execute("UPDATE claims_claim SET version = 1")
    assert Claim.objects.get().version == 6


def test_an_update_that_changes_nothing_leaves_the_version():
    row = factories.ClaimFactory()
    execute("UPDATE claims_claim SET text = text")
    row.refresh_from_db()
    assert row.version == 1


def test_one_statement_over_many_rows_raises_each_by_one():
    factories.ClaimFactory.create_batch(3)
    Claim.objects.update(priority="high")
    assert set(Claim.objects.values_list("version", flat=True)) == {2}


def test_the_clock_of_a_feed_does_not_disturb_its_editor():
    feed = factories.FeedFactory()
    feed.next_poll_at = feed.leased_until = feed.created_at
    feed.lease_token = uuid4()
    feed.etag = '"1"'
    feed.save()
    feed.refresh_from_db()
    assert feed.version == 1
    Feed.objects.update(failures=1)
    feed.refresh_from_db()
    assert feed.version == 2
