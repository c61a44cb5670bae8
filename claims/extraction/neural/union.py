"""One list of attributions from two readers: the network's, and the rules' where they are exact.

The network finds more and is right more often; the rules know for certain where quotation marks
open and close, which passage goes on in the next paragraph, and what a plain pattern of the
grammar says ("...," he said; he repeated, "..."; he said that ...). So the network's attributions
stand, and are corrected where an exact reading contradicts a doubtful one. Both sides' doubt is
on one scale: the calibrated confidence of the network, the counted share of right findings of
the rules (``likely.py``).
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from claims.extraction import assembly, lexicons, likely
from claims.extraction.marks import Region
from claims.extraction.neural.attributions import Attribution, CharSpan
from claims.extraction.neural.overlaps import Overlaps, agreement, length, shared
from claims.extraction.neural.passages import chains, overlapped, snapped
from claims.extraction.neural.sources import comments_on, names_nobody

DOUBTFUL = 0.45
"""Below this confidence of the network, a rule that reads the same words otherwise is believed.

Counted on PolNeAR dev, where the two read the same content and name different sources.
"""

SAME = 0.5
"""Two contents that share this part of their characters are the same words."""

MAX_WORDS_BETWEEN = 3
"""So many words may stand between a cue and the passage it announces ("repeating once more,")."""

COVERED = 0.8
"""An attribution that holds this part of a passage holds it."""

MAX_SMALL_WORD = 3
"""Words up to this length keep their small letter in a heading ("of", "the")."""

Rules = Sequence[assembly.Attribution]
_ENDS = frozenset("\n.!?")
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Article:
    """A text with what the rules know of it: quoted passages, and where each sentence starts."""

    text: str
    regions: Sequence[Region]
    sentences: Sequence[int]


def combined(article: Article, found: Sequence[Attribution], by_rules: Rules) -> list[Attribution]:
    """Return the attributions of both readers, in text order; ``found`` have their confidence.

    ``by_rules`` are those of the whole article, in order. Linear in the number of attributions,
    since each looks at its neighbours only.
    """
    text, regions = article.text, article.regions
    rules = [rule for rule in by_rules if rule.content]
    index = Overlaps([rule.content for rule in rules])
    known = [_tidied(text, attribution, regions) for attribution in found]
    known = _whole_passages(known, rules, index, regions)
    known = [part for a in known for part in _by_cue(text, a, rules, index)]
    known = [part for a in known for part in _by_sentence(a, rules, index, article)]
    known = [a for a in known if not _is_title(text, a, index, regions)]
    known = [_corrected(text, a, rules, index) for a in known]
    known += _missed(text, known, rules)
    return sorted(known, key=lambda attribution: attribution.content[0])


def of_rules(rule: assembly.Attribution) -> Attribution:
    """Return an attribution of the rules as one of the union."""
    return Attribution(
        content=sorted(rule.content),
        cue=list(rule.cue),
        source=list(rule.source),
        confidence=rule.confidence,
    )


def _tidied(text: str, found: Attribution, regions: Sequence[Region]) -> Attribution:
    """Return an attribution whose quoted ends are those of the marks, without a false source."""
    content = snapped(text, found.content, found.cue, regions)
    source = [span for span in found.source if not names_nobody(text[slice(*span)])]
    return replace(found, content=content or found.content, source=source)


def _whole_passages(
    known: Sequence[Attribution], rules: Rules, index: Overlaps, regions: Sequence[Region]
) -> list[Attribution]:
    """Give each passage of several paragraphs to one attribution.

    The opening mark at every paragraph binds it; where the network does not hold it together,
    the rules do.
    """
    kept = list(known)
    own = Overlaps([attribution.content for attribution in known])
    added: list[Attribution] = []
    for chain in chains(regions):
        owners = own.at(chain)
        if not owners or (len(owners) == 1 and _holds(known[owners[0]].content, chain)):
            continue
        whole = [k for k in index.at(chain) if shared(chain, rules[k].content) == length(chain)]
        if not whole:
            continue
        for k in owners:
            kept[k] = replace(kept[k], content=_outside(kept[k].content, chain))
        added.append(of_rules(rules[whole[0]]))
    return [*(attribution for attribution in kept if attribution.content), *added]


def _holds(content: Sequence[CharSpan], chain: Sequence[CharSpan]) -> bool:
    return all(shared([span], content) >= COVERED * length([span]) for span in chain)


def _outside(content: Sequence[CharSpan], chain: Sequence[CharSpan]) -> list[CharSpan]:
    return [span for span in content if not shared([span], chain)]


def _by_cue(text: str, found: Attribution, rules: Rules, index: Overlaps) -> list[Attribution]:
    """Split off what has a cue of its own: ``before repeating, "No."``, or another sentence."""
    if len(found.content) < 2:
        return [found]
    rest: list[CharSpan] = []
    parts: list[Attribution] = []
    for span in found.content:
        near = [rules[k] for k in index.at([span])]
        own = next((rule for rule in near if _has_own_cue(text, rule, span, found.cue)), None)
        if own is None or shared(own.cue, [*found.cue, *found.content]):
            rest.append(span)
        else:
            parts.append(of_rules(own))
    return [replace(found, content=rest), *parts] if rest and parts else [found]


def _has_own_cue(
    text: str, rule: assembly.Attribution, span: CharSpan, cue: Sequence[CharSpan]
) -> bool:
    """Tell whether a rule reads just this span, with a cue that announces it or is nearer.

    Nearer is a cue in the paragraph of the span, where the network's stands in another one.
    """
    if not rule.cue or agreement([span], rule.content) < COVERED:
        return False
    if rule.confidence >= likely.QUOTED_BEHIND or rule.confidence == likely.THAT:
        between = text[rule.cue[-1][1] : span[0]]
        if between and not set(between) & _ENDS and len(between.split()) <= MAX_WORDS_BETWEEN:
            return True
    own = text[min(span[1], rule.cue[0][0]) : max(span[0], rule.cue[0][0])]
    other = text[min(span[1], cue[0][0]) : max(span[0], cue[0][0])] if cue else ""
    return "\n" in other and "\n" not in own


def _by_sentence(
    found: Attribution, rules: Rules, index: Overlaps, article: Article
) -> list[Attribution]:
    """Part what the network ties together across paragraphs, and the writer's across sentences.

    A quoted passage that begins a paragraph has its own cue if the rules see one there; else it
    is floating and keeps the source. The writer's words in another sentence than the cue's are
    nobody's, unless the rules know whose. What marks or a colon carry over stays together.
    """
    text, regions = article.text, article.regions
    groups = [[found.content[0]]]
    for before, span in zip(found.content, found.content[1:], strict=False):
        if _parted(text, before, span, article):
            groups.append([span])
        else:
            groups[-1].append(span)
    if len(groups) == 1:
        return [found]
    main = min(groups, key=lambda group: _distance(found.cue or found.content[:1], group, article))
    announced = text[main[-1][1] : main[-1][1] + 1] == ":"
    kept: list[CharSpan] = []
    parts: list[Attribution] = []
    for group in groups:
        if group is main or (announced and main[0] < group[0]):
            kept += group
        elif _stands_alone(text, group, regions):
            parts.append(_floating(found, group, rules, index))
        else:
            parts += [of_rules(rule) for rule in [_counterpart(group, rules, index)] if rule]
    return [replace(found, content=kept), *parts] if len(kept) < len(found.content) else [found]


def _distance(
    cue: Sequence[CharSpan], group: Sequence[CharSpan], article: Article
) -> tuple[int, int]:
    """Return how many sentences, then how many characters, lie between a cue and a content."""
    first, last = sorted([cue[0], (group[0][0], group[-1][1])])
    starts = article.sentences
    return bisect_right(starts, last[0]) - bisect_right(starts, first[1] - 1), last[0] - first[1]


def _parted(text: str, before: CharSpan, span: CharSpan, article: Article) -> bool:
    """Tell whether a paragraph ends between two contents, or a sentence between the writer's."""
    if "\n" in text[before[1] : span[0]]:
        return not _carried_on(span, article.regions)
    ended = bisect_right(article.sentences, span[0]) > bisect_left(article.sentences, before[1])
    quoted = overlapped(before, article.regions) and overlapped(span, article.regions)
    return ended and not quoted


def _carried_on(span: CharSpan, regions: Sequence[Region]) -> bool:
    return any(region.continued for region in overlapped(span, regions)[:1])


def _stands_alone(text: str, content: Sequence[CharSpan], regions: Sequence[Region]) -> bool:
    """Tell whether a content is all quotation and begins its paragraph."""
    first = overlapped(content[0], regions)
    if not first or first[0].start < content[0][0]:
        return False
    line = text.rfind("\n", 0, first[0].start) + 1
    if text[line : first[0].start].strip():
        return False
    quoted = sum(
        min(end, region.end) - max(start, region.start)
        for start, end in content
        for region in overlapped((start, end), regions)
    )
    return length(content) - quoted <= 2 * len(content)


def _floating(
    found: Attribution, content: list[CharSpan], rules: Rules, index: Overlaps
) -> Attribution:
    same = _counterpart(content, rules, index)
    if same is not None:
        return of_rules(same)
    return Attribution(content, [], list(found.source), confidence=likely.FLOATING)


def _counterpart(
    content: Sequence[CharSpan], rules: Rules, index: Overlaps
) -> assembly.Attribution | None:
    """Return the rule that reads most nearly the same words, if any reads half of them."""
    near = [(agreement(content, rules[k].content), -k) for k in index.at(content)]
    best, k = max(near, default=(0.0, 0))
    return rules[-k] if best >= SAME else None


def _corrected(text: str, found: Attribution, rules: Rules, index: Overlaps) -> Attribution:
    """Return what is left of an attribution when the rules' reading of its words is heard."""
    rule = _counterpart(found.content, rules, index)
    if rule is None:
        return found
    if _disagree(found, rule) and _rule_is_right(text, found, rule):
        return of_rules(rule)
    if not found.cue:
        return replace(found, cue=list(rule.cue), source=list(rule.source))
    return _ended(text, found, rule)


def _disagree(found: Attribution, rule: assembly.Attribution) -> bool:
    return agreement(found.source, rule.source) < SAME


def _rule_is_right(text: str, found: Attribution, rule: assembly.Attribution) -> bool:
    """Tell whether the rule knows better whose words these are."""
    if not found.source and (found.confidence or 0.0) < DOUBTFUL:
        return True
    if rule.confidence >= likely.QUOTED and not shared(found.source, rule.source):
        return True
    return bool(found.source) and comments_on(text, found.source[0][0]) and bool(rule.cue)


def _ended(text: str, found: Attribution, rule: assembly.Attribution) -> Attribution:
    """Carry a that-clause or a content that breaks off on to the end of its clause."""
    start, end = found.content[-1]
    last = rule.content[-1]
    if len(found.content) > 1 or last[0] != start or not end < last[1]:
        return found
    if rule.confidence != likely.THAT and not _breaks_off(text[start:end]):
        return found
    return replace(found, content=[(start, last[1])])


def _breaks_off(words: str) -> bool:
    """Tell whether a content ends on a word that wants another: "refugees and"."""
    last = words.rsplit(None, 1)[-1].lower()
    return last in lexicons.word_set("wants_more")


def _missed(text: str, known: Sequence[Attribution], rules: Rules) -> list[Attribution]:
    """Return what only the rules see: passages between marks, and plain that-clauses."""
    taken = Overlaps([attribution.content for attribution in known])
    return [
        of_rules(rule)
        for rule in rules
        if (_speech(text, rule) if rule.marks else _says_that(text, rule))
        and not taken.at(rule.content)
    ]


def _speech(text: str, rule: assembly.Attribution) -> bool:
    """Tell a quoted passage from a heading between marks, which capitals give away."""
    return not rule.floating or not _in_capitals(text, rule.content)


def _in_capitals(text: str, content: Sequence[CharSpan]) -> bool:
    """Tell whether every longer word begins with a capital: "The Drowned Parish"."""
    words = [w for start, end in content for w in _WORD.findall(text[start:end])]
    return len(words) > 1 and not any(w[0].islower() for w in words if len(w) > MAX_SMALL_WORD)


def _is_title(text: str, found: Attribution, index: Overlaps, regions: Sequence[Region]) -> bool:
    """Tell the title of a work between marks from speech: capitals, and no rule calls it speech."""
    quoted = all(overlapped(span, regions)[:1] for span in found.content)
    marks = all(
        region.start <= start and end <= region.end
        for start, end in found.content
        for region in overlapped((start, end), regions)
    )
    return quoted and marks and _in_capitals(text, found.content) and not index.at(found.content)


def _says_that(text: str, rule: assembly.Attribution) -> bool:
    if rule.confidence != likely.THAT or not rule.source:
        return False
    return text[slice(*rule.source[0])].lower() not in lexicons.word_set("no_reporter")
