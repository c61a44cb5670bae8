"""Files in a bucket: apart from `storages`, since its client takes long to load."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from boto3.exceptions import Boto3Error
from boto3.s3.transfer import TransferConfig
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from django.core.files.base import File
from storages.backends.s3 import S3Storage


class S3SnapshotStorage(S3Storage):  # type: ignore[misc]
    """A bucket of anything that speaks S3; an object appears whole by itself.

    ``timeout`` in seconds counts for connecting and for each silence.
    """

    def __init__(self, *, timeout: int, **options: Any) -> None:
        config = Config(
            connect_timeout=timeout,
            read_timeout=timeout,
            retries={"mode": "standard", "total_max_attempts": 2},
            # Servers other than Amazon's know neither bucket hosts nor its newer checksums.
            s3={"addressing_style": "path" if options.get("endpoint_url") else "auto"},
            request_checksum_calculation="when_required",
            response_checksum_validation="when_required",
        )
        super().__init__(
            client_config=config,
            transfer_config=TransferConfig(use_threads=False),
            default_acl=None,
            file_overwrite=False,
            querystring_auth=True,
            **options,
        )

    def exists(self, name: str) -> bool:
        with _as_os_error():
            return bool(super().exists(name))

    def delete(self, name: str) -> None:
        with _as_os_error():
            super().delete(name)

    def _save(self, name: str, content: File) -> str:  # type: ignore[type-arg]
        with _as_os_error():
            return str(super()._save(name, content))

    def _open(self, name: str, mode: str = "rb") -> Any:
        with _as_os_error():
            file = super()._open(name, mode)
            # Fetched now, so that whatever goes wrong does so here.
            _ = file.file
            return file


@contextmanager
def _as_os_error() -> Iterator[None]:
    """What the client of S3 raises as the OSError that a folder would raise."""
    try:
        yield
    except ClientError as error:
        status = error.response.get("ResponseMetadata", {}).get("HTTPStatusCode")
        kind = FileNotFoundError if status == 404 else OSError
        raise kind(f"The bucket answered: {error}") from error
    except (BotoCoreError, Boto3Error) as error:
        raise OSError(f"The bucket cannot be reached: {error}") from error
