"""Sentences of tagged tokens, with each outermost quotation as one token.

No parser and no model: closed word classes, verb forms and the shape of a word give every token
one of these tags, which is enough to find the edges of noun phrases and clauses around a cue:

D determiner  P personal pronoun  W relative pronoun  N noun or adjective  C capitalised word
M number  I preposition  T "to"  A auxiliary  V finite verb  B bare verb  E -ed form  G -ing form
R adverb  K coordinator  S subordinator  H possessive ending  Q quoted passage, or a punctuation
mark, which is its own tag ("-" for any dash).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from claims.extraction import lexicons
from claims.extraction.marks import Region, paragraphs

MAX_SENTENCE_TOKENS = 400
"""A longer sentence is cut: no sentence of prose is, and every scan stays bounded."""

MAX_TITLE_CHARS = 60
"""A longer passage between marks is never taken for the title of a work."""

_TOKEN = re.compile(
    r"(?:[^\W\d_]\.){2,}|[$£€¥#@]?\d+(?:[.,:/]\d+)*(?:(?:-[^\W\d_]+)+|[^\W\d_]+|%)?|([^\w\s])\1{2,}|--"
    r"|[@#]?[^\W_]+(?:[-’'.&@/_‑][^\W_]+)*|[^\w\s]|_"
)
# "PARIS, March 3 (Reuters) - ": capitals, a day, an agency, a dash. Nobody says it.
DATELINE = re.compile(
    r"[A-Z][A-Z.’' -]{2,29}(?:, [^—–()\n-]{1,30})?(?: ?\([^()\n]{1,30}\))? ?(?:—|–|--|-) "
)
_SENTENCE_END = frozenset(".?!…")
_DASHES = frozenset("-–—―‒−")
_OPENERS = frozenset("([{“‘\"'«„")


@dataclass(slots=True)
class Sentence:
    """Parallel lists, one entry a token; ``regions`` holds the passage of each Q token."""

    paragraph: int
    words: list[str] = field(default_factory=list)
    low: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    regions: dict[int, Region] = field(default_factory=dict)

    def __len__(self) -> int:
        """Count the tokens."""
        return len(self.words)


@dataclass(frozen=True, slots=True)
class _Piece:
    word: str
    start: int
    end: int
    region: Region | None


def sentences(text: str, regions: list[Region]) -> Iterator[Sentence]:
    """Yield the sentences of ``text`` in order; none crosses a line break."""
    at = 0
    for number, (start, end) in enumerate(paragraphs(text)):
        inside = []
        while at < len(regions) and regions[at].start < end:
            inside.append(regions[at])
            at += 1
        dateline = DATELINE.match(text, start, end)
        pieces = _pieces(text, dateline.end() if dateline else start, end, inside)
        for group in _split(text, pieces):
            yield _tagged(group, number)


def _pieces(text: str, start: int, end: int, regions: list[Region]) -> list[_Piece]:
    pieces: list[_Piece] = []
    cursor = start
    for region in regions:
        _plain(text, cursor, region.start, pieces)
        pieces.append(_Piece(text[region.start : region.end], region.start, region.end, region))
        cursor = region.end
    _plain(text, cursor, end, pieces)
    return pieces


def _plain(text: str, start: int, end: int, pieces: list[_Piece]) -> None:
    abbreviations = lexicons.words("abbreviations")
    for match in _TOKEN.finditer(text, start, end):
        word, at, stop = match.group(), match.start(), match.end()
        if word == "." and pieces and pieces[-1].end == at:
            last = pieces[-1].word
            lone = len(last) == 1 and last.isupper() and last != "I"
            if lone or (last.rpartition("-")[2].lower() in abbreviations and last[0].isupper()):
                pieces[-1] = _Piece(last + ".", pieces[-1].start, stop, None)
                continue
        cut = max(word.rfind("'"), word.rfind("’"))
        if cut > 0 and word[cut + 1 :].lower() in lexicons.word_set("contraction"):
            pieces.append(_Piece(word[:cut], at, at + cut, None))
            pieces.append(_Piece(word[cut:], at + cut, stop, None))
        else:
            pieces.append(_Piece(word, at, stop, None))


def _split(text: str, pieces: list[_Piece]) -> Iterator[list[_Piece]]:
    group: list[_Piece] = []
    for i, piece in enumerate(pieces):
        group.append(piece)
        if len(group) >= MAX_SENTENCE_TOKENS or _ends_sentence(text, pieces, i):
            yield group
            group = []
    if group:
        yield group


def _ends_sentence(text: str, pieces: list[_Piece], i: int) -> bool:
    piece = pieces[i]
    following = pieces[i + 1] if i + 1 < len(pieces) else None
    if following is None:
        return True
    begins = following.region is not None or following.word[0].isupper()
    begins = begins or following.word[0].isdigit() or following.word[0] in _OPENERS
    if piece.region is not None:
        inner = piece.word[: piece.region.inner_end - piece.region.start].rstrip()[-1]
        if following.region is not None:
            return inner in ".?!…" and i > 0 and pieces[i - 1].word in (":", ",")
        if inner not in ".?!…" or not begins or following.word[0] in "([":
            return False
        return inner in ".…" or not _cue_follows(pieces, i + 1)
    if piece.word in _SENTENCE_END or piece.word.startswith(".."):
        if following.start == piece.end and following.region is None:
            return False
        return begins or following.word[0] in _DASHES
    if piece.word.endswith(".") and len(piece.word) > 2 and following.start > piece.end:
        low = following.word.lower()
        return (
            begins
            and following.region is None
            and piece.word.lower() in lexicons.word_set("splits_after")
            and lexicons.tagged("closed_classes").get(low, "") in {"D", "P", "I", "S", "K"}
        )
    return False


_CLAUSE = frozenset(["that", "he", "she", "they", "we", "i", "there"])
_PHRASE = frozenset(["the", "a", "an", "his", "her", "its", "their", "it"])


def _cue_follows(pieces: list[_Piece], start: int) -> bool:
    """Tell whether ``"Why?" the minister asked.`` goes on behind its quotation.

    "The minister said he was sorry." has words of its own and does not.
    """
    forms, cues = lexicons.verb_forms(), lexicons.cue_verbs()
    if lexicons.tagged("closed_classes").get(pieces[start].word.lower()) == "P":
        return False
    for k in range(start, min(start + 8, len(pieces))):
        form = forms.get(pieces[k].word.lower())
        if form is not None and form.lemma in cues and form.tag in "VE" and k > start:
            after = pieces[k + 1].word.lower() if k + 1 < len(pieces) else "."
            clause = after in _CLAUSE or (form.lemma == "say" and after in _PHRASE)
            return not clause and "i" in cues[form.lemma].frames
        if pieces[k].region is not None or pieces[k].word in _SENTENCE_END:
            return False
    return False


def _tagged(group: list[_Piece], paragraph: int) -> Sentence:
    sentence = Sentence(paragraph)
    closed, forms = lexicons.tagged("closed_classes"), lexicons.verb_forms()
    stative = lexicons.words("stative_nouns")
    title_case = _title_case(group)
    before = ""
    for i, piece in enumerate(group):
        low = piece.word.lower()
        if piece.region is not None and _is_title(group, i):
            tag = "C"
        elif piece.region is not None:
            tag = "Q"
            sentence.regions[i] = piece.region
        else:
            word = piece.word
            loose = title_case or before in ("", "Q", ":", "-")
            if word[0].isupper() and _starts_name(group, i, low):
                tag = "C"
            else:
                tag = _tag(word, low, loose, before, sentence, closed, forms, stative)
        sentence.words.append(piece.word)
        sentence.low.append(low)
        sentence.tags.append(tag)
        sentence.starts.append(piece.start)
        sentence.ends.append(piece.end)
        before = tag
    _settle_plurals(sentence, forms)
    _settle_that(sentence)
    return sentence


def _settle_that(s: Sentence) -> None:
    """Make a determiner of "that" between a preposition and a noun: "from that time"."""
    for i in range(1, len(s) - 1):
        if s.low[i] == "that" and s.tags[i - 1] == "I" and s.low[i - 1] in _WITH_THAT:
            s.tags[i] = "D" if s.tags[i + 1] == "N" else s.tags[i]


_WITH_THAT = frozenset(["from", "of", "at", "on", "with", "by", "for", "about", "during", "to"])


def _settle_plurals(s: Sentence, forms: dict[str, lexicons.Form]) -> None:
    """Make nouns of -s forms that may be plurals ("the claims of", "Pentagon plans to")."""
    ambiguous = lexicons.words("noun_verbs")
    for i, tag in enumerate(s.tags):
        if tag != "V" or not s.low[i].endswith("s") or forms[s.low[i]].lemma not in ambiguous:
            continue
        before = s.tags[i - 1] if i else ""
        after = s.tags[i + 1] if i + 1 < len(s.tags) else "."
        subject = before in "PWR" or (before == "C" and after in "DPQSCT,M")
        subject = subject or (
            before == "N" and not s.low[i - 1].endswith("s") and after in "DPQS" and i > 1
        )
        if not before or not subject:
            s.tags[i] = "N"


def _title_case(group: list[_Piece]) -> bool:
    """Tell whether nearly all longer words are capitalised, as in a headline."""
    long = [p.word for p in group if p.region is None and len(p.word) > 3 and p.word[0].isalpha()]
    return len(long) > 3 and sum(w[0].isupper() for w in long) >= 0.85 * len(long)


def _tag(
    word: str,
    low: str,
    loose: bool,
    before: str,
    sentence: Sentence,
    closed: dict[str, str],
    forms: dict[str, lexicons.Form],
    stative: frozenset[str],
) -> str:
    head = word[0]
    if not head.isalnum():
        return _mark_tag(word, before, sentence)
    if head.isdigit():
        return "M"
    capital = head.isupper()
    if not capital or loose or low in closed:
        known = closed.get(low)
        # "Theresa May": a capital behind a name is no modal verb, but in a headline.
        name = capital and not loose and (known in ("M", "S", "R") or (known, before) == ("A", "C"))
        if known is not None and not name:
            if known == "D" and low == "that":
                return "S"
            return known
        form = forms.get(low)
        if form is not None and low not in stative and not (capital and before == ""):
            return _verb_tag(form, low, before, sentence)
    if capital:
        return "R" if before == "" and _adverb_first(low) else "C"
    if low in stative:
        return "N"
    if low.endswith("ly") and len(low) > 4:
        return "R"
    if low.endswith("ing") and len(low) > 5:
        return "G"
    if low.endswith("ed") and len(low) > 4:
        return "E"
    return "N"


def _starts_name(group: list[_Piece], i: int, low: str) -> bool:
    """Tell "Will Doyle" from "Will he": a given name that is a verb, before a capital."""
    following = group[i + 1] if i + 1 < len(group) else None
    if following is None or following.region is not None or not following.word[0].isupper():
        return False
    return low in lexicons.word_set("verbal_name")


def _adverb_first(low: str) -> bool:
    """Tell "Currently" from "Italy" and "Kelly" at the start of a sentence."""
    known = low in lexicons.genders() or low in lexicons.words("countries")
    return len(low) > 5 and low.endswith("ly") and not known


def _is_title(pieces: list[_Piece], i: int) -> bool:
    """Tell the title of a work or programme between marks from somebody's words."""
    piece = pieces[i]
    region = piece.region
    if region is None or i == 0 or region.end - region.start > MAX_TITLE_CHARS:
        return False
    before = pieces[i - 1].word.lower()
    cued = before in lexicons.words("work_nouns")
    words = piece.word[region.inner_start - region.start :].split()
    long = [w for w in words if len(w) > 3]
    capitals = bool(long) and all(w[0].isupper() or not w[0].isalpha() for w in long)
    if not capitals or (piece.word[0] in "'‘" and len(words) == 1):
        return False
    if cued or (before in {"on", "'s", "’s"} and words[0][0].isupper()):
        return True
    return before in {"of", "in", "and"} and len(words) > 1


def _mark_tag(word: str, before: str, sentence: Sentence) -> str:
    if word[0] in "'’" and len(word) > 1:
        suffix = word[1:].lower()
        if suffix == "s":
            subject = sentence.low[-1] if sentence.low else ""
            return "A" if before == "P" or subject in lexicons.word_set("takes_is") else "H"
        return "A"
    if word in "'’" and sentence.low and sentence.low[-1].endswith("s"):
        return "H"
    if word[0] in _DASHES:
        return "-"
    if word.startswith(".."):
        return "."
    if word[0] in "@#$£€¥":
        return "C"
    return word[0]


def _verb_tag(form: lexicons.Form, low: str, before: str, sentence: Sentence) -> str:
    """Settle forms that may be nouns ("plans", "report") by the word before them."""
    tag = form.tag
    if tag == "V" and low.endswith("s") and before in ("D", "H", "I", "M"):
        return "N"
    if tag == "B":
        previous = sentence.low[-1] if sentence.low else ""
        if before in ("T", "A", "P", "W"):
            return "B"
        if before == "R" and len(sentence.tags) > 1 and sentence.tags[-2] in "TAPNW":
            return "B"
        if before in ("N", "C") and previous.endswith("s") and not previous.endswith("ss"):
            return "B"
        return "N"
    if tag in "EG" and before in ("D", "H"):
        return "N"
    return tag
