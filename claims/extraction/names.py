"""Who is named in an article: the runs of ``mentions``, grouped into one entity a name.

Resolution uses nothing but the tagged sentences, so an engine that finds its quotations in
another way can use it as well.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from claims.extraction import evidence, lexicons
from claims.extraction.mentions import (
    NameRun,
    acronym_behind,
    family_first,
    is_byline,
    is_headline,
    is_place_adjective,
    kind_of_name,
    name_runs,
    plain_titles,
)
from claims.extraction.roles import body_noun, role_words, roles_of, subject_role
from claims.extraction.tokens import Sentence
from claims.extraction.types import SpeakerKind

MAX_SHARING = 12
"""How many entities that share one word of a name are kept apart; more is noise, not names."""

MAX_LEAD = 3
"""How many sentences behind the lead the name of its subject may stand."""

MAX_WRITTEN = 40
"""How many places of a name are kept to learn from: more of them tell nothing new."""

_WHOLE, _FAMILY, _GIVEN, _PART, _BODY = range(5)


@dataclass(slots=True, eq=False)
class Entity:
    """One named person or organisation: its fullest name and what the article says of it.

    ``parts`` are the words of the name in lower case, without Jr. and the like. ``written`` holds
    mentions as (sentence, first token, tokens of the name); ``introduced`` is
    the first sentence that has one. ``kin`` holds words such as "sister", ``deeds`` the roles that
    a verb gives ("leader" of one who leads), ``nouns`` what an organisation is called ("union").
    ``regnal`` is the title that belongs to a name of one word ("Pope Francis"); ``place`` tells
    that it was named as a place; ``age`` is the number behind a name ("Ann Lee, 61,"), 0 if none.
    """

    name: str
    kind: SpeakerKind
    gender: str = ""
    roles: list[str] = field(default_factory=list)
    kin: set[str] = field(default_factory=set)
    deeds: set[str] = field(default_factory=set)
    nickname: str = ""
    parts: list[str] = field(init=False)
    regnal: str = ""
    nouns: set[str] = field(default_factory=set)
    written: list[tuple[int, int, int]] = field(default_factory=list)
    introduced: int = sys.maxsize
    place: bool = False
    age: int = 0

    @property
    def shown(self) -> str:
        """The name as an answer gives it."""
        return f"{self.regnal} {self.name}" if self.regnal else self.name

    def __post_init__(self) -> None:
        """Cut the name into its words, once: they are looked at a lot."""
        suffixes = lexicons.word_set("suffix")
        self.parts = [word for word in self.name.lower().split() if word not in suffixes]

    @property
    def suffix(self) -> str:
        """ "jr" or "iii" of a name that has it, else ""."""
        last = self.name.lower().split()[-1]
        return last.rstrip(".") if last in lexicons.word_set("suffix") else ""

    @property
    def is_person(self) -> bool:
        """Tell whether this is known to be a person."""
        return self.kind is SpeakerKind.PERSON


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A name at a place of a sentence; ``entity`` is None where several have the name."""

    run: NameRun
    entity: Entity | None
    subject: bool


@dataclass(slots=True)
class Names:
    """All entities of an article and how a written name leads to them."""

    entities: list[Entity] = field(default_factory=list)
    by_name: dict[str, Entity] = field(default_factory=dict)
    by_word: dict[str, list[Entity]] = field(default_factory=dict)
    by_role: dict[str, list[Entity]] = field(default_factory=dict)
    by_kin: dict[str, list[Entity]] = field(default_factory=dict)
    by_deed: dict[str, list[Entity]] = field(default_factory=dict)
    by_noun: dict[str, list[Entity]] = field(default_factory=dict)
    by_sentence: dict[int, list[Occurrence]] = field(default_factory=dict)
    verbs: dict[int, int] = field(default_factory=dict)
    _first: list[Entity] | None = None

    def add(self, entity: Entity) -> None:
        """Index a new entity by its name and the words that may stand for it."""
        self.entities.append(entity)
        self.by_name.setdefault(entity.name.lower(), entity)
        for part in entity.parts:
            _share(self.by_word, part, entity)
            for piece in part.split("-") if "-" in part else ():
                _share(self.by_word, piece, entity)
        if entity.nickname:
            _share(self.by_word, entity.nickname.lower(), entity)
        initials = _initials(entity)
        if len(initials) > 2:
            _share(self.by_word, initials, entity)

    def lookup(self, name: tuple[str, ...], titles: tuple[str, ...] = ()) -> list[Entity]:
        """Return the entities that a written name may mean; exactly one if it is clear."""
        exact = self.by_name.get(" ".join(name).lower())
        if exact is not None and (len(name) > 1 or exact.kind is SpeakerKind.ORGANISATION):
            return [exact]
        suffixes = lexicons.word_set("suffix")
        low = [part.lower() for part in name if part.lower() not in suffixes]
        if not low:
            return []
        suffix = name[-1].lower().rstrip(".") if name[-1].lower() in suffixes else ""
        ranked = [
            (rank, e)
            for e in self.by_word.get(low[-1], [])
            if (rank := _rank(low, e, bool(titles))) is not None
            and (not suffix or e.suffix in ("", suffix))
        ]
        best = min((rank for rank, _ in ranked), default=0)
        found = list(dict.fromkeys(e for rank, e in ranked if rank == best))
        found = _fitting(found, titles)
        if not found and exact is not None and _agrees(exact, titles):
            return [exact]
        return found

    def first_people(self) -> list[Entity]:
        """Return the two people, or names that may be people, who were named first."""
        if self._first is None:
            people = [
                e
                for e in self.entities
                if e.is_person or (e.kind is SpeakerKind.UNKNOWN and len(e.parts) > 1)
            ]
            self._first = sorted(people, key=lambda e: e.introduced)[:2]
        return self._first

    def at(self, index: int, first: int, stop: int) -> list[Occurrence]:
        """Return the names that stand in a range of tokens, in order."""
        return [
            o for o in self.by_sentence.get(index, []) if o.run.first < stop and first < o.run.stop
        ]


def _share(index: dict[str, list[Entity]], word: str, entity: Entity) -> None:
    sharing = index.setdefault(word, [])
    if len(sharing) < MAX_SHARING and entity not in sharing:
        sharing.append(entity)


def _initials(entity: Entity) -> str:
    """Return "ioc" for the International Olympic Committee, "" for people."""
    if entity.kind is SpeakerKind.PERSON:
        return ""
    return "".join(word[0] for word in entity.name.split() if word[0].isupper()).lower()


def _rank(low: list[str], entity: Entity, titled: bool) -> int | None:
    """Return how well lower-case words name an entity, the less the better; None if not at all."""
    parts = entity.parts
    if entity.kind is SpeakerKind.ORGANISATION:
        return None if titled else _rank_of_organisation(low, entity, parts)
    if len(low) > 1:
        return _WHOLE if _follows(low, parts, entity.nickname.lower()) else None
    word = low[0]
    if len(parts) == 1:
        return _FAMILY if parts[0] == word else None
    if word == parts[-1]:
        return _FAMILY
    if word == parts[0]:
        return _FAMILY if family_first(parts) or _by_given_name(parts) else _GIVEN
    if word == entity.nickname.lower():
        return _GIVEN
    if word in parts:
        return _GIVEN if word not in lexicons.word_set("particle") else None
    if any(word in part.split("-") for part in parts):
        return _PART
    return None


def _by_given_name(parts: list[str]) -> bool:
    """Tell names that are used by the first one: Icelandic ones, and "Aziz bin Rahman"."""
    if parts[-1].endswith(("dóttir", "dottir")) or any(p in _PATRONYMS for p in parts[1:-1]):
        return True
    return parts[-1].endswith("son") and any(ord(c) > 127 for c in "".join(parts))


_PATRONYMS = frozenset(["bin", "binti", "binte", "bint", "anak"])


def _follows(low: list[str], parts: list[str], nickname: str) -> bool:
    """Tell whether words stand in a name in that order: "S. Lavrov" in "Sergei Lavrov"."""
    at = 0
    for k, word in enumerate(low):
        bare = word.rstrip(".")
        while at < len(parts):
            part = parts[at]
            at += 1
            same = part == word or (k + 1 < len(low) and _short_for(bare, part, nickname))
            if same:
                break
        else:
            return False
    return True


def _short_for(word: str, part: str, nickname: str) -> bool:
    if len(word) == 1:
        return part.startswith(word)
    return word == nickname or part in lexicons.nicknames().get(word, ())


def _rank_of_organisation(low: list[str], entity: Entity, parts: list[str]) -> int | None:
    """Rank "Orlin" for "Orlin Foods", "ECHA" by its letters, "the ministry" not at all."""
    if len(low) == 1 and (low[0] == _initials(entity) or low[0] == entity.nickname.lower()):
        return _WHOLE
    if low == parts:
        return _WHOLE
    if parts[: len(low)] == low and (len(low) > 1 or _distinctive(low[0])):
        return _GIVEN
    if len(low) > 1:
        return None
    if low[0] in lexicons.words("organisations") or low[0] in lexicons.word_set("takes_of"):
        return _BODY if low[0] in parts and len(parts) > 1 else None
    if not _distinctive(low[0]):
        return None
    until = next((k for k, part in enumerate(parts) if part in {"of", "for", "in"}), len(parts))
    return _PART if low[0] in parts[:until] else None


def _distinctive(word: str) -> bool:
    if word in lexicons.words("organisations") or word in lexicons.word_set("takes_of"):
        return False
    if word in lexicons.tagged("groups"):
        return False
    return (
        len(word) > 2
        and not is_place_adjective(word)
        and word not in lexicons.word_set("common_in_names")
    )


def _agrees(entity: Entity, titles: tuple[str, ...]) -> bool:
    gender = evidence.gender_of_words(titles)
    return not gender or entity.gender in (gender, "", evidence.NON_BINARY)


def _fitting(found: list[Entity], titles: tuple[str, ...]) -> list[Entity]:
    """Narrow several people of one surname by "Mrs" or "Councillor" before it."""
    found = [e for e in found if _agrees(e, titles)]
    if len(found) < 2:
        return found
    gender = evidence.gender_of_words(titles)
    if gender:
        found = [e for e in found if e.gender == gender] or found
    for title in plain_titles(titles):
        word = title.lower().rstrip(".")
        word = lexicons.title_forms().get(word, word)
        holders = [e for e in found if any(word in role_words(role) for role in e.roles)]
        found = holders or found
    return found


def collect(sentences: Iterable[Sentence]) -> Names:
    """Return the names of an article with roles, genders and places of mention."""
    read = list(sentences)
    names = Names()
    lower = {w for s in read for w, tag in zip(s.words, s.tags, strict=True) if tag != "C"}
    every = [(i, s, run) for i, s in enumerate(read) if not is_byline(s) for run in name_runs(s)]
    runs = [r for r in every if r[2].name]
    _add_joint_names(runs)
    runs.sort(key=lambda r: (-min(len(r[2].name), 7), not r[2].titles))
    later = [(i, s, _as_surname(run)) for i, s, run in every if not run.name]
    for index, s, run in runs:
        if _ordinary(run, lower) or is_headline(s):
            later.append((index, s, run))
        else:
            _record(names, index, s, run)
    for index, s, run in later:
        known = names.lookup(run.name) if run.name else []
        if any(e.is_person for e in known) or (known and is_headline(s)):
            _record(names, index, s, run)
    for occurrences in names.by_sentence.values():
        occurrences.sort(key=lambda o: o.run.first)
    _settle(names, read)
    return names


def _add_joint_names(runs: list[tuple[int, Sentence, NameRun]]) -> None:
    """Give "Dominic" his surname in "Dominic and Imogen Farr"."""
    at = {(index, run.first): k for k, (index, _, run) in enumerate(runs)}
    for k, (index, s, run) in enumerate(runs):
        if len(run.name) != 1 or s.low[run.stop : run.stop + 1] != ["and"]:
            continue
        behind = at.get((index, run.stop + 1))
        given = lexicons.given_names()
        if behind is None or run.name[0].lower() not in given:
            continue
        partner = runs[behind][2]
        if len(partner.name) > 1 and partner.name[0].lower() in given and not partner.titles:
            runs[k] = (index, s, replace(run, name=(run.name[0], *partner.name[1:])))


def _as_surname(run: NameRun) -> NameRun:
    """Read a title that stands alone as a surname: "King said"."""
    return replace(run, name=run.titles[-1:], titles=run.titles[:-1])


def _ordinary(run: NameRun, lower: set[str]) -> bool:
    """Tell whether a capital stands only because a sentence starts."""
    if len(run.name) > 1 or run.titles or run.first > 0:
        return False
    low = run.name[0].lower()
    if low.endswith("ing") and len(low) > 5 and low not in lexicons.countries_or_given():
        # "Reacting, the commissioner ..."; "Harding" is known by his full name.
        return low not in lexicons.words("organisations")
    return low in lower or low in lexicons.tagged("groups") or len(low) < 2


def _record(names: Names, index: int, s: Sentence, run: NameRun) -> None:
    found = names.lookup(run.name, run.titles)
    if len(found) > 1 and plain_titles(run.titles):
        gender = evidence.own_pronoun(s, run.stop)
        fitting = [e for e in found if e.gender == gender]
        found = [e for e in fitting if e.introduced <= index] or fitting or found
    entity: Entity | None = None
    if not found:
        entity = _new(names, s, run)
        names.add(entity)
    elif len(found) == 1:
        entity = found[0]
    occurrences = names.by_sentence.setdefault(index, [])
    if index not in names.verbs:
        names.verbs[index] = evidence.first_verb(s)
    subject = evidence.is_subject(s, run.first, names.verbs[index])
    occurrences.append(Occurrence(run, entity, subject))
    if entity is None:
        return
    entity.introduced = min(entity.introduced, index)
    if len(entity.written) < MAX_WRITTEN:
        entity.written.append((index, run.name_first, run.stop - run.name_first))
    if run.titles and entity.kind is SpeakerKind.UNKNOWN:
        entity.kind = SpeakerKind.PERSON
    if run.titles and len(entity.parts) == 1 and _is_regnal(run.titles[-1]):
        entity.regnal = run.titles[-1]
    noun = body_noun(s, run)
    if (
        noun
        and not run.titles
        and (not _surely_person(entity) or _called_body(s, run, entity, noun))
    ):
        entity.kind = SpeakerKind.ORGANISATION
        entity.nouns.add(noun)
    if entity.kind in (SpeakerKind.PERSON, SpeakerKind.UNKNOWN):
        _learn(entity, s, run)


def _is_regnal(title: str) -> bool:
    return title.lower().rstrip(".") in lexicons.word_set("regnal")


def _called_body(s: Sentence, run: NameRun, entity: Entity, noun: str) -> bool:
    """Tell "River Watch, a campaign group," though River is a given name too."""
    if noun not in lexicons.word_set("sure_body"):
        return False
    return entity.is_person and not entity.roles and s.tags[run.stop : run.stop + 1] == [","]


def _surely_person(entity: Entity) -> bool:
    """Tell people, and groups, that no noun beside the name makes an organisation."""
    told = bool(entity.roles) or entity.parts[0] in lexicons.given_names()
    return entity.kind is SpeakerKind.GROUP or (entity.is_person and told)


def _new(names: Names, s: Sentence, run: NameRun) -> Entity:
    name = " ".join(run.name)
    known = names.by_word.get(name.lower(), [])
    if run.titles and any(e.is_person for e in known):
        # Mrs Clinton is not the Bill Clinton that the article knows: the title keeps them apart.
        name = " ".join([*run.titles, name])
    acronym = acronym_behind(s, run.stop)
    kind = kind_of_name(run)
    if acronym is not None and kind is not SpeakerKind.PERSON:
        return Entity(name, SpeakerKind.ORGANISATION, nickname=acronym)
    return Entity(name, kind, nickname=run.nickname)


def _learn(entity: Entity, s: Sentence, run: NameRun) -> None:
    """Take gender, role and kin from what stands beside a name."""
    for role in roles_of(s, run):
        last = role.lower().split()[-1]
        if last in lexicons.kin():
            entity.kin.add(last)
        elif role not in entity.roles and len(entity.roles) < MAX_SHARING:
            entity.roles.append(role)
        if last != "rival" or len(entity.parts) > 1:
            entity.kind = SpeakerKind.PERSON
        if not entity.gender:
            entity.gender = evidence.gender_of_words(role.split())
    entity.age = entity.age or evidence.age_behind(s, run.stop)
    entity.deeds |= evidence.deeds(s, run.stop)
    if any(title.lower().rstrip(".") == "dr" for title in run.titles):
        entity.deeds.add("doctor")
    told = evidence.gender_of_words(run.titles)
    if told:
        entity.gender = told
    elif not entity.gender:
        entity.gender = evidence.gender_of_name(entity.parts)


def _settle(names: Names, sentences: list[Sentence]) -> None:
    """Decide what each entity is, from all its mentions, and index what people are."""
    for entity in names.entities:
        if entity.kind is SpeakerKind.UNKNOWN:
            _settle_kind(entity, sentences)
    for index, s in enumerate(sentences):
        at = evidence.says_they(s)
        if at is not None:
            person = _person_before(names, index, at)
            if person is not None:
                person.gender = evidence.NON_BINARY
    _name_lead(names, sentences)
    _call_posts(names)
    for entity in names.entities:
        for word in {w for r in entity.roles for w in [*role_words(r), *r.lower().split()]}:
            _share(names.by_role, word, entity)
        for word in sorted(entity.kin):
            _share(names.by_kin, word, entity)
        for word in sorted(entity.nouns):
            _share(names.by_noun, word, entity)
        for word in sorted(entity.deeds):
            _share(names.by_deed, word, entity)


def _call_posts(names: Names) -> None:
    """Let "the PPRO" mean the Police Public Relations Officer, if nothing else is called so."""
    posts = {
        _capitals(role)[:k]: e
        for e in names.entities
        for role in e.roles
        for k in (3, 4, 5)
        if e.is_person and len(_capitals(role)) >= k
    }
    for index, occurrences in names.by_sentence.items():
        for k, o in enumerate(occurrences):
            letters = (
                o.entity is not None and not o.entity.nickname and o.run.name == (o.entity.name,)
            )
            holder = posts.get(o.run.name[0]) if letters and not o.run.titles else None
            if holder is not None and holder.introduced <= index:
                occurrences[k] = replace(o, entity=holder)


def _capitals(role: str) -> str:
    return "".join(word[0] for word in role.split() if word[0].isupper())


def _name_lead(names: Names, sentences: list[Sentence]) -> None:
    """Give the role of the lead to who is named next: "The head of Calder quit.", "Tom Ray said".

    Only where the lead names nobody and no role is told of the first person behind it.
    """
    lead = next((i for i, s in enumerate(sentences) if s.tags[-1] == "."), None)
    role = subject_role(sentences[lead]) if lead is not None else ""
    people = [e for e in names.entities if e.is_person]
    if lead is None or not role or any(e.introduced == lead for e in people):
        return
    told = {word for e in people for told in e.roles for word in role_words(told)}
    for occurrences in (names.by_sentence.get(lead + k, []) for k in range(1, MAX_LEAD + 1)):
        here = [o for o in occurrences if o.entity is not None and o.entity.is_person]
        if here:
            one = here[0].entity
            plain = one is not None and not one.roles and not one.kin
            if one is not None and plain and len(here) == 1 and role_words(role)[0] not in told:
                one.roles.append(role)
            return


def _settle_kind(entity: Entity, sentences: list[Sentence]) -> None:
    """Make a person of a name that does what people do, an organisation of one that does not."""
    places = [(sentences[i], k, n) for i, k, n in entity.written]
    entity.place = any(evidence.is_place(s, k, k + n) for s, k, n in places)
    alone = [(s, k) for s, k, n in places if s.tags[k + n : k + n + 1] != ["N"]]
    articles = sum(evidence.has_article(s, k) for s, k in alone)
    alone_in_name = len(entity.parts) == 1
    offices = alone_in_name and any(evidence.owns_office(s, k + n) for s, k, n in places)
    which = any(s.low[k + n : k + n + 2] == [",", "which"] for s, k, n in places)
    offices = offices or any(evidence.has_office(s, k) for s, k, _ in places)
    if 2 * articles > len(alone) or entity.place or which or offices:
        entity.kind = SpeakerKind.ORGANISATION
        return
    short = 2 <= len(entity.parts) <= 4 and not is_place_adjective(entity.parts[0])
    if short and any(_as_person(entity, s, k, n) for s, k, n in places):
        entity.kind = SpeakerKind.PERSON


def _person_before(names: Names, index: int, at: int) -> Entity | None:
    """Return the person named last before a token of a sentence, or in the sentence before."""
    for back in (index, index - 1):
        people = [
            o.entity
            for o in names.by_sentence.get(back, [])
            if o.entity is not None
            and o.entity.kind in (SpeakerKind.PERSON, SpeakerKind.UNKNOWN)
            and (back < index or o.run.first < at)
        ]
        if people:
            return people[-1]
    return None


def _as_person(entity: Entity, s: Sentence, first: int, length: int) -> bool:
    behind = s.tags[first + length : first + length + 2]
    if length < len(entity.parts) or behind[:1] == ["W"] or behind in ([",", "W"], [",", "M"]):
        return True
    if behind == [",", "D"] and "W" in s.tags[first + length : first + length + 8]:
        return True
    return _speech_verb(s, first + length) or (first > 0 and _speech_verb(s, first - 1))


def _speech_verb(s: Sentence, at: int) -> bool:
    return at < len(s) and s.low[at] in lexicons.word_set("speech")
