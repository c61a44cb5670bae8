"""Decoding: the best labels, and labels and pointers together."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.extraction.neural.decode import best_path, spans, transitions
from claims.extraction.neural.labels import LABELS, OUTSIDE, begin, follows, inside
from claims.extraction.neural.linking import CONTENT, CUE, SIZE, SOURCE, LinkOptions, linked_spans
from claims.extraction.neural.windows import Reading, View


def path_score(scores: np.ndarray, matrix: np.ndarray, path: tuple[int, ...]) -> float:
    before = (OUTSIDE, *path)
    return float(sum(scores[i, y] + matrix[before[i], y] for i, y in enumerate(path)))


@given(st.integers(0, 10_000), st.integers(1, 5))
@settings(max_examples=30, deadline=None)
def test_the_best_path_is_the_best_of_all(seed: int, count: int) -> None:
    random = np.random.default_rng(seed)
    scores = random.normal(scale=2, size=(count, len(LABELS))).astype(np.float32)
    learned = random.normal(size=(len(LABELS), len(LABELS))).astype(np.float32)
    # What stands behind the text is outside and must not count here.
    learned[:, OUTSIDE] = 0
    matrix = transitions(0.5, learned, 0.0)
    found = tuple(best_path(scores, matrix).tolist())
    best = max(
        product(range(len(LABELS)), repeat=count), key=lambda p: path_score(scores, matrix, p)
    )
    assert path_score(scores, matrix, found) == pytest.approx(
        path_score(scores, matrix, best), abs=1e-3
    )


@pytest.mark.parametrize("count", [0, 1, 2, 3, 10, 99, 1000])
def test_a_path_follows_the_rules_at_any_length(count: int) -> None:
    scores = np.random.default_rng(count).normal(size=(count, len(LABELS))).astype(np.float32)
    labels = best_path(scores, transitions(0.0)).tolist()
    assert len(labels) == count
    assert all(follows(a, b) for a, b in zip([OUTSIDE, *labels], labels, strict=False))


def test_spans_end_where_their_label_does() -> None:
    labels = np.array([0, begin(CUE), inside(CUE), begin(CUE), begin(CONTENT), inside(CONTENT)])
    scores = np.zeros((6, len(LABELS)), dtype=np.float32)
    scores[2, inside(CUE)] = -1.0
    found = [(span.first, span.stop, span.role, span.score) for span in spans(scores, labels)]
    assert found == [(1, 3, CUE, -0.5), (3, 4, CUE, 0.0), (4, 6, CONTENT, 0.0)]


def reading(cue: float, pointing: float) -> Reading:
    """Return four pieces: a source, a cue of log-odds ``cue``, and two of content.

    The content points at the cue, and the cue at the source, with the score ``pointing``.
    """
    scores = np.full((4, len(LABELS)), -9.0, dtype=np.float32)
    scores[[0, 2, 3], [begin(SOURCE), begin(CONTENT), inside(CONTENT)]] = -0.01
    scores[1, OUTSIDE] = 0.0
    scores[1, begin(CUE)] = cue
    links = np.zeros((5, 4 * SIZE), dtype=np.float32)
    links[3:, 0] = links[2, SIZE] = links[2, 2 * SIZE] = links[1, 3 * SIZE] = (8 * pointing) ** 0.5
    return Reading(scores, (View(0, 4, links),), np.zeros((4, 2), dtype=np.float32))


@pytest.mark.parametrize(
    ("cue", "pointing", "pull", "found"),
    [
        # labels alone: a cue that is less likely than none is none
        (-2.0, 9.0, 0.0, False),
        # a content that surely points at it makes it one
        (-2.0, 9.0, 8.0, True),
        # pointers that mean nothing do not
        (-2.0, 0.0, 8.0, False),
        # a cue at which nothing points must be likelier than another
        (0.5, 0.0, 8.0, False),
        (0.5, 9.0, 8.0, True),
    ],
)
def test_pointers_tell_where_cues_are(
    cue: float, pointing: float, pull: float, found: bool
) -> None:
    matrix = transitions(0.0)
    spans_found = linked_spans(reading(cue, pointing), matrix, LinkOptions(pull=pull))
    assert (CUE in [span.role for span in spans_found]) is found
