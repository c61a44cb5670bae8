"""A backup is whole or refused, and what is restored is what was there."""

import json
import shutil

import pytest
from django.core.files.storage import default_storage

from claims.choices import WorkState
from claims.models import Article, ExtractionRun, Quote
from claims.selectors.changes import cursor_now
from claims.services import backup
from claims.services.actors import person
from claims.services.articles import store_document
from claims.services.backup import BackupError
from claims.services.extraction import claim_run, perform_run
from claims.services.quotes import accept_as_new_claim
from factcheck.postgres import clients
from factcheck.postgres.clients import ClientError
from tests import factories
from tests.processes import run_python
from tests.services.documents import document

RESTORE = """
import sys
import django
django.setup()
from django.core.management import CommandError, call_command
from django.core.files.storage import default_storage
from django.contrib.auth.models import User
from claims.models import Article, ArticleVersion, Change, ExtractionRun, Quote
from claims.selectors.changes import CursorExpired, read
source = sys.argv[1]
call_command("restore", source)
version = ArticleVersion.objects.get()
print(Article.objects.count(), Quote.objects.count(), default_storage.exists(version.snapshot.name))
print(sorted(ExtractionRun.objects.values_list("state", flat=True)))
try:
    call_command("restore", source)
except CommandError as error:
    print(error)
Article.objects.update(title="Something else")
call_command("restore", source, "--overwrite")
print(Article.objects.get().title)
reader = User.objects.create(username="reader", is_superuser=True)
try:
    read(sys.argv[2], limit=9, viewer=reader)
except CursorExpired:
    print("another life")
print(len(read(None, limit=500, viewer=reader).changes) >= Change.objects.count())
"""


@pytest.fixture
def record(committed, editor):
    """An accepted quote, and work that a worker holds right now."""
    stored = store_document(document())
    perform_run(stored.run.pk)
    accept_as_new_claim(
        Quote.objects.order_by("pk").first(), actor=person(editor), text="It closes on Monday."
    )
    held = factories.ExtractionRunFactory(article_version=stored.version, extractor="other-1")
    assert claim_run(held.pk)
    return stored.article


@pytest.fixture
def made(record, tmp_path):
    """A backup of that."""
    folder = tmp_path / "backup"
    backup.make(folder)
    return folder


def test_what_is_restored_elsewhere_is_what_was_there(made, record, short_tmp, settings):
    result = run_python(
        *("-c", RESTORE, str(made), cursor_now()),
        SECRET_KEY=settings.SECRET_KEY,
        VAR_DIR=str(short_tmp),
        LOG_LEVEL="WARNING",
    )
    assert result.returncode == 0, result.stderr
    assert result.stdout.splitlines() == [
        "Restored. The record holds.",
        f"1 {Quote.objects.count()} True",
        "['done', 'queued']",  # nobody has the run of the machine that is no more
        "The database here is not empty: nothing was changed. --overwrite it?",
        "Restored. The record holds.",
        record.title,
        "another life",
        "True",
    ]


def damaged_dump(folder):
    with (folder / backup.DUMP).open("r+b") as dump:
        dump.seek(1000)
        dump.write(b"damaged")


def damaged_snapshot(folder):
    snapshot = next(path for path in (folder / backup.FOLDER).rglob("*") if path.is_file())
    snapshot.write_bytes(snapshot.read_bytes()[:-1])


def lost_snapshot(folder):
    next(path for path in (folder / backup.FOLDER).rglob("*") if path.is_file()).unlink()


def shorter_list(folder):
    (folder / backup.FILES).write_text("")


def cut_off(folder):
    (folder / backup.MANIFEST).unlink()


def manifest_with(**values):
    def change(folder):
        path = folder / backup.MANIFEST
        path.write_text(json.dumps({**json.loads(path.read_text()), **values}))

    return change


def test_a_damaged_backup_is_refused_before_anything_is_touched(made, tmp_path):
    assert backup.verify(made).counts["claims.Article"] == 1
    for damage, said in (
        (damaged_dump, "record.dump is damaged"),
        (damaged_snapshot, "is damaged"),
        (lost_snapshot, "is missing"),
        (shorter_list, "files.jsonl is damaged"),
        (cut_off, "no whole backup"),
        (manifest_with(format=2), "has format 2"),
        (manifest_with(counts=None, nonsense=1), "manifest.json is damaged"),
    ):
        copy = tmp_path / f"{damage.__name__}-{len(said)}-{said[:3]}"
        shutil.copytree(made, copy)
        damage(copy)
        with pytest.raises(BackupError, match=said):
            backup.restore(copy, overwrite=True)
    newer = manifest_with(migrations=["claims.9999_of_tomorrow"])
    newer(made)
    with pytest.raises(BackupError, match="newer version of this software"):
        backup.restore(made, overwrite=True)
    assert Article.objects.count() == 1
    assert ExtractionRun.objects.filter(state=WorkState.RUNNING).count() == 1


def test_a_name_that_leads_out_of_the_folder_is_refused(made):
    path = made / backup.FILES
    entry = json.loads(path.read_text().splitlines()[0])
    path.write_text(json.dumps({**entry, "name": "../../etc/passwd"}) + "\n")
    manifest_with(files_sha256=backup._hash_of(path))(made)
    with pytest.raises(BackupError, match="is no name of a file"):
        backup.verify(made)


def test_a_backup_never_covers_another_and_leaves_nothing_half_done(made, record):
    with pytest.raises(BackupError, match="is there already"):
        backup.make(made)
    default_storage.delete(record.current_version.snapshot.name)
    other = made.with_name("other")
    with pytest.raises(BackupError, match="which the storage does not have"):
        backup.make(other)
    assert sorted(path.name for path in made.parent.glob("other*")) == []


def test_a_client_of_another_version_is_refused_by_name():
    with pytest.raises(ClientError, match=r"The server is PostgreSQL 12, and no pg_dump of that"):
        clients.find("pg_dump", 12)
