"""Train the check-worthiness model: ``python -m claims.extraction.training.checkworthiness``.

Logistic regression with L2 over the hashed features of ``neural.worth``, cross-validated over
contiguous blocks of sentences, so that neighbours of one debate stay on one side.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from claims.extraction.neural.pieces import Integers
from claims.extraction.neural.worth import BITS, features
from claims.extraction.training.data import read_rows
from claims.extraction.training.debates import FOLDS, figure_phrase, folds

STRENGTH = 0.0005

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Examples:
    """Sentences as hashed features, with label and weight."""

    rows: list[list[int]]
    labels: list[int]
    weights: list[float]


def main(arguments: list[str] | None = None) -> int:
    """Cross-validate, print the measures, train on all and write the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--train", type=Path, required=True, help="gold: train.jsonl.gz")
    parser.add_argument("--out", type=Path, required=True, help="the .npz to write")
    parser.add_argument("--strength", type=float, default=STRENGTH, help="L2 penalty")
    parser.add_argument("--report", type=Path, help="the .json to write the measures to")
    options = parser.parse_args(arguments)
    torch.manual_seed(0)
    torch.set_num_threads(1)
    rows = list(read_rows(options.train))
    texts, labels = [row["text"] for row in rows], [int(row["label"]) for row in rows]
    report = cross_validate(texts, labels, options.strength)
    print(json.dumps(report))
    weights, bias = fit(examples(texts, labels), options.strength)
    np.savez_compressed(
        options.out, weights=weights.astype(np.float16), bias=np.array(bias, np.float32)
    )
    if options.report:
        options.report.write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")
    return 0


def examples(texts: Sequence[str], labels: Sequence[int]) -> Examples:
    """Return features; a figure's own phrase stands for itself too, cut from its sentence."""
    found = Examples([], [], [])
    for text, label in zip(texts, labels, strict=True):
        found.rows.append(features(text))
        found.labels.append(label)
        found.weights.append(1.0)
        if label and (phrase := figure_phrase(text)):
            found.rows.append(features(phrase))
            found.labels.append(1)
            found.weights.append(0.5)
    return found


def fit(data: Examples, strength: float) -> tuple[Floats, float]:
    """Return weights and bias of the logistic regression."""
    flat = torch.tensor([f for row in data.rows for f in row])
    starts = torch.tensor(np.cumsum([0, *(len(row) for row in data.rows[:-1])]))
    gold = torch.tensor(data.labels, dtype=torch.float32)
    importance = torch.tensor(data.weights)
    weights = torch.zeros(1 << BITS, 1, requires_grad=True)
    bias = torch.zeros(1, requires_grad=True)
    optimizer = torch.optim.LBFGS([weights, bias], max_iter=60, line_search_fn="strong_wolfe")

    def closure() -> torch.Tensor:
        optimizer.zero_grad()
        scores = torch.nn.functional.embedding_bag(flat, weights, starts, mode="sum")[:, 0] + bias
        loss = torch.nn.functional.binary_cross_entropy_with_logits(
            scores, gold, weight=importance, reduction="sum"
        )
        loss = loss / importance.sum() + strength * (weights**2).sum() / 2
        loss.backward()
        return loss

    optimizer.step(closure)
    return weights.detach()[:, 0].double().numpy(), float(bias.detach())


def cross_validate(
    texts: Sequence[str], labels: Sequence[int], strength: float
) -> dict[str, float]:
    """Return F1 of the positive class, average precision and calibration error, held out."""
    fold = folds(len(texts))
    predicted = np.zeros(len(texts))
    for number in range(FOLDS):
        train = np.flatnonzero(fold != number).tolist()
        weights, bias = fit(
            examples([texts[i] for i in train], [labels[i] for i in train]), strength
        )
        for i in np.flatnonzero(fold == number).tolist():
            predicted[i] = 1 / (1 + np.exp(-(bias + weights[features(texts[i])].sum())))
    return measures(np.array(labels), predicted, fold)


def measures(gold: NDArray[np.int64], predicted: Floats, fold: Integers) -> dict[str, float]:
    """Return the measures; the threshold of each fold is the best one on the others."""
    chosen = np.zeros(len(gold), dtype=bool)
    for number in np.unique(fold):
        others = fold != number
        threshold = max(
            np.arange(0.2, 0.7, 0.01), key=lambda t: _f1(gold[others], predicted[others] > t)
        )
        chosen |= ~others & (predicted > threshold)
    return {
        "f1": round(_f1(gold, chosen), 4),
        "average_precision": round(average_precision(gold, predicted), 4),
        "calibration_error": round(calibration_error(gold, predicted), 4),
    }


def _f1(gold: NDArray[np.int64], chosen: NDArray[np.bool_]) -> float:
    true = int((gold.astype(bool) & chosen).sum())
    return 2 * true / (int(gold.sum()) + int(chosen.sum())) if true else 0.0


def average_precision(gold: NDArray[np.int64], scores: Floats) -> float:
    """Return the area under precision over recall, stepwise."""
    ranked = gold[np.argsort(-scores, kind="stable")]
    precision = np.cumsum(ranked) / np.arange(1, len(ranked) + 1)
    return float((precision * ranked).sum() / ranked.sum())


def calibration_error(gold: NDArray[np.int64], scores: Floats, bins: int = 10) -> float:
    """Return the expected calibration error over bins of equal width."""
    which = np.minimum((scores * bins).astype(int), bins - 1)
    error = 0.0
    for number in range(bins):
        here = which == number
        if here.any():
            error += here.mean() * abs(gold[here].mean() - scores[here].mean())
    return float(error)


if __name__ == "__main__":
    sys.exit(main())
