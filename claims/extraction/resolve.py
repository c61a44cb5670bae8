"""From the words that stand for a speaker to the speaker, within one article.

Names are matched by surname, roles by their head noun, pronouns by the last fitting person
(gender and number; recency and speakerhood as in Muzny et al. 2017, "A two-stage sieve approach
for quote attribution"). Two possible answers give no name but both candidates.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from claims.extraction import lexicons
from claims.extraction.mentions import (
    NameRun,
    is_place_adjective,
    joined,
    name_runs,
    plain_titles,
)
from claims.extraction.names import Entity, Names
from claims.extraction.tokens import Sentence
from claims.extraction.types import SpeakerGuess, SpeakerKind

MAX_PRONOUN_SENTENCES = 8
"""How many sentences back a pronoun may find its person."""

MAX_GROUP_SENTENCES = 3
"""How many sentences back "they" and "it" may find a group or organisation that spoke."""

MAX_CANDIDATES = 8
"""How many candidates are offered at most."""

UNKNOWN = SpeakerGuess(None, SpeakerKind.UNKNOWN)

_GENDER = {"he": "m", "she": "f", "him": "m", "her": "f", "his": "m"}
Place = tuple[int, int, int]
Answer = tuple[SpeakerGuess, Entity | None]


@dataclass(slots=True)
class Resolver:
    """Resolves the mentions of one article; call ``resolve`` in text order.

    It remembers who spoke in which sentence, since a pronoun most often means the last speaker.
    """

    sentences: list[Sentence]
    names: Names
    spoke: dict[int, list[Entity]] = field(default_factory=dict)
    _last_group: tuple[int, SpeakerGuess] | None = None
    _introduced: list[Entity] | None = None
    _unnamed: dict[str, SpeakerGuess] = field(default_factory=dict)
    _answers: dict[Place, Answer] = field(default_factory=dict)

    def resolve(self, place: Place | None, at: int | None = None) -> SpeakerGuess:
        """Return the speaker meant at ``(sentence, first token, stop token)``.

        ``at`` is the sentence of the quotation if it is not that of the mention.
        """
        if place is None:
            return UNKNOWN
        if place not in self._answers:
            self._answers[place] = self._resolve(*place)
        guess, entity = self._answers[place]
        for index in {place[0], place[0] if at is None else at}:
            if entity is not None:
                people = self.spoke.setdefault(index, [])
                if entity in people:
                    people.remove(entity)
                people.append(entity)
        if guess.kind is not SpeakerKind.PERSON and guess.name is not None:
            self._last_group = (place[0], guess)
        return guess

    def _resolve(self, index: int, first: int, stop: int) -> Answer:
        s = self.sentences[index]
        if stop - first == 1:
            if s.low[first] in lexicons.word_set("relative") and first > 0:
                return self._antecedent(s, index, first)
            if s.tags[first] in "PO" or s.low[first] in lexicons.word_set("possessive"):
                return self._pronoun(s, index, first)
        return self._phrase(s, index, first, stop)

    def _antecedent(self, s: Sentence, index: int, first: int) -> Answer:
        stop = first
        while stop > 0 and s.tags[stop - 1] in ",)":
            stop -= 1
        start = stop
        while start > 0 and s.tags[start - 1] in "NCMDHI" and stop - start < 12:
            start -= 1
        while start < stop and s.tags[start] in "IH":
            start += 1
        return self._phrase(s, index, start, stop) if start < stop else (UNKNOWN, None)

    def _phrase(self, s: Sentence, index: int, first: int, stop: int) -> Answer:
        """Resolve a noun phrase: a name in it, an appositive name, or a description."""
        core = first + 1
        while core < stop and s.tags[core] not in ",WEGS(-":
            core += 1
        runs = [run for run in name_runs(s, first, core) if not _common(run)]
        whole = runs[0] if runs else None
        if whole is not None and whole.name and whole.first <= first + 1 and whole.stop == core:
            return self._named(whole.name, whole.titles, index)
        head = first
        while head < core and s.tags[head] != "I":
            head += 1
        head = max(head, first + 1)
        if any(s.tags[k] == "K" for k in range(first, head)):
            return self._several(s, first, head)
        start = max([k + 1 for k in range(first, head - 1) if s.tags[k] == "H"], default=first)
        ending = [run for run in runs if run.name and start <= run.first and run.stop == head]
        if ending:
            return self._named(ending[-1].name, ending[-1].titles, index)
        behind = name_runs(s, core, stop) if core < stop and s.tags[core] == "," else []
        if behind and behind[0].name and behind[0].first == core + 1:
            found = self.names.lookup(behind[0].name, behind[0].titles)
            if len(found) == 1 and found[0].kind in (SpeakerKind.PERSON, SpeakerKind.UNKNOWN):
                return self._guess(found[0]), found[0]
        if head < core and s.low[head] == "by" and s.low[head - 1] in lexicons.word_set("product"):
            makers = [run for run in runs if run.name and run.first >= head]
            if makers:
                return self._named(makers[0].name, makers[0].titles, index)
        return self._description(s, index, first, head, core)

    def _named(self, name: tuple[str, ...], titles: tuple[str, ...], index: int) -> Answer:
        """Resolve a written name; of several people, those not yet introduced do not count."""
        found = self.names.lookup(name, titles)
        if len(found) > 1:
            known = [e for e in found if e.introduced <= index]
            found = known or found
        if len(found) == 1:
            return self._guess(found[0], titles), found[0]
        if found:
            return _doubt([e.name for e in found], SpeakerKind.PERSON), None
        role = " ".join(plain_titles(titles))
        return SpeakerGuess(" ".join(name), SpeakerKind.UNKNOWN, role), None

    def _guess(self, entity: Entity, titles: tuple[str, ...] = ()) -> SpeakerGuess:
        role = " ".join(plain_titles(titles)) or next(iter(entity.roles), "")
        return SpeakerGuess(entity.name, entity.kind, role)

    def _several(self, s: Sentence, first: int, stop: int) -> Answer:
        """Two speakers of one sentence have no common name; both are offered."""
        names = []
        for run in name_runs(s, first, stop):
            adjective = run.stop < stop and s.tags[run.stop] == "N"
            if run.name and not adjective:
                found = self.names.lookup(run.name, run.titles)
                names.append(found[0].name if len(found) == 1 else " ".join(run.name))
        if len(names) > 1:
            return _doubt(names, SpeakerKind.GROUP), None
        return SpeakerGuess(_text(s, first, stop), SpeakerKind.GROUP), None

    def _description(
        self, s: Sentence, index: int, first: int, head_stop: int, core: int
    ) -> Answer:
        """Resolve "the Russian foreign minister", "officials", "the ministry"."""
        head = _head(s, first, head_stop)
        possessed = any(s.tags[k] == "H" for k in range(first, head_stop))
        definite = possessed or s.low[first] in {"the", "this", "that"} or s.tags[first] not in "DM"
        if definite and head in lexicons.words("role_nouns"):
            people = self._holders(s, first, head_stop, core)
            if len(people) == 1:
                return self._guess(people[0]), people[0]
            if not people and s.low[first] == "the" and head not in lexicons.tagged("groups"):
                alone = self._only_person(index)
                if alone is not None and not alone.roles:
                    return self._guess(alone), alone
            if people or (s.low[first] == "the" and head not in lexicons.tagged("groups")):
                return _doubt(
                    [e.name for e in people or self._last(index)], SpeakerKind.PERSON
                ), None
        elif definite and head in lexicons.words("organisations"):
            words = [s.low[k] for k in range(first, head_stop) if s.tags[k] in "NC"]
            sharing = self.names.by_first.get(head, [])
            matching = [e for e in sharing if all(word in e.parts for word in words)]
            if len(matching) == 1:
                return self._guess(matching[0]), matching[0]
            if matching:
                return _doubt([e.name for e in matching], SpeakerKind.ORGANISATION), None
        kind = _kind_of_description(s, first, head_stop, definite)
        if s.low[first] == "the" and core - first == 2 and head in self._unnamed:
            return self._unnamed[head], None
        guess = SpeakerGuess(_text(s, first, core) or None, kind)
        if kind in (SpeakerKind.ANONYMOUS, SpeakerKind.ORGANISATION):
            self._unnamed[head] = guess
        return guess, None

    def _holders(self, s: Sentence, first: int, head_stop: int, core: int) -> list[Entity]:
        """Return the people whose role has the head noun and agrees with its modifiers."""
        head = s.low[head_stop - 1]
        words = s.low[first:head_stop]
        holders = [
            e for e in self.names.by_role.get(head, [])
            if e.kind is SpeakerKind.PERSON and any(_same_office(r, head, words) for r in e.roles)
        ]  # fmt: skip
        if core > head_stop:
            phrase = joined(s, head_stop - 1, core).lower()
            same = [e for e in holders if any(phrase in role.lower() for role in e.roles)]
            if same or len(holders) != 1:
                return same
        for k in range(first, head_stop - 1):
            word = s.low[k]
            if s.tags[k] not in "NC" or word in lexicons.word_set("plain_modifier"):
                continue
            fitting = [e for e in holders if any(word in r.lower().split() for r in e.roles)]
            if fitting or (s.tags[k] == "N" and not is_origin(s, k)):
                holders = fitting
        return holders

    def _only_person(self, index: int) -> Entity | None:
        """Return the person named up to a sentence, if there is exactly one.

        An article that opens with "Helena Brandt" and goes on with "the water minister" means
        her, though it never says so: there is nobody else yet.
        """
        if self._introduced is None:
            people = [
                e
                for e in self.names.entities
                if e.kind is SpeakerKind.PERSON
                or (e.kind is SpeakerKind.UNKNOWN and len(e.parts) > 1)
            ]
            self._introduced = sorted(people, key=lambda e: e.introduced)[:2]
        named = [e for e in self._introduced if e.introduced <= index]
        alone = len(named) == 1 and named[0].kind is SpeakerKind.PERSON
        return named[0] if alone else None

    def _last(self, index: int) -> list[Entity]:
        """Return the people who spoke in the last sentences, the latest first."""
        people: dict[Entity, None] = {}
        for back in range(index, max(-1, index - MAX_GROUP_SENTENCES - 1), -1):
            for entity in reversed(self.spoke.get(back, [])):
                if entity.kind is SpeakerKind.PERSON:
                    people[entity] = None
        return list(people)

    def _pronoun(self, s: Sentence, index: int, first: int) -> Answer:
        low = s.low[first]
        if low in {"they", "it", "we", "both", "their", "its"}:
            return self._group_pronoun(index, low), None
        gender = _GENDER.get(low)
        if gender is None:
            anonymous = low in lexicons.word_set("anonymous_pronoun")
            kind = SpeakerKind.ANONYMOUS if anonymous else SpeakerKind.UNKNOWN
            return SpeakerGuess(None, kind), None
        people = self._recent(index, first, gender)
        if len(people) == 1:
            people[0].kind = SpeakerKind.PERSON
            return self._guess(people[0]), people[0]
        return _doubt([e.name for e in people], SpeakerKind.PERSON), None

    def _recent(self, index: int, before: int, gender: str) -> list[Entity]:
        """Return the people of the nearest sentence that names or lets speak any fitting one.

        Somebody whose gender is not known counts only up to the last person of the other one.
        """
        other = False
        for back in range(index, max(-1, index - MAX_PRONOUN_SENTENCES), -1):
            spoke = list(dict.fromkeys(self.spoke.get(back, [])))
            if other:
                spoke = [e for e in spoke if e.gender == gender]
            other = other or any(e.gender not in (gender, "") for e in spoke)
            spoke = [e for e in spoke if _fits(e, gender) or _may_be_person(e)]
            if spoke:
                return spoke if back == index and len(spoke) > 1 else [spoke[-1]]
            named: list[Entity] = []
            for at, entity in self.names.by_sentence.get(back, []):
                if (back < index or at < before) and _fits(entity, gender):
                    named.append(entity)
            named = list(dict.fromkeys(named))
            sure = [e for e in named if e.gender == gender]
            if other:
                named = sure
            if named:
                return sure if len(sure) == 1 else named
        return []

    def _group_pronoun(self, index: int, low: str) -> SpeakerGuess:
        if low != "we" and self._last_group is not None:
            at, guess = self._last_group
            one = guess.kind is SpeakerKind.ORGANISATION
            if (one or low in {"they", "their", "both"}) and index - at <= MAX_GROUP_SENTENCES:
                return guess
        return SpeakerGuess(
            None, SpeakerKind.UNKNOWN if low in {"it", "its"} else SpeakerKind.GROUP
        )


def is_origin(s: Sentence, k: int) -> bool:
    """Tell a modifier of place ("Russian") from one that names an office ("water")."""
    return s.words[k][0].isupper()


def _same_office(role: str, head: str, words: list[str]) -> bool:
    """Tell "the minister" from a prime minister, "the president" from a vice president."""
    parts = role.lower().split()
    if head not in parts:
        return False
    before = parts[parts.index(head) - 1] if parts.index(head) else ""
    return before not in lexicons.word_set("other_office") or before in words


def _common(run: NameRun) -> bool:
    """Tell a capital at the start of a sentence ("Officials") from a name."""
    return (
        len(run.name) == 1 and not run.titles and run.name[0].lower() in lexicons.tagged("groups")
    )


def _fits(entity: Entity, gender: str) -> bool:
    return entity.kind is SpeakerKind.PERSON and entity.gender in (gender, "")


def _may_be_person(entity: Entity) -> bool:
    """Tell whether a speaker of unknown kind may be meant by "he" or "she": a lone name."""
    return entity.kind is SpeakerKind.UNKNOWN and not is_place_adjective(entity.parts[0])


def _kind_of_description(s: Sentence, first: int, stop: int, definite: bool) -> SpeakerKind:
    groups = lexicons.tagged("groups")
    head = _head(s, first, stop)
    if head in groups:
        return SpeakerKind(groups[head])
    if head in lexicons.words("role_nouns"):
        return SpeakerKind.PERSON if definite else SpeakerKind.ANONYMOUS
    if head in lexicons.words("organisations") or head in lexicons.words("countries"):
        return SpeakerKind.ORGANISATION
    if any(s.low[k] in groups for k in range(first, stop)):
        return SpeakerKind.GROUP
    if head.endswith("s") and s.tags[stop - 1] == "N":
        return SpeakerKind.GROUP
    return SpeakerKind.UNKNOWN


def _head(s: Sentence, first: int, stop: int) -> str:
    """Return the head noun of a description: "person" in "a person familiar"."""
    groups, roles = lexicons.tagged("groups"), lexicons.words("role_nouns")
    for k in range(stop - 1, first - 1, -1):
        if s.low[k] in groups or s.low[k] in roles:
            return s.low[k]
        if s.tags[k] == "H" or s.low[k] in lexicons.words("organisations"):
            break
    return s.low[stop - 1]


def _doubt(names: list[str], kind: SpeakerKind) -> SpeakerGuess:
    return SpeakerGuess(None, kind, "", tuple(dict.fromkeys(names))[:MAX_CANDIDATES])


def _text(s: Sentence, first: int, stop: int) -> str:
    """Return the words of a description without "the"."""
    if stop - first > 1 and s.low[first] == "the":
        first += 1
    return joined(s, first, stop)
