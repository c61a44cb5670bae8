"""Archived copies of evidence, fetched through the one door to the network.

A confidential document is not fetched: its site would learn who reads it, and the address would
stand among the fetches that everybody may see.
"""

from django.db import transaction

from claims import ingest
from claims.choices import FetchOutcome, FetchPurpose, WorkState
from claims.models import Evidence, Fetch
from claims.models.work import OPEN
from claims.services.actors import Actor
from claims.services.errors import InvalidTransition, NotReady
from claims.services.fetching import request_fetch
from claims.services.locking import lock

ARCHIVE = "claims.change_evidence"
GATHER = "claims.add_evidence"


@transaction.atomic
def request_copy(evidence: Evidence, *, actor: Actor) -> Fetch:
    """Ask for an archived copy of the document; the maker rings for the fetch.

    Asked for already, the same fetch serves. Raises DeskError when refused.
    """
    # Whoever adds a piece asks for its copy in the same breath.
    actor.require(GATHER if evidence.fetch_id is None and not evidence.snapshot else ARCHIVE)
    evidence = lock(evidence)
    if not evidence.url:
        raise NotReady(["an address is needed"])
    if evidence.is_confidential:
        raise InvalidTransition(
            "A confidential document is not fetched: its site would see who reads it."
        )
    try:
        fetch = _fetch_of(evidence.url)
    except ingest.BadUrl as error:
        raise NotReady([f"an address that can be read is needed ({error})"]) from error
    if evidence.fetch is not None and evidence.fetch.url_hash != fetch.url_hash:
        # The copy that is there is one of another document; the history has it.
        evidence.snapshot, evidence.sha256 = "", ""
    evidence.fetch = fetch
    evidence.save(update_fields=["fetch", "snapshot", "sha256", "updated_at"])
    evidence.refresh_from_db(fields=["version"])
    return fetch


def _fetch_of(url: str) -> Fetch:
    """A fetch of ``url`` that has not ended, and cannot before this transaction does."""
    while True:
        fetch = request_fetch(url, purpose=FetchPurpose.EVIDENCE)
        if fetch is not None:
            return fetch
        digest = ingest.url_hash(ingest.canonicalize(url))
        open_ones = Fetch.objects.filter(
            url_hash=digest, purpose=FetchPurpose.EVIDENCE, state__in=OPEN
        )
        asked_for = open_ones.select_for_update(of=("self",)).first()
        if asked_for is not None:
            return asked_for


def copy_stands(evidence: Evidence) -> str:
    """How the archived copy stands: "none", "kept", "waits", "failed" or "confidential".

    ``fetch`` should be loaded.
    """
    fetch = evidence.fetch
    if fetch is not None and fetch.state in OPEN:
        return "waits"
    if fetch is not None and _failed(fetch):
        return "failed"
    if evidence.snapshot:
        return "kept"
    return "confidential" if evidence.is_confidential and evidence.url else "none"


def reason_of(evidence: Evidence) -> str:
    """Why there is no copy, for people: the end of what the fetch says."""
    fetch = evidence.fetch
    if fetch is None or not _failed(fetch):
        return ""
    said = fetch.error.strip().rsplit("\n", 1)[-1]
    return said or fetch.get_outcome_display() or fetch.get_state_display()


def _failed(fetch: Fetch) -> bool:
    return fetch.state == WorkState.DEAD or (
        fetch.state == WorkState.DONE and fetch.outcome != FetchOutcome.ARCHIVED
    )
