"""From the words that stand for a speaker to the speaker, within one article.

Names are matched by surname, roles by their head noun, pronouns by the last fitting person
(gender and number; recency and speakerhood as in Muzny et al. 2017, "A two-stage sieve approach
for quote attribution"). Two possible answers give no name but both candidates.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from claims.extraction import lexicons
from claims.extraction.names import Entity, Names, gender_of_titles, name_runs
from claims.extraction.tokens import Sentence
from claims.extraction.types import SpeakerGuess, SpeakerKind

MAX_PRONOUN_SENTENCES = 8
"""How many sentences back a pronoun may find its person."""

MAX_CANDIDATES = 8
"""How many candidates are offered at most."""

UNKNOWN = SpeakerGuess(None, SpeakerKind.UNKNOWN)

_GENDER = {"he": "m", "she": "f", "him": "m", "her": "f", "his": "m"}
_PLURAL = frozenset("they we both them".split())
_ANONYMOUS = frozenset("some many others another one everyone everybody someone most few".split())
_RELATIVE = frozenset("who whom which that".split())
Place = tuple[int, int, int]


@dataclass(slots=True)
class Resolver:
    """Resolves the mentions of one article; call ``resolve`` in text order."""

    sentences: list[Sentence]
    names: Names
    spoke: dict[int, list[Entity | None]] = field(default_factory=dict)
    _last_group: tuple[int, SpeakerGuess] | None = None

    def resolve(self, place: Place | None, at: int | None = None) -> SpeakerGuess:
        """Return the speaker meant at ``(sentence, first token, stop token)``.

        ``at`` is the sentence of the quotation if it is not that of the mention.
        """
        if place is None:
            return UNKNOWN
        index, first, stop = place
        s = self.sentences[index]
        guess, entity = self._resolve(s, index, first, stop)
        if guess.kind in (SpeakerKind.GROUP, SpeakerKind.ORGANISATION, SpeakerKind.ANONYMOUS):
            self._last_group = (index, guess)
        self.spoke.setdefault(index, []).append(entity)
        if at is not None and at != index:
            self.spoke.setdefault(at, []).append(entity)
        return guess

    def _resolve(
        self, s: Sentence, index: int, first: int, stop: int
    ) -> tuple[SpeakerGuess, Entity | None]:
        low = s.low[first]
        if stop - first == 1 and low in _RELATIVE and first > 0:
            return self._antecedent(s, index, first)
        if stop - first == 1 and s.tags[first] in "PO":
            return self._pronoun(s, index, first)
        return self._phrase(s, index, first, stop)

    def _antecedent(
        self, s: Sentence, index: int, first: int
    ) -> tuple[SpeakerGuess, Entity | None]:
        stop = first
        while stop > 0 and s.tags[stop - 1] in ",)":
            stop -= 1
        start = stop
        while start > 0 and s.tags[start - 1] in "NCMDHI" and stop - start < 12:
            start -= 1
        if start == stop:
            return UNKNOWN, None
        return self._phrase(s, index, start, stop)

    def _phrase(
        self, s: Sentence, index: int, first: int, stop: int
    ) -> tuple[SpeakerGuess, Entity | None]:
        core_stop = first
        while core_stop < stop and s.tags[core_stop] not in ",IWEGS(":
            core_stop += 1
        core_stop = max(core_stop, first + 1)
        start = first
        for k in range(first, core_stop):
            if s.tags[k] == "H":
                start = k + 1
        if any(s.tags[k] == "K" for k in range(start, core_stop)):
            return self._several(s, start, core_stop)
        runs = name_runs(s, start, core_stop)
        if runs and runs[-1].name and runs[-1].stop == core_stop:
            return self._named(runs[-1].name, runs[-1].titles)
        behind = name_runs(s, core_stop, stop)
        if core_stop < stop and s.tags[core_stop] == "," and behind:
            run = behind[0]
            if run.name and run.first == core_stop + 1 and not (runs and runs[0].name):
                entity = self._single(run.name, run.titles)
                if entity is not None and entity.kind is SpeakerKind.PERSON:
                    return self._guess(entity), entity
        return self._description(s, start if start < core_stop else first, core_stop, stop)

    def _single(self, name: tuple[str, ...], titles: tuple[str, ...]) -> Entity | None:
        found = self.names.lookup(name)
        wanted = gender_of_titles(titles)
        if len(found) > 1 and wanted:
            found = [e for e in found if e.gender == wanted] or found
        return found[0] if len(found) == 1 else None

    def _named(
        self, name: tuple[str, ...], titles: tuple[str, ...]
    ) -> tuple[SpeakerGuess, Entity | None]:
        entity = self._single(name, titles)
        if entity is not None:
            return self._guess(entity, titles), entity
        several = self.names.lookup(name)
        if several:
            return _doubt([e.name for e in several], SpeakerKind.PERSON), None
        text = " ".join(name)
        return SpeakerGuess(text, SpeakerKind.UNKNOWN, " ".join(titles)), None

    def _guess(self, entity: Entity, titles: tuple[str, ...] = ()) -> SpeakerGuess:
        courtesy = {"mr", "mrs", "ms", "miss", "mx"}
        role = " ".join(t for t in titles if t.lower().rstrip(".") not in courtesy)
        if not role and entity.roles:
            role = entity.roles[0]
        return SpeakerGuess(entity.name, entity.kind, role)

    def _several(
        self, s: Sentence, first: int, stop: int
    ) -> tuple[SpeakerGuess, Entity | None]:
        names = []
        for run in name_runs(s, first, stop):
            if run.name:
                entity = self._single(run.name, run.titles)
                names.append(entity.name if entity is not None else " ".join(run.name))
        if len(names) > 1:
            return _doubt(names, SpeakerKind.GROUP), None
        return SpeakerGuess(_text(s, first, stop), SpeakerKind.GROUP), None

    def _description(
        self, s: Sentence, first: int, core_stop: int, stop: int
    ) -> tuple[SpeakerGuess, Entity | None]:
        """Resolve "the Russian foreign minister", "officials", "the ministry"."""
        head = s.low[core_stop - 1]
        definite = s.low[first] in {"the", "this", "that"} or s.tags[first] not in "DM"
        words = [w for w, t in zip(s.low[first:core_stop], s.tags[first:core_stop], strict=True)
                 if t in "NC"]  # fmt: skip
        if definite and head in lexicons.words("role_nouns"):
            people = self._holders(head, words)
            if len(people) == 1:
                return self._guess(people[0]), people[0]
            if len(people) > 1:
                return _doubt([e.name for e in people], SpeakerKind.PERSON), None
        organisations = lexicons.words("organisations")
        if definite and head in organisations:
            matching = [
                e for e in self.names.entities
                if e.kind is SpeakerKind.ORGANISATION and e.parts and e.parts[-1] == head
                and _agree(words, e.parts)
            ]  # fmt: skip
            if len(matching) == 1:
                return self._guess(matching[0]), matching[0]
            if len(matching) > 1 and len(words) == 1:
                return _doubt([e.name for e in matching], SpeakerKind.ORGANISATION), None
        kind = _kind_of_description(s, first, core_stop, definite)
        end = core_stop if kind is not SpeakerKind.ANONYMOUS else stop
        while end > core_stop and s.tags[end - 1] in ",":
            end -= 1
        name = _text(s, first, end)
        return SpeakerGuess(name or None, kind), None

    def _holders(self, head: str, words: list[str]) -> list[Entity]:
        """Return the people whose role has the head noun and, where given, the modifiers."""
        holders = []
        for entity in self.names.entities:
            if entity.kind is SpeakerKind.PERSON:
                roles = [role.lower().split() for role in entity.roles]
                if any(head in role for role in roles):
                    holders.append((entity, {w for role in roles for w in role}))
        known = {w for _, role in holders for w in role}
        for word in words[:-1]:
            if word in known:
                holders = [(e, role) for e, role in holders if word in role]
            elif word in lexicons.words("titles"):
                return []
        return [entity for entity, _ in holders]

    def _pronoun(
        self, s: Sentence, index: int, first: int
    ) -> tuple[SpeakerGuess, Entity | None]:
        low = s.low[first]
        if low in _PLURAL or low == "it":
            return self._group_pronoun(index, low), None
        gender = _GENDER.get(low)
        if gender is None:
            kind = SpeakerKind.ANONYMOUS if low in _ANONYMOUS else SpeakerKind.UNKNOWN
            return SpeakerGuess(None, kind), None
        people = self._recent(index, first, gender)
        if len(people) == 1:
            return self._guess(people[0]), people[0]
        return _doubt([e.name for e in people], SpeakerKind.PERSON), None

    def _recent(self, index: int, before: int, gender: str) -> list[Entity]:
        """Return the people of the nearest sentence that names any fitting one."""
        for back in range(index, max(-1, index - MAX_PRONOUN_SENTENCES), -1):
            here = []
            for at, entity in self.names.by_sentence.get(back, []):
                if back == index and at >= before:
                    continue
                if entity.kind is not SpeakerKind.PERSON and not entity.roles:
                    continue
                if entity.gender in (gender, "") and entity not in here:
                    here.append(entity)
            speakers = [e for e in self.spoke.get(back, []) if e is not None]
            fitting = [e for e in dict.fromkeys(map(id, speakers))]
            unique = [next(e for e in speakers if id(e) == key) for key in fitting]
            unique = [e for e in unique if e.gender in (gender, "")]
            if len(unique) == 1:
                return unique
            if unique:
                return [unique[-1]] if back < index else unique
            if here:
                sure = [e for e in here if e.gender == gender]
                return sure if len(sure) == 1 else here
        return []

    def _group_pronoun(self, index: int, low: str) -> SpeakerGuess:
        if low in {"they", "it"} and self._last_group is not None:
            at, guess = self._last_group
            fits = guess.kind is SpeakerKind.ORGANISATION or low == "they"
            if fits and index - at <= 3:
                return guess
        return SpeakerGuess(None, SpeakerKind.GROUP if low != "it" else SpeakerKind.UNKNOWN)


def _agree(words: list[str], parts: list[str]) -> bool:
    return all(word in parts for word in words)


def _kind_of_description(s: Sentence, first: int, stop: int, definite: bool) -> SpeakerKind:
    groups = lexicons.tagged("groups")
    head = s.low[stop - 1]
    known = lexicons.words("organisations") | lexicons.words("countries")
    label = groups.get(head)
    if label is not None:
        return SpeakerKind(label)
    if head in lexicons.words("role_nouns"):
        return SpeakerKind.PERSON if definite else SpeakerKind.ANONYMOUS
    if head in known:
        return SpeakerKind.ORGANISATION
    if any(s.low[k] in groups for k in range(first, stop)):
        return SpeakerKind.GROUP
    if head.endswith("s") and s.tags[stop - 1] == "N":
        return SpeakerKind.GROUP
    return SpeakerKind.UNKNOWN


def _doubt(names: list[str], kind: SpeakerKind) -> SpeakerGuess:
    return SpeakerGuess(None, kind, "", tuple(dict.fromkeys(names))[:MAX_CANDIDATES])


def _text(s: Sentence, first: int, stop: int) -> str:
    """Return the words of a description without its article."""
    if stop - first > 1 and s.low[first] in {"the", "a", "an"}:
        first += 1
    text = ""
    for k in range(first, stop):
        text += s.words[k] if k == first or s.starts[k] == s.ends[k - 1] else " " + s.words[k]
    return text
