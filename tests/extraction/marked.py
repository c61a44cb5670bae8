"""The corpus of ``corpus/``: articles with their quotes marked in place, read into gold.

``{7=brandt:“It works,”} {7m:she} {7k:said}.`` marks quote 7: its content, spoken by the speaker
declared as ``brandt`` below the article, the mention of the speaker and the cue. Offsets are
counted while the marks are taken out, so none is ever typed. See ``corpus/README.md``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).with_name("corpus")
PARTS = ("dev", "held_out")
"""``dev`` may be looked at while the rules are tuned, ``held_out`` may not."""

KINDS = frozenset(["person", "organisation", "group", "anonymous", "unknown"])

_MARK = re.compile(r"\{((?:\d+[mk]?\+)*\d+[mk]?)(?:=([^:{}]+))?:|\}")
_RULE = "\n----\n"

CharSpan = tuple[int, int]


class CorpusError(ValueError):
    """An article whose marks or speakers do not fit together; the text says where."""


@dataclass(frozen=True, slots=True)
class GoldSpeaker:
    """A speaker of one article; of ``names``, ``kinds`` and ``roles`` each one is right.

    The first name is the canonical one. "" among the roles: none need be given. None among the
    names: the words of the mention name nobody, and no name is right as well.
    """

    names: tuple[str | None, ...]
    kinds: tuple[str, ...]
    roles: tuple[str, ...]


@dataclass(slots=True)
class GoldQuote:
    """One quote, in offsets of the plain text.

    ``speakers`` has one entry where one speaker is given, several where they speak together
    (``joint``) or where the text leaves it open which of them is meant (``ambiguous``), none
    where no speaker is given. ``mention`` is None where the speaker carries over from before.
    """

    number: int
    speakers: tuple[GoldSpeaker, ...]
    ambiguous: bool
    content: list[CharSpan] = field(default_factory=list)
    cue: list[CharSpan] = field(default_factory=list)
    mention: CharSpan | None = None

    @property
    def joint(self) -> bool:
        """Tell whether several speak together."""
        return len(self.speakers) > 1 and not self.ambiguous


@dataclass(frozen=True, slots=True)
class GoldArticle:
    """An article of the corpus, its marks taken out of ``text``; quotes in text order."""

    name: str
    text: str
    quotes: tuple[GoldQuote, ...]


@cache
def articles(part: str) -> tuple[GoldArticle, ...]:
    """Return the articles of "dev" or "held_out", by name. Raises CorpusError."""
    return tuple(
        read(path.stem, path.read_text(encoding="utf-8"))
        for path in sorted((FOLDER / part).glob("*.txt"))
    )


def read(name: str, marked: str) -> GoldArticle:
    """Return one article from its marked text. Raises CorpusError where it does not hold."""
    body, rule, table = marked.partition(_RULE)
    if not rule:
        raise CorpusError(f"{name}: no line of dashes between the article and its speakers")
    speakers = dict(_speaker(name, line) for line in table.splitlines() if line.strip())
    quotes: dict[int, GoldQuote] = {}
    text = ""
    at = 0
    opened: list[tuple[str, str | None, int]] = []
    for mark in _MARK.finditer(body):
        text += body[at : mark.start()]
        at = mark.end()
        if mark[1] is not None:
            opened.append((mark[1], mark[2], len(text)))
            continue
        if not opened:
            raise CorpusError(f"{name}: a mark closes that none opened: ...{text[-30:]}")
        labels, alias, start = opened.pop()
        for label in labels.split("+"):
            _place(name, quotes, speakers, label, alias, (start, len(text)))
    text += body[at:]
    if opened:
        raise CorpusError(f"{name}: never closed: {opened}")
    _check(name, text, quotes, speakers, body)
    return GoldArticle(name, text, tuple(sorted(quotes.values(), key=lambda q: q.content)))


def _speaker(name: str, line: str) -> tuple[str, GoldSpeaker]:
    alias, _, rest = line.partition(":")
    fields = [part.strip() for part in rest.split("|")]
    if len(fields) != 3:
        raise CorpusError(f"{name}: not 'alias: names | kinds | roles': {line}")
    names, kinds, roles = (tuple(p.strip() for p in part.split("/")) for part in fields)
    if not set(kinds) <= KINDS:
        raise CorpusError(f"{name}: {alias}: no kind: {kinds}")
    return alias, GoldSpeaker(tuple(None if n == "-" else n for n in names), kinds, roles)


def _place(
    name: str,
    quotes: dict[int, GoldQuote],
    speakers: dict[str, GoldSpeaker],
    label: str,
    alias: str | None,
    span: CharSpan,
) -> None:
    number = int(label.rstrip("mk"))
    if label[-1] in "mk":
        quote = quotes.setdefault(number, GoldQuote(number, (), ambiguous=False))
        if label[-1] == "k":
            quote.cue.append(span)
        else:
            quote.mention = span
        return
    quote = quotes.setdefault(number, GoldQuote(number, (), ambiguous=False))
    quote.content.append(span)
    if alias is None or alias == "-":
        return
    quote.ambiguous = alias.startswith("?")
    try:
        quote.speakers = tuple(speakers[a] for a in re.split(r"[+,]", alias.lstrip("?")))
    except KeyError as error:
        raise CorpusError(f"{name}: quote {number}: no speaker {error}") from error


def _check(
    name: str,
    text: str,
    quotes: dict[int, GoldQuote],
    speakers: dict[str, GoldSpeaker],
    body: str,
) -> None:
    for number, quote in quotes.items():
        if not quote.content:
            raise CorpusError(f"{name}: quote {number} has no content")
        if not quote.speakers and f"{{{number}=-:" not in body:
            raise CorpusError(f"{name}: quote {number} says not who speaks")
        if quote.ambiguous and len(quote.speakers) < 2:
            raise CorpusError(f"{name}: quote {number} is ambiguous between one")
        for start, end in [*quote.content, *quote.cue]:
            piece = text[start:end]
            if not piece or piece != piece.strip() or "\n" in piece:
                raise CorpusError(f"{name}: quote {number}: bad edges: {piece!r}")
    if "{" in text or "}" in text:
        raise CorpusError(f"{name}: a brace that is no mark: {text[text.find('{') :][:40]!r}")
    used = {id(speaker) for quote in quotes.values() for speaker in quote.speakers}
    idle = [alias for alias, speaker in speakers.items() if id(speaker) not in used]
    if idle:
        raise CorpusError(f"{name}: speakers that say nothing: {idle}")
    if sorted(quotes) != list(range(1, len(quotes) + 1)):
        raise CorpusError(f"{name}: quotes are not numbered 1 to {len(quotes)}")


def kind_of(article: GoldArticle, quote: GoldQuote) -> str:
    """Return "direct", "mixed" or "indirect", by the marks in the content."""
    marks = '“”‘"'
    pieces = [article.text[start:end] for start, end in quote.content]
    if all(piece[0] in marks for piece in pieces) and not any(_loose(piece) for piece in pieces):
        return "direct"
    return "mixed" if any(mark in piece for piece in pieces for mark in marks) else "indirect"


def _loose(piece: str) -> bool:
    """Tell whether words stand behind a passage that closes inside a fragment."""
    closing = {"“": "”", "‘": "’", '"': '"'}[piece[0]]
    inner = piece[1:-1]
    for k, char in enumerate(inner):
        if char == closing and (closing != "’" or inner[k + 1 : k + 2] in (" ", ",", ".")):
            return True
    return False


def all_articles() -> Iterator[tuple[str, GoldArticle]]:
    """Yield (part, article) for the whole corpus."""
    for part in PARTS:
        for article in articles(part):
            yield part, article
