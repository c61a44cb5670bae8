"""From the words of a quotation to a sentence that stands alone, for an editor to begin with.

Who speaks is put in for "I" and "we", the place for "here" and "the country", dates for "this
week" (`relative_dates`). Where it cannot be told whom a pronoun means, the words stay as they
are behind the speaker's name: "Minna Aalto: We have inspected 85% of the dykes."
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from claims.extraction import lexicons
from claims.extraction.relative_dates import with_dates
from claims.extraction.tokens import DATELINE

PERSON, ORGANISATION, GROUP = "person", "organisation", "group"


@dataclass(frozen=True, slots=True)
class Said:
    """What is known of an utterance; what is empty is not known."""

    speaker: str = ""
    kind: str = PERSON
    """A value of SpeakerKind."""
    organisation: str = ""
    """For whom a person says "we"."""
    day: date | None = None
    """When the article came out."""
    place: str = ""
    country: str = ""
    cue: str = ""
    """The words that introduce the utterance ("promised")."""
    quoted: bool = True
    """Whether these are the speaker's own words, or the writer's account of them."""


def place_of(text: str) -> tuple[str, str]:
    """City and country of an article by its dateline; "" for what it does not say.

    "KABUL, July 9 (Reuters) - " gives Kabul and Afghanistan.
    """
    found = DATELINE.match(text)
    if found is None:
        return "", ""
    city, _, rest = found.group().partition(",")
    city = " ".join(re.split(r" ?(?:\(|—|–|--| - )", city)[0].split()).title()
    if not city or len(city) < 3:
        return "", ""
    named = re.split(r"[,(—–-]", rest)[0].strip()
    country = _countries().get(city.lower().replace(" ", "_"), "")
    if named.lower() in lexicons.words("countries"):
        country = named
    elif re.fullmatch(r"[A-Z][a-z]+(?: [A-Z][a-z]+)*", named):
        country = ""  # a state or a province, of a city that has the name of another
    return city, country


def stand_alone(words: str, said: Said) -> str:
    """Return ``words`` (without quotation marks) as one sentence that stands alone."""
    text = " ".join(words.split()).removeprefix("that ").rstrip(",;: ")
    if said.day is not None:
        text = with_dates(text, said.day)
    text = _with_place(text, said)
    text, clear = _with_speaker(text, said)
    text = _sentence(text)
    return text if clear or not said.speaker else f"{said.speaker}: {text}"


# --- Place --------------------------------------------------------------------------------

_HERE = re.compile(
    r"\b(?P<own>from|around|near|in|to)?\s*\bhere\b(?!['’]s)(?!\s+(?:is|are|was|were|we|you|comes)\b)",
    re.IGNORECASE,
)
_CITY = re.compile(r"\b(?:this|our) (?:city|town)\b", re.IGNORECASE)
_LAND = re.compile(r"\b(?:this|our|the) (?:country|nation)\b", re.IGNORECASE)


def _countries() -> dict[str, str]:
    return lexicons.tagged("capitals")


def _with_place(text: str, said: Said) -> str:
    if said.place:
        text = _HERE.sub(lambda m: _like(m, f"{m.group('own') or 'in'} {said.place}"), text)
        text = _CITY.sub(said.place, text)
    lands = lexicons.words("countries")
    if said.country and not any(w.lower() in lands for w in re.findall(r"\w+", text)):
        text = _LAND.sub(lambda m: _like(m, said.country), text)
    return text


def _like(found: re.Match[str], text: str) -> str:
    """``text`` with a capital where what it stands for has one; blanks before it are kept."""
    before = found.group()[: len(found.group()) - len(found.group().lstrip())]
    first = found.group().strip()[0]
    return before + (text[0].upper() + text[1:] if first.isupper() else text)


# --- Speaker ------------------------------------------------------------------------------

_FIRST = re.compile(r"\b(?:I|[Mm]e|[Mm]y|[Mm]ine|[Mm]yself)\b(?!\.)")
_PLURAL = re.compile(r"\b(?:[Ww]e|[Uu]s|[Oo]urs?|[Oo]urselves)\b")
_YOU = re.compile(r"\b(?:you|your|yours)\b", re.IGNORECASE)
_BACK = re.compile(r"(?:he|she|they|it|this|that|these|those|his|her|their|its)\b", re.IGNORECASE)
_INFINITIVE = re.compile(r"to ([a-z]+)\b")
_HAVING = re.compile(r"(?:of )?having (?=[a-z])")
_OATHS = frozenset(
    ["promise", "pledge", "vow", "offer", "agree", "threaten", "undertake", "commit"]
)
_THIRD = {"am": "is", "are": "is", "were": "was", "have": "has", "do": "does"}
_SAME = frozenset(
    ["will", "would", "can", "could", "should", "must", "may", "might", "shall", "had", "did"]
)
_SHORT = {"m": "is", "re": "are", "ve": "have", "ll": "will", "d": "would"}
_ADVERBS = "also|always|already|even|ever|just|never|not|now|often|only|still|then"


def _with_speaker(text: str, said: Said) -> tuple[str, bool]:
    """The text with the speaker put in, and whether it is clear now who is meant."""
    name = said.speaker
    if not name:
        return text, not _unclear(text)
    have = "have" if said.kind == GROUP else "has"
    if _HAVING.match(text):
        return _HAVING.sub(f"{name} {have} ", text, count=1), True
    promise = _INFINITIVE.match(text)
    if promise:
        lemma = _lemma(said.cue)
        return (f"{name} will {text[3:]}", True) if lemma in _OATHS else (text, False)
    if not said.quoted:
        return _reported(text, said)
    whole = text
    if _FIRST.search(text):
        done = _replaced(text, _FIRST, name, _last_name(name)) if said.kind == PERSON else None
        if done is None:
            return whole, False
        text = done
    if _PLURAL.search(text):
        us = name if said.kind in {ORGANISATION, GROUP} else said.organisation
        done = _replaced(text, _PLURAL, us, us, singular=said.kind != GROUP) if us else None
        if done is None:
            return whole, False
        text = done
    return (whole, False) if _unclear(text) else (text, True)


def _reported(text: str, said: Said) -> tuple[str, bool]:
    """An account of what was said: "he had inspected …" is the speaker who has."""
    own = {PERSON: r"(?:he|she)", ORGANISATION: r"it", GROUP: r"they"}.get(said.kind)
    theirs = {PERSON: r"(?:his|her)", ORGANISATION: r"its", GROUP: r"their"}.get(said.kind)
    if own is None:
        return text, not _unclear(text)
    for pattern, name in ((own, said.speaker), (theirs, _of(said.speaker))):
        found = re.match(rf"{pattern}\b(?!['’])", text, re.IGNORECASE)
        if found:
            return name + text[found.end() :], True
    return text, not _unclear(text)


def _replaced(
    text: str, pronouns: re.Pattern[str], name: str, again: str, *, singular: bool = True
) -> str | None:
    """The text with ``name``, then ``again``, for every pronoun; None when that goes wrong."""
    pieces, reached, first = [], 0, True
    for found in pronouns.finditer(text):
        if found.start() < reached:
            return None
        word = found.group().lower()
        shown = name if first else again
        pieces.append(text[reached : found.start()])
        reached, first = found.end(), False
        if word in {"my", "our", "mine", "ours"}:
            pieces.append(_of(shown))
        elif word in {"me", "us"}:
            pieces.append(shown)
        elif word in {"i", "we"}:
            behind = _agreeing(text[found.end() :], singular)
            if behind is None:
                return None
            taken, verb = behind
            pieces.append(shown + verb)
            reached += taken
        else:
            return None
    return "".join([*pieces, text[reached:]])


def _agreeing(rest: str, singular: bool) -> tuple[int, str] | None:
    """How many characters behind the pronoun its verb takes, and what stands there instead."""
    short = re.match(r"['’](m|re|ve|ll|d)\b", rest)
    if short:
        verb = _SHORT[short.group(1)]
        return short.end(), " " + (_THIRD.get(verb, verb) if singular else verb)
    lead = re.match(rf"(?:\s+(?:\w+ly|{_ADVERBS})\b)*", rest)
    start = lead.end() if lead else 0
    found = re.match(r"\s+([a-z]+?n['’]t|[a-z]+)\b", rest[start:])
    if found is None:
        return None
    verb = found.group(1)
    base = re.sub(r"n['’]t$", "", verb)
    negation = " not" if base != verb else ""
    base = {"wo": "will", "ca": "can"}.get(base, base) if negation else base
    if singular:
        third = _third(base)
        if third is None:
            return None
        base = third
    return start + found.end(), rest[:start] + " " + base + negation


def _third(verb: str) -> str | None:
    """The form of a verb with "she": has for have, pays for pay, paid for paid; None if unknown."""
    if verb in _THIRD:
        return _THIRD[verb]
    if verb in _SAME or verb in _THIRD.values():
        return verb
    form = lexicons.verb_forms().get(verb)
    if form is None:
        return None
    if form.tag != "B":
        return verb if form.tag in {"V", "E"} else None
    if verb.endswith(("s", "x", "z", "ch", "sh", "o")):
        return verb + "es"
    if verb.endswith("y") and verb[-2:-1] not in set("aeiou"):
        return verb[:-1] + "ies"
    return verb + "s"


def _unclear(text: str) -> bool:
    """Whether somebody is meant whom the text does not name."""
    return bool(
        _FIRST.search(text) or _PLURAL.search(text) or _YOU.search(text) or _BACK.match(text)
    )


def _lemma(cue: str) -> str:
    for word in reversed(re.findall(r"[a-z]+", cue.lower())):
        form = lexicons.verb_forms().get(word)
        if form is not None:
            return form.lemma
    return ""


def _of(name: str) -> str:
    return f"{name}’" if name.endswith("s") else f"{name}’s"


def _last_name(name: str) -> str:
    """What a person is called the second time."""
    words = name.split()
    return words[-1] if 2 <= len(words) <= 3 and words[-1][:1].isupper() else name


def _sentence(text: str) -> str:
    text = text[:1].upper() + text[1:]
    return text if not text or text[-1] in ".?!…" else f"{text}."
