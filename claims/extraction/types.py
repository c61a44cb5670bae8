"""What extraction hands back: frozen values, offsets in code points, no behaviour to configure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class QuoteKind(StrEnum):
    """How the words stand in the article.

    ``direct``: the whole content stands between quotation marks; ``mixed``: only a part of it
    does; ``indirect``: no quotation mark, the writer's words throughout.
    """

    DIRECT = "direct"
    MIXED = "mixed"
    INDIRECT = "indirect"


class SpeakerKind(StrEnum):
    """What sort of speaker a mention points to."""

    PERSON = "person"
    ORGANISATION = "organisation"
    GROUP = "group"
    ANONYMOUS = "anonymous"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range ``[start, end)`` of code points of the article; never empty."""

    start: int
    end: int

    def __post_init__(self) -> None:
        """Refuse an empty or negative span: offsets are sacred (ValueError)."""
        if not 0 <= self.start < self.end:
            raise ValueError(f"not a span: [{self.start}, {self.end})")

    def text(self, article: str) -> str:
        """Return the exact text under the span."""
        return article[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Mention:
    """A place where somebody is named, described or meant by a pronoun."""

    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class SpeakerGuess:
    """Who speaks, as far as the article alone can tell.

    ``name`` is the fullest name that stands in the article, None when in doubt or when there is
    nothing to name; ``candidates`` then holds whom it may be (possibly nobody). ``role`` is the
    role as the article gives it ("Foreign Minister"), "" if it gives none.
    """

    name: str | None
    kind: SpeakerKind
    role: str = ""
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Quote:
    """One quotation.

    ``content`` is sorted, does not overlap and includes the enclosing quotation marks;
    ``fragments`` is the exact text of each content span. ``cue`` and ``source`` may be empty.
    ``confidence`` and ``check_worthiness`` lie in 0..1.
    """

    content: tuple[Span, ...]
    cue: tuple[Span, ...]
    source: tuple[Span, ...]
    kind: QuoteKind
    speaker: SpeakerGuess
    confidence: float
    check_worthiness: float
    fragments: tuple[str, ...]

    @property
    def start(self) -> int:
        """The first offset of the hull of the content."""
        return self.content[0].start

    @property
    def end(self) -> int:
        """The offset behind the hull of the content."""
        return self.content[-1].end

    @property
    def span(self) -> Span:
        """The hull of the content."""
        return Span(self.start, self.end)

    @property
    def text(self) -> str:
        """The fragments joined by one space, quotation marks included."""
        return " ".join(self.fragments)

    @property
    def bare_text(self) -> str:
        """The words without the marks that enclose a fragment; marks inside a fragment stay."""
        return " ".join(_bare(fragment) for fragment in self.fragments)


@dataclass(frozen=True, slots=True)
class ArticleExtraction:
    """All quotations of one text, in text order; no two share the same (start, end)."""

    text: str
    quotes: tuple[Quote, ...]
    extractor: str


_PAIRS = {"“": "”", "‘": "’", "«": "»", "»": "«", "„": "“", '"': '"', "'": "'", "‹": "›", "‚": "‘"}


def _bare(fragment: str) -> str:
    for mark in ("''", "``"):
        if fragment.startswith(mark):
            return fragment.removeprefix(mark).removesuffix("''").strip()
    closing = _PAIRS.get(fragment[:1])
    if closing is None:
        return fragment
    inner = fragment[1:]
    if inner[-1:] in {closing, "”", '"'}:
        inner = inner[:-1]
    return inner.strip()
