"""Tune and write the committed model: ``python -m claims.extraction.training.package``.

Exports a checkpoint to int8, reads dev through the exported network, searches how its scores
become attributions, calibrates confidence, and writes config.json with the checksums.
"""

from __future__ import annotations

import argparse
import dataclasses
import hashlib
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from tokenizers import Tokenizer
from tqdm import tqdm

from claims.extraction.assembly import assemble
from claims.extraction.neural import EXTRACTOR
from claims.extraction.neural.attributions import Attribution, Options
from claims.extraction.neural.decode import transitions
from claims.extraction.neural.labels import LABELS
from claims.extraction.neural.linking import LinkOptions
from claims.extraction.neural.model import OnnxEncoder
from claims.extraction.neural.pieces import special_pieces
from claims.extraction.neural.union import with_rules
from claims.extraction.neural.windows import Floats, Reading, read
from claims.extraction.tokens import sentences
from claims.extraction.training.calibrate import agreement, calibrated
from claims.extraction.training.data import Article, label, read_rows
from claims.extraction.training.export import ONNX_NAME, TOKENIZER_NAME, export, strip_tokenizer
from claims.extraction.training.readout import load_network
from claims.extraction.training.search import load_scorer, predict, regions, score
from claims.extraction.training.train import open_tokenizer

WORTH_NAME = "checkworthiness.npz"


def main(arguments: list[str] | None = None) -> int:
    """Write quotes.int8.onnx, tokenizer.json and config.json; print the scores on dev."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--encoder", type=Path, required=True)
    parser.add_argument("--checkpoint", type=Path, required=True)
    parser.add_argument("--weights", choices=["model", "average"], default="model")
    parser.add_argument("--dev", type=Path, required=True, help="gold: dev.jsonl.gz")
    parser.add_argument("--scorer", type=Path, required=True, help="score_quotes.py")
    parser.add_argument("--out", type=Path, required=True, help="the model's folder")
    parser.add_argument("--least", type=float, default=0.0, help="confidence below which to drop")
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args(arguments)
    network = load_network(options.encoder, options.checkpoint, options.weights)
    learned = network.crf.scores.detach().numpy()
    export(network, options.out / ONNX_NAME)
    strip_tokenizer(options.encoder / "tokenizer.json", options.out / TOKENIZER_NAME)
    tokenizer = open_tokenizer(options.encoder)
    gold = list(read_rows(options.dev))
    articles = [label(row, tokenizer) for row in gold]
    readings = read_with(options.out / ONNX_NAME, tokenizer, articles, options.threads)
    scorer = load_scorer(options.scorer)
    best = search(scorer, gold, articles, readings, learned)
    found = united(articles, predict(articles, readings, best.options()))
    by_model = [[a for a in quotes if a.confidence is None] for quotes in found]
    confidence, error = calibrated(
        [[a.evidence for a in quotes] for quotes in by_model],
        [agreement(scorer, row, quotes) for row, quotes in zip(gold, by_model, strict=True)],
    )
    kept = [
        [a for a in q if a.confidence is not None or confidence(a.evidence) >= options.least]
        for q in found
    ]
    config = {
        "engine": EXTRACTOR,
        "labels": list(LABELS),
        "decode": best.as_json(),
        "links": {"nobody": best.nobody},
        "confidence": {"weights": confidence.weights, "bias": confidence.bias},
        "least_confidence": options.least,
        "dev": {**score(scorer, gold, kept), "confidence_calibration_error": round(error, 4)},
        "files": {
            name: digest(options.out / name) for name in (ONNX_NAME, TOKENIZER_NAME, WORTH_NAME)
        },
    }
    text = json.dumps(config, indent=1) + "\n"
    (options.out / "config.json").write_text(text, encoding="utf-8")
    print(json.dumps(config["dev"], indent=1))
    return 0


def digest(path: Path) -> str:
    """Return the SHA-256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def read_with(
    path: Path, tokenizer: Tokenizer, articles: Sequence[Article], threads: int
) -> list[Reading]:
    """Read every article through the exported network."""
    encoder = OnnxEncoder(path, threads, *special_pieces(tokenizer))
    return [read(encoder, [a.pieces])[0] for a in tqdm(articles, desc="dev", mininterval=20)]


def united(
    articles: Sequence[Article], found: Sequence[Sequence[Attribution]]
) -> list[list[Attribution]]:
    """Return attributions with what only the rules see, as the engine does."""
    whole = []
    for article, quotes in zip(articles, found, strict=True):
        marked = regions(article)
        _, by_rules = assemble(sentences(article.text, marked))
        whole.append(with_rules(quotes, by_rules))
    return whole


@dataclasses.dataclass(frozen=True, slots=True)
class Setting:
    """One way to decode."""

    learned: Floats | None
    penalty: float = 0.0
    outside: float = 0.0
    nobody: float = 0.0
    snap: int = 0
    join: int = 0

    def options(self) -> Options:
        """Return it as the engine takes it."""
        return Options(
            matrix=transitions(self.penalty, self.learned, self.outside),
            links=LinkOptions(nobody=self.nobody),
            snap=self.snap,
            join=self.join,
        )

    def as_json(self) -> dict[str, Any]:
        """Return it as config.json keeps it."""
        learned = None if self.learned is None else np.round(self.learned, 4).tolist()
        return {
            "penalty": self.penalty,
            "outside": self.outside,
            "transitions": learned,
            "snap": self.snap,
            "join": self.join,
        }


def search(
    scorer: Any,
    gold: Sequence[dict[str, Any]],
    articles: Sequence[Article],
    readings: Sequence[Reading],
    learned: Floats,
) -> Setting:
    """Return the best setting by the sum of what issue 3 measures, one group at a time."""
    best, top = Setting(None), -1.0
    for group in GROUPS:
        base = best
        for change in group:
            known = {**change, "learned": learned} if change.get("learned") else change
            setting = dataclasses.replace(base, **known)
            scores = score(scorer, gold, predict(articles, readings, setting.options()))
            total = objective(scores)
            print(change, {name: scores[name] for name in MEASURES}, round(total, 2), flush=True)
            if total > top:
                best, top = setting, total
    return best


GROUPS: tuple[tuple[dict[str, Any], ...], ...] = (
    ({"penalty": 1.5}, {"penalty": 0.0}, {"learned": True, "penalty": 0.0}),
    ({"outside": 0.2}, {"outside": 0.4}, {"outside": 0.6}),
    ({"penalty": 0.3}, {"snap": 3}, {"join": 2}),
    ({"nobody": -0.5}, {"nobody": 0.5}),
)
"""What is tried, one group after the other, each on top of the best of those before."""


def objective(scores: dict[str, float]) -> float:
    """Return what is tuned for: the sum of the measures that issue 3 sets targets for."""
    return sum(scores[name] for name in MEASURES)


MEASURES = (
    "source exact",
    "cue exact",
    "content exact",
    "content chars",
    "relation",
    "quoted relation",
)


if __name__ == "__main__":
    sys.exit(main())
