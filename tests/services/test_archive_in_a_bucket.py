"""The archive in a bucket of anything that speaks S3: the same promises as in a folder."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.files.storage import default_storage

from claims.services import archive
from claims.services.errors import ArchiveUnavailable
from factcheck.env import snapshot_storage
from tests.services.bucket import Bucket, running
from tests.services.test_archive import BODY, fetched

SECRET = "a-secret-of-the-tests"


def storage(**values):
    return snapshot_storage(
        "s3",
        **{
            "bucket_name": "evidence",
            "endpoint_url": "",
            "region_name": "eu-north-1",
            "location": "desk",
            "timeout": 5,
            "access_key": "key-of-the-tests",
            "secret_key": SECRET,
            **values,
        },
    )


@pytest.fixture
def bucket(settings):
    with running() as server:
        settings.STORAGES = {**settings.STORAGES, "default": storage(endpoint_url=server.url)}
        yield server
        default_storage.connection.meta.client.close()


def test_what_was_received_is_kept_once_and_comes_back(bucket: Bucket):
    kept = archive.keep(fetched())
    assert list(bucket.objects) == [f"/evidence/desk/{kept.name}"]
    assert archive.keep(fetched()) == kept
    assert len(bucket.signed) == 1
    snapshot = archive.open_archived(kept.name)
    assert (snapshot.payload, snapshot.status) == (BODY, 200)
    # Signed with the key; the secret itself never leaves.
    assert "key-of-the-tests" in bucket.signed[0]
    assert SECRET not in bucket.signed[0]


def test_a_bucket_that_is_full_gone_or_empty_is_named(bucket: Bucket, settings):
    with pytest.raises(ArchiveUnavailable, match="is gone"):
        archive.open_archived("archive/00/nothing.warc.gz")
    bucket.full = True
    with pytest.raises(ArchiveUnavailable, match="InsufficientStorage"):
        archive.keep(fetched())
    assert bucket.objects == {}
    settings.STORAGES = {**settings.STORAGES, "default": storage(endpoint_url="http://127.0.0.1:1")}
    with pytest.raises(ArchiveUnavailable, match="cannot be reached"):
        archive.keep(fetched())


@pytest.mark.parametrize(
    ("kind", "values", "words"),
    [
        ("floppy", {}, "write folder or s3"),
        ("s3", {"bucket_name": ""}, "SNAPSHOT_S3_BUCKET"),
        ("s3", {"access_key": "key", "secret_key": ""}, "belong together"),
    ],
)
def test_a_storage_that_cannot_be_stops_the_start(kind, values, words):
    options = {"bucket_name": "evidence", "access_key": "", "secret_key": SECRET, **values}
    with pytest.raises(ImproperlyConfigured, match=words) as caught:
        snapshot_storage(kind, **options)
    assert SECRET not in str(caught.value)


def test_a_folder_needs_nothing_else():
    assert snapshot_storage("folder")["BACKEND"].endswith("AtomicFileSystemStorage")
