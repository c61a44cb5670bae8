"""Names as they are written: runs of capitalised words, with the titles and roles beside them."""

from __future__ import annotations

from dataclasses import dataclass

from claims.extraction import lexicons
from claims.extraction.tokens import Sentence
from claims.extraction.types import SpeakerKind

MAX_NAME_TOKENS = 7
"""A longer run of capitalised words is a headline, not a name."""

MAX_ROLE_TOKENS = 10
"""How far an appositive is read for the role it gives."""

_MONTHS_AS_NAMES = frozenset(["may", "april", "june", "august"])


@dataclass(frozen=True, slots=True)
class NameRun:
    """A name in a sentence, ``[first, stop)`` in tokens; ``titles`` are the words before it."""

    first: int
    stop: int
    name: tuple[str, ...]
    titles: tuple[str, ...]

    @property
    def name_first(self) -> int:
        """The token at which the name itself starts, behind its titles."""
        return self.first + len(self.titles)


def name_runs(s: Sentence, first: int = 0, stop: int | None = None) -> list[NameRun]:
    """Return the names in a range of a sentence, in order."""
    runs = []
    end = len(s) if stop is None else stop
    i = first
    while i < end:
        if not _is_name_word(s, i):
            i += 1
            continue
        k = i + 1
        while (
            k < end and k - i < 2 * MAX_NAME_TOKENS and (_is_name_word(s, k) or _joins(s, k, end))
        ):
            k += 1
        run = _name_run(s, i, k)
        if run is not None:
            runs.append(run)
        i = k
    return runs


def _is_name_word(s: Sentence, k: int) -> bool:
    return s.tags[k] == "C" and s.words[k][0].isalpha()


def _joins(s: Sentence, k: int, end: int) -> bool:
    """Tell whether a small word inside a name carries it on: "de", "&", "of", a nickname."""
    if k + 1 >= end or s.tags[k + 1] != "C":
        return False
    low = s.low[k]
    if low in lexicons.word_set("particle"):
        return s.tags[k + 1] == "C"
    if low in {"of", "for"}:
        return s.low[k - 1] in lexicons.word_set("takes_of")
    if s.tags[k] == "H":
        return len(low) == 1
    if s.tags[k] == "Q":
        return s.ends[k] - s.starts[k] <= 30
    return low == "&"


def _name_run(s: Sentence, first: int, stop: int) -> NameRun | None:
    times = lexicons.words("time_words")
    end = stop
    while end > first and s.low[end - 1].rstrip(".") in times:
        end -= 1
    start = first
    while start < end and s.low[start].rstrip(".") in times - _MONTHS_AS_NAMES:
        start += 1
    k = _behind_titles(s, start, end)
    if end - k > MAX_NAME_TOKENS:
        return None
    return NameRun(start, end, _words(s, k, end), tuple(s.words[start:k]))


def _words(s: Sentence, first: int, stop: int) -> tuple[str, ...]:
    """Return the words of a name, an ending such as ’ joined to its word, no nickname."""
    words: list[str] = []
    for k in range(first, stop):
        if s.tags[k] == "Q":
            continue
        if s.tags[k] == "H" and words:
            words[-1] += s.words[k]
        else:
            words.append(s.words[k])
    return tuple(words)


def _behind_titles(s: Sentence, first: int, end: int) -> int:
    """Return where the name starts behind "Water Minister" or "Secretary of State"."""
    titles, roles = lexicons.words("titles"), lexicons.words("role_nouns")
    organisations = lexicons.words("organisations")
    found = first
    for k in range(first, end):
        low = s.low[k].rstrip(".")
        if low not in titles and low not in roles:
            continue
        if low in lexicons.genders() and k + 1 < end and k > first:
            continue
        if k + 2 < end and s.low[k + 1] == "of":
            if k + 3 < end and low in {"secretary", "minister"}:
                found = k + 3
            continue
        found = k + 1
    if any(s.low[k] in organisations for k in range(first if found == end else found, end)):
        return first
    if found == end and found - first > 1 and s.low[first] in lexicons.genders():
        return first
    return found


def is_place_adjective(word: str) -> bool:
    """Tell whether a lower-case word makes the name of a place or people, not of a person."""
    if word in lexicons.word_set("place_adjective") or word in lexicons.words("countries"):
        return True
    return word.endswith(("ian", "ean", "ese", "ish", "can")) and len(word) > 4


def gender_of_word(word: str) -> str:
    """Return "m" or "f" for a title or role that tells, else ""."""
    low = word.lower().rstrip(".")
    if low in lexicons.word_set("male"):
        return "m"
    return "f" if low in lexicons.word_set("female") else ""


def gender_of_titles(titles: tuple[str, ...]) -> str:
    """Return "m", "f" or "" for titles such as ("Mrs.",)."""
    return next((g for g in map(gender_of_word, titles) if g), "")


def plain_titles(titles: tuple[str, ...]) -> list[str]:
    """Return the titles that give a role, without Mr and Mrs."""
    courtesy = lexicons.word_set("courtesy")
    return [title for title in titles if title.lower().rstrip(".") not in courtesy]


def kind_of_name(run: NameRun) -> SpeakerKind:
    """Guess from the words of a name what it names; UNKNOWN where only use can tell."""
    low = [word.lower().rstrip(".") for word in run.name]
    if run.titles:
        return SpeakerKind.PERSON
    if low[0] in lexicons.genders() and len(low) > 1:
        return SpeakerKind.PERSON
    known = lexicons.words("organisations") | lexicons.words("countries")
    if any(word in known for word in low) or "&" in low:
        return SpeakerKind.ORGANISATION
    if any(word in lexicons.tagged("groups") for word in low):
        return SpeakerKind.GROUP
    if all(len(word) > 1 and word.isupper() for word in run.name) and len(run.name[0]) <= 6:
        return SpeakerKind.ORGANISATION
    return SpeakerKind.UNKNOWN


def role_of(s: Sentence, run: NameRun) -> str:
    """Return the role that titles, the words before or an appositive behind a name give."""
    role = " ".join(plain_titles(run.titles))
    before = _role_before(s, run.first)
    if before and role:
        return f"{before} {role}"
    return before or role or _role_behind(s, run.stop)


def _role_before(s: Sentence, first: int) -> str:
    """Read "foreign minister" in "the foreign minister Sergei Lavrov"."""
    k = first
    if k > 1 and s.tags[k - 1] == "," and s.low[k - 2] in lexicons.words("role_nouns"):
        k = first = k - 1
    times = lexicons.words("time_words")
    while k > 0 and first - k < 5:
        if s.tags[k - 1] != "N" and (s.tags[k - 1] != "C" or s.low[k - 1] in times):
            break
        k -= 1
    words = s.low[k:first]
    if not words or words[-1] not in lexicons.words("role_nouns"):
        return ""
    return " ".join(s.words[k:first])


def _role_behind(s: Sentence, stop: int) -> str:
    """Read "the foreign minister" behind "Sergei Lavrov, " or "Sergei Lavrov is "."""
    if stop + 1 < len(s) and s.tags[stop] == "," and s.tags[stop + 1] == "M":
        stop += 2
    if stop + 1 >= len(s) or s.tags[stop + 1] not in "DNC":
        return ""
    if s.tags[stop] != "," and s.low[stop] not in {"is", "was", "remains"}:
        return ""
    k = stop + 1
    if s.low[k] in {"the", "a", "an"}:
        k += 1
    end = k
    while end < len(s) and end - k < MAX_ROLE_TOKENS and s.tags[end] in "NCHIDM":
        end += 1
    if end < len(s) and s.tags[end] not in ",.WKEGSA;-)":
        return ""
    if not any(word in lexicons.words("role_nouns") for word in s.low[k:end]):
        return ""
    return joined(s, k, end)


def joined(s: Sentence, first: int, stop: int) -> str:
    """Return tokens as text, one space where the article has any white space."""
    text = ""
    for k in range(first, stop):
        glued = k == first or s.starts[k] == s.ends[k - 1]
        text += s.words[k] if glued else " " + s.words[k]
    return text
