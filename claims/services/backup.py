"""The whole record in one folder, and back: the database, and every file that it points to.

    manifest.json   what it is: versions, migrations, counts, and the hashes of the other two
    record.dump     pg_dump's custom format
    files.jsonl     name, size and SHA-256 of each file, one a line
    files/…         the files under the names that they have in the storage

Files are only ever added to the storage, so that the dump comes first and the copies after
it: whatever the dump names is there. Counts and names are read in the very snapshot of the
database that is dumped.
"""

import json
import shutil
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO

import pghistory
import structlog
from django.apps import apps
from django.contrib.auth.models import User
from django.core.files.base import File
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

from claims.models import Claim, ExtractionRun, Feed, Fetch, Source, Speaker
from claims.services import changes, leasing
from claims.services.record_check import KEPT_SNAPSHOTS, Finding, check_record
from factcheck.postgres import clients

log = structlog.get_logger(__name__)

FORMAT = 1
MANIFEST, DUMP, FILES, FOLDER = "manifest.json", "record.dump", "files.jsonl", "files"
# Where the tables that were here wait until those of the backup are in their place.
ASIDE = "before_restore"
CHUNK_BYTES = 1 << 20
ROWS = 2000


class BackupError(RuntimeError):
    """A backup cannot be made, is damaged, or may not be restored here; the message says why."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup says of itself."""

    format: int
    made_at: str
    postgresql: int
    migrations: list[str]
    counts: dict[str, int]
    dump_sha256: str
    files_sha256: str
    files: int


def make(destination: Path) -> Manifest:
    """Write a backup into a new folder; it is there whole or not at all.

    Raises BackupError, clients.ClientError and OSError.
    """
    if destination.exists():
        raise BackupError(f"{destination} is there already: name a folder that is not.")
    part = destination.with_name(f"{destination.name}.part")
    # Readable to nobody else: it holds what is confidential, and the hashes of passwords.
    part.mkdir(mode=0o700, parents=True)
    try:
        manifest = _write(part)
        part.rename(destination)
    except BaseException:
        shutil.rmtree(part, ignore_errors=True)
        raise
    return manifest


def verify(source: Path) -> Manifest:
    """Read a backup from end to end; raises BackupError for whatever is not as it was made."""
    manifest = _read_manifest(source)
    for name, digest in ((DUMP, manifest.dump_sha256), (FILES, manifest.files_sha256)):
        if _hash_of(source / name) != digest:
            raise BackupError(f"{source / name} is damaged: its hash is not that of the manifest.")
    number = 0
    for entry in _entries(source):
        number += 1
        if _hash_of(source / FOLDER / entry["name"]) != entry["sha256"]:
            raise BackupError(f"{source / FOLDER / entry['name']} is damaged.")
    if number != manifest.files:
        raise BackupError(f"{source / FILES} lists {number} files of {manifest.files}.")
    return manifest


def restore(source: Path, *, overwrite: bool = False) -> list[Finding]:
    """Put a backup in the place of what is here; return what `check_record` finds then.

    It is read from end to end before anything is touched. Raises BackupError when it is
    damaged or newer than this code, or when something is here already and ``overwrite`` does
    not say that it may go; also clients.ClientError and OSError.
    """
    manifest = verify(source)
    _refuse_unknown(manifest)
    if not overwrite and not _is_empty():
        raise BackupError("The database here is not empty: nothing was changed. --overwrite it?")
    _put_files(source, overwrite=overwrite)
    _put_record(source / DUMP)
    counted = _counts()
    if counted != manifest.counts:
        raise BackupError(f"The counts differ: {_difference(manifest.counts, counted)}.")
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        # A backup of last year comes up to the code of today.
        call_command("migrate", verbosity=0)
    changes.begin_new_life()
    _free_what_was_held()
    return list(check_record())


def _write(folder: Path) -> Manifest:
    major = _server_major()
    program = clients.find("pg_dump", major)
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            cursor.execute("SELECT pg_export_snapshot()")
            (snapshot,) = cursor.fetchone()
        dump = folder / DUMP
        options = ("--format=custom", "--no-owner", "--no-privileges", f"--snapshot={snapshot}")
        clients.run(program, *options, f"--file={dump}", connection=connection)
        counts, migrations = _counts(), _applied()
        number = _copy_files(folder)
    manifest = Manifest(
        format=FORMAT,
        made_at=datetime.now(UTC).isoformat(timespec="seconds"),
        postgresql=major,
        migrations=migrations,
        counts=counts,
        dump_sha256=_hash_of(dump),
        files_sha256=_hash_of(folder / FILES),
        files=number,
    )
    # Last: a folder without it is no backup.
    (folder / MANIFEST).write_text(json.dumps(asdict(manifest), indent=1) + "\n", encoding="utf-8")
    return manifest


def _copy_files(folder: Path) -> int:
    """Copy every file that the record points to; return how many."""
    number = 0
    with (folder / FILES).open("w", encoding="utf-8") as listed:
        for name in _file_names():
            target = folder / FOLDER / _inside(name)
            target.parent.mkdir(parents=True, exist_ok=True)
            try:
                with default_storage.open(name) as source, target.open("wb") as copy:
                    size, digest = _pour(source, copy)
            except FileNotFoundError as error:
                raise BackupError(
                    f"The record points to {name}, which the storage does not have: "
                    "manage.py check_record lists all of them."
                ) from error
            entry = {"name": name, "size": size, "sha256": digest}
            listed.write(json.dumps(entry, ensure_ascii=False) + "\n")
            number += 1
    return number


def _file_names() -> Iterator[str]:
    """Each file that a row points to, once, in the order of names."""
    names = [
        model._default_manager.exclude(snapshot="").order_by().values_list("snapshot", flat=True)
        for model, _ in KEPT_SNAPSHOTS
    ]
    yield from names[0].union(*names[1:]).order_by("snapshot").iterator(ROWS)


def _put_files(source: Path, *, overwrite: bool) -> None:
    """Put the files of a verified backup into the storage; those that are there stay."""
    for entry in _entries(source):
        name = entry["name"]
        if default_storage.exists(name):
            with default_storage.open(name) as file:
                if _digest(file) == entry["sha256"]:
                    continue
            if not overwrite:
                raise BackupError(f"The storage has another {name}. --overwrite it?")
            default_storage.delete(name)
        with (source / FOLDER / _inside(name)).open("rb") as content:
            if default_storage.save(name, File(content)) != name:
                raise BackupError(f"The storage did not take {name} under its name.")


def _put_record(dump: Path) -> None:
    """The tables of a dump in the place of those that are here, which go when all went well."""
    program = clients.find("pg_restore", _server_major())
    options = ("--single-transaction", "--no-owner", "--no-privileges", "--exit-on-error")
    database = f"--dbname={connection.settings_dict['NAME']}"
    _swap_schemas(into=ASIDE)
    try:
        clients.run(program, *options, database, str(dump), connection=connection)
    except BaseException:
        _swap_schemas(into="")
        raise
    with connection.cursor() as cursor:
        cursor.execute(f"DROP SCHEMA {ASIDE} CASCADE")


@transaction.atomic
def _swap_schemas(*, into: str) -> None:
    """Set the tables aside, ``into`` a schema of that name, or bring them back from there."""
    with connection.cursor() as cursor:
        if not into:
            cursor.execute("DROP SCHEMA public CASCADE")
            cursor.execute(f"ALTER SCHEMA {ASIDE} RENAME TO public")
            return
        cursor.execute(
            "SELECT extname FROM pg_extension WHERE extnamespace = 'public'::regnamespace"
        )
        extensions = [name for (name,) in cursor.fetchall()]
        cursor.execute(f"ALTER SCHEMA public RENAME TO {into}")
        cursor.execute("CREATE SCHEMA public")
        cursor.execute("ALTER SCHEMA public OWNER TO pg_database_owner")
        for name in extensions:
            quoted = connection.ops.quote_name(name)
            cursor.execute(f"ALTER EXTENSION {quoted} SET SCHEMA public")


def _free_what_was_held() -> None:
    """What workers held when the backup was made is free: they are not here."""
    with pghistory.context(job="restore"):
        for model in (Fetch, ExtractionRun):
            leasing.free_all(model)
        Feed.objects.exclude(lease_token=None).update(lease_token=None, leased_until=None)


def _counts() -> dict[str, int]:
    return {
        model._meta.label: model._default_manager.order_by().count()
        for model in apps.get_app_config("claims").get_models()
    }


def _applied() -> list[str]:
    loader = MigrationLoader(connection)
    return sorted(f"{app}.{name}" for app, name in loader.applied_migrations)


def _refuse_unknown(manifest: Manifest) -> None:
    known = {f"{app}.{name}" for app, name in MigrationLoader(connection).disk_migrations}
    # Replaced by a squashed one or not: what this code has never heard of, it cannot read.
    if unknown := sorted(set(manifest.migrations) - known):
        raise BackupError(
            f"The backup is of a newer version of this software: {', '.join(unknown)}. "
            "Restore it with that version."
        )


def _is_empty() -> bool:
    """Whether nobody would miss anything: no tables, or nothing of a desk in them."""
    tables = set(connection.introspection.table_names())
    return not any(
        model._meta.db_table in tables and model._default_manager.exists()
        for model in (User, Source, Speaker, Claim)
    )


def _read_manifest(source: Path) -> Manifest:
    try:
        content = json.loads((source / MANIFEST).read_text(encoding="utf-8"))
        if content.get("format") != FORMAT:
            raise BackupError(f"{source} has format {content.get('format')}, not {FORMAT}.")
        return Manifest(**content)
    except FileNotFoundError as error:
        raise BackupError(f"{source} is no whole backup: it has no {MANIFEST}.") from error
    except (ValueError, TypeError, AttributeError) as error:
        raise BackupError(f"{source / MANIFEST} is damaged: {error}") from error


def _entries(source: Path) -> Iterator[dict[str, str]]:
    with (source / FILES).open(encoding="utf-8") as listed:
        for line in listed:
            entry = json.loads(line)
            _inside(entry["name"])
            yield entry


def _inside(name: str) -> PurePosixPath:
    """A name of the storage as a path within a folder; BackupError if it would lead out of it."""
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts:
        raise BackupError(f"{name!r} is no name of a file in the storage.")
    return path


def _pour(source: Any, target: BinaryIO) -> tuple[int, str]:
    size, digest = 0, sha256()
    for part in source.chunks(CHUNK_BYTES):
        target.write(part)
        digest.update(part)
        size += len(part)
    return size, digest.hexdigest()


def _digest(file: Any) -> str:
    digest = sha256()
    for part in file.chunks(CHUNK_BYTES):
        digest.update(part)
    return digest.hexdigest()


def _hash_of(path: Path) -> str:
    try:
        with path.open("rb") as file:
            digest = sha256()
            while part := file.read(CHUNK_BYTES):
                digest.update(part)
    except FileNotFoundError as error:
        raise BackupError(f"{path} is missing.") from error
    return digest.hexdigest()


def _server_major() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version_num")
        return int(cursor.fetchone()[0]) // 10_000


def _difference(wanted: dict[str, int], found: dict[str, int]) -> str:
    return ", ".join(
        f"{name} {found.get(name)} instead of {number}"
        for name, number in wanted.items()
        if found.get(name) != number
    )
