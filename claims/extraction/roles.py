"""The roles that stand beside a name: before it, in an appositive, in a relative clause."""

from __future__ import annotations

from claims.extraction import lexicons
from claims.extraction.mentions import NameRun, plain_titles
from claims.extraction.tokens import Sentence

MAX_ROLE_TOKENS = 12
"""How far an appositive is read for the role it gives."""

MAX_APPOSED = 4
"""How many words may stand before the name in an appositive: "the late Rev. Thaddeus Boone"."""


def roles_of(s: Sentence, run: NameRun) -> list[str]:
    """Return the roles that the words before a name, its titles and an appositive give it."""
    title = " ".join(plain_titles(run.titles))
    before, apart = _role_before(s, run.first, bool(run.titles))
    if before and title and not apart:
        return [f"{before} {title}"]
    roles = [before] if before else []
    if title:
        roles.append(title)
    behind = _role_behind(s, run.stop) or _role_in_clause(s, run.stop)
    if behind:
        roles.append(behind)
    return roles


def _role_before(s: Sentence, first: int, titled: bool) -> tuple[str, bool]:
    """Read "foreign minister" in "the foreign minister Sergei Lavrov".

    Returns whether the role is set apart by a comma as well: "its director, Ann Lee".
    """
    k = first
    comma = k - 1
    while comma > 0 and first - comma <= MAX_APPOSED and s.tags[comma] in "DN":
        comma -= 1
    if comma > 0 and s.tags[comma] == "," and (comma == k - 1 or s.tags[comma + 1] == "D"):
        role = _role_to_comma(s, comma)
        if role or comma == k - 1:
            return role, True
    times = lexicons.words("time_words")
    while k > 0 and first - k < 5:
        if s.tags[k - 1] not in "NC" or s.low[k - 1] in times:
            break
        k -= 1
    seated = k > 2 and k == first - 1 and s.low[k - 2 : k] == ["of", "the"]
    if seated and s.low[k - 3] in lexicons.words("titles"):
        return joined(s, k - 3, first), False
    if (
        k > 1
        and k == first - 1
        and s.low[k - 1] == "of"
        and s.low[k - 2] in lexicons.words("titles")
    ):
        return joined(s, k - 2, first), False
    if 0 < k < first and s.low[k - 1] == "retired":
        k -= 1
    words = s.low[k:first]
    body = titled and words and words[-1] in lexicons.word_set("office_body")
    if not body and (not words or words[-1] not in lexicons.words("role_nouns")):
        return "", False
    return joined(s, k, first), False


_RANKS = frozenset(["first", "second", "then", "once"])


def _role_to_comma(s: Sentence, comma: int) -> str:
    """Read the role in "A spokesman for the port, Jan Kol" and "its director, Ann Lee"."""
    k = comma
    while k > 0 and comma - k <= MAX_ROLE_TOKENS and s.tags[k - 1] in "NCMIHDRT":
        k -= 1
    if k > 0 and s.tags[k - 1] not in ",WKSQ(;:-VEAG":
        return ""
    while k < comma and s.tags[k] == "I":
        k += 1
    start = k
    for at in range(k, comma):
        if s.tags[at] in "DH":
            start = at + 1
        elif s.tags[at] in "IT" or at == comma - 1:
            # A phrase ends here: the role, or "on Sunday" in "on Sunday by the archbishop, ...".
            head = at if s.tags[at] in "IT" else comma
            starts = s.tags[start] in "NCM" or s.low[start] in _RANKS
            if head > start and starts and s.low[head - 1] in lexicons.words("role_nouns"):
                return joined(s, start, comma)
            start = at + 1
    return ""


def _role_behind(s: Sentence, stop: int) -> str:
    """Read "the foreign minister" behind "Sergei Lavrov, " or "Sergei Lavrov is "."""
    stop = _behind_origin(s, stop)
    if stop + 1 < len(s) and s.tags[stop] == "," and s.tags[stop + 1] == "M":
        stop += 2
    if stop + 1 >= len(s) or s.tags[stop + 1] not in "DNC":
        return ""
    if s.tags[stop] != "," and s.low[stop] not in {"is", "was", "remains"}:
        return ""
    k = stop + 1
    if s.low[k] in {"the", "a", "an"} or s.low[k] in lexicons.word_set("possessive"):
        k += 1
    while k < len(s) and s.tags[k] == "M":
        k += 1
    end = k
    while end < len(s) and end - k < MAX_ROLE_TOKENS and _in_role(s, end):
        end += 1
    if end - k == MAX_ROLE_TOKENS:
        cuts = [at for at in range(k + 1, end) if s.tags[at] in "IT"]
        end = max([at for at in cuts if s.low[at] != "of"] or cuts, default=end)
    elif end < len(s) and s.tags[end] not in ",.WKEGSA;-)":
        return ""
    head = next((at for at in range(k, end) if s.tags[at] in "IT"), end)
    owner = max([at + 1 for at in range(k, head) if s.tags[at] == "H"], default=k)
    if not any(word in lexicons.words("role_nouns") for word in s.low[owner:head]):
        return ""
    return joined(s, k, end)


def _role_in_clause(s: Sentence, stop: int) -> str:
    """Read the role in "Ann Lee, who was mayor until 2018,": "former mayor"."""
    k = stop + 1 if s.tags[stop : stop + 1] == [","] else stop
    if s.low[k : k + 1] != ["who"]:
        return ""
    k += 1
    while k < len(s) and s.tags[k] in "AR" and s.low[k] not in _BEING:
        k += 1
    if k + 1 >= len(s) or s.low[k] not in _BEING:
        return ""
    k += 2 if s.low[k + 1] == "as" else 1
    while k < len(s) and s.tags[k] in "RD":
        k += 1
    end = k
    while end < len(s) and end - k < MAX_ROLE_TOKENS and _in_role(s, end):
        end += 1
    head = next((at for at in range(k, end) if s.tags[at] in "IT"), end)
    if head == k or s.low[head - 1] not in lexicons.words("role_nouns"):
        return ""
    if s.low[end : end + 1] == ["until"] and s.tags[end + 1 : end + 2] == ["M"]:
        return joined(s, k, end + 2)
    over = s.low[end : end + 1] in (["until"], ["till"], ["before"])
    over = over or any(word in {"from", "between"} for word in s.low[head:end])
    while end > head and (s.tags[end - 1] in "IM" or s.low[end - 1] in {"from", "between"}):
        end -= 1
    return ("former " if over else "") + joined(s, k, end)


_BEING = frozenset(["is", "was", "became", "serves", "served", "works", "worked", "been"])


def _in_role(s: Sentence, k: int) -> bool:
    """Tell whether a token can be part of a role; "mining engineer" has an -ing form."""
    if s.tags[k] in "GE":
        return k + 1 < len(s) and s.tags[k + 1] == "N"
    if s.tags[k] == "T":
        return k + 1 < len(s) and s.tags[k + 1] in "DCNO"
    if s.tags[k] == "K":
        # "at the Center for Strategic and International Studies"
        joint = s.low[k] == "and" and s.tags[k - 1] == "C" == "".join(s.tags[k + 1 : k + 2])
        return joint and any(
            word in lexicons.word_set("office") for word in s.low[max(0, k - 5) : k]
        )
    return s.tags[k] in "NCHIDM"


def _behind_origin(s: Sentence, stop: int) -> int:
    """Return the comma behind "of Szeged" in "Kiss Zoltán of Szeged, the president"."""
    if stop >= len(s) or s.low[stop] not in {"of", "from", "at"}:
        return stop
    k = stop + 1
    while k < len(s) and k - stop <= MAX_ROLE_TOKENS and s.tags[k] in "NCMDHI":
        k += 1
    return k if k < len(s) and s.tags[k] == "," else stop


def subject_role(s: Sentence) -> str:
    """Return "head of Calder Water" where "The head of Calder Water" is the subject, else ""."""
    head = 1
    while head < len(s) and s.tags[head] in "NC":
        head += 1
    if s.low[0] != "the" or head == 1 or s.low[head - 1] not in lexicons.words("role_nouns"):
        return ""
    stop = head
    if s.low[head : head + 1] in (["of"], ["for"]):
        stop += 1
        while stop < len(s) and s.tags[stop] in "NCD":
            stop += 1
    return joined(s, 1, stop) if s.tags[stop : stop + 1] in (["V"], ["A"], ["E"]) else ""


def body_noun(s: Sentence, run: NameRun) -> str:
    """Return "union" for "the union Dry Feet" and "Dry Feet, a union ...", else ""."""
    kinds = lexicons.word_set("company") | lexicons.word_set("body")
    before = s.low[run.first - 1] if run.first else ""
    if before in kinds and s.tags[run.first - 1] in "NC":
        return before
    if _led_by_body(s, run, kinds):
        return s.low[run.first - 2]
    if s.low[run.stop : run.stop + 1] and s.low[run.stop] in lexicons.word_set("incorporated"):
        return "company"
    if s.tags[run.stop : run.stop + 2] != [",", "D"]:
        return ""
    some = s.low[run.stop + 1] in {"a", "an"}
    for k in range(run.stop + 2, min(run.stop + 8, len(s))):
        if s.tags[k] not in "NCG":
            person = some and s.low[k - 1] in lexicons.words("role_nouns")
            person = person or s.tags[k] == "H"
            return s.low[k - 1] if s.low[k - 1] in kinds and not person else ""
    return ""


def _led_by_body(s: Sentence, run: NameRun, kinds: frozenset[str]) -> bool:
    """Tell "The manufacturer, Genovia Biologics, said": a name between two commas."""
    k = run.first - 2
    if k < 1 or s.tags[k + 1] != "," or s.tags[run.stop : run.stop + 1] != [","]:
        return False
    if s.low[k] not in kinds:
        return False
    while k > 0 and s.tags[k] == "N":
        k -= 1
    return s.tags[k] == "D" and k == 0


def role_words(role: str) -> list[str]:
    """Return the lower-case words of a role, "Sen." as "senator"."""
    full = lexicons.title_forms()
    words = (word.strip(".,") for word in role.lower().split())
    return [full.get(word, word) for word in words if word]


def joined(s: Sentence, first: int, stop: int) -> str:
    """Return tokens as text, one space where the article has any white space."""
    text = ""
    for k in range(first, stop):
        glued = k == first or s.starts[k] == s.ends[k - 1]
        text += s.words[k] if glued else " " + s.words[k]
    return text
