"""Names as they are written: runs of capitalised words, with the titles and roles beside them."""

from __future__ import annotations

from dataclasses import dataclass

from claims.extraction import lexicons
from claims.extraction.tokens import Sentence
from claims.extraction.types import SpeakerKind

MAX_NAME_TOKENS = 7
"""A longer run of capitalised words is a headline, not a name."""

MAX_BYLINE = 14
"""A longer line that starts with "By" is a sentence."""

MAX_PARTICLES = 3
"""How many small words may follow each other in a name: "van der", "de la"."""

MAX_NICKNAME_CHARS = 30
"""A longer passage between marks inside a name is no nickname."""

_MONTHS_AS_NAMES = frozenset(["may", "april", "june", "august"])
_MARKS = "“”‘’\"'«»„()"


@dataclass(frozen=True, slots=True)
class NameRun:
    """A name in a sentence, ``[first, stop)`` in tokens; ``titles`` are the words before it.

    ``name`` keeps "Jr." and the like, but neither a nickname nor letters such as "MP"; these
    stand in ``nickname`` and nowhere.
    """

    first: int
    stop: int
    name: tuple[str, ...]
    titles: tuple[str, ...]
    nickname: str = ""

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
        start = _starts(s, i, end)
        if start is None:
            i += 1
            continue
        k = start + 1
        while k < end and k - i < 2 * MAX_NAME_TOKENS:
            reached = _carried(s, i, k, end)
            if reached == k:
                break
            k = reached
        k = _with_suffix(s, k, end)
        run = _name_run(s, i, k)
        if run is not None:
            runs.append(run)
        i = k
    return runs


def is_headline(s: Sentence) -> bool:
    """Tell a line with capitals throughout, whose names cannot be told from its other words."""
    long = [word for word in s.words if len(word) > 3 and word[0].isalpha()]
    capitals = sum(word[0].isupper() for word in long)
    return len(long) > 3 and capitals >= 0.85 * len(long) and s.tags[-1] not in ".?!"


def is_byline(s: Sentence) -> bool:
    """Tell "By Ann Lee and Tom Ray, Reuters": a line of its own that names the writers."""
    named = len(s) > 2 and s.low[0] == "by" and s.tags[1] == "C"
    return named and len(s) <= MAX_BYLINE and all(tag in "CK,&|-()MN" for tag in s.tags[1:])


def is_name_word(s: Sentence, k: int) -> bool:
    """Tell whether a token can be part of a name: "Lee", "al-Masri", "d’Arcy"."""
    word = s.words[k]
    if s.tags[k] == "C":
        return word[0].isalpha()
    if word == "All" and k > 0 and s.low[k - 1] == "the":
        return s.tags[k + 1 : k + 2] == ["C"]
    if not word[0].islower():
        return word in {"WHO", "US"} and not all(w.isupper() for w in s.words[max(0, k - 2) : k])
    head, mark, rest = _parted(word)
    return bool(mark) and rest[:1].isupper() and head in _ATTACHED


_ATTACHED = frozenset(["al", "el", "ul", "ur", "as", "ash", "az", "ad", "an", "ar", "at", "d", "l"])


def _parted(word: str) -> tuple[str, str, str]:
    for mark in "-’'‑":
        head, found, rest = word.partition(mark)
        if found:
            return head, found, rest
    return word, "", ""


def _starts(s: Sentence, i: int, end: int) -> int | None:
    """Return the first proper word of a name that starts at ``i``, behind "van der"; or None."""
    if is_name_word(s, i):
        return i
    lead = lexicons.word_set("lead_particle")
    if s.words[i] not in lead or (i > 0 and (s.tags[i - 1] == "D" or is_name_word(s, i - 1))):
        return None
    for k in range(i + 1, min(i + MAX_PARTICLES + 1, end)):
        if is_name_word(s, k):
            return k
        if s.words[k] not in lead:
            return None
    return None


def _carried(s: Sentence, first: int, k: int, end: int) -> int:
    """Return the token up to which a name goes on at ``k``, ``k`` itself where it ends."""
    if is_name_word(s, k):
        return k + 1
    if k + 1 >= end:
        return k
    low = s.low[k]
    if low in lexicons.word_set("particle"):
        return _behind_particles(s, k, end)
    if low in {"of", "for", "on"}:
        return _behind_of(s, first, k, end)
    if s.tags[k + 1] != "C":
        return k
    if s.tags[k] == ",":
        return _behind_list(s, first, k, end)
    if s.tags[k] == "(":
        inside = k + 3 < end and s.tags[k + 2] == ")" and s.tags[k + 3] == "C"
        return k + 4 if inside and not s.words[k + 1].isupper() else k
    if low == "and":
        return k + 2 if _joint_office(s, first, k, end) else k
    if s.tags[k] == "H":
        owns = s.low[k + 1] in lexicons.given_names() and s.tags[k + 2 : k + 3] == ["C"]
        named = len(low) == 1 or (k == first + 1 and s.low[first] == "people")
        return k + 2 if named and not owns else k
    if s.tags[k] == "Q":
        return k + 2 if s.ends[k] - s.starts[k] <= MAX_NICKNAME_CHARS else k
    return k + 2 if low == "&" else k


def _behind_particles(s: Sentence, k: int, end: int) -> int:
    """Return the token behind "van der Meer" for its "van", ``k`` where no name follows."""
    particles = lexicons.word_set("particle")
    for at in range(k + 1, min(k + MAX_PARTICLES + 1, end)):
        if is_name_word(s, at):
            return at + 1
        if s.low[at] not in particles:
            break
    return k


def _behind_of(s: Sentence, first: int, k: int, end: int) -> int:
    """Return the token behind "of Health" in "Ministry of Health", ``k`` where "of" ends it."""
    takes = lexicons.word_set("takes_of" if s.low[k] != "on" else "takes_on")
    office = s.low[k - 1] in takes
    if s.low[k] == "for":
        civic = k == first + 1 and s.low[first] in lexicons.word_set("takes_for")
        office = office or civic or any(w in takes for w in s.low[first:k])
    elif s.low[k] == "of" and "for" in s.low[first:k]:
        # "the Office for the Coordination of Humanitarian Affairs"
        office = office or any(w in takes for w in s.low[first:k])
    if not office or s.low[k + 1] in lexicons.words("time_words"):
        return k
    if s.tags[k + 1] == "C":
        return k + 2
    article = s.low[k + 1] == "the" or (s.low[k] != "on" and s.low[k + 1] in {"a", "an"})
    return k + 3 if article and k + 2 < end and s.tags[k + 2] == "C" else k


def _behind_list(s: Sentence, first: int, k: int, end: int) -> int:
    """Return the token behind "Environment, Food and Rural Affairs", ``k`` where it is no list."""
    fields = lexicons.word_set("policy")
    if not {"of", "for"} & {*s.low[first:k]} or s.low[k - 1] not in fields:
        return k
    at = k
    while at + 1 < end and s.tags[at] == "," and s.tags[at + 1] == "C":
        item = _capitals(s, at + 1, end)
        if s.low[item - 1] not in fields:
            return k
        at = item
    at += at < end and s.tags[at] == ","
    if at + 1 >= end or s.low[at] not in {"and", "&"}:
        return k
    stop = _capitals(s, at + 1, end)
    return stop if stop > at + 1 and s.low[stop - 1] in fields else k


def _joint_office(s: Sentence, first: int, k: int, end: int) -> bool:
    """Tell "Ministry of Health and Welfare" from two names joined by "and"."""
    before = s.low[first:k]
    if not any(word in {"of", "for", "on"} for word in before):
        return _joint_body(s, first, k, end)
    if not any(word in lexicons.word_set("office") for word in before):
        return False
    stop = _capitals(s, k + 1, end)
    after = s.low[k + 1 : stop]
    bodies = lexicons.words("organisations")
    known = after[0] in lexicons.words("titles") or after[0] in lexicons.given_names()
    named = any(word in bodies and word not in _LOOSE_BODIES for word in after)
    behind = s.low[stop : stop + 1]
    capitals = "".join(s.words[at][0] for at in range(first, stop) if s.tags[at] == "C")
    if acronym_behind(s, stop) == capitals:
        # As in the Organisation for Economic Co-operation and Development (OECD).
        return True
    return not known and not named and len(after) < 3 and behind not in (["of"], ["("])


def _capitals(s: Sentence, k: int, end: int) -> int:
    """Return the token behind the capitalised words that start at ``k``."""
    while k < end and s.tags[k] == "C":
        k += 1
    return k


_LOOSE_BODIES = frozenset(
    ["international", "energy", "housing", "transport", "technology", "media"]
)


def _joint_body(s: Sentence, first: int, k: int, end: int) -> bool:
    """Tell "the Food and Drug Administration" from two names joined by "and"."""
    bodies = lexicons.words("organisations") | {"affairs", "studies", "reform"}
    stop = _capitals(s, k + 1, end)
    before, after = s.low[first:k], s.low[k + 1 : stop]
    if first == 0 or s.low[first - 1] != "the" or len(after) < 2 or after[-1] not in bodies:
        return False
    own = before[-1] in bodies or before[0] in lexicons.countries_or_given()
    return not own and len(before) < 3 and after[0] not in lexicons.countries_or_given()


def _with_suffix(s: Sentence, k: int, end: int) -> int:
    """Return the stop of a name behind ", Jr.", if that follows."""
    if k + 1 < end and s.tags[k] == "," and s.low[k + 1] in lexicons.word_set("suffix"):
        return k + 2
    return k


def _name_run(s: Sentence, first: int, stop: int) -> NameRun | None:
    times = lexicons.words("time_words")
    end = stop
    while end > first and s.low[end - 1].rstrip(".") in times and not _month_name(s, first, end):
        end -= 1
    start = first
    while start < end and (s.words[start][0] in _MARKS or s.low[start].endswith("-based")):
        start += 1
    while (
        start < end and s.low[start].rstrip(".") in times and not _named_after_month(s, start, end)
    ):
        start += 1
    if start == 0 and end > 1 and (s.low[0] in lexicons.word_set("trade") or _verbal(s.low[0])):
        start = 1
    if start > 1 and s.low[start - 2 : start] == ["of", "the"]:
        # "Speaker of the House Ann Lee", "President of the Republic Tom Ray"
        seat = s.low[start] in _SEATS and end - start > 2
        given = start + 1 if seat else _given_behind(s, start + 1, end)
        held = s.low[start - 3] in lexicons.words("titles") if start > 2 else False
        start = given if held and given is not None else start
    k = _behind_titles(s, start, end)
    letters = end
    while letters - k > 1 and _letters(s.words[letters - 1]):
        letters -= 1
    if sum(s.tags[at] == "C" for at in range(k, letters)) > MAX_NAME_TOKENS:
        return None
    words, nickname = _words(s, k, letters)
    return NameRun(start, end, words, tuple(s.words[start:k]), nickname)


def _month_name(s: Sentence, first: int, end: int) -> bool:
    """Tell "Theresa May" from "last May"."""
    return (
        s.low[end - 1] in _MONTHS_AS_NAMES
        and end - 2 >= first
        and s.low[end - 2] in lexicons.given_names()
    )


def _named_after_month(s: Sentence, k: int, end: int) -> bool:
    """Tell "April Ray" and "Jan Kol" from "April 3" and "Jan. 3"."""
    if s.low[k] in _MONTHS_AS_NAMES:
        return True
    agent = k > 0 and s.tags[k - 1] == "N" and s.low[k - 1] in lexicons.words("role_nouns")
    given = agent or s.low[k] in lexicons.given_names()
    return given and k + 1 < end and s.tags[k + 1] == "C"


def _letters(word: str) -> bool:
    """Tell letters behind a name, such as "MP" and "QC"."""
    low = word.lower()
    return low in lexicons.word_set("postnominal") and word != low and not word.istitle()


def _words(s: Sentence, first: int, stop: int) -> tuple[tuple[str, ...], str]:
    """Return the words of a name, an ending such as ’ joined to its word, and the nickname."""
    words: list[str] = []
    nickname = ""
    for k in range(first, stop):
        if s.tags[k] == "Q" or (k > first and s.tags[k - 1] == "("):
            nickname = s.words[k].strip(_MARKS + ",. ")
        elif s.tags[k] in "()":
            continue
        elif s.tags[k] == "H" and words:
            words[-1] += s.words[k]
        elif s.tags[k] != ",":
            words.append(s.words[k])
    return tuple(words), nickname


def _behind_titles(s: Sentence, first: int, end: int) -> int:
    """Return where the name starts behind "Water Minister" or "Secretary of State"."""
    titles, roles = lexicons.words("titles"), lexicons.words("role_nouns")
    found = first
    if s.low[first + 1 : first + 2] == ["for"] and s.low[first] in lexicons.word_set("takes_for"):
        return first
    for k in range(first, end):
        if k < found:
            continue
        low = _title_of(s.low[k])
        if (low not in titles and low not in roles) or low in lexicons.word_set("suffix"):
            continue
        if k > first and _is_surname(s, first, k, end):
            continue
        if low in lexicons.genders() and k + 1 < end and k > first:
            continue
        if k + 2 < end and s.low[k + 1] in {"of", "for"}:
            if k + 3 < end and low in {"secretary", "minister"}:
                plain = k + 4 if s.low[k + 3] == "affairs" and k + 4 < end else k + 3
                found = _given_behind(s, k + 3, end) or plain
            continue
        found = k + 1
    if found == first and _is_rank(s, first, end):
        found = first + 1
    if _is_office(s, first, end):
        return first
    return end if _is_post(s, first, end) else _unless_body(s, first, found, end)


def _unless_body(s: Sentence, first: int, found: int, end: int) -> int:
    """Return where a name starts behind its titles, ``first`` where the whole names a body."""
    organisations = lexicons.words("organisations")
    if any(s.low[k] in organisations for k in range(first if found == end else found, end)):
        return first
    if found == end and found - first > 1 and s.low[first] in lexicons.given_names():
        return first
    return found


def _verbal(low: str) -> bool:
    """Tell the verb in "Injecting Clinton into ..." and "Said Ellis:" from a name."""
    form = lexicons.verb_forms().get(low)
    if form is None or low in lexicons.given_names():
        return False
    return form.tag == "G" or low in {"said", "says", "say"}


_SEATS = frozenset(
    ["house", "senate", "republic", "commons", "assembly", "parliament", "opposition", "union"]
)


def _given_behind(s: Sentence, k: int, end: int) -> int | None:
    """Return where a given name with another word behind it stands at ``k`` or later."""
    given = lexicons.given_names()
    return next((at for at in range(k, end - 1) if s.low[at] in given), None)


def _title_of(low: str) -> str:
    """Return "mayor" for "mayor-elect" and "then-mayor", "sen" for "sen."."""
    low = low.rstrip(".")
    head, mark, rest = low.partition("-")
    if mark and rest == "elect":
        return head
    return rest if mark and head in {"ex", "then", "vice", "co", "deputy"} else low


def _is_surname(s: Sentence, first: int, k: int, end: int) -> bool:
    """Tell the surname in "Ann Baker" from the title in "Chief Judge Roe"."""
    if s.low[k - 1].rstrip(".") in lexicons.given_names():
        return s.low[k] in lexicons.word_set("surname_role") or k + 1 == end
    initial = len(s.words[k - 1].rstrip(".")) == 1
    initial = initial or s.low[first] in lexicons.given_names()
    return initial and s.low[k] in lexicons.word_set("surname_role")


def _is_office(s: Sentence, first: int, end: int) -> bool:
    """Tell "Ministry of Health", and an office named after a role, with its acronym behind."""
    joint = next((k for k in range(first + 1, end) if s.low[k] in {"of", "for"}), None)
    if joint is None:
        return False
    if s.low[joint - 1] in lexicons.words("organisations"):
        return True
    return s.low[joint] == "for" and acronym_behind(s, end) is not None


def _is_post(s: Sentence, first: int, end: int) -> bool:
    """Tell "the Commissioner for Information" and "the Police Public Relations Officer".

    What "the" leads to and a role heads is a post, not a name; with an acronym behind it, a body.
    """
    article = first - 1
    while article > 0 and s.tags[article] == "N":
        article -= 1
    if first == 0 or s.low[article] != "the" or acronym_behind(s, end) is not None:
        return False
    head = next((k for k in range(first + 1, end) if s.low[k] in {"of", "for"}), end)
    last = s.low[head - 1]
    if (head == end and head - first < 2) or last not in lexicons.words("role_nouns"):
        return False
    noble = last in lexicons.word_set("regnal") or last in lexicons.word_set("noble")
    surname = head == end and last in lexicons.word_set("surname_role")
    given = lexicons.given_names()
    return not noble and not surname and not any(s.low[k] in given for k in range(first, end))


def _is_rank(s: Sentence, first: int, end: int) -> bool:
    """Tell what stands before a full name: "DSP Grace Effiong", "Left-back Danny Shaw"."""
    word, given = s.words[first], lexicons.given_names()
    letters = word.isalpha() and word.isupper() and len(word) > 1
    compound = "-" in word and word[:1].isupper() and word.rpartition("-")[2].islower()
    compound = compound and s.low[first] not in given
    return (letters or compound) and end - first > 2 and s.low[first + 1] in given


def acronym_behind(s: Sentence, stop: int) -> str | None:
    """Return the acronym that stands in brackets right behind a name: "ECHA" in "... (ECHA)"."""
    if stop + 2 >= len(s) or s.tags[stop] != "(" or s.tags[stop + 2] != ")":
        return None
    word = s.words[stop + 1]
    capitals = sum(char.isupper() for char in word)
    return word if capitals >= 2 and 2 <= len(word) <= 10 else None


def is_place_adjective(word: str) -> bool:
    """Tell whether a lower-case word makes the name of a place or people, not of a person."""
    if word in lexicons.word_set("place_adjective") or word in lexicons.words("countries"):
        return True
    if word in lexicons.given_names():
        return False
    return word.endswith(("ian", "ean", "ese", "ish", "can")) and len(word) > 4


def plain_titles(titles: tuple[str, ...]) -> list[str]:
    """Return the titles that give a role, without Mr and Mrs."""
    courtesy = lexicons.word_set("courtesy")
    written = (title for title in titles if title[0].isalpha())
    return [title for title in written if title.lower().rstrip(".") not in courtesy]


def kind_of_name(run: NameRun) -> SpeakerKind:
    """Guess from the words of a name what it names; UNKNOWN where only use can tell."""
    low = [word.lower().rstrip(".") for word in run.name]
    known = lexicons.bodies()
    if low[1:2] == ["for"] and low[0] in lexicons.word_set("takes_for"):
        return SpeakerKind.ORGANISATION
    if low[-1] in lexicons.tagged("groups") and len(low) == 1:
        return SpeakerKind.GROUP
    if len(low) > 1 and low[-1] in lexicons.word_set("incorporated"):
        return SpeakerKind.ORGANISATION
    if run.titles or run.nickname or low[-1] in lexicons.word_set("suffix"):
        return SpeakerKind.PERSON
    if len(low) > 1 and low[0] in lexicons.given_names():
        place = low[0] in lexicons.word_set("place_name")
        office = any(word in {"of", "for", "and", "&"} for word in low)
        if not place and not (len(low) > 2 and low[-1] in known) and not office:
            return SpeakerKind.PERSON
    if len(low) > 1 and low[-1] in lexicons.word_set("geography"):
        return SpeakerKind.ORGANISATION
    if any(word in known for word in low) or "&" in low:
        return SpeakerKind.ORGANISATION
    if len(low) > 1 and _sounds_personal(low):
        return SpeakerKind.PERSON
    if any(word in lexicons.tagged("groups") for word in low):
        return SpeakerKind.GROUP
    if all(len(word) > 1 and word.isupper() for word in run.name) and len(run.name[0]) <= 6:
        return SpeakerKind.ORGANISATION
    return SpeakerKind.UNKNOWN


_PERSONAL = frozenset(["van", "von", "bin", "binti", "binte", "bint", "ibn", "ter", "ní", "nic"])


def _sounds_personal(low: list[str]) -> bool:
    """Tell a person by a small word in the name, or by a family name that stands first."""
    if any(word in _PERSONAL or word.startswith(("al-", "o’", "o'")) for word in low):
        return True
    return family_first(low) and len(low) <= 4


def family_first(low: list[str]) -> bool:
    """Tell whether the first of the lower-case words of a name is a family name."""
    return len(low) > 1 and low[0] in lexicons.words("family_names")
