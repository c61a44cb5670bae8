"""Names that an extractor resolved, tied to the speakers of the record."""

from collections.abc import Iterable, Mapping

from django.db import connection

from claims.choices import SpeakerKind
from claims.models import Speaker, SpeakerAlias
from claims.models.speaker import NAME_LENGTH, name_key
from claims.services.actors import Actor
from claims.services.errors import NotReady

# "Officials" of one article are not those of another, and "a woman in the second row" is no
# name at all: such mentions stay words of the quote.
NAMELESS = frozenset({SpeakerKind.ANONYMOUS.value, SpeakerKind.UNKNOWN.value})


def create_speaker(
    name: str, *, actor: Actor, kind: str = SpeakerKind.PERSON, description: str = ""
) -> Speaker:
    """Put somebody on the record who is not there yet. Raises NotReady without a name."""
    actor.require("claims.add_speaker")
    name = " ".join(name.split())
    if not name_key(name):
        raise NotReady(["the new speaker needs a name"])
    if len(name) > NAME_LENGTH or kind not in SpeakerKind.values:
        raise NotReady(["a shorter name, or another kind of speaker, is needed"])
    return Speaker.objects.create(name=name, kind=kind, description=description.strip())


def link_names(names: Mapping[str, str]) -> dict[str, Speaker | None]:
    """For each ``{name: kind}`` the speaker it means, or None where that is open.

    One speaker of that name (its own or an alias): that one. Several: None, for a
    person to choose. None: a new, unconfirmed speaker. Mentions that are no name stay open.
    Must be called inside a transaction; safe against other workers doing the same.
    """
    wanted = {
        name: key
        for name, kind in names.items()
        if _is_name(name, kind) and (key := name_key(name))
    }
    known = _by_key(set(wanted.values()))
    # In one order everywhere: two workers that add the same names never wait for each other
    # in a circle.
    fresh = {
        key: Speaker(name=name, key=key, kind=names[name], is_confirmed=False)
        for name, key in sorted(wanted.items(), key=lambda item: item[1], reverse=True)
        if key not in known
    }
    if fresh:
        Speaker.objects.bulk_create([fresh[key] for key in sorted(fresh)], ignore_conflicts=True)
        known |= _by_key(set(fresh))
    meant = {name: known[key][0] for name, key in wanted.items() if len(known.get(key, ())) == 1}
    redirects = hold({speaker.pk for speaker in meant.values()})
    return {
        name: redirects.get(meant[name].pk, meant[name]) if name in meant else None
        for name in names
    }


def hold(speakers: Iterable[int]) -> dict[int, Speaker]:
    """Keep ``speakers`` (keys) from being merged away until this transaction ends.

    Returns, by key, the speakers that those lead to which were merged a moment ago. Taken in the
    order of the keys, as `services.speaker_merging` takes its locks: neither waits in a circle.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, merged_into_id FROM claims_speaker WHERE id = ANY(%s) "
            "ORDER BY id FOR KEY SHARE",
            [sorted(speakers)],
        )
        moved = {pk: into for pk, into in cursor.fetchall() if into is not None}
    found = Speaker.objects.in_bulk(moved.values()) if moved else {}
    return {pk: found[into] for pk, into in moved.items()}


def _is_name(name: str, kind: str) -> bool:
    """Whether a mention names somebody; "her ministry" and "state auditors" describe."""
    described = name.islower()  # never true of scripts without case
    return kind not in NAMELESS and not described and len(name) <= NAME_LENGTH


def _by_key(keys: set[str]) -> dict[str, list[Speaker]]:
    """The current speakers under each key, each speaker once."""
    found: dict[str, dict[int, Speaker]] = {}
    aliases = SpeakerAlias.objects.filter(
        key__in=keys, speaker__merged_into__isnull=True
    ).select_related("speaker")
    for alias in aliases:
        found.setdefault(alias.key, {})[alias.speaker_id] = alias.speaker
    for speaker in Speaker.objects.current().filter(key__in=keys):
        found.setdefault(speaker.key, {})[speaker.pk] = speaker
    return {key: list(speakers.values()) for key, speakers in found.items()}
