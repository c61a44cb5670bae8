"""Under whose name the record is given to others, and the addresses at which it is found."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

SCHEMA_ORG = "https://schema.org"
WIKIDATA = "https://www.wikidata.org/entity/"


@dataclass(frozen=True, slots=True)
class Publisher:
    """The desk as its readers know it."""

    name: str
    url: str
    language: str
    """Of what the desk writes, as in BCP 47."""
    claim_pattern: str
    """Where readers find a claim: an address with ``{id}`` in it."""
    api: str
    """Where the API begins, with a slash at its end."""
    appearances: int
    """How many appearances of one claim are named at most."""

    def claim_url(self, claim_id: int) -> str:
        """Where readers find a claim and its verdict."""
        return self.claim_pattern.replace("{id}", str(claim_id))

    @property
    def site(self) -> str:
        """The host name alone, without www."""
        return (urlsplit(self.url).hostname or "").removeprefix("www.")

    def organization(self) -> dict[str, Any]:
        """The desk as an Organization of schema.org."""
        return {"@type": "Organization", "@id": self.url, "name": self.name, "url": self.url}


def publisher() -> Publisher:
    """The publisher that the settings name."""
    return Publisher(
        name=settings.PUBLISHER_NAME,
        url=settings.PUBLISHER_URL,
        language=settings.PUBLISHER_LANGUAGE,
        claim_pattern=settings.PUBLIC_CLAIM_URL,
        api=f"{settings.DESK_URL}api/v1/",
        appearances=settings.CLAIM_REVIEW_APPEARANCES,
    )


def web_address(url: str) -> str:
    """``url`` where others can open it, else "": files of the desk's own machines are named to
    nobody, and pasted text has no address."""
    return url if url.startswith(("https://", "http://")) else ""


def moment_of(moment: datetime | None) -> str:
    """ISO 8601 in UTC, to the second; "" for none."""
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%S}Z" if moment else ""
