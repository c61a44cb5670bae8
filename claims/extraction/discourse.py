"""Who spoke and who was named where, and whom a pronoun means by it.

A pronoun means the last fitting person: gender and number, recency and speakerhood as in Muzny
et al. 2017 ("A two-stage sieve approach for quote attribution"), subjects before others as in
Brennan, Friedman and Pollard 1987 ("A centering approach to pronouns").
"""

from __future__ import annotations

from dataclasses import dataclass, field

from claims.extraction import evidence, lexicons
from claims.extraction.mentions import is_place_adjective
from claims.extraction.names import Entity, Names
from claims.extraction.roles import joined, role_words
from claims.extraction.tokens import Sentence
from claims.extraction.types import SpeakerGuess, SpeakerKind

MAX_PRONOUN_SENTENCES = 8
"""How many sentences back a pronoun may find its person."""

MAX_GROUP_SENTENCES = 3
"""How many sentences back "they" and "it" may find a group or organisation that spoke."""

MAX_LIST_SENTENCES = 12
"""How many sentences back "both women" and "the company" may find whom they mean."""

MAX_BROUGHT = 12
"""The longest phrase, in tokens, that brings somebody in."""

MAX_AHEAD = 2
"""How many sentences ahead the name of a first speaker may stand."""

PRONOUN_GENDERS = {"he": "m", "she": "f", "him": "m", "her": "f", "his": "m", "hers": "f"}


@dataclass(slots=True)
class Discourse:
    """The sentences of an article, the names in them, and what was resolved so far.

    ``spoke`` lists who spoke in a sentence; ``group`` is the last speaker that is no named
    person, ``unnamed`` the last speaker without a name for each head noun, both with the
    sentence.
    """

    sentences: list[Sentence]
    names: Names
    spoke: dict[int, list[Entity]] = field(default_factory=dict)
    group: tuple[int, SpeakerGuess] | None = None
    unnamed: dict[str, tuple[int, SpeakerGuess]] = field(default_factory=dict)
    _brought: dict[int, dict[str, tuple[int, int]]] = field(default_factory=dict)

    def record(self, index: int, entity: Entity) -> None:
        """Note that somebody spoke in a sentence."""
        people = self.spoke.setdefault(index, [])
        if entity in people:
            people.remove(entity)
        people.append(entity)

    def named(self, index: int, before: int | None = None) -> list[tuple[Entity, bool]]:
        """Return who is named in a sentence, and whether as its subject, in order."""
        return [
            (o.entity, o.subject)
            for o in self.names.by_sentence.get(index, [])
            if o.entity is not None and (before is None or o.run.first < before)
        ]

    def last_speaker(self, index: int) -> tuple[int, Entity] | None:
        """Return who of those with a name spoke last up to a sentence, and where."""
        for back in range(index, max(-1, index - MAX_GROUP_SENTENCES - 1), -1):
            if self.spoke.get(back):
                return back, self.spoke[back][-1]
        return None

    def last_people(self, index: int) -> list[Entity]:
        """Return the people who spoke in the last sentences, the latest first."""
        people: dict[Entity, None] = {}
        for back in range(index, max(-1, index - MAX_GROUP_SENTENCES - 1), -1):
            for entity in reversed(self.spoke.get(back, [])):
                if entity.is_person:
                    people[entity] = None
        return list(people)

    def since(self, index: int, before: int, kinds: tuple[SpeakerKind, ...]) -> list[Entity]:
        """Return entities of some kinds named in the last sentences, the latest first."""
        found: dict[Entity, None] = {}
        for back in range(index, max(-1, index - MAX_LIST_SENTENCES), -1):
            for entity, _ in reversed(self.named(back, before if back == index else None)):
                if entity.kind in kinds:
                    found.setdefault(entity)
            for entity in self.spoke.get(back, []) if back < index else ():
                if entity.kind in kinds:
                    found.setdefault(entity)
        return list(found)

    def acts(self, entity: Entity, index: int) -> bool:
        """Tell whether somebody spoke in the last sentences, or was subject or object of one."""
        for back in range(index, max(-1, index - MAX_LIST_SENTENCES), -1):
            s = self.sentences[back]
            for o in self.names.by_sentence.get(back, []):
                met = o.run.first > 0 and s.tags[o.run.first - 1] in "VEB"
                if o.entity is entity and (o.subject or met):
                    return True
            if entity in self.spoke.get(back, []):
                return True
        return False

    def people(self, index: int, before: int, gender: str) -> list[Entity]:
        """Return the people whom "he" or "she" at a token may mean; one if it is clear.

        The nearest sentence decides that lets somebody fitting speak or has one as its subject.
        Those named beside or behind count where they are the only ones of the paragraph, or
        where there is nobody else.
        """
        other = False
        weak: list[Entity] = []
        home = self.sentences[index].paragraph
        for back in range(index, max(-1, index - MAX_PRONOUN_SENTENCES), -1):
            s = self.sentences[back]
            if weak and s.paragraph != home and self.sentences[back + 1].paragraph == home:
                return weak
            spoke = list(dict.fromkeys(self.spoke.get(back, [])))
            if other:
                spoke = [e for e in spoke if e.gender == gender]
            other = other or any(e.gender not in (gender, "") for e in spoke)
            spoke = [e for e in spoke if fits(e, gender) or may_be_person(e)]
            if spoke:
                return spoke if back == index and len(spoke) > 1 else [spoke[-1]]
            if back < index:
                held = self.described_subject(back)
                if held is not None:
                    return [e for e in held if fits(e, gender)]
            named = [
                (e, subject)
                for e, subject in self.named(back, before if back == index else None)
                if fits(e, gender)
            ]
            if other:
                named = [(e, subject) for e, subject in named if e.gender == gender]
            found = list(dict.fromkeys(e for e, _ in named))
            if back == index and (_trails(s, before) or _opened(s, before)):
                weak = weak or found
                continue
            if back < index and evidence.subject_pronoun(s) == gender:
                continue
            sure = [e for e in found if e.gender == gender]
            if len(found) > 1:
                return sure if len(sure) == 1 else found
            if found and (named[0][1] or back == index):
                return found
            weak = weak or found
        return weak

    def ahead(self, index: int, gender: str) -> list[Entity]:
        """Return who is named only after "she said": the subject of one of the next sentences."""
        for further in range(index + 1, min(index + 1 + MAX_AHEAD, len(self.sentences))):
            named = self.named(further)
            people = [e for e, subject in named if subject and e.is_person and e.gender == gender]
            if named:
                return people[:1] if len(named) == 1 else []
        return []

    def brought_in(self, index: int) -> dict[str, tuple[int, int]]:
        """Return noun → its phrase, for what a sentence brings in: "a nurse in the ward"."""
        if index not in self._brought:
            self._brought[index] = _brought_in(self.sentences[index])
        return self._brought[index]

    def described_subject(self, index: int) -> list[Entity] | None:
        """Return who holds the role that is the subject of a sentence ("The minister left.").

        Nobody where no name has that role; None where the subject is no role.
        """
        s = self.sentences[index]
        if len(s) < 3 or s.low[0] != "the" or s.tags[1] not in "NC":
            return None
        head = 1
        while head + 1 < len(s) and s.tags[head + 1] in "NC":
            head += 1
        roles = lexicons.words("role_nouns")
        if s.low[head] not in roles or s.tags[head + 1 : head + 2] not in (["V"], ["A"], ["E"]):
            return None
        noun = role_words(s.low[head])[0]
        holders = self.names.by_role.get(noun, []) or self.names.by_deed.get(noun, [])
        return [e for e in holders if e.introduced <= index]

    def anyone(self, index: int) -> bool:
        """Tell whether any person was named up to a sentence."""
        return any(e.introduced <= index for e in self.names.first_people())

    def topic(self, index: int) -> list[Entity]:
        """Return the one person whom the sentences before speak of, or those who may be meant."""
        for back in range(index - 1, max(-1, index - MAX_GROUP_SENTENCES - 1), -1):
            named = [e for e, _ in self.named(back)]
            people = [e for e in [*named, *self.spoke.get(back, [])] if e.is_person]
            if people:
                return list(dict.fromkeys(people))
        return []

    def told_of(self, index: int, before: int, gender: str, *, further: bool) -> Entity | None:
        """Return whom a paragraph tells of before a token: who spoke, or is the only subject.

        ``further`` tells that the paragraph before counts where this one names nobody.
        """
        home = self.sentences[index].paragraph
        for back in range(index, max(-1, index - MAX_GROUP_SENTENCES - 1), -1):
            away = home - self.sentences[back].paragraph
            if away > further:
                return None
            named = self.named(back, before if back == index else None)
            spoke = self.spoke.get(back, []) if back < index else []
            subjects = [e for e, subject in named if subject and e.is_person]
            everyone = [e for e, _ in named if e.is_person]
            for people in (spoke[-1:], subjects, everyone):
                # Who is called so is a person: "Rafinha said ...", "the Brazilian said".
                found = dict.fromkeys(
                    e
                    for e in people
                    if fits(e, gender) or (e.is_person and not gender) or may_be_person(e)
                )
                if found:
                    return next(iter(found)) if len(found) == 1 else None
        return None

    def they(self, index: int, first: int, low: str) -> tuple[SpeakerGuess, Entity | None]:
        """Return whom "they" or "it" means: the last group, organisation, or person so called."""
        at, group = self.group if self.group is not None else (-1, None)
        near = group is not None and index - at <= MAX_GROUP_SENTENCES and low != "we"
        if low in {"they", "them", "their"}:
            where, person = self._person_they(index, first, near)
            if person is not None and (not near or where >= at):
                return guess(person), person
        if group is not None and near:
            one = group.kind is SpeakerKind.ORGANISATION
            if one or low in {"they", "them", "their", "both"}:
                return group, None
        if low in {"it", "its"}:
            body = self._body(index, first)
            if body is not None:
                return guess(body), body
            return SpeakerGuess(None, SpeakerKind.UNKNOWN), None
        return self._plural_subject(index) or SpeakerGuess(None, SpeakerKind.GROUP), None

    def _plural_subject(self, index: int) -> SpeakerGuess | None:
        """Return the people or the group that the sentence before is about."""
        if index == 0:
            return None
        s = self.sentences[index - 1]
        verb = evidence.first_verb(s)
        people = [e for e, subject in self.named(index - 1, verb) if subject and e.is_person]
        if len(set(people)) > 1 and "and" in s.low[:verb]:
            shown = tuple(dict.fromkeys(e.shown for e in people))
            return SpeakerGuess(None, SpeakerKind.GROUP, "", shown)
        head = next((k for k in range(verb) if s.tags[k] not in "DNCM"), verb)
        if not head or self.names.at(index - 1, 0, head) or s.low[head - 1][-1] != "s":
            return None
        kind = lexicons.tagged("groups").get(s.low[head - 1])
        if kind is None or head == len(s):
            return None
        first = 1 if s.low[0] == "the" and head > 1 else 0
        return SpeakerGuess(joined(s, first, head), SpeakerKind(kind))

    def _person_they(self, index: int, first: int, near: bool) -> tuple[int, Entity | None]:
        """Return the last person who is "they", or whose gender nothing tells, and where."""
        for back in range(index, max(-1, index - MAX_GROUP_SENTENCES - 1), -1):
            named = [e for e, _ in self.named(back, first if back == index else None)]
            people = [e for e in [*self.spoke.get(back, []), *reversed(named)] if e.is_person]
            for entity in people:
                if entity.gender == evidence.NON_BINARY:
                    return back, entity
            if people and not near:
                open_ = [e for e in dict.fromkeys(people) if e.gender == ""]
                return back, open_[0] if len(set(people)) == 1 and open_ else None
        return -1, None

    def _body(self, index: int, first: int) -> Entity | None:
        """Return the organisation that is the last subject before "it"."""
        for back in range(index, max(-1, index - MAX_GROUP_SENTENCES), -1):
            for entity, subject in reversed(self.named(back, first if back == index else None)):
                if subject and entity.kind is SpeakerKind.ORGANISATION:
                    return entity
        return None


def _opened(s: Sentence, at: int) -> bool:
    """Tell "Campaigning against Tom Ray, he ...": whoever is named before the comma is another."""
    return at > 1 and s.tags[at - 1] == "," and not any(tag in "VAQ" for tag in s.tags[:at])


def _trails(s: Sentence, at: int) -> bool:
    """Tell "..., he said." from "..., he said it worked.": whoever is named before is told of."""
    verb = s.tags[at + 1 : at + 2] in (["V"], ["E"]) and s.tags[at + 2 : at + 3] in (["."], [","])
    return at > 0 and s.tags[at - 1] in ",Q" and verb


def _brought_in(s: Sentence) -> dict[str, tuple[int, int]]:
    found: dict[str, tuple[int, int]] = {}
    k = 0
    while k < len(s):
        first = k
        k += 1
        if s.low[first] not in {"a", "an", "another", "one"}:
            continue
        while k < len(s) and k - first < MAX_BROUGHT and s.tags[k] in "NCGE":
            k += 1
        noun = s.low[k - 1]
        if k < len(s) and s.tags[k] == "I":
            k += 1
            while k < len(s) and k - first < MAX_BROUGHT and s.tags[k] in "DNCMIH":
                k += 1
        found[noun] = (first, k)
    return found


def guess(entity: Entity, role: str = "") -> SpeakerGuess:
    """Return an entity as the answer, with a role or its first one."""
    return SpeakerGuess(entity.shown, entity.kind, role or next(iter(entity.roles), ""))


def fits(entity: Entity, gender: str) -> bool:
    """Tell whether a known person may be "he" (m) or "she" (f)."""
    return entity.is_person and entity.gender in (gender, "")


def may_be_person(entity: Entity) -> bool:
    """Tell whether a speaker of unknown kind may be meant by "he" or "she": a lone name."""
    known = entity.parts[0] in lexicons.words("countries")
    return (
        entity.kind is SpeakerKind.UNKNOWN
        and not known
        and not entity.place
        and not is_place_adjective(entity.parts[0])
    )
