"""Speakers who are described: "the foreign minister", "her husband", "both women", "officials"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from claims.extraction import evidence, lexicons
from claims.extraction.discourse import PRONOUN_GENDERS, Discourse, guess
from claims.extraction.holders import (
    bare_role,
    by_change,
    changes,
    counterparts,
    excluded,
    latest,
    same_office,
)
from claims.extraction.mentions import is_place_adjective
from claims.extraction.names import Entity, Names
from claims.extraction.roles import joined, role_words
from claims.extraction.tokens import Sentence
from claims.extraction.types import SpeakerGuess, SpeakerKind

MAX_CANDIDATES = 8
"""How many candidates are offered at most."""

Answer = tuple[SpeakerGuess | None, Entity | None]

MAX_BODY_SENTENCES = 6
"""How many sentences back "the company" may find which it is."""

MAX_INTRODUCED = 4
"""How many sentences back "the nurse" may be brought in as "a nurse"."""

_PEOPLE = (SpeakerKind.PERSON,)
_BODIES = (SpeakerKind.ORGANISATION,)
_UNTOLD = (SpeakerKind.PERSON, SpeakerKind.UNKNOWN)
_NUMBERS = {"both": 2, "two": 2, "three": 3, "four": 4}
_SETS = {"pair": 2, "duo": 2, "trio": 3}


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase ``[first, core)`` of a sentence; its head noun ends at ``head``."""

    s: Sentence
    index: int
    first: int
    head: int
    core: int

    @property
    def owner_stop(self) -> int:
        """The token behind the last possessor ("the port’s director"), else ``first``."""
        s = self.s
        owned = [k + 1 for k in range(self.first, self.head - 1) if s.tags[k] == "H"]
        return max(owned, default=self.first)

    @property
    def is_body(self) -> bool:
        """Tell "his party" and "the company" from people."""
        head = self.s.low[self.head - 1]
        bodies = lexicons.words("organisations") | lexicons.word_set("company")
        return head in bodies | lexicons.word_set("body")

    @property
    def low(self) -> list[str]:
        """The lower-case words up to the head noun."""
        return self.s.low[self.first : self.head]

    @property
    def definite(self) -> bool:
        """Tell "the minister" and "her minister" from "a minister"."""
        s = self.s
        if self.owner_stop > self.first or s.low[self.first] in lexicons.word_set("possessive"):
            return True
        return s.low[self.first] in {"the", "this", "that"} or s.tags[self.first] not in "DM"


def doubt(names: Iterable[str], kind: SpeakerKind) -> SpeakerGuess:
    """Return an answer without a name, with those who may be meant."""
    return SpeakerGuess(None, kind, "", tuple(dict.fromkeys(names))[:MAX_CANDIDATES])


def text_of(s: Sentence, first: int, stop: int) -> str:
    """Return the words of a description without "the"."""
    if stop - first > 1 and s.low[first] == "the":
        first += 1
    return joined(s, first, stop)


def described(discourse: Discourse, phrase: Phrase) -> Answer:
    """Return whom a description without a name means."""
    for rule in (_counted, _relative, _epithet, _holder, _country, _body):
        answer = rule(discourse, phrase)
        if answer is not None:
            return answer
    return _as_written(discourse, phrase)


def several(names: Names, s: Sentence, index: int, first: int, stop: int) -> SpeakerGuess | None:
    """Return the speakers of "Ann Lee and Tom Ray" or "Lee, the mayor, and Ray": no name, all."""
    limit = next((k for k in range(first, stop) if s.tags[k] in "WSVA-"), stop)
    joints = [k for k in range(first + 1, limit - 1) if s.low[k] in {"and", "or", "nor"}]
    here = names.at(index, first, limit)
    joints = [k for k in joints if not any(o.run.first < k < o.run.stop for o in here)]
    if not joints:
        return None
    inside = next((k for k in range(first, joints[0]) if s.tags[k] == "I"), None)
    comma = "," in s.tags[first : joints[0]]
    if inside is not None and not comma:
        return _plain_pair(s, first, inside, joints)
    items: list[str] = []
    for o in here:
        owner = o.run.stop < limit and s.tags[o.run.stop] in "HN" and o.run.stop not in joints
        if not owner and not _depends(s, first, o.run.first):
            found = [o.entity] if o.entity is not None else names.lookup(o.run.name, o.run.titles)
            items.append(found[0].shown if len(found) == 1 else " ".join(o.run.name))
    last = [o for o in here if _led_by_joint(s, joints[-1], o.run.first)]
    opens = [o for o in here if o.run.first <= first + 2]
    if len(set(items)) > 1 and last and (opens or items):
        return doubt(items, SpeakerKind.GROUP)
    if comma:
        return None
    return _plain_pair(s, first, limit, joints)


def _depends(s: Sentence, first: int, at: int) -> bool:
    """Tell whether a name is part of another phrase: behind a preposition, or in brackets."""
    k = at
    while k > first and s.tags[k - 1] in "DNM":
        k -= 1
    return k > first and s.tags[k - 1] in "IT("


def _led_by_joint(s: Sentence, joint: int, at: int) -> bool:
    """Tell whether the name at ``at`` is what "and" adds: "and Tom Ray", "and his son Tom"."""
    return at > joint and all(tag in "DNCMH" for tag in s.tags[joint + 1 : at])


def _plain_pair(s: Sentence, first: int, stop: int, joints: list[int]) -> SpeakerGuess | None:
    """Return "doctors and nurses" as they are written: no name, but a group."""
    if joints[0] >= stop:
        return None
    stop = next((k for k in range(joints[0], stop) if s.tags[k] == "I"), stop)
    return SpeakerGuess(text_of(s, first, stop), SpeakerKind.GROUP)


def _counted(discourse: Discourse, phrase: Phrase) -> Answer | None:
    """Resolve "both ministers", "the two women", "the siblings": all of them, no single name."""
    low = phrase.low
    count = next((_NUMBERS[w] for w in low[:2] if w in _NUMBERS), None)
    noun = low[-1]
    if noun in lexicons.word_set("kin_plural") and phrase.definite:
        pair = _namesakes(discourse, phrase)
        return (doubt([e.shown for e in pair], SpeakerKind.GROUP), None) if pair else None
    exact = low[0] == "both" or (low[0] in {"the", "these", "those"} and count is not None)
    if noun in _SETS and phrase.definite and phrase.head == phrase.core:
        last = discourse.topic(phrase.index)
        if len(last) == _SETS[noun]:
            return doubt([e.shown for e in last], SpeakerKind.GROUP), None
    if count is None or not exact or phrase.head < phrase.core:
        return None
    near = discourse.since(phrase.index, phrase.first, _PEOPLE)
    one = _singular(noun)
    if one in {"woman", "man"}:
        near = [e for e in near if e.gender == ("f" if one == "woman" else "m")]
    elif one in lexicons.words("role_nouns"):
        held = {
            e for e in discourse.names.by_role.get(role_words(one)[0], [])
            if e.introduced <= phrase.index and any(same_office(r, one, low) for r in e.roles)
        }  # fmt: skip
        near = [e for e in near if e in held] or sorted(held, key=lambda e: e.introduced)
    elif one in lexicons.word_set("company") | lexicons.word_set("body") or noun == "sides":
        near = discourse.since(phrase.index, phrase.first, _BODIES)
    elif one not in {"both", "two", "three", "four", "leader", "politician"}:
        return None
    if len(near) == count:
        return doubt([e.shown for e in reversed(near)], SpeakerKind.GROUP), None
    return None


def _singular(noun: str) -> str:
    irregular = {"women": "woman", "men": "man", "people": "person", "companies": "company"}
    if noun in irregular:
        return irregular[noun]
    if noun.endswith("ies"):
        return noun[:-3] + "y"
    return noun[:-1] if noun.endswith("s") and not noun.endswith("ss") else noun


def _namesakes(discourse: Discourse, phrase: Phrase) -> list[Entity]:
    """Return the last two people who share a name, if no third does."""
    near = discourse.since(phrase.index, phrase.first, _PEOPLE)
    for entity in near:
        same = [e for e in near if set(e.parts) & set(entity.parts)]
        if len(same) == 2:
            return list(reversed(same))
        if len(same) > 2:
            return []
    return []


def _relative(discourse: Discourse, phrase: Phrase) -> Answer | None:
    """Resolve "her husband" and "Holmgren’s wife" by a shared name, or by who is said to be it."""
    s, noun = phrase.s, phrase.s.low[phrase.head - 1]
    gender = _kin_gender(noun)
    owned = phrase.owner_stop > phrase.first or s.low[phrase.first] != "the"
    if gender is None or not phrase.definite or not owned:
        return None
    owners = _owners(discourse, phrase)
    declared = [e for e in discourse.names.by_kin.get(noun, []) if e not in owners]
    sharing: dict[Entity, None] = {}
    for owner in owners:
        for part in owner.parts:
            for e in discourse.names.by_word.get(part, []):
                if e.is_person and e not in owners and e.gender in (gender, "") and gender:
                    sharing.setdefault(e)
    if len(owners) > 1 and gender:
        # "Holmgren’s wife" where two are called so: she is one of them, the owner is the other.
        sharing |= dict.fromkeys(e for e in owners if e.gender == gender)
        declared = [e for e in discourse.names.by_kin.get(noun, []) if e.gender == gender]
    known = [e for e in sharing if e.introduced <= phrase.index] or list(sharing)
    for found in (known, declared, [e for e in known if e in declared]):
        if len(found) == 1:
            return guess(found[0]), found[0]
    if known:
        return doubt([e.shown for e in known], SpeakerKind.PERSON), None
    return SpeakerGuess(text_of(s, phrase.first, phrase.core), SpeakerKind.PERSON), None


def _kin_gender(noun: str) -> str | None:
    for gender, name in (("m", "kin_male"), ("f", "kin_female"), ("", "kin_any")):
        if noun in lexicons.word_set(name):
            return gender
    return None


def _owners(discourse: Discourse, phrase: Phrase) -> list[Entity]:
    """Return whom the possessor of a phrase means: "her", "Holmgren’s"."""
    s, first = phrase.s, phrase.first
    gender = PRONOUN_GENDERS.get(s.low[first])
    if gender is not None:
        return discourse.people(phrase.index, first, gender)
    names = discourse.names
    for o in names.at(phrase.index, first, phrase.owner_stop):
        return [o.entity] if o.entity is not None else names.lookup(o.run.name, o.run.titles)
    if phrase.owner_stop > first + 1 and s.low[first] == "the":
        stop = phrase.owner_stop - 1
        owner = _holder(discourse, Phrase(s, phrase.index, first, stop, stop))
        return [owner[1]] if owner is not None and owner[1] is not None else []
    return []


def _holder(discourse: Discourse, phrase: Phrase) -> Answer | None:
    """Resolve "the Russian foreign minister" by who holds that role."""
    s, first = phrase.s, phrase.first
    head = _head(s, first, phrase.head)
    if not phrase.definite or head not in lexicons.words("role_nouns"):
        return None
    group = head in lexicons.tagged("groups")
    the = s.low[first] == "the"
    people = _holders(discourse, phrase)
    unnamed = discourse.unnamed.get(head)
    if unnamed is not None and the and (not people or group) and _repeats(phrase, unnamed[1]):
        return unnamed[1], None
    if len(people) > 1:
        people = latest(discourse, phrase.index, people)
    if len(people) == 1:
        changed = changes(phrase.low)
        role = text_of(s, first, phrase.head) if changed and the else ""
        return guess(people[0], role), people[0]
    if not the or group:
        return (doubt([e.shown for e in people], SpeakerKind.PERSON), None) if people else None
    if not people:
        somebody = _introduced(discourse, phrase, head)
        if somebody is not None:
            return somebody, None
        alone = _only_person(discourse, phrase) or _speaks_on(discourse, phrase)
        if alone is not None:
            return guess(alone), alone
    new = phrase.core > phrase.head or s.tags[phrase.core : phrase.core + 1] == [","]
    people = people or ([] if new else discourse.last_people(phrase.index))
    named = [e for e in discourse.names.first_people() if e.introduced <= phrase.index]
    if not people and (new or not named):
        answer = SpeakerGuess(text_of(s, first, phrase.core), SpeakerKind.PERSON)
        return answer, None
    return doubt([e.shown for e in people], SpeakerKind.PERSON), None


def _epithet(discourse: Discourse, phrase: Phrase) -> Answer | None:
    """Resolve "the widow" and "the 51-year-old": another word for whom the paragraph tells of."""
    s, low = phrase.s, phrase.low
    aged = next((int(m[1]) for word in low if (m := _AGED.fullmatch(word))), 0)
    if low[0] != "the" or phrase.owner_stop > phrase.first:
        return None
    if not aged and low[-1] not in lexicons.word_set("attribute"):
        return None
    known = discourse.unnamed.get(low[-1])
    if known is not None or _introduced(discourse, phrase, low[-1]) is not None:
        return None
    if low[-1] in lexicons.words("role_nouns") and _holders(discourse, phrase):
        return None
    gender = evidence.gender_of_word(low[-1])
    one = discourse.told_of(phrase.index, phrase.first, gender, further=bool(aged))
    if one is None or (aged and one.age not in (0, aged)):
        return None
    return guess(one, one.roles[0] if one.roles else text_of(s, phrase.first, phrase.head)), one


_AGED = re.compile(r"(\d{1,3})-year-old")


def _introduced(
    discourse: Discourse, phrase: Phrase, head: str, kind: SpeakerKind = SpeakerKind.ANONYMOUS
) -> SpeakerGuess | None:
    """Return "A nurse in the ward" for "the nurse", where a sentence before brought one in."""
    if phrase.core - phrase.first != 2:
        return None
    for back in range(phrase.index, max(-1, phrase.index - MAX_INTRODUCED - 1), -1):
        found = discourse.brought_in(back).get(head)
        if found is not None and (back < phrase.index or found[1] <= phrase.first):
            return SpeakerGuess(joined(discourse.sentences[back], *found), kind)
    return None


def _repeats(phrase: Phrase, known: SpeakerGuess) -> bool:
    """Tell whether all words of a description stand in one that came before."""
    if phrase.core > phrase.head:
        return False
    before = (known.name or "").lower().split()
    return all(word in before for word in phrase.low[1:])


def _holders(discourse: Discourse, phrase: Phrase) -> list[Entity]:
    """Return the people whose role has the head noun and agrees with its modifiers."""
    s, low = phrase.s, phrase.low
    by_role = discourse.names.by_role
    head = low[-1]
    gender = evidence.gender_of_word(head)
    holders = [
        e for e in by_role.get(role_words(head)[0], [])
        if e.is_person and any(same_office(r, head, low) for r in e.roles)
        and (not gender or e.gender in (gender, ""))
    ]  # fmt: skip
    if not holders and phrase.core == phrase.head:
        doing = discourse.names.by_deed.get(role_words(head)[0], [])
        holders = [e for e in doing if e.is_person and e.introduced <= phrase.index]
    if not holders:
        holders = _holders_of_kind(discourse, phrase)
    holders = [e for e in holders if not excluded(e, head, low)]
    if not holders:
        return counterparts(discourse, low)
    if phrase.core > phrase.head:
        text = joined(s, phrase.head - 1, phrase.core).lower()
        same = [e for e in holders if any(text in role.lower() for role in e.roles)]
        if same or len(holders) != 1:
            return same
        if not any(bare_role(role, head) for role in holders[0].roles):
            return []
    small = [word for k, word in enumerate(low) if s.words[phrase.first + k] == word or not k]
    change = by_change(by_role, [*small[:-1], head], holders, phrase.index)
    if change is not None:
        return change
    for k in range(phrase.owner_stop, phrase.head - 1):
        word = role_words(s.low[k])[0]
        if s.tags[k] not in "NC" or word in lexicons.word_set("plain_modifier"):
            continue
        fitting = [e for e in holders if any(word in role_words(r) for r in e.roles)]
        if fitting or (s.tags[k] == "N" and not s.words[k][0].isupper()):
            holders = fitting
    return holders


def _holders_of_kind(discourse: Discourse, phrase: Phrase) -> list[Entity]:
    """Return who may be called by a more general word: "the scientist" for a biologist."""
    if phrase.core > phrase.head or phrase.owner_stop > phrase.first:
        return []
    if phrase.s.low[phrase.first] != "the":
        return []
    head = phrase.low[-1]
    inner = range(phrase.first + 1, phrase.head - 1)
    named = any(phrase.s.tags[k] == "C" and not is_place_adjective(phrase.s.low[k]) for k in inner)
    found: dict[Entity, None] = {}
    for kind in lexicons.role_kinds().get(head, ()):
        for e in discourse.names.by_role.get(kind, []):
            told = any(same_office(role, kind, [*phrase.low, "prime"]) for role in e.roles)
            if e.is_person and e.introduced <= phrase.index and told:
                found.setdefault(e)
    gender = evidence.gender_of_word(head)
    if named:
        # "The Rovers boss" for the manager who just spoke; else the name may be another body's.
        found = dict.fromkeys(e for e in discourse.last_people(phrase.index) if e in found)
    return [e for e in found if not gender or e.gender in (gender, "")]


def _only_person(discourse: Discourse, phrase: Phrase) -> Entity | None:
    """Return the one person named lately of whom no role is told.

    An article that opens with "Helena Brandt" and goes on with "the water minister" means her,
    though it never says so: nobody else can be meant.
    """
    if phrase.owner_stop > phrase.first:
        return None
    gender = evidence.gender_of_word(phrase.low[-1])
    near = discourse.since(phrase.index, phrase.first, _UNTOLD)
    untold = [e for e in near if not e.roles and (e.is_person or len(e.parts) > 1)]
    if len(untold) != 1 or not untold[0].is_person or untold[0].kin:
        return None
    if untold[0] not in discourse.names.first_people():
        return None
    if not discourse.acts(untold[0], phrase.index):
        return None
    return untold[0] if not gender or untold[0].gender in (gender, "") else None


def _speaks_on(discourse: Discourse, phrase: Phrase) -> Entity | None:
    """Return who spoke last in the paragraph, if no role of hers is told but a title.

    An office brings in somebody else: "The minister replied ..."; "the Ohio senator" does not.
    """
    bare = phrase.first == 0 or phrase.head - phrase.first == 2
    if bare and phrase.low[-1] in lexicons.words("titles"):
        return None
    if phrase.core > phrase.head or phrase.owner_stop > phrase.first:
        return None
    gender = evidence.gender_of_word(phrase.low[-1])
    one = discourse.told_of(phrase.index, phrase.first, gender, further=False)
    if one is None or one.kin or one not in discourse.last_people(phrase.index)[:1]:
        return None
    courtesy = lexicons.word_set("courtesy") | lexicons.word_set("honorific")
    plain = all(word.strip(".") in courtesy for role in one.roles for word in role_words(role))
    return one if plain else None


def _country(discourse: Discourse, phrase: Phrase) -> Answer | None:
    """Resolve "the country" and "the Gulf state" to the place that spoke or was named last."""
    s, head = phrase.s, phrase.low[-1]
    if s.low[phrase.first] != "the" or head not in lexicons.word_set("country"):
        return None
    if phrase.core > phrase.head:
        return None
    index = phrase.index
    for back in range(index, max(-1, index - MAX_INTRODUCED), -1):
        named = discourse.named(back, phrase.first if back == index else None)
        spoke = [e for e in discourse.spoke.get(back, []) if back < index]
        places = [e for e in spoke if _is_place(e)] or [e for e, _ in named if _is_place(e)]
        if len(set(places)) == 1:
            return guess(places[0]), places[0]
        if places:
            return None
    return None


def _is_place(entity: Entity) -> bool:
    """Tell a country, or a place that speaks for its government, from a body with a name."""
    if entity.kind is not SpeakerKind.ORGANISATION:
        return False
    return entity.place or " ".join(entity.parts) in lexicons.words("countries")


def _body(discourse: Discourse, phrase: Phrase) -> Answer | None:
    """Resolve "the ministry" and "the company" by a name that has the word, or by recency."""
    s, head = phrase.s, phrase.low[-1]
    kinds = lexicons.word_set("company") | lexicons.word_set("body")
    if not phrase.definite or (head not in lexicons.words("organisations") and head not in kinds):
        return None
    inside = range(phrase.owner_stop, phrase.head)
    words = [s.low[k] for k in inside if s.tags[k] in "NC" and not s.low[k].endswith("-based")]
    matching = [
        e for e in discourse.names.by_word.get(head, [])
        if e.kind is SpeakerKind.ORGANISATION and all(word in e.parts for word in words)
    ]  # fmt: skip
    matching = matching or [e for e in discourse.names.by_noun.get(head, []) if len(words) == 1]
    if s.low[phrase.first] in lexicons.word_set("possessive") or phrase.owner_stop > phrase.first:
        return _owned_body(discourse, phrase, matching)
    if len(matching) > 1:
        matching = latest_body(discourse, phrase, matching)
    if len(matching) == 1:
        return guess(matching[0]), matching[0]
    if matching:
        return doubt([e.shown for e in matching], SpeakerKind.ORGANISATION), None
    unnamed = discourse.unnamed.get(head)
    if unnamed is not None and s.low[phrase.first] == "the" and _repeats(phrase, unnamed[1]):
        return unnamed[1], None
    brought = _introduced(discourse, phrase, head, SpeakerKind.ORGANISATION)
    if brought is not None:
        return brought, None
    inner = range(phrase.first + 1, phrase.head - 1)
    named = any(s.tags[k] == "C" and not _tells_place(s.low[k]) for k in inner)
    plain = len(words) == 1 or (len(words) == 2 and head not in lexicons.word_set("own_kind"))
    named = named or any(s.tags[k] == "C" for k in range(phrase.head, phrase.core))
    if s.low[phrase.first] in {"the", "this"} and head in kinds and plain and not named:
        near = _recent_bodies(discourse, phrase, head)
        if len(near) == 1:
            return guess(near[0]), near[0]
        if near:
            return doubt([e.shown for e in near], SpeakerKind.ORGANISATION), None
    return None


def _owned_body(discourse: Discourse, phrase: Phrase, matching: list[Entity]) -> Answer | None:
    """Resolve "her ministry" to a named one where its name has a word of her role."""
    owners = _owners(discourse, phrase)
    words = {w for o in owners for role in o.roles for w in role_words(role)}
    fitting = [e for e in matching if len(words & set(e.parts)) > 0]
    if len(fitting) == 1:
        return guess(fitting[0]), fitting[0]
    text = text_of(phrase.s, phrase.first, phrase.core)
    return SpeakerGuess(text, SpeakerKind.ORGANISATION), None


def latest_body(discourse: Discourse, phrase: Phrase, matching: list[Entity]) -> list[Entity]:
    """Return the organisation of several that was named last, if it was so alone."""
    for entity in discourse.since(phrase.index, phrase.first, _BODIES):
        if entity in matching:
            return [entity]
    return matching


def _tells_place(low: str) -> bool:
    return is_place_adjective(low) or low.endswith("-based")


def _recent_bodies(discourse: Discourse, phrase: Phrase, head: str) -> list[Entity]:
    """Return the organisations that "the company" may mean.

    The last subject or speaker of the paragraph, else the one that the article is about; where
    another was the subject since, both may be meant. What is merely mentioned counts if there is
    nothing else.
    """
    acting: dict[Entity, int] = {}
    beside: list[Entity] = []
    home = discourse.sentences[phrase.index].paragraph
    for back in range(phrase.index, max(-1, phrase.index - MAX_BODY_SENTENCES), -1):
        named = discourse.named(back, phrase.first if back == phrase.index else None)
        spoke = [e for e in discourse.spoke.get(back, []) if back < phrase.index]
        told = [e for e, _ in named if _may_be_called(e, head)]
        subjects = [e for e, subject in named if subject and e in told]
        subjects += [e for e in spoke if _may_be_called(e, head)]
        for e in subjects:
            acting.setdefault(e, home - discourse.sentences[back].paragraph)
        if subjects and len(acting) == len(set(subjects)) and home == _paragraph(discourse, back):
            return list(acting)
        beside = beside or list(dict.fromkeys(told))
    if not acting:
        return beside
    if head == "club" and len(acting) > 1:
        return list(acting)
    nearest = next(iter(acting))
    main = max(acting, key=lambda e: len(e.written))
    if head not in lexicons.word_set("company") or main is nearest:
        return [nearest]
    return [main] if len(main.written) > 2 * len(nearest.written) else [nearest, main]


def _paragraph(discourse: Discourse, index: int) -> int:
    return discourse.sentences[index].paragraph


def _told_body(entity: Entity, head: str) -> bool:
    """Tell whether a name says what sort of body it is: the FBI is no panel."""
    if len(entity.parts) == 1 and entity.name.isupper():
        return head[0] not in entity.parts[0]
    known = lexicons.words("organisations")
    return any(part in known or part == "&" for part in entity.parts)


def _may_be_called(entity: Entity, head: str) -> bool:
    if entity.kind is not SpeakerKind.ORGANISATION or entity.place:
        return False
    if head in lexicons.word_set("own_kind") and _told_body(entity, head):
        return False
    if len(entity.parts) == 1 and is_place_adjective(entity.parts[0]):
        return False
    countries = lexicons.words("countries")
    if " ".join(entity.parts) in countries or any(part in countries for part in entity.parts):
        return False
    company = head in lexicons.word_set("company") or head in {"club", "team"}
    others = lexicons.word_set("public")
    if head != "group":
        others |= lexicons.word_set("civic")
    return not (company and any(part in others for part in entity.parts))


def _as_written(discourse: Discourse, phrase: Phrase) -> Answer:
    """Return a description as it stands, and remember it for "the man" who speaks on."""
    s, first = phrase.s, phrase.first
    head = _head(s, first, phrase.head)
    kind = kind_of_description(s, first, phrase.head, phrase.definite)
    if s.low[first] == "the" and phrase.core - first == 2:
        known = discourse.unnamed.get(head)
        if known is None and head in lexicons.word_set("person_noun"):
            known = _last_unnamed(discourse, phrase.index)
        if known is not None:
            return known[1], None
        brought = _introduced(discourse, phrase, head)
        if brought is not None and head in lexicons.word_set("person_noun"):
            return brought, None
    if phrase.core - first == 1 and head in lexicons.word_set("anonymous_pronoun"):
        return SpeakerGuess(None, SpeakerKind.ANONYMOUS), None
    answer = SpeakerGuess(text_of(s, first, phrase.core) or None, kind)
    owned = kind is SpeakerKind.PERSON and phrase.owner_stop > first
    if (kind in (SpeakerKind.ANONYMOUS, SpeakerKind.ORGANISATION) and head != "one") or owned:
        discourse.unnamed[head] = (phrase.index, answer)
    return answer, None


def _last_unnamed(discourse: Discourse, index: int) -> tuple[int, SpeakerGuess] | None:
    """Return the speaker without a name who spoke last, if that was just before."""
    if discourse.group is None:
        return None
    at, answer = discourse.group
    return discourse.group if answer.kind is SpeakerKind.ANONYMOUS and index - at <= 2 else None


def kind_of_description(s: Sentence, first: int, stop: int, definite: bool) -> SpeakerKind:
    """Return what sort of speaker a noun phrase describes."""
    groups = lexicons.tagged("groups")
    head = _head(s, first, stop)
    if s.low[first] in {"one", "another", "others", "some"} and stop - first == 1:
        return SpeakerKind.ANONYMOUS
    if head in groups:
        return SpeakerKind(groups[head])
    if head in lexicons.words("role_nouns"):
        return SpeakerKind.PERSON if definite else SpeakerKind.ANONYMOUS
    bodies = lexicons.word_set("company") | lexicons.word_set("body")
    if head in lexicons.words("organisations") or head in lexicons.words("countries"):
        return SpeakerKind.ORGANISATION
    if head in bodies | lexicons.word_set("country"):
        return SpeakerKind.ORGANISATION
    if any(s.low[k] in groups for k in range(first, stop)):
        return SpeakerKind.GROUP
    if head.endswith("s") and s.tags[stop - 1] == "N":
        return SpeakerKind.GROUP
    return SpeakerKind.UNKNOWN


def _head(s: Sentence, first: int, stop: int) -> str:
    """Return the head noun of a description: "person" in "a person familiar"."""
    groups, roles = lexicons.tagged("groups"), lexicons.words("role_nouns")
    if s.low[stop - 1] in lexicons.words("organisations"):
        return s.low[stop - 1]
    for k in range(stop - 1, first - 1, -1):
        if s.low[k] in groups or s.low[k] in roles:
            return s.low[k]
        if s.tags[k] == "H" or s.low[k] in lexicons.words("organisations"):
            break
    return s.low[stop - 1]
