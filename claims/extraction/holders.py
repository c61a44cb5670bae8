"""Which of several holders of a role is meant: by "former", by nation or party, by recency."""

from __future__ import annotations

from collections.abc import Iterable

from claims.extraction import lexicons
from claims.extraction.discourse import Discourse
from claims.extraction.mentions import is_place_adjective
from claims.extraction.names import Entity
from claims.extraction.roles import role_words


def changes(low: list[str]) -> bool:
    return any(w in lexicons.word_set("former") or w in lexicons.word_set("new") for w in low)


def excluded(entity: Entity, head: str, low: list[str]) -> bool:
    """Tell whether "the Russian president" cannot be the French one, nor a Democrat a Tory."""
    told = [{*role_words(role)} for role in entity.roles]
    for marks in (_nations, _parties):
        wanted = marks(low)
        known = [marks(words) for words in told]
        if wanted and any(known) and not any(wanted & k for k in known):
            return True
    return False


def _nations(words: Iterable[str]) -> set[str]:
    plain = lexicons.word_set("place_modifier")
    return {word for word in words if word not in plain and is_place_adjective(word)}


def _parties(words: Iterable[str]) -> set[str]:
    return set(words) & lexicons.word_set("party_modifier")


def counterparts(discourse: Discourse, low: list[str]) -> list[Entity]:
    """Return "his Russian counterpart" for "the Russian president", whose role is not told."""
    wanted = _nations(low)
    linked = discourse.names.by_role.get("counterpart", []) if wanted else []
    return [e for e in linked if any(wanted & _nations(role_words(r)) for r in e.roles)]


def bare_role(role: str, head: str) -> bool:
    """Tell a role that is the noun alone, "former" and the like aside: "president"."""
    plain = lexicons.word_set("plain_modifier")
    words = [word for word in role_words(role) if word not in plain]
    return words[:1] == role_words(head)


def by_change(
    by_role: dict[str, list[Entity]], low: list[str], holders: list[Entity], index: int
) -> list[Entity] | None:
    """Return who "the former mayor" or "the new mayor" is, None if neither is said."""
    for said, related, against in (
        ("former", "followed", "follower"),
        ("new", "follower", "followed"),
    ):
        marks = lexicons.word_set(said)
        if not any(word in marks for word in low):
            continue
        opposite = lexicons.word_set("new" if said == "former" else "former")
        head = role_words(low[-1])[0]
        roles = {e: [set(role_words(r)) for r in e.roles] for e in holders}
        told = [e for e in holders if any(head in words and marks & words for words in roles[e])]
        linked = [e for word in lexicons.word_set(related) for e in by_role.get(word, [])]
        found = list(dict.fromkeys([*told, *linked]))
        if found:
            return found
        gone = {e for word in lexicons.word_set(against) for e in by_role.get(word, [])}
        gone |= {e for e in holders if any(opposite & words for words in roles[e])}
        if said == "former" and not gone:
            # Nothing tells that the only captain left: "the former captain" is another one.
            return [e for e in holders if any("until" in words for words in roles[e])]
        return [e for e in holders if e not in gone and e.introduced <= index]
    return None


def same_office(role: str, head: str, words: list[str]) -> bool:
    """Tell "the minister" from a prime minister, "the president" from a vice president."""
    parts = role_words(role)
    head = role_words(head)[0]
    if head not in parts:
        return False
    former = lexicons.word_set("former")
    if "until" in parts[parts.index(head) :] and not former.intersection(words):
        return False
    other = lexicons.word_set("other_office")
    return all(word in words for word in parts[: parts.index(head)] if word in other)


def latest(discourse: Discourse, index: int, people: list[Entity]) -> list[Entity]:
    """Return the one of several who spoke last, if no other was named since; else all."""
    last = discourse.last_speaker(index)
    if last is None or last[1] not in people:
        return people
    where, speaker = last
    others = {e for back in range(where, index + 1) for e, _ in discourse.named(back)}
    others |= {e for back in range(where, index + 1) for e in discourse.spoke.get(back, [])}
    return people if any(e in others for e in people if e is not speaker) else [speaker]
