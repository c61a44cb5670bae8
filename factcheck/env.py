"""Strict reading of environment variables.

django-environ takes any unknown word for a boolean as False; here a typo stops the
start with a sentence that says what to write instead.
"""

from collections.abc import Sequence

import environ
from django.core.exceptions import ImproperlyConfigured
from environ.fileaware_mapping import FileAwareMapping

TRUE = frozenset({"1", "true", "yes", "on"})
FALSE = frozenset({"0", "false", "no", "off", ""})


class SecretFiles(FileAwareMapping):
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
