"""From drafts to attributions of the whole text: floating, split and multi-paragraph quotations."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from claims.extraction import likely
from claims.extraction.attribution import attribute
from claims.extraction.drafts import Draft
from claims.extraction.grammar import Range
from claims.extraction.signed import Signed, signed
from claims.extraction.tokens import Sentence

MAX_CARRY_PARAGRAPHS = 2
"""How many paragraphs back the speaker of a floating quotation may have been named."""

MIN_FLOATING_WORDS = 4
"""A shorter passage that stands alone is a title or an exclamation, not a quotation."""

CharSpan = tuple[int, int]


@dataclass(slots=True)
class Attribution:
    """An attribution in character offsets; ``mention`` locates its source for resolution.

    ``mention`` is ``(sentence index, first token, stop token)``, that of the carried source for
    a floating quotation; None where nobody is named.
    """

    content: list[CharSpan]
    cue: list[CharSpan]
    source: list[CharSpan]
    confidence: float
    sentence: int
    paragraph: int
    mention: tuple[int, int, int] | None
    quoted: bool
    open_ended: bool = False
    floating: bool = False
    marks: list[CharSpan] = field(default_factory=list)


def assemble(sentences: Iterable[Sentence]) -> tuple[list[Sentence], list[Attribution]]:
    """Return the sentences read and their attributions, in text order."""
    kept: list[Sentence] = []
    found: list[Attribution] = []
    last_quoted: Attribution | None = None
    last_any: Attribution | None = None
    waiting: Attribution | None = None
    for index, sentence in enumerate(sentences):
        kept.append(sentence)
        drafts = attribute(sentence)
        if not drafts and sentence.regions and _only_quotation(sentence):
            introduced = _introduced(sentence, index, waiting, kept)
            if introduced is not None:
                found.append(introduced)
                last_quoted = last_any = introduced
                continue
            floated = _float(sentence, index, last_quoted, last_any)
            if floated is not None and floated is not last_quoted:
                found.append(floated)
            last_quoted = floated or last_quoted
            if last_any is None or floated is not None:
                last_any = floated
            continue
        for draft in drafts:
            attribution = _attribution(sentence, index, draft)
            if not draft.content:
                # "..., he said at a dinner where she spoke." has had its words; a colon wants more.
                if sentence.tags[-1] == ":" or not sentence.regions:
                    waiting = attribution
                continue
            if attribution.quoted and last_quoted is not None:
                _take_opening(sentence, attribution, last_quoted, found)
            found.append(attribution)
            last_any = attribution
            if attribution.quoted:
                last_quoted = attribution
    return kept, found


def with_signed(
    text: str, read: Sequence[Sentence], found: Iterable[Attribution]
) -> list[Attribution]:
    """Return ``found`` with the signed quotations in place of what touches them."""
    items = signed(text)
    if not items:
        return list(found)
    starts = [sentence.starts[0] for sentence in read]
    ends = [item.name[1] for item in items]
    kept = []
    for attribution in found:
        attribution.content = [
            span for span in attribution.content if not _touches(items, ends, span)
        ]
        if attribution.content:
            kept.append(attribution)
    for item in items:
        at = max(0, bisect_right(starts, item.name[0]) - 1)
        s = read[at]
        mention = at, bisect_right(s.ends, item.name[0]), bisect_left(s.starts, item.name[1])
        kept.append(
            Attribution(
                content=[item.content],
                cue=[item.dash],
                source=[item.name],
                confidence=likely.SIGNED,
                sentence=at,
                paragraph=s.paragraph,
                mention=mention if mention[1] < mention[2] else None,
                quoted=True,
                marks=[item.content],
            )
        )
    return kept


def _touches(items: Sequence[Signed], ends: Sequence[int], span: CharSpan) -> bool:
    """Tell whether a span overlaps a signed quotation or its signature."""
    at = bisect_right(ends, span[0])
    return at < len(items) and items[at].content[0] < span[1]


def _introduced(
    s: Sentence, index: int, waiting: Attribution | None, kept: list[Sentence]
) -> Attribution | None:
    """Return the quotation that the sentence before announced ("He said in a statement:")."""
    if waiting is None or waiting.sentence != index - 1:
        return None
    if waiting.paragraph != s.paragraph and kept[index - 1].tags[-1] != ":":
        return None
    regions = [s.regions[k] for k in sorted(s.regions)]
    return Attribution(
        content=[(regions[0].start, regions[-1].end)],
        cue=waiting.cue,
        source=waiting.source,
        confidence=waiting.confidence,
        sentence=index,
        paragraph=s.paragraph,
        mention=waiting.mention,
        quoted=True,
        open_ended=regions[-1].continues,
        marks=[(region.start, region.end) for region in regions],
    )


def _attribution(s: Sentence, index: int, draft: Draft) -> Attribution:
    content = sorted(_chars(s, part) for part in draft.content)
    regions = [s.regions[k] for part in draft.content for k in range(*part) if k in s.regions]
    source = draft.source
    return Attribution(
        content=content,
        cue=[_chars(s, draft.cue)] if draft.cue else [],
        source=[_chars(s, source)] if source else [],
        confidence=draft.confidence,
        sentence=index,
        paragraph=s.paragraph,
        mention=(index, *source) if source else None,
        quoted=bool(regions),
        open_ended=bool(regions) and regions[-1].continues,
        marks=[(region.start, region.end) for region in regions],
    )


def _chars(s: Sentence, tokens: Range) -> CharSpan:
    return s.starts[tokens[0]], s.ends[tokens[1] - 1]


def _only_quotation(s: Sentence) -> bool:
    return all(tag in "Q.,;:?!-" for tag in s.tags)


def _float(
    s: Sentence, index: int, quoted: Attribution | None, latest: Attribution | None
) -> Attribution | None:
    """Attach a sentence that is all quotation to what came before, or let it stand alone."""
    regions = [s.regions[k] for k in sorted(s.regions)]
    spans = [(region.start, region.end) for region in regions]
    hull = (spans[0][0], spans[-1][1])
    goes_on = regions[0].continued and quoted is not None and quoted.open_ended
    same = quoted is not None and quoted.paragraph == s.paragraph and quoted.sentence == index - 1
    if quoted is not None and (goes_on or same):
        quoted.content.append(hull)
        quoted.marks.extend(spans)
        quoted.open_ended = regions[-1].continues
        quoted.sentence = index
        quoted.paragraph = s.paragraph
        return quoted
    words = sum(len(s.words[k].split()) for k in s.regions)
    if words < MIN_FLOATING_WORDS and not regions[-1].continues:
        return None
    near = latest is not None and s.paragraph - latest.paragraph <= MAX_CARRY_PARAGRAPHS
    carried = latest if near else None
    return Attribution(
        content=[hull],
        cue=[],
        source=list(carried.source) if carried else [],
        confidence=likely.FLOATING if carried else likely.UNATTRIBUTED,
        sentence=index,
        paragraph=s.paragraph,
        mention=carried.mention if carried else None,
        quoted=True,
        open_ended=regions[-1].continues,
        floating=True,
        marks=spans,
    )


def _take_opening(
    s: Sentence, attribution: Attribution, before: Attribution, found: list[Attribution]
) -> None:
    """Give a quotation whose speaker is named in a later paragraph its first paragraphs."""
    first = next((s.regions[k] for k in sorted(s.regions)), None)
    if first is None or not first.continued or not before.floating or not before.open_ended:
        return
    if found and found[-1] is before and attribution.content[0][0] >= before.content[-1][1]:
        attribution.content = before.content + attribution.content
        attribution.marks = before.marks + attribution.marks
        found.pop()
