"""What an article tells of those it names: he, she or they; a person or an organisation."""

from __future__ import annotations

from collections.abc import Sequence

from claims.extraction import lexicons
from claims.extraction.mentions import family_first
from claims.extraction.tokens import Sentence

NON_BINARY = "t"
"""The gender of a person who is "they"; the others are "f", "m" and "" for not known."""

MAX_CLAUSE = 25
"""How far behind a name a verb is looked for that tells what somebody does."""

MAX_PREMODIFIERS = 12
"""How many words may stand before a name in its noun phrase."""

_FEMALE_ENDINGS = (
    "dóttir", "dottir", "ovna", "evna", "skaya", "skaia", "ska", "cka", "dzka", "ová", "cová",
    "ienė", "aitė", "ytė", "utė", "ova", "eva",
)  # fmt: skip
_MALE_ENDINGS = ("ovich", "evich", "ović", "yovych")
_NO_ENDINGS = frozenset(
    ["alaska", "nebraska", "geneva", "casanova", "villanova", "genova", "kosova"]
)
_FEMALE_WORDS = frozenset(
    ["binti", "binte", "bint", "ní", "nic", "kaur", "begum", "bibi", "thi", "thị"]
)
_MALE_WORDS = frozenset(["bin", "ibn", "singh"])


def gender_of_word(word: str) -> str:
    """Return "m" or "f" for a title or role that tells, else ""."""
    low = word.lower().rstrip(".")
    if low in lexicons.word_set("male"):
        return "m"
    return "f" if low in lexicons.word_set("female") else ""


def gender_of_words(words: Sequence[str]) -> str:
    """Return "m", "f" or "" for titles such as ("Mrs.",) or the words of a role."""
    return next((g for g in map(gender_of_word, words) if g), "")


def gender_of_name(parts: Sequence[str]) -> str:
    """Return "m", "f" or "" for the lower-case words of a name of several words."""
    if len(parts) < 2:
        return ""
    for words, gender in ((_FEMALE_WORDS, "f"), (_MALE_WORDS, "m")):
        if any(part in words for part in parts[1:]):
            return gender
    given = parts[1:] if family_first(list(parts)) else parts[:1]
    if family_first(list(parts)) and len(parts) == 3 and parts[1] in {"van", "văn"}:
        return "m"
    for part in given:
        gender = lexicons.genders().get(part, "")
        if gender:
            return gender
    if any(part in lexicons.given_names() for part in given):
        return ""
    if family_first(list(parts)) and parts[0] in lexicons.genders():
        return ""
    last = parts[-1]
    if len(last) > 5 and last not in _NO_ENDINGS:
        if last.endswith(_FEMALE_ENDINGS):
            return "f"
        if last.endswith(_MALE_ENDINGS):
            return "m"
    return ""


def age_behind(s: Sentence, stop: int) -> int:
    """Return 61 for "Ann Lee, 61," and 0 where no age stands behind a name."""
    told = s.tags[stop : stop + 2] == [",", "M"] and s.tags[stop + 2 : stop + 3] in (
        [","],
        ["."],
        ["W"],
    )
    word = s.words[stop + 1] if told else ""
    return int(word) if word.isascii() and word.isdigit() and len(word) < 4 else 0


def says_they(s: Sentence) -> int | None:
    """Return the token that says that somebody is "they": "uses the pronoun they"."""
    marks = lexicons.word_set("non_binary")
    for k, low in enumerate(s.low):
        if low in marks:
            return k
        if low in {"they", "them", "they/them"}:
            before = s.low[max(0, k - 4) : k]
            around = s.low[max(0, k - 4) : k + 5]
            by = "by" in before and any(w in {"go", "goes", "going", "went"} for w in before)
            if by or any(w.startswith("pronoun") for w in around):
                return k
    return None


def deeds(s: Sentence, stop: int) -> frozenset[str]:
    """Return the roles that a verb behind a name gives: "leader" for "who leads the union"."""
    k = stop
    if s.tags[k : k + 2] == [",", "W"] or s.tags[k : k + 1] == ["W"]:
        k += 2 if s.tags[k] == "," else 1
    found: frozenset[str] = frozenset()
    clause = True
    for at in range(k, min(k + MAX_CLAUSE, len(s))):
        if s.tags[at] in "AR" and clause:
            continue
        if clause:
            found |= lexicons.deeds().get(s.low[at], frozenset())
        clause = s.low[at] == "and"
        if s.tags[at] in "Q;:":
            break
    return found


def is_place(s: Sentence, first: int, stop: int) -> bool:
    """Tell whether a name stands as a place: "in Carrow", "Carrow, the capital"."""
    if first > 0 and s.low[first - 1] in lexicons.word_set("locative"):
        return True
    behind = s.low[stop : stop + 4]
    return behind[:1] == [","] and "capital" in behind


def owns_office(s: Sentence, stop: int) -> bool:
    """Tell whether a name owns what organisations have: "Orlin’s chief executive"."""
    if stop + 2 > len(s) or s.tags[stop] != "H":
        return False
    return any(word in lexicons.word_set("owns") for word in s.low[stop + 1 : stop + 3])


def has_office(s: Sentence, first: int) -> bool:
    """Tell whether somebody holds an office in what is named: "chief executive of Calder Water"."""
    if first < 2 or s.low[first - 1] not in {"of", "at"}:
        return False
    return s.low[first - 2] in lexicons.word_set("owns")


def has_article(s: Sentence, first: int) -> bool:
    """Tell whether "the" stands right before a name: no person has it."""
    return first > 0 and s.low[first - 1] == "the"


def first_verb(s: Sentence) -> int:
    """Return the first finite verb of a sentence, its length if there is none."""
    return next((k for k, tag in enumerate(s.tags) if tag in "VA" or (tag == "E" and k)), len(s))


def is_subject(s: Sentence, first: int, verb: int) -> bool:
    """Tell whether a name at ``first`` may be the subject of a sentence with this first verb."""
    if first >= verb:
        return False
    times = lexicons.words("time_words")
    k = first
    while k > 0 and first - k < MAX_PREMODIFIERS and s.tags[k - 1] in "DNCM":
        if s.low[k - 1] in times:
            return True
        k -= 1
    return k == 0 or s.tags[k - 1] not in "ITQ"


def own_pronoun(s: Sentence, stop: int) -> str:
    """Return "f" for a name with "her husband" or "she" behind its verb, "m" for his, else "".

    The first pronoun behind a subject means it, if nobody else is named before.
    """
    for k in range(stop, min(stop + MAX_CLAUSE, len(s))):
        if s.low[k] in _GENDERS:
            owns = s.low[k] in {"he", "she"} or s.tags[k + 1 : k + 2] == ["N"]
            return _GENDERS[s.low[k]] if owns else ""
        if s.tags[k] in "CQ;":
            return ""
    return ""


_GENDERS = {"he": "m", "his": "m", "she": "f", "her": "f"}


def subject_pronoun(s: Sentence) -> str:
    """Return the gender of a "he" or "she" that is the subject of a sentence, else ""."""
    for k in range(min(len(s), 12)):
        if s.tags[k] == "P":
            return {"he": "m", "she": "f"}.get(s.low[k], "")
        if s.tags[k] in "VAEC":
            break
    return ""
