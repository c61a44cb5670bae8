"""Cues: the verbs and fixed phrases that tie words to a speaker, with the subject they have.

The frames come from ``lexicon/cues.txt``; Pareti et al. 2013, "Automatically detecting and
attributing indirect quotations", show why the verb alone is not enough and what follows it
decides.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from claims.extraction import lexicons
from claims.extraction.grammar import Range, finite_subject_before, subject, verb_group
from claims.extraction.lexicons import CueVerb
from claims.extraction.tokens import Sentence

ANY_VERB = CueVerb("", frozenset("q"), frozenset())
"""Stands for a verb that is in no list but has a quotation before it."""


@dataclass(frozen=True, slots=True)
class Cue:
    """A verb group ``[first, stop)`` whose head is the token ``verb``.

    ``source`` is the token range of its subject, ``inherited`` tells that the subject stands
    with another verb ("... said, adding that ..."). ``passive`` verbs have no speaker of their
    own as subject.
    """

    first: int
    verb: int
    stop: int
    entry: CueVerb
    tag: str
    source: Range | None
    inherited: bool
    passive: bool


def find_cues(s: Sentence) -> Iterator[Cue]:
    """Yield the verb cues of a sentence in order."""
    forms, entries = lexicons.verb_forms(), lexicons.cue_verbs()
    last: Cue | None = None
    for i, tag in enumerate(s.tags):
        if tag not in "VEGB":
            continue
        form = forms.get(s.low[i])
        entry = entries.get(form.lemma) if form is not None else None
        if entry is None and tag in "VE" and _behind_quotation(s, i):
            entry = ANY_VERB
        if entry is None:
            continue
        cue = _cue(s, i, entry, last)
        if cue is not None:
            yield cue
            if cue.source is not None and (last is None or "i" in entry.frames or not entry.frames):
                last = cue


def _behind_quotation(s: Sentence, verb: int) -> bool:
    """Tell whether the marks promise an attribution by any verb at all.

    A comma inside them does (``"...," he thundered``), and so does a verb right behind them with
    a name to follow (``"It works!" beamed Ann Lee``).
    """
    if s.tags[verb - 1] == "Q" and s.tags[verb + 1 : verb + 2] in (["C"], ["D"]):
        region = s.regions[verb - 1]
        return s.words[verb - 1][: region.inner_end - region.start].rstrip()[-1:] in ",!?"
    for k in range(verb - 1, max(-1, verb - 10), -1):
        if s.tags[k] == "Q":
            region = s.regions[k]
            return s.words[k][: region.inner_end - region.start].rstrip()[-1:] == ","
        if s.tags[k] in "VAKSTG,;:WB":
            return False
    return False


def _cue(s: Sentence, verb: int, entry: CueVerb, last: Cue | None) -> Cue | None:
    tag = s.tags[verb]
    first = verb_group(s, verb)
    if tag == "B" and _takes_infinitive(s, first, verb):
        return None
    auxiliaries = {s.low[k] for k in range(first, verb) if s.tags[k] == "A"}
    passive = tag == "E" and bool(auxiliaries & lexicons.word_set("be"))
    if passive and entry.lemma in {"quote", "cite", "report"}:
        return _quoted_as(s, first, verb, entry)
    bare = tag == "B" and not auxiliaries and s.tags[first] not in "VEG"
    finite = tag in "VE" or (tag == "B" and not bare) or (tag == "G" and bool(auxiliaries))
    stop = _with_particle(s, verb, entry)
    source = None
    inherited = False
    if (bare and first > 0 and s.tags[first - 1] in "NCPW") or finite:
        source = subject(s, first)
    if source is None and not passive:
        inherited = True
        source = _inherit(s, first, tag, entry, last)
    return Cue(first, verb, stop, entry, tag, source, inherited, passive)


def _takes_infinitive(s: Sentence, first: int, verb: int) -> bool:
    """Tell whether the verb is what another cue's subject declines or vows to do."""
    forms, entries = lexicons.verb_forms(), lexicons.cue_verbs()
    for k in range(first, verb):
        form = forms.get(s.low[k])
        if s.tags[k] in "VEG" and form is not None and form.lemma in entries:
            return "o" in entries[form.lemma].frames
    return False


def _inherit(s: Sentence, first: int, tag: str, entry: CueVerb, last: Cue | None) -> Range | None:
    before = s.tags[first - 1] if first else ""
    coordinated = before == "K" or (before == "," and tag in "VE")
    if tag != "G" and not coordinated:
        return None
    if tag == "G" and before == "I" and not entry.frames & {"c", "q"}:
        return None
    if tag == "G" and before in "NC" and last is None:
        return None
    if last is not None and last.source is not None and not last.passive:
        return last.source
    return finite_subject_before(s, first) if first else None


def _with_particle(s: Sentence, verb: int, entry: CueVerb) -> int:
    stop = verb + 1
    while stop < len(s) and stop - verb < 3 and s.low[stop] in entry.particles:
        stop += 1
    return stop


def _quoted_as(s: Sentence, first: int, verb: int, entry: CueVerb) -> Cue | None:
    """Read "was quoted [by the agency] as saying" as one cue of its subject."""
    for k in range(verb + 1, min(verb + 8, len(s) - 1)):
        if s.low[k] == "as" and s.low[k + 1] in {"saying", "telling", "arguing", "adding"}:
            say = lexicons.cue_verbs()["say"]
            return Cue(first, k + 1, k + 2, say, "V", subject(s, first), False, False)
    return None
