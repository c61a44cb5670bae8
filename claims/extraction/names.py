"""Who is named in an article: the runs of ``mentions``, grouped into one entity a name.

Resolution uses nothing but the tagged sentences, so an engine that finds its quotations in
another way can use it as well.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import dataclass, field

from claims.extraction import lexicons
from claims.extraction.mentions import (
    NameRun,
    gender_of_titles,
    gender_of_word,
    is_place_adjective,
    kind_of_name,
    name_runs,
    plain_titles,
    role_of,
)
from claims.extraction.tokens import Sentence
from claims.extraction.types import SpeakerKind

MAX_SHARING = 12
"""How many entities that share one word of a name are kept apart; more is noise, not names."""


@dataclass(slots=True, eq=False)
class Entity:
    """One named person or organisation: its fullest name and what the article says of it.

    ``written`` holds each mention as (sentence, first token, tokens of the name);
    ``introduced`` is the first sentence that has one.
    """

    name: str
    kind: SpeakerKind
    gender: str = ""
    roles: list[str] = field(default_factory=list)
    written: list[tuple[int, int, int]] = field(default_factory=list)
    introduced: int = sys.maxsize

    @property
    def parts(self) -> list[str]:
        """The words of the name in lower case, without Jr. and the like."""
        suffixes = lexicons.word_set("suffix")
        return [word for word in self.name.lower().split() if word not in suffixes]


@dataclass(slots=True)
class Names:
    """All entities of an article and how a written name leads to them."""

    entities: list[Entity] = field(default_factory=list)
    by_name: dict[str, Entity] = field(default_factory=dict)
    by_last: dict[str, list[Entity]] = field(default_factory=dict)
    by_first: dict[str, list[Entity]] = field(default_factory=dict)
    by_sentence: dict[int, list[tuple[int, Entity]]] = field(default_factory=dict)
    by_role: dict[str, list[Entity]] = field(default_factory=dict)

    def add(self, entity: Entity) -> None:
        """Index a new entity by its name and the words that may stand for it alone."""
        self.entities.append(entity)
        self.by_name[entity.name.lower()] = entity
        parts = entity.parts
        if len(parts) < 2:
            return
        if entity.kind is SpeakerKind.ORGANISATION:
            for word in dict.fromkeys(parts):
                if len(word) > 3:
                    _share(self.by_first, word, entity)
        elif not is_place_adjective(parts[0]):
            _share(self.by_last, parts[-1], entity)
            _share(self.by_first, parts[0], entity)

    def lookup(self, name: tuple[str, ...], titles: tuple[str, ...] = ()) -> list[Entity]:
        """Return the entities that a written name may mean; exactly one if it is clear."""
        exact = self.by_name.get(" ".join(name).lower())
        if exact is not None and len(name) > 1:
            return [exact]
        low = [part.lower() for part in name if part.lower() not in lexicons.word_set("suffix")]
        if not low:
            return []
        if len(low) > 1:
            return [e for e in self.by_last.get(low[-1], []) if _initials_agree(low, e.parts)]
        found = self.by_last.get(low[0]) or self.by_first.get(low[0]) or []
        if len(found) > 1:
            found = _fitting(found, titles)
        if not found and exact is not None:
            return [exact]
        return list(found)


def _share(index: dict[str, list[Entity]], word: str, entity: Entity) -> None:
    sharing = index.setdefault(word, [])
    if len(sharing) < MAX_SHARING:
        sharing.append(entity)


def _initials_agree(wanted: list[str], parts: list[str]) -> bool:
    """Tell whether "S. Lavrov" may be "Sergei Lavrov"."""
    first = wanted[0].rstrip(".")
    return bool(parts) and wanted[-1] == parts[-1] and parts[0].startswith(first)


def _fitting(found: list[Entity], titles: tuple[str, ...]) -> list[Entity]:
    """Narrow several people of one surname by "Mrs" or "Councillor" before it."""
    wanted = gender_of_titles(titles)
    if wanted:
        found = [e for e in found if e.gender == wanted] or [
            e for e in found if e.gender == ""
        ] or found  # fmt: skip
    for title in plain_titles(titles):
        word = title.lower().rstrip(".")
        holders = [e for e in found if any(word in role.lower().split() for role in e.roles)]
        found = holders or found
    return found


def collect(sentences: Iterable[Sentence]) -> Names:
    """Return the names of an article with roles, genders and places of mention."""
    read = list(sentences)
    names = Names()
    lower = {w for s in read for w, tag in zip(s.words, s.tags, strict=True) if tag != "C"}
    runs = [
        (index, s, run)
        for index, s in enumerate(read)
        for run in name_runs(s)
        if run.name and not _ordinary(run, lower)
    ]
    for index, s, run in sorted(runs, key=lambda r: -min(len(r[2].name), 3)):
        _record(names, index, s, run)
    _settle_people(names, read)
    for mentioned in names.by_sentence.values():
        mentioned.sort(key=lambda pair: pair[0])
    for entity in names.entities:
        for word in {w for role in entity.roles for w in role.lower().split()}:
            _share(names.by_role, word, entity)
    return names


def _ordinary(run: NameRun, lower: set[str]) -> bool:
    """Tell whether a capital stands only because a sentence starts."""
    if len(run.name) > 1 or run.titles or run.first > 0:
        return False
    low = run.name[0].lower()
    return low in lower or low in lexicons.tagged("groups") or len(low) < 2


def _record(names: Names, index: int, s: Sentence, run: NameRun) -> None:
    found = names.lookup(run.name, run.titles)
    if len(found) > 1:
        return
    if found:
        entity = found[0]
    else:
        entity = Entity(" ".join(run.name), kind_of_name(run))
        names.add(entity)
    entity.introduced = min(entity.introduced, index)
    entity.written.append((index, run.name_first, run.stop - run.name_first))
    names.by_sentence.setdefault(index, []).append((run.first, entity))
    if run.titles and entity.kind is SpeakerKind.UNKNOWN:
        entity.kind = SpeakerKind.PERSON
    if entity.kind in (SpeakerKind.PERSON, SpeakerKind.UNKNOWN):
        _learn(entity, s, run)


def _learn(entity: Entity, s: Sentence, run: NameRun) -> None:
    """Take gender and role from what stands beside a name."""
    role = role_of(s, run)
    if role and role not in entity.roles and len(entity.roles) < MAX_SHARING:
        entity.roles.append(role)
        entity.kind = SpeakerKind.PERSON
    if entity.gender:
        return
    gender = gender_of_titles(run.titles)
    if not gender and len(entity.parts) > 1:
        gender = lexicons.genders().get(entity.parts[0], "")
    if not gender:
        gender = next((g for g in map(gender_of_word, role.split()) if g), "")
    entity.gender = gender


def _settle_people(names: Names, sentences: list[Sentence]) -> None:
    """Make a person of a full name that a surname alone takes up, or that does what people do."""
    for entity in names.entities:
        if entity.kind is not SpeakerKind.UNKNOWN or not 2 <= len(entity.parts) <= 4:
            continue
        if is_place_adjective(entity.parts[0]):
            continue
        if any(_as_person(entity, sentences[i], k, n) for i, k, n in entity.written):
            entity.kind = SpeakerKind.PERSON


def _as_person(entity: Entity, s: Sentence, first: int, length: int) -> bool:
    behind = s.tags[first + length : first + length + 2]
    if length < len(entity.parts) or behind[:1] == ["W"] or behind in ([",", "W"], [",", "M"]):
        return True
    if behind == [",", "D"] and "W" in s.tags[first + length : first + length + 8]:
        return True
    return _speech_verb(s, first + length) or (first > 0 and _speech_verb(s, first - 1))


def _speech_verb(s: Sentence, at: int) -> bool:
    return at < len(s) and s.low[at] in lexicons.word_set("speech")
