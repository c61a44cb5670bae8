"""Strict reading of environment variables.

django-environ takes any unknown word for a boolean as False; here a typo stops the
start with a sentence that says what to write instead.
"""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import available_timezones

import environ
from django.core.exceptions import ImproperlyConfigured
from environ.fileaware_mapping import FileAwareMapping
from kombu.transport import TRANSPORT_ALIASES

TRUE = frozenset({"1", "true", "yes", "on"})
FALSE = frozenset({"0", "false", "no", "off", ""})
POSTGRES = frozenset({"postgres", "postgresql"})


class SecretFiles(FileAwareMapping):  # type: ignore[misc]
    """The environment, where ``NAME_FILE`` names a file that holds the value of ``NAME``.

    Blanks around the content are dropped, since editors end a file with a newline. A file
    that cannot be read or holds nothing stops the start: without a word, an empty
    DATABASE_URL would mean the embedded server.
    """

    def __getitem__(self, key: str) -> str:
        named = self.env.get(f"{key}_FILE")
        try:
            value = str(super().__getitem__(key))
        except (OSError, UnicodeDecodeError) as error:
            raise ImproperlyConfigured(
                f"{key}_FILE={named} cannot be read: {error}. The file must exist and be "
                "readable for the user this process runs as."
            ) from None
        if not named:
            return value
        if not value.strip():
            raise ImproperlyConfigured(f"{key}_FILE={named} is empty: write the value into it.")
        return value.strip()


class Env(environ.FileAwareEnv):  # type: ignore[misc]
    """``NAME`` from the environment, or the content of the file named by ``NAME_FILE``."""

    ENVIRON = SecretFiles()

    def flag(self, name: str, *, default: bool) -> bool:
        """Read 1/0, true/false, yes/no or on/off; anything else raises ImproperlyConfigured."""
        raw = str(self.str(name, default="1" if default else "0")).strip().lower()
        if raw in TRUE:
            return True
        if raw in FALSE:
            return False
        raise ImproperlyConfigured(
            f"{name}={raw!r} is neither yes nor no. Write {name}=1 or {name}=0."
        )

    def whole(self, name: str, *, default: int, minimum: int = 0) -> int:
        """Read a whole number not below ``minimum``; anything else raises ImproperlyConfigured."""
        raw = str(self.str(name, default=str(default))).strip()
        try:
            value = int(raw)
        except ValueError:
            raise ImproperlyConfigured(f"{name}={raw!r} is not a whole number.") from None
        if value < minimum:
            raise ImproperlyConfigured(f"{name}={value} is below its minimum of {minimum}.")
        return value

    def share(self, name: str, *, default: float) -> float:
        """Read a number from 0 to 1; anything else raises ImproperlyConfigured."""
        raw = str(self.str(name, default=str(default))).strip()
        try:
            value = float(raw)
        except ValueError:
            raise ImproperlyConfigured(f"{name}={raw!r} is not a number.") from None
        if not 0 <= value <= 1:
            raise ImproperlyConfigured(f"{name}={raw} is not between 0 and 1.")
        return value

    def names(self, name: str, *, default: Sequence[str] = ()) -> list[str]:
        """Read a comma-separated list; blanks around the items and empty items are dropped."""
        raw = str(self.str(name, default=",".join(default)))
        return [item.strip() for item in raw.split(",") if item.strip()]


def database_config(url: str) -> dict[str, Any]:
    """The connection that DATABASE_URL describes. Its password is in no message."""
    try:
        scheme = urlsplit(url).scheme
        config: dict[str, Any] = environ.Env.db_url_config(url) if scheme in POSTGRES else {}
    except ValueError:
        raise ImproperlyConfigured(
            "DATABASE_URL cannot be read. It looks like postgres://user:password@host:5432/name, "
            "with special characters percent-encoded."
        ) from None
    if scheme not in POSTGRES:
        raise ImproperlyConfigured(
            "DATABASE_URL must start with postgres:// — PostgreSQL is the only database "
            "(leave it out for the embedded server)."
        )
    if not config["NAME"]:
        raise ImproperlyConfigured(
            "DATABASE_URL names no database: write its name behind the host, as in "
            "postgres://host:5432/name."
        )
    return config


def broker_url(url: str) -> str:
    """Return CELERY_BROKER_URL; ImproperlyConfigured unless Celery knows its kind of broker."""
    scheme, found, _ = url.partition("://")
    if not found or scheme.partition("+")[0] not in TRANSPORT_ALIASES:
        raise ImproperlyConfigured(
            "CELERY_BROKER_URL must start with redis://, amqp:// or filesystem:// "
            "(leave it out for the folder under VAR_DIR)."
        )
    return url


def time_zone(name: str) -> str:
    """Return TIME_ZONE; ImproperlyConfigured unless it is known here."""
    if name not in available_timezones():
        raise ImproperlyConfigured(f"TIME_ZONE={name!r} is unknown. Write it like Europe/London.")
    return name


def read_env_file(default: Path) -> None:
    """Read ENV_FILE, or ``default`` where it is there; what the environment has stays.

    An empty ENV_FILE reads no file; one that is named must be there.
    """
    named = os.environ.get("ENV_FILE")
    path = default if named is None else Path(named)
    if named == "" or (named is None and not path.is_file()):
        return
    if not path.is_file():
        raise ImproperlyConfigured(f"ENV_FILE={named} is not there, or is no file.")
    Env.read_env(str(path))
