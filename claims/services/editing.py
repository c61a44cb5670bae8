"""Changes to rows that people edit, asked for by more than one face: fields, names, topics."""

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import transaction

from claims.extraction.quantities import as_json, find_quantities
from claims.models import Claim, Evidence, Source, Speaker, SpeakerAlias, Topic
from claims.models.speaker import name_key
from claims.services import claims as claim_service
from claims.services.actors import Actor
from claims.services.claim_rules import APPROVE, IN_REVIEW, PUBLISHED
from claims.services.errors import InvalidTransition, NotReady
from claims.services.locking import lock

# What reviewers judge and readers see is not changed behind their back.
SENTENCE_IS_SET = frozenset({IN_REVIEW, PUBLISHED})
Plain = TypeVar("Plain", Topic, Source)

NAMELESS = "A name needs letters or digits."


@transaction.atomic
def save_speaker(
    speaker: Speaker,
    *,
    actor: Actor,
    changes: Mapping[str, Any],
    aliases: Sequence[str] | None = None,
    expected_version: int | None = None,
) -> Speaker:
    """Write ``changes`` on a speaker, new or on the record; ``aliases`` are all its other names.

    Raises NotAllowed, StaleRow, InvalidTransition for a redirect, ValidationError.
    """
    if speaker._state.adding:
        actor.require("claims.add_speaker")
    else:
        actor.require("claims.change_speaker")
        speaker = lock(speaker, expected_version=expected_version)
        if speaker.merged_into_id is not None:
            raise InvalidTransition(f"{speaker} was merged into {speaker.merged_into}.")
    speaker.key = name_key(changes.get("name", speaker.name))
    if not speaker.key:
        raise ValidationError({"name": NAMELESS})
    _write(speaker, changes)
    if aliases is not None:
        _set_aliases(speaker, aliases, actor)
    return speaker


@transaction.atomic
def save_claim(
    claim: Claim,
    *,
    actor: Actor,
    changes: Mapping[str, Any],
    topics: Sequence[Topic] | None = None,
    expected_version: int | None = None,
) -> Claim:
    """Write ``changes`` on a claim, new or on the record; ``topics`` are all of its topics.

    An ``assignee`` among the changes is told. Raises NotAllowed, StaleRow, InvalidTransition
    for the sentence of a claim in review or published, NotReady, ValidationError.
    """
    values = dict(changes)
    if claim._state.adding:
        text = values.pop("text", "")
        claim = claim_service.create_claim(text=text, actor=actor)
        claim.refresh_from_db()
    else:
        actor.require("claims.change_claim")
        claim = lock(claim, expected_version=expected_version)
    if "text" in values:
        if claim.stage in SENTENCE_IS_SET:
            raise InvalidTransition(
                f"The claim is {claim.get_stage_display().lower()}: its sentence is set."
            )
        values["text"] = " ".join(values["text"].split())
        values["quantities"] = [as_json(each) for each in find_quantities(values["text"])]
    if "embargo_until" in values and claim.stage == IN_REVIEW:
        actor.require(APPROVE)  # an approved verdict becomes public when the embargo ends
    assigned = "assignee" in values
    assignee = values.pop("assignee", None)
    _write(claim, values)
    if topics is not None:
        claim.topics.set(topics)
    return claim_service.assign(claim, actor=actor, assignee=assignee) if assigned else claim


@transaction.atomic
def save_evidence(
    evidence: Evidence,
    *,
    actor: Actor,
    changes: Mapping[str, Any],
    expected_version: int | None = None,
) -> Evidence:
    """Write ``changes`` on a piece of evidence, new (with its claim) or on the record.

    With another address the archived copy goes: it is one of another document. Raises
    NotAllowed, StaleRow, NotReady without a claim, ValidationError.
    """
    if evidence._state.adding:
        evidence.added_by = actor.require("claims.add_evidence")
        if "claim" not in changes:
            raise NotReady(["the claim that it bears on is needed"])
    else:
        actor.require("claims.change_evidence")
        evidence = lock(evidence, expected_version=expected_version)
        if changes.get("url", evidence.url) != evidence.url:
            evidence.fetch, evidence.snapshot, evidence.sha256 = None, "", ""
    _write(evidence, changes)
    return evidence


@transaction.atomic
def save_topic(
    topic: Topic,
    *,
    actor: Actor,
    changes: Mapping[str, Any],
    expected_version: int | None = None,
) -> Topic:
    """Write ``changes`` on a topic, new or on the record. Raises NotAllowed, StaleRow,
    ValidationError."""
    return _save_plain(topic, "topic", actor, changes, expected_version)


@transaction.atomic
def save_source(
    source: Source,
    *,
    actor: Actor,
    changes: Mapping[str, Any],
    expected_version: int | None = None,
) -> Source:
    """The same for an outlet."""
    return _save_plain(source, "source", actor, changes, expected_version)


def _save_plain(
    row: Plain,
    name: str,
    actor: Actor,
    changes: Mapping[str, Any],
    expected_version: int | None,
) -> Plain:
    if row._state.adding:
        actor.require(f"claims.add_{name}")
    else:
        actor.require(f"claims.change_{name}")
        row = lock(row, expected_version=expected_version)
    _write(row, changes)
    return row


def _write(row: Any, changes: Mapping[str, Any]) -> None:
    """Set, check and save; the version counts up even where only what hangs on the row changes."""
    for field, value in changes.items():
        setattr(row, field, value)
    row.full_clean()
    row.save()
    row.refresh_from_db(fields=["version"])


def _set_aliases(speaker: Speaker, names: Sequence[str], actor: Actor) -> None:
    """Make ``names`` the aliases of ``speaker``; one that is there already keeps its row."""
    wanted = {name_key(name): " ".join(name.split()) for name in names}
    if "" in wanted:
        raise ValidationError({"aliases": NAMELESS})
    has = {alias.key: alias for alias in speaker.aliases.all()}
    gone = [alias.pk for key, alias in has.items() if key not in wanted]
    if gone:
        actor.require("claims.delete_speakeralias")
        SpeakerAlias.objects.filter(pk__in=gone).delete()
    for key, name in wanted.items():
        if key not in has:
            actor.require("claims.add_speakeralias")
            alias = SpeakerAlias(speaker=speaker, name=name, key=key)
        elif has[key].name != name:
            actor.require("claims.change_speakeralias")
            alias = has[key]
            alias.name = name
        else:
            continue
        alias.full_clean()
        alias.save()
