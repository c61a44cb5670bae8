"""Which cue a piece of content belongs to, and which source a cue has.

Every content has one cue and every cue at most one source, while a cue may have several
contents and a source several cues; so each content chooses its cue, and each cue its source,
by the product of two vectors of the network (a biaffine pointer, as in Dozat and Manning 2017).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from claims.extraction.neural.decode import PieceSpan, best_path, spans
from claims.extraction.neural.labels import begin
from claims.extraction.neural.windows import Floats, Reading, View

SOURCE, CUE, CONTENT = range(3)
SIZE = 64
"""Numbers in a link vector; a piece has four, side by side: content, its cue, cue, its source."""

UNSEEN = -1e4


@dataclass(slots=True)
class Linked:
    """A cue with its contents and its source; ``certainty`` are log-probabilities of the links."""

    cue: PieceSpan | None
    contents: list[PieceSpan] = field(default_factory=list)
    source: PieceSpan | None = None
    certainty: list[float] = field(default_factory=list)
    source_certainty: float = 0.0


@dataclass(frozen=True, slots=True)
class LinkOptions:
    """What training found best on dev."""

    nobody: float = 0.0
    """Added to the score of having no source."""
    pull: float = 0.0
    """How much a label gains where a pointer surely points, and loses where none does."""
    even: float = 0.3
    """The probability of a pointer that neither gains nor loses."""


def linked_spans(reading: Reading, matrix: Floats, options: LinkOptions) -> list[PieceSpan]:
    """Return the spans on which labels and pointers agree best.

    Pointers know of cues and sources that the labels leave out: a content that surely points at
    a piece makes a cue begin there, and a cue a source; where nothing points, one is less
    likely. So labels are decoded, contents tell where cues are, and these where sources are.
    """
    found = spans(reading.scores, best_path(reading.scores, matrix))
    if not options.pull:
        return found
    scores = reading.scores.copy()
    for asking, asked in ((CONTENT, CUE), (CUE, SOURCE)):
        likely = _pointed(reading, [span for span in found if span.role == asking])
        scores[:, begin(asked)] += options.pull * (likely - options.even)
        found = spans(reading.scores, best_path(scores, matrix))
    return found


def _pointed(reading: Reading, asking: Sequence[PieceSpan]) -> Floats:
    """Return how surely any of the spans, all of one role, points at each piece."""
    likely = np.zeros(len(reading.scores), dtype=np.float32)
    for span in asking:
        view = reading.view_of(span.first) if span.role == CUE else _widest(reading, span)
        first, stop = max(view.start, span.first), min(view.stop, span.stop)
        at = 0 if span.role == CONTENT else 2 * SIZE
        rows = view.links[first - view.start + 1 : stop - view.start + 1]
        scores = view.links[:, at + SIZE : at + 2 * SIZE] @ rows[:, at : at + SIZE].mean(axis=0)
        scores = np.exp((scores - scores.max()) / SIZE**0.5)
        here = likely[view.start : view.stop]
        np.maximum(here, scores[1:] / scores.sum(), out=here)
    return likely


def _widest(reading: Reading, span: PieceSpan) -> View:
    """Return the window that sees most of a span."""
    return max(
        reading.views_over(span.first, span.stop),
        key=lambda view: min(view.stop, span.stop) - max(view.start, span.first),
    )


def link(reading: Reading, spans: Sequence[PieceSpan], options: LinkOptions) -> list[Linked]:
    """Return an attribution for each cue that has content, and one for each content without."""
    sources = [s for s in spans if s.role == SOURCE]
    cues = [s for s in spans if s.role == CUE]
    contents = [s for s in spans if s.role == CONTENT]
    linked = [Linked(cue) for cue in cues]
    loose = []
    for content in contents:
        scores = cue_scores(reading, content, cues)
        best = int(scores.argmax()) if len(scores) else 0
        if not len(scores) or scores[best] <= UNSEEN:
            loose.append(Linked(None, [content], certainty=[0.0]))
            continue
        linked[best].contents.append(content)
        linked[best].certainty.append(float(scores[best] - _total(scores)))
    kept = [(cue, item) for cue, item in zip(cues, linked, strict=True) if item.contents]
    for cue, item in kept:
        scores = source_scores(reading, cue, sources)
        scores[-1] += options.nobody
        best = int(scores.argmax())
        item.source = sources[best] if best < len(sources) else None
        item.source_certainty = float(scores[best] - _total(scores))
    whole = [*(item for _, item in kept), *loose]
    return sorted(whole, key=lambda item: item.contents[0].first)


def cue_scores(reading: Reading, content: PieceSpan, cues: Sequence[PieceSpan]) -> Floats:
    """Return a score a cue; UNSEEN where no window sees the content and the cue together."""
    scores = np.full(len(cues), UNSEEN, dtype=np.float32)
    seen = np.zeros(len(cues), dtype=np.int64)
    firsts = np.array([cue.first for cue in cues], dtype=np.int64)
    for view in reading.views_over(content.first, content.stop):
        first, stop = max(view.start, content.first), min(view.stop, content.stop)
        better = (firsts >= view.start) & (firsts < view.stop) & (seen < stop - first)
        if better.any():
            asked = view.links[first - view.start + 1 : stop - view.start + 1, :SIZE].mean(axis=0)
            keys = view.links[firsts[better] - view.start + 1, SIZE : 2 * SIZE]
            scores[better] = keys @ asked / SIZE**0.5
            seen[better] = stop - first
    return scores


def source_scores(reading: Reading, cue: PieceSpan, sources: Sequence[PieceSpan]) -> Floats:
    """Return a score a source, and last that of having none."""
    view: View = reading.view_of(cue.first)
    stop = min(cue.stop, view.stop)
    asked = view.links[cue.first - view.start + 1 : stop - view.start + 1, 2 * SIZE : 3 * SIZE]
    scores = np.full(len(sources) + 1, UNSEEN, dtype=np.float32)
    firsts = np.array([source.first for source in sources], dtype=np.int64)
    visible = (firsts >= view.start) & (firsts < view.stop)
    keys = view.links[firsts[visible] - view.start + 1, 3 * SIZE :]
    mean = asked.mean(axis=0) / SIZE**0.5
    scores[:-1][visible] = keys @ mean
    scores[-1] = view.links[0, 3 * SIZE :] @ mean
    return scores


def _total(scores: Floats) -> float:
    top = float(scores.max())
    return top + float(np.log(np.exp(scores - top).sum()))
