"""How sure the engine is of an attribution, as a probability that means what it says.

A logistic model over the evidence of the network (how likely its labels and links are), fitted
to whether an attribution agreed with gold; the fit is the calibration.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class ConfidenceModel:
    """A weight for each number of ``transformed`` evidence, and the bias."""

    weights: tuple[float, ...]
    bias: float

    def __call__(self, evidence: Sequence[float]) -> float:
        """Return the probability that the attribution is right."""
        pairs = zip(self.weights, transformed(evidence), strict=True)
        score = self.bias + sum(weight * value for weight, value in pairs)
        return round(1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, score)))), 3)

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> ConfidenceModel:
        """Read the model from the model's config."""
        return cls(tuple(float(w) for w in stored["weights"]), float(stored["bias"]))


LOGARITHMS = 6
"""How many of the numbers of ``attributions.evidence``, the first ones, are logarithms."""


def transformed(evidence: Sequence[float]) -> list[float]:
    """Return probabilities, their squares, the product of those that must all hold, and flags."""
    content, mean, cue, source, link, source_link = (
        math.exp(max(-20.0, value)) for value in evidence[:LOGARITHMS]
    )
    flags = evidence[LOGARITHMS:]
    likely = [content, mean, cue, source, link, source_link]
    together = content * cue * link * source_link * (1.0 if flags[0] else source)
    return [*likely, *(value * value for value in likely), together, *flags]
