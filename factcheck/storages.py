"""Where files are kept: whole or not at all, and every trouble is an OSError.

A snapshot is evidence: half of one would be worse than none, and nobody would notice for
years. Both storages therefore show a file under its name only once it is complete.
"""

import os
import uuid
from contextlib import suppress
from pathlib import Path

from django.core.files.base import File
from django.core.files.storage import FileSystemStorage


class AtomicFileSystemStorage(FileSystemStorage):
    """A folder in which a file appears whole, on the disk, and never in the place of another.

    A process that is killed leaves at most a file whose name begins with ``.part-``.
    """

    def _save(self, name: str, content: File) -> str:  # type: ignore[type-arg]
        path = Path(self.path(name))
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.parent / f".part-{uuid.uuid4().hex}"
        try:
            with part.open("xb") as file:
                for chunk in content.chunks():
                    file.write(chunk)
                file.flush()
                os.fsync(file.fileno())
            if self.file_permissions_mode is not None:
                part.chmod(self.file_permissions_mode)
            while True:
                try:
                    # A rename would replace what somebody else stored meanwhile; a link does not.
                    os.link(part, path)
                    break
                except FileExistsError:
                    path = Path(self.path(self.get_available_name(name)))
        finally:
            with suppress(OSError):
                part.unlink()
        _sync(path.parent)
        return path.relative_to(self.location).as_posix()


def _sync(folder: Path) -> None:
    """Have the names in a folder on the disk, as their content is."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
