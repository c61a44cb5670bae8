"""Fit the confidence of an attribution to whether it agrees with gold."""

from __future__ import annotations

from collections.abc import Sequence
from types import ModuleType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from claims.extraction.neural.attributions import Attribution
from claims.extraction.neural.confidence import ConfidenceModel, transformed
from claims.extraction.training.checkworthiness import calibration_error

FOLDS = 5
Floats = NDArray[np.float64]


def agreement(scorer: ModuleType, gold: dict[str, Any], found: Sequence[Attribution]) -> list[bool]:
    """Tell of each attribution whether content and source overlap a gold one's by half or more."""
    return [
        any(
            scorer.iou(row["content"], attribution.content) >= 0.5
            and scorer.iou(row["source"], attribution.source) >= 0.5
            for row in gold["attributions"]
            if _near(row["content"], attribution.content)
        )
        for attribution in found
    ]


def _near(a: Sequence[Sequence[int]], b: Sequence[Sequence[int]]) -> bool:
    return a[0][0] < b[-1][1] and b[0][0] < a[-1][1]


def calibrated(
    evidence: Sequence[Sequence[Sequence[float]]], agreed: Sequence[Sequence[bool]]
) -> tuple[ConfidenceModel, float]:
    """Return the model fitted to all articles and its calibration error across folds of them."""
    articles = np.concatenate([np.full(len(rows), i) for i, rows in enumerate(evidence)])
    inputs = np.array([transformed(row) for rows in evidence for row in rows])
    gold = np.array([value for rows in agreed for value in rows], dtype=np.int64)
    held_out = np.zeros(len(gold))
    for fold in range(FOLDS):
        out = articles % FOLDS == fold
        weights, bias = fit_logistic(inputs[~out], gold[~out])
        held_out[out] = 1 / (1 + np.exp(-(inputs[out] @ weights + bias)))
    weights, bias = fit_logistic(inputs, gold)
    model = ConfidenceModel(tuple(round(float(w), 5) for w in weights), round(float(bias), 5))
    return model, calibration_error(gold, held_out)


def fit_logistic(
    inputs: Floats, gold: NDArray[np.int64], strength: float = 1.0
) -> tuple[Floats, float]:
    """Return weights and bias of a logistic regression with L2 (Newton's method)."""
    design = np.concatenate([inputs, np.ones((len(inputs), 1))], axis=1)
    penalty = np.full(design.shape[1], strength)
    penalty[-1] = 1e-6
    solution = np.zeros(design.shape[1])
    for _ in range(30):
        predicted = 1 / (1 + np.exp(-np.clip(design @ solution, -30, 30)))
        gradient = design.T @ (predicted - gold) + penalty * solution
        curvature = (design * (predicted * (1 - predicted))[:, None]).T @ design
        step = np.linalg.solve(curvature + np.diag(penalty), gradient)
        solution -= step
        if np.abs(step).max() < 1e-7:
            break
    return solution[:-1], float(solution[-1])
