"""Who is named in an article: runs of capitalised words, grouped into one entity a name.

Resolution uses nothing but the tagged sentences, so an engine that finds its quotations in
another way can use it as well.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from claims.extraction import lexicons
from claims.extraction.tokens import Sentence
from claims.extraction.types import SpeakerKind

MAX_NAME_TOKENS = 6
"""A longer run of capitalised words is a headline, not a name."""

MAX_ROLE_TOKENS = 10
"""How far an appositive is read for the role it gives."""

_PARTICLES = frozenset("de la van von der den bin ibn al el da di du dos abu ben ter le of".split())
_SUFFIXES = frozenset(["jr", "jr.", "sr", "sr.", "ii", "iii", "iv"])
_GENDERED = {
    "mr": "m", "sir": "m", "lord": "m", "king": "m", "prince": "m", "spokesman": "m",
    "chairman": "m", "congressman": "m", "businessman": "m", "actor": "m", "pope": "m",
    "mrs": "f", "ms": "f", "miss": "f", "dame": "f", "lady": "f", "queen": "f", "princess": "f",
    "spokeswoman": "f", "chairwoman": "f", "congresswoman": "f", "businesswoman": "f",
    "actress": "f", "duchess": "f", "father": "m", "mother": "f", "councilwoman": "f",
}  # fmt: skip


@dataclass(slots=True)
class Entity:
    """One named person or organisation: its fullest name and what the article says of it."""

    name: str
    kind: SpeakerKind
    gender: str = ""
    roles: list[str] = field(default_factory=list)
    mentions: list[tuple[int, int]] = field(default_factory=list)

    @property
    def parts(self) -> list[str]:
        """The words of the name in lower case, without Jr. and the like."""
        return [w for w in self.name.lower().split() if w not in _SUFFIXES]


@dataclass(frozen=True, slots=True)
class NameRun:
    """A name in a sentence: titles before it are split off into ``titles``."""

    first: int
    stop: int
    name: tuple[str, ...]
    titles: tuple[str, ...]


@dataclass(slots=True)
class Names:
    """All entities of an article and how a written name leads to them."""

    entities: list[Entity] = field(default_factory=list)
    by_part: dict[str, list[Entity]] = field(default_factory=dict)
    by_name: dict[str, Entity] = field(default_factory=dict)
    by_sentence: dict[int, list[tuple[int, Entity]]] = field(default_factory=dict)

    def lookup(self, name: tuple[str, ...]) -> list[Entity]:
        """Return the entities a written name may mean; one if it is clear."""
        key = " ".join(name).lower()
        exact = self.by_name.get(key)
        if exact is not None and len(name) > 1:
            return [exact]
        fuller = self.by_part.get(name[-1].lower(), [])
        if len(name) > 1:
            wanted = [part.lower() for part in name]
            matching = [e for e in fuller if _initials_agree(wanted, e.parts)]
            return matching
        if fuller:
            return fuller
        return [exact] if exact is not None else []


def _initials_agree(wanted: list[str], parts: list[str]) -> bool:
    """Tell whether "S. Lavrov" may be "Sergei Lavrov"."""
    if not parts or wanted[-1] != parts[-1]:
        return False
    return wanted[0].rstrip(".") == parts[0][: len(wanted[0].rstrip("."))]


def name_runs(s: Sentence, first: int = 0, stop: int | None = None) -> list[NameRun]:
    """Return the names in a range of a sentence."""
    runs = []
    end = len(s) if stop is None else stop
    i = first
    while i < end:
        if s.tags[i] != "C" or not s.words[i][0].isalpha():
            i += 1
            continue
        k = i + 1
        while k < end and k - i < 2 * MAX_NAME_TOKENS:
            if s.tags[k] == "C" and s.words[k][0].isalpha():
                k += 1
            elif _joins_name(s, k, end):
                k += 1
            else:
                break
        run = _name_run(s, i, k)
        if run is not None:
            runs.append(run)
        i = k
    return runs


def _joins_name(s: Sentence, k: int, end: int) -> bool:
    if k + 1 >= end or s.tags[k + 1] != "C":
        return False
    if s.low[k] in _PARTICLES and s.low[k] != "of":
        return s.starts[k] - s.ends[k - 1] <= 1
    return s.tags[k] == "Q" and s.ends[k] - s.starts[k] <= 30


def _name_run(s: Sentence, first: int, stop: int) -> NameRun | None:
    titles = lexicons.words("titles")
    times = lexicons.words("time_words")
    k = first
    while k < stop and s.low[k].rstrip(".") in titles:
        if _is_given_name(s, k, stop):
            break
        k += 1
    end = stop
    while end > k and s.low[end - 1].rstrip(".") in times:
        end -= 1
    while k < end and s.low[k].rstrip(".") in times and s.low[k] not in {"may", "august", "april"}:
        k += 1
    name = tuple(s.words[x] for x in range(k, end) if s.tags[x] != "Q")
    if len(name) > MAX_NAME_TOKENS:
        return None
    return NameRun(first, end, name, tuple(s.words[x] for x in range(first, k)))


def _is_given_name(s: Sentence, k: int, stop: int) -> bool:
    """Tell whether a word that may be a title starts a name ("Judy Dean", "White House")."""
    return k + 1 < stop and s.low[k] in lexicons.genders() and s.low[k].isalpha() and k > 0


def collect(sentences: list[Sentence]) -> Names:
    """Return the names of an article with roles, genders and places of mention."""
    names = Names()
    lower = {w for s in sentences for w, tag in zip(s.words, s.tags, strict=True) if tag != "C"}
    pending: list[tuple[int, Sentence, NameRun]] = []
    for index, s in enumerate(sentences):
        for run in name_runs(s):
            if run.name and not _ordinary(s, run, lower):
                pending.append((index, s, run))
    for index, s, run in sorted(pending, key=lambda p: -min(len(p[2].name), 3)):
        _record(names, index, s, run)
    for mentioned in names.by_sentence.values():
        mentioned.sort(key=lambda pair: pair[0])
    return names


def _ordinary(s: Sentence, run: NameRun, lower: set[str]) -> bool:
    """Tell whether a capital stands only because a sentence starts."""
    if len(run.name) > 1 or run.titles or run.first > 0:
        return False
    low = run.name[0].lower()
    return low in lower or low.endswith("ly") or low in lexicons.tagged("groups") or len(low) < 2


def _record(names: Names, index: int, s: Sentence, run: NameRun) -> None:
    found = names.lookup(run.name)
    if len(found) > 1:
        found = _by_title(found, run.titles)
    if len(found) == 1:
        entity = found[0]
    elif found:
        return
    else:
        entity = Entity(" ".join(run.name), kind_of_name(run))
        names.entities.append(entity)
        names.by_name[entity.name.lower()] = entity
        if entity.kind is SpeakerKind.PERSON and entity.parts:
            names.by_part.setdefault(entity.parts[-1], []).append(entity)
    entity.mentions.append((index, run.first))
    names.by_sentence.setdefault(index, []).append((run.first, entity))
    if run.titles and entity.kind is SpeakerKind.UNKNOWN:
        entity.kind = SpeakerKind.PERSON
    _learn(entity, s, run)


def _by_title(found: list[Entity], titles: tuple[str, ...]) -> list[Entity]:
    wanted = gender_of_titles(titles)
    if not wanted:
        return found
    return [e for e in found if e.gender in (wanted, "")] or found


def gender_of_titles(titles: tuple[str, ...]) -> str:
    """Return "m", "f" or "" for titles such as ("Mrs.",)."""
    for title in titles:
        gender = _GENDERED.get(title.lower().rstrip("."))
        if gender:
            return gender
    return ""


def kind_of_name(run: NameRun) -> SpeakerKind:
    """Guess from the words of a name what it names."""
    low = [word.lower().rstrip(".") for word in run.name]
    if run.titles:
        return SpeakerKind.PERSON
    known = lexicons.words("organisations") | lexicons.words("countries")
    if low[0] in lexicons.genders() and len(low) > 1:
        return SpeakerKind.PERSON
    if any(word in known for word in low):
        return SpeakerKind.ORGANISATION
    if any(word in lexicons.tagged("groups") for word in low):
        return SpeakerKind.GROUP
    if all(len(word) > 1 and word.isupper() for word in run.name) and len(run.name[0]) <= 6:
        return SpeakerKind.ORGANISATION
    if len(low) in (2, 3, 4):
        return SpeakerKind.PERSON
    return SpeakerKind.UNKNOWN


def _learn(entity: Entity, s: Sentence, run: NameRun) -> None:
    """Take role and gender from titles, a role noun before and an appositive behind a name."""
    gender = gender_of_titles(run.titles)
    if not gender and entity.kind is SpeakerKind.PERSON and entity.parts:
        gender = lexicons.genders().get(entity.parts[0], "") if len(entity.parts) > 1 else ""
    courtesy = {"mr", "mrs", "ms", "miss", "mx"}
    titles = [t for t in run.titles if t.lower().rstrip(".") not in courtesy]
    role = " ".join(titles)
    before = _role_before(s, run.first)
    role = f"{before} {role}".strip() if role else before
    role = role or _role_behind(s, run.stop)
    if role and role not in entity.roles:
        entity.roles.append(role)
        if entity.kind is SpeakerKind.UNKNOWN:
            entity.kind = SpeakerKind.PERSON
    if not gender:
        for word in role.lower().split():
            gender = gender or _GENDERED.get(word, "")
    entity.gender = entity.gender or gender


def _role_before(s: Sentence, first: int) -> str:
    """Read "foreign minister" in "the foreign minister Sergei Lavrov"."""
    k = first
    while k > 0 and s.tags[k - 1] == "N" and first - k < 5:
        k -= 1
    words = s.low[k:first]
    if not words or words[-1] not in lexicons.words("role_nouns"):
        return ""
    return " ".join(s.words[k:first])


def _role_behind(s: Sentence, stop: int) -> str:
    """Read "the foreign minister" in "Sergei Lavrov, the foreign minister, ..."."""
    if stop + 1 >= len(s) or s.tags[stop] != "," or s.tags[stop + 1] not in "DNC":
        return ""
    k = stop + 1
    if s.low[k] in {"the", "a", "an"}:
        k += 1
    end = k
    while end < len(s) and end - k < MAX_ROLE_TOKENS and s.tags[end] in "NCHIDM":
        end += 1
    role_nouns = lexicons.words("role_nouns")
    if end < len(s) and s.tags[end] not in ",.WK;":
        return ""
    if not any(word in role_nouns for word in s.low[k:end]):
        return ""
    return _joined(s, k, end)


def _joined(s: Sentence, first: int, stop: int) -> str:
    """Join tokens, endings such as 's without a space before them."""
    text = ""
    for k in range(first, stop):
        glued = k == first or s.starts[k] == s.ends[k - 1]
        text += s.words[k] if glued else " " + s.words[k]
    return text
