"""Strict reading of environment variables.

django-environ takes any unknown word for a boolean as False; here a typo stops the
start with a sentence that says what to write instead.
"""

import os
import re
from collections.abc import Sequence
from datetime import timedelta
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import available_timezones

import environ
from django.core.exceptions import ImproperlyConfigured
from environ.fileaware_mapping import FileAwareMapping
from kombu.transport import TRANSPORT_ALIASES
from limits import parse as parse_rate

TRUE = frozenset({"1", "true", "yes", "on"})
FALSE = frozenset({"0", "false", "no", "off", ""})
DURATIONS = {
    "s": timedelta(seconds=1),
    "m": timedelta(minutes=1),
    "h": timedelta(hours=1),
    "d": timedelta(days=1),
}
POSTGRES = frozenset({"postgres", "postgresql"})

Network = IPv4Network | IPv6Network


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

    def rate(self, name: str, *, default: str) -> str:
        """So many requests in so long, such as 600/minute or 10 per second."""
        value = self.str(name, default=default)
        try:
            parse_rate(value)
        except ValueError as error:
            raise ImproperlyConfigured(
                f"{name}={value!r} is no rate: write a number and a time, such as 600/minute."
            ) from error
        return str(value)

    def names(self, name: str, *, default: Sequence[str] = ()) -> list[str]:
        """Read a comma-separated list; blanks around the items and empty items are dropped."""
        raw = str(self.str(name, default=",".join(default)))
        return [item.strip() for item in raw.split(",") if item.strip()]

    def durations(self, name: str, *, default: Sequence[str] = ()) -> list[timedelta]:
        """Read times such as 1h, 7d in rising order; anything else raises ImproperlyConfigured."""
        found = []
        for item in self.names(name, default=default):
            unit = DURATIONS.get(item[-1:].lower())
            if unit is None or not item[:-1].isdecimal():
                raise ImproperlyConfigured(f"{name}={item!r}: write times like 90s, 30m, 1h or 7d.")
            found.append(int(item[:-1]) * unit)
        if sorted(set(found)) != found:
            raise ImproperlyConfigured(f"{name}: each time must be later than the one before.")
        return found

    def networks(self, name: str) -> list[Network]:
        """Read networks such as 10.1.0.0/16; anything else raises ImproperlyConfigured."""
        try:
            return [ip_network(item) for item in self.names(name)]
        except ValueError as error:
            raise ImproperlyConfigured(f"{name}: {error}. Write it like 10.1.0.0/16.") from None


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


def snapshot_storage(kind: str, **options: Any) -> dict[str, Any]:
    """The storage that SNAPSHOT_STORAGE names; ``options`` are those of the bucket.

    Empty options are left out. Their secrets are in no message.
    """
    if kind == "folder":
        return {"BACKEND": "factcheck.storages.AtomicFileSystemStorage"}
    if kind != "s3":
        raise ImproperlyConfigured(f"SNAPSHOT_STORAGE={kind!r}: write folder or s3.")
    if not options["bucket_name"]:
        raise ImproperlyConfigured(
            "SNAPSHOT_STORAGE=s3 needs a bucket: set SNAPSHOT_S3_BUCKET to its name."
        )
    given = {name: value for name, value in options.items() if value}
    if ("access_key" in given) != ("secret_key" in given):
        raise ImproperlyConfigured(
            "AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY belong together: set both or neither."
        )
    return {"BACKEND": "factcheck.bucket.S3SnapshotStorage", "OPTIONS": given}


def proxy_url(url: str) -> str:
    """Return FETCH_PROXY; ImproperlyConfigured unless empty or http(s)://host:port."""
    try:
        parts = urlsplit(url)
        whole = parts.scheme in {"http", "https"} and bool(parts.hostname and parts.port)
    except ValueError:
        whole = False
    if url and not whole:
        # It may hold a password: not shown.
        raise ImproperlyConfigured("FETCH_PROXY must look like http://user:password@host:3128")
    return url


def email_config(url: str) -> dict[str, Any]:
    """The mail server that EMAIL_URL describes. Its password is in no message."""
    try:
        known = urlsplit(url).scheme in environ.Env.EMAIL_SCHEMES
        config: dict[str, Any] = environ.Env.email_url_config(url) if known else {}
    except ValueError:
        config = {}
    if not config:
        raise ImproperlyConfigured(
            "EMAIL_URL must look like smtp+tls://user:password@mail.example.org:587, with special "
            "characters percent-encoded (leave it out to have mails printed)."
        )
    return config


def desk_url(url: str, *, hosts: Sequence[str], debug: bool) -> str:
    """Return DESK_URL, or what the first of ALLOWED_HOSTS makes of it where it is empty."""
    if not url:
        named = next((host.lstrip(".") for host in hosts), "localhost")
        return f"http://{named}:8000/" if debug else f"https://{named}/"
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path not in {"", "/"}:
        raise ImproperlyConfigured(
            f"DESK_URL={url!r}: write where the desk is, like https://desk.example.org"
        )
    return f"{url.rstrip('/')}/"


def publisher_url(url: str, *, desk: str) -> str:
    """Return PUBLISHER_URL, or where the ``desk`` is where it is empty."""
    if url and not _is_web_address(url):
        raise ImproperlyConfigured(
            f"PUBLISHER_URL={url!r}: write the address that readers know you by, like "
            "https://factcheck.example.org/"
        )
    return url or desk


def claim_url(pattern: str, *, desk: str) -> str:
    """Return PUBLIC_CLAIM_URL, or the claim's address in the API of the ``desk``.

    ImproperlyConfigured unless ``{id}`` stands in it once, and nothing else in braces.
    """
    pattern = pattern or f"{desk}api/v1/claims/{{id}}"
    if re.findall(r"[{}][^{}]*", pattern.replace("{id}", "", 1)) or "{id}" not in pattern:
        raise ImproperlyConfigured(
            f"PUBLIC_CLAIM_URL={pattern!r}: with {{id}} once for its number, write where "
            "readers find a claim, like https://factcheck.example.org/claims/{id}"
        )
    if not _is_web_address(pattern.replace("{id}", "1")):
        raise ImproperlyConfigured(
            f"PUBLIC_CLAIM_URL={pattern!r} is no address of a web page: begin with https://"
        )
    return pattern


def _is_web_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        return False
    # Printable ASCII only: it goes into files that others read.
    return parts.scheme in {"http", "https"} and bool(host) and bool(re.fullmatch(r"[!-~]+", url))


def language_tag(name: str, tag: str) -> str:
    """Return ``tag``; ImproperlyConfigured unless it looks like en or pt-BR (BCP 47)."""
    if not re.fullmatch(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*", tag):
        raise ImproperlyConfigured(f"{name}={tag!r} is no language: write it like en or pt-BR.")
    return tag


def user_agent(name: str) -> str:
    """Return FETCH_USER_AGENT; ImproperlyConfigured unless it begins with a product's name."""
    if not re.fullmatch(r"[A-Za-z_-]+(?:/[A-Za-z0-9.-]+)?(?: [ -~]*)?", name):
        raise ImproperlyConfigured(
            f"FETCH_USER_AGENT={name!r}: write a name of letters, then whatever else in ASCII, "
            "as in factcheck/0.1"
        )
    return name


def contact(address: str) -> str:
    """Return FETCH_CONTACT; ImproperlyConfigured unless empty, a web page or an e-mail address."""
    if address and not re.fullmatch(r"https?://[!'*-~]+|[!#-'*-~]+@[a-z0-9.-]+", address):
        raise ImproperlyConfigured(
            f"FETCH_CONTACT={address!r} is neither a web page nor an e-mail address: write it "
            "like https://desk.example.org/crawler or web@desk.example.org"
        )
    return address


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
