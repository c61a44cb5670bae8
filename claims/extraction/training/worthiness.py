"""Check-worthiness: the network's head fitted anew, and joined with what the words say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn import functional
from tqdm import tqdm

from claims.extraction.neural.pieces import Integers, special_pieces
from claims.extraction.neural.windows import Encoder, read
from claims.extraction.neural.worth import WorthModel, pooled
from claims.extraction.training.calibrate import fit_logistic
from claims.extraction.training.checkworthiness import STRENGTH, examples, fit, measures
from claims.extraction.training.data import read_rows
from claims.extraction.training.debates import (
    HELD_OUT,
    Sentences,
    collate_debates,
    folds,
    read_debates,
)
from claims.extraction.training.network import Tagger

PARTS = 8
"""How many stretches of neighbours the held-out sentences are cut into to cross-validate."""

SIZE = 254
"""Pieces in a window."""

Floats = NDArray[np.float64]


def refit(network: Tagger, path: Path, tokenizer: Tokenizer, strength: float = 1e-4) -> None:
    """Fit the network's head for check-worthiness to all debates that are not held out.

    The layers below stay as they are. After averaging weights the head no longer fits them, and
    a head alone is fitted exactly in a minute (L-BFGS, L2 of ``strength``).
    """
    runs = read_debates(path, tokenizer, held_out=False)
    states, owner, labels, weights = _states(network, runs, special_pieces(tokenizer))
    head = network.worth
    optimizer = torch.optim.LBFGS(head.parameters(), max_iter=80, line_search_fn="strong_wolfe")

    def closure() -> Tensor:
        optimizer.zero_grad()
        weight, score = head(states).unbind(-1)
        # Softmax over the pieces of each span; the largest weight of all keeps exp in bounds.
        raised = torch.exp(weight - weight.detach().max())
        sums = torch.zeros(len(labels)).index_add(0, owner, raised)
        pooled_scores = torch.zeros(len(labels)).index_add(0, owner, raised * score) / sums
        loss = functional.binary_cross_entropy_with_logits(pooled_scores, labels, weight=weights)
        loss = loss + strength * (head.weight**2).sum() / 2
        loss.backward()
        return loss

    for parameter in head.parameters():
        parameter.requires_grad_(True)
    optimizer.step(closure)


def _states(
    network: Tagger, runs: Sequence[Sentences], special: tuple[int, int]
) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Return the last states of all pieces, the span of each, and label and weight a span."""
    drawn = list(_windows(runs))
    kept: list[Tensor] = []
    owner: list[Tensor] = []
    labels: list[float] = []
    weights: list[float] = []
    for at in tqdm(range(0, len(drawn), 8), desc="debates", mininterval=20):
        batch = collate_debates(runs, drawn[at : at + 8], special, SIZE)
        inputs = map(torch.from_numpy, (batch.ids, batch.surfaces, batch.lengths))
        with torch.no_grad(), torch.autocast("cpu", dtype=torch.bfloat16):
            states = network.states(*inputs)[-1].float()
        for row, first, stop in batch.spans:
            kept.append(states[row, first:stop])
            owner.append(torch.full((stop - first,), len(owner)))
        labels += batch.labels
        weights += batch.weights
    whole = torch.cat(kept)
    return whole, torch.cat(owner), torch.tensor(labels), torch.tensor(weights)


def _windows(runs: Sequence[Sentences]) -> Iterator[range]:
    """Yield ranges of sentences, numbered through all runs, that fill windows."""
    offset = 0
    for run in runs:
        first = 0
        for number, (_, stop) in enumerate(run.ranges):
            if number > first and stop - run.ranges[first][0] > SIZE:
                yield range(offset + first, offset + number)
                first = number
        yield range(offset + first, offset + len(run.ranges))
        offset += len(run.ranges)


def joined(
    path: Path, encoder: Encoder, tokenizer: Tokenizer
) -> tuple[dict[str, float], dict[str, Any]]:
    """Return the weights of ``neural.worth.JointWorth`` and what was measured.

    Network and words are those that never saw the held-out fold; how they are joined is
    cross-validated within it.
    """
    rows = list(read_rows(path))
    out = folds(len(rows)) == HELD_OUT
    texts, labels = [row["text"] for row in rows], np.array([int(row["label"]) for row in rows])
    by_words = _by_words(texts, labels, out)
    by_network = np.array([
        pooled(reading.worth, [span])
        for run in read_debates(path, tokenizer, held_out=True)
        for reading in read(encoder, [run.pieces])
        for span in run.ranges
    ])  # fmt: skip
    gold = labels[out]
    part = np.arange(len(gold)) * PARTS // len(gold)
    inputs = np.stack([by_words, by_network], axis=1)
    report: dict[str, Any] = {"sentences": len(gold), "positive": int(gold.sum())}
    for name, columns in (("words", [0]), ("network", [1]), ("both", [0, 1])):
        report[name] = measures(gold, _held_out(inputs[:, columns], gold, part), part)
    weights, bias = fit_logistic(inputs, gold)
    first, second = (round(float(weight), 4) for weight in weights)
    return {"by_words": first, "by_network": second, "bias": round(bias, 4)}, report


def _by_words(texts: Sequence[str], labels: Integers, out: NDArray[np.bool_]) -> Floats:
    """Return the log-odds of the words of each held-out sentence."""
    known = np.flatnonzero(~out).tolist()
    data = examples([texts[i] for i in known], [int(labels[i]) for i in known])
    weights, bias = fit(data, STRENGTH)
    model = WorthModel(weights.astype(np.float32), bias)
    return np.array([model.score(texts[i]) or bias for i in np.flatnonzero(out).tolist()])


def _held_out(inputs: Floats, gold: Integers, part: Integers) -> Floats:
    """Return the probability of each sentence by the model of the other parts."""
    predicted = np.zeros(len(gold))
    for number in range(PARTS):
        here = part == number
        weights, bias = fit_logistic(inputs[~here], gold[~here])
        predicted[here] = 1 / (1 + np.exp(-(inputs[here] @ weights + bias)))
    return predicted
