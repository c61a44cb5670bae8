"""What the network missed and the rules see: passages between quotation marks."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from claims.extraction import assembly
from claims.extraction.neural.attributions import Attribution, CharSpan


def with_rules(
    found: Sequence[Attribution], by_rules: Sequence[assembly.Attribution]
) -> list[Attribution]:
    """Return ``found`` and the quoted attributions of the rules that touch none of it.

    A content for which the network saw no cue takes cue and source from the rules' attribution
    of the same words: the speaker of a quotation that stands alone was named further up.
    """
    quoted = sorted((rule for rule in by_rules if rule.marks), key=lambda rule: rule.content[0])
    taken = sorted(span for attribution in found for span in attribution.content)
    completed = [_completed(a, quoted) if not a.cue else a for a in found]
    added = [
        Attribution(
            content=sorted(rule.content),
            cue=list(rule.cue),
            source=list(rule.source),
            confidence=rule.confidence,
        )
        for rule in quoted
        if not any(_touches(span, taken) for span in rule.content)
    ]
    return sorted([*completed, *added], key=lambda attribution: attribution.content[0])


def _touches(span: CharSpan, taken: Sequence[CharSpan]) -> bool:
    at = bisect_left(taken, (span[1], 0)) - 1
    return at >= 0 and taken[at][1] > span[0]


def _completed(found: Attribution, quoted: Sequence[assembly.Attribution]) -> Attribution:
    start, end = found.content[0][0], found.content[-1][1]
    at = bisect_left(quoted, end, key=lambda rule: rule.content[0][0]) - 1
    if at < 0:
        return found
    rule = quoted[at]
    first, last = rule.content[0][0], rule.content[-1][1]
    shared = min(end, last) - max(start, first)
    if 2 * shared < max(end, last) - min(start, first):
        return found
    return Attribution(found.content, list(rule.cue), list(rule.source), found.evidence)
