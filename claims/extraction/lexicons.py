"""The word lists of ``lexicon/``, each read once, at its first use.

Every file says in its header how it was made. Lines starting with ``#`` are comments.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

_VERB = re.compile(r"([a-z]+)(?:\((\w+) (\w+)\))?$")
_DOUBLING = re.compile(r"[^aeiou][aeiou][bdgmnprt]$")


@dataclass(frozen=True, slots=True)
class CueVerb:
    """How one verb introduces words: its frames (see ``lexicon/cues.txt``) and particles."""

    lemma: str
    frames: frozenset[str]
    particles: frozenset[str]


@dataclass(frozen=True, slots=True)
class Form:
    """One inflected form: ``tag`` is V (finite, past or -s), B (bare), E (-ed), G (-ing)."""

    lemma: str
    tag: str


def lines(name: str) -> Iterator[str]:
    """Yield the lines of ``lexicon/NAME.txt`` without comments and blanks."""
    content = (files(__package__) / "lexicon" / f"{name}.txt").read_text(encoding="utf-8")
    for line in content.splitlines():
        if line.strip() and not line.startswith("#"):
            yield line.strip()


@cache
def words(name: str) -> frozenset[str]:
    """Return all words of a plain list."""
    return frozenset(word for line in lines(name) for word in line.split())


@cache
def tagged(name: str) -> dict[str, str]:
    """Return word → label for a list of ``label: words`` lines; the first label wins."""
    labels: dict[str, str] = {}
    for line in lines(name):
        label, _, rest = line.partition(":")
        for word in rest.split():
            labels.setdefault(word, label)
    return labels


@cache
def word_set(name: str) -> frozenset[str]:
    """Return one of the small sets of ``lexicon/word_sets.txt``; KeyError if there is none."""
    return _word_sets()[name]


@cache
def _word_sets() -> dict[str, frozenset[str]]:
    sets = {}
    for line in lines("word_sets"):
        label, _, rest = line.partition(":")
        sets[label] = frozenset(rest.split())
    return sets


@cache
def genders() -> dict[str, str]:
    """Return given name → "f" or "m", names given to both left out."""
    return {name: gender for name, gender in _given().items() if gender}


@cache
def given_names() -> frozenset[str]:
    """Return all given names, those of both genders as well."""
    return frozenset(_given())


@cache
def _given() -> dict[str, str]:
    found: dict[str, str] = {}
    for line in lines("first_names"):
        label, _, rest = line.partition(":")
        for word in rest.split():
            same = label in "fm" and found.get(word, label) == label
            found[word] = label if same else ""
    return found


@cache
def title_forms() -> dict[str, str]:
    """Return short title → the word it stands for ("sen" → "senator")."""
    pairs = (pair.partition("=") for line in lines("title_forms") for pair in line.split())
    return {short: full for short, _, full in pairs}


@cache
def role_kinds() -> dict[str, tuple[str, ...]]:
    """Return a general word for a role → the roles that it covers."""
    found = {}
    for line in lines("role_kinds"):
        general, _, roles = line.partition(":")
        found[general] = tuple(roles.split())
    return found


@cache
def deeds() -> dict[str, frozenset[str]]:
    """Return verb form → the roles of those who do that ("chairs" → "chair", "leader")."""
    found = {}
    for line in lines("deeds"):
        forms, _, roles = line.partition(":")
        found.update(dict.fromkeys(forms.split(), frozenset(roles.split())))
    return found


@cache
def countries_or_given() -> frozenset[str]:
    """Return words that name a country or a person, and so begin a name of their own."""
    return words("countries") | given_names()


@cache
def bodies() -> frozenset[str]:
    """Return the words that make a name one of an organisation or a country."""
    return words("organisations") | words("countries")


@cache
def kin() -> frozenset[str]:
    """Return the words for members of a family ("sister")."""
    return word_set("kin_male") | word_set("kin_female") | word_set("kin_any")


@cache
def nicknames() -> dict[str, frozenset[str]]:
    """Return short form → the given names that it may stand for."""
    found = {}
    for line in lines("nicknames"):
        short, _, rest = line.partition(":")
        found[short] = frozenset(rest.split())
    return found


@cache
def cue_verbs() -> dict[str, CueVerb]:
    """Return lemma → CueVerb; lines of the same verb add up."""
    verbs: dict[str, CueVerb] = {}
    for line in lines("cues"):
        head, _, rest = line.partition(":")
        frames, _, particles = rest.partition("-")
        lemma = head.partition("(")[0]
        known = verbs.get(lemma, CueVerb(lemma, frozenset(), frozenset()))
        verbs[lemma] = CueVerb(
            lemma,
            known.frames | frozenset(frames.split()),
            known.particles | frozenset(p for p in particles.split() if p.isalpha()),
        )
    return verbs


@cache
def verb_forms() -> dict[str, Form]:
    """Return inflected form → Form for every verb of ``cues`` and ``verbs``."""
    forms: dict[str, Form] = {}
    heads = [line.partition(":")[0] for line in lines("cues")]
    for line in lines("verbs"):
        heads.extend(re.findall(r"[a-z]+(?:\(\w+ \w+\))?", line))
    for head in heads:
        match = _VERB.match(head)
        if match is None:
            continue
        lemma, past, participle = match.groups()
        for form, tag in _inflect(lemma, past, participle):
            forms.setdefault(form, Form(lemma, tag))
    return forms


def _inflect(lemma: str, past: str | None, participle: str | None) -> Iterator[tuple[str, str]]:
    if lemma.endswith(("s", "x", "z", "ch", "sh", "o")):
        third = lemma + "es"
    elif lemma.endswith("y") and lemma[-2] not in "aeiou":
        third = lemma[:-1] + "ies"
    else:
        third = lemma + "s"
    stem = lemma[:-1] if lemma.endswith("e") and not lemma.endswith(("ee", "oe")) else lemma
    doubles = lemma[-1] in "bdgmnprt" and (
        (past or "").startswith(lemma + lemma[-1])
        or (_DOUBLING.search(lemma) is not None and len(lemma) <= 4)
    )
    if doubles:
        stem = lemma + lemma[-1]
    if lemma.endswith("ie"):
        stem = lemma[:-2] + "y"
    yield lemma, "E" if past == lemma else "B"
    yield third, "V"
    yield stem + "ing", "G"
    if past and participle:
        finite = past != participle and not past.endswith("ed")
        yield past, "V" if finite or past == "said" else "E"
        yield participle, "E"
    elif lemma.endswith("y") and lemma[-2] not in "aeiou":
        yield lemma[:-1] + "ied", "E"
    elif lemma.endswith("e"):
        yield lemma + "d", "E"
    else:
        yield stem + "ed", "E"
