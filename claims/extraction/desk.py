"""From the attributions of an article to the quotes that a desk wants to judge.

An *attribution* is what the writer gives to somebody with one cue, in as many fragments as it
takes: ``"A," he said. "B."`` is one, as annotated corpora have it, and what ``extract`` returns.
A *quote* of the desk is one utterance that a claim can be made of: ``"A,"`` and ``"B."`` are two,
by the same speaker, and stand in the record as two rows.

Corpora also count plans, wishes, thanks and questions as attributions. The desk checks what was
said to be so, so these are held back, and so is what is less sure than the threshold. Nothing is
lost by it: ``extract`` gives all.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from claims.extraction import lexicons
from claims.extraction.kinds import kind_of
from claims.extraction.marks import Region, quoted_regions
from claims.extraction.tokens import Sentence, sentences
from claims.extraction.types import ArticleExtraction, Quote, QuoteKind, Span

LEAST_CONFIDENCE = 0.4
"""The threshold where none is set; benchmarks/README.md says what others would cost and bring."""

_SENTENCE_ENDS = frozenset(".!?:…")

Worth = Callable[[str], float]


@dataclass(frozen=True, slots=True)
class Offer:
    """What the desk is offered of an article, in text order, and how many quotes it is not."""

    extraction: ArticleExtraction
    held_back: int


def offer(
    extraction: ArticleExtraction, worth: Worth, *, least_confidence: float = LEAST_CONFIDENCE
) -> Offer:
    """Cut attributions into utterances and hold back what the desk does not want.

    ``worth`` gives the check-worthiness of words, for the utterances of a cut attribution.
    """
    cut = utterances(extraction, worth)
    kept = tuple(
        quote
        for quote in cut
        if quote.confidence >= least_confidence and states(quote, extraction.text)
    )
    return Offer(replace(extraction, quotes=kept), len(cut) - len(kept))


def utterances(extraction: ArticleExtraction, worth: Worth) -> tuple[Quote, ...]:
    """Return the quotes of an extraction, each cut where the writer's sentence ends inside it.

    No two have the same hull: of two that would, the surer one stays.
    """
    text = extraction.text
    regions: list[Region] | None = None
    best: dict[tuple[int, int], Quote] = {}
    for quote in extraction.quotes:
        parts = [quote]
        groups = _groups(text, quote)
        if len(groups) > 1:
            regions = quoted_regions(text) if regions is None else regions
            main = _nearest(text, groups, quote.cue)
            parts = [_part(text, quote, g, g is main, regions, worth) for g in groups]
        for part in parts:
            hull = part.start, part.end
            if hull not in best or best[hull].confidence < part.confidence:
                best[hull] = part
    return tuple(best[hull] for hull in sorted(best))


def _groups(text: str, quote: Quote) -> list[list[Span]]:
    groups = [[quote.content[0]]]
    for before, span in zip(quote.content, quote.content[1:], strict=False):
        if _ends(text[before.end : span.start]):
            groups.append([span])
        else:
            groups[-1].append(span)
    return groups


def _nearest(text: str, groups: Sequence[list[Span]], cue: Sequence[Span]) -> list[Span]:
    """Return the group whose sentence the cue stands in."""
    if not cue:
        return groups[0]

    def distance(group: list[Span]) -> tuple[bool, int]:
        first, last = sorted([cue[0], Span(group[0].start, group[-1].end)])
        return _ends(text[first.end : last.start]), last.start - first.end

    return min(groups, key=distance)


def _ends(between: str) -> bool:
    return between.rstrip()[-1:] in _SENTENCE_ENDS


def _part(
    text: str,
    quote: Quote,
    content: Sequence[Span],
    has_cue: bool,
    regions: Sequence[Region],
    worth: Worth,
) -> Quote:
    fragments = tuple(span.text(text) for span in content)
    return replace(
        quote,
        content=tuple(content),
        cue=quote.cue if has_cue else (),
        kind=kind_of([(span.start, span.end) for span in content], regions),
        check_worthiness=worth(" ".join(fragments)),
        fragments=fragments,
    )


def states(quote: Quote, text: str) -> bool:
    """Tell whether a quote holds a statement, not a plan, a wish, a thing or a question.

    Words between marks always do: somebody said them. The writer's own words do if they hold a
    finite clause ("that the bank was weak", "the bank was weak"), a participle clause ("having
    taken", "of lying") or a number, or if the cue asserts all that it takes (expects "it to fall",
    claimed "to have won"). Bare things ("the letter"), other infinitives ("to go on") and questions
    ("whether it holds", or any that nobody in particular asked) do not.
    """
    if quote.kind is not QuoteKind.INDIRECT:
        return True
    read = [s for fragment in quote.fragments for s in sentences(fragment, [])]
    if not read:
        return False
    first = read[0].low[0]
    if first == "that":
        return True
    if first in _YES_OR_NO or (first in lexicons.word_set("question") and not quote.source):
        return False
    if any(_asserts(span.text(text)) for span in quote.cue):
        return True
    return any(_is_clause(s) for s in read)


def _asserts(cue: str) -> bool:
    forms = lexicons.verb_forms()
    known = (forms.get(word) for word in cue.lower().split())
    return any(form is not None and form.lemma in lexicons.word_set("asserting") for form in known)


_YES_OR_NO = frozenset(["whether", "if"])


def _is_clause(s: Sentence) -> bool:
    if s.tags[0] == "G" or "M" in s.tags or any(c.isdigit() for word in s.words for c in word):
        return True
    if any(pair == ("I", "G") for pair in pairwise(s.tags)):
        return True
    return any(_finite(s, k) for k in range(1, len(s)))


def _finite(s: Sentence, k: int) -> bool:
    """Tell a finite verb from an infinitive ("to be published") and from "reported by"."""
    if s.tags[k] not in "VAE":
        return False
    before = k - 1
    while before > 0 and s.tags[before] in "RA":
        before -= 1
    if s.tags[before] == "T":
        return False
    if s.tags[k] != "E" or before < k - 1:
        return True
    return s.tags[before] != "D" and s.low[k + 1 : k + 2] != ["by"]
