"""An export holds what its reader may take along, and says where the change feed goes on."""

import json
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.utils import timezone

from claims.export import rows
from claims.selectors import changes
from claims.services import exports
from tests import factories
from tests.factcheck.embedded import eventually


def keys(export):
    return [json.loads(line)["id"] for line in b"".join(export.pieces).splitlines()]


def test_what_is_hidden_or_confidential_stays_at_the_desk(reporter, editor):
    hidden = factories.ClaimFactory(embargo_until=timezone.now() + timedelta(days=1))
    shown = factories.ClaimFactory()
    factories.EvidenceFactory(claim=shown, is_confidential=True)
    open_evidence = factories.EvidenceFactory(claim=shown)
    hidden_evidence = factories.EvidenceFactory(claim=hidden)
    on_hidden = factories.DecisionFactory(claim=hidden, quote=None)
    of_reporter = {
        name: keys(exports.begin(name, "ndjson", viewer=reporter))
        for name in ("claims", "evidence", "decisions")
    }
    assert of_reporter["claims"] == [shown.pk]
    assert of_reporter["evidence"] == [open_evidence.pk]
    assert on_hidden.pk not in of_reporter["decisions"]
    assert keys(exports.begin("claims", "ndjson", viewer=editor)) == [hidden.pk, shown.pk]
    assert keys(exports.begin("evidence", "ndjson", viewer=editor)) == [
        open_evidence.pk,
        hidden_evidence.pk,
    ]


def test_with_the_changes_from_its_cursor_on_it_is_a_whole_copy(committed):
    viewer = User.objects.create(username="root", is_superuser=True)
    before = factories.ClaimFactory()
    gone = factories.ClaimFactory()
    export = exports.begin("claims", "ndjson", viewer=viewer)
    meanwhile = factories.ClaimFactory()
    gone_key = gone.pk
    gone.delete()
    copy = set(keys(export))
    page = changes.read(export.cursor, limit=100, viewer=viewer, resources={"claims"})
    told = [(entry.id, entry.kind) for entry in page.changes]
    assert told == [(meanwhile.pk, "created"), (gone_key, "deleted")]
    for key, kind in told:
        copy = copy - {key} if kind == "deleted" else copy | {key}
    assert copy == {before.pk, meanwhile.pk}


def connected():
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()")
        return cursor.fetchone()[0]


@pytest.mark.parametrize("readers", [1, 2, 3])
def test_any_number_of_readers_gives_all_rows_once_and_in_order(
    committed, monkeypatch, settings, readers
):
    monkeypatch.setattr(rows, "PIECE_ROWS", 2)
    settings.EXPORT_READERS = readers
    viewer = User.objects.create(username="root", is_superuser=True)
    claims = factories.ClaimFactory.create_batch(9)
    before = connected()
    export = exports.begin("claims", "ndjson", viewer=viewer)
    first = next(export.pieces)
    assert connected() <= before + readers
    read = [json.loads(line)["id"] for line in (first + b"".join(export.pieces)).splitlines()]
    assert read == [claim.pk for claim in claims]
    assert eventually(lambda: connected() == before)


def test_an_export_that_is_broken_off_leaves_no_connection_open(committed, monkeypatch, settings):
    monkeypatch.setattr(rows, "PIECE_ROWS", 1)
    settings.EXPORT_READERS = 2
    viewer = User.objects.create(username="root", is_superuser=True)
    factories.ClaimFactory.create_batch(5)
    before = connected()
    export = exports.begin("claims", "csv", viewer=viewer)
    assert [next(export.pieces) for _ in range(2)]
    export.pieces.close()
    assert eventually(lambda: connected() == before)


def test_there_is_no_export_of_anything_else(db):
    with pytest.raises(KeyError):
        exports.begin("users", "csv", viewer=factories.UserFactory())
