"""From the words that stand for a speaker to the speaker, within one article.

Names are matched by their words, roles by their head noun, kin by a shared name, pronouns by the
last fitting person (``discourse``). Two possible answers give no name but both candidates.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from claims.extraction import lexicons
from claims.extraction.descriptions import (
    Phrase,
    described,
    doubt,
    latest_body,
    several,
)
from claims.extraction.discourse import PRONOUN_GENDERS, Discourse, guess
from claims.extraction.mentions import NameRun, is_place_adjective, name_runs, plain_titles
from claims.extraction.names import Entity, Names, Occurrence
from claims.extraction.tokens import Sentence
from claims.extraction.types import SpeakerGuess, SpeakerKind

UNKNOWN = SpeakerGuess(None, SpeakerKind.UNKNOWN)

Place = tuple[int, int, int]
Answer = tuple[SpeakerGuess, Entity | None]

_BESIDE = frozenset(["in", "on", "at", "near", "across"])
_THEY = frozenset(["they", "them", "it", "we", "both", "their", "its"])


@dataclass(slots=True)
class Resolver:
    """Resolves the mentions of one article; call ``resolve`` in text order.

    It remembers who spoke in which sentence, since a pronoun most often means the last speaker.
    """

    sentences: list[Sentence]
    names: Names
    discourse: Discourse = field(init=False)
    _answers: dict[Place, Answer] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Start with nobody having spoken."""
        self.discourse = Discourse(self.sentences, self.names)

    def resolve(self, place: Place | None, at: int | None = None) -> SpeakerGuess:
        """Return the speaker meant at ``(sentence, first token, stop token)``.

        ``at`` is the sentence of the quotation if it is not that of the mention.
        """
        if place is None:
            return UNKNOWN
        if place not in self._answers:
            self._answers[place] = self._resolve(*place)
        answer, entity = self._answers[place]
        for index in {place[0], place[0] if at is None else at}:
            if entity is not None:
                self.discourse.record(index, entity)
        together = answer.kind is SpeakerKind.GROUP and answer.candidates
        if answer.kind is not SpeakerKind.PERSON and (answer.name is not None or together):
            self.discourse.group = (place[0], answer)
        return answer

    def _resolve(self, index: int, first: int, stop: int) -> Answer:
        s = self.sentences[index]
        stop = _to_noun(s, stop)
        if stop - first == 1:
            capitals = len(s.words[first]) > 1 and s.words[first].isupper()
            if capitals and self.names.at(index, first, stop):
                return self._phrase(s, index, first, stop)
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
        for o in self.names.at(index, start, stop):
            led = o.run.first > 0 and s.low[o.run.first - 1] in _BESIDE
            if o.run.stop == stop and o.entity is not None and o.entity.is_person and not led:
                return guess(o.entity), o.entity
        return self._phrase(s, index, start, stop) if start < stop else (UNKNOWN, None)

    def _pronoun(self, s: Sentence, index: int, first: int) -> Answer:
        low = s.low[first]
        if low in _THEY:
            answer, entity = self.discourse.they(index, first, low)
            if low == "it" and answer.name is None:
                return self._own_subject(s, index, first) or (answer, entity)
            return answer, entity
        gender = PRONOUN_GENDERS.get(low)
        if gender is None:
            anonymous = low in lexicons.word_set("anonymous_pronoun")
            kind = SpeakerKind.ANONYMOUS if anonymous else SpeakerKind.UNKNOWN
            return SpeakerGuess(None, kind), None
        unnamed = self._unnamed_before(index)
        if unnamed is not None:
            return unnamed, None
        people = self.discourse.people(index, first, gender)
        if not people and not self.discourse.anyone(index):
            people = self.discourse.ahead(index, gender)
        if len(people) == 1:
            people[0].kind = SpeakerKind.PERSON
            return guess(people[0]), people[0]
        return doubt([e.shown for e in people], SpeakerKind.PERSON), None

    def _own_subject(self, s: Sentence, index: int, first: int) -> Answer | None:
        """Return the company in "The company will pay a dividend, it said."."""
        if first == 0 or s.tags[first - 1] != ",":
            return None
        stop = 0
        while stop < first and s.tags[stop] in "DNCM":
            stop += 1
        if not stop or s.tags[stop] not in "VAE":
            return None
        answer, entity = self._phrase(s, index, 0, stop)
        body = answer.kind is SpeakerKind.ORGANISATION
        return (answer, entity) if entity is not None and body else None

    def _unnamed_before(self, index: int) -> SpeakerGuess | None:
        """Return "A man at the back" where he spoke last and nobody was named since."""
        if self.discourse.group is None:
            return None
        at, answer = self.discourse.group
        single = answer.kind is SpeakerKind.ANONYMOUS and (answer.name or "").lower().startswith(
            ("a ", "an ", "one ", "another ")
        )
        if not single or index - at > 2:
            return None
        for back in range(at, index + 1):
            if self.discourse.spoke.get(back) or any(
                e.is_person for e, _ in self.discourse.named(back)
            ):
                return None
        return answer

    def _phrase(self, s: Sentence, index: int, first: int, stop: int) -> Answer:
        """Resolve a noun phrase: a name in it, an appositive name, or a description."""
        inside = self.names.at(index, first, first + 1)
        first = _uncut(s, min([first, *(o.run.first for o in inside)]))
        if first + 2 < stop and s.low[first].endswith("ing") and s.tags[first + 1] == ",":
            first += 0 if inside else 2
        core = first + 1
        inner = {k for o in self.names.at(index, first, stop) for k in range(*_inside(o.run))}
        while core < stop and (
            s.tags[core] not in ",WEGS(-" or _premodifies(s, core) or core in inner
        ):
            core += 1
        head = first
        while head < core and s.tags[head] not in "IT":
            head += 1
        head = max(head, first + 1)
        together = several(self.names, s, index, _first_of_several(s, first), stop)
        if together is not None:
            return together, None
        phrase = Phrase(s, index, first, head, core)
        named = self._name_in(phrase, stop)
        if named is not None:
            return named
        answer, entity = described(self.discourse, phrase)
        if answer is None:
            return UNKNOWN, None
        return answer, entity

    def _name_in(self, phrase: Phrase, stop: int) -> Answer | None:
        """Resolve the name that a phrase is, ends with, or has as an appositive."""
        s, index = phrase.s, phrase.index
        owned = phrase.owner_stop
        here = self.names.at(index, owned, phrase.core)
        for o in here:
            ends = o.run.stop >= phrase.head or (o.run.first == owned and o.run.stop > owned)
            if o.run.first < phrase.head and ends and not _common(o):
                if o.run.stop < phrase.head and s.tags[o.run.stop] == "N":
                    continue
                return self._named(phrase, o)
        if not here:
            plain = [r for r in name_runs(s, owned, phrase.head) if r.stop == phrase.head]
            if plain and plain[-1].name and self.names.lookup(plain[-1].name, plain[-1].titles):
                return self._named(phrase, Occurrence(plain[-1], None, subject=False))
            last = s.words[phrase.head - 1]
            found = self.names.lookup((last,)) if last[0].isupper() else []
            if len(found) == 1 and phrase.head - phrase.first == 1:
                return guess(found[0]), found[0]
        for o in here:
            # "Leader of the Opposition Tom Ray", "Director of rugby Ann Lee": a title with "of".
            led = o.run.first > max(phrase.head, 1) and s.tags[o.run.first - 1] in "CN"
            person = o.entity is not None and o.entity.is_person
            if led and person and o.run.stop == phrase.core:
                return self._named(phrase, o)
        beside = self._appositive(phrase, stop)
        if beside is not None:
            return guess(beside), beside
        by = s.low[phrase.head] == "by" if phrase.head < phrase.core else False
        if by and s.low[phrase.head - 1] in lexicons.word_set("product"):
            for o in self.names.at(index, phrase.head, phrase.core):
                return self._named(phrase, o)
        return None

    def _appositive(self, phrase: Phrase, stop: int) -> Entity | None:
        """Return who is named behind a description: "Its president, the Rev. Thaddeus Boone"."""
        s, mark = phrase.s, phrase.core
        if "".join(s.tags[mark : mark + 3]) == "(C)":
            mark += 3
        if s.tags[mark : mark + 1] in (["G"], ["E"]) and "," in s.tags[mark:stop]:
            # "A lawmaker representing Asaka South, Bright Amadi"
            mark = s.tags.index(",", mark)
        if s.low[mark : mark + 1] == ["as"] and "," in s.tags[mark:stop]:
            mark = s.tags.index(",", mark)
        behind = mark == stop and _appositive_ends(s, stop)
        if mark >= len(s) or s.tags[mark] not in ",-" or (mark >= stop and not behind):
            return None
        end = stop + MAX_APPOSED if behind else stop
        for o in self.names.at(phrase.index, mark + 1, end):
            fits = o.entity is not None and (phrase.is_body or not _organised(o.entity))
            if fits and _apposed(s, mark + 1, o.run):
                return o.entity
        return None

    def _named(self, phrase: Phrase, o: Occurrence) -> Answer:
        """Resolve a written name; of several people, those not yet introduced do not count."""
        s, index = phrase.s, phrase.index
        run = o.run
        before = set(s.low[phrase.first : run.first])
        bare = len(run.name) == 1 and not run.titles and run.first == phrase.first + 1
        if bare and "the" in before and _is_epithet(run.name[0].lower()):
            one = self.discourse.told_of(index, phrase.first, "", further=True)
            if one is not None:
                one.kind = SpeakerKind.PERSON
                return guess(one), one
            people = self.discourse.topic(index)
            if len(people) == 1:
                return guess(people[0]), people[0]
            if people:
                return doubt([e.shown for e in people], SpeakerKind.PERSON), None
        found = [o.entity] if o.entity is not None else self.names.lookup(run.name, run.titles)
        if len(found) > 1:
            found = [e for e in found if e.introduced <= index] or found
            found = _by_age(found, before)
            if all(_organised(e) for e in found):
                found = latest_body(self.discourse, phrase, found)
        role = " ".join(plain_titles(run.titles))
        if len(found) == 1:
            fuller = next((r for r in found[0].roles if role and r.endswith(f" {role}")), role)
            return guess(found[0], fuller), found[0]
        if found:
            return doubt([e.shown for e in found], SpeakerKind.PERSON), None
        return SpeakerGuess(" ".join(run.name), SpeakerKind.UNKNOWN, role), None


MAX_APPOSED = 8
"""How far behind a source the end of an appositive name is looked for."""


def _appositive_ends(s: Sentence, comma: int) -> bool:
    """Tell whether a name alone stands behind a comma, up to a mark: "said one, Ian Potts."."""
    k = comma + 1
    while k < len(s) and k - comma < MAX_APPOSED and s.tags[k] == "C":
        k += 1
    return k > comma + 1 and (k == len(s) or s.tags[k] in ".;:" or s.tags[k : k + 2] == [",", "M"])


def _apposed(s: Sentence, first: int, run: NameRun) -> bool:
    """Tell whether a name is an appositive that starts at ``first``: "the Rev. Thaddeus Boone".

    What owns something is none: "the late Peter Vance’s son, Mark Vance".
    """
    owns = s.tags[run.stop : run.stop + 1] == ["H"]
    k = first
    if s.low[k] in _SAID_TO_BE and s.low[k + 1] in {"as", "by"}:
        k = s.low.index("as", k, run.first) + 1 if "as" in s.low[k : run.first] else k
    if owns or s.tags[run.stop : run.stop + 1] == ["N"] or s.low[k] in {"a", "an"}:
        return False
    return k <= run.first and all(tag in "DNE" for tag in s.tags[k : run.first])


_SAID_TO_BE = frozenset(["named", "identified", "known"])


def _inside(run: NameRun) -> tuple[int, int]:
    """Return the tokens of a name behind its first: a comma there ends no phrase."""
    return run.first + 1, run.stop - 1


def _premodifies(s: Sentence, k: int) -> bool:
    """Tell whether a form such as "outgoing" or "retired" stands between "the" and its noun."""
    if s.words[k] == "WHO" and s.low[k - 1] == "the":
        return True
    behind = s.tags[k + 1] if k + 1 < len(s) else "."
    return s.tags[k] in "EG" and s.tags[k - 1] in "DH" and behind in "NCEG"


def _to_noun(s: Sentence, stop: int) -> int:
    """Return where "the outgoing minister" ends, of which a source may be the article alone."""
    if s.tags[stop - 1] != "D" or s.low[stop - 1] not in {"the", "a", "an"}:
        return stop
    while stop < len(s) and (s.tags[stop] in "NCGEH" or s.words[stop] in {"WHO", "US"}):
        stop += 1
    return stop


def _uncut(s: Sentence, first: int) -> int:
    """Return where "Sources close to the minister" starts, of which a source may be the end.

    No subject stands right behind a preposition.
    """
    if first < 2 or s.tags[first - 1] not in "IT":
        return first
    k = first - 1
    while k > 0 and (s.tags[k - 1] in "NCDMI" or s.low[k - 1] == "close"):
        k -= 1
    head = next((at for at in range(k, first) if s.tags[at] in "IT" or s.low[at] == "close"), k)
    if (k > 0 and s.tags[k - 1] not in ",QK") or head == k:
        return first
    known = s.low[head - 1] in lexicons.tagged("groups") or s.low[head - 1] in _roles()
    return k if known else first


def _roles() -> frozenset[str]:
    return lexicons.words("role_nouns")


def _first_of_several(s: Sentence, first: int) -> int:
    """Return where "Ann Lee, the mayor, and Tom Ray" starts, of which a source may be the end."""
    if first == 0 or s.tags[first - 1] != "K" or s.low[first - 1] == "but":
        return first
    return 0 if all(tag in "DNCMHIKR,()" for tag in s.tags[:first]) else first


def _is_epithet(low: str) -> bool:
    """Tell "the Hungarian" and "the Democrat", who was named before."""
    known = low in lexicons.word_set("partisan") or low in lexicons.word_set("demonym")
    return known or is_place_adjective(low)


def _organised(entity: Entity) -> bool:
    return entity.kind in (SpeakerKind.ORGANISATION, SpeakerKind.GROUP)


def _common(o: Occurrence) -> bool:
    """Tell a capital at the start of a sentence ("Officials") from a name."""
    run = o.run
    return (
        len(run.name) == 1 and not run.titles and run.name[0].lower() in lexicons.tagged("groups")
    )


def _by_age(found: list[Entity], before: set[str]) -> list[Entity]:
    """Narrow by "the younger" or "the elder": by age, as a child or parent, by Jr. and III."""
    for words, sign in (("younger", 1), ("elder", -1)):
        if not before & lexicons.word_set(words):
            continue
        for measure in (_years, _generation, _suffix):
            ranked = sorted(found, key=lambda e: sign * measure(e))
            told = [measure(e) for e in ranked]
            if all(told) and told[0] != told[1]:
                return ranked[:1]
    return found


def _years(entity: Entity) -> int:
    return entity.age


def _generation(entity: Entity) -> int:
    if entity.kin & lexicons.word_set("kin_child"):
        return 1
    return 3 if entity.kin & lexicons.word_set("kin_parent") else 2


def _suffix(entity: Entity) -> int:
    return {"sr": 5, "": 4, "jr": 3, "ii": 3, "iii": 2, "iv": 1}[entity.suffix]
